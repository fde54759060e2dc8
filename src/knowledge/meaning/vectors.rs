//! The vectors of a shelf's texts, which are compared with a question one by one: of 25,000 that takes some milliseconds.

use anyhow::Context;
use sqlx::PgPool;

use super::Meaning;
use crate::knowledge::cache::Built;
use crate::knowledge::texts::{Kind, Loaded};
use crate::knowledge::{Shelf, store};

/// With fewer texts nobody can tell what stands out among them.
const FEWEST: usize = 8;

/// A text that comes near a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Its number.
    pub number: i32,
    /// How far it stands out: 0 as any text does that has nothing to do with the question, 1 as the question itself.
    ///
    /// Models differ in what they say of texts that have nothing to do with one another: of some these are alike by 0.8, of
    /// others by 0.1. So it is measured from the middle of all texts.
    pub lift: f32,
}

/// All vectors of a shelf. While one model takes the place of another, those of both.
pub(in crate::knowledge) struct Vectors(Vec<OfModel>);

struct OfModel {
    model: String,
    dimensions: usize,
    texts: Vec<(Kind, i32, f32)>,
    /// Those of all texts, one behind the other.
    numbers: Vec<i8>,
}

impl Built for Vectors {
    async fn build(db: PgPool, shelf: Shelf) -> anyhow::Result<Vectors> {
        Ok(Vectors::of(store::vectors::list(&db, shelf).await.context("load vectors")?))
    }

    fn weight(&self) -> usize {
        self.0.iter().map(|it| it.numbers.len() + size_of_val(&*it.texts)).sum()
    }
}

impl Vectors {
    fn of(loaded: Vec<Loaded>) -> Vectors {
        let mut models: Vec<OfModel> = Vec::new();
        for text in loaded {
            let dimensions = text.numbers.len();
            let known = models.iter_mut().find(|it| it.model == text.model && it.dimensions == dimensions);
            let known = match known {
                Some(known) => known,
                None => {
                    let (texts, numbers) = (Vec::new(), Vec::new());
                    models.push(OfModel { model: text.model, dimensions, texts, numbers });
                    models.last_mut().expect("it was just added")
                }
            };
            known.texts.push((text.kind, text.number, text.scale));
            known.numbers.extend(text.numbers.iter().map(|it| it.cast_signed()));
        }
        Vectors(models)
    }

    /// The texts of a kind that come nearest to what a question means, the nearest first.
    pub(in crate::knowledge) fn near(&self, meaning: &Meaning, kind: Kind, limit: usize) -> Vec<Near> {
        let Meaning { model, vector } = meaning;
        let dimensions = vector.numbers.len();
        let Some(its) = self.0.iter().find(|it| it.model == *model && it.dimensions == dimensions) else {
            return Vec::new();
        };
        if its.texts.len() < FEWEST {
            return Vec::new();
        }
        let each = its.texts.iter().zip(its.numbers.chunks_exact(dimensions));
        let likeness: Vec<f32> = each.map(|((.., scale), numbers)| vector.likeness(numbers, *scale)).collect();
        let mut sorted = likeness.clone();
        let half = sorted.len() / 2;
        let (_, middle, _) = sorted.select_nth_unstable_by(half, f32::total_cmp);
        let rest = (1.0 - *middle).max(f32::EPSILON);
        let of_kind = its.texts.iter().zip(likeness).filter(|((it, ..), _)| *it == kind);
        let mut near: Vec<Near> =
            of_kind.map(|(&(_, number, _), likeness)| Near { number, lift: (likeness - *middle) / rest }).collect();
        near.sort_by(|a, b| b.lift.total_cmp(&a.lift));
        near.truncate(limit);
        near
    }
}

#[cfg(test)]
mod tests {
    use super::super::vector::Vector;
    use super::*;

    fn text(kind: Kind, number: i32, made: &[f32]) -> Loaded {
        let Vector { numbers, scale } = Vector::of(made).expect("a vector");
        let numbers = numbers.into_iter().map(i8::cast_unsigned).collect();
        Loaded { model: "m".to_owned(), kind, number, numbers, scale }
    }

    #[test]
    fn what_is_near_stands_out_from_the_middle() {
        // All are alike by 0.8 and more, as with some models.
        let made = |one: f32, other: f32| [2.0, one, other];
        let mut texts: Vec<Loaded> = (1..=9).map(|at| text(Kind::Entry, at, &made(0.0, at as f32 / 9.0))).collect();
        texts.push(text(Kind::Entry, 10, &made(1.0, 0.0)));
        texts.push(text(Kind::Passage, 1, &made(1.0, 0.1)));
        let vectors = Vectors::of(texts);
        let meaning = |made: &[f32]| Meaning { model: "m".to_owned(), vector: Vector::of(made).expect("a vector") };
        let near = vectors.near(&meaning(&made(1.0, 0.0)), Kind::Entry, 2);
        assert_eq!(near[0].number, 10);
        assert!(near[0].lift > 0.95 && near[1].lift < 0.4, "{near:?}");
        let near = vectors.near(&meaning(&made(1.0, 0.0)), Kind::Passage, 2);
        assert!(near.len() == 1 && near[0].lift > 0.9, "{near:?}");
        assert_eq!(vectors.near(&meaning(&[1.0, 0.0]), Kind::Entry, 2), [], "another length is another model");
        let other = Meaning { model: "other".to_owned(), ..meaning(&made(1.0, 0.0)) };
        assert_eq!(vectors.near(&other, Kind::Entry, 2), []);
    }

    #[test]
    fn among_few_nothing_stands_out() {
        let texts = (1..8).map(|at| text(Kind::Entry, at, &[1.0, at as f32])).collect();
        let meaning = Meaning { model: "m".to_owned(), vector: Vector::of(&[1.0, 1.0]).expect("a vector") };
        assert_eq!(Vectors::of(texts).near(&meaning, Kind::Entry, 5), []);
    }
}
