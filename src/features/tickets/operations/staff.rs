//! Who works tickets.

use super::super::settings::Settings;
use super::super::store;
use crate::acting::Acting;
use crate::app::App;

/// Whether whoever acts works tickets of the guild at all.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn works_tickets(app: &App, acting: &Acting) -> anyhow::Result<bool> {
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    if acting.has_any(settings.staff_role.as_slice()) {
        return Ok(true);
    }
    let kinds = store::list_kinds(&app.db, acting.guild).await?;
    Ok(kinds.iter().any(|kind| acting.has_any(&kind.definition.staff(&settings))))
}
