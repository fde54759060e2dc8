//! Whether a guild has switched a feature on.

use super::{Acting, Actor, Barred};
use crate::app::App;
use crate::settings::Schema;

/// The switch of a feature. A room of operations names it once, and each operation asks it first: what door somebody came
/// through, and what that door takes it for, counts for nothing. `layering.rs` finds one that does not ask.
#[derive(Clone, Copy, Debug)]
pub struct Switch(&'static str);

impl Switch {
    /// That of the feature with these settings.
    pub const fn of<T: Schema>() -> Switch {
        Switch(T::FEATURE)
    }

    /// That of a feature whose settings are known above alone.
    pub const fn named(feature: &'static str) -> Switch {
        Switch(feature)
    }

    /// Checks that the feature is on where somebody acts, and that they have not left and are not in a timeout. What the bot does by itself, time and jobs ask about
    /// (`Feature::guild_job`); what was begun is finished even so.
    ///
    /// The settings of a guild are cached. Ask before a transaction begins: they may need a connection.
    ///
    /// # Errors
    /// It is off, or they are not in the guild any more, or in a timeout, as far as anybody asked.
    pub async fn require_on(self, app: &App, acting: &Acting) -> Result<(), Barred> {
        if let Some(barred) = acting.barred() {
            return Err(barred);
        }
        // What time does of a feature is begun where that is on; what it does of another is no more than anybody's.
        let by_itself = matches!(acting.actor(), Actor::Bot) && acting.feature() == self.0;
        match by_itself || self.is_on(app, acting).await {
            true => Ok(()),
            false => Err(Barred::Off { feature: self.0 }),
        }
    }

    /// Whether the feature is on where somebody acts, for what another does only then. It may need a connection, too.
    pub async fn is_on(self, app: &App, acting: &Acting) -> bool {
        app.settings.enabled(acting.guild, self.0).await
    }
}
