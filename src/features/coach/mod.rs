//! What a language model does for members besides tickets: it explains, finds words, looks with somebody at how they are doing, and
//! advises whoever leads. They alone read it. What a server sets for its model is declared here, too.

mod screens;

use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CommandOption, CreateCommand, CreateOption};

use crate::assist::{self, Matter, Settings, Style};
use crate::error::{Error, Result};
use crate::feature::{Feature, Promise, framed};
use crate::interactions::{Context, Reply};
use crate::ui::Message;
use crate::ui::form::{Field, Form, Frame, Modal, Style as Input};
use crate::ui::written;
use crate::words::Say;
use crate::{msg, said, say};

/// The longest topic, and what somebody writes into a form, in characters.
const TOPIC_CHARS: u16 = 300;
const TEXT_CHARS: u16 = 1000;

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("coach")
        .command(learn)
        .command(caption)
        .command(check_in)
        .command(lead)
        .form(checked_in, framed(check_in_frame))
        .form(asked, framed(question_frame))
        .press(press)
        .work(finish)
        .settings::<Settings>()
}

/// Learn something, in plain words
#[derive(CommandModel, CreateCommand)]
#[command(name = "learn_topic")]
struct LearnTopic {
    /// What about
    #[command(max_length = 300)]
    topic: String,
}

/// Find words to stand beside a post
#[derive(CommandModel, CreateCommand)]
#[command(name = "create_caption")]
struct CreateCaption {
    /// What it is about
    #[command(max_length = 300)]
    topic: String,
    /// How it sounds
    style: StyleOption,
}

/// Look at how you are doing; only you read it
#[derive(CommandModel, CreateCommand)]
#[command(name = "growthcheckin")]
struct GrowthCheckIn {}

/// Ask for advice if you lead others; only you read it
#[derive(CommandModel, CreateCommand)]
#[command(name = "leaderhelp")]
struct LeaderHelp {}

#[derive(CommandOption, CreateOption, Clone, Copy, Debug)]
enum StyleOption {
    #[option(name = "punchy", value = "punchy")]
    Punchy,
    #[option(name = "vulnerable", value = "vulnerable")]
    Vulnerable,
    #[option(name = "educational", value = "educational")]
    Educational,
    #[option(name = "spiritual", value = "spiritual")]
    Spiritual,
    #[option(name = "motivational", value = "motivational")]
    Motivational,
    #[option(name = "formal", value = "formal")]
    Formal,
}

impl From<StyleOption> for Style {
    fn from(style: StyleOption) -> Style {
        match style {
            StyleOption::Punchy => Style::Punchy,
            StyleOption::Vulnerable => Style::Vulnerable,
            StyleOption::Educational => Style::Educational,
            StyleOption::Spiritual => Style::Spiritual,
            StyleOption::Motivational => Style::Motivational,
            StyleOption::Formal => Style::Formal,
        }
    }
}

/// How somebody is doing, as they write it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct CheckInForm {
    goal: String,
    obstacle: String,
    feeling: String,
}

impl Form for CheckInForm {
    const NAME: &'static str = "check-in";
    const FIELDS: &'static [Field] = &[
        field("goal", msg!(coach_goal_label), true),
        field("obstacle", msg!(coach_obstacle_label), true),
        field("feeling", msg!(coach_feeling_label), false),
    ];
}

/// What somebody who leads wants to know.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct QuestionForm {
    question: String,
}

impl Form for QuestionForm {
    const NAME: &'static str = "question";
    const FIELDS: &'static [Field] = &[field("question", msg!(coach_question_label), true)];
}

const fn field(name: &'static str, label: crate::words::Msg, required: bool) -> Field {
    Field { name, label, hint: None, style: Input::Paragraph, max_chars: TEXT_CHARS, required }
}

fn check_in_frame((): &()) -> Frame {
    Frame::titled(msg!(coach_check_in_form))
}

fn question_frame((): &()) -> Frame {
    Frame::titled(msg!(coach_question_form))
}

/// What is pressed.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// What somebody who leads has to do with was chosen.
    Lead,
}

/// What is to be asked of the model.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Work {
    Learn { topic: String },
    Caption { topic: String, style: u8 },
    CheckIn(CheckInForm),
    Lead { question: String },
}

