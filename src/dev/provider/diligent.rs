//! What a careful model would write: what the nearest passage says, with its id and words of it, between a greeting and an offer.

use serde_json::{Value, json};

/// Sentences that are taken over from a passage.
const SENTENCES: usize = 3;

/// Words that are quoted of each.
const QUOTED: usize = 6;

/// A draft from what `body` asks.
pub(super) fn draft(body: &Value) -> Value {
    let said = |role: &str| {
        let messages = body["messages"].as_array().into_iter().flatten();
        messages.filter(|it| it["role"] == role).filter_map(|it| it["content"].as_str()).collect::<Vec<_>>().join("\n")
    };
    let (task, data) = (said("system"), said("user"));
    let is_dutch = task.contains("in Dutch");
    let (ticket, rest) = data.rsplit_once("\nThe passages:\n").unwrap_or((&data, ""));
    let understood = ticket.lines().find(|line| !line.is_empty() && *line != "The ticket:").unwrap_or_default();
    let (passages, wish) = rest.rsplit_once("What the staff wants of this draft: ").unwrap_or((rest, ""));
    let first = passages.strip_prefix('[').and_then(|rest| rest.split_once("]\n"));
    let Some((id, text)) = first else {
        return json!({"answerable": false, "language": "en", "understood": understood, "sentences": []});
    };
    let text = text.split("\n\n[").next().unwrap_or_default();
    // The question stands above its answer.
    let answer = text.split_once('\n').map_or("", |(_, answer)| answer);
    let most = if wish.contains("short") || wish.contains("kort") { 1 } else { SENTENCES };
    let taken = sentences(answer).take(most).map(|sentence| {
        let quote = sentence.split_whitespace().take(QUOTED).collect::<Vec<_>>().join(" ");
        json!({"text": sentence, "sources": [id], "quote": quote})
    });
    let polite = |text: &str| json!({"text": text, "sources": [], "quote": ""});
    let (greeting, offer) = match is_dutch {
        true => ("Bedankt voor je vraag!", "Laat het ons weten als je nog vragen hebt."),
        false => ("Thanks for asking!", "Let us know if you need anything else."),
    };
    let all: Vec<Value> = [polite(greeting)].into_iter().chain(taken).chain([polite(offer)]).collect();
    json!({
        "answerable": true,
        "language": if is_dutch { "nl" } else { "en" },
        "understood": understood,
        "sentences": all,
    })
}

/// The sentences of a text, without lists and headings.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with(['#', '-', '*', '>', '|']));
    lines.flat_map(|line| line.split_inclusive(". ")).map(str::trim).filter(|sentence| !sentence.is_empty())
}
