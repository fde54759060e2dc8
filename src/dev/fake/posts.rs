//! What people put into channels without the bot: messages of every kind, threads, their pictures.

use serde_json::Value;

use super::state::{Channel, PUBLIC_THREAD, Snowflake, Thread};
use super::{Discord, messages};

impl Discord {
    /// Posts a plain message by a member; returns its id.
    ///
    /// # Panics
    /// If there is no such server, channel or person.
    pub fn post(&self, guild: &str, channel: &str, author: &str, content: &str) -> String {
        let mut state = self.lock();
        let guild = state.guild_named(guild).expect("a server of this name").id;
        let channel = state.channel_named(guild, channel).expect("a channel of this name").id;
        let author = state.user_named(author).expect("a person of this name");
        let id = messages::post(&mut state, channel, author, content);
        drop(state);
        self.touch();
        id.to_string()
    }

    /// The same with more, as Discord describes it: boxes, stickers, polls, what it passes on.
    ///
    /// # Panics
    /// As [`post`](Discord::post) does, and if `more` is no JSON object.
    pub fn post_with(&self, guild: &str, channel: &str, author: &str, content: &str, more: Value) -> String {
        let id = self.post(guild, channel, author, content);
        let Value::Object(more) = more else { panic!("more is an object") };
        let number: Snowflake = id.parse().expect("a number");
        if let Some(message) = self.lock().messages.get_mut(&number) {
            message.more = more;
        }
        self.touch();
        id
    }

    /// Begins a thread in a channel in which everybody who sees that may write.
    ///
    /// # Panics
    /// If there is no such server, channel or person.
    pub fn begin_thread(&self, guild: &str, channel: &str, author: &str, name: &str) {
        let mut state = self.lock();
        let guild = state.guild_named(guild).expect("a server of this name").id;
        let parent = state.channel_named(guild, channel).expect("a channel of this name").id;
        let owner = state.user_named(author).expect("a person of this name");
        let id = state.next_id();
        let thread = Thread {
            owner,
            members: vec![owner],
            archived: false,
            locked: false,
            invitable: true,
            auto_archive_min: 4320,
            archived_at: state.now(),
        };
        let made = Channel {
            parent: Some(parent),
            thread: Some(thread),
            ..Channel::new(id, Some(guild), PUBLIC_THREAD, name.to_owned())
        };
        state.channels.insert(id, made);
        drop(state);
        self.touch();
    }

    /// Archives a thread, as Discord does with one in which nobody writes.
    ///
    /// # Panics
    /// If there is no such server or thread.
    pub fn archive_thread(&self, guild: &str, name: &str) {
        let mut state = self.lock();
        let guild = state.guild_named(guild).expect("a server of this name").id;
        let id = state.channel_named(guild, name).expect("a thread of this name").id;
        if let Some(thread) = state.channels.get_mut(&id).and_then(|channel| channel.thread.as_mut()) {
            thread.archived = true;
        }
        drop(state);
        self.touch();
    }

    /// Gives somebody a picture.
    ///
    /// # Panics
    /// If there is no such person.
    pub fn set_picture(&self, person: &str, png: impl Into<Vec<u8>>) {
        let mut state = self.lock();
        let user = state.user_named(person).expect("a person of this name");
        state.pictures.insert(user, png.into());
    }
}
