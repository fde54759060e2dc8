//! Whom somebody means who writes a name: Discord's own fields for people are not to be had on a page.

use std::time::{Duration, Instant};

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::visit::Visit;
use crate::error::{Error, Result};
use crate::said;
use crate::ui::plain;

/// So many are named where several are called so.
const NAMED: usize = 5;

/// A page waits for Discord at most so long.
const PATIENCE: Duration = Duration::from_secs(3);

impl Visit {
    /// The id of whoever is meant: it stands there, or theirs is the name, or the only one that begins so. Whether they are in the
    /// guild, and may what is asked, operations find out.
    ///
    /// # Errors
    /// Nobody is called so, or several are; Discord does not answer.
    pub async fn person(&self, text: &str) -> Result<Id<UserMarker>> {
        let text = text.trim();
        let id =
            text.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>')).unwrap_or(text).trim_start_matches('!');
        // Ids are at least as long as those of Discord's first days; a shorter number may be a name.
        if id.len() >= 15
            && let Some(id) = id.parse().ok().and_then(Id::new_checked)
        {
            return Ok(id);
        }
        let name = text.trim_start_matches('@');
        if name.is_empty() {
            return Err(Error::User(said!(web_no_person_named)));
        }
        let deadline = Instant::now() + PATIENCE;
        let found = self.app.discord.guild(self.guild).search_members(name, NAMED + 1, deadline).await;
        let found = found.map_err(anyhow::Error::from)?;
        let is_whole = |names: &[String]| names.iter().any(|it| it.to_lowercase() == name.to_lowercase());
        let whole: Vec<_> = found.iter().filter(|(_, names)| is_whole(names)).collect();
        match (&whole[..], &found[..]) {
            ([(one, _)], _) | ([], [(one, _)]) => Ok(*one),
            ([], []) => Err(Error::User(said!(web_nobody_called, name = plain(name)))),
            _ => {
                let shown: Vec<String> = found.iter().take(NAMED).map(|(id, _)| format!("<@{id}> (`{id}`)")).collect();
                Err(Error::User(said!(web_several_called, name = plain(name), who = shown.join(", "))))
            }
        }
    }
}
