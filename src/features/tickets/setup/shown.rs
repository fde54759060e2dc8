//! A kind of ticket as it is shown to whoever sets it up.

use twilight_model::channel::message::embed::EmbedField;
use twilight_model::id::Id;
use twilight_model::id::marker::RoleMarker;

use super::model::{Definition, Kind, NAMING, Question};
use super::operations::kinds;
use super::settings::Settings;
use super::vanished::Present;
use super::{messages, words};
use crate::acting::Acting;
use crate::app::App;
use crate::error::Result;
use crate::settings::Minutes;
use crate::ui::custom_id::digest;
use crate::ui::limits::cut;
use crate::ui::plain;
use crate::words::{Language, Msg, Said, Say, say_minutes};
use crate::{msg, said, say};

/// What kinds name that the server has no more, and which of their roles hear nothing.
pub(crate) async fn faults(app: &App, acting: &Acting, language: Language, kinds: &[Kind]) -> Result<Vec<Said>> {
    let (present, unheard) = tokio::join!(Present::of(app, acting.guild()), kinds::unheard(app, acting));
    let named = |kind: &Kind| plain(&messages::label(language, kind));
    let mut faults: Vec<Said> = Vec::new();
    for kind in kinds {
        faults.extend(present.lacks(kind).iter().map(|vanished| words::setup::vanished(vanished, named(kind))));
    }
    // Where nobody works, nobody is called, and only admins see what members write.
    if app.settings.get::<Settings>(acting.guild()).await?.staff_role.is_none() {
        let unworked = kinds.iter().filter(|kind| kind.definition.staff_roles.is_empty());
        faults.extend(unworked.map(|kind| said!(ticket_setup_nobody_works, kind = named(kind))));
    }
    for (id, role) in unheard? {
        let name = kinds.iter().find(|kind| kind.id == id).map(named);
        faults.push(words::setup::unheard(name.unwrap_or_default(), role));
    }
    Ok(faults)
}

/// What a kind is like, a box each.
pub(crate) fn fields_of(language: Language, definition: &Definition) -> Vec<EmbedField> {
    let or = |text: String, otherwise: Said| if text.is_empty() { otherwise } else { Said::from(text) };
    let list = |roles: &[Id<RoleMarker>]| Said::list(roles.iter().map(|role| format!("<@&{role}>"))).say(language);
    let time = |minutes: Minutes| match minutes.0 {
        0 => said!(ticket_setup_never),
        minutes => say_minutes(minutes),
    };
    let place = match definition.place {
        None => said!(ticket_setup_servers_setting),
        Some(channel) if definition.in_threads => said!(ticket_setup_in_threads, channel),
        Some(category) => Said::from(format!("<#{category}>")),
    };
    let limit = match definition.member_limit {
        0 => said!(ticket_setup_at_most_any),
        limit => said!(ticket_setup_at_most_each, limit),
    };
    let pause = match definition.cooldown.0 {
        0 => said!(ticket_setup_servers_setting),
        _ => time(definition.cooldown),
    };
    // Nothing is escalated for an answer that nobody waits for.
    let answered = match definition.escalate && definition.answer_within.0 > 0 {
        true => said!(ticket_setup_then_escalates, time = time(definition.answer_within)),
        false => time(definition.answer_within),
    };
    let left = match definition.close_when_left {
        true => said!(ticket_setup_member_leaves_closes),
        false => said!(ticket_setup_member_leaves_stays),
    };
    let questions = match definition.questions.is_empty() {
        true => said!(ticket_setup_questions_none),
        false => {
            let lines = definition.questions.iter().map(|question| question_line(language, question).into());
            Said::lines(lines.collect())
        }
    };
    let said_in = definition.translations.keys().filter_map(|code| Language::of_code(code));
    let said_in: Vec<String> = said_in.map(|it| say!(it, words_language_name)).collect();
    let (staff, hours) = (list(&definition.staff_roles), words::hours(language, &definition.hours()));
    let (required, blocked) = (list(&definition.required_roles), list(&definition.blocked_roles));
    let mut fields = vec![
        (msg!(ticket_setup_opens_in), place, true),
        (msg!(ticket_setup_channels), or(plain(&definition.naming), NAMING.into()), true),
        (msg!(ticket_setup_worked_by), or(staff, said!(ticket_setup_servers_setting)), true),
        (msg!(ticket_setup_for), or(required, said!(ticket_setup_for_everybody)), true),
        (msg!(ticket_setup_not_for), or(blocked, said!(ticket_setup_not_for_nobody)), true),
        (msg!(ticket_setup_at_most), limit, true),
        (msg!(ticket_setup_pause), pause, true),
        (msg!(ticket_setup_hours), or(hours, said!(ticket_setup_hours_always)), true),
        (msg!(ticket_setup_reminds_after), time(definition.remind_after), true),
        (msg!(ticket_setup_closes_after), time(definition.close_after), true),
        (msg!(ticket_setup_answered_within), answered, true),
        (msg!(ticket_setup_member_leaves), left, true),
        (msg!(ticket_setup_questions), questions, false),
        (msg!(ticket_setup_opening_label), or(definition.opening.clone(), said!(ticket_setup_opening_none)), false),
    ];
    if !said_in.is_empty() {
        fields.push((msg!(ticket_setup_languages), Said::list(said_in), true));
    }
    let field = |(name, value, inline): (Msg, Said, bool)| EmbedField {
        inline,
        name: name.say(language),
        value: value.say(language),
    };
    fields.into_iter().map(field).collect()
}

/// A question in a line that leaves room for others.
pub(crate) fn question_line(language: Language, question: &Question) -> String {
    cut(&words::setup::question_line(question).say(language), 190)
}

/// A question as a number, by which a button sees whether it is still what somebody looked at.
pub(crate) fn looks(question: &Question) -> u32 {
    digest(&serde_json::to_string(question).expect("a question has text keys and no failing parts"))
}
