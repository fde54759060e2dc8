//! What a handler answers, and how it becomes Discord's JSON.

use serde::Serialize;
use twilight_model::channel::message::MessageFlags;
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseData, InteractionResponseType};

use super::promise::Promised;
use crate::ui::{Choice, Message, Modal, is_blank, limits};

/// The answer to an interaction.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A new message.
    Message(Message),
    /// The message whose button or menu was used, changed. What the new message lacks is removed.
    Update(Message),
    /// A form to fill in.
    Form(Modal),
    /// Suggestions while somebody types.
    Choices(Vec<Choice>),
    /// "Thinking…" now, and the rest when it is done.
    Later(Later),
}

/// Work to be done after the answer.
#[derive(Clone, Debug)]
pub struct Later {
    /// What is to be done.
    pub work: Deferred,
    /// Whether only the member will see the outcome. It cannot be decided later.
    pub ephemeral: bool,
    /// Whether it takes the place of the message whose button was used, which stays until then.
    pub in_place: bool,
}

/// Work, and whether it is promised already.
#[derive(Clone, Debug)]
pub enum Deferred {
    /// The feature's own description of the work. It is stored before the answer leaves.
    Described(serde_json::Value),
    /// The handler stored it, together with what the work is about.
    Promised(Box<Promised>),
}

impl Reply {
    /// A message that only the member sees.
    pub fn ephemeral(content: impl Into<String>) -> Reply {
        Reply::Message(Message::new(content).ephemeral(true))
    }

    /// Work that the feature's `.work(…)` handler will do; its outcome is seen by the member alone.
    pub fn later<W: Serialize>(work: &W) -> anyhow::Result<Reply> {
        Ok(Reply::Later(Later {
            work: Deferred::Described(serde_json::to_value(work)?),
            ephemeral: true,
            in_place: false,
        }))
    }

    /// Turns "change the message" into "send a message", for where there is no message to change.
    #[must_use]
    pub fn without_update(self) -> Reply {
        match self {
            Reply::Update(message) => Reply::Message(message.ephemeral(true)),
            Reply::Later(later) => Reply::Later(Later { in_place: false, ..later }),
            other => other,
        }
    }

    /// The HTTP answer that says this.
    pub fn into_response(self) -> InteractionResponse {
        let (kind, data) = match self {
            Reply::Message(message) => (InteractionResponseType::ChannelMessageWithSource, message.into_data()),
            Reply::Update(message) => {
                // Discord takes no flags here: the message stays as ephemeral as it was.
                let data = InteractionResponseData { flags: None, ..message.into_data() };
                (InteractionResponseType::UpdateMessage, data)
            }
            Reply::Form(modal) => (InteractionResponseType::Modal, modal.into_data()),
            Reply::Choices(choices) => {
                // One without a value could not be chosen.
                let choices = choices.into_iter().filter(|choice| !is_blank(&choice.value));
                let choices = choices.take(limits::OPTIONS).map(Choice::into_model).collect();
                let data = InteractionResponseData { choices: Some(choices), ..Default::default() };
                (InteractionResponseType::ApplicationCommandAutocompleteResult, data)
            }
            Reply::Later(Later { in_place: true, .. }) => {
                return InteractionResponse { kind: InteractionResponseType::DeferredUpdateMessage, data: None };
            }
            Reply::Later(Later { ephemeral, .. }) => {
                let flags = ephemeral.then_some(MessageFlags::EPHEMERAL);
                let data = InteractionResponseData { flags, ..Default::default() };
                (InteractionResponseType::DeferredChannelMessageWithSource, data)
            }
        };
        InteractionResponse { kind, data: Some(data) }
    }
}

impl From<Message> for Reply {
    fn from(message: Message) -> Reply {
        Reply::Message(message)
    }
}

impl From<Modal> for Reply {
    fn from(modal: Modal) -> Reply {
        Reply::Form(modal)
    }
}
