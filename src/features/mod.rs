//! The list of features, in the order in which `/help` shows them.

mod faq;
mod help;

use crate::feature::Feature;

/// Every feature.
pub fn all() -> Vec<Feature> {
    help::with_help(vec![faq::feature()])
}
