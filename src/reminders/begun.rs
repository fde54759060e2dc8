//! What somebody has said of a new reminder before a form asks for the rest.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker};

use super::check::is_no_picture;
use super::{TEMPLATE_NAME, Unfit};
use crate::db::storable;

/// What no form asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// What is kept under this name.
    pub template: Option<String>,
    /// The address of a picture.
    pub image: Option<String>,
    /// By whose clocks it is, if not by theirs.
    pub zone: Option<String>,
    /// Where it is said.
    pub channel: Option<Id<ChannelMarker>>,
    /// Whom it calls: everybody, a role or a member.
    pub mention: Option<Id<GenericMarker>>,
    /// Whether it is said to them alone.
    pub direct: bool,
    /// Whether it is about something that begins at the moment itself.
    pub is_event: bool,
}

/// What may be kept until then: only [`Begun::checked`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedBegun(Begun);

impl CheckedBegun {
    /// What was checked.
    pub fn said(&self) -> &Begun {
        &self.0
    }
}

/// More than the name of any zone has.
const ZONE: usize = 100;

impl Begun {
    /// The same as it may be kept. What a form does not ask for cannot be corrected in it, so it is looked at before.
    ///
    /// # Errors
    /// [`Unfit::NoPicture`].
    pub fn checked(self) -> Result<CheckedBegun, Unfit> {
        let kept = |text: Option<String>, chars: usize| text.map(|text| storable(&text).chars().take(chars).collect());
        let image = self.image.as_deref().map(storable);
        if image.as_deref().is_some_and(is_no_picture) {
            return Err(Unfit::NoPicture);
        }
        Ok(CheckedBegun(Begun {
            image,
            template: kept(self.template, TEMPLATE_NAME),
            zone: kept(self.zone, ZONE),
            ..self
        }))
    }
}
