//! Messages and what they are made of.

use serde::{Deserialize, Serialize};
use twilight_model::application::command::{CommandOptionChoice, CommandOptionChoiceValue};
use twilight_model::channel::message::component::{
    ActionRow, ButtonStyle, Component, SelectMenuOption, SelectMenuType,
};
use twilight_model::channel::message::embed::EmbedFooter;
use twilight_model::channel::message::{AllowedMentions, Embed, MessageFlags};
use twilight_model::guild::Permissions;
use twilight_model::http::interaction::InteractionResponseData;
use twilight_util::builder::embed::{EmbedBuilder, EmbedFooterBuilder};
use twilight_util::builder::message::{ButtonBuilder, SelectMenuBuilder, SelectMenuOptionBuilder};

use super::limits::{self, cut};
use super::plain::without_overrides;
use crate::discord::MessageBody;
use crate::words::{Msg, Said};
use crate::{msg, said};

/// A message as a feature writes it: longer text is cut, and nobody is pinged unless `mentions` says so.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Message {
    /// Text above everything else.
    pub content: String,
    /// Boxes below the text.
    pub embeds: Vec<Embed>,
    /// Rows of buttons and menus.
    pub components: Vec<Component>,
    /// Whether only the member sees it.
    pub ephemeral: bool,
    /// Whom the text may ping.
    pub mentions: AllowedMentions,
    /// Whether it is shown already, where work attaches files to its answer itself.
    #[serde(default)]
    pub is_shown: bool,
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the member reads.
    pub name: String,
    /// What we get back, at most 100 characters.
    pub value: String,
}

impl Message {
    /// A message with this text.
    pub fn new(content: impl Into<String>) -> Message {
        Message { content: content.into(), ..Message::default() }
    }

    /// Adds a box.
    #[must_use]
    pub fn embed(mut self, embed: Embed) -> Message {
        self.embeds.push(embed);
        self
    }

    /// Adds a row of up to five buttons, or of one menu; an empty row is left out.
    #[must_use]
    pub fn row(mut self, components: Vec<Component>) -> Message {
        if !components.is_empty() {
            self.components.push(Component::ActionRow(ActionRow { components, id: None }));
        }
        self
    }

    /// Says whether only the member sees it.
    #[must_use]
    pub fn ephemeral(mut self, ephemeral: bool) -> Message {
        self.ephemeral = ephemeral;
        self
    }

    /// The same within Discord's limits.
    fn fit(mut self) -> Message {
        self.content = cut(&self.content, limits::CONTENT);
        limits::fit_embeds(&mut self.embeds);
        limits::fit_components(&mut self.components);
        self
    }

    /// What the REST API takes.
    pub fn into_body(self) -> MessageBody {
        let Message { content, embeds, components, mentions, ephemeral: _, is_shown: _ } = self.fit();
        MessageBody { content, embeds, components, allowed_mentions: mentions, ..MessageBody::default() }
    }

    pub(crate) fn into_data(self) -> InteractionResponseData {
        let Message { content, embeds, components, ephemeral, mentions, is_shown: _ } = self.fit();
        InteractionResponseData {
            allowed_mentions: Some(mentions),
            content: Some(content),
            embeds: Some(embeds),
            components: Some(components),
            flags: ephemeral.then_some(MessageFlags::EPHEMERAL),
            ..Default::default()
        }
    }
}

impl Choice {
    pub(crate) fn into_model(self) -> CommandOptionChoice {
        CommandOptionChoice {
            name: limits::label(&without_overrides(&self.name), limits::OPTION_LABEL),
            name_localizations: None,
            value: CommandOptionChoiceValue::String(self.value),
        }
    }
}

/// A box with a title and text.
pub fn embed(title: impl Into<String>, description: impl Into<String>) -> Embed {
    EmbedBuilder::new().title(title).description(description).build()
}

/// A line at the end of a box.
pub fn footer(text: impl Into<String>) -> EmbedFooter {
    EmbedFooterBuilder::new(text).build()
}

/// A button that brings `custom_id` back when it is pressed.
pub fn button(style: ButtonStyle, label: impl Into<String>, custom_id: String) -> Component {
    Component::Button(ButtonBuilder::new(style).label(label).custom_id(custom_id).build())
}

/// A menu of which one option is chosen.
pub fn select(custom_id: String, placeholder: impl Into<String>, options: Vec<SelectMenuOption>) -> Component {
    let menu = SelectMenuBuilder::new(custom_id, SelectMenuType::Text).placeholder(placeholder);
    Component::SelectMenu(options.into_iter().fold(menu, SelectMenuBuilder::option).build())
}

/// A menu of which up to so many options are chosen.
pub fn select_many(
    custom_id: String,
    placeholder: impl Into<String>,
    options: Vec<SelectMenuOption>,
    most: u8,
) -> Component {
    let menu = SelectMenuBuilder::new(custom_id, SelectMenuType::Text).placeholder(placeholder);
    let menu = menu.min_values(1).max_values(most);
    Component::SelectMenu(options.into_iter().fold(menu, SelectMenuBuilder::option).build())
}

/// An option of a menu.
pub fn option(value: impl Into<String>, label: impl Into<String>) -> SelectMenuOption {
    let label: String = label.into();
    SelectMenuOptionBuilder::new(without_overrides(&label), value).build()
}

/// Permissions as Discord calls them in a server's settings, each in bold.
pub fn permission_names(permissions: Permissions) -> Said {
    let names = permissions.iter_names().map(|(name, permission)| {
        let known = PERMISSIONS.iter().find(|(known, _)| *known == permission).map(|(_, msg)| Said::from(*msg));
        let name = known.unwrap_or_else(|| {
            let words = name.split('_').map(|word| {
                let (first, rest) = word.split_at(1);
                format!("{first}{}", rest.to_lowercase())
            });
            Said::Verbatim(words.collect::<Vec<_>>().join(" "))
        });
        said!(ui_bold, text = name)
    });
    Said::list(names)
}

/// Those that the bot asks for.
const PERMISSIONS: [(Permissions, Msg); 15] = [
    (Permissions::MANAGE_GUILD, msg!(ui_permission_manage_guild)),
    (Permissions::ADD_REACTIONS, msg!(ui_permission_add_reactions)),
    (Permissions::VIEW_CHANNEL, msg!(ui_permission_view_channel)),
    (Permissions::SEND_MESSAGES, msg!(ui_permission_send_messages)),
    (Permissions::SEND_MESSAGES_IN_THREADS, msg!(ui_permission_send_in_threads)),
    (Permissions::EMBED_LINKS, msg!(ui_permission_embed_links)),
    (Permissions::ATTACH_FILES, msg!(ui_permission_attach_files)),
    (Permissions::READ_MESSAGE_HISTORY, msg!(ui_permission_read_history)),
    (Permissions::MENTION_EVERYONE, msg!(ui_permission_mention_everyone)),
    (Permissions::MANAGE_CHANNELS, msg!(ui_permission_manage_channels)),
    (Permissions::MANAGE_ROLES, msg!(ui_permission_manage_roles)),
    (Permissions::MANAGE_MESSAGES, msg!(ui_permission_manage_messages)),
    (Permissions::MANAGE_THREADS, msg!(ui_permission_manage_threads)),
    (Permissions::CREATE_PUBLIC_THREADS, msg!(ui_permission_public_threads)),
    (Permissions::CREATE_PRIVATE_THREADS, msg!(ui_permission_private_threads)),
];
