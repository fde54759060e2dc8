//! A reminder of which a command has said a part: it is kept until a form has asked for the rest.

use twilight_model::id::Id;
use twilight_model::id::marker::InteractionMarker;

use super::{Refusal, SWITCH, require_maker};
use crate::acting::{Acting, Failure, Origin, Outcome};
use crate::app::App;
use crate::reminders::{Begun, store};

/// What was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasBegun {
    /// The interaction by which it is found.
    pub interaction: Id<InteractionMarker>,
}

impl Outcome for HasBegun {
    fn code(&self) -> &'static str {
        "begun"
    }
}

/// Keeps what an interaction has said of a reminder that whoever acts wants to make.
///
/// # Errors
/// Why they may make none, [`Refusal::NotForThem`] where nobody interacts, or what does not fit.
pub async fn begin(app: &App, acting: &Acting, begun: Begun) -> Result<HasBegun, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_maker(app, acting).await?;
    let (Some(user), Origin::Interaction(interaction)) = (acting.user(), acting.origin()) else {
        return Err(Refusal::NotForThem.into());
    };
    let begun = begun.checked()?;
    store::insert_begun(&app.db, acting.guild(), user, *interaction, &begun, acting.now()).await?;
    Ok(HasBegun { interaction: *interaction })
}

/// What whoever acts has begun with an interaction.
///
/// # Errors
/// [`Refusal::BegunGone`] if it is not kept any more, or the database does not answer.
pub async fn find_begun(
    app: &App,
    acting: &Acting,
    interaction: Id<InteractionMarker>,
) -> Result<Begun, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let user = acting.user().ok_or(Refusal::NotForThem)?;
    let begun = store::find_begun(&app.db, acting.guild(), user, interaction).await?;
    Ok(begun.ok_or(Refusal::BegunGone)?)
}
