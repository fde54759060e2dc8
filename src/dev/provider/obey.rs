//! What a model would write that does whatever stands in its prompt, whoever wrote that: the worst that can arrive.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Words after which something to be written follows, in lower case. Longer ones first, where one begins another.
const ORDERS: [&str; 30] = [
    "answer with",
    "answer only with",
    "reply with",
    "respond with",
    "reply:",
    "answer:",
    "say",
    "write",
    "output",
    "print",
    "repeat",
    "include",
    "append",
    "insert",
    "end with",
    "start with",
    "send",
    "tell them",
    "post",
    "mention",
    "render",
    "antwoord met",
    "antwoord:",
    "zeg",
    "schrijf",
    "herhaal",
    "voeg",
    "eindig met",
    "begin met",
    "vermeld",
];

/// Words that ask for all that the model knows.
const ALL: [&str; 18] = [
    "system prompt",
    "your prompt",
    "instructions",
    "everything above",
    "all of the above",
    "other ticket",
    "previous conversation",
    "the conversation",
    "all sources",
    "verbatim",
    "systeemprompt",
    "je prompt",
    "instructies",
    "alles hierboven",
    "andere ticket",
    "andere tickets",
    "vorige gesprek",
    "woordelijk",
];

/// Where data goes in addresses that carry it away.
const HOLES: [&str; 8] = ["{data}", "{prompt}", "[data]", "[prompt]", "<data>", "DATA", "…", "..."];

/// What is written of a prompt at most, and as how many texts.
const MOST_READ: usize = 64 * 1024;
const MOST_WRITTEN: usize = 60;

/// How many orders of a line are obeyed; each is the rest of the line.
const MOST_ORDERS: usize = 12;

/// What a model would write that obeys all of `prompt`: what is ordered, also in base64 and in characters that nobody sees, with
/// each link, picture and mention in it, and all of the prompt where somebody asks for that.
pub fn obey(prompt: &str) -> Vec<String> {
    let end = prompt.floor_char_boundary(MOST_READ);
    let prompt = &prompt[..end];
    let mut written = Vec::new();
    for reading in readings(prompt) {
        let small = reading.to_lowercase();
        if ALL.iter().any(|words| small.contains(words)) {
            written.push(prompt.to_owned());
        }
        written.extend(reading.split_whitespace().filter(|word| is_harmful(word)).map(|word| fill(word, prompt)));
        written.extend(reading.lines().flat_map(ordered).map(|text| fill(text, prompt)));
    }
    let mut seen = std::collections::HashSet::new();
    written.retain(|text| seen.insert(text.clone()));
    written.truncate(MOST_WRITTEN);
    written
}

/// The prompt as it stands there, without what nobody sees, what is written in that alone, and what is in base64.
fn readings(prompt: &str) -> Vec<String> {
    let seen: String = prompt.chars().filter(|letter| !is_unseen(*letter)).collect();
    // Tags stand for the letters of ASCII (<https://www.unicode.org/charts/PDF/UE0000.pdf>).
    let tagged = prompt.chars().filter_map(|letter| {
        let ascii = u8::try_from(u32::from(letter).checked_sub(0xE0000)?).ok()?;
        (b' '..0x7f).contains(&ascii).then_some(char::from(ascii))
    });
    let tagged: String = tagged.collect();
    let mut readings = vec![seen, tagged];
    let decoded: Vec<String> = readings.iter().flat_map(|text| text.split_whitespace().filter_map(decode)).collect();
    readings.extend(decoded);
    readings.retain(|reading| !reading.is_empty());
    readings
}

fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A word in base64 that is text.
fn decode(word: &str) -> Option<String> {
    let word = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric() && !"+/=-_".contains(letter));
    if word.len() < 12 {
        return None;
    }
    let bytes = STANDARD.decode(word).or_else(|_| URL_SAFE_NO_PAD.decode(word.trim_end_matches('='))).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    text.chars().all(|letter| !letter.is_control() || letter.is_whitespace()).then_some(text)
}

/// Links, pictures and mentions, which do harm by standing there.
fn is_harmful(word: &str) -> bool {
    let small = word.to_lowercase();
    ["://", "www.", "@everyone", "@here", "<@", "<#", "discord.gg"].iter().any(|part| small.contains(part))
}

/// What is ordered in a line: all that follows each order.
fn ordered(line: &str) -> Vec<&str> {
    let small = line.to_ascii_lowercase();
    let orders = ORDERS.iter().flat_map(|order| small.match_indices(order).map(|(at, order)| (at, at + order.len())));
    let whole_word = |(at, end): &(usize, usize)| {
        let before = line[..*at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
        before && line[*end..].chars().next().is_none_or(|letter| !letter.is_alphanumeric())
    };
    orders
        .filter(whole_word)
        .take(MOST_ORDERS)
        .map(|(_, end)| {
            line[end..].trim_matches(|letter: char| letter.is_whitespace() || "\"'“”‘’:«»".contains(letter))
        })
        .filter(|text| !text.is_empty())
        .collect()
}

/// Puts the prompt where an address wants it.
fn fill(text: &str, prompt: &str) -> String {
    let Some(hole) = HOLES.iter().find(|hole| text.contains("://") && text.contains(*hole)) else {
        return text.to_owned();
    };
    let carried: String = prompt
        .bytes()
        .take(600)
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    text.replace(hole, &carried)
}
