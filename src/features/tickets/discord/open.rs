//! Opening a ticket: the kind is chosen, its questions are asked, answers of the FAQ are offered, and the channel is told.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, UserMarker};

use super::action::{Action, Work};
use super::messages::{self, Button};
use super::model::answers::{self, Given};
use super::model::{Ask, Kind, Question, Refusal};
use super::operations::drafts::{self, Kept};
use super::operations::open::{self, Asked, GuildKind, Offered, Request};
use super::settle;
use super::store;
use super::vanished;
use super::words;
use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::knowledge::highlight;
use crate::settings::System;
use crate::ui::{
    Message, button, embed,
    form::{Input, InputKind, Modal},
    limits::cut,
    select,
};
use crate::words::{Language, Said, Say, known_languages};
use crate::{said, say};

/// The form with a kind's questions.
pub(crate) const FORM: &str = "open";

/// How long a draft waits for its member.
const KEEP_DRAFTS: SignedDuration = SignedDuration::from_hours(24);

/// How much of the best answer and of the others is shown.
const OFFERED_BEST: usize = 900;
const OFFERED: usize = 200;

/// For which kind, and for whom, a form asks.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Target {
    kind: i32,
    user: Option<Id<UserMarker>>,
    /// In which language, if they chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    /// After which search, whose answers they have read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    search: Option<Id<InteractionMarker>>,
}

/// The kinds of the guild.
pub(crate) async fn kinds(cx: &Context, acting: &Acting) -> Result<Vec<Kind>> {
    let kinds = open::list_kinds(&cx.app, acting).await?;
    Ok(kinds.iter().map(|it| it.kind().clone()).collect())
}

/// `/ticket open`: the only kind, the one that was named, or a menu.
pub(crate) async fn pick(cx: Context, named: Option<&str>, user: Option<Id<UserMarker>>) -> Result<Reply> {
    let acting = cx.acting().await?;
    let kinds = open::list_kinds(&cx.app, &acting).await?;
    if let Some(named) = named {
        let kind = find_called(&kinds, |it| it.kind(), named).ok_or_else(no_such_kind)?;
        return ask(&cx, &acting, kind.clone(), user).await;
    }
    if let [kind] = &kinds[..] {
        return ask(&cx, &acting, kind.clone(), user).await;
    }
    // Who may open none at all chooses nothing first.
    if let Some(kind) = kinds.first()
        && let Err(Failure::Refused(refusal @ Refusal::Blocked { .. })) =
            open::could_open(&cx.app, &acting, kind, user).await
    {
        return Err(Failure::Refused(refusal).into());
    }
    let kinds = vanished::shown(&cx.app, cx.guild, kinds.iter().map(|it| it.kind().clone()).collect()).await;
    let options = kinds.iter().map(|kind| messages::kind_option(cx.language, kind)).collect();
    let menu = select(cx.id(&Button::Choose(user))?, say!(cx.language, tickets_about_what_menu), options);
    Ok(Message::new(say!(cx.language, tickets_which_kind)).row(vec![menu]).ephemeral(true).into())
}

/// The menu of a member: the staff opens a ticket for them.
pub(crate) async fn for_member(cx: Context, user: Id<UserMarker>) -> Result<Reply> {
    if user == cx.member.id {
        return pick(cx, None, None).await;
    }
    pick(cx, None, Some(user)).await
}

pub(crate) async fn chosen(cx: Context, user: Option<Id<UserMarker>>, chosen: &[String]) -> Result<Reply> {
    let kind = chosen.first().and_then(|id| id.parse().ok()).ok_or_else(no_such_kind)?;
    start(cx, kind, user).await
}

/// The button of whoever asks what a search did not answer.
pub(crate) fn about_search_button(language: Language, search: Id<InteractionMarker>) -> anyhow::Result<Component> {
    let label = say!(language, tickets_about_search_button);
    Ok(button(ButtonStyle::Secondary, label, messages::id(None, &Action::AskAbout(search))?))
}

