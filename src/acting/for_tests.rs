//! What tests say in the place of Discord. No program that serves anybody holds this.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::{Acting, Actor, KnownChannel, Member, Person};

impl Acting {
    /// For tests: the same person where they and the bot may do this and that in a text channel, as an interaction says it. What
    /// they may is also what they may where they are.
    ///
    /// # Panics
    /// If it is no person.
    pub fn as_if_allowed(&self, channel: Id<ChannelMarker>, person: Permissions, bot: Permissions) -> Acting {
        let mut acting = self.clone();
        let Actor::Person(before) = &self.actor else { panic!("only people come by interactions") };
        let member = Member { permissions: person, ..before.member().clone() };
        acting.actor = Actor::Person(Person::of(member, before.administers(), self.now));
        let kind = Some(ChannelType::GuildText);
        acting.known.channels = vec![KnownChannel { id: channel, kind, bot: Some(bot), actor: Some(person) }];
        acting
    }
}
