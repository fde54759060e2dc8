//! People who log in with their account (<https://discord.com/developers/docs/topics/oauth2>).
//!
//! These calls carry no bot token: they are neither of its buckets nor of the limit over all its routes, so they pass the
//! limiter by. A person's token lives for the three calls and is dropped.

use std::collections::HashSet;
use std::time::Instant;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::call::Call;
use super::{Client, Error, read_permissions};

/// Guilds of one page of a list (<https://discord.com/developers/docs/resources/user#get-current-user-guilds>).
const GUILDS_OF_PAGE: usize = 200;

/// What somebody who logged in brings along.
pub struct Grant<'a> {
    /// The application's client secret.
    pub client_secret: &'a SecretString,
    /// What Discord sent back with them.
    pub code: &'a str,
    /// What the challenge was made of with which they were sent there.
    pub verifier: &'a str,
    /// Where they were to be sent back to.
    pub redirect_uri: &'a str,
}

/// A server of somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheirGuild {
    /// Its id.
    pub id: Id<GuildMarker>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    owner: bool,
    #[serde(default)]
    permissions: String,
}

impl TheirGuild {
    /// Whether they may invite the bot into it, as far as they could when Discord was asked.
    pub fn may_invite(&self) -> bool {
        let granted = read_permissions(&self.permissions).unwrap_or(Permissions::empty());
        self.owner || granted.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD)
    }
}

/// It is neither shown nor logged, nor kept.
#[derive(Deserialize)]
struct Token {
    access_token: String,
}

#[derive(Deserialize)]
struct User {
    id: Id<UserMarker>,
    #[serde(default)]
    username: String,
    #[serde(default)]
    global_name: Option<String>,
}

impl Client {
    /// Who has logged in, what they are called, and in which servers they are.
    ///
    /// # Errors
    /// [`Error::Refused`] with 400 if the code is not good (any more); 401 if the client secret is not the application's.
    pub async fn log_in(
        &self,
        grant: Grant<'_>,
        deadline: Instant,
    ) -> Result<(Id<UserMarker>, String, Vec<TheirGuild>), Error> {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", grant.code),
            ("code_verifier", grant.verifier),
            ("redirect_uri", grant.redirect_uri),
            ("client_id", &self.application.to_string()),
            ("client_secret", grant.client_secret.expose_secret()),
        ];
        let form = form(&fields);
        let request = self.http.post(format!("{}/oauth2/token", self.base));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let token: Token = read(request, deadline).await?;
        let user: User = self.of_person(&token, "users/@me", deadline).await?;
        let guilds = self.of_person(&token, "users/@me/guilds", deadline).await?;
        Ok((user.id, user.global_name.unwrap_or(user.username), guilds))
    }

    async fn of_person<T: DeserializeOwned>(&self, token: &Token, path: &str, deadline: Instant) -> Result<T, Error> {
        let request = self.http.get(format!("{}/{path}", self.base));
        read(request.header(AUTHORIZATION, format!("Bearer {}", token.access_token)), deadline).await
    }

    /// In which of `guilds` the bot is.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn own_guilds(
        &self,
        guilds: &[Id<GuildMarker>],
        deadline: Instant,
    ) -> Result<HashSet<Id<GuildMarker>>, Error> {
        #[derive(Deserialize)]
        struct Own {
            id: Id<GuildMarker>,
        }
        let mut wanted = guilds.to_vec();
        wanted.sort_unstable();
        let mut own = HashSet::new();
        let mut at = 0;
        // Pages of the bot's own list, each from the first guild on of which it is not known yet: no more than these, nor than
        // the list has.
        while let Some(first) = wanted.get(at) {
            let path = format!("users/@me/guilds?limit={GUILDS_OF_PAGE}&after={}", first.get() - 1);
            let page: Vec<Own> = self.fetch(Call::new(Method::GET, "/users/@me/guilds", path, deadline)).await?;
            let last = page.last().map(|guild| guild.id).filter(|_| page.len() == GUILDS_OF_PAGE);
            own.extend(page.into_iter().map(|guild| guild.id).filter(|id| wanted[at..].binary_search(id).is_ok()));
            match last {
                Some(last) => at += wanted[at..].partition_point(|id| *id <= last).max(1),
                None => break,
            }
        }
        Ok(own)
    }
}

/// Pairs as a form or a query has them.
fn form(pairs: &[(&str, &str)]) -> String {
    let address = Url::parse_with_params("http://localhost/", pairs);
    address.ok().and_then(|address| address.query().map(str::to_owned)).unwrap_or_default()
}

async fn read<T: DeserializeOwned>(request: RequestBuilder, deadline: Instant) -> Result<T, Error> {
    let asking = async {
        let answer = request.send().await.map_err(|error| Error::Transport(error.without_url()))?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(|error| Error::Transport(error.without_url()))?;
        if !status.is_success() {
            return Err(Error::from_answer(status, &body));
        }
        serde_json::from_slice(&body).map_err(|error| Error::Refused {
            status,
            code: 0,
            // What it holds is a secret.
            problem: format!("the answer cannot be read at column {}", error.column()),
        })
    };
    tokio::time::timeout_at(deadline.into(), asking).await.unwrap_or(Err(Error::TooSlow))
}
