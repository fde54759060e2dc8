//! `/ticket`: its subcommands, and what is suggested while somebody types them.

use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CommandOption, CreateCommand, CreateOption};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker, UserMarker};

use super::model::{Priority, Refusal, Status};
use super::operations::look;
use super::store::{self, At, Filter};
use super::workflow::Step;
use super::{Action, blocks, kinds, open, panels, press, screens, stats};
use crate::error::{Error, Result};
use crate::feature::TypedLine;
use crate::interactions::{Context, Reply, Say};
use crate::ui::{Choice, Message, button, embed};

/// Tickets on one page of a list.
const PAGE: i64 = 10;

/// Tickets that are looked up while somebody types; Discord shows 25.
const SUGGESTED: i64 = 50;

/// Get help from the staff
#[derive(CommandModel, CreateCommand)]
#[command(name = "ticket")]
pub(crate) enum Ticket {
    #[command(name = "open")]
    Open(Open),
    #[command(name = "list")]
    List(List),
    #[command(name = "show")]
    Show(Show),
    #[command(name = "claim")]
    Claim(Claim),
    #[command(name = "unclaim")]
    Unclaim(Unclaim),
    #[command(name = "transfer")]
    Transfer(Transfer),
    #[command(name = "status")]
    Status(SetStatus),
    #[command(name = "priority")]
    Priority(SetPriority),
    #[command(name = "close")]
    Close(Close),
    #[command(name = "ask-close")]
    AskClose(AskClose),
    #[command(name = "reopen")]
    Reopen(Reopen),
    #[command(name = "add")]
    Add(Add),
    #[command(name = "remove")]
    Remove(Remove),
    #[command(name = "note")]
    Note(Note),
    #[command(name = "rename")]
    Rename(Rename),
    #[command(name = "delete")]
    Delete(Delete),
    #[command(name = "transcript")]
    Transcript(Transcript),
    #[command(name = "stats")]
    Stats(Stats),
    #[command(name = "panel")]
    Panel(Panel),
    #[command(name = "types")]
    Types(Types),
    #[command(name = "block")]
    Block(Block),
    #[command(name = "unblock")]
    Unblock(Unblock),
    #[command(name = "blocked")]
    Blocked(Blocked),
}

/// Open a ticket
#[derive(CommandModel, CreateCommand)]
#[command(name = "open")]
pub(crate) struct Open {
    /// Which kind
    #[command(autocomplete = true, max_length = 100)]
    kind: Option<String>,
}

/// List your tickets, or all of them (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "list")]
pub(crate) struct List {
    /// Only those with this status
    status: Option<StatusOption>,
    /// Only those of this member (staff)
    member: Option<Id<UserMarker>>,
    /// Only those that I have claimed (staff)
    mine: Option<bool>,
    /// Only those of this kind
    #[command(autocomplete = true, max_length = 100)]
    kind: Option<String>,
    /// Only those that are so urgent
    priority: Option<PriorityOption>,
    /// Only those that nobody has claimed
    unclaimed: Option<bool>,
}

/// Show a ticket with everything that happened to it
#[derive(CommandModel, CreateCommand)]
#[command(name = "show")]
pub(crate) struct Show {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Take a ticket (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "claim")]
pub(crate) struct Claim {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Give a ticket back (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "unclaim")]
pub(crate) struct Unclaim {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Give a ticket to somebody else of the staff (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "transfer")]
pub(crate) struct Transfer {
    /// Who takes it
    to: Id<UserMarker>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Set where a ticket stands (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "status")]
pub(crate) struct SetStatus {
    /// Which one
    #[command(autocomplete = true, max_length = 100)]
    ticket: String,
    /// Where it stands
    status: StatusOption,
    /// Whom to call when it is escalated, if not the role that is set
    escalate_to: Option<Id<RoleMarker>>,
}

