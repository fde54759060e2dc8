//! Where buttons, menus and promises go.

use super::action::{Action, Pressed, Work};
use super::messages::Button;
use super::{kinds, list, open, panels, press as pressed, replies, stats};
use crate::error::Result;
use crate::feature::Promise;
use crate::interactions::{Context, Reply};
use crate::say;
use crate::ui::Message;

pub(crate) async fn press(cx: Context, pressed: Pressed, chosen: Vec<String>) -> Result<Reply> {
    let action = match pressed {
        Pressed::Button(Button::Start(kind)) => return open::start(cx, kind, None).await,
        Pressed::Button(Button::Choose(user)) => return open::chosen(cx, user, &chosen).await,
        Pressed::Button(Button::InLanguage(panel, language)) => return panels::show_in(cx, panel, language).await,
        Pressed::Button(Button::StartIn(kind, language)) => {
            return open::start(cx.speaking(Some(language)), kind, None).await;
        }
        Pressed::Button(Button::ChooseIn(language)) => {
            return open::chosen(cx.speaking(Some(language)), None, &chosen).await;
        }
        Pressed::Button(Button::Suggest(number)) => return replies::suggest_in(cx, number).await,
        Pressed::Button(button) => return pressed::press(cx, button).await,
        Pressed::Action(Action::In(language, action)) => {
            return act(cx.speaking(Some(language)), *action, chosen).await;
        }
        Pressed::Action(action) => action,
    };
    act(cx, action, chosen).await
}

async fn act(cx: Context, action: Action, chosen: Vec<String>) -> Result<Reply> {
    match action {
        Action::Anyway(draft) => open::anyway(cx, draft).await,
        Action::Solved(draft, entry) => open::solved(cx, draft, entry).await,
        Action::Again(draft) => open::again(cx, draft).await,
        Action::AskAbout(search) => open::about_search(cx, search, &chosen).await,
        Action::ReallyDelete(number) => pressed::ask_deletion_again(&cx, number).await,
        Action::DeleteEnded(number, end) => pressed::delete(cx, number, end).await,
        Action::Comment(number) => pressed::ask_comment(&cx, number),
        Action::List(listed, _) => list::begin(cx, listed).await,
        Action::Turn(shown, at) => list::turn(cx, shown, at).await,
        Action::Stats(period) => stats::turn(cx, period, false).await,
        Action::PublicStats(period) => stats::turn(cx, period, true).await,
        Action::AddTo(clipping) => pressed::add_message_to(cx, clipping, &chosen).await,
        Action::Types(press) => kinds::press(cx, press, &chosen).await,
        Action::Draft(press) => replies::press(cx, press, &chosen).await,
        // Nobody chooses twice at once.
        Action::In(..) | Action::Never => Ok(Reply::Update(Message::new(say!(cx.language, tickets_nothing_done)))),
    }
}

pub(crate) async fn work(promise: Promise, work: Work) -> Result<Message> {
    match work {
        Work::Open { number } => open::finish(promise, number).await,
        Work::Stats { period, public } => stats::finish(promise, period, public).await,
        Work::Transcript { number } => pressed::show_transcript(promise, number).await,
        Work::Panel { panel } => panels::finish_panel(promise, panel).await,
        Work::Post { wish } => replies::finish_post(promise, wish).await,
        Work::Draft { number, about, wish } => replies::finish(promise, number, about, wish).await,
    }
}
