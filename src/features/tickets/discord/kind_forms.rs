//! What admins write into the forms about a kind of ticket is read, and stored.

use super::kind_fields::{Asked, Basics, Limits, People, Times, Translated, TranslatedQuestion};
use super::kind_fields::{QuestionTarget, Target, TranslatedQuestionTarget, TranslatedTarget};
use super::kind_fields::{asked, basics, limits, people, times, translated, translated_question};
use super::kinds::one;
use super::model::{
    Ask, Definition, Kind, KindChange, KindLimits, KindMisfit, KindPart, KindPeople, KindTexts, KindTimes,
    KindTranslation, Question, QuestionTranslation, emoji_of, longest_answer,
};
use super::operations::kinds::{self, Named, Refusal};
use super::vanished::Present;
use super::words;
use crate::acting::digest;
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::said;
use crate::settings::{self, Minutes};
use crate::ui::Seen;
use crate::ui::form::Form;
use crate::words::{Language, Msg};

pub(crate) async fn save_basics(cx: Context, (id, seen): Target, form: Basics) -> Result<Reply> {
    if id != 0 {
        let language = cx.language;
        let named = Named { emoji: emoji_of(&form.emoji), ..Named::default() };
        let shown = |kind: &Kind| basics(&kind.own_in(language));
        let read = |kind: &Kind, form| Ok(KindChange::Texts(texts(language, kind, form)));
        return save(&cx, id, &named, seen, form, shown, read).await;
    }
    let acting = cx.acting().await?;
    let usual = Kind { id: 0, name: String::new(), definition: words::usual::usual_definition() };
    let KindTexts { name, emoji, description, opening, naming } = texts(cx.language, &usual, form);
    let definition = Definition { emoji, description, opening, naming, ..usual.definition };
    let kind = kinds::add(&cx.app, &acting, &name, definition).await?;
    Ok(Reply::Update(one(&cx, &kind, Some(said!(ticket_setup_added)))?))
}

/// Saves what was written into a form about a kind: `shown` makes the form of what is stored, `read` a change of what both
/// come to.
async fn save<F: Form + Send + Sync>(
    cx: &Context,
    id: i32,
    named: &Named,
    seen: Seen,
    written: F,
    shown: impl FnOnce(&Kind) -> F + Send,
    read: impl FnOnce(&Kind, F) -> Result<KindChange, Refusal> + Send,
) -> Result<Reply> {
    let edit = |kind: &Kind| read(kind, seen.merge(&shown(kind), &written).map_err(Refusal::Collision)?);
    let named = Named { asked: digest(&written), ..named.clone() };
    let changed = kinds::change_as(&cx.app, &cx.acting().await?, id, &named, edit).await?;
    Ok(Reply::Update(one(cx, &changed.kind, Some(said!(ticket_setup_saved)))?))
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

pub(crate) async fn save_people(cx: Context, (id, seen): Target, form: People) -> Result<Reply> {
    let named = Named {
        place: form.place.first().copied(),
        staff: form.staff.clone(),
        others: [&form.required[..], &form.blocked].concat(),
        ..Named::default()
    };
    let present = Present::of(&cx.app, cx.guild).await;
    let read = |_: &Kind, form: People| {
        let People { place, staff, required, blocked } = form;
        Ok(KindChange::People(KindPeople { place: place.first().copied(), staff, required, blocked }))
    };
    save(&cx, id, &named, seen, form, |kind| people(kind, &present), read).await
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

pub(crate) async fn save_limits(cx: Context, (id, seen): Target, form: Limits) -> Result<Reply> {
    let read = |_: &Kind, form: Limits| {
        let member_limit = form.limit.trim().parse().map_err(|_| Refusal::Unfit(KindMisfit::MemberLimit))?;
        let cooldown = minutes(KindPart::Cooldown, &form.cooldown)?;
        Ok(KindChange::Limits(KindLimits { member_limit, cooldown, hours: form.hours, hours_note: form.note }))
    };
    save(&cx, id, &Named::default(), seen, form, |kind| limits(cx.language, kind), read).await
}

pub(crate) async fn save_times(cx: Context, (id, seen): Target, form: Times) -> Result<Reply> {
    let read = |_: &Kind, form: Times| {
        Ok(KindChange::Times(KindTimes {
            remind_after: minutes(KindPart::RemindAfter, &form.remind)?,
            close_after: minutes(KindPart::CloseAfter, &form.close)?,
            answer_within: minutes(KindPart::AnswerWithin, &form.answer)?,
            escalate: form.escalate,
            close_when_left: form.left,
        }))
    };
    save(&cx, id, &Named::default(), seen, form, |kind| times(cx.language, kind), read).await
}

pub(crate) async fn save_question(cx: Context, (id, number, seen): QuestionTarget, form: Asked) -> Result<Reply> {
    let edit = |kind: &Kind| match number {
        None => Ok(KindChange::AddQuestion(read_question(0, &form).map_err(Refusal::Unfit)?)),
        Some(number) => {
            let known = kind.question(number).ok_or(Refusal::NoSuchQuestion)?;
            let said = kind.own_in(cx.language);
            let shown = asked(said.question(number).ok_or(Refusal::NoSuchQuestion)?);
            let merged = seen.merge(&shown, &form).map_err(Refusal::Collision)?;
            let mut changed = read_question(number, &merged).map_err(Refusal::Unfit)?;
            // What the bot asks by itself is nobody's as long as nobody writes another question.
            if (&changed.label, &changed.hint) == (&shown.label, &shown.hint) {
                (changed.label, changed.hint) = (known.label.clone(), known.hint.clone());
            }
            Ok(KindChange::ChangeQuestion(changed))
        }
    };
    let named = Named { asked: digest(&(number, &form)), ..Named::default() };
    let changed = kinds::change_as(&cx.app, &cx.acting().await?, id, &named, edit).await?;
    Ok(Reply::Update(one(&cx, &changed.kind, Some(said!(ticket_setup_saved)))?))
}

pub(crate) async fn save_translated(
    cx: Context,
    (id, language, seen): TranslatedTarget,
    form: Translated,
) -> Result<Reply> {
    let read = |_: &Kind, Translated { name, description, opening, note }| {
        let said = KindTranslation { name, description, opening, hours_note: note, ..KindTranslation::default() };
        Ok(KindChange::Translate(language, said))
    };
    save(&cx, id, &Named::default(), seen, form, |kind| translated(kind, language), read).await
}

pub(crate) async fn save_translated_question(
    cx: Context,
    (id, number, language, seen): TranslatedQuestionTarget,
    form: TranslatedQuestion,
) -> Result<Reply> {
    let read = |kind: &Kind, TranslatedQuestion { label, hint, options }: TranslatedQuestion| {
        let options: Vec<String> = options.lines().map(str::to_owned).collect();
        // Left as they stood there they are no translation.
        let is_own = kind.question(number).is_some_and(|question| question.options() == options);
        let options = if is_own { Vec::new() } else { options };
        Ok(KindChange::TranslateQuestion(language, number, QuestionTranslation { label, hint, options }))
    };
    let shown = |kind: &Kind| translated_question(kind, number, language);
    save(&cx, id, &Named::default(), seen, form, shown, read).await
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
