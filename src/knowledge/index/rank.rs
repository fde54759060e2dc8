//! Which entries have the most of a question's concepts: BM25F.

use super::concepts::{Concept, OPEN};
use super::postings::Posting;
use super::{Hit, Index};

/// How soon more occurrences stop to matter, as in BM25.
const SATURATION: f32 = 1.6;

/// Somebody who types part of a title wants that title, not the answers that mention it.
const ANSWERS_WHILE_TYPING: f32 = 0.3;

impl Index {
    /// Scores every entry that has a concept; while somebody is `typing`, titles come first.
    pub(super) fn rank(&self, concepts: &[Concept], typing: bool, limit: usize) -> Vec<Hit> {
        let answers = if typing { ANSWERS_WHILE_TYPING } else { 1.0 };
        let mut scores = vec![0.0_f32; self.len()];
        let mut counts = vec![0.0_f32; self.len()];
        let mut lists: Vec<&[Posting]> = Vec::new();
        for concept in concepts {
            // Answers only fill up a list that titles leave short; there are many times more words in them, and a stop
            // word there does not even tell equals apart. The sample's questions find their entry a little more often.
            let enough = match typing {
                true if concept.weight < 1.0 => 1,
                true => limit,
                false => usize::MAX,
            };
            let mut found = 0;
            for (place, worth) in [(&self.heads, 1.0), (&self.bodies, answers)] {
                if found >= enough {
                    break;
                }
                // The beginning of a word occurs in most answers, which says nothing and takes long.
                let beginnings = !concept.is_open || found == 0;
                for &(word, weight) in concept.words.iter().filter(|&&(_, weight)| beginnings || weight > OPEN) {
                    let list = place.of(word);
                    for posting in list {
                        let count = &mut counts[posting.entry()];
                        found += usize::from(*count == 0.0);
                        *count += worth * weight * posting.count();
                    }
                    lists.push(list);
                }
            }
            let (all, some) = (self.len() as f32, found as f32);
            let worth = concept.weight * (1.0 + (all - some + 0.5) / (some + 0.5)).ln();
            for list in lists.drain(..) {
                for posting in list {
                    // The first of an entry's lists takes its whole count; the zero left for the others adds nothing.
                    let count = std::mem::take(&mut counts[posting.entry()]);
                    scores[posting.entry()] += worth * count / (count + SATURATION);
                }
            }
        }
        best(&scores, limit).into_iter().map(|(at, score)| Hit { number: self.entries[at].number, score }).collect()
    }
}

/// The places of the highest scores above zero, best first, then in order.
pub(super) fn best(scores: &[f32], limit: usize) -> Vec<(usize, f32)> {
    /// Scores compared at once. Most groups hold none that matters.
    const GROUP: usize = 16;
    let mut best: Vec<(usize, f32)> = Vec::with_capacity(limit.min(scores.len()) + 1);
    let mut worst = if limit == 0 { f32::MAX } else { 0.0 };
    for (group, scores) in scores.chunks(GROUP).enumerate() {
        // `any` would stop early, and so could not become a few vector instructions.
        if !scores.iter().fold(false, |any, &score| any | (score > worst)) {
            continue;
        }
        for (&score, at) in scores.iter().zip(group * GROUP..) {
            if score > worst {
                best.insert(best.partition_point(|&(_, better)| better >= score), (at, score));
                best.truncate(limit);
                if best.len() == limit {
                    worst = best[limit - 1].1;
                }
            }
        }
    }
    best
}
