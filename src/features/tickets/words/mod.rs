//! What is said about tickets: refusals, reasons, and entries of the log channel.

mod events;
mod labels;
pub(crate) mod setup;
mod trouble;
pub(crate) mod usual;

pub(crate) use events::{
    closed_by_nobody, did, did_and_wrote, entry, in_need, is_answer, need, opened, questions_answered, who, written,
    wrote,
};
pub(crate) use labels::{STARS, hours, priority_chip, priority_mark, rating, status_chip, status_mark};
pub(crate) use trouble::{close_reason, trouble};

use super::model::{Refusal, Status};
use crate::acting::NotAdmin;
use crate::said;
use crate::ui::plain;
use crate::words::{Said, Say};

impl Say for Refusal {
    fn said(&self) -> Said {
        match self {
            Refusal::NoSuchTicket => said!(tickets_no_such_ticket),
            Refusal::NotAdmin => NotAdmin.said(),
            Refusal::NotStaff => said!(tickets_not_staff),
            Refusal::OtherEnd => said!(tickets_closed_again),
            Refusal::ChannelGone { number } => said!(tickets_channel_gone, number = *number),
            Refusal::NotYoursToRate => said!(tickets_not_yours_to_rate),
            Refusal::NotYoursToAgree => said!(tickets_not_yours_to_agree),
            Refusal::StaffCloses => said!(tickets_staff_closes),
            Refusal::ClaimedByYou => said!(tickets_claimed_by_you),
            Refusal::ClaimedBy(user) => said!(tickets_claimed_by, user = *user),
            Refusal::NotClaimed => said!(tickets_not_claimed),
            Refusal::HasIt(user) => said!(tickets_has_it, user = *user),
            Refusal::Done(Status::Archived) => said!(tickets_is_gone),
            Refusal::Done(status) => said!(tickets_done, status = status.said()),
            Refusal::Cannot { from, to } => cannot(*from, *to),
            Refusal::SamePriority(priority) => said!(tickets_same_priority, priority = priority.said()),
            Refusal::NotClosed => said!(tickets_not_closed),
            Refusal::NoStars => said!(tickets_no_stars),
            Refusal::StarsOutOfRange => said!(tickets_stars_out_of_range),
            Refusal::AskedAlready { at } => said!(tickets_asked_already, at = at.as_second().to_string()),
            Refusal::NotAsked => said!(tickets_not_asked),
            Refusal::CloseFirst { number, status } => {
                said!(tickets_close_first, number = *number, status = status.said())
            }
            Refusal::ReopenFirst { number, status } => {
                said!(tickets_reopen_first, number = *number, status = status.said())
            }
            Refusal::NotHere => said!(tickets_not_here),
            Refusal::NotItsStaff(user) => said!(tickets_not_its_staff, user = *user),
            Refusal::OwnTicket => said!(tickets_own_ticket),
            Refusal::TakesPart { user, number, present: true } => {
                said!(tickets_takes_part_already, user = *user, number = *number)
            }
            Refusal::TakesPart { user, number, present: false } => {
                said!(tickets_takes_no_part, user = *user, number = *number)
            }
            Refusal::EscalatedToEverybody => said!(tickets_escalated_to_everybody),
            Refusal::TooLong { max } => said!(tickets_too_long, max = *max),
            Refusal::Empty => said!(tickets_empty),
            Refusal::Busy => said!(tickets_busy),
            Refusal::NoSuchKind => said!(tickets_no_such_kind),
            Refusal::Blocked { reason } if reason.is_empty() => said!(tickets_blocked),
            Refusal::Blocked { reason } => said!(tickets_blocked_because, reason = plain(reason)),
            Refusal::RoleBlocked => said!(tickets_role_blocked),
            Refusal::RoleRequired { roles } => {
                let roles = Said::any(roles.iter().map(|role| Said::Verbatim(format!("<@&{role}>"))));
                said!(tickets_role_required, roles = roles.unwrap_or(Said::Verbatim(String::new())))
            }
            Refusal::AsManyAsAllowed { open } => {
                // Where it is, if it has a place already.
                let named = |(number, channel): &(i32, Option<_>)| match channel {
                    Some(channel) => format!("#{number} (<#{channel}>)"),
                    None => format!("#{number}"),
                };
                said!(tickets_as_many_as_allowed, open = Said::list(open.iter().map(named)))
            }
            Refusal::ChannelsLeft { count } => said!(tickets_channels_left, count = *count),
            Refusal::JustOpened { next_at } => said!(tickets_just_opened, at = next_at.as_second().to_string()),
            Refusal::NotForOthers => said!(tickets_not_for_others),
            Refusal::ForBot => said!(tickets_for_bot),
            Refusal::ForNobody => said!(tickets_for_nobody),
            Refusal::NotAnswered { label } => said!(tickets_not_answered, label),
            Refusal::AnswerOutOfRange { label, min_chars, max_chars } => {
                said!(tickets_answer_out_of_range, label, min = *min_chars, max = *max_chars)
            }
            Refusal::OtherAnswers { label } => said!(tickets_other_answers, label),
            Refusal::NotTicked { label } => said!(tickets_not_ticked, label),
            Refusal::DraftGone => said!(tickets_draft_gone),
            Refusal::NoSuchEntry => said!(tickets_no_such_entry),
            Refusal::NoSuchMessage => said!(tickets_no_such_message),
            Refusal::NothingToAdd => said!(tickets_nothing_to_add),
            Refusal::AddedBefore => said!(tickets_added_before),
            Refusal::NameTaken => said!(tickets_name_taken_before),
            Refusal::UnknownRole => said!(tickets_unknown_role),
            Refusal::NoTranscript => said!(tickets_no_transcript),
            Refusal::NumbersForStaff => said!(tickets_numbers_for_staff),
            Refusal::OnlyTheBot => said!(tickets_only_the_bot),
            Refusal::OldDraft { .. } => said!(tickets_old_draft),
            Refusal::DraftUsed => said!(tickets_draft_used),
            Refusal::NotPosted => said!(tickets_not_posted),
            Refusal::DueOutOfRange { max_hours } => said!(tickets_due_out_of_range, max = *max_hours),
        }
    }
}

