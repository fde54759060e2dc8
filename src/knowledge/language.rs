//! In which language somebody has written: told by the small words that only one of them has.

/// Small words that are English and not Dutch, sorted.
const ENGLISH: &[&str] = &[
    "after", "and", "are", "because", "before", "can", "cannot", "do", "does", "dont", "for", "from", "has", "have",
    "how", "if", "it", "its", "my", "not", "on", "or", "our", "should", "than", "that", "the", "their", "then",
    "there", "these", "they", "this", "to", "under", "when", "where", "which", "who", "why", "with", "you", "your",
];

/// Small words that are Dutch and not English, sorted.
const DUTCH: &[&str] = &[
    "aan", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "een", "en", "er", "geen", "hebben", "hebt",
    "heeft", "het", "hoe", "ik", "je", "jouw", "kan", "kun", "kunnen", "kunt", "maar", "mijn", "moet", "naar", "niet",
    "nog", "om", "onze", "ook", "te", "tot", "uit", "van", "voor", "waar", "waarom", "wanneer", "wat", "welke", "wie",
    "wordt", "zijn",
];

/// The longest of these words, in bytes.
const LONGEST: usize = 7;

/// How many more of one language's words a text must have.
const CLEARLY: usize = 1;

/// The code of the language of a text, as `crate::words` knows it; nothing where that cannot be told.
pub fn language_of(text: &str) -> Option<&'static str> {
    let words: Vec<String> = super::text::words(text).map(|range| text[range].to_lowercase()).collect();
    language_of_words(words.iter().map(String::as_str))
}

/// The same of words in small letters.
pub fn language_of_words<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let (mut english, mut dutch) = (0_usize, 0_usize);
    // Small words are small.
    for word in words.filter(|word| word.len() <= LONGEST) {
        english += usize::from(ENGLISH.binary_search(&word).is_ok());
        dutch += usize::from(DUTCH.binary_search(&word).is_ok());
    }
    match () {
        () if english >= dutch + CLEARLY => Some("en"),
        () if dutch >= english + CLEARLY => Some("nl"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_small_words() {
        assert!(ENGLISH.is_sorted() && DUTCH.is_sorted());
        assert!(ENGLISH.iter().chain(DUTCH).all(|word| word.len() <= LONGEST));
        let check = |text: &str, expected| assert_eq!(language_of(text), expected, "{text}");
        check("Open the settings and choose a new password.", Some("en"));
        check("Open de instellingen en kies een nieuw wachtwoord.", Some("nl"));
        check("Ask for it within 30 days.", Some("en"));
        check("Vraag het binnen 30 dagen.", Some("nl"));
        check("VPN 1042", None);
        check("", None);
    }
}
