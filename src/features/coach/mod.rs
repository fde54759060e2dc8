//! Answers by a language model: so far what a server sets for them.

use crate::assist::Settings;
use crate::feature::Feature;

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("coach").settings::<Settings>()
}
