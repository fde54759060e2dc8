//! Replies that the staff gives again and again, who may open no tickets, and panels, for programs.

use axum::Json;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::model::{PanelDraft, Tag, TagDraft};
use super::super::operations::{blocks, panels, tags};
use super::super::settle;
use crate::api::{Body, Caller, IfMatch, Path, Problem, Tagged};
use crate::app::App;
use crate::msg;
use crate::settings::Program;
use crate::ui::Collision;
use crate::ui::custom_id::digest;
use crate::words::Language;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_tags, add_tag))
        .routes(routes!(read_tag, change_tag, remove_tag))
        .routes(routes!(list_blocked))
        .routes(routes!(block_member, unblock_member))
        .routes(routes!(place_panel))
}

/// A reply that the staff gives again and again.
#[derive(Serialize, ToSchema)]
struct Reply {
    /// By which people find it.
    name: String,
    /// What it says.
    text: String,
}

/// A reply in a list.
#[derive(Serialize, ToSchema)]
struct ReplyListed {
    /// By which people find it.
    name: String,
    /// What it says.
    text: String,
    /// How often it was given.
    uses: i32,
}

/// A reply as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplyWish {
    /// By which it is found, unique in the server whatever its case.
    #[schema(min_length = 1, max_length = 50)]
    name: String,
    /// What it says.
    #[schema(min_length = 1, max_length = 1800)]
    text: String,
}

impl From<ReplyWish> for TagDraft {
    fn from(ReplyWish { name, text }: ReplyWish) -> TagDraft {
        TagDraft { name, body: text }
    }
}

/// Which reply.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct NamedReply {
    /// The reply's name.
    name: String,
}

/// A reply as a number, by which it is known whether it is still the same.
fn looks(tag: &Tag) -> u32 {
    digest(&format!("{} {}{}", tag.name.len(), tag.name, tag.body))
}

fn tagged(tag: Tag) -> Tagged<Reply> {
    Tagged::new(looks(&tag), Reply { name: tag.name, text: tag.body })
}

/// List the replies
///
/// Those that are given most first.
#[utoipa::path(get, path = "/replies", tag = "replies", responses(
    (status = 200, description = "The replies", body = Vec<ReplyListed>),
))]
async fn list_tags(caller: Caller) -> Result<Json<Vec<ReplyListed>>, Problem> {
    let listed = tags::list(&caller.app, &caller.acting().await?).await?;
    let listed = listed.into_iter().map(|it| ReplyListed { name: it.name, text: it.body, uses: it.uses });
    Ok(Json(listed.collect()))
}

/// Read a reply
#[utoipa::path(get, path = "/replies/{name}", tag = "replies", params(NamedReply), responses(
    (status = 200, description = "The reply", body = Reply, headers(("ETag" = String, description = "Its revision"))),
))]
async fn read_tag(caller: Caller, Path(NamedReply { name }): Path<NamedReply>) -> Result<Tagged<Reply>, Problem> {
    Ok(tagged(tags::find(&caller.app, &caller.acting().await?, &name).await?))
}

/// Add a reply
#[utoipa::path(post, path = "/replies", tag = "replies", request_body = ReplyWish, responses(
    (status = 201, description = "The new reply", body = Reply, headers(("ETag" = String, description = "Its revision"))),
))]
async fn add_tag(caller: Caller, Body(wish): Body<ReplyWish>) -> Result<Tagged<Reply>, Problem> {
    let tags::Written(tag) = tags::add(&caller.app, &caller.acting().await?, &wish.into()).await?;
    Ok(tagged(tag).created())
}

/// Change a reply
#[utoipa::path(put, path = "/replies/{name}", tag = "replies", request_body = ReplyWish,
    params(NamedReply, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The reply as it is now", body = Reply, headers(("ETag" = String, description = "Its revision"))),
))]
async fn change_tag(
    caller: Caller,
    Path(NamedReply { name }): Path<NamedReply>,
    seen: IfMatch,
    Body(wish): Body<ReplyWish>,
) -> Result<Tagged<Reply>, Problem> {
    let (app, acting, seen) = (&caller.app, caller.acting().await?, seen.revision());
    let id = tags::find(app, &acting, &name).await?.id;
    let asked = (wish.name.clone(), wish.text.clone());
    let edit = |stored: &Tag| match i64::from(looks(stored)) == seen {
        true => Ok(wish.into()),
        false => Err(Collision { labels: vec![msg!(ticket_setup_tag_body_label)] }),
    };
    let tags::Written(tag) = tags::change(app, &acting, id, &asked, edit).await?;
    Ok(tagged(tag))
}

/// A reply that was removed.
#[derive(Serialize, ToSchema)]
struct ReplyRemoved {
    /// What it was called.
    name: String,
}

/// Remove a reply
#[utoipa::path(delete, path = "/replies/{name}", tag = "replies", params(NamedReply), responses(
    (status = 200, description = "What was removed", body = ReplyRemoved),
))]
async fn remove_tag(
    caller: Caller,
    Path(NamedReply { name }): Path<NamedReply>,
) -> Result<Json<ReplyRemoved>, Problem> {
    let removed = tags::remove(&caller.app, &caller.acting().await?, &name).await?;
    Ok(Json(ReplyRemoved { name: removed.name }))
}