/// A ticket about what a search did not answer, with that filled in.
pub(crate) async fn about_search(cx: Context, search: Id<InteractionMarker>, chosen: &[String]) -> Result<Reply> {
    let acting = cx.acting().await?;
    let mut kinds = open::list_kinds(&cx.app, &acting).await?;
    if let Some(chosen) = chosen.first() {
        kinds.retain(|it| it.kind().id.to_string() == *chosen);
    }
    let [kind] = &kinds[..] else {
        let kinds = vanished::shown(&cx.app, cx.guild, kinds.iter().map(|it| it.kind().clone()).collect()).await;
        let options: Vec<_> = kinds.iter().map(|kind| messages::kind_option(cx.language, kind)).collect();
        if options.is_empty() {
            return Err(no_such_kind());
        }
        let menu = select(cx.id(&Action::AskAbout(search))?, say!(cx.language, tickets_about_what_menu), options);
        return Ok(Message::new(say!(cx.language, tickets_which_kind)).row(vec![menu]).ephemeral(true).into());
    };
    if kind.kind().definition.questions.is_empty() {
        return ask(&cx, &acting, kind.clone(), None).await;
    }
    open::could_open(&cx.app, &acting, kind, None).await?;
    let searched = cx.app.knowledge.find_search(cx.guild, search).await?;
    let asked = searched.map(|searched| searched.query).unwrap_or_default();
    form(&cx, kind.kind(), (None, Some(search)), &filled_in(kind.kind(), &asked))
}

/// What was searched for as the answer to the first question that takes it.
fn filled_in(kind: &Kind, asked: &str) -> Vec<(i32, String)> {
    let answer = |question: &Question| match question.ask {
        Ask::Text { min_chars, max_chars, .. } if asked.chars().count() >= usize::from(min_chars) => {
            Some((question.id, cut(asked, usize::from(max_chars))))
        }
        _ => None,
    };
    kind.definition.questions.iter().find_map(answer).into_iter().collect()
}

/// The kind that somebody named, or picked from what was suggested.
pub(crate) fn find_kind<'a>(kinds: &'a [Kind], named: &str) -> Result<&'a Kind> {
    find_called(kinds, |kind| kind, named).ok_or_else(no_such_kind)
}

/// The one that is named: by its number, by its own name, or else by what it is called in another language.
fn find_called<'a, T>(all: &'a [T], kind: impl Fn(&T) -> &Kind, named: &str) -> Option<&'a T> {
    let named = named.to_lowercase();
    let own = |it: &&T| kind(it).id.to_string() == named || kind(it).name.to_lowercase() == named;
    let called = |it: &&T| known_languages().any(|language| kind(it).name_in(language).to_lowercase() == named);
    all.iter().find(own).or_else(|| all.iter().find(called))
}

fn no_such_kind() -> Error {
    Error::User(Refusal::NoSuchKind.said())
}

pub(crate) async fn start(cx: Context, kind: i32, user: Option<Id<UserMarker>>) -> Result<Reply> {
    let acting = cx.acting().await?;
    let kind = open::find_kind(&cx.app, &acting, kind).await?;
    ask(&cx, &acting, kind, user).await
}

/// Asks what the kind wants to know, if they may open one.
async fn ask(cx: &Context, acting: &Acting, kind: GuildKind, user: Option<Id<UserMarker>>) -> Result<Reply> {
    if kind.kind().definition.questions.is_empty() {
        let request = Request { kind, user, asked: Asked::Questions(Vec::new()) };
        let ready = open::prepare(&cx.app, acting, request).await?;
        return answer(cx, acting, ready).await;
    }
    open::could_open(&cx.app, acting, &kind, user).await?;
    form(cx, kind.kind(), (user, None), &[])
}

/// The kind's questions, with what was answered before by their numbers: for whom, and after which search.
fn form(
    cx: &Context,
    kind: &Kind,
    (user, search): (Option<Id<UserMarker>>, Option<Id<InteractionMarker>>),
    known: &[(i32, String)],
) -> Result<Reply> {
    let said = kind.in_language(cx.language);
    let questions = kind.definition.questions.iter().zip(&said.definition.questions);
    let inputs = questions.map(|(own, said)| {
        let known = known.iter().find(|(number, _)| *number == own.id).map_or("", |(_, answer)| answer);
        input(cx.language, own, said, known)
    });
    let inputs = inputs.collect();
    let target = Target { kind: kind.id, user, language: cx.chosen_language, search };
    Ok(Modal::of(said.name.clone(), cx.open_form_id(FORM, &target)?, inputs).into())
}

/// What the answer to a question comes back as, wherever the question stands by then.
fn input_name(question: &Question) -> String {
    format!("q{}", question.id)
}

/// A question as a form asks it, with what was answered before in the words of its `own` language.
fn input(language: Language, own: &Question, question: &Question, known: &str) -> Input {
    let kind = match &question.ask {
        Ask::Text { long, min_chars, max_chars } => {
            InputKind::Text { long: *long, min_chars: *min_chars, max_chars: *max_chars, value: known.to_owned() }
        }
        Ask::Choice { options, several } => InputKind::Choice {
            // What comes back is its place: a label may be as long as a value, but need not be unique for us.
            options: options.iter().enumerate().map(|(at, label)| (at.to_string(), label.clone())).collect(),
            max: if *several { 25 } else { 1 },
            chosen: {
                let chosen = |option: &String| known.lines().any(|line| line == option);
                let places = own.options().iter().enumerate().filter(|(_, option)| chosen(option));
                places.map(|(at, _)| at.to_string()).collect()
            },
        },
        Ask::Checkbox => InputKind::Checkbox { ticked: known == answers::TICKED },
    };
    let must_tick = question.required && question.ask == Ask::Checkbox;
    Input {
        name: input_name(question),
        label: question.label.clone(),
        hint: match must_tick {
            true => format!("{} {}", say!(language, tickets_must_tick_hint), question.hint).trim().to_owned(),
            false => question.hint.clone(),
        },
        kind,
        // Discord knows no box that must be ticked.
        required: question.required && question.ask != Ask::Checkbox,
    }
}

