//! What the people, channels and roles of a table are called, beside their mentions: spreadsheets show mentions as they are.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Row;
use crate::app::App;

/// Of so many people the name is asked for: Discord tells one at a time, and lets a bot ask about 50 times a second.
const MOST_ASKED: usize = 500;

/// So many are asked for side by side: others of the server have to get through.
const AT_A_TIME: usize = 8;

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

    /// Rows with their names.
    pub async fn beside(&mut self, rows: Vec<Row>) -> Vec<Row> {
        self.ask(&rows).await;
        rows.into_iter().map(|row| self.with_names(row)).collect()
    }

    fn with_names(&self, row: Row) -> Row {
        let mut whole = Vec::with_capacity(row.len() + self.columns.len());
        for (at, cell) in row.into_iter().enumerate() {
            let is_named = self.columns.contains(&at);
            let name = is_named.then(|| self.known.get(&cell).cloned().unwrap_or_default());
            whole.push(cell);
            whole.extend(name);
        }
        whole
    }

    /// Asks for the names that these rows need and nobody has told yet, some at a time.
    async fn ask(&mut self, rows: &[Row]) {
        let cells = rows.iter().flat_map(|row| self.columns.iter().filter_map(|at| row.get(*at)));
        let unknown: BTreeSet<&String> = cells.filter(|cell| !self.known.contains_key(*cell)).collect();
        let people = unknown.into_iter().filter_map(|mention| Some((mention.clone(), user_of(mention)?)));
        let people: Vec<_> = people.take(MOST_ASKED - self.asked).collect();
        self.asked += people.len();
        let (app, guild) = (&self.app, self.guild);
        let asked = people.into_iter().map(|(mention, user)| async move {
            let found = app.discord.guild(guild).member_name(user, Instant::now() + PATIENCE).await;
            (mention, found.unwrap_or_default())
        });
        let told: Vec<(String, String)> = stream::iter(asked).buffer_unordered(AT_A_TIME).collect().await;
        self.known.extend(told);
    }
}

/// Who is mentioned.
fn user_of(mention: &str) -> Option<Id<UserMarker>> {
    let id = mention.strip_prefix("<@")?.strip_suffix('>')?;
    Id::new_checked(id.parse().ok()?)
}
