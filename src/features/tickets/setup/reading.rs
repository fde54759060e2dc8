//! What admins write into the forms about a kind of ticket is read, and stored.

use super::fields::{Asked, Basics, Limits, People, Times, Translated, TranslatedQuestion};
use super::fields::{asked, basics, limits, people, times, translated, translated_question};
use super::model::{
    Ask, Definition, Kind, KindChange, KindLimits, KindMisfit, KindPart, KindPeople, KindTexts, KindTimes,
    KindTranslation, Question, QuestionTranslation, emoji_of, longest_answer,
};
use super::operations::kinds::{self, Added, Changed, Named, Refusal};
use super::shown::looks;
use super::vanished::Present;
use super::words;
use crate::acting::{Acting, Failure, digest};
use crate::app::App;
use crate::settings::{self, Minutes};
use crate::ui::Seen;
use crate::ui::form::Form;
use crate::words::{Language, Msg};

type Stored = Result<Changed, Failure<Refusal>>;

/// Somebody who sets kinds up, and the language in which they read the forms.
pub(crate) struct Writer<'a> {
    pub(crate) app: &'a App,
    pub(crate) acting: &'a Acting,
    pub(crate) language: Language,
}

impl Writer<'_> {
    /// Adds a kind.
    pub(crate) async fn add(&self, form: Basics) -> Result<Added, Failure<Refusal>> {
        let usual = Kind { id: 0, name: String::new(), definition: words::usual::usual_definition() };
        let KindTexts { name, emoji, description, opening, naming } = texts(self.language, &usual, form);
        let definition = Definition { emoji, description, opening, naming, ..usual.definition };
        kinds::add(self.app, self.acting, &name, definition).await
    }

    pub(crate) async fn basics(&self, id: i32, seen: &Seen, form: Basics) -> Stored {
        let language = self.language;
        let named = Named { emoji: emoji_of(&form.emoji), ..Named::default() };
        let shown = |kind: &Kind| basics(&kind.own_in(language));
        let read = |kind: &Kind, form| Ok(KindChange::Texts(texts(language, kind, form)));
        self.save(id, &named, seen, form, shown, read).await
    }

    pub(crate) async fn people(&self, id: i32, seen: &Seen, form: People) -> Stored {
        let named = Named {
            place: form.place.first().copied(),
            staff: form.staff.clone(),
            others: [&form.required[..], &form.blocked].concat(),
            ..Named::default()
        };
        let present = Present::of(self.app, self.acting.guild()).await;
        let read = |_: &Kind, form: People| {
            let People { place, staff, required, blocked } = form;
            Ok(KindChange::People(KindPeople { place: place.first().copied(), staff, required, blocked }))
        };
        self.save(id, &named, seen, form, |kind| people(kind, &present), read).await
    }

    pub(crate) async fn limits(&self, id: i32, seen: &Seen, form: Limits) -> Stored {
        let read = |_: &Kind, form: Limits| {
            let member_limit = form.limit.trim().parse().map_err(|_| Refusal::Unfit(KindMisfit::MemberLimit))?;
            let cooldown = minutes(KindPart::Cooldown, &form.cooldown)?;
            Ok(KindChange::Limits(KindLimits { member_limit, cooldown, hours: form.hours, hours_note: form.note }))
        };
        self.save(id, &Named::default(), seen, form, |kind| limits(self.language, kind), read).await
    }

    pub(crate) async fn times(&self, id: i32, seen: &Seen, form: Times) -> Stored {
        let read = |_: &Kind, form: Times| {
            Ok(KindChange::Times(KindTimes {
                remind_after: minutes(KindPart::RemindAfter, &form.remind)?,
                close_after: minutes(KindPart::CloseAfter, &form.close)?,
                answer_within: minutes(KindPart::AnswerWithin, &form.answer)?,
                escalate: form.escalate,
                close_when_left: form.left,
            }))
        };
        self.save(id, &Named::default(), seen, form, |kind| times(self.language, kind), read).await
    }

    /// Lets a kind ask one more question, or another one in the place of that number.
    pub(crate) async fn question(&self, id: i32, number: Option<i32>, seen: &Seen, form: &Asked) -> Stored {
        let edit = |kind: &Kind| match number {
            None => Ok(KindChange::AddQuestion(read_question(0, form).map_err(Refusal::Unfit)?)),
            Some(number) => {
                let known = kind.question(number).ok_or(Refusal::NoSuchQuestion)?;
                let said = kind.own_in(self.language);
                let shown = asked(said.question(number).ok_or(Refusal::NoSuchQuestion)?);
                let merged = seen.merge(&shown, form).map_err(Refusal::Collision)?;
                let mut changed = read_question(number, &merged).map_err(Refusal::Unfit)?;
                // What the bot asks by itself is nobody's as long as nobody writes another question.
                if (&changed.label, &changed.hint) == (&shown.label, &shown.hint) {
                    (changed.label, changed.hint) = (known.label.clone(), known.hint.clone());
                }
                Ok(KindChange::ChangeQuestion(changed))
            }
        };
        let named = Named { asked: digest(&(number, form)), ..Named::default() };
        kinds::change_as(self.app, self.acting, id, &named, edit).await
    }

    /// Takes a question away that still reads as it did.
    pub(crate) async fn take_away(&self, id: i32, number: i32, shown: u32) -> Stored {
        let still = |kind: &Kind| {
            let question = kind.question(number).ok_or(Refusal::NoSuchQuestion)?;
            match looks(question) == shown {
                true => Ok(KindChange::RemoveQuestion(number)),
                false => Err(Refusal::QuestionChanged),
            }
        };
        let named = Named { asked: digest(&("remove", number)), ..Named::default() };
        kinds::change_as(self.app, self.acting, id, &named, still).await
    }

    /// Says what a kind says in another language.
    pub(crate) async fn translated(&self, id: i32, language: Language, seen: &Seen, form: Translated) -> Stored {
        let read = |_: &Kind, Translated { name, description, opening, note }| {
            let said = KindTranslation { name, description, opening, hours_note: note, ..KindTranslation::default() };
            Ok(KindChange::Translate(language, said))
        };
        self.save(id, &Named::default(), seen, form, |kind| translated(kind, language), read).await
    }

    /// Says what the question of that number says in another language.
    pub(crate) async fn translated_question(
        &self,
        (id, number): (i32, i32),
        language: Language,
        seen: &Seen,
        form: TranslatedQuestion,
    ) -> Stored {
        let read = |kind: &Kind, TranslatedQuestion { label, hint, options }: TranslatedQuestion| {
            let options: Vec<String> = options.lines().map(str::to_owned).collect();
            // Left as they stood there they are no translation.
            let is_own = kind.question(number).is_some_and(|question| question.options() == options);
            let options = if is_own { Vec::new() } else { options };
            Ok(KindChange::TranslateQuestion(language, number, QuestionTranslation { label, hint, options }))
        };
        let shown = |kind: &Kind| translated_question(kind, number, language);
        self.save(id, &Named::default(), seen, form, shown, read).await
    }

    /// Saves what was written into a form about a kind: `shown` makes the form of what is stored, `read` a change of what both
    /// come to.
    async fn save<F: Form + Send + Sync>(
        &self,
        id: i32,
        named: &Named,
        seen: &Seen,
        written: F,
        shown: impl FnOnce(&Kind) -> F + Send,
        read: impl FnOnce(&Kind, F) -> Result<KindChange, Refusal> + Send,
    ) -> Stored {
        let edit = |kind: &Kind| read(kind, seen.merge(&shown(kind), &written).map_err(Refusal::Collision)?);
        let named = Named { asked: digest(&written), ..named.clone() };
        kinds::change_as(self.app, self.acting, id, &named, edit).await
    }
}

