//! What comes back to the Discord door: what buttons and menus carry, and what was promised.
//!
//! Messages with these buttons are out there, and rows with these promises: what was written once is read for ever.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, MessageMarker, UserMarker};

use super::messages::Button;
use super::model::{Priority, Status};
use super::store::At;
use crate::msg;
use crate::statistics::Period;
use crate::words::{Language, Msg};

/// What was pressed: a button of a message that stands there for others, or of a screen that only one person sees.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Pressed {
    Button(Button),
    Action(Action),
}

/// What buttons and menus of screens do. Tickets are named by their number; the guild is the interaction's.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Action {
    /// Open the ticket that was written, in spite of the answers that were offered.
    Anyway(Id<InteractionMarker>),
    /// An entry of the FAQ answers what was written.
    Solved(Id<InteractionMarker>, i32),
    /// Fill in once more what was refused.
    Again(Id<InteractionMarker>),
    /// Ask what that search did not answer; from a menu with the kind that was chosen.
    AskAbout(Id<InteractionMarker>),
    /// Delete the channel, as older versions asked, which did not say after which end.
    ReallyDelete(i32),
    /// Delete the channel after the end of the ticket, at that moment in milliseconds, as was asked before.
    DeleteEnded(i32, i64),
    /// Say why so many stars.
    Comment(i32),
    /// Turn to a page of a list, as older versions said it.
    List(Listed, i64),
    /// Turn to a page of a list.
    #[serde(rename = "L")]
    Turn(Shown, At),
    /// Count over another time, in the language of whoever asks.
    Stats(Period),
    /// The same on a screen that everybody sees, in the language of the guild.
    PublicStats(Period),
    /// Add the message to the ticket that was chosen.
    AddTo(Id<InteractionMarker>),
    /// What admins do with kinds.
    Types(KindAction),
    /// What the staff does with a draft.
    #[serde(rename = "D")]
    Draft(DraftAction),
    /// Nothing.
    Never,
    /// The same in a language that they have chosen.
    In(Language, Box<Action>),
}

/// What is done after the answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Make the ticket's channel.
    Open { number: i32 },
    /// Post or change a panel.
    Panel { panel: i64 },
    /// Show what was said.
    Transcript { number: i32 },
    /// Draft a reply, about one message or the whole, as it is wished.
    Draft {
        number: i32,
        #[serde(default)]
        about: Option<Id<MessageMarker>>,
        #[serde(default)]
        wish: Option<String>,
    },
    /// Post a draft, as it is wished.
    Post { wish: super::operations::replies::Wish },
    /// Count what takes longer than an answer may.
    Stats {
        period: Period,
        /// Whether everybody sees it.
        #[serde(default)]
        public: bool,
    },
}

/// What the buttons of `/ticket types` do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum KindAction {
    /// Show all kinds.
    All,
    /// Show the one that was chosen.
    Chosen,
    /// Ask for a new one, or for another part of an old one.
    New,
    Basics(i32),
    People(i32),
    Limits(i32),
    Times(i32),
    /// Ask for a question by its number, or for one more.
    Asked(i32, Option<i32>),
    /// Change the question that was chosen.
    PickedQuestion(i32),
    /// Take a question away that still reads as it did: the last number is the digest of what was shown.
    TakeAway(i32, i32, u32),
    /// Take the kind away that still is as it was: the last number is the digest of what was shown.
    Remove(i32, u32),
    /// The same, as was asked before.
    ReallyRemove(i32, u32),
    /// Ask what the kind says in the language that was chosen.
    Translate(i32),
    /// Ask what a question says in the language that was chosen.
    TranslateQuestion(i32, i32),
}

/// What a list shows, as the buttons of older versions carry it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Listed {
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Status>,
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    pub(super) user: Option<Id<UserMarker>>,
    #[serde(rename = "m", default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) mine: bool,
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<i32>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(super) priority: Option<Priority>,
    #[serde(rename = "f", default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) unclaimed: bool,
}

