//! How well questions find their entries, and how often they are told that there is none.
//!
//! `cargo bench --bench relevance` prints the same figures, and those of the questions on which the weights were chosen.

#[path = "../../benches/relevance/figures.rs"]
mod figures;
#[path = "../../benches/relevance/reference.rs"]
mod reference;
#[path = "../../benches/relevance/sets.rs"]
mod sets;

use figures::{Figures, HEADING, Ranking};

/// What must hold of the questions that are kept back; a figure that falls below is a worse search.
struct Floor {
    set: &'static str,
    first: f64,
    among_five: f64,
    reciprocal: f64,
    typing: f64,
    mistyped: f64,
    most_refused: f64,
    missing: f64,
    elsewhere: f64,
}

#[rustfmt::skip]
const FLOORS: [Floor; 3] = [
    Floor { set: "game", first: 0.69, among_five: 0.88, reciprocal: 0.77, typing: 0.88, mistyped: 0.86, most_refused: 0.06, missing: 0.24, elsewhere: 0.90 },
    Floor { set: "notes", first: 0.71, among_five: 0.88, reciprocal: 0.78, typing: 0.86, mistyped: 0.85, most_refused: 0.07, missing: 0.31, elsewhere: 0.88 },
    Floor { set: "club", first: 0.62, among_five: 0.79, reciprocal: 0.69, typing: 0.81, mistyped: 0.75, most_refused: 0.13, missing: 0.41, elsewhere: 0.88 },
];

#[test]
fn questions_find_their_entry_or_hear_that_there_is_none() {
    let elsewhere = sets::elsewhere();
    for (set, floor) in sets::all().iter().zip(FLOORS) {
        assert_eq!(set.name, floor.set);
        let figures = figures::measure(set, &elsewhere, true);
        let table = format!("{}\n{HEADING}\n{figures}", set.name);
        let Figures { ours, typing, mistyped, .. } = &figures;
        assert!(ours.first >= floor.first, "{table}");
        assert!(ours.among_five >= floor.among_five && ours.reciprocal >= floor.reciprocal, "{table}");
        assert!(typing.among_five >= floor.typing && mistyped.among_five >= floor.mistyped, "{table}");
        assert!(figures.refused <= floor.most_refused, "{table}");
        assert!(figures.refused_missing >= floor.missing && figures.refused_elsewhere >= floor.elsewhere, "{table}");
        let Ranking { first, among_five, reciprocal } = figures.reference;
        let behind = [(ours.first, first), (ours.among_five, among_five), (ours.reciprocal, reciprocal)];
        assert!(!behind.into_iter().any(|(ours, theirs)| ours < theirs), "behind plain BM25: {table}");
    }
}
