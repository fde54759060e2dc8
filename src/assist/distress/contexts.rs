//! Next to which words a phrase of distress means something else.
//!
//! They are few and plain on purpose: each of them silences a phrase, also where somebody meant it.

/// Nothing else is meant by it.
pub(super) const ANYTIME: &[&str] = &[];
/// Figures of speech with laughing in them.
pub(super) const LAUGHING: &[&str] = &["laughing", "lachen", "lach"];
/// What only happens in games.
pub(super) const GAME: &[&str] = &[
    "boss",
    "npc",
    "respawn",
    "spawn",
    "trap",
    "healer",
    "tank",
    "character",
    "karakter",
    "ranked",
    "build",
    "gear",
    "lobby",
    "raid",
    "quest",
    "level",
    "map",
    "kaart",
    "bugged",
    "loot",
    "dps",
    "enemy",
    "reset",
    "squad",
    "bomber",
    "drone",
    "zombie",
    "lava",
    "mob",
    "creeper",
    "campaign",
    "item",
    "players",
    "streak",
    "grenade",
];
/// Where people beat each other without harm, and what moderators hit them with.
pub(super) const MATCH: &[&str] = &[
    "game",
    "games",
    "chess",
    "schaken",
    "schaak",
    "fifa",
    "ranked",
    "ranking",
    "match",
    "matches",
    "tournament",
    "toernooi",
    "race",
    "round",
    "rounds",
    "potje",
    "wedstrijd",
    "spel",
    "beginner",
    "beginners",
    "level",
    "score",
    "team",
    "teams",
    "ban",
    "mute",
    "warning",
    "up",
    "emote",
    "boss",
    "raid",
    "tennis",
    "kaarten",
    "quiz",
];
/// Figures of speech with dying in them.
pub(super) const PLAY: &[&str] = &[
    "laughing",
    "lachen",
    "hill",
    "style",
    "excitement",
    "chess",
    "gameplay",
    "boss",
    "npc",
    "respawn",
    "spawn",
    "trap",
    "healer",
    "tank",
    "character",
    "karakter",
    "ranked",
    "build",
    "level",
    "map",
    "kaart",
    "enemy",
    "bomber",
    "drone",
    "zombie",
    "campaign",
    "bot",
    "mission",
    "event",
    "hardcore",
    "squad",
    "down",
];
/// Whoever is angry about a bill says so too.
pub(super) const IF: &[&str] = &["if", "als", "wanneer", "when", "indien"];
/// What parents win without harm.
pub(super) const CONTEST: &[&str] = &[
    "chess",
    "schaken",
    "schaak",
    "fifa",
    "ranked",
    "match",
    "potje",
    "wedstrijd",
    "tennis",
    "kaarten",
    "cards",
    "quiz",
    "tournament",
    "toernooi",
    "race",
];
/// "Slaat me over" is a queue.
pub(super) const MATCH_OVER: &[&str] = &[
    "over",
    "schaken",
    "schaak",
    "fifa",
    "ranked",
    "match",
    "toernooi",
    "potje",
    "wedstrijd",
    "spel",
    "game",
    "level",
    "score",
    "teams",
    "tennis",
    "kaarten",
    "quiz",
    "ban",
    "boss",
    "raid",
];
/// Whoever asks what is allowed.
pub(super) const RULES: &[&str] = &[
    "rule",
    "rules",
    "content",
    "policy",
    "allowed",
    "filter",
    "automod",
    "regel",
    "regels",
    "toegelaten",
    "toegestaan",
    "mag",
    "book",
    "boek",
    "titel",
    "title",
    "movie",
    "film",
    "squad",
];
/// What people are cut out of.
pub(super) const PICTURE: &[&str] = &["photo", "picture", "video", "screenshot", "foto", "out", "uit"];
/// What cannot be taken any more and is only a nuisance. No word for a place or for people is among them: somebody who is not well
/// speaks of them too.
pub(super) const MACHINE: &[&str] = &[
    "api",
    "bot",
    "button",
    "knop",
    "command",
    "rate",
    "token",
    "subscription",
    "membership",
    "abonnement",
    "stream",
    "trial",
    "poll",
    "reminders",
    "update",
    "items",
    "trade",
    "lag",
    "queue",
    "wachtrij",
    "invite",
];
/// What a life is not worth; a point of living quarters is asked for elsewhere.
pub(super) const QUARTERS: &[&str] = &["quarters", "room", "build", "map", "poll", "voting"];
/// What else may be a last day.
pub(super) const STAYING: &[&str] =
    &["moderator", "mod", "staff", "trial", "subscription", "nitro", "event", "season", "team", "work", "school"];
/// Whoever hates themselves for something they did.
pub(super) const DOING: &[&str] = &["for", "voor", "omdat", "when", "build"];
/// What somebody does not agree to.
pub(super) const OK_WITH: &[&str] = &["with", "that", "when", "if"];
