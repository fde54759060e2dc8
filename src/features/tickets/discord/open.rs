//! Opening: who may, what is asked, what is offered instead, and the number.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, RoleMarker, UserMarker};

use super::model::{Ask, Definition, Kind, Question};
use super::store::{self, Before, Draft};
use super::words;
use super::{Action, Settings, Work, screens, settle};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::knowledge::highlight;
use crate::log_channel::{Entry, Level};
use crate::settings::System;
use crate::ui::{
    Message, button, embed,
    form::{Input, InputKind, Modal},
    limits::cut,
    plain, select,
};

/// The form with a type's questions.
pub(crate) const FORM: &str = "open";

/// How long a draft waits for its member.
const KEEP_DRAFTS: SignedDuration = SignedDuration::from_hours(24);

/// Characters of a ticket's subject.
const SUBJECT: usize = 100;

/// Answers that are offered, and how much of the best and of the others is shown.
const OFFERS: usize = 3;
const OFFERED_BEST: usize = 900;
const OFFERED: usize = 200;

/// For which type, and for whom, a form asks.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Target {
    kind: i32,
    user: Option<Id<UserMarker>>,
}

/// The types of the guild. One that has none gets its first.
pub(crate) async fn kinds(cx: &Context) -> Result<Vec<Kind>> {
    Ok(super::operations::kinds::list(&cx.app, cx.guild).await?)
}

/// `/ticket open`: the only type, the one that was named, or a menu.
pub(crate) async fn pick(cx: Context, named: Option<&str>, user: Option<Id<UserMarker>>) -> Result<Reply> {
    let kinds = kinds(&cx).await?;
    if let Some(named) = named {
        return ask(cx, find_kind(&kinds, named)?, user).await;
    }
    if let [kind] = &kinds[..] {
        return ask(cx, kind, user).await;
    }
    let options = kinds.iter().map(screens::kind_option).collect();
    let menu = select(cx.id(&Action::Choose(user))?, "What is it about?", options);
    Ok(Message::new("Which kind of ticket?").row(vec![menu]).ephemeral(true).into())
}

/// The menu of a member: the staff opens a ticket for them.
pub(crate) async fn for_member(cx: Context, user: Id<UserMarker>) -> Result<Reply> {
    if user == cx.member.id {
        return pick(cx, None, None).await;
    }
    pick(cx, None, Some(user)).await
}

pub(crate) async fn chosen(cx: Context, user: Option<Id<UserMarker>>, chosen: &[String]) -> Result<Reply> {
    let kind = chosen.first().and_then(|id| id.parse().ok()).ok_or_else(no_such_type)?;
    start(cx, kind, user).await
}

pub(crate) async fn start(cx: Context, kind: i32, user: Option<Id<UserMarker>>) -> Result<Reply> {
    let kinds = kinds(&cx).await?;
    let kind = kinds.iter().find(|it| it.id == kind).ok_or_else(no_such_type)?;
    ask(cx, kind, user).await
}

/// The type that somebody named, or picked from what was suggested.
pub(crate) fn find_kind<'a>(kinds: &'a [Kind], named: &str) -> Result<&'a Kind> {
    let wanted = |kind: &&Kind| kind.id.to_string() == named || kind.name.to_lowercase() == named.to_lowercase();
    kinds.iter().find(wanted).ok_or_else(no_such_type)
}

fn no_such_type() -> Error {
    Error::user("There is no such kind of ticket here any more; type `/ticket open` to see which there are.")
}

/// Asks what the type wants to know, if they may open one.
async fn ask(cx: Context, kind: &Kind, user: Option<Id<UserMarker>>) -> Result<Reply> {
    check(&cx, kind, user).await?;
    if kind.definition.questions.is_empty() {
        return create(cx, kind, user, String::new(), Vec::new()).await;
    }
    form(&cx, kind, user, &[])
}

/// The type's questions, with what was answered before.
fn form(cx: &Context, kind: &Kind, user: Option<Id<UserMarker>>, known: &[(String, String)]) -> Result<Reply> {
    let inputs = kind.definition.questions.iter().map(|question| input(question, known)).collect();
    let target = Target { kind: kind.id, user };
    Ok(Modal::of(kind.name.clone(), cx.open_form_id(FORM, &target)?, inputs).into())
}

/// What the answer to a question comes back as, wherever the question stands by then.
fn input_name(question: &Question) -> String {
    format!("q{}", question.id)
}

