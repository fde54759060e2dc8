//! Kinds of tickets and panels on the dashboard, for admins.

mod kinds;
mod panel_form;
mod panels;
mod questions;
mod sheets;

use super::{fields, messages, model, operations, reading, settings, settle, shown, store, vanished, words};
use crate::feature::Feature;
use crate::msg;
use crate::web::Section;

/// The feature with these pages behind its others.
pub(crate) fn pages(feature: Feature) -> Feature {
    feature.pages(kinds_section()).pages(panels_section())
}

/// Kinds of tickets.
fn kinds_section() -> Section {
    Section::for_admins("tickets", "kinds", msg!(ticket_setup_kinds_title))
        .page("", kinds::list)
        .page("/new", sheets::new)
        .form("/new", sheets::add)
        .page("/{kind}", kinds::show)
        .page("/{kind}/remove", kinds::ask_removal)
        .form("/{kind}/remove", kinds::remove)
        .page("/{kind}/texts", sheets::texts)
        .form("/{kind}/texts", sheets::save_texts)
        .page("/{kind}/people", sheets::people)
        .form("/{kind}/people", sheets::save_people)
        .page("/{kind}/limits", sheets::limits)
        .form("/{kind}/limits", sheets::save_limits)
        .page("/{kind}/times", sheets::times)
        .form("/{kind}/times", sheets::save_times)
        .page("/{kind}/in/{language}", sheets::translation)
        .form("/{kind}/in/{language}", sheets::save_translation)
        .page("/{kind}/questions/new", questions::new)
        .form("/{kind}/questions/new", questions::add)
        .page("/{kind}/questions/{question}", questions::edit)
        .form("/{kind}/questions/{question}", questions::change)
        .form("/{kind}/questions/{question}/remove", questions::remove)
        .page("/{kind}/questions/{question}/in/{language}", questions::translation)
        .form("/{kind}/questions/{question}/in/{language}", questions::save_translation)
}

/// Messages with which members open tickets.
fn panels_section() -> Section {
    Section::for_admins("tickets", "panels", msg!(ticket_setup_web_panels_label))
        .page("", panels::list)
        .page("/new", panels::new)
        .form("/new", panels::post_new)
        .page("/{panel}", panels::show)
        .form("/{panel}", panels::post)
        .form("/{panel}/again", panels::post_again)
}
