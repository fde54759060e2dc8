//! What a kind may name: where its tickets open, and the roles that work it, may open one or may not.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, EmojiMarker, RoleMarker};

use super::super::super::model::refusal::kinds::Refusal;
use super::super::super::model::{CheckedKind, Definition, KIND_ROLES, Kind, KindChange, KindMisfit, emoji_of};
use super::super::super::settings::{CATEGORY_NEEDS, THREADS_NEED};
use crate::acting::{Acting, Failure, Lack, digest};
use crate::app::App;
use crate::discord::Access;
use crate::words::Language;

/// The channel and the roles that a change may bring into a kind. They are checked before the kind is locked, since that may
/// take calls to Discord; a change that brings in others is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Where its tickets open.
    pub place: Option<Id<ChannelMarker>>,
    /// Who works it.
    pub staff: Vec<Id<RoleMarker>>,
    /// Who may open one, and who may not.
    pub others: Vec<Id<RoleMarker>>,
    /// What stands before its name, if that is an emoji of a server.
    pub emoji: Option<Id<EmojiMarker>>,
    /// What somebody wants, as a digest ([`digest`]), whatever is stored: by the same origin it is done once.
    pub asked: String,
}

impl Named {
    /// What `definition` names.
    pub(super) fn of(definition: &Definition) -> Named {
        Named {
            place: definition.place,
            staff: definition.staff_roles.clone(),
            others: [&definition.required_roles[..], &definition.blocked_roles].concat(),
            emoji: emoji_of(&definition.emoji),
            asked: String::new(),
        }
    }

    /// What `change` names.
    pub fn by(change: &KindChange) -> Named {
        let asked = digest(change);
        match change {
            KindChange::People(people) => Named {
                place: people.place,
                staff: people.staff.clone(),
                others: [&people.required[..], &people.blocked].concat(),
                emoji: None,
                asked,
            },
            KindChange::Texts(texts) => Named { emoji: emoji_of(&texts.emoji), asked, ..Named::default() },
            _ => Named { asked, ..Named::default() },
        }
    }

    fn roles(&self) -> impl Iterator<Item = &Id<RoleMarker>> {
        self.staff.iter().chain(&self.others)
    }
}

/// What was found of what a change names.
#[derive(Default)]
pub(super) struct Known {
    pub(super) place: Option<CheckedPlace>,
    /// Whether the guild has the emoji.
    pub(super) emoji: bool,
}

/// A place for tickets where the bot can open them.
pub(super) struct CheckedPlace {
    channel: Id<ChannelMarker>,
    /// Whether they are private threads there.
    pub(super) in_threads: bool,
    /// What whoever acts may not do there themselves: they bring in no such place, and leave it where it is.
    pub(super) lack: Option<Lack>,
    /// Who sees the channel of their threads, if they are threads.
    access: Option<Access>,
}

impl CheckedPlace {
    /// Whether those who may open tickets, who have one of the roles `required` if there are any, do not see the channel of their
    /// threads, and so no thread either.
    pub(super) fn is_unseen_by(&self, required: &[Id<RoleMarker>]) -> bool {
        let sees = |roles: &[Id<RoleMarker>]| {
            self.access.as_ref().is_none_or(|access| access.of_roles(roles).contains(Permissions::VIEW_CHANNEL))
        };
        !sees(&[]) && !required.iter().any(|role| sees(&[*role]))
    }
}