/// Somebody who may open no tickets.
#[derive(Serialize, ToSchema)]
struct BlockedMember {
    /// Their id.
    member: String,
    /// The id of who blocked them; null is a program.
    by: Option<String>,
    /// The name of the key of the program that did, if one did.
    key: Option<String>,
    /// Why; nobody need say.
    reason: String,
    /// Since when.
    #[schema(format = DateTime)]
    at: String,
}

/// List who may open no tickets
///
/// The latest first, up to 25.
#[utoipa::path(get, path = "/blocked", tag = "tickets", responses(
    (status = 200, description = "Who", body = Vec<BlockedMember>),
))]
async fn list_blocked(caller: Caller) -> Result<Json<Vec<BlockedMember>>, Problem> {
    let blocked = blocks::list(&caller.app, &caller.acting().await?).await?;
    let shown = blocked.into_iter().map(|blocks::Blocked { user, by, reason, at }| {
        let (by, key) = match by {
            blocks::By::Member(member) => (Some(member.to_string()), None),
            blocks::By::Program(Program::Key(name)) => (None, Some(name)),
            blocks::By::Program(_) => (None, None),
        };
        BlockedMember { member: user.to_string(), by, key, reason, at: at.to_string() }
    });
    Ok(Json(shown.collect()))
}

/// Which member.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct WhichMember {
    /// The member's id.
    #[param(value_type = String)]
    member: Id<UserMarker>,
}

/// Why somebody may open no tickets.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BlockWish {
    /// Why; an empty text leaves what was said before.
    #[serde(default)]
    #[schema(max_length = 200)]
    reason: String,
}

/// What became of somebody.
#[derive(Serialize, ToSchema)]
struct MemberBlocked {
    /// Their id.
    member: String,
    /// Whether they may open no tickets now.
    blocked: bool,
    /// Whether they could not before.
    were_blocked: bool,
}

/// Let somebody open no more tickets
#[utoipa::path(put, path = "/blocked/{member}", tag = "tickets", params(WhichMember), request_body = BlockWish, responses(
    (status = 200, description = "What became of them", body = MemberBlocked),
))]
async fn block_member(
    caller: Caller,
    Path(WhichMember { member }): Path<WhichMember>,
    Body(wish): Body<BlockWish>,
) -> Result<Json<MemberBlocked>, Problem> {
    let before = blocks::block(&caller.app, &caller.acting().await?, member, &wish.reason).await?;
    Ok(Json(MemberBlocked { member: member.to_string(), blocked: true, were_blocked: before.is_some() }))
}

/// Let somebody open tickets again
#[utoipa::path(delete, path = "/blocked/{member}", tag = "tickets", params(WhichMember), responses(
    (status = 200, description = "What became of them", body = MemberBlocked),
))]
async fn unblock_member(
    caller: Caller,
    Path(WhichMember { member }): Path<WhichMember>,
) -> Result<Json<MemberBlocked>, Problem> {
    let before = blocks::unblock(&caller.app, &caller.acting().await?, member).await?;
    Ok(Json(MemberBlocked { member: member.to_string(), blocked: false, were_blocked: before.were_blocked }))
}

/// A message with which members open tickets.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PanelWish {
    /// The id of the channel; the panel that is there becomes this one.
    #[schema(value_type = String)]
    channel: Id<ChannelMarker>,
    /// The code of the language in which title and text are meant; without one it is for all that have none of their own.
    #[serde(default)]
    language: Option<String>,
    /// What stands on top; an empty text is the usual one.
    #[serde(default)]
    #[schema(max_length = 200)]
    title: Option<String>,
    /// What stands below it; an empty text is the usual one.
    #[serde(default)]
    #[schema(max_length = 2000)]
    text: Option<String>,
    /// Whether it has a menu in place of buttons.
    #[serde(default)]
    menu: Option<bool>,
    /// The numbers of the kinds that it offers; none is all there are.
    #[serde(default)]
    kinds: Option<Vec<i32>>,
}

/// A panel that is to be seen.
#[derive(Serialize, ToSchema)]
struct PanelPlaced {
    /// The id of the channel in which its message appears.
    channel: String,
}

/// Post a panel, or change the one that is there
///
/// What is not said stays as it is. Its message follows.
#[utoipa::path(post, path = "/panels", tag = "tickets", request_body = PanelWish, responses(
    (status = 202, description = "It is posted", body = PanelPlaced),
))]
async fn place_panel(caller: Caller, Body(wish): Body<PanelWish>) -> Result<(StatusCode, Json<PanelPlaced>), Problem> {
    let PanelWish { channel, language, title, text, menu, kinds } = wish;
    let code = |code: String| Language::of_code(&code).ok_or_else(|| Problem::unfit("/language"));
    let draft = PanelDraft { language: language.map(code).transpose()?, title, body: text, menu, kinds };
    let acting = caller.acting().await?;
    panels::place(&caller.app, &acting, Some(channel), draft).await?;
    settle::panels::refresh_after_answer(&caller.app, &acting);
    Ok((StatusCode::ACCEPTED, Json(PanelPlaced { channel: channel.to_string() })))
}
