//! What the bot itself calls, asks and says in a kind of ticket until an admin writes something else: it is said in the
//! language of whoever reads it, and rows only say that it is the usual.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::super::model::{Ask, Definition, Kind, Question};
use crate::say;
use crate::words::{Language, known_languages};

/// What stands in the row of a kind for the usual name, which nobody would type.
const NAME_AS_STORED: &str = "🎫 Support";

/// What stands there for the usual opening.
const OPENING_AS_STORED: &str = "Hello {member}, the staff will be with you soon.";

/// What stands there for the usual questions, each with its hint. Older versions show what stands in a row, whatever it is,
/// and Discord takes no form without labels: so this is text, but no wording of this version, and never changes.
const QUESTIONS_AS_STORED: [[&str; 2]; 2] =
    [["What is it about?", "In a few words"], ["Tell us more", "What happened, and what have you tried?"]];

/// The usual texts, of one language or as they are stored.
struct Usual {
    /// Nothing is what rows hold.
    language: Option<Language>,
    name: String,
    opening: String,
    /// Each with its hint.
    questions: [[String; 2]; 2],
}

static USUAL: LazyLock<Vec<Usual>> = LazyLock::new(|| {
    let stored = Usual {
        language: None,
        name: NAME_AS_STORED.to_owned(),
        opening: OPENING_AS_STORED.to_owned(),
        questions: QUESTIONS_AS_STORED.map(|texts| texts.map(str::to_owned)),
    };
    [stored].into_iter().chain(known_languages().map(Usual::in_language)).collect()
});

impl Usual {
    fn in_language(language: Language) -> Usual {
        Usual {
            language: Some(language),
            name: say!(language, ticket_setup_usual_kind),
            opening: say!(language, ticket_setup_usual_opening),
            questions: [
                [say!(language, ticket_setup_usual_subject_label), say!(language, ticket_setup_usual_subject_hint)],
                [say!(language, ticket_setup_usual_details_label), say!(language, ticket_setup_usual_details_hint)],
            ],
        }
    }

    fn said_in(language: Language) -> &'static Usual {
        Usual::of(Some(language))
    }

    fn of(language: Option<Language>) -> &'static Usual {
        USUAL.iter().find(|usual| usual.language == language).expect("every language has them")
    }

    /// Whether a kind has this name by itself. Where older versions wrote it in the server's language, only if nobody wrote
    /// another opening: alone it may be a name that somebody chose.
    fn names(&self, name: &str, opening: &str) -> bool {
        self.name == name && (self.language.is_none() || self.opening == opening)
    }
}

/// Whether a kind with this name and opening has no name of its own.
fn has_usual_name(name: &str, opening: &str) -> bool {
    USUAL.iter().any(|usual| usual.names(name, opening))
}

fn has_usual_opening(opening: &str) -> bool {
    USUAL.iter().any(|usual| usual.opening == opening)
}

/// Which of the usual questions is asked; nothing if it is somebody's own.
fn usual_question(question: &Question) -> Option<usize> {
    let asks = |texts: &[String; 2]| texts[0] == question.label && texts[1] == question.hint;
    USUAL.iter().find_map(|usual| usual.questions.iter().position(asks))
}

/// What a kind that was stored with this name and opening is called by who reads this language, translations aside.
pub(crate) fn name_in<'a>(language: Language, name: &'a str, opening: &str) -> &'a str {
    if has_usual_name(name, opening) { &Usual::said_in(language).name } else { name }
}

/// The label of a question as it was stored with an answer: one of the bot's own is said in the language of the reader.
pub(crate) fn label_in(language: Language, label: &str) -> String {
    let asked = USUAL.iter().find_map(|usual| usual.questions.iter().position(|texts| texts[0] == label));
    asked.map_or_else(|| label.to_owned(), |at| Usual::said_in(language).questions[at][0].clone())
}

/// Whether nobody has named a kind.
pub(crate) fn has_no_name_of_its_own(kind: &Kind) -> bool {
    has_usual_name(&kind.name, &kind.definition.opening)
}

/// Whether a kind may be called so where nobody has named it.
pub(crate) fn is_usual_name(name: &str) -> bool {
    USUAL.iter().any(|usual| usual.name.to_lowercase() == name.trim().to_lowercase())
}

/// The name of the kind with which every guild begins, as it is stored.
pub(crate) fn usual_name() -> &'static str {
    NAME_AS_STORED
}

/// What a kind asks and says until an admin writes something else, as it is stored.
pub(crate) fn usual_definition() -> Definition {
    let question = |id, [label, hint]: [&str; 2], required, long, max_chars| Question {
        id,
        label: label.to_owned(),
        hint: hint.to_owned(),
        required,
        ask: Ask::Text { long, min_chars: 0, max_chars },
    };
    let [subject, details] = QUESTIONS_AS_STORED;
    Definition {
        questions: vec![question(1, subject, true, false, 100), question(2, details, false, true, 1000)],
        last_question: 2,
        opening: OPENING_AS_STORED.to_owned(),
        ..Definition::default()
    }
}