/// Set how urgent a ticket is (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "priority")]
pub(crate) struct SetPriority {
    /// How urgent
    priority: PriorityOption,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Close a ticket
#[derive(CommandModel, CreateCommand)]
#[command(name = "close")]
pub(crate) struct Close {
    /// Why
    #[command(max_length = 500)]
    reason: Option<String>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Ask the member whether their ticket may be closed (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "ask-close")]
pub(crate) struct AskClose {
    /// Why
    #[command(max_length = 500)]
    reason: Option<String>,
    /// Close it after so many hours without an answer
    #[command(min_value = 1, max_value = 720)]
    hours: Option<i64>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Open a closed ticket again (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "reopen")]
pub(crate) struct Reopen {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Let somebody take part in a ticket (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "add")]
pub(crate) struct Add {
    /// Who
    member: Id<UserMarker>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Let somebody take part no longer (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "remove")]
pub(crate) struct Remove {
    /// Who
    member: Id<UserMarker>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Note something that only the staff reads (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "note")]
pub(crate) struct Note {
    /// What
    #[command(max_length = 1000)]
    text: String,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Change what a ticket is about (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "rename")]
pub(crate) struct Rename {
    /// What it is about
    #[command(min_length = 1, max_length = 100)]
    subject: String,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Delete the channel of a closed ticket (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "delete")]
pub(crate) struct Delete {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Show what was said in a closed ticket
#[derive(CommandModel, CreateCommand)]
#[command(name = "transcript")]
pub(crate) struct Transcript {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    ticket: Option<String>,
}

/// Show how many, how fast, how good (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "stats")]
pub(crate) struct Stats {
    /// Show it to everybody here
    public: Option<bool>,
}

/// Post a message with which members open tickets, or change the one that is there (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "panel")]
pub(crate) struct Panel {
    /// Where; here if it is left out
    #[command(channel_types = "guild_text guild_announcement")]
    pub(crate) channel: Option<Id<ChannelMarker>>,
    /// What stands on top
    #[command(max_length = 200)]
    pub(crate) title: Option<String>,
    /// What stands below it
    #[command(max_length = 2000)]
    pub(crate) text: Option<String>,
    /// How kinds of tickets are shown
    pub(crate) style: Option<StyleOption>,
    /// Only this kind of ticket
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) kind: Option<String>,
}

/// Set up the kinds of tickets (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "types")]
pub(crate) struct Types {}

/// Let somebody open no more tickets (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "block")]
pub(crate) struct Block {
    /// Who
    pub(crate) member: Id<UserMarker>,
    /// Why; they will read it
    #[command(max_length = 200)]
    pub(crate) reason: Option<String>,
}

/// Let somebody open tickets again (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "unblock")]
pub(crate) struct Unblock {
    /// Who
    pub(crate) member: Id<UserMarker>,
}

/// List who may open no tickets (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "blocked")]
pub(crate) struct Blocked {}

#[derive(CommandOption, CreateOption, Clone, Copy, Debug)]
pub(crate) enum StatusOption {
    #[option(name = "open", value = "open")]
    Open,
    #[option(name = "claimed", value = "claimed")]
    Claimed,
    #[option(name = "waiting for user", value = "waiting_for_user")]
    WaitingForUser,
    #[option(name = "escalated", value = "escalated")]
    Escalated,
    #[option(name = "closed", value = "closed")]
    Closed,
    #[option(name = "archived", value = "archived")]
    Archived,
}

impl StatusOption {
    fn status(self) -> Status {
        match self {
            StatusOption::Open => Status::Open,
            StatusOption::Claimed => Status::Claimed,
            StatusOption::WaitingForUser => Status::WaitingForUser,
            StatusOption::Escalated => Status::Escalated,
            StatusOption::Closed => Status::Closed,
            StatusOption::Archived => Status::Archived,
        }
    }
}

#[derive(CommandOption, CreateOption, Clone, Copy, Debug)]
pub(crate) enum PriorityOption {
    #[option(name = "low", value = "low")]
    Low,
    #[option(name = "normal", value = "normal")]
    Normal,
    #[option(name = "high", value = "high")]
    High,
    #[option(name = "urgent", value = "urgent")]
    Urgent,
}

impl PriorityOption {
    fn priority(self) -> Priority {
        match self {
            PriorityOption::Low => Priority::Low,
            PriorityOption::Normal => Priority::Normal,
            PriorityOption::High => Priority::High,
            PriorityOption::Urgent => Priority::Urgent,
        }
    }
}

#[derive(CommandOption, CreateOption, Clone, Copy, Debug)]
pub(crate) enum StyleOption {
    #[option(name = "buttons", value = "buttons")]
    Buttons,
    #[option(name = "menu", value = "menu")]
    Menu,
}

pub(crate) async fn ticket(cx: Context, command: Ticket) -> Result<Reply> {
    match command {
        Ticket::Open(input) => open::pick(cx, input.kind.as_deref(), None).await,
        Ticket::List(input) => list(cx, input).await,
        Ticket::Show(input) => {
            let ticket = press::pick(&cx, input.ticket.as_deref()).await?;
            screens::show(&cx, &ticket).await
        }
        Ticket::Claim(input) => step(cx, input.ticket, Step::Claim).await,
        Ticket::Unclaim(input) => step(cx, input.ticket, Step::Unclaim).await,
        Ticket::Transfer(input) => press::transfer(cx, input.ticket.as_deref(), input.to).await,
        Ticket::Status(input) => {
            let status = input.status.status();
            press::set_status(cx, &input.ticket, status, input.escalate_to).await
        }
        Ticket::Priority(input) => step(cx, input.ticket, Step::SetPriority(input.priority.priority())).await,
        Ticket::Close(input) => {
            step(cx, input.ticket, Step::Close { reason: input.reason.unwrap_or_default(), why: None }).await
        }
        Ticket::AskClose(input) => {
            let due_at = input.hours.map(|hours| cx.now + jiff::SignedDuration::from_hours(hours));
            let reason = input.reason.unwrap_or_default();
            step(cx, input.ticket, Step::RequestClose { due_at, reason }).await
        }
        Ticket::Reopen(input) => step(cx, input.ticket, Step::Reopen).await,
        Ticket::Add(input) => press::set_member(cx, input.ticket.as_deref(), input.member, true).await,
        Ticket::Remove(input) => press::set_member(cx, input.ticket.as_deref(), input.member, false).await,
        Ticket::Note(input) => press::note(cx, input.ticket.as_deref(), input.text).await,
        Ticket::Rename(input) => step(cx, input.ticket, Step::Rename { subject: input.subject }).await,
        Ticket::Delete(input) => {
            let ticket = press::pick(&cx, input.ticket.as_deref()).await?;
            press::ask_deletion(&cx, &ticket).await
        }
        Ticket::Transcript(input) => {
            let ticket = press::pick(&cx, input.ticket.as_deref()).await?;
            press::transcript(&cx, &ticket).await
        }
        Ticket::Stats(input) => stats::show(cx, input.public.unwrap_or(false)).await,
        Ticket::Panel(input) => panels::panel(cx, input).await,
        Ticket::Types(_) => kinds::types(cx).await,
        Ticket::Block(input) => blocks::block(cx, input).await,
        Ticket::Unblock(input) => blocks::unblock(cx, input).await,
        Ticket::Blocked(_) => blocks::blocked(cx).await,
    }
}

async fn step(cx: Context, named: Option<String>, step: Step) -> Result<Reply> {
    let ticket = press::pick(&cx, named.as_deref()).await?;
    press::by_command(cx, ticket, step).await
}

pub(crate) async fn suggest(cx: Context, line: TypedLine) -> Result<Vec<Choice>> {
    let Some((option, typed)) = line.focused() else { return Ok(Vec::new()) };
    let typed = typed.to_lowercase();
    match option {
        "kind" => {
            let kinds = store::list_kinds(&cx.app.db, cx.guild).await?;
            let fits = kinds.into_iter().filter(|kind| kind.name.to_lowercase().contains(&typed));
            let all = Choice { name: "All kinds".to_owned(), value: kinds::ALL_KINDS.to_owned() };
            let kinds = fits.map(|kind| Choice { name: kind.name, value: kind.id.to_string() });
            Ok((line.subcommand() == "panel").then_some(all).into_iter().chain(kinds).take(25).collect())
        }
        "ticket" => suggest_tickets(&cx, &typed).await,
        _ => Ok(Vec::new()),
    }
}

/// Tickets that fit what was typed, those that are live first: all for the staff, their own for members.
async fn suggest_tickets(cx: &Context, typed: &str) -> Result<Vec<Choice>> {
    let typed = typed.trim_start_matches('#');
    let (app, acting) = (&cx.app, cx.acting().await?);
    let lines = match typed {
        "" => {
            let mut lines = look::list(app, &acting, Filter::default(), At::Start, SUGGESTED).await?;
            if lines.len() < 25 {
                let filter = Filter { all: true, ..Filter::default() };
                let done = look::list(app, &acting, filter, At::Start, SUGGESTED).await?;
                lines.extend(done.into_iter().filter(|line| !line.status.is_live()));
            }
            lines
        }
        typed => look::search(app, &acting, typed, SUGGESTED).await?,
    };
    let choices = lines.into_iter().map(|line| Choice {
        name: format!("#{} {} · {} · {}", line.number, line.status, line.kind, line.subject),
        value: line.number.to_string(),
    });
    Ok(choices.collect())
}

/// What a list shows, as the buttons of older versions carry it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Listed {
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    user: Option<Id<UserMarker>>,
    #[serde(rename = "m", default, skip_serializing_if = "std::ops::Not::not")]
    mine: bool,
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    kind: Option<i32>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    priority: Option<Priority>,
    #[serde(rename = "f", default, skip_serializing_if = "std::ops::Not::not")]
    unclaimed: bool,
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
        let priority = rank.and_then(|rank| Priority::ALL.into_iter().map(|(it, ..)| it).find(|it| it.rank() == rank));
        let status = status.and_then(|place| Status::ALL.get(place).copied());
        Listed { status, user, mine, kind, priority, unclaimed }
    }
}