/// The styles by the numbers by which promises know them.
const STYLES: [Style; 6] =
    [Style::Punchy, Style::Vulnerable, Style::Educational, Style::Spiritual, Style::Motivational, Style::Formal];

async fn learn(_: Context, LearnTopic { topic }: LearnTopic) -> Result<Reply> {
    Ok(Reply::later(&Work::Learn { topic: said_something(&topic)? })?)
}

async fn caption(_: Context, CreateCaption { topic, style }: CreateCaption) -> Result<Reply> {
    let style = STYLES.iter().position(|it| *it == style.into()).unwrap_or_default();
    let style = u8::try_from(style).unwrap_or_default();
    Ok(Reply::later(&Work::Caption { topic: said_something(&topic)?, style })?)
}

async fn check_in(cx: Context, _: GrowthCheckIn) -> Result<Reply> {
    let id = cx.form_id::<CheckInForm>(&())?;
    Ok(Modal::new(cx.language, &check_in_frame(&()), id, &CheckInForm::default())?.into())
}

async fn checked_in(_: Context, (): (), form: CheckInForm) -> Result<Reply> {
    said_something(&form.goal)?;
    said_something(&form.obstacle)?;
    Ok(Reply::later(&Work::CheckIn(form))?)
}

async fn lead(cx: Context, _: LeaderHelp) -> Result<Reply> {
    Ok(screens::troubles(cx.language, cx.id(&Action::Lead)?).ephemeral(true).into())
}

async fn press(cx: Context, Action::Lead: Action, chosen: Vec<String>) -> Result<Reply> {
    match chosen.first().map(String::as_str) {
        Some(screens::OWN) => {
            let id = cx.form_id::<QuestionForm>(&())?;
            Ok(Modal::new(cx.language, &question_frame(&()), id, &QuestionForm::default())?.into())
        }
        Some(name) => {
            let question =
                screens::question_about(name).ok_or_else(|| Error::user(said!(interactions_outdated_press)))?;
            Ok(Reply::later(&Work::Lead { question: question.say(cx.language) })?)
        }
        None => Err(Error::user(said!(interactions_outdated_press))),
    }
}

async fn asked(_: Context, (): (), form: QuestionForm) -> Result<Reply> {
    Ok(Reply::later(&Work::Lead { question: said_something(&form.question)? })?)
}

/// What somebody wrote, if anybody would see something of it.
fn said_something(text: &str) -> Result<String> {
    let text: String = written(text).chars().take(TEXT_CHARS.max(TOPIC_CHARS).into()).collect();
    if text.is_empty() { Err(Error::user(said!(coach_nothing))) } else { Ok(text) }
}

/// Asks what was promised.
async fn finish(promise: Promise, work: Work) -> Result<Message> {
    let language = promise.language;
    let pair = |asked: String, text: String| (asked, text);
    let (matter, wrote) = match work {
        Work::Learn { topic } => (Matter::Topic, vec![pair(say!(language, coach_topic_label), topic)]),
        Work::Caption { topic, style } => {
            let style = STYLES.get(usize::from(style)).copied().unwrap_or(Style::Punchy);
            (Matter::Caption(style), vec![pair(say!(language, coach_topic_label), topic)])
        }
        Work::CheckIn(CheckInForm { goal, obstacle, feeling }) => {
            let fields = [
                (msg!(coach_goal_label), goal),
                (msg!(coach_obstacle_label), obstacle),
                (msg!(coach_feeling_label), feeling),
            ];
            let told = fields.into_iter().map(|(label, text)| pair(label.say(language), written(&text)));
            (Matter::CheckIn, told.filter(|(_, text)| !text.is_empty()).collect())
        }
        Work::Lead { question } => (Matter::Leading, vec![pair(say!(language, coach_question_label), question)]),
    };
    let (app, guild) = (&promise.app, promise.guild);
    let settings = app.settings.get::<Settings>(guild).await?;
    let advice = assist::advise(app, guild, promise.user, (matter, &wrote), (language, promise.now)).await?;
    Ok(screens::advice(language, &advice, settings.help_line.as_deref()))
}
