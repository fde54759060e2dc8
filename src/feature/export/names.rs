//! What the people, channels and roles of a table are called, beside their mentions: spreadsheets show mentions as they are.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::Row;
use crate::app::App;

/// Of so many people the name is asked for: Discord tells one at a time, and lets a bot ask about 50 times a second.
const MOST_ASKED: usize = 500;

/// One name is waited for at most this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Those of channels and roles, before anything of a table is there to be seen.
const AT_FIRST: Duration = Duration::from_secs(3);

/// What is beside the mentions of a table, as it is found.
pub struct Names {
    app: App,
    guild: Id<GuildMarker>,
    /// Where columns with mentions stand, in order.
    columns: Vec<usize>,
    /// By mention. Who has left has none.
    known: HashMap<String, String>,
    asked: usize,
}

impl Names {
    /// The names that a table of these columns needs, of which those in `named` hold mentions.
    pub async fn of(app: &App, guild: Id<GuildMarker>, columns: &[&str], named: &[&str]) -> Names {
        let columns: Vec<usize> =
            columns.iter().enumerate().filter(|(_, name)| named.contains(name)).map(|(at, _)| at).collect();
        let mut known = HashMap::new();
        if !columns.is_empty() {
            // An export does not fail for want of names.
            let (discord, deadline) = (app.discord.guild(guild), Instant::now() + AT_FIRST);
            let (channels, roles) = tokio::join!(discord.channels(deadline), discord.role_names(deadline));
            let channels = channels.unwrap_or_default().into_iter();
            known.extend(channels.map(|channel| (format!("<#{}>", channel.id), channel.name)));
            known.extend(roles.unwrap_or_default().into_iter().map(|(role, name)| (format!("<@&{role}>"), name)));
        }
        Names { app: app.clone(), guild, columns, known, asked: 0 }
    }

    /// The first line: behind each column with mentions one with the names.
    pub fn head(&self, columns: &[&str]) -> Vec<String> {
        let all = columns.iter().enumerate().flat_map(|(at, name)| {
            let names = self.columns.contains(&at).then(|| format!("{name}_name"));
            std::iter::once((*name).to_owned()).chain(names)
        });
        all.collect()
    }

    /// A row with its names.
    pub async fn beside(&mut self, row: Row) -> Row {
        let mut whole = Vec::with_capacity(row.len() + self.columns.len());
        for (at, cell) in row.into_iter().enumerate() {
            let name = if self.columns.contains(&at) { Some(self.name(&cell).await) } else { None };
            whole.push(cell);
            whole.extend(name);
        }
        whole
    }

    async fn name(&mut self, mention: &str) -> String {
        if let Some(known) = self.known.get(mention) {
            return known.clone();
        }
        let user = mention.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>')).and_then(|id| id.parse().ok());
        let Some(user) = user.filter(|_| self.asked < MOST_ASKED).and_then(Id::new_checked) else {
            return String::new();
        };
        self.asked += 1;
        let found = self.app.discord.guild(self.guild).member_name(user, Instant::now() + PATIENCE).await;
        let name = found.unwrap_or_default();
        self.known.insert(mention.to_owned(), name.clone());
        name
    }
}