async fn list(cx: Context, input: List) -> Result<Reply> {
    let kind = match input.kind.as_deref() {
        Some(named) => Some(open::find_kind(&store::list_all_kinds(&cx.app.db, cx.guild).await?, named)?.id),
        None => None,
    };
    let listed = Listed {
        status: input.status.map(StatusOption::status),
        user: input.member,
        mine: input.mine.unwrap_or(false),
        kind,
        priority: input.priority.map(PriorityOption::priority),
        unclaimed: input.unclaimed.unwrap_or(false),
    };
    Ok(page(&cx, listed, At::Start).await?.ephemeral(true).into())
}

/// A list whose button is of an older version begins anew.
pub(crate) async fn begin(cx: Context, listed: Listed) -> Result<Reply> {
    Ok(Reply::Update(page(&cx, listed, At::Start).await?))
}

pub(crate) async fn turn(cx: Context, shown: Shown, to: At) -> Result<Reply> {
    Ok(Reply::Update(page(&cx, shown.into(), to).await?))
}

async fn page(cx: &Context, listed: Listed, mut at: At) -> Result<Message> {
    let (app, acting) = (&cx.app, cx.acting().await?);
    let staff = look::works_tickets(app, &acting).await?;
    let filter = Filter {
        status: listed.status,
        user: listed.user,
        claimed_by: listed.mine.then_some(cx.member.id),
        all: !staff,
        kind: listed.kind,
        priority: listed.priority,
        unclaimed: listed.unclaimed,
        viewer: None,
    };
    let size = usize::try_from(PAGE)?;
    let mut lines = look::list(app, &acting, filter.clone(), at, PAGE + 1).await?;
    // Before a page there may be less than a page by now; the first one is always whole.
    if matches!(at, At::Before(_)) && lines.len() <= size {
        at = At::Start;
        lines = look::list(app, &acting, filter, at, PAGE + 1).await?;
    }
    let more = lines.len() > size;
    let (previous, next) = match at {
        At::Start => (false, more),
        At::After(_) => (true, more),
        At::Before(_) => (more, true),
    };
    match at {
        At::Before(_) => drop(lines.drain(..lines.len() - size)),
        At::Start | At::After(_) => lines.truncate(size),
    }
    let text: Vec<String> = lines.iter().map(screens::line).collect();
    let text = if text.is_empty() { "There are none.".to_owned() } else { text.join("\n") };
    let title = if staff { "Tickets" } else { "Your tickets" };
    let mut row = Vec::new();
    let mut turn = |label, to| -> Result<()> {
        row.push(button(ButtonStyle::Secondary, label, cx.id(&Action::Turn(listed.into(), to))?));
        Ok(())
    };
    match lines.first() {
        Some(first) if previous => turn("Previous", At::Before(first.place))?,
        // What was on this page is gone.
        None if previous => turn("Previous", At::Start)?,
        _ => {}
    }
    if let Some(last) = lines.last().filter(|_| next) {
        turn("Next", At::After(last.place))?;
    }
    Ok(Message::default().embed(embed(title, text)).row(row))
}

/// The sentence for a ticket that is not there.
pub(crate) fn no_such_ticket() -> Error {
    Error::User(Refusal::NoSuchTicket.say())
}
