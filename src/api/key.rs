//! `/api/v1/key`: what a program's own key is.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Problem;
use super::gate::{Caller, Guilds};
use crate::app::App;
use crate::keys::store;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_key))
}

/// A key, as its program may know it.
#[derive(Serialize, ToSchema)]
struct OwnKey {
    /// What it is known by.
    id: String,
    /// What people call it.
    name: String,
    /// What it opens.
    #[schema(example = json!(["faq:read", "tickets:write"]))]
    scopes: Vec<String>,
    /// The ids of the servers where it counts; null is everywhere where the bot is.
    guilds: Option<Vec<String>>,
    /// When it ends; null is never.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
}

/// Tell what this key is and opens
#[utoipa::path(get, path = "/", tag = "key", responses((status = 200, description = "The key", body = OwnKey)))]
async fn read_key(caller: Caller) -> Result<Json<OwnKey>, Problem> {
    let guilds = match caller.guilds {
        Guilds::All => None,
        Guilds::Listed => Some(store::list_guilds(&caller.app.db, &caller.id).await?),
    };
    let guilds = guilds.map(|guilds| guilds.iter().map(ToString::to_string).collect());
    let (id, name, scopes) = (caller.id.clone(), caller.name.clone(), caller.scopes.names());
    Ok(Json(OwnKey { id, name, scopes, guilds, expires_at: caller.expires_at.map(|at| at.to_string()) }))
}
