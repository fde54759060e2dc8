//! Webhook events: what Discord tells an application that is not about an interaction
//! (<https://discord.com/developers/docs/events/webhook-events>).

use serde_json::{Value, json};

use super::state::APPLICATION_ID;
use super::{Discord, payload};

impl Discord {
    /// Somebody adds the application to a server; returns what the bot answered, 0 for nothing.
    pub async fn authorizes(&self, person: &str, guild: &str) -> u16 {
        let data = {
            let state = self.lock();
            let user = state.user_named(person).map(|id| payload::user(&state, id));
            let guild = state.guild_named(guild).map(|guild| payload::guild(guild, false));
            json!({"integration_type": 0, "user": user, "scopes": ["applications.commands", "bot"], "guild": guild})
        };
        self.event("APPLICATION_AUTHORIZED", &data).await
    }

    /// Somebody takes back what they allowed the application.
    pub async fn deauthorizes(&self, person: &str) -> u16 {
        let data = {
            let mut state = self.lock();
            let user = state.user_named(person);
            state.oauth.grants.retain(|_, grant| Some(grant.user) != user);
            json!({"user": user.map(|id| payload::user(&state, id))})
        };
        self.event("APPLICATION_DEAUTHORIZED", &data).await
    }

    /// Sends an event of any type; returns what the bot answered, 0 for nothing.
    pub async fn event(&self, kind: &str, data: &Value) -> u16 {
        // Without a zone, as Discord writes it here.
        let timestamp = self.lock().now().strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string();
        let event = json!({"type": kind, "timestamp": timestamp, "data": data});
        self.post_event(&json!({
            "version": 1, "application_id": APPLICATION_ID.to_string(), "type": 1, "event": event,
        }))
        .await
    }

    /// Does what Discord does before it accepts an endpoint for events: a PING.
    pub async fn probe_events(&self) -> u16 {
        self.post_event(&json!({"version": 1, "application_id": APPLICATION_ID.to_string(), "type": 0})).await
    }

    async fn post_event(&self, body: &Value) -> u16 {
        let (endpoint, timestamp) = {
            let state = self.lock();
            (state.events_endpoint.clone().unwrap_or_default(), state.now().as_second().to_string())
        };
        let body = body.to_string();
        let request = self.http().post(endpoint).header("content-type", "application/json");
        let request = request.header("x-signature-ed25519", self.sign(&timestamp, body.as_bytes()));
        let answer = request.header("x-signature-timestamp", timestamp).body(body).send().await;
        answer.map_or(0, |answer| answer.status().as_u16())
    }
}
