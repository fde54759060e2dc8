//! What operators watch: every metric has its line in the docs, and what the dashboard and the alerts ask for is counted.

use std::collections::BTreeSet;

use crate::sources::library;

fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The first literal behind each of these macros.
fn named(code: &str, macros: &[&str]) -> BTreeSet<String> {
    let behind = |name: &&str| code.split(&format!("{name}!(")).skip(1).map(str::to_owned).collect::<Vec<_>>();
    let literal = |rest: String| Some(rest.trim_start().strip_prefix('"')?.split('"').next()?.to_owned());
    macros.iter().flat_map(behind).filter_map(literal).collect()
}

#[test]
fn every_metric_is_described_and_what_is_watched_is_counted() {
    let code: String = library().into_iter().map(|(_, code)| code).collect();
    let counted = named(&code, &["counter", "gauge", "histogram"]);
    let described = named(&code, &["describe_counter", "describe_gauge", "describe_histogram"]);
    assert!(counted.len() > 15, "this test no longer finds metrics: {counted:?}");
    assert_eq!(counted, described);
    let docs = read("docs/operations.md");
    let missing: Vec<_> = counted.iter().filter(|name| !docs.contains(&format!("`{name}"))).collect();
    assert!(missing.is_empty(), "docs/operations.md says nothing of {missing:?}");

    let dashboard = read("docs/monitoring/grafana.json");
    let shown: serde_json::Value = serde_json::from_str(&dashboard).expect("it is JSON");
    assert!(shown["panels"].as_array().is_some_and(|panels| !panels.is_empty()));
    for (file, text) in [("grafana.json", &dashboard), ("alerts.yml", &read("docs/monitoring/alerts.yml"))] {
        let word = |letter: char| letter.is_ascii_lowercase() || letter == '_';
        let words: BTreeSet<&str> = text.split(|letter| !word(letter)).collect();
        let ours =
            |word: &&&str| ["_total", "_seconds", "_bucket", "_sum", "_count"].iter().any(|end| word.ends_with(end));
        let bare = |word: &str| {
            let ends = ["_bucket", "_sum", "_count"];
            ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word).to_owned()
        };
        let unknown: Vec<_> =
            words.iter().filter(ours).map(|word| bare(word)).filter(|it| !counted.contains(it)).collect();
        assert!(unknown.is_empty(), "{file} asks for {unknown:?}");
    }
    let unwatched: Vec<_> = counted.iter().filter(|name| !dashboard.contains(*name)).collect();
    assert!(unwatched.is_empty(), "the dashboard does not show {unwatched:?}");
}
