//! A kind of tickets with what an admin wrote of it in another language.

use std::borrow::Cow;

use super::answers::BETWEEN_OPTIONS;
use super::{Ask, Kind, Question, QuestionTranslation};
use crate::words::Language;

/// The translation unless it says nothing.
fn or_own<'a>(translated: &'a str, own: &'a str) -> &'a str {
    if translated.is_empty() { own } else { translated }
}

impl Kind {
    /// The kind with what an admin wrote in that language.
    pub fn translated(&self, language: Language) -> Cow<'_, Kind> {
        let Some(said) = self.definition.translations.get(language.code()) else { return Cow::Borrowed(self) };
        let mut kind = self.clone();
        let own = &mut kind.definition;
        kind.name = or_own(&said.name, &self.name).to_owned();
        own.description = or_own(&said.description, &own.description).to_owned();
        own.opening = or_own(&said.opening, &own.opening).to_owned();
        own.hours_note = or_own(&said.hours_note, &own.hours_note).to_owned();
        for question in &mut own.questions {
            if let Some(said) = said.questions.get(&question.id) {
                said.put_on(question);
            }
        }
        Cow::Owned(kind)
    }

    /// What a question that is called `label` is called by who reads that language; nothing where nobody has said it. Of
    /// several that are called so it is the one whose options the answer names, or else the first.
    pub fn label_in(&self, language: Language, label: &str, answer: &str) -> Option<&str> {
        let named = self.questions_in(language, label).find(|(own, said)| chosen(own, said, answer).is_some());
        let (_, said) = named.or_else(|| self.questions_in(language, label).next())?;
        Some(said.label.as_str()).filter(|label| !label.is_empty())
    }

    /// The options that were chosen as an answer to a question that is called `label`, as who reads that language sees
    /// them; nothing where they are not all translated.
    pub fn chosen_in(&self, language: Language, label: &str, answer: &str) -> Option<Vec<&str>> {
        self.questions_in(language, label).find_map(|(own, said)| chosen(own, said, answer))
    }

    fn questions_in(&self, language: Language, label: &str) -> impl Iterator<Item = (&Question, &QuestionTranslation)> {
        let said = self.definition.translations.get(language.code());
        let own = self.definition.questions.iter().filter(move |question| question.label == label);
        own.filter_map(move |own| Some((own, said?.questions.get(&own.id)?)))
    }
}

/// The options of a question that an answer names, as they are translated; nothing where they are not all.
fn chosen<'a>(own: &Question, said: &'a QuestionTranslation, answer: &str) -> Option<Vec<&'a str>> {
    let translated = |option: &str| {
        let at = own.options().iter().position(|known| known == option)?;
        (own.options().len() == said.options.len()).then(|| said.options[at].as_str())
    };
    // An option may have a comma itself.
    translated(answer).map(|option| vec![option]).or_else(|| answer.split(BETWEEN_OPTIONS).map(translated).collect())
}

impl QuestionTranslation {
    /// Keeps of a question that is changed what still translates it: options stay with theirs, wherever these stand by then.
    pub(super) fn follow(&mut self, before: &Question, after: &Question) {
        if before.label != after.label {
            self.label.clear();
        }
        if before.hint != after.hint {
            self.hint.clear();
        }
        let translated = |option: &String| {
            let at = before.options().iter().position(|known| known == option)?;
            self.options.get(at).cloned()
        };
        let options = after.options().iter().map(translated).collect::<Option<Vec<String>>>();
        self.options = options.unwrap_or_default();
    }

    fn put_on(&self, question: &mut Question) {
        question.label = or_own(&self.label, &question.label).to_owned();
        question.hint = or_own(&self.hint, &question.hint).to_owned();
        if let Ask::Choice { options, .. } = &mut question.ask
            && options.len() == self.options.len()
        {
            options.clone_from(&self.options);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Definition, KindTranslation};
    use super::*;

    fn kind() -> Kind {
        let options = vec!["Web".to_owned(), "Phone".to_owned()];
        let question = Question {
            id: 3,
            label: "Where?".to_owned(),
            hint: "Roughly".to_owned(),
            required: true,
            ask: Ask::Choice { options, several: false },
        };
        let definition =
            Definition { description: "Money".to_owned(), questions: vec![question], ..Definition::default() };
        Kind { id: 1, name: "Billing".to_owned(), definition }
    }

    fn in_dutch(translation: KindTranslation) -> Kind {
        let dutch = Language::of_code("nl").expect("there is a folder for it");
        let mut kind = kind();
        kind.definition.translations.insert("nl".to_owned(), translation);
        kind.translated(dutch).into_owned()
    }

    #[test]
    fn what_is_not_translated_is_said_as_it_was_written() {
        let options = vec!["Web".to_owned(), "Telefoon".to_owned()];
        let question = QuestionTranslation { label: "Waar?".to_owned(), hint: String::new(), options };
        let questions = BTreeMap::from([(3, question), (4, QuestionTranslation::default())]);
        let kind = in_dutch(KindTranslation { name: "Geld".to_owned(), questions, ..KindTranslation::default() });
        let asked = &kind.definition.questions[0];
        assert_eq!((&*kind.name, &*kind.definition.description), ("Geld", "Money"));
        assert_eq!((&*asked.label, &*asked.hint), ("Waar?", "Roughly"));
        assert!(matches!(&asked.ask, Ask::Choice { options, .. } if options == &["Web", "Telefoon"]));
    }

    #[test]
    fn options_that_do_not_belong_to_the_question_are_not_shown() {
        let question = QuestionTranslation { options: vec!["Telefoon".to_owned()], ..QuestionTranslation::default() };
        let questions = BTreeMap::from([(3, question)]);
        let shown = in_dutch(KindTranslation { questions, ..KindTranslation::default() });
        assert_eq!(shown.definition.questions, kind().definition.questions);
    }

    #[test]
    fn answers_are_shown_in_the_reader_s_words() {
        let options = vec!["Web".to_owned(), "Telefoon".to_owned()];
        let question = QuestionTranslation { label: "Waar?".to_owned(), hint: String::new(), options };
        let questions = BTreeMap::from([(3, question)]);
        let mut kind = kind();
        let dutch = Language::of_code("nl").expect("Dutch is there");
        let translation = KindTranslation { questions, ..KindTranslation::default() };
        kind.definition.translations.insert("nl".to_owned(), translation);
        let label = kind.definition.questions[0].label.clone();
        let [first, second] = [0, 1].map(|at| kind.definition.questions[0].options()[at].clone());
        assert_eq!(kind.label_in(dutch, &label, &second), Some("Waar?"));
        assert_eq!(kind.chosen_in(dutch, &label, &second), Some(vec!["Telefoon"]));
        assert_eq!(kind.chosen_in(dutch, &label, &format!("{first}, {second}")), Some(vec!["Web", "Telefoon"]));
        assert_eq!(kind.chosen_in(dutch, &label, "Fax"), None, "it was an option once");
        assert_eq!(kind.label_in(dutch, "Whence?", ""), None);
        assert_eq!(kind.label_in(Language::ENGLISH, &label, ""), None);
    }

    #[test]
    fn a_kind_without_translations_is_not_copied() {
        assert!(matches!(kind().translated(Language::ENGLISH), Cow::Borrowed(_)));
    }
}
