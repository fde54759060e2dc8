//! The sets of `fixtures/search`: entries, what is asked of them, and what is asked that they do not know.

use std::path::Path;

use alphapy::knowledge::index::Document;
use serde_json::Value;

/// Entries and the questions that are asked of them.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) documents: Vec<Document>,
    pub(crate) questions: Vec<Question>,
}

/// A question.
pub(crate) struct Question {
    pub(crate) text: String,
    /// The entry that answers it, if one does.
    pub(crate) entry: Option<i32>,
    /// Whether it is kept back; the weights are chosen on the others.
    pub(crate) held: bool,
}

/// A game's community in two languages, a program's help in English, a club's answers in Dutch.
pub(crate) fn all() -> [Set; 3] {
    let set = |name, entries, questions| Set {
        name,
        documents: rows(entries).iter().map(document).collect(),
        questions: rows(questions).iter().map(question).collect(),
    };
    [
        set("game", "entries.jsonl", "questions.jsonl"),
        set("notes", "notes-entries.jsonl", "notes-questions.jsonl"),
        set("club", "club-entries.jsonl", "club-questions.jsonl"),
    ]
}

/// Questions that are about none of it.
pub(crate) fn elsewhere() -> Vec<Question> {
    rows("elsewhere.jsonl").iter().map(question).collect()
}

fn rows(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/search").join(file);
    let text = std::fs::read_to_string(path).expect("the file is there");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn document(row: &Value) -> Document {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    Document {
        number: row["number"].as_i64().expect("a number") as i32,
        title: text(&row["title"]),
        answer: text(&row["answer"]),
        keywords: row["keywords"].as_array().into_iter().flatten().map(text).collect(),
        category: row["category"].as_str().map(str::to_owned),
        pinned: row["pinned"] == true,
    }
}

fn question(row: &Value) -> Question {
    Question {
        text: row["question"].as_str().expect("a question").to_owned(),
        entry: row["entry"].as_i64().map(|number| number as i32),
        held: row["split"] == "held",
    }
}
