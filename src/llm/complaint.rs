//! Reads what servers complain about, to tell the kinds apart and to learn from it.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use super::error::{Error, Reason};

/// What is read of a complaint's text, which is looked through a few times.
const LONGEST_TEXT: usize = 2_000;

/// What a server complained about. The text often quotes what was asked, so it is looked at and never shown.
#[derive(Debug)]
pub(super) struct Complaint {
    /// Nothing where we complain ourselves.
    status: Option<StatusCode>,
    code: Option<String>,
    kind: Option<String>,
    param: Option<String>,
    /// In lower case.
    text: String,
    /// What the server asked to wait.
    pub(super) retry_after: Option<Duration>,
    /// What is wrong in words of ours.
    words: Option<&'static str>,
}

impl Complaint {
    /// An answer with `status`, which is not 200, and `body`.
    pub(super) fn read(status: StatusCode, body: &[u8], retry_after: Option<Duration>) -> Box<Complaint> {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let words =
            status.is_redirection().then_some("a redirect, which is not followed: set the address that it leads to");
        Box::new(Complaint { retry_after, words, ..Complaint::of(Some(status), &body) })
    }

    /// An answer with status 200 that holds an error.
    pub(super) fn inside(body: &Value) -> Box<Complaint> {
        let code = &body["error"]["code"];
        let number = code.as_u64().or_else(|| code.as_str()?.parse().ok()).and_then(|code| u16::try_from(code).ok());
        let status = number.filter(|number| (400..600).contains(number));
        let status = status.and_then(|number| StatusCode::from_u16(number).ok()).unwrap_or(StatusCode::BAD_GATEWAY);
        Box::new(Complaint::of(Some(status), body))
    }

    /// What we do not understand ourselves.
    pub(super) fn of_ours(words: &'static str) -> Box<Complaint> {
        Box::new(Complaint { words: Some(words), ..Complaint::of(None, &Value::Null) })
    }

    /// `{"error": {…}}` as OpenAI, `[{"error": {…}}]` as Google, `{"error": "…"}` as Ollama, `{"detail": …}` as FastAPI, or
    /// the error's fields at the top.
    fn of(status: Option<StatusCode>, body: &Value) -> Complaint {
        let body = if body.is_array() { &body[0] } else { body };
        let error = if body["error"].is_object() { &body["error"] } else { body };
        let name = |name: &str| match &error[name] {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let words = [&error["message"], &error["error"], &error["detail"], &error["msg"]];
        let text = words.into_iter().find(|words| !words.is_null()).map(|words| match words {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let text = text.unwrap_or_default().chars().take(LONGEST_TEXT).collect::<String>().to_lowercase();
        let (code, kind, param) = (name("code"), name("type"), name("param"));
        Complaint { status, code, kind, param, text, retry_after: None, words: None }
    }

    fn has_code(&self, codes: &[&str]) -> bool {
        let names = [&self.code, &self.kind];
        names.into_iter().flatten().any(|name| codes.iter().any(|code| name.eq_ignore_ascii_case(code)))
    }

    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|words| self.text.contains(words))
    }

    /// Whether the server does not take `parameter`, or not this value of it.
    ///
    /// OpenAI says so by `code` and `param`; others in words alone.
    pub(super) fn is_about(&self, parameter: &str) -> bool {
        if !matches!(self.status, Some(StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY)) {
            return false;
        }
        let by_code = self.has_code(&["unsupported_parameter", "unsupported_value"]);
        let by_words =
            self.says(&["unsupported", "not support", "unrecognized", "not permitted", "unknown", "deprecated"]);
        match &self.param {
            Some(param) => (by_code || by_words) && param.split('.').next() == Some(parameter),
            None => (by_code || by_words) && self.text.contains(parameter),
        }
    }

    /// Whether a plainer form of answer may be taken where this one was not. Many servers answer just “400”, so only what is
    /// clearly about something else is not.
    pub(super) fn may_be_about_form(&self) -> bool {
        let is_bad = matches!(self.status, Some(StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY));
        let other_parameter = self.param.as_deref().is_some_and(|param| !param.starts_with("response_format"));
        is_bad && !other_parameter && matches!(self.sort(), Sort::Else)
    }

    fn sort(&self) -> Sort {
        let status = self.status.map_or(0, |status| status.as_u16());
        let unpaid = ["insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance"];
        let long = ["context_length_exceeded", "string_above_max_length", "exceed_context_size_error"];
        let long_words = ["context length", "maximum context", "context size", "context window", "prompt is too long"];
        let filtered = ["content_filter", "content_policy_violation", "responsibleaipolicyviolation"];
        match status {
            _ if self.has_code(&unpaid) || self.says(&["credit balance"]) => Sort::NotPaid,
            402 => Sort::NotPaid,
            401 | 403 | 404 => Sort::NotAllowed,
            // Before 4xx are told apart by words: a limit may be one of tokens.
            429 => Sort::Busy,
            408 | 500.. => Sort::Down,
            413 => Sort::TooLong,
            _ if self.has_code(&long) || self.says(&long_words) => Sort::TooLong,
            _ if self.has_code(&filtered) => Sort::Refused,
            // Google answers 400 to a wrong key.
            _ if self.has_code(&["invalid_api_key", "model_not_found"]) || self.says(&["api key"]) => Sort::NotAllowed,
            _ => Sort::Else,
        }
    }

    /// Whether asking again may help: the server is there and has too much to do, or fails.
    pub(super) fn is_passing(&self) -> bool {
        match self.sort() {
            // Who does not say how long wants to be left alone.
            Sort::Busy => self.retry_after.is_some(),
            Sort::Down => self.status != Some(StatusCode::NOT_IMPLEMENTED),
            _ => false,
        }
    }

    /// Whether it tells that the server does not work.
    pub(super) fn is_failure(&self) -> bool {
        matches!(self.sort(), Sort::Down)
    }

    /// The error it stands for, without a part of `key` in it.
    pub(super) fn into_error(self, key: Option<&str>) -> Error {
        let words = self.words.map(str::to_owned);
        let words = words.or_else(|| self.status.map(|status| status.as_u16().to_string())).unwrap_or_default();
        let reason = Reason::new(words)
            .with("code", self.code.as_deref(), key)
            .with("type", self.kind.as_deref(), key)
            .with("param", self.param.as_deref(), key);
        match self.sort() {
            Sort::NotPaid => Error::NotPaid(reason),
            Sort::NotAllowed => Error::NotAllowed(reason),
            Sort::Busy => Error::Busy { retry_after: self.retry_after, reason },
            Sort::Down => Error::Down(reason),
            Sort::TooLong => Error::TooLong(reason),
            Sort::Refused => Error::Refused(reason),
            Sort::Else => Error::NotUnderstood(reason),
        }
    }
}

/// What a complaint is about.
enum Sort {
    NotPaid,
    NotAllowed,
    Busy,
    Down,
    TooLong,
    Refused,
    Else,
}
