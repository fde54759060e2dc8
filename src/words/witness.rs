//! What messages have said: a test knows where a text was shown, and so how long it may be.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::check;

/// As many texts are remembered; then it begins anew, or `cargo dev` would grow for as long as somebody plays.
const REMEMBERED: usize = 10_000;

/// How many characters each message may have, and whether it takes no arguments.
pub(super) static LIMITS: LazyLock<HashMap<String, (usize, bool)>> = LazyLock::new(check::limits);

/// Messages by what they say, with how many characters they may have; of several that say the same the shortest.
pub(super) type Texts = HashMap<String, (String, usize)>;

thread_local! {
    /// What was said on this thread.
    static SAID: RefCell<Texts> = RefCell::new(Texts::new());
}

pub(super) fn keep_shorter(texts: &mut Texts, text: &str, id: &str, most: usize) {
    match texts.get_mut(text) {
        Some((_, known)) if *known <= most => {}
        Some(known) => *known = (id.to_owned(), most),
        None => _ = texts.insert(text.to_owned(), (id.to_owned(), most)),
    }
}

/// Remembers that a message said `text`.
pub(super) fn note(id: &str, text: &str) {
    // One that only another language has is a problem of its own.
    let Some((most, _)) = LIMITS.get(id) else { return };
    SAID.with_borrow_mut(|said| {
        if said.len() >= REMEMBERED {
            said.clear();
        }
        keep_shorter(said, text, id, *most);
    });
}

/// The message that said exactly this on this thread.
pub(super) fn find(text: &str) -> Option<(String, usize)> {
    SAID.with_borrow(|said| said.get(text).cloned())
}
