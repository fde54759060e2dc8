//! What words and meaning come to together.
//!
//! Both say how good what they found is, in numbers of their own; each is brought between 0 and 1, and they are added (fusing
//! by ranks alone was measured to find less). Where words are sure, which is a title, part of one, or one with a mistake in it,
//! their order stands: nobody who types a title wants something like it.

use super::vectors::Near;
use crate::knowledge::index::Hit;

/// How much what words found counts, and what means the same.
const WORDS: f32 = 0.5;
const MEANING: f32 = 0.5;

/// What words found that does not answer counts less.
const CLOSEST: f32 = 0.5;

/// What stands out so far is as good as can be.
const FULL: f32 = 0.6;

/// What stands out less is noise.
const SOME: f32 = 0.15;

/// What stands out so far answers, also where no word says so. It is high: something is always nearest, and an honest “nothing”
/// is worth more than a wrong answer. With multilingual-e5-small, of the 125 entries of `fixtures/search` one in a hundred stands
/// out by 0.34 from a question about something else, and one in fifty by more than this where the entry that answers was taken out.
const ANSWERS: f32 = 0.42;

/// Puts what `words` found and what comes `near` in one order, the best first; those that answer come before all others.
pub fn fuse(words: &[Hit], are_sure: bool, near: &[Near], limit: usize) -> Vec<Hit> {
    let near = near.iter().filter(|near| near.lift >= SOME);
    if are_sure || near.clone().next().is_none() {
        return words[..words.len().min(limit)].to_vec();
    }
    let is_answered = words.first().is_some_and(|hit| hit.answers);
    let best = words.first().map_or(1.0, |hit| hit.score.max(f32::EPSILON));
    let share = if is_answered { 1.0 } else { CLOSEST };
    let mut fused: Vec<Hit> = words.iter().map(|hit| Hit { score: WORDS * share * hit.score / best, ..*hit }).collect();
    for near in near {
        let (adds, answers) = (MEANING * (near.lift / FULL).min(1.0), near.lift >= ANSWERS);
        match fused.iter_mut().find(|hit| hit.number == near.number) {
            Some(hit) => {
                hit.score += adds;
                hit.answers |= answers;
            }
            None => fused.push(Hit { number: near.number, score: adds, answers }),
        }
    }
    // Sorting leaves equals in their order.
    fused.sort_by(|a, b| b.answers.cmp(&a.answers).then(b.score.total_cmp(&a.score)));
    fused.truncate(limit);
    fused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(number: i32, score: f32, answers: bool) -> Hit {
        Hit { number, score, answers }
    }

    /// The numbers of what is found, a `!` behind those that answer.
    fn check(words: &[Hit], are_sure: bool, near: &[(i32, f32)], expected: &str) {
        let near: Vec<Near> = near.iter().map(|&(number, lift)| Near { number, lift }).collect();
        let fused = fuse(words, are_sure, &near, 3);
        let shown: Vec<String> =
            fused.iter().map(|hit| format!("{}{}", hit.number, if hit.answers { "!" } else { "" })).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn words_that_are_sure_stand() {
        let words = [hit(1, 9.0, true), hit(2, 3.0, false)];
        check(&words, true, &[(2, 0.9), (3, 0.9)], "1! 2");
        check(&words, false, &[], "1! 2");
        check(&words, false, &[(3, 0.1)], "1! 2");
    }

    #[test]
    fn what_means_the_same_is_found_without_a_word_of_it() {
        check(&[], false, &[(3, 0.7), (4, 0.2)], "3! 4");
        check(&[hit(1, 2.0, false)], false, &[(3, 0.5)], "3! 1");
        check(&[hit(1, 9.0, true), hit(2, 4.0, false)], false, &[(2, 0.6), (3, 0.5)], "2! 1! 3!");
    }

    #[test]
    fn nonsense_gets_no_answer() {
        // Something is always nearest.
        check(&[], false, &[(1, 0.3), (2, 0.25)], "1 2");
        check(&[hit(2, 1.0, false), hit(1, 0.9, false)], false, &[(1, 0.35)], "1 2");
        check(&[], false, &[(1, 0.1)], "");
    }

    #[test]
    fn no_more_are_found_than_were_asked_for() {
        let words: Vec<Hit> = (1..=9).map(|number| hit(number, 10.0 - number as f32, true)).collect();
        check(&words, false, &[(9, 0.9)], "9! 1! 2!");
        check(&words, true, &[(9, 0.9)], "1! 2! 3!");
    }
}