/// The same as buttons carry it now: the status and the priority by their places in their lists, so that all of it and a
/// place in the list are no longer than Discord lets an id be.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Shown(Option<usize>, Option<Id<UserMarker>>, Option<i32>, Option<i32>, bool, bool);

impl From<Listed> for Shown {
    fn from(listed: Listed) -> Shown {
        let Listed { status, user, mine, kind, priority, unclaimed } = listed;
        let status = status.and_then(|status| Status::ALL.iter().position(|it| *it == status));
        Shown(status, user, kind, priority.map(Priority::rank), mine, unclaimed)
    }
}

impl From<Shown> for Listed {
    fn from(Shown(status, user, kind, rank, mine, unclaimed): Shown) -> Listed {
        let priority = rank.and_then(|rank| Priority::ALL.into_iter().map(|(it, _)| it).find(|it| it.rank() == rank));
        let status = status.and_then(|place| Status::ALL.get(place).copied());
        Listed { status, user, mine, kind, priority, unclaimed }
    }
}

/// What `/ticket stats` calls a period.
pub(super) fn period_label(period: Period) -> Msg {
    match period {
        Period::Week => msg!(tickets_stats_week_button),
        Period::Month => msg!(tickets_stats_month_button),
        Period::Quarter => msg!(tickets_stats_quarter_button),
        Period::Year => msg!(tickets_stats_year_button),
        Period::All => msg!(tickets_stats_all_button),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_messages_out_there_carry_is_read() {
        let check = |id: &str, expected: &str| {
            let pressed: Pressed = serde_json::from_str(id).unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(format!("{pressed:?}"), expected);
        };
        check(r#"{"Start":2}"#, "Button(Start(2))");
        check(r#"{"Choose":null}"#, "Button(Choose(None))");
        check(r#"{"Choose":"5"}"#, "Button(Choose(Some(Id<UserMarker>(5))))");
        check(r#"{"Claim":7}"#, "Button(Claim(7))");
        check(r#"{"Rate":[7,5]}"#, "Button(Rate(7, 5))");
        check(r#"{"Anyway":"9"}"#, "Action(Anyway(Id<InteractionMarker>(9)))");
        check(r#"{"Solved":["9",3]}"#, "Action(Solved(Id<InteractionMarker>(9), 3))");
        check(r#"{"ReallyDelete":7}"#, "Action(ReallyDelete(7))");
        check(r#"{"DeleteEnded":[7,1798000000000]}"#, "Action(DeleteEnded(7, 1798000000000))");
        check(r#"{"Stats":"Week"}"#, "Action(Stats(Week))");
        check(r#"{"PublicStats":"All"}"#, "Action(PublicStats(All))");
        check(r#"{"Types":{"Remove":[3,4000000000]}}"#, "Action(Types(Remove(3, 4000000000)))");
        check(r#"{"Types":{"Asked":[3,null]}}"#, "Action(Types(Asked(3, None)))");
        check(
            r#"{"L":[[1,"5",null,null,true,false],{"a":[1,2]}]}"#,
            "Action(Turn(Shown(Some(1), Some(Id<UserMarker>(5)), None, None, true, false), After(Place(1, 2))))",
        );
        check(r#""Never""#, "Action(Never)");
        let old: Pressed = serde_json::from_str(r#"{"List":[{"s":"closed","m":true},2]}"#).expect("an older one");
        assert!(matches!(
            old,
            Pressed::Action(Action::List(Listed { status: Some(Status::Closed), mine: true, .. }, 2))
        ));
    }
}

/// What the buttons of a draft do; the number is the interaction that asked for it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum DraftAction {
    /// Post it, whatever has happened since if that was said.
    Post(Id<InteractionMarker>, bool),
    /// Change it first.
    Edit(Id<InteractionMarker>),
    /// Say what another should be like.
    Another(Id<InteractionMarker>, i32),
    /// It is of no use, for the reason that is chosen.
    Dismiss(Id<InteractionMarker>),
}
