//! What of a list is shown, as it stands in the address, and the form in which it is chosen.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::model::{Kind, Priority, Status};
use super::super::store::{Filter, LOOKED_THROUGH};
use crate::error::{Error, Result};
use crate::web::Visit;
use crate::words::{Msg, Say, amount};
use crate::{msg, said, say};

/// What of a list is shown.
pub(super) struct Wanted<'a> {
    status: Option<Status>,
    kind: Option<&'a Kind>,
    priority: Option<Priority>,
    /// `me`, `nobody`, somebody's id, or whoever.
    claimed: &'a str,
    /// Whose, as it was written.
    member: &'a str,
    text: &'a str,
    /// Days, both whole.
    from: &'a str,
    to: &'a str,
}

/// Lists that are looked at every morning: what they are called, and what of all tickets they show.
const VIEWS: [(Msg, [(&str, &str); 2]); 6] = [
    (msg!(tickets_web_open_option), [("status", ""), ("claimed", "")]),
    (msg!(tickets_web_mine_view), [("status", ""), ("claimed", "me")]),
    (msg!(tickets_web_nobody_view), [("status", ""), ("claimed", "nobody")]),
    (msg!(tickets_web_waiting_view), [("status", "waiting_for_user"), ("claimed", "")]),
    (msg!(tickets_web_escalated_view), [("status", "escalated"), ("claimed", "")]),
    (msg!(tickets_web_closed_view), [("status", "closed"), ("claimed", "")]),
];

