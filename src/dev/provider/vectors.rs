//! What a model of vectors would make of texts, as far as a table goes: words are counted in a few dimensions, without their
//! endings, and those that mean the same in one.

/// In how many dimensions words are counted.
const DIMENSIONS: usize = 256;

/// What means the same. The bot's own synonyms know none of these.
const SAME: [&[&str]; 6] = [
    &["park", "vehicle", "automobile", "parkeer", "voertuig"],
    &["behind", "rear", "achter"],
    &["hour", "schedule", "timetable", "openingstijd"],
    &["password", "passphrase", "credential", "wachtwoord"],
    &["ferry", "boat", "ship", "veerpont"],
    &["noise", "quiet", "silence", "rumour", "lawaai"],
];

/// What stands in every text and says nothing of it.
const LITTLE: [&str; 45] = [
    "a",
    "an",
    "and",
    "are",
    "at",
    "be",
    "by",
    "can",
    "do",
    "does",
    "for",
    "from",
    "how",
    "i",
    "in",
    "is",
    "it",
    "my",
    "of",
    "on",
    "or",
    "our",
    "passage",
    "query",
    "somewhere",
    "that",
    "the",
    "there",
    "to",
    "we",
    "what",
    "when",
    "where",
    "which",
    "with",
    "you",
    "your",
    "de",
    "een",
    "het",
    "hoe",
    "ik",
    "mijn",
    "van",
    "waar",
];

/// Endings that change no meaning.
const ENDINGS: [&str; 5] = ["ing", "en", "ed", "es", "s"];

/// The vector of a text.
pub(super) fn vector_of(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0_f32; DIMENSIONS];
    let text = text.to_lowercase();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if LITTLE.contains(&word) {
            continue;
        }
        let stem = stem(word);
        let same =
            SAME.iter().find(|same| same.iter().any(|one| [word, stem].contains(one) || self::stem(one) == stem));
        vector[place_of(same.map_or(stem, |same| same[0]))] += 1.0;
    }
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt().max(1.0);
    vector.iter().map(|number| number / length).collect()
}

fn stem(word: &str) -> &str {
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    stem.filter(|stem| stem.chars().count() > 2).unwrap_or(word)
}

fn place_of(word: &str) -> usize {
    let hash = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    usize::try_from(hash % (DIMENSIONS as u64)).unwrap_or(0)
}
