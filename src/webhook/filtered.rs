//! Answers with a link: Discord refuses those that it filters, and tells nobody but whoever answers by a call.
//!
//! Whatever repeats the words of somebody may be such an answer, so no screen looks after that itself. One that comes back
//! over HTTP would only show the member that the interaction failed.

use std::time::{Duration, Instant};

use secrecy::SecretString;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use crate::app::App;
use crate::discord::Error;
use crate::interactions::Reply;
use crate::say;
use crate::ui::Message;
use crate::words::Language;

/// Discord gives up after 3 s; what is not answered by a call then goes back over HTTP.
const ANSWER_TIME: Duration = Duration::from_millis(2500);

/// `message`, and what takes its place where Discord filters it: the same without links, and a sentence.
pub(super) fn instead_of(language: Language, message: &Message) -> Vec<Message> {
    let without = message.without_links(&say!(language, ui_link_left_out));
    let refused = Message::new(say!(language, interactions_automod)).ephemeral(true);
    without.into_iter().chain([refused]).collect()
}

/// Answers by calls if `reply` has a link, and returns what is still to be answered. `shown_to_one` says of the message whose
/// place it may take that one person alone sees it.
pub(super) async fn answer_by_call(
    app: &App,
    guild: Id<GuildMarker>,
    (interaction, token): (Id<InteractionMarker>, &SecretString),
    (language, shown_to_one): (Language, bool),
    reply: Reply,
    arrived: Instant,
) -> Option<Reply> {
    let (Reply::Message(message) | Reply::Update(message)) = &reply else { return Some(reply) };
    if message.without_links("").is_none() {
        return Some(reply);
    }
    let updates = matches!(reply, Reply::Update(_));
    // What others read in its place is in their language.
    let is_private = if updates { shown_to_one } else { message.ephemeral };
    let language = match is_private {
        true => language,
        false => app.guild_language(guild).await.unwrap_or(language),
    };
    let mut instead = instead_of(language, message).into_iter();
    let mut reply = reply;
    loop {
        let answer = reply.clone().into_response();
        match app.discord.guild(guild).create_answer(interaction, token, &answer, arrived + ANSWER_TIME).await {
            Ok(()) => return None,
            Err(Error::Filtered { .. }) => {
                let Some(next) = instead.next() else { return Some(reply) };
                let is_last = instead.len() == 0;
                // What is shown already stays when nothing can take its place.
                reply = if updates && !is_last { Reply::Update(next) } else { Reply::Message(next) };
            }
            Err(error) => {
                tracing::info!(%interaction, %error, "this is answered over HTTP, whatever it links to");
                return Some(reply);
            }
        }
    }
}