impl<'a> Wanted<'a> {
    pub(super) fn read(visit: &'a Visit, kinds: &'a [Kind], staff: bool) -> Wanted<'a> {
        let text = |name: &str| visit.query(name).unwrap_or_default();
        Wanted {
            status: visit.query("status").and_then(Status::named),
            kind: visit.query("kind").and_then(|id| kinds.iter().find(|kind| kind.id.to_string() == id)),
            priority: visit.query("priority").and_then(Priority::named),
            claimed: if staff { text("claimed") } else { "" },
            member: if staff { text("member") } else { "" },
            text: text("text"),
            from: text("from"),
            to: text("to"),
        }
    }

    pub(super) fn is_anything(&self) -> bool {
        self.pairs().iter().any(|(_, value)| !value.is_empty())
    }

    /// What operations are asked for.
    ///
    /// # Errors
    /// Something of it means nothing.
    pub(super) async fn filter(&self, visit: &Visit, staff: bool) -> Result<Filter> {
        let claimed_by = match self.claimed {
            "me" => Some(visit.user()),
            other => other.parse().ok().and_then(Id::new_checked),
        };
        let user = match self.member {
            "" => None,
            name => Some(visit.person(name).await?),
        };
        let (from, to) = (begin_of(self.from, &visit.zone, 0)?, begin_of(self.to, &visit.zone, 1)?);
        Ok(Filter {
            status: self.status,
            user,
            claimed_by,
            all: !staff,
            kind: self.kind.map(|kind| kind.id),
            priority: self.priority,
            unclaimed: self.claimed == "nobody",
            text: Some(self.text.to_owned()).filter(|text| !text.is_empty()),
            from,
            to,
            viewer: None,
        })
    }

    /// As it stands in an address.
    pub(super) fn pairs(&self) -> [(&'static str, String); 8] {
        [
            ("status", self.status.map_or("", Status::name).to_owned()),
            ("kind", self.kind.map(|kind| kind.id.to_string()).unwrap_or_default()),
            ("priority", self.priority.map_or("", Priority::name).to_owned()),
            ("claimed", self.claimed.to_owned()),
            ("member", self.member.to_owned()),
            ("text", self.text.to_owned()),
            ("from", self.from.to_owned()),
            ("to", self.to.to_owned()),
        ]
    }

    /// Another page with the same.
    pub(super) fn at(&self, visit: &Visit, path: &str, more: &[(&str, &str)]) -> String {
        let pairs = self.pairs();
        let own = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        visit.to_with(path, &own.chain(more.iter().copied()).collect::<Vec<_>>())
    }

    /// Lists that have a name.
    pub(super) fn views(&self, visit: &Visit) -> Markup {
        let language = visit.language;
        let pairs = self.pairs();
        let is_here = |view: &[(&str, &str); 2]| {
            pairs.iter().all(|(name, value)| {
                view.iter().find(|(known, _)| known == name).map_or("", |(_, wanted)| *wanted) == value
            })
        };
        html! {
            nav aria-label=(say!(language, tickets_web_views_label)) {
                ul.row {
                    @for (name, view) in &VIEWS {
                        li { a href=(visit.to_with("", view)) aria-current=[is_here(view).then_some("true")] { (name.say(language)) } }
                    }
                }
            }
        }
    }

    /// The form in which it is chosen.
    pub(super) async fn form(&self, visit: &Visit, kinds: &[Kind], staff: bool) -> Markup {
        let language = visit.language;
        let now = self.pairs();
        let choose = |at: usize, label: Msg, all: Msg, options: Vec<(String, String)>| {
            let (name, now) = &now[at];
            html! {
                div.field {
                    label for=(name) { (label.say(language)) }
                    select #(name) name=(name) {
                        option value="" selected[now.is_empty()] { (all.say(language)) }
                        @for (value, label) in &options { option value=(value) selected[value == now] { (label) } }
                    }
                }
            }
        };
        let write = |at: usize, label: Msg, kind: &str| {
            let (name, now) = &now[at];
            html! {
                div.field {
                    label for=(name) { (label.say(language)) }
                    input #(name) name=(name) type=(kind) value=(now) maxlength="100" autocomplete="off";
                }
            }
        };
        let statuses = Status::ALL.into_iter().map(|it| (it.name().to_owned(), it.say(language))).collect();
        let priorities = Priority::ALL.iter().map(|(it, name)| ((*name).to_owned(), it.say(language))).collect();
        let named = kinds.iter().map(|kind| (kind.id.to_string(), kind.name_in(language).to_owned())).collect();
        let mut whose = vec![
            ("me".to_owned(), say!(language, tickets_web_by_me_option)),
            ("nobody".to_owned(), say!(language, tickets_web_by_nobody_option)),
        ];
        if let Some(user) = self.claimed.parse().ok().and_then(Id::<UserMarker>::new_checked) {
            let names = visit.people([user]).await;
            whose.push((user.to_string(), names.get(&user).map_or_else(|| user.to_string(), ToString::to_string)));
        }
        let open = if staff { msg!(tickets_web_open_option) } else { msg!(tickets_web_any_option) };
        // On a phone all of it would be a page before the first ticket.
        let is_unfolded = [1, 2, 4, 6, 7].iter().any(|at: &usize| !now[*at].1.is_empty());
        html! {
            form role="search" method="get" action=(visit.to("")) {
                div.row {
                    (write(5, msg!(tickets_web_text_label), "search"))
                    (choose(0, msg!(tickets_card_status), open, statuses))
                    @if staff { (choose(3, msg!(tickets_card_claimed_by), msg!(tickets_web_by_anybody_option), whose)) }
                    button.quiet { (say!(language, tickets_web_show_button)) }
                }
                @if !self.text.is_empty() && self.status.is_some_and(|status| !status.is_live()) {
                    p.note { (say!(language, tickets_web_text_note, most = amount(LOOKED_THROUGH))) }
                }
                details open[is_unfolded] {
                    summary { (say!(language, tickets_web_more_label)) }
                    div.row {
                        (choose(1, msg!(tickets_web_kind_label), msg!(tickets_all_kinds_option), named))
                        (choose(2, msg!(tickets_card_priority), msg!(tickets_web_any_option), priorities))
                        @if staff { (write(4, msg!(tickets_web_member_label), "text")) }
                        (write(6, msg!(tickets_web_from_label), "date"))
                        (write(7, msg!(tickets_web_to_label), "date"))
                    }
                }
            }
        }
    }
}

/// The moment at which a day begins by the guild's clocks, or one so many days later; browsers write days as `2027-03-01`.
fn begin_of(day: &str, zone: &TimeZone, later: i64) -> Result<Option<Timestamp>> {
    if day.is_empty() {
        return Ok(None);
    }
    let begin = || {
        let day = day.parse::<Date>().ok()?.checked_add(later.days()).ok()?;
        Some(day.to_zoned(zone.clone()).ok()?.timestamp())
    };
    begin().map(Some).ok_or_else(|| Error::User(said!(tickets_web_no_day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_by_the_clocks_of_the_guild() {
        let zone = TimeZone::get("Europe/Brussels").expect("it is known");
        let check = |day: &str, later, expected: &str| {
            let begin = begin_of(day, &zone, later).expect("a day");
            assert_eq!(begin.map(|at| at.to_string()).unwrap_or_default(), expected, "{day} {later}");
        };
        check("2027-03-28", 0, "2027-03-27T23:00:00Z");
        // It has 23 hours.
        check("2027-03-28", 1, "2027-03-28T22:00:00Z");
        check("", 1, "");
        for day in ["2027-02-30", "1", "soon", "9999-12-31"] {
            assert!(begin_of(day, &zone, 1).is_err(), "{day}");
        }
    }
}
