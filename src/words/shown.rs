//! Which message a text is that was shown.

use std::sync::LazyLock;

use super::known_languages;
use super::witness::{self, LIMITS, Texts, keep_shorter};

/// The messages without arguments in all languages. Which of several that say the same was shown nobody can tell.
static PLAIN: LazyLock<Texts> = LazyLock::new(|| {
    let mut plain = Texts::new();
    for language in known_languages() {
        for (id, (most, _)) in LIMITS.iter().filter(|(_, (_, takes_none))| *takes_none) {
            if let Some(text) = language.say_plainly(id) {
                keep_shorter(&mut plain, &text, id, *most);
            }
        }
    }
    plain
});

/// The message that said exactly this on this thread, and how many characters it may have in any language.
pub fn said_by(text: &str) -> Option<(String, usize)> {
    let said = witness::find(text)?;
    let plain = PLAIN.get(text).cloned();
    [said].into_iter().chain(plain).min_by_key(|(_, most)| *most)
}
