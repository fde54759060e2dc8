//! One call through all that a server may not take: parameters, and shapes of answers.

use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::answer::{self, Said};
use super::chat::{self, Chat, Form, Message};
use super::error::{Error, Reason};
use super::gate::Turn;
use super::learned::{Known, Shape};
use super::send::Failed;
use super::{Service, Spending, end_of};

/// So much of an answer that is no form is shown to the model again.
const MOST_REPAIRED: usize = 8_000;

/// A call while it is made.
pub(super) struct Talk<'a> {
    service: &'a Service,
    chat: &'a Chat<'a>,
    form: Option<&'a Form<'a>>,
    model: &'a str,
    known: Known,
    pub(super) began: Instant,
    deadline: Instant,
    pub(super) spent: Spending,
}

/// Why a shape has no answer.
enum Miss {
    /// A plainer one may have: the server did not take this one, or did not keep to it.
    Shape {
        is_refused: bool,
        error: Error,
    },
    Error(Error),
}

impl From<Miss> for Error {
    fn from(miss: Miss) -> Error {
        match miss {
            Miss::Shape { error, .. } | Miss::Error(error) => error,
        }
    }
}

impl<'a> Talk<'a> {
    pub(super) fn new(service: &'a Service, chat: &'a Chat<'a>, form: Option<&'a Form<'a>>) -> Talk<'a> {
        let model = service.chosen(chat.model);
        let known = service.learned.of(service.address.as_str(), model);
        let began = Instant::now();
        let deadline = end_of(began, chat.deadline);
        Talk { service, chat, form, model, known, began, deadline, spent: Spending::default() }
    }

    async fn turn(&self) -> Result<Turn<'a>, Error> {
        self.service.chat.gate.wait(Some(self.chat.guild), self.deadline).await
    }

    /// Asks for text.
    pub(super) async fn write(&mut self) -> Result<String, Error> {
        let _turn = self.turn().await?;
        Ok(self.ask(Shape::Text, &[]).await?)
    }

    /// Asks for the form, in ever plainer shapes.
    pub(super) async fn fill<T: DeserializeOwned>(&mut self, form: &Form<'_>) -> Result<T, Error> {
        let _turn = self.turn().await?;
        let learned = self.known.shape(Instant::now());
        let mut shape = learned.unwrap_or_default();
        // One bad answer says nothing against a shape that has worked; a server that refuses it does.
        let mut is_news = learned.is_none();
        loop {
            let text = match (self.ask(shape, &[]).await, shape.plainer()) {
                (Ok(text), _) => text,
                (Err(Miss::Shape { is_refused, .. }), Some(plainer)) => {
                    is_news |= is_refused;
                    shape = plainer;
                    continue;
                }
                (Err(miss), _) => return Err(miss.into()),
            };
            let filled = match (chat::read_form(&text), shape.plainer()) {
                (Ok(filled), _) => filled,
                (Err(_), Some(plainer)) => {
                    shape = plainer;
                    continue;
                }
                (Err(problem), None) => self.repair(&text, &problem, form).await?,
            };
            if is_news {
                self.service.learned.remember_shape(self.service.address.as_str(), self.model, shape, Instant::now());
            }
            return Ok(filled);
        }
    }

    async fn repair<T: DeserializeOwned>(&mut self, text: &str, problem: &str, form: &Form<'_>) -> Result<T, Error> {
        let text: String = text.chars().take(MOST_REPAIRED).collect();
        let text = self.ask(Shape::Text, &chat::repair(&text, problem)).await?;
        chat::read_form(&text).map_err(|_| {
            // The problem quotes the answer, so it is not told.
            let reason = Reason::new("no form in the answer, nor after a repair").with("form", Some(form.name), None);
            Error::NotUnderstood(reason)
        })
    }

    /// Asks in one shape, without the parameters that turn out not to be taken.
    async fn ask(&mut self, shape: Shape, more: &[Message]) -> Result<String, Miss> {
        loop {
            let form = self.form.map(|form| (form, shape));
            let json = chat::body(self.chat, self.model, &self.known, form, more);
            let body = json.to_string().into_bytes();
            let sent_bytes = body.len();
            let posted = self.service.post(&self.service.chat, self.model, body, self.deadline).await;
            self.spent.requests += posted.sent;
            self.spent.add_lost(posted.lost, sent_bytes);
            let read = posted.result.and_then(|answer| {
                let said = answer::read_chat(&answer).map_err(Failed::Complaint)?;
                Ok((said, answer.len()))
            });
            let complaint = match read {
                Ok((Said { text, usage }, answer_bytes)) => {
                    self.spent.add(usage, sent_bytes, answer_bytes);
                    return text.map_err(|error| self.judge(error));
                }
                Err(Failed::Complaint(complaint)) => complaint,
                Err(failed) => return Err(Miss::Error(self.service.error(failed))),
            };
            // Each change takes something away, so this ends.
            if let Some(change) = self.known.change(&complaint, |name| json.get(name).is_some()) {
                self.known.apply(change);
                self.service.learned.remember(self.service.address.as_str(), self.model, |known| known.apply(change));
                continue;
            }
            let is_refused = self.form.is_some() && complaint.may_be_about_form();
            let error = self.service.error(Failed::Complaint(complaint));
            return Err(if is_refused { Miss::Shape { is_refused, error } } else { Miss::Error(error) });
        }
    }

    /// Some servers say nothing at all where a form is asked for that they cannot keep to.
    fn judge(&self, error: Error) -> Miss {
        match error {
            Error::NotUnderstood(_) if self.form.is_some() => Miss::Shape { is_refused: false, error },
            error => Miss::Error(error),
        }
    }
}