fn input(question: &Question, known: &[(String, String)]) -> Input {
    let kind = match &question.ask {
        Ask::Text { long, min_chars, max_chars } => InputKind::Text {
            long: *long,
            min_chars: *min_chars,
            max_chars: *max_chars,
            value: known.iter().find(|(label, _)| *label == question.label).map_or(String::new(), |it| it.1.clone()),
        },
        Ask::Choice { options, several } => InputKind::Choice {
            // What comes back is its place: a label may be as long as a value, but need not be unique for us.
            options: options.iter().enumerate().map(|(at, label)| (at.to_string(), label.clone())).collect(),
            max: if *several { 25 } else { 1 },
            chosen: Vec::new(),
        },
        Ask::Checkbox => InputKind::Checkbox { ticked: false },
    };
    Input {
        name: input_name(question),
        label: question.label.clone(),
        hint: question.hint.clone(),
        kind,
        // Discord knows no box that must be ticked.
        required: question.required && question.ask != Ask::Checkbox,
    }
}

/// What was answered, as people read it; unanswered questions are left out.
///
/// # Errors
/// What is missing or forged.
fn answers(questions: &[Question], fields: &Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    let mut answers = Vec::new();
    for question in questions {
        let value = fields.get(&input_name(question));
        let answer = match &question.ask {
            Ask::Text { max_chars, min_chars, .. } => {
                let text = value.and_then(Value::as_str).unwrap_or_default().trim().to_owned();
                let chars = text.chars().count();
                if chars > usize::from(*max_chars) || (chars > 0 && chars < usize::from(*min_chars)) {
                    return Err(format!("“{}” takes {min_chars} to {max_chars} characters.", question.label));
                }
                text
            }
            Ask::Choice { options, several } => {
                let chosen = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
                let chosen: Option<Vec<&str>> =
                    chosen.map(|at| options.get(at.parse::<usize>().ok()?).map(String::as_str)).collect();
                let fits = chosen.filter(|chosen| *several || chosen.len() <= 1);
                fits.ok_or_else(|| format!("“{}” has other answers now; open the form again.", question.label))?
                    .join(", ")
            }
            Ask::Checkbox => match value == Some(&Value::Bool(true)) {
                true => "Yes".to_owned(),
                false if question.required => return Err(format!("Tick “{}” to go on.", question.label)),
                false => "No".to_owned(),
            },
        };
        if answer.is_empty() && question.required {
            return Err(format!("“{}” needs an answer.", question.label));
        }
        if !answer.is_empty() {
            answers.push((question.label.clone(), answer));
        }
    }
    Ok(answers)
}

/// The form came back.
pub(crate) async fn answered(cx: Context, target: Target, fields: Map<String, Value>) -> Result<Reply> {
    let kinds = kinds(&cx).await?;
    let kind = kinds.iter().find(|it| it.id == target.kind).ok_or_else(no_such_type)?;
    let read = match check(&cx, kind, target.user).await {
        Ok(()) => answers(&kind.definition.questions, &fields).map_err(Error::User),
        Err(why) => Err(why),
    };
    let answers = match read {
        Ok(answers) => answers,
        Err(Error::User(why)) => return give_back(&cx, kind, &target, &fields, &why).await,
        Err(error) => return Err(error),
    };
    // The first line that was written says what it is about.
    let texts = kind.definition.questions.iter().filter(|question| matches!(question.ask, Ask::Text { .. }));
    let labels: Vec<&str> = texts.map(|question| question.label.as_str()).collect();
    let written = answers.iter().find(|(label, _)| labels.contains(&label.as_str()));
    let subject = written.or(answers.first()).map(|(_, answer)| answer.clone()).unwrap_or_default();
    create(cx, kind, target.user, subject, answers).await
}

/// Says why a form was refused, and keeps what was written for another attempt.
async fn give_back(
    cx: &Context,
    kind: &Kind,
    target: &Target,
    fields: &Map<String, Value>,
    why: &str,
) -> Result<Reply> {
    let texts = kind.definition.questions.iter().filter_map(|question| {
        let text = fields.get(&input_name(question))?.as_str()?;
        (!text.is_empty()).then(|| (question.label.clone(), text.to_owned()))
    });
    let draft = Draft {
        guild: cx.guild,
        interaction: cx.interaction,
        user: target.user.unwrap_or(cx.member.id),
        opened_by: cx.member.id,
        kind: kind.id,
        subject: String::new(),
        answers: texts.collect(),
    };
    if draft.answers.is_empty() {
        return Err(Error::user(why));
    }
    store::insert_draft(&cx.app.db, &draft, cx.now).await?;
    let again = button(ButtonStyle::Primary, "Fill it in again", cx.id(&Action::Again(cx.interaction))?);
    Ok(Message::new(format!("{why}\nWhat you wrote is kept for a day.")).row(vec![again]).ephemeral(true).into())
}

