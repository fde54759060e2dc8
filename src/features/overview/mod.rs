//! How the desk is doing, for admins and their programs.

mod api;
mod charts;
mod dashboard;
mod web;
mod words;

use crate::feature::Feature;
use crate::keys::Area;

/// The feature.
pub(super) fn feature() -> Feature {
    telling(&[]).about_all(telling)
}

/// The feature as it tells of `features`.
fn telling(features: &[Feature]) -> Feature {
    // It only tells of what others do.
    Feature::new("overview")
        .always_on()
        .api(Area::Metrics, api::routes())
        .api_at(dashboard::PATH, Area::Metrics, dashboard::routes(features))
        .pages(web::section())
}