/// What was written; what stands there as the kind says it by itself stays what nobody has written.
fn texts(language: Language, kind: &Kind, form: Basics) -> KindTexts {
    let Basics { name, emoji, description, opening, naming } = form;
    let shown = kind.own_in(language);
    KindTexts {
        name: unless_written(name, &shown.name, &kind.name),
        emoji,
        description,
        opening: unless_written(opening, &shown.definition.opening, &kind.definition.opening),
        naming,
    }
}

/// What is stored of a text, unless somebody wrote something else than was shown.
fn unless_written(written: String, shown: &str, stored: &str) -> String {
    if written == shown { stored.to_owned() } else { written }
}

/// Reads a length of time; nothing is none.
fn minutes(part: KindPart, text: &str) -> Result<Minutes, Refusal> {
    let max_minutes = part.max_minutes();
    let field = settings::field("time", Msg::verbatim(""), settings::Kind::Duration { min_minutes: 0, max_minutes });
    match text.trim() {
        "" => Ok(Minutes(0)),
        text => match field.parse(text) {
            Ok(value) => Ok(Minutes(value.as_i64().unwrap_or(0))),
            Err(_) => Err(Refusal::Unfit(KindMisfit::Time { part, max_minutes })),
        },
    }
}

/// Reads a question as admins write it; whether it fits is seen when it is stored.
///
/// # Errors
/// The length is none.
fn read_question(id: i32, form: &Asked) -> Result<Question, KindMisfit> {
    let lines = || form.options.lines().map(str::trim).filter(|line| !line.is_empty());
    let style = form.style.first().map_or("line", String::as_str);
    let ask = match style {
        "one" | "some" => Ask::Choice { options: lines().map(str::to_owned).collect(), several: style == "some" },
        "box" => Ask::Checkbox,
        style => {
            let long = style == "paragraph";
            let (min_chars, max_chars) = match lines().next() {
                None => (0, if long { 1000 } else { 100 }),
                Some(length) => {
                    let (min, max) = length.split_once('-').unwrap_or(("0", length));
                    let range = min.trim().parse::<u16>().ok().zip(max.trim().parse::<u16>().ok());
                    // Whoever writes `5-2` means from two to five.
                    range
                        .map(|(min, max)| (min.min(max), min.max(max)))
                        .ok_or(KindMisfit::AnswerLength { most: longest_answer(long) })?
                }
            };
            Ask::Text { long, min_chars, max_chars }
        }
    };
    Ok(Question { id, label: form.label.clone(), hint: form.hint.clone(), required: form.required, ask })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Say};

    #[test]
    fn questions_are_read_as_admins_write_them() {
        let check = |style: &str, options: &str, expected: Result<Ask, &str>| {
            let form = Asked {
                label: "Which?".to_owned(),
                style: vec![style.to_owned()],
                options: options.to_owned(),
                ..Asked::default()
            };
            let stored = read_question(1, &form).and_then(|question| {
                let definition = Definition { questions: vec![question], ..Definition::default() };
                Ok(definition.checked("Billing")?.definition().questions[0].ask.clone())
            });
            let told = stored.map_err(|misfit| misfit.say(Language::ENGLISH));
            assert_eq!(told, expected.map_err(str::to_owned), "{options}");
        };
        let text = |long, min_chars, max_chars| Ok(Ask::Text { long, min_chars, max_chars });
        check("line", "", text(false, 0, 100));
        check("paragraph", "20-400", text(true, 20, 400));
        check("paragraph", "400", text(true, 0, 400));
        check("line", "5000", Err("A length is like `10-500`, which is the most."));
        check("line", "9-3", text(false, 3, 9));
        let options = vec!["Web".to_owned(), "Phone".to_owned()];
        check("one", "Web\n\n Phone ", Ok(Ask::Choice { options: options.clone(), several: false }));
        check("some", "Web\nPhone", Ok(Ask::Choice { options, several: true }));
        check("one", "Web", Err("Give 2 to 25 options, one a line."));
        check("box", "whatever", Ok(Ask::Checkbox));
    }
}
