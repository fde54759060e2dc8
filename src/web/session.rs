//! Who is logged in: a row for each browser, found by the digest of a token that only the browser has. The token is sealed: one
//! that somebody makes up costs no query.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::seal::{Seal, encode, random};
use super::store::{self, New, Row};
use crate::app::App;
use crate::db::storable;
use crate::discord::TheirGuild;

/// How long somebody stays logged in, whatever they do.
pub(super) const LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long without a visit.
const IDLE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// How exactly it is known when somebody was here: a row is not written for each page.
const EXACT: SignedDuration = SignedDuration::from_mins(5);

/// In so many browsers somebody may be logged in; the oldest then is not any more.
const MOST: i64 = 10;

/// What its token is sealed for.
const PURPOSE: &str = "session";

/// Somebody who is logged in.
pub(super) struct Session {
    /// What it is known by.
    pub(super) digest: [u8; 32],
    /// Who.
    pub(super) user: Id<UserMarker>,
    /// What Discord called them.
    pub(super) name: String,
    /// Their servers at that moment.
    pub(super) guilds: Vec<TheirGuild>,
}

/// A browser in which somebody is logged in.
pub(super) struct Login {
    pub(super) browser: String,
    pub(super) began_at: Timestamp,
    pub(super) seen_at: Timestamp,
}

impl Session {
    /// A guild of theirs.
    pub(super) fn guild(&self, id: Id<GuildMarker>) -> Option<&TheirGuild> {
        self.guilds.iter().find(|guild| guild.id == id)
    }
}

/// Logs somebody in; answers the token that their browser keeps.
pub(super) async fn begin(
    (app, seal): (&App, &Seal),
    (user, name): (Id<UserMarker>, &str),
    guilds: &[TheirGuild],
    browser: &str,
) -> anyhow::Result<String> {
    let token = seal.seal(PURPOSE, &encode(&random::<32>()));
    let storable_guild = |guild: &TheirGuild| {
        let mut guild = guild.clone();
        guild.name = storable(&guild.name);
        guild
    };
    let guilds = serde_json::to_value(guilds.iter().map(storable_guild).collect::<Vec<_>>())?;
    let (digest, name): ([u8; 32], _) = (Sha256::digest(&token).into(), storable(name));
    let new = New { token_sha256: &digest, user, name: &name, guilds: &guilds, browser, now: app.clock.now() };
    store::insert(&app.db, new, MOST).await?;
    Ok(token)
}

/// What a token is known by, if it is one of ours.
pub(super) fn known_by(seal: &Seal, token: &str) -> Option<[u8; 32]> {
    seal.open(PURPOSE, token).map(|_| Sha256::digest(token).into())
}

/// Whose token is known by this.
pub(super) async fn find(app: &App, digest: [u8; 32]) -> anyhow::Result<Option<Session>> {
    let now = app.clock.now();
    let Some(row) = store::find(&app.db, &digest, now - LASTS, now - IDLE).await? else { return Ok(None) };
    if now.duration_since(row.seen_at.to_jiff()) > EXACT {
        store::set_seen(&app.db, &digest, now).await?;
    }
    let Row { user_id, name, guilds, .. } = row;
    let user = Id::new(user_id.cast_unsigned());
    Ok(Some(Session { digest, user, name, guilds: serde_json::from_value(guilds)? }))
}

/// Where somebody is logged in, newest first.
pub(super) async fn list(app: &App, session: &Session) -> anyhow::Result<Vec<Login>> {
    let now = app.clock.now();
    let rows = store::list(&app.db, session.user, now - LASTS, now - IDLE).await?;
    let login =
        |row: Row| Login { browser: row.browser, began_at: row.began_at.to_jiff(), seen_at: row.seen_at.to_jiff() };
    Ok(rows.into_iter().map(login).collect())
}

/// Logs somebody out here.
pub(super) async fn end(app: &App, session: &Session) -> anyhow::Result<()> {
    Ok(store::delete(&app.db, &session.digest).await?)
}

/// Logs somebody out everywhere.
pub(super) async fn end_all(app: &App, session: &Session) -> anyhow::Result<()> {
    Ok(store::delete_of(&app.db, session.user).await?)
}

/// Forgets who was logged in.
///
/// # Errors
/// If the database does not answer.
pub async fn forget(app: &App, now: Timestamp) -> anyhow::Result<()> {
    Ok(store::delete_old(&app.db, now - LASTS, now - IDLE).await?)
}

/// What somebody uses, as their browser names itself: as much as tells one of their own from another.
pub(super) fn browser(agent: &str) -> String {
    // Each names those before it that it wants to be taken for.
    let browsers =
        [("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    [named(&browsers), named(&systems)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_known_by_its_name() {
        let check = |agent, expected| assert_eq!(browser(agent), expected);
        check("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux");
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            "Safari, iOS",
        );
        check("curl/8", "");
        check("<script>", "");
    }
}
