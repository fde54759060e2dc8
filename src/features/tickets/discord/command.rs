//! `/ticket`: where its subcommands go, and what is suggested while somebody types them.

use super::model::Status;
use super::operations::look;
use super::slash::Ticket;
use super::store::{At, Filter, Typed};
use super::workflow::Step;
use super::{blocks, kinds, list, open, panels, press, replies, screens, stats};
use crate::error::Result;
use crate::feature::TypedLine;
use crate::interactions::{Context, Reply};
use crate::say;
use crate::ui::Choice;
use crate::words::{Language, Say, known_languages};

/// Tickets that are looked up while somebody types; Discord shows 25.
const SUGGESTED: i64 = 50;

pub(crate) async fn ticket(cx: Context, command: Ticket) -> Result<Reply> {
    match command {
        Ticket::Open(input) => open::pick(cx, input.kind.as_deref(), None).await,
        Ticket::List(input) => list::list(cx, input).await,
        Ticket::Show(input) => {
            let ticket = press::pick(&cx, input.ticket.as_deref()).await?;
            screens::show(&cx, &ticket).await
        }
        Ticket::Claim(input) => step(cx, input.ticket, Step::Claim).await,
        Ticket::Unclaim(input) => step(cx, input.ticket, Step::Unclaim).await,
        Ticket::Transfer(input) => press::transfer(cx, input.ticket.as_deref(), input.to).await,
        Ticket::Status(input) => {
            let status = input.status.status();
            press::set_status(cx, input.ticket.as_deref(), status, input.escalate_to).await
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
        Ticket::Draft(_) => replies::suggest(cx).await,
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
            let kinds = open::kinds(&cx, &cx.acting().await?).await?;
            let kinds = kinds.iter().map(|kind| (kind.id, kind.name_in(cx.language)));
            let fits = kinds.filter(|(_, name)| name.to_lowercase().contains(&typed));
            let all = Choice { name: say!(cx.language, tickets_all_kinds_option), value: kinds::ALL_KINDS.to_owned() };
            let kinds = fits.map(|(id, name)| Choice { name: name.to_owned(), value: id.to_string() });
            Ok((line.subcommand() == "panel").then_some(all).into_iter().chain(kinds).take(25).collect())
        }
        "language" => {
            let name = |language: Language| say!(language, words_language_name);
            let fits = known_languages().filter(|language| name(*language).to_lowercase().contains(&typed));
            Ok(fits.take(25).map(|it| Choice { name: name(it), value: it.code().to_owned() }).collect())
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
        text => {
            let fits = |name: &str| name.to_lowercase().contains(text);
            let kinds = open::kinds(cx, &acting).await?.into_iter();
            let kinds = kinds.filter(|kind| fits(kind.name_in(cx.language))).map(|kind| kind.id).collect();
            let statuses = Status::ALL.into_iter().filter(|status| fits(&status.say(cx.language))).collect();
            look::search(app, &acting, Typed { text, kinds, statuses }, SUGGESTED).await?
        }
    };
    let choices = lines.into_iter().map(|line| Choice {
        name: format!(
            "#{} {} · {} · {}",
            line.number,
            line.status.say(cx.language),
            line.kind.name_in(cx.language),
            line.subject
        ),
        value: line.number.to_string(),
    });
    Ok(choices.collect())
}
