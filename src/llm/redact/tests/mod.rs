//! What the whole promises: by labelled lines, by examples, by chance.

mod chance;
mod conversation;
mod labelled;
