//! The community that `cargo dev` plays: two servers, their people, and what they know.

use serde::Deserialize;
use twilight_model::guild::Permissions;

use super::fake::Discord;

/// The first server.
pub const HARBOR: &str = "Harbor Games";
/// The second server.
pub const NIGHT_SHIFT: &str = "Night Shift";

/// What features of the first server have set: channels and roles by their handles.
pub const SETTINGS: [(&str, &[(&str, &str)]); 2] =
    [("system", &[("log_channel", "#log")]), ("tickets", &[("category", "#Tickets"), ("staff_role", "@&staff")])];

/// Entries of the first server; the others belong to the second.
const ENTRIES_OF_HARBOR: usize = 40;

/// An entry of the sample.
#[derive(Deserialize)]
pub struct SampleEntry {
    /// The question.
    pub title: String,
    /// Markdown.
    pub answer: String,
    /// Other words for it.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// A heading to list it under.
    #[serde(default)]
    pub category: Option<String>,
}

/// Builds both servers. Names and order stay the same, so that ids do, and what the database holds fits.
pub fn furnish(discord: &Discord) {
    let staff = Permissions::MANAGE_MESSAGES | Permissions::MANAGE_THREADS;
    discord
        .guild(HARBOR)
        .owner("olga")
        .role("admins", Permissions::ADMINISTRATOR)
        .role("staff", staff)
        .mentionable("staff")
        .role("regulars", Permissions::empty())
        .category("Welcome")
        .channel_in("Welcome", "help")
        .channel_in("Welcome", "general")
        .category("Staff")
        .channel_in("Staff", "staff-room")
        .channel_in("Staff", "log")
        .member("ada", &["admins"])
        .member("sam", &["staff"])
        .member("sofie", &["staff"])
        .member("ann", &[])
        .member("bob", &["regulars"])
        .member("kim", &[])
        .private("staff-room", &["admins", "staff"])
        .private("log", &["admins", "staff"]);
    discord
        .guild(NIGHT_SHIFT)
        .owner("otto")
        .role("admins", Permissions::ADMINISTRATOR)
        .channel("desk")
        .channel("off-topic")
        .member("eve", &["admins"])
        .member("bob", &[])
        .member("ada", &[]);
    discord.guild(HARBOR).category("Tickets");
}

/// What each server knows.
pub fn entries() -> [(&'static str, Vec<SampleEntry>); 2] {
    let lines = include_str!("../../fixtures/search/entries.jsonl").lines();
    let all = lines.map(|line| serde_json::from_str(line).expect("the sample is JSON"));
    let mut all: Vec<SampleEntry> = all.collect();
    let rest = all.split_off(ENTRIES_OF_HARBOR.min(all.len()));
    [(HARBOR, all), (NIGHT_SHIFT, rest)]
}