/// What the bot says by itself in the place of the usual opening while nobody is there; nothing where somebody has written
/// another for those who read this language.
pub(crate) fn opening_while_away(language: Language, kind: &Kind) -> Option<String> {
    let is_own = kind.definition.translations.get(language.code()).is_some_and(|said| !said.opening.is_empty());
    let is_usual = !is_own && has_usual_opening(&kind.definition.opening);
    is_usual.then(|| say!(language, ticket_setup_usual_opening_away))
}

impl Kind {
    /// The kind as readers of a language see it. What is stored of their answers is in the kind's own words.
    pub fn in_language(&self, language: Language) -> Cow<'_, Kind> {
        match self.own_in(language) {
            Cow::Borrowed(kind) => kind.translated(language),
            Cow::Owned(kind) => Cow::Owned(kind.translated(language).into_owned()),
        }
    }

    /// The kind in the words in which it was written first; what nobody has written is said in the language.
    pub fn own_in(&self, language: Language) -> Cow<'_, Kind> {
        self.with_usual(Usual::said_in(language))
    }

    /// What it is called by who reads that language.
    pub fn name_in(&self, language: Language) -> &str {
        let said = self.definition.translations.get(language.code()).map_or("", |said| &said.name);
        if said.is_empty() { name_in(language, &self.name, &self.definition.opening) } else { said }
    }

    /// The kind as it is stored: its usual texts in no language.
    pub fn as_stored(&self) -> Kind {
        self.with_usual(Usual::of(None)).into_owned()
    }

    /// Whether an admin has written something that members read.
    pub fn has_own_words(&self) -> bool {
        let definition = &self.definition;
        let opening = !definition.opening.is_empty() && !has_usual_opening(&definition.opening);
        let asks = definition.questions.iter().any(|question| usual_question(question).is_none());
        !has_usual_name(&self.name, &definition.opening) || opening || asks || !definition.description.is_empty()
    }

    /// Says what nobody has written as it is said there.
    fn with_usual(&self, usual: &Usual) -> Cow<'_, Kind> {
        let mut kind = Cow::Borrowed(self);
        if has_usual_name(&self.name, &self.definition.opening) {
            kind.to_mut().name.clone_from(&usual.name);
        }
        if has_usual_opening(&self.definition.opening) {
            kind.to_mut().definition.opening.clone_from(&usual.opening);
        }
        for (at, question) in self.definition.questions.iter().enumerate() {
            if let Some(which) = usual_question(question) {
                let [label, hint] = usual.questions[which].clone();
                let asked = &mut kind.to_mut().definition.questions[at];
                (asked.label, asked.hint) = (label, hint);
            }
        }
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> Kind {
        Kind { id: 1, name: usual_name().to_owned(), definition: usual_definition() }
    }

    #[test]
    fn the_usual_kind_fits_in_every_language() {
        for language in known_languages() {
            let kind = first().own_in(language).into_owned();
            let checked = kind.definition.clone().checked(&kind.name);
            assert_eq!(checked.map(|it| it.definition().clone()), Ok(kind.definition), "{language:?}");
        }
    }

    #[test]
    fn what_nobody_has_written_is_said_in_the_reader_s_language() {
        let dutch = Language::of_code("nl").expect("there is a folder for it");
        // As older versions stored it, and as this one does.
        for kind in [first(), first().own_in(dutch).into_owned(), first().own_in(Language::ENGLISH).into_owned()] {
            let (said, kept) = (kind.in_language(dutch), kind.as_stored());
            assert_eq!((&*said.name, kind.name_in(Language::ENGLISH)), ("Hulp", "Support"));
            assert_eq!(said.definition.questions[0].label, "Waar gaat het over?");
            assert_eq!(kept, first());
            assert!(!kind.has_own_words());
        }
    }

    #[test]
    fn what_an_admin_wrote_stays_theirs() {
        let dutch = Language::of_code("nl").expect("there is a folder for it");
        // A name that is the usual one in another language is theirs all the same.
        let mut kind = Kind { name: "Support".to_owned(), ..first() };
        kind.definition.questions[0].hint = "Order number".to_owned();
        kind.definition.opening.clear();
        let said = kind.in_language(dutch);
        let asked = &said.definition.questions;
        assert_eq!((&*said.name, &*said.definition.opening), ("Support", ""));
        assert_eq!((&*asked[0].label, &*asked[0].hint), ("What is it about?", "Order number"));
        assert_eq!(asked[1].label, "Vertel er meer over");
        assert!(kind.has_own_words());
    }
}