fn cannot(from: Status, to: Status) -> Said {
    if from == to {
        return said!(tickets_is_already, status = from.said());
    }
    // What is live is archived only when its channel is lost; nobody does that by hand.
    let by_hand = |next: &&Status| !(from.is_live() && **next == Status::Archived);
    let next: Vec<Said> = from.next().iter().filter(by_hand).map(|it| said!(ui_bold, text = it.said())).collect();
    match next.is_empty() {
        true => said!(tickets_for_good, status = from.said()),
        false => said!(tickets_cannot_become, from = from.said(), to = to.said(), next = Said::list(next)),
    }
}

#[cfg(test)]
mod tests {
    use twilight_model::id::Id;

    use super::*;
    use crate::words::Language;

    #[test]
    fn why_somebody_may_not_open_a_ticket() {
        let check = |refusal: Refusal, expected: &str| assert_eq!(refusal.say(Language::ENGLISH), expected);
        check(
            Refusal::RoleRequired { roles: vec![Id::new(1)] },
            "This kind of ticket is for <@&1>; pick another kind, or ask an admin.",
        );
        check(
            Refusal::Blocked { reason: "spam".to_owned() },
            "You may not open tickets here (spam); talk to an admin if that is a mistake.",
        );
        check(
            Refusal::AsManyAsAllowed { open: vec![(3, None), (4, Some(Id::new(9)))] },
            "You have #3, #4 (<#9>) open already, which is as many as you can have; go on there, or wait until one is closed.",
        );
        check(
            Refusal::JustOpened { next_at: "2027-03-01T09:01Z".parse().expect("a time") },
            "You have just opened one; you can open the next <t:1803891660:R>.",
        );
    }

    #[test]
    fn what_a_ticket_can_become_by_hand_is_named() {
        let check =
            |from, to, expected: &str| assert_eq!(Refusal::Cannot { from, to }.say(Language::ENGLISH), expected);
        check(
            Status::Closed,
            Status::WaitingForUser,
            "A ticket that is closed cannot become waiting for user; it can become **open**, **claimed**, **archived**.",
        );
        check(Status::Open, Status::Open, "This ticket is open already.");
        check(
            Status::Open,
            Status::Archived,
            "A ticket that is open cannot become archived; it can become **claimed**, **waiting for user**, \
             **escalated**, **closed**.",
        );
        check(Status::Archived, Status::Open, "This ticket is archived for good; open a new one with `/ticket open`.");
    }
}
