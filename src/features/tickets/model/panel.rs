//! What may be stored of a panel, whoever posts it.

use serde::Serialize;

use crate::ui::written;
use crate::words::Language;

/// The longest title, in characters.
pub const TITLE_CHARS: u16 = 200;

/// The longest text below it, in characters.
pub const BODY_CHARS: u16 = 2000;

/// What somebody wants of a panel; what is left out stays as it is, or is as it is with every panel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PanelDraft {
    /// In which language the title and the text are meant; nothing is for all that have none of their own.
    pub language: Option<Language>,
    /// What stands on top; an empty text is the usual one.
    pub title: Option<String>,
    /// What stands below it; an empty text is the usual one.
    pub body: Option<String>,
    /// Whether it has a menu in place of buttons.
    pub menu: Option<bool>,
    /// Which kinds it offers; none is all there are.
    pub kinds: Option<Vec<i32>>,
}

/// What may be stored of a panel. Only [`PanelDraft::checked`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedPanel(PanelDraft);

/// Why something is no panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelMisfit {
    /// The title is too long.
    TitleTooLong {
        /// How many characters it may have.
        max_chars: u16,
    },
    /// The text is too long.
    BodyTooLong {
        /// How many characters it may have.
        max_chars: u16,
    },
}

impl PanelDraft {
    /// The same without what means nothing.
    ///
    /// # Errors
    /// Why it cannot be stored.
    pub fn checked(self) -> Result<CheckedPanel, PanelMisfit> {
        let clean = |text: Option<String>| text.as_deref().map(written);
        let (title, body) = (clean(self.title), clean(self.body));
        let too_long =
            |text: &Option<String>, max: u16| text.as_ref().is_some_and(|text| text.chars().count() > usize::from(max));
        if too_long(&title, TITLE_CHARS) {
            return Err(PanelMisfit::TitleTooLong { max_chars: TITLE_CHARS });
        }
        if too_long(&body, BODY_CHARS) {
            return Err(PanelMisfit::BodyTooLong { max_chars: BODY_CHARS });
        }
        Ok(CheckedPanel(PanelDraft { title, body, ..self }))
    }
}

impl CheckedPanel {
    /// What is wanted.
    pub fn draft(&self) -> &PanelDraft {
        &self.0
    }
}
