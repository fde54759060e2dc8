//! Whether a setting may have a value: one that fits, and of which the channel or the role is there and serves the purpose.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::{Given, Why};
use crate::acting::{Acting, Lack};
use crate::app::App;
use crate::assist;
use crate::settings::{self, Checked, Declared, Field, Fitting, Kind, Names, Schema, System};

pub(super) async fn check(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    field: &Field,
    given: &Given,
) -> anyhow::Result<Result<Checked, Why>> {
    let fitting = match given {
        Given::Default => return Ok(Ok(Checked::default_of(field))),
        Given::Text(text) => field.parse(text).and_then(|value| settings::check(field, &value)),
        Given::Value(value) => settings::check(field, value),
    };
    match fitting {
        Ok(fitting) => ask_for_named(app, acting, declared, fitting).await,
        Err(misfit) => Ok(Err(Why::Misfit(misfit))),
    }
}

/// Whether the channel or role that a value names is one of this guild that serves the purpose.
pub(super) async fn ask_for_named(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    fitting: Fitting,
) -> anyhow::Result<Result<Checked, Why>> {
    let refused = match fitting.names() {
        Names::Nothing => refuse_beyond_operator(app, declared, &fitting),
        Names::Channel { channel, types, needs, members_see } => {
            match refuse_channel(app, acting, channel, types, needs, true).await? {
                None if members_see => refuse_unseen(app, acting, declared, channel).await?,
                refused => refused,
            }
        }
        Names::Role { role, granted } => refuse_role(app, acting, role, granted).await?,
    };
    Ok(refused.map_or_else(|| Ok(fitting.asked_for()), Err))
}

/// Why a value that is set does not serve its purpose: what it names is gone, or the bot lacks something there.
pub(super) async fn find_lack(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    fitting: &Fitting,
) -> anyhow::Result<Option<Why>> {
    match fitting.names() {
        Names::Nothing => Ok(refuse_beyond_operator(app, declared, fitting)),
        Names::Channel { channel, types, needs, members_see } => {
            match refuse_channel(app, acting, channel, types, needs, false).await? {
                None if members_see => refuse_unseen(app, acting, declared, channel).await,
                refused => Ok(refused),
            }
        }
        Names::Role { role, granted } => refuse_role(app, acting, role, granted).await,
    }
}

/// Why the operator does not allow it.
fn refuse_beyond_operator(app: &App, declared: &Declared, fitting: &Fitting) -> Option<Why> {
    let is_of_model = declared.feature() == assist::Settings::FEATURE;
    let beyond = is_of_model.then(|| assist::settings::beyond_operator(app, fitting.field().name, fitting.value()));
    beyond.flatten().map(Why::Beyond)
}

/// Why a channel does not serve; also because whoever acts may not do there themselves what they let the bot do, if they
/// bring it in.
async fn refuse_channel(
    app: &App,
    acting: &Acting,
    channel: Id<ChannelMarker>,
    types: &'static [ChannelType],
    needs: Permissions,
    brought_in: bool,
) -> anyhow::Result<Option<Why>> {
    let place = match acting.place(app, channel).await? {
        Ok(place) => place,
        Err(lack) => return Ok(Some(Why::Lack(lack))),
    };
    // One of which nobody knows the type is none of the right ones.
    if !types.is_empty() && !place.kind.is_some_and(|kind| types.contains(&kind)) {
        return Ok(Some(Why::ChannelType { types }));
    }
    let required = match brought_in {
        true => place.require_both(needs),
        false => place.require_bot(Permissions::VIEW_CHANNEL | needs),
    };
    Ok(required.err().map(Why::Lack))
}

/// Why a channel does not serve that members have to see: neither everybody sees it nor anybody by a role, but those whom the
/// settings themselves name as working here, and administrators.
///
/// Many servers show their channels to a role that members get when they have read the rules, so that one is enough.
async fn refuse_unseen(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    channel: Id<ChannelMarker>,
) -> anyhow::Result<Option<Why>> {
    let Some(access) = app.discord.guild(acting.guild()).access(channel, acting.deadline()).await? else {
        return Ok(Some(Why::Lack(Lack::Unknown { channel })));
    };
    let stored = app.settings.stored(acting.guild(), declared.feature()).await?;
    let named = declared.fields().iter().filter(|field| matches!(field.kind, Kind::Role { .. }));
    let named = named.filter_map(|field| stored.get(field.name)?.as_str()?.parse().ok());
    let system = app.settings.get::<System>(acting.guild()).await?;
    let workers: Vec<Id<RoleMarker>> = named.chain(system.admin_role).collect();
    Ok((!access.is_seen_by_members(&workers)).then_some(Why::Unseen { channel }))
}

async fn refuse_role(app: &App, acting: &Acting, role: Id<RoleMarker>, granted: bool) -> anyhow::Result<Option<Why>> {
    // @everyone has the guild's id.
    if role == acting.guild().cast() {
        return Ok(Some(Why::Everyone));
    }
    let Some(known) = acting.role(app, role).await? else { return Ok(Some(Why::UnknownRole)) };
    if !granted {
        return Ok(None);
    }
    let above =
        known.managed || known.position >= app.discord.guild(acting.guild()).own_rank(acting.deadline()).await?;
    Ok(above.then_some(Why::NotGrantable { role }))
}
