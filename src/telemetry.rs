//! Logs and metrics.
//!
//! Neither holds a token, a key or what members write. Labels come from our own lists, so that their number is bounded.

use std::io::IsTerminal;
use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogFormat, Logging};

/// Seconds of the answer histogram. Discord gives up at 3 s and our handlers stop at 2.5 s.
const ANSWER_SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 3.0];

/// Starts writing log lines to standard error; also one for each panic, which says where and not what.
pub fn init(logging: &Logging) {
    let filter = logging.rust_log.0.clone();
    let registry = tracing_subscriber::registry().with(filter);
    // Colours are for people who watch, not for files.
    let colours = std::io::stderr().is_terminal();
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    match logging.log_format {
        LogFormat::Text => registry.with(layer).init(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true)).init(),
    }
    // A panic's message may quote what a member wrote.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

/// The process's metrics registry; the first call installs it.
pub fn metrics() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full("interaction_answer_seconds".into()), &ANSWER_SECONDS)
            .and_then(PrometheusBuilder::install_recorder)
            .expect("the buckets are not empty, and this is the only place that installs a recorder");
        describe();
        handle
    })
}

/// What this process has counted by a moment: what `/metrics` says.
pub struct Counted(String);

impl Counted {
    /// By now; all of it is written out for it.
    pub fn now() -> Counted {
        Counted(metrics().render())
    }

    /// What was counted by that name, with the labels of each.
    pub fn of(&self, name: &str) -> impl Iterator<Item = (Vec<(String, String)>, u64)> {
        self.0.lines().filter_map(move |line| read_count(line.strip_prefix(name)?))
    }
}

/// What stands behind a counter's name: `{route="/x",status="200"} 7`. Our labels hold no quotation marks.
fn read_count(rest: &str) -> Option<(Vec<(String, String)>, u64)> {
    let (labels, value) = match rest.strip_prefix('{') {
        Some(labelled) => labelled.rsplit_once("} ")?,
        None => ("", rest.strip_prefix(' ')?),
    };
    let label = |label: &str| {
        let (name, value) = label.split_once("=\"")?;
        Some((name.trim_start_matches(',').to_owned(), value.to_owned()))
    };
    Some((
        labels.split_terminator('"').collect::<Vec<_>>().chunks(2).filter_map(|it| label(&it.join("\""))).collect(),
        value.parse().ok()?,
    ))
}

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!("http_requests_total", "Requests by route and status.");
    describe_counter!(
        "connections_dropped_total",
        "Connections closed because they kept us waiting, or for want of room."
    );
    describe_counter!("accept_failures_total", "Connections that could not be accepted, as for want of descriptors.");
    describe_counter!("bodies_refused_total", "Bodies that were not read, by cause.");
    describe_histogram!("interaction_answer_seconds", "Time to answer an interaction, by command.");
    describe_counter!("interaction_outcomes_total", "Answers by command and outcome.");
    describe_counter!("signature_failures_total", "Requests refused with 401.");
    describe_counter!("interaction_repeats_total", "Interactions that were delivered a second time.");
    describe_counter!("discord_requests_total", "REST calls by route and status.");
    describe_counter!("discord_rate_limited_total", "REST calls that Discord answered with 429, by route.");
    describe_gauge!("discord_global_share", "Calls a second of Discord's limit that this process may make.");
    describe_gauge!("discord_authorized", "Whether Discord accepts the bot's token: 1, or 0.");
    describe_counter!("llm_calls_total", "Questions to the language model by what they are for and outcome.");
    describe_counter!(
        "text_vectors_total",
        "Vectors that were made of texts, and questions for some that were refused."
    );
    describe_counter!("llm_requests_total", "Requests to the language model's server by status.");
    describe_counter!("llm_repetitions_total", "Requests to it that were sent once more.");
    describe_counter!("llm_tokens_total", "Tokens that it counted, of what it was told and of what it wrote.");
    describe_histogram!("llm_call_seconds", "Time to an answer of the language model, with repetitions.");
    describe_gauge!("llm_left_alone", "Whether it is not asked for a while after many failures: 1, or 0.");
    describe_counter!("later_finished_total", "Deferred work by feature and outcome.");
    describe_gauge!("later_depth", "Deferred work that is not finished, over all instances.");
    describe_gauge!("database_connections", "Connections of this process by what they are for and their state.");
    describe_gauge!("clock_behind_seconds", "How far this machine's clock is behind the database's.");
    describe_counter!("clock_skews_total", "How often this machine's clock was found to be wrong by over 2 s.");
    describe_histogram!("knowledge_build_seconds", "Time to build a guild's search index.");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_read_with_its_labels() {
        let label = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let read = |line: &str| read_count(line);
        assert_eq!(
            read(r#"{route="/channels/{channel}",status="200"} 7"#),
            Some((vec![label("route", "/channels/{channel}"), label("status", "200")], 7))
        );
        assert_eq!(read(" 3"), Some((Vec::new(), 3)));
        // Another whose name is longer.
        assert_eq!(read("_more{a=\"b\"} 3"), None);
    }
}
