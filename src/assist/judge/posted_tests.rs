use proptest::prelude::*;
use serde_json::json;

use super::tests::{judged, own, passage};
use super::*;

#[test]
fn what_is_posted_calls_nobody_and_hides_nothing() {
    let passages = [passage("1", "See https://docs.club.example/start and <#77>, <@5>.")];
    let ground = Ground { passages: &passages, ticket: &[], own: &own() };
    let check = |text: &str, expected: &str| {
        let kept = vec![Kept { text: text.to_owned(), sources: vec!["1".to_owned()] }];
        let verdict = Verdict { kept, ..Verdict::default() };
        assert_eq!(post(&verdict, &ground).text, expected, "{text:?}");
    };
    check("@everyone, @Here and @@everyone", "everyone, Here and everyone");
    check("@every\u{200b}one @every||one|| @every<one", "everyone everyone everyone");
    check("<@5> <@!5> <@&5> <#5> <#77>", "@5> @!5> @&5> #5> <#77>");
    check("</ban:1> <t:1:R> <:x:1> <email-1>", "/ban:1> t:1:R> :x:1> <email-1>");
    check("[here](https://evil.example/x) now", "here now");
    check("see https://docs.club.example/start.", "see <https://docs.club.example/start>.");
    check("[start](https://docs.club.example/start)", "start <https://docs.club.example/start>");
    check("[FAQ #10](https://discord.com/channels/1/2/10)", "[FAQ #10](<https://discord.com/channels/1/2/10>)");
    check("[FAQ #99](https://discord.com/channels/1/2/10)", "FAQ #99 <https://discord.com/channels/1/2/10>");
    check("![FAQ #10](https://discord.com/channels/1/2/10)", "FAQ #10");
    check("![x](https://evil.example/?q=1)", "x");
    check("https:/[/evil.example](x)", "x");
    check("# HUGE", "HUGE");
    check(">>> ## -# HUGE", "HUGE");
    check("||# hidden||", "hidden");
    check("a `b", "a b");
    check("```sh\nrun\n```", "`sh run `");
    check("3 < 5 > 2, `x`, **b**", "3 < 5 > 2, `x`, **b**");
    check("\u{202e}abc \u{e0041}", "abc");
}

#[test]
fn a_draft_ends_with_a_whole_sentence() {
    let passages = [passage("1", "Roles.")];
    let ground = Ground { passages: &passages, ticket: &[], own: &own() };
    let kept = |text: String| Kept { text, sources: vec!["1".to_owned()] };
    let verdict = Verdict { kept: vec![kept("é".repeat(399) + "."); 6], ..Verdict::default() };
    let draft = post(&verdict, &ground);
    assert_eq!((draft.text.chars().count(), draft.left_out), (4 * 400 + 3, 2));
    assert_eq!(draft.sources, ["1"]);
    let steps = ["First:", "1. Open it.", "2. Close it.", "Done."].map(|text| kept(text.to_owned())).to_vec();
    assert_eq!(
        post(&Verdict { kept: steps, ..Verdict::default() }, &ground).text,
        "First:\n1. Open it.\n2. Close it. Done."
    );
}

#[test]
fn a_source_is_a_link_without_a_preview() {
    let mut source = passage("1", "");
    assert_eq!(link_to(&source), "[FAQ #10](<https://discord.com/channels/1/2/10>)");
    source.label = "a] @everyone [b".to_owned();
    assert_eq!(link_to(&source), r"[a\] everyone \[b](<https://discord.com/channels/1/2/10>)");
    source.link = Some("javascript:alert(1)".to_owned());
    source.label = "Rules".to_owned();
    assert_eq!(link_to(&source), "Rules");
}

fn soup() -> impl Strategy<Value = String> {
    let parts = [
        "@",
        "everyone",
        "here",
        "<",
        ">",
        "<@",
        "<#1>",
        "<@&5>",
        "|",
        "||",
        "~~",
        "`",
        "```",
        "[",
        "]",
        "(",
        ")",
        "](",
        "!",
        "https://",
        "http",
        ":",
        "//",
        "evil.example",
        "docs.club.example/start",
        "\\",
        "#",
        "# ",
        "-# ",
        "> ",
        " ",
        "\n",
        "x",
        "\u{200b}",
        "\u{202e}",
        "\u{e0041}",
        "\u{fe0f}",
        "\u{e000}",
        "😀",
        "<email-1>",
        "1",
        ".",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn whatever_is_posted_is_harmless(text in soup(), other in soup()) {
        let passages = [passage("1", &other)];
        let ground = Ground { passages: &passages, ticket: &[], own: &own() };
        let kept = |text: &String| Kept { text: text.clone(), sources: vec!["1".to_owned()] };
        let verdict = Verdict { kept: vec![kept(&text), kept(&other)], ..Verdict::default() };
        let posted = post(&verdict, &ground).text;
        let small = posted.to_lowercase();
        for bad in ["@everyone", "@here", "<@", "||", "~~", "``", "](", "evil.example/", "\u{200b}", "\u{202e}", "\u{e0041}"] {
            prop_assert!(!small.contains(bad), "{:?} in {:?}", bad, posted);
        }
        prop_assert!(!small.replace("<https://docs.club.example", "").contains("://"), "{:?}", posted);
        prop_assert!(!posted.lines().any(|line| line.starts_with("# ") || line.starts_with('>')), "{:?}", posted);
    }

    #[test]
    fn any_answer_is_judged(text in soup(), quote in "\\PC{0,30}", passage_text in soup()) {
        let claim = json!({"text": text, "sources": ["1"], "quote": quote});
        let verdict = judged(&[passage("1", &passage_text)], &[&text], json!({"understood": text, "sentences": [claim]}));
        prop_assert_eq!(verdict.kept.len() + verdict.dropped.len(), usize::from(!text.trim().is_empty()));
    }
}
