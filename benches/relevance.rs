//! How well questions find their entries, and what it costs: `cargo bench --bench relevance`.
//!
//! Every set is measured on the half that is kept back and, in the second line, on the half on which the weights were
//! chosen. Beside ours stands plain BM25. Whoever changes the ranking puts what changed of this table into the commit.
#![allow(clippy::print_stdout)] // A program for us, run by hand.

#[path = "relevance/figures.rs"]
mod figures;
#[path = "relevance/reference.rs"]
mod reference;
#[path = "relevance/sets.rs"]
mod sets;

use std::hint::black_box;
use std::time::Instant;

use alphapy::knowledge::index::{Document, Index};

const ENTRIES: usize = 10_000;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let elsewhere = sets::elsewhere();
    println!("{:12}{}", "", figures::HEADING);
    for set in sets::all() {
        for (half, held) in [("held", true), ("tune", false)] {
            println!("{:6} {half} {}", set.name, figures::measure(&set, &elsewhere, held));
        }
    }
    print_times();
}

/// What a suggestion and a search take in a large guild: entries of the sets, whose titles all differ.
fn print_times() {
    let [game, ..] = sets::all();
    let sample = &game.documents;
    let title = |at: usize| {
        let (one, other) = (&sample[at % sample.len()], &sample[(at / sample.len() + at * 7) % sample.len()]);
        let words = one.title.split(' ').take(4).chain(other.title.split(' ').rev().take(3));
        format!("{} {at}", words.collect::<Vec<_>>().join(" "))
    };
    let documents: Vec<Document> = (0..ENTRIES)
        .map(|at| Document { number: at as i32 + 1, title: title(at), ..sample[at % sample.len()].clone() })
        .collect();
    let began = Instant::now();
    let index = Index::build(&documents, &[]);
    println!("built {ENTRIES} entries in {:.0} ms, {} KiB", began.elapsed().as_secs_f64() * 1e3, index.weight() / 1024);
    let typed: Vec<String> = (0..200)
        .map(title)
        .flat_map(|title| {
            let words: Vec<&str> = title.split(' ').collect();
            [words[0].chars().take(4).collect(), words[..2].join(" "), words[..words.len() - 1].join(" ")]
        })
        .collect();
    let asked: Vec<&str> = game.questions.iter().map(|question| question.text.as_str()).collect();
    let suggest = || typed.iter().for_each(|text| drop(black_box(index.suggest(text, 25))));
    let search = || asked.iter().for_each(|text| drop(black_box(index.search(text, 5))));
    println!("suggestion  {:.1} µs", median(suggest) / typed.len() as f64);
    println!("search      {:.1} µs", median(search) / asked.len() as f64);
}

/// Microseconds, the median of several runs.
fn median(run: impl Fn()) -> f64 {
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