/// The form once more, with what was written.
pub(crate) async fn again(cx: Context, draft: Id<InteractionMarker>) -> Result<Reply> {
    let found = store::find_draft(&cx.app.db, cx.guild, draft).await?;
    let (draft, kind) = found.filter(|(draft, _)| draft.opened_by == cx.member.id).ok_or_else(gone)?;
    let user = (draft.user != draft.opened_by).then_some(draft.user);
    check(&cx, &kind, user).await?;
    form(&cx, &kind, user, &draft.answers)
}

/// The menu of a message: what it says takes the place of the questions.
pub(crate) async fn from_message(
    cx: Context,
    kind: i32,
    author: Option<Id<UserMarker>>,
    body: String,
) -> Result<Reply> {
    let kinds = kinds(&cx).await?;
    let kind = kinds.iter().find(|it| it.id == kind).ok_or_else(no_such_type)?;
    check(&cx, kind, author).await?;
    let subject = body.lines().nth(1).unwrap_or_default().to_owned();
    create(cx, kind, author, subject, vec![("Message".to_owned(), body)]).await
}

/// Offers answers, or opens the ticket.
async fn create(
    cx: Context,
    kind: &Kind,
    user: Option<Id<UserMarker>>,
    subject: String,
    answers: Vec<(String, String)>,
) -> Result<Reply> {
    let draft = Draft {
        guild: cx.guild,
        interaction: cx.interaction,
        user: user.unwrap_or(cx.member.id),
        opened_by: cx.member.id,
        kind: kind.id,
        subject: cut(subject.lines().next().unwrap_or_default(), SUBJECT),
        answers,
    };
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    // Who opens a ticket for somebody else knows the answers.
    if settings.offer_answers && user.is_none() && cx.app.settings.enabled(cx.guild, "faq").await {
        let index = cx.app.knowledge.index(cx.guild).await?;
        let hits: Vec<i32> = index.search(&subject, OFFERS).iter().map(|hit| hit.number).collect();
        if !hits.is_empty() {
            return offer(&cx, &index, &draft, &hits).await;
        }
    }
    open(&cx, kind, draft).await
}

async fn offer(cx: &Context, index: &crate::knowledge::index::Index, draft: &Draft, hits: &[i32]) -> Result<Reply> {
    let entries = cx.app.knowledge.entries(cx.guild, hits).await?;
    store::insert_draft(&cx.app.db, draft, cx.now).await?;
    let mut message = Message::new("Does this answer it? If not, your ticket opens with one more click.");
    for (at, entry) in entries.iter().enumerate() {
        let text = match at {
            0 => cut(&entry.draft.answer, OFFERED_BEST),
            _ => highlight::passage(index, &entry.draft.answer, &draft.subject, OFFERED),
        };
        message = message.embed(embed(format!("#{} {}", entry.number, entry.draft.title), text));
    }
    let solved = entries.iter().map(|entry| {
        let id = cx.id(&Action::Solved(draft.interaction, entry.number))?;
        Ok(button(ButtonStyle::Success, format!("#{} answers it", entry.number), id))
    });
    let anyway = button(ButtonStyle::Primary, "Open the ticket", cx.id(&Action::Anyway(draft.interaction))?);
    Ok(message.row(solved.collect::<Result<_>>()?).row(vec![anyway]).ephemeral(true).into())
}

/// An entry was good enough.
pub(crate) async fn solved(cx: Context, draft: Id<InteractionMarker>, entry: i32) -> Result<Reply> {
    if !store::answer_draft(&cx.app.db, cx.guild, draft, cx.member.id, entry, cx.now).await? {
        return Err(gone());
    }
    Ok(Reply::Update(Message::new("Good to know! Should it not help after all, `/ticket open` is there.")))
}

/// None was.
pub(crate) async fn anyway(cx: Context, draft: Id<InteractionMarker>) -> Result<Reply> {
    let found = store::find_draft(&cx.app.db, cx.guild, draft).await?;
    let (draft, kind) = found.filter(|(draft, _)| draft.opened_by == cx.member.id).ok_or_else(gone)?;
    check(&cx, &kind, None).await?;
    open(&cx, &kind, draft).await
}

fn gone() -> Error {
    Error::user("What you wrote is gone or was sent already; open a ticket with `/ticket open`.")
}

