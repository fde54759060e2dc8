//! Commands: how each is defined, answered, and helped while somebody types.

use std::sync::Arc;

use twilight_interactions::command::{CommandInputData, CommandModel, CreateCommand};
use twilight_model::application::command::{Command, CommandOption, CommandType};
use twilight_model::application::interaction::InteractionContextType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;
use twilight_model::oauth::ApplicationIntegrationType;

use super::{BoxFuture, Feature, Handler, names};
use crate::acting::KnownMessage;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::said;
use crate::ui::Choice;

type Suggester = Arc<dyn Fn(Context, TypedLine) -> BoxFuture<Result<Vec<Choice>>> + Send + Sync>;

/// A command and who answers it.
pub struct CommandEntry {
    /// What is registered at Discord.
    pub definition: Command,
    pub(crate) run: Run,
    pub(crate) suggest: Option<Suggester>,
}

/// How a command is answered, by its kind.
#[derive(Clone)]
pub(crate) enum Run {
    /// A slash command that is made from data.
    Tree(Handler<TypedLine>),
    /// A slash command that a struct defines.
    Slash(Handler<CommandInputData<'static>>),
    Message(Handler<KnownMessage>),
    User(Handler<Id<UserMarker>>),
}

/// A command as it was typed, or is being typed: `/config tickets set category:5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedLine {
    /// The command's name, and those of groups and subcommands.
    pub path: Vec<String>,
    /// Options by name; ids, numbers and booleans as text.
    pub options: Vec<(String, String)>,
    /// The option that somebody is typing.
    pub(crate) focused: Option<String>,
}

impl TypedLine {
    /// The subcommand, without the groups that lead to it; the command itself if it has none.
    pub fn subcommand(&self) -> &str {
        self.path.last().map(String::as_str).unwrap_or_default()
    }

    /// The option that somebody is typing, and what of it stands there.
    pub fn focused(&self) -> Option<(&str, &str)> {
        let name = self.focused.as_deref()?;
        Some((name, self.get(name)?))
    }

    /// What was given for an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(option, _)| option == name).map(|(_, value)| value.as_str())
    }
}

impl Feature {
    /// Answers the slash command that `C` defines.
    #[must_use]
    pub fn command<C, F, Fut>(mut self, handle: F) -> Feature
    where
        C: CommandModel + CreateCommand + Send + 'static,
        F: Fn(Context, C) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run: Handler<CommandInputData<'static>> = Arc::new(move |cx, data| {
            let handle = handle.clone();
            Box::pin(async move {
                let input = C::from_interaction(data).map_err(|_| {
                    // Another version registered this command, or the client is behind. The error quotes the member.
                    tracing::warn!(command = C::NAME, "a command does not fit its definition");
                    outdated_command()
                })?;
                handle(cx, input).await
            })
        });
        let definition = guild_only(C::create_command().into());
        self.commands.push(CommandEntry { definition, run: Run::Slash(run), suggest: None });
        self
    }

    /// Suggests values for the command added last, while somebody types. Half-typed input need not make sense yet, so the
    /// handler gets the line as it stands there and asks for what it wants by name.
    ///
    /// # Panics
    /// No command was added before.
    #[must_use]
    pub fn suggest<F, Fut>(mut self, handle: F) -> Feature
    where
        F: Fn(Context, TypedLine) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Vec<Choice>>> + Send + 'static,
    {
        let suggest: Suggester = Arc::new(move |cx, line| Box::pin(handle(cx, line)));
        self.commands.last_mut().expect("`.suggest` follows a command").suggest = Some(suggest);
        self
    }

    /// Answers a slash command that is made from data. For `/config`, whose shape follows from the settings of all
    /// features; a struct is better wherever it can be written.
    #[must_use]
    pub fn command_tree<F, Fut>(mut self, definition: Command, handle: F) -> Feature
    where
        F: Fn(Context, TypedLine) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run = Run::Tree(Arc::new(move |cx, line| Box::pin(handle(cx, line))));
        self.commands.push(CommandEntry { definition: guild_only(definition), run, suggest: None });
        self
    }

    /// Answers a command in the menu of a message. By default it is seen by members with
    /// `permissions`, or by everybody.
    #[must_use]
    pub fn message_menu<F, Fut>(mut self, name: &str, permissions: Option<Permissions>, handle: F) -> Feature
    where
        F: Fn(Context, KnownMessage) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run = Run::Message(Arc::new(move |cx, message| Box::pin(handle(cx, message))));
        self.commands.push(CommandEntry {
            definition: menu(CommandType::Message, name, permissions),
            run,
            suggest: None,
        });
        self
    }

    /// Answers a command in the menu of a member. By default it is seen by members with
    /// `permissions`, or by everybody.
    #[must_use]
    pub fn user_menu<F, Fut>(mut self, name: &str, permissions: Option<Permissions>, handle: F) -> Feature
    where
        F: Fn(Context, Id<UserMarker>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run = Run::User(Arc::new(move |cx, user| Box::pin(handle(cx, user))));
        self.commands.push(CommandEntry { definition: menu(CommandType::User, name, permissions), run, suggest: None });
        self
    }
}

/// The sentence for a command that a client knows in another form than we do.
pub(crate) fn outdated_command() -> Error {
    Error::user(said!(interactions_outdated_command))
}

/// Makes a command one of servers that installed the app, in every language. Both lists must be sent: Discord's default
/// includes DMs.
fn guild_only(mut command: Command) -> Command {
    names::localize(&mut command);
    command.contexts = Some(vec![InteractionContextType::Guild]);
    command.integration_types = Some(vec![ApplicationIntegrationType::GuildInstall]);
    command
}

fn menu(kind: CommandType, name: &str, permissions: Option<Permissions>) -> Command {
    guild_only(definition(kind, name, permissions, Vec::new()))
}

/// A command as Discord knows it, made from its parts. What it is for is said by the message of its path.
pub fn definition(
    kind: CommandType,
    name: &str,
    permissions: Option<Permissions>,
    options: Vec<CommandOption>,
) -> Command {
    #[allow(deprecated)] // `dm_permission` must be set to nothing.
    Command {
        application_id: None,
        contexts: None,
        default_member_permissions: permissions,
        description: String::new(),
        description_localizations: None,
        dm_permission: None,
        guild_id: None,
        id: None,
        integration_types: None,
        kind,
        name: name.to_owned(),
        name_localizations: None,
        nsfw: None,
        options,
        version: Id::new(1),
    }
}