/// What came back, by the numbers of the questions.
fn given(fields: &Map<String, Value>) -> Vec<(i32, Given)> {
    let read = |value: &Value| match value {
        Value::String(text) => Some(Given::Text(text.clone())),
        Value::Bool(ticked) => Some(Given::Ticked(*ticked)),
        // What is no place of an option is one that there is not.
        Value::Array(places) => {
            let place = |place: &Value| place.as_str().and_then(|it| it.parse().ok()).unwrap_or(usize::MAX);
            Some(Given::Chosen(places.iter().map(place).collect()))
        }
        _ => None,
    };
    let named = |(name, value): (&String, &Value)| Some((name.strip_prefix('q')?.parse().ok()?, read(value)?));
    fields.iter().filter_map(named).collect()
}

/// The form came back.
pub(crate) async fn answered(cx: Context, target: Target, fields: Map<String, Value>) -> Result<Reply> {
    let cx = cx.speaking(target.language);
    let acting = cx.acting().await?;
    let given = given(&fields);
    let kind = open::find_kind(&cx.app, &acting, target.kind).await?;
    let (own, said) = (kind.kind().clone(), kind.kind().in_language(cx.language).into_owned());
    let request = Request { kind, user: target.user, asked: Asked::Questions(given.clone()) };
    match open::prepare(&cx.app, &acting, request).await {
        Ok(mut ready) => {
            if let Some(search) = target.search
                && let Some(searched) = cx.app.knowledge.find_search(cx.guild, search).await?
            {
                ready.has_read(searched.matched);
            }
            answer(&cx, &acting, ready).await
        }
        Err(Failure::Refused(refusal)) => {
            // What it says of a question it says of it as its reader knows it.
            let refusal = match refusal.names_question() {
                true => answers::read(&said.definition.questions, &given).err().unwrap_or(refusal),
                false => refusal,
            };
            let texts = given.into_iter().filter_map(|(id, given)| {
                let text = as_text(own.question(id)?, given);
                (!text.is_empty()).then_some((id, text))
            });
            give_back(&cx, &acting, &target, texts.collect(), refusal).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// What was given for a question, as it is kept until the form is opened again: of a menu an option a line.
fn as_text(question: &Question, given: Given) -> String {
    match given {
        Given::Text(text) => text,
        Given::Chosen(places) => {
            let chosen = places.iter().filter_map(|place| question.options().get(*place).map(String::as_str));
            chosen.collect::<Vec<_>>().join("\n")
        }
        Given::Ticked(true) => answers::TICKED.to_owned(),
        Given::Ticked(false) => String::new(),
    }
}

/// What a button carries that goes on in the language which they have chosen, if they have.
fn in_chosen_language(cx: &Context, action: Action) -> Result<String> {
    match cx.chosen_language {
        Some(language) => cx.id(&Action::In(language, Box::new(action))),
        None => cx.id(&action),
    }
}

/// Says why a form was refused, and keeps what was written for another attempt.
async fn give_back(
    cx: &Context,
    acting: &Acting,
    target: &Target,
    texts: Vec<(i32, String)>,
    refusal: Refusal,
) -> Result<Reply> {
    let about = (target.kind, target.user);
    if drafts::save_refused(&cx.app, acting, acting.origin(), about, texts).await? == Kept::Nothing {
        return Err(Failure::Refused(refusal).into());
    }
    let label = say!(cx.language, tickets_again_button);
    let again = button(ButtonStyle::Primary, label, in_chosen_language(cx, Action::Again(cx.interaction))?);
    let told = say!(cx.language, tickets_kept_for_a_day, refusal = refusal.said());
    Ok(Message::new(told).row(vec![again]).ephemeral(true).into())
}

/// The form once more, with what was written.
pub(crate) async fn again(cx: Context, draft: Id<InteractionMarker>) -> Result<Reply> {
    let (kind, user, draft) = drafts::find(&cx.app, &cx.acting().await?, &Origin::Interaction(draft)).await?;
    let known = |question: &Question| Some((question.id, draft.answer_to(question)?.to_owned()));
    let known: Vec<(i32, String)> = kind.definition.questions.iter().filter_map(known).collect();
    form(&cx, &kind, (user, None), &known)
}

/// Offers answers, or opens the ticket.
async fn answer(cx: &Context, acting: &Acting, mut ready: open::Ready) -> Result<Reply> {
    if let Some(offered) = open::offer(&cx.app, acting, &mut ready, cx.language).await? {
        drafts::save(&cx.app, acting, acting.origin(), &ready).await?;
        return offer(cx, &offered);
    }
    Ok(open::open_with(&cx.app, acting, &ready, async |tx, number| promise(cx, tx, number).await).await?)
}

/// Promises to tell where the channel is.
pub(crate) async fn promise(
    cx: &Context,
    tx: &mut sqlx::PgConnection,
    number: i32,
) -> std::result::Result<Reply, Failure<Refusal>> {
    Ok(cx.promise(tx, &Work::Open { number }).await?)
}

/// The same in the place of what was chosen from, whose buttons are used up.
pub(crate) async fn promise_in_place(
    cx: &Context,
    tx: &mut sqlx::PgConnection,
    number: i32,
) -> std::result::Result<Reply, Failure<Refusal>> {
    Ok(cx.promise_in_place(tx, &Work::Open { number }).await?)
}

pub(crate) fn offer(cx: &Context, offered: &Offered) -> Result<Reply> {
    let Offered { entries, index, subject } = offered;
    let mut message = Message::new(say!(cx.language, tickets_offer));
    for (at, entry) in entries.iter().enumerate() {
        let text = match at {
            0 => cut(&entry.draft.answer, OFFERED_BEST),
            _ => highlight::passage(index, &entry.draft.answer, subject, OFFERED),
        };
        message = message.embed(embed(format!("#{} {}", entry.number, entry.draft.title), text));
    }
    let solved = entries.iter().map(|entry| {
        let id = in_chosen_language(cx, Action::Solved(cx.interaction, entry.number))?;
        Ok(button(ButtonStyle::Success, say!(cx.language, tickets_answers_it_button, number = entry.number), id))
    });
    let anyway = in_chosen_language(cx, Action::Anyway(cx.interaction))?;
    let anyway = button(ButtonStyle::Primary, say!(cx.language, tickets_anyway_button), anyway);
    Ok(message.row(solved.collect::<Result<_>>()?).row(vec![anyway]).ephemeral(true).into())
}

/// An entry was good enough.
pub(crate) async fn solved(cx: Context, draft: Id<InteractionMarker>, entry: i32) -> Result<Reply> {
    drafts::answer(&cx.app, &cx.acting().await?, &Origin::Interaction(draft), entry).await?;
    Ok(Reply::Update(Message::new(say!(cx.language, tickets_solved))))
}

/// None was.
pub(crate) async fn anyway(cx: Context, draft: Id<InteractionMarker>) -> Result<Reply> {
    let acting = cx.acting().await?;
    let promise = async |tx: &mut sqlx::PgConnection, number| promise_in_place(&cx, tx, number).await;
    Ok(drafts::send(&cx.app, &acting, &Origin::Interaction(draft), promise).await?)
}

/// Makes the channel and tells where it is.
pub(crate) async fn finish(promise: Promise, number: i32) -> Result<Message> {
    let ticket = settle::until_open(&promise.app, promise.guild, number).await?;
    let Some(channel) = ticket.shown.channel.filter(|_| ticket.status.is_live()) else {
        // It was there, and somebody has closed it meanwhile.
        if ticket.closed_by.is_some() {
            return Ok(Message::new(say!(promise.language, tickets_opened_and_closed, number)));
        }
        let problem = ticket.shown.problem.as_ref().map(Say::said);
        let why = words::close_reason(&ticket).or(problem);
        let said = [said!(tickets_not_opened, number)].into_iter().chain(why);
        return Err(Error::user(Said::sentences(said.collect())));
    };
    let language = promise.language;
    let system = promise.app.settings.get::<System>(promise.guild).await?;
    let mut text = match ticket.user {
        user if user == promise.user => say!(language, tickets_your_ticket_is_open, number, channel),
        user => say!(language, tickets_ticket_is_open, number, user, channel),
    };
    if let Some(away) = messages::away(language, &ticket, &system) {
        text.push('\n');
        text.push_str(&away);
    }
    Ok(Message::new(text))
}

/// Forgets what members wrote and did not come back to.
pub(crate) async fn forget_drafts(app: App, now: Timestamp) -> anyhow::Result<()> {
    Ok(store::delete_drafts(&app.db, now - KEEP_DRAFTS).await?)
}