/// Refuses who may not open a ticket of this type.
async fn check(cx: &Context, kind: &Kind, user: Option<Id<UserMarker>>) -> Result<()> {
    let staff = is_staff(cx, kind).await?;
    if user.is_some() {
        return match staff {
            true => Ok(()),
            false => Err(Error::user("Only the staff opens tickets for others; open your own with `/ticket open`.")),
        };
    }
    let before = store::find_before(&cx.app.db, cx.guild, cx.member.id, kind.id).await?;
    may_open(&kind.definition, &before, &cx.member.roles, staff, cx.now).map_err(Error::User)
}

/// Whether the member works tickets of this type.
async fn is_staff(cx: &Context, kind: &Kind) -> Result<bool> {
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    let role = kind.definition.staff(&settings).into_iter().any(|role| cx.member.roles.contains(&role));
    Ok(role || cx.is_admin().await?)
}

/// Whether somebody may open a ticket.
///
/// # Errors
/// Why not, and what to do.
fn may_open(
    kind: &Definition,
    before: &Before,
    roles: &[Id<RoleMarker>],
    staff: bool,
    now: Timestamp,
) -> Result<(), String> {
    if staff {
        return Ok(());
    }
    let any = |wanted: &[Id<RoleMarker>]| wanted.iter().any(|role| roles.contains(role));
    if let Some(reason) = &before.blocked {
        let why = if reason.is_empty() { String::new() } else { format!(" ({})", plain(reason)) };
        return Err(format!("You may not open tickets here{why}; talk to an admin if that is a mistake."));
    }
    if any(&kind.blocked_roles) {
        return Err("With one of your roles you cannot open this kind of ticket; ask an admin.".to_owned());
    }
    if !kind.required_roles.is_empty() && !any(&kind.required_roles) {
        let roles: Vec<String> = kind.required_roles.iter().map(|role| format!("<@&{role}>")).collect();
        return Err(format!("This kind of ticket is for {}; pick another kind, or ask an admin.", roles.join(" or ")));
    }
    if kind.member_limit > 0 && before.open.len() as i64 >= kind.member_limit {
        let open: Vec<String> = before.open.iter().map(|number| format!("#{number}")).collect();
        return Err(format!(
            "You have {} open already, which is as many as you can have; go on there, or close it first.",
            open.join(", ")
        ));
    }
    if let Some(last) = before.last_opened_at {
        let again = last + kind.cooldown.duration();
        if again > now {
            return Err(format!("You have just opened one; you can open the next <t:{}:R>.", again.as_second()));
        }
    }
    Ok(())
}

/// Gives the ticket its number and promises its channel.
async fn open(cx: &Context, kind: &Kind, draft: Draft) -> Result<Reply> {
    let recorder = cx.recorder().await?;
    let staff = is_staff(cx, kind).await?;
    let mut tx = cx.app.db.begin().await?;
    // From here on nobody else opens a ticket in this guild, so that what is looked at stays true.
    let number = store::next_number(&mut *tx, cx.guild).await?;
    let by_staff = draft.user != draft.opened_by;
    if !by_staff {
        let before = store::find_before(&mut *tx, cx.guild, draft.user, kind.id).await?;
        may_open(&kind.definition, &before, &cx.member.roles, staff, cx.now).map_err(Error::User)?;
    }
    match store::insert(&mut *tx, &draft, number, cx.now).await {
        Ok(()) => {}
        Err(error) if crate::db::violates(&error, "ticket_guild_id_interaction_id_key") => return Err(gone()),
        Err(error) => return Err(error.into()),
    }
    let who =
        if by_staff { format!("<@{}> for <@{}>", draft.opened_by, draft.user) } else { format!("<@{}>", draft.user) };
    let entry = Entry {
        level: Level::Success,
        title: format!("🟢 Ticket #{number} created"),
        description: format!("{who} · {} · {}", plain(&kind.name), plain(&draft.subject)),
    };
    recorder.write(&mut *tx, &entry).await?;
    let reply = cx.promise(&mut *tx, &Work::Open { number }).await?;
    tx.commit().await?;
    cx.app.post_log(cx.guild);
    Ok(reply)
}

