//! The list of features, in the order in which `/help` shows them.

mod announcements;
mod coach;
mod config;
mod exports;
mod faq;
mod help;
mod invites;
mod overview;
mod privacy;
mod reminders;
mod status;
pub mod tickets;

use crate::feature::{self, Feature};

/// Every feature that does something.
pub fn all() -> Vec<Feature> {
    with_those_about_all(working())
}

/// The same with those of which only the settings exist so far. Nobody sees them until they do something: what a server sets
/// would have no effect. What was set of them stays.
pub fn all_and_planned() -> Vec<Feature> {
    let planned = [invites::feature(), privacy::feature()];
    with_those_about_all(working().into_iter().chain(planned).collect())
}

fn working() -> Vec<Feature> {
    vec![
        overview::feature(),
        faq::feature(),
        tickets::feature(),
        coach::feature(),
        reminders::feature(),
        announcements::feature(),
    ]
}

/// `features` with those that are about all features: `/export`, `/config`, `/status` and `/help`.
pub fn with_those_about_all(mut features: Vec<Feature>) -> Vec<Feature> {
    features.extend([exports::feature(), config::feature(), status::feature(), help::feature()]);
    feature::make_those_about_all(features)
}
