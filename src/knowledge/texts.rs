//! Texts of which vectors are made, and what the database holds of those.

/// What texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Entry,
    Passage,
}

/// The vector of a text, as it was loaded.
pub(super) struct Loaded {
    pub(super) model: String,
    pub(super) kind: Kind,
    pub(super) number: i32,
    pub(super) numbers: Vec<u8>,
    pub(super) scale: f32,
}

/// A text that was taken, so that a vector is made of it.
pub(super) struct Taken {
    pub(super) hash: Vec<u8>,
    pub(super) text: String,
}
