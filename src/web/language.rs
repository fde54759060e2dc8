//! In which language a browser's reader reads.

use crate::words::Language;

/// The language that somebody prefers of those that the bot speaks
/// (<https://www.rfc-editor.org/rfc/rfc9110#field.accept-language>). The server bounds the length of headers.
pub(crate) fn preferred(accepted: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for wish in accepted.split(',') {
        let (tag, weight) = wish.split_once(';').unwrap_or((wish, "q=1"));
        let weight: Option<f32> = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
        let (Some(weight), Some(language)) = (weight, Language::of_locale(tag.trim())) else { continue };
        // Of several that are wanted as much the first counts.
        if weight > best.map_or(0.0, |(weight, _)| weight) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_answered_in_the_language_that_it_prefers() {
        let check = |accepted: &str, expected: Option<&str>| {
            assert_eq!(preferred(accepted).map(Language::code), expected, "{accepted}");
        };
        check("nl-BE,nl;q=0.9,en;q=0.8", Some("nl"));
        check("en;q=0.7, nl;q=0.8", Some("nl"));
        check("tlh, en", Some("en"));
        check("nl;q=0, en;q=0.1", Some("en"));
        check("tlh", None);
        check("*", None);
        check("nl;q=much", None);
    }
}
