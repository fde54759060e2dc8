//! Whether a program takes what it is sent.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};

use super::Problem;
use crate::said;

/// What is sent, of which a program says in `Accept` what it takes.
const SENT: [&str; 4] = ["application/json", "text/csv", "application/jsonl", "text/plain"];

/// Whether a program takes something of what is sent (<https://www.rfc-editor.org/rfc/rfc9110#field.accept>).
pub(super) fn check_accept(headers: &HeaderMap) -> Result<(), Problem> {
    let mut wishes = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    if wishes.peek().is_none() {
        return Ok(());
    }
    let takes = |wish: &str| {
        let (range, parameters) = wish.split_once(';').unwrap_or((wish, ""));
        let range = range.trim().to_ascii_lowercase();
        let refused = parameters.split(';').any(|it| {
            it.trim().strip_prefix("q=").is_some_and(|weight| weight.parse::<f32>().is_ok_and(|it| it <= 0.0))
        });
        let fits = |sent: &&str| match range.split_once('/') {
            Some(("*", "*")) => true,
            Some((kind, "*")) => sent.split('/').next() == Some(kind),
            _ => *sent == range,
        };
        !refused && SENT.iter().any(fits)
    };
    match wishes.flat_map(|it| it.split(',')).any(takes) {
        true => Ok(()),
        false => Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable", said!(api_not_acceptable))),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_program_takes_what_it_says() {
        let check = |accept: Option<&'static str>, expected: bool| {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(ACCEPT, HeaderValue::from_static(accept));
            }
            assert_eq!(check_accept(&headers).is_ok(), expected, "{accept:?}");
        };
        check(None, true);
        check(Some("*/*"), true);
        check(Some("application/json; charset=utf-8"), true);
        check(Some("text/html, application/*;q=0.5"), true);
        check(Some("text/csv"), true);
        check(Some("text/html"), false);
        check(Some("application/json;q=0"), false);
    }
}
