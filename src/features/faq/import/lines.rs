//! Entries from JSON lines and Markdown.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::text::BROKEN;
use super::{Found, Place, Row};
use crate::said;
use crate::words::Said;

/// One object a line.
pub(super) fn read_json_lines(name: &str, text: &str, found: &mut Vec<Found>) {
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let row = match line.contains(BROKEN) {
            true => Err(said!(faq_import_no_utf8)),
            false => serde_json::from_str(line)
                .map_err(|error| said!(faq_import_unreadable, why = error.to_string()))
                .and_then(|row| read_object(&row)),
        };
        found.push((Place { name: name.to_owned(), line: number }, row));
    }
}

fn read_object(object: &Map<String, Value>) -> Result<Row, Said> {
    let text = |key: &str| match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => text_of(value).map(Some).ok_or_else(|| said!(faq_import_no_text, name = key)),
    };
    let keywords = match object.get("keywords") {
        Some(Value::Array(words)) => words.iter().filter(|word| !word.is_null()).map(text_of).collect(),
        _ => text("keywords")?.map(|word| vec![word]).or(Some(Vec::new())),
    };
    Ok(Row {
        title: text("title")?.unwrap_or_default(),
        answer: text("answer")?.unwrap_or_default(),
        keywords: keywords.ok_or_else(|| said!(faq_import_no_keywords))?,
        category: text("category")?,
        source: text("source")?,
    })
}

/// A number is as good a text as another: a code, a year.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What stands at the top of a Markdown file. Keywords are a list, or one text with commas.
#[derive(Deserialize)]
#[serde(default)]
struct Front<K> {
    title: Option<String>,
    keywords: Option<K>,
    category: Option<String>,
    source: Option<String>,
}

impl<K> Default for Front<K> {
    fn default() -> Front<K> {
        Front { title: None, keywords: None, category: None, source: None }
    }
}

/// As texts, words are what was written, also where they look like numbers: `[2fa, 404, 1.10]`.
fn read_front(text: &str) -> Result<Front<Vec<String>>, Said> {
    if let Ok(Front { title, keywords, category, source }) = serde_saphyr::from_str::<Front<String>>(text) {
        return Ok(Front { title, keywords: keywords.map(|word| vec![word]), category, source });
    }
    let front: Front<Vec<Option<String>>> = serde_saphyr::from_str(text)
        .map_err(|error| said!(faq_import_unreadable, why = error.to_string().lines().next().unwrap_or_default()))?;
    let Front { title, keywords, category, source } = front;
    Ok(Front { title, keywords: keywords.map(|words| words.into_iter().flatten().collect()), category, source })
}

/// YAML between two lines of `---` says what the entry is; the rest is the answer. Without a title there, the first
/// heading is it.
pub(super) fn read_markdown(text: &str) -> Result<Row, Said> {
    if text.contains(BROKEN) {
        return Err(said!(faq_import_no_utf8));
    }
    let text = text.replace("\r\n", "\n");
    let (front, body) = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => (read_front(front)?, body),
        None => (Front::default(), text.as_str()),
    };
    let Front { title, keywords, category, source } = front;
    let body = body.trim();
    let (title, answer) = match title.filter(|title| !title.is_empty()) {
        Some(title) => (title, body),
        None => {
            let (heading, rest) = body.split_once('\n').unwrap_or((body, ""));
            let title = heading.strip_prefix('#').ok_or_else(|| said!(faq_import_no_title))?;
            (title.trim_start_matches('#').trim().to_owned(), rest.trim())
        }
    };
    Ok(Row { title, answer: answer.to_owned(), keywords: keywords.unwrap_or_default(), category, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Say};

    #[test]
    fn markdown_is_read_with_and_without_front_matter() {
        let check = |text: &str, expected: Result<(&str, &str, &str), &str>| {
            let read = read_markdown(text)
                .map_err(|why| Language::ENGLISH.say(&why))
                .map(|row| (row.title, row.answer, row.keywords.join("|")));
            let read = read.as_ref().map(|(title, answer, words)| (title.as_str(), answer.as_str(), words.as_str()));
            assert_eq!(read.map_err(String::as_str), expected, "{text:?}");
        };
        check(
            "---\ntitle: Refunds\nkeywords: [money, back]\n---\nIn 30 days.\n",
            Ok(("Refunds", "In 30 days.", "money|back")),
        );
        check("---\r\ntitle: \"A: b\"\r\nkeywords: x, y\r\n---\r\nYes.", Ok(("A: b", "Yes.", "x, y")));
        check("---\ntitle: 404\nkeywords: [2fa, 404, 007, 1.50]\n---\nGone.", Ok(("404", "Gone.", "2fa|404|007|1.50")));
        for nothing in ["", " []", " null", " ~", " ''"] {
            let text = format!("---\ntitle: Refunds\nkeywords:{nothing}\ncategory:\n---\nYes.");
            let row = read_markdown(&text).expect(&text);
            assert_eq!(row.keywords.concat(), "", "{text}");
        }
        check("---\ntitle: Codes\nkeywords: 1.10\n---\nGone.", Ok(("Codes", "Gone.", "1.10")));
        check("---\ntitle: Codes\nkeywords: [a, null]\n---\nGone.", Ok(("Codes", "Gone.", "a")));
        check("# Refunds\n\nIn 30 days.\n\n---\nAsk.", Ok(("Refunds", "In 30 days.\n\n---\nAsk.", "")));
        check("In 30 days.", Err("it has no title: neither `title:` at its top nor a heading"));
        check("# Caf\u{fffd}\nYes.", Err("it has bytes that are no UTF-8"));
    }

    #[test]
    fn each_line_is_an_object() {
        let mut found = Vec::new();
        let text = "\n{\"title\":\"x\",\"answer\":\"y\",\"keywords\":[\"2fa\",404,null],\"category\":null}\n\
                    {\"title\":7,\"answer\":\"y\",\"keywords\":null}\n{oops\n[1]\n{\"title\":[]}\n\
                    {\"title\":\"x\",\"keywords\":[true]}\n{\"title\":\"\u{fffd}\"}\n";
        read_json_lines("faq.jsonl", text, &mut found);
        let said: Vec<String> = found
            .into_iter()
            .map(|(place, row)| match row {
                Ok(row) => format!("{}: {} {} {:?}", place.say(Language::ENGLISH), row.title, row.answer, row.keywords),
                Err(why) => format!("{}: {}", place.say(Language::ENGLISH), Language::ENGLISH.say(&why)),
            })
            .collect();
        assert_eq!(said[0], "faq.jsonl:2: x y [\"2fa\", \"404\"]");
        assert_eq!(said[1], "faq.jsonl:3: 7 y []");
        assert!(said[2].starts_with("faq.jsonl:4: it cannot be read: key must be a string"), "{said:?}");
        assert!(said[3].starts_with("faq.jsonl:5: it cannot be read: invalid type: sequence"), "{said:?}");
        assert_eq!(said[4], "faq.jsonl:6: `title` is no text");
        assert_eq!(said[5], "faq.jsonl:7: `keywords` are no texts");
        assert_eq!(said[6], "faq.jsonl:8: it has bytes that are no UTF-8");
        assert_eq!(said.len(), 7);
    }
}