/// Makes the channel and tells where it is.
pub(crate) async fn finish(promise: Promise, number: i32) -> Result<Message> {
    let ticket = settle::until_open(&promise.app, promise.guild, number).await?;
    let Some(channel) = ticket.shown.channel.filter(|_| ticket.status.is_live()) else {
        let why = words::close_reason(&ticket).or(ticket.shown.problem).unwrap_or_default();
        return Err(Error::user(format!(
            "Your ticket #{number} could not be opened; the admins of this server were told. {why}"
        )));
    };
    let system = promise.app.settings.get::<System>(promise.guild).await?;
    let mut text = format!("Your ticket #{number} is open: <#{channel}>");
    if ticket.user != promise.user {
        text = format!("Ticket #{number} of <@{}> is open: <#{channel}>", ticket.user);
    }
    let definition = &ticket.kind.definition;
    if !definition.hours().open_at(ticket.opened_at, &system.time_zone.time_zone()) {
        text.push('\n');
        text.push_str(&screens::away(definition));
    }
    Ok(Message::new(text))
}

/// Forgets what members wrote and did not come back to.
pub(crate) async fn forget_drafts(app: App, now: Timestamp) -> anyhow::Result<()> {
    Ok(store::delete_drafts(&app.db, now - KEEP_DRAFTS).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Minutes;
    use serde_json::json;

    #[test]
    fn who_may_open_a_ticket() {
        let now: Timestamp = "2027-03-01T09:00Z".parse().expect("a time");
        let (vip, muted) = (Id::new(1), Id::new(2));
        let kind = Definition {
            required_roles: vec![vip],
            blocked_roles: vec![muted],
            cooldown: Minutes(10),
            ..Definition::default()
        };
        let none = Before { blocked: None, open: Vec::new(), last_opened_at: None };
        let check = |before: &Before, roles: &[Id<RoleMarker>], expected: Result<(), &str>| {
            assert_eq!(may_open(&kind, before, roles, false, now), expected.map_err(str::to_owned));
            // The staff may always.
            assert_eq!(may_open(&kind, before, roles, true, now), Ok(()));
        };
        check(&none, &[vip], Ok(()));
        check(&none, &[], Err("This kind of ticket is for <@&1>; pick another kind, or ask an admin."));
        check(&none, &[vip, muted], Err("With one of your roles you cannot open this kind of ticket; ask an admin."));
        check(
            &Before { blocked: Some("spam".to_owned()), ..none.clone() },
            &[vip],
            Err("You may not open tickets here (spam); talk to an admin if that is a mistake."),
        );
        check(
            &Before { open: vec![3], ..none.clone() },
            &[vip],
            Err("You have #3 open already, which is as many as you can have; go on there, or close it first."),
        );
        let before =
            |minutes| Before { last_opened_at: Some(now - SignedDuration::from_mins(minutes)), ..none.clone() };
        check(&before(9), &[vip], Err("You have just opened one; you can open the next <t:1803891660:R>."));
        check(&before(10), &[vip], Ok(()));
    }

    #[test]
    fn answers_are_read_and_forged_ones_are_not() {
        let ask = |id, label: &str, required, ask| {
            let (label, hint) = (label.to_owned(), String::new());
            Question { id, label, hint, required, ask }
        };
        let options = vec!["Web".to_owned(), "Phone".to_owned()];
        let questions = [
            ask(7, "Subject", true, Ask::Text { long: false, min_chars: 3, max_chars: 10 }),
            ask(3, "Where", false, Ask::Choice { options, several: false }),
            ask(4, "Agreed", true, Ask::Checkbox),
        ];
        let check = |fields: Value, expected: Result<&str, &str>| {
            let read = answers(&questions, fields.as_object().expect("an object"));
            let read = read.map(|all| all.iter().map(|(a, b)| format!("{a}: {b}")).collect::<Vec<_>>().join("; "));
            assert_eq!(read, expected.map(str::to_owned).map_err(str::to_owned), "{fields}");
        };
        check(json!({"q7": "Refund", "q3": ["1"], "q4": true}), Ok("Subject: Refund; Where: Phone; Agreed: Yes"));
        check(json!({"q7": " Refund ", "q4": true}), Ok("Subject: Refund; Agreed: Yes"));
        check(json!({"q7": "", "q4": true}), Err("“Subject” needs an answer."));
        check(json!({"q7": "ab", "q4": true}), Err("“Subject” takes 3 to 10 characters."));
        check(
            json!({"q7": "Refund", "q3": ["2"], "q4": true}),
            Err("“Where” has other answers now; open the form again."),
        );
        check(
            json!({"q7": "Refund", "q3": ["0", "1"], "q4": true}),
            Err("“Where” has other answers now; open the form again."),
        );
        check(json!({"q7": "Refund", "q4": false}), Err("Tick “Agreed” to go on."));
        check(json!({}), Err("“Subject” needs an answer."));
    }
}
