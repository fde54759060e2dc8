//! The list of features, in the order in which `/help` shows them.

mod announcements;
mod coach;
mod config;
mod exports;
mod faq;
mod help;
mod invites;
mod privacy;
mod reminders;
pub mod tickets;

use crate::feature::{self, Feature};

/// Every feature.
pub fn all() -> Vec<Feature> {
    with_those_about_all(vec![
        faq::feature(),
        tickets::feature(),
        reminders::feature(),
        announcements::feature(),
        coach::feature(),
        invites::feature(),
        privacy::feature(),
    ])
}

/// `features` with those that are about all features: `/export`, `/config` and `/help`.
pub fn with_those_about_all(mut features: Vec<Feature>) -> Vec<Feature> {
    features.extend([exports::feature(), config::feature(), help::feature()]);
    feature::make_those_about_all(features)
}
