//! The words of numbers in English and Dutch.

const ENGLISH: [(&str, u64); 27] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("dozen", 12),
];

const DUTCH: [(&str, u64); 28] = [
    ("twee", 2),
    ("drie", 3),
    ("vier", 4),
    ("vijf", 5),
    ("zes", 6),
    ("zeven", 7),
    ("acht", 8),
    ("negen", 9),
    ("tien", 10),
    ("elf", 11),
    ("twaalf", 12),
    ("dertien", 13),
    ("veertien", 14),
    ("vijftien", 15),
    ("zestien", 16),
    ("zeventien", 17),
    ("achttien", 18),
    ("negentien", 19),
    ("twintig", 20),
    ("dertig", 30),
    ("veertig", 40),
    ("vijftig", 50),
    ("zestig", 60),
    ("zeventig", 70),
    ("tachtig", 80),
    ("negentig", 90),
    ("dozijn", 12),
    ("een", 1),
];

/// What numbers are multiplied by, each larger than those before.
pub(super) const SCALES: [(&str, u64); 7] = [
    ("hundred", 100),
    ("honderd", 100),
    ("thousand", 1_000),
    ("duizend", 1_000),
    ("million", 1_000_000),
    ("miljoen", 1_000_000),
    ("miljard", 1_000_000_000),
];

/// Whether a word multiplies what stands before it.
pub(super) fn is_scale(word: &str) -> bool {
    SCALES.iter().any(|(name, _)| *name == word)
}

/// A number in one word: Dutch writes most of them so.
pub(super) fn simple(word: &str) -> Option<u64> {
    // The longest is "negenhonderdnegenennegentigduizend…"; longer words are none.
    if word.len() > 64 {
        return None;
    }
    let known = ENGLISH.iter().chain(&DUTCH).find(|(name, _)| *name == word);
    known.map(|(_, value)| *value).or_else(|| compound(word))
}

/// "Eenentwintig", "honderdvijftig", "vijfentwintigduizend".
fn compound(word: &str) -> Option<u64> {
    for (name, scale) in [("duizend", 1_000), ("honderd", 100)] {
        if let Some((before, after)) = word.split_once(name) {
            let times = if before.is_empty() { 1 } else { below(before)? };
            let after = after.strip_prefix("en").unwrap_or(after);
            let rest = if after.is_empty() { 0 } else { below(after)? };
            // "Honderd" alone is a scale, which words before it may multiply.
            return (rest < scale && word != name).then(|| times * scale + rest);
        }
    }
    let (units, tens) = DUTCH[18..26].iter().find_map(|(name, tens)| Some((word.strip_suffix(name)?, tens)))?;
    let units = dutch(units.strip_suffix("en")?).filter(|units| *units < 10)?;
    Some(tens + units)
}

fn dutch(word: &str) -> Option<u64> {
    DUTCH.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// What may stand before or behind a scale in one word. It holds a smaller scale, so this ends.
fn below(word: &str) -> Option<u64> {
    if word == "honderd" { Some(100) } else { dutch(word).or_else(|| compound(word)) }
}