/// A kind with a part changed, if it may be stored and brings in nothing that nobody has checked. What is written anew of its
/// own words is in the language `spoken`.
pub(super) fn edited(
    before: &Kind,
    change: KindChange,
    named: &Named,
    known: Known,
    spoken: Option<Language>,
) -> Result<CheckedKind, Failure<Refusal>> {
    let (name, mut definition) = before.with(change).ok_or(Refusal::NoSuchQuestion)?;
    if let Some(spoken) = spoken {
        definition.language = spoken.code().to_owned();
    }
    let was = &before.definition;
    if definition.emoji.trim() != was.emoji
        && let Some(emoji) = emoji_of(&definition.emoji)
        && !(known.emoji && named.emoji == Some(emoji))
    {
        return Err(Refusal::UnknownEmoji.into());
    }
    match (definition.place, known.place) {
        // Of which kind it is, is known of what is brought in; of what somebody else has chosen meanwhile it is stored.
        (Some(chosen), Some(checked)) if chosen == checked.channel => {
            if let Some(lack) = checked.lack.filter(|_| was.place != Some(chosen)) {
                return Err(lack.into());
            }
            let changes = was.place != Some(chosen) || was.required_roles != definition.required_roles;
            if changes && checked.is_unseen_by(&definition.required_roles) {
                return Err(Refusal::UnseenPlace.into());
            }
            definition.in_threads = checked.in_threads;
        }
        (Some(chosen), _) if was.place != Some(chosen) => return Err(Lack::Unknown { channel: chosen }.into()),
        // Whether those who may open one then see its thread nobody has looked.
        (Some(chosen), _) if definition.in_threads && was.required_roles != definition.required_roles => {
            return Err(Lack::Unknown { channel: chosen }.into());
        }
        _ => {}
    }
    let known = |role: &&Id<RoleMarker>, staff: bool| match staff {
        true => was.staff_roles.contains(role) || named.staff.contains(role),
        false => {
            was.required_roles.contains(role) || was.blocked_roles.contains(role) || named.roles().any(|it| it == *role)
        }
    };
    let staff = definition.staff_roles.iter().find(|role| !known(role, true));
    let mut others = definition.required_roles.iter().chain(&definition.blocked_roles);
    if let Some(role) = staff.or_else(|| others.find(|role| !known(role, false))) {
        return Err(Refusal::UnknownRole { role: *role }.into());
    }
    Ok(definition.checked(&name)?)
}

/// Checks that a channel and roles are of the guild, and that the bot may do there what tickets need.
pub(super) async fn check(app: &App, acting: &Acting, named: &Named) -> Result<Known, Failure<Refusal>> {
    // @everyone has the guild's id, and is no role that some have.
    let everybody = acting.guild().cast();
    if named.staff.contains(&everybody) {
        return Err(Refusal::StaffIsEverybody.into());
    }
    if named.others.contains(&everybody) {
        return Err(Refusal::RoleIsEverybody.into());
    }
    // Discord is asked about each; those who may and those who may not are two lists.
    let most = usize::from(KIND_ROLES);
    if named.staff.len() > most || named.others.len() > 2 * most {
        return Err(Refusal::Unfit(KindMisfit::TooManyRoles { max: KIND_ROLES.into() }).into());
    }
    let mut known = Known::default();
    let discord = app.discord.guild(acting.guild());
    if let Some(emoji) = named.emoji {
        known.emoji = discord.has_emoji(emoji, acting.deadline()).await.map_err(anyhow::Error::from)?;
    }
    if let Some(channel) = named.place {
        let place = acting.place(app, channel).await??;
        let in_threads = match place.kind {
            Some(ChannelType::GuildText) => true,
            Some(ChannelType::GuildCategory) => false,
            _ => return Err(Refusal::WrongPlace { channel }.into()),
        };
        let needs = if in_threads { THREADS_NEED } else { CATEGORY_NEEDS };
        place.require_bot(needs)?;
        let access = match in_threads {
            true => discord.access(channel, acting.deadline()).await.map_err(anyhow::Error::from)?,
            false => None,
        };
        known.place = Some(CheckedPlace { channel, in_threads, lack: place.require_both(needs).err(), access });
    }
    for role in named.roles() {
        if acting.role(app, *role).await?.is_none() {
            return Err(Refusal::UnknownRole { role: *role }.into());
        }
    }
    Ok(known)
}
