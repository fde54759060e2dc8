use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;

pub(super) fn passage(id: &str, text: &str) -> Passage {
    Passage {
        id: id.to_owned(),
        text: text.to_owned(),
        label: format!("FAQ #{id}0"),
        link: Some(format!("https://discord.com/channels/1/2/{id}0")),
    }
}

pub(super) fn own() -> Own {
    Own { links: vec!["docs.club.example".to_owned()], mentions: vec!["<#77>".to_owned()] }
}

pub(super) fn judged(passages: &[Passage], ticket: &[&str], answer: Value) -> Verdict {
    let ticket: Vec<String> = ticket.iter().map(|text| (*text).to_owned()).collect();
    judge(&Answer::read(&answer), &Ground { passages, ticket: &ticket, own: &own() })
}

/// What becomes of one sentence.
fn fate(passages: &[Passage], ticket: &[&str], sentence: Value) -> Result<Vec<String>, Why> {
    let verdict = judged(passages, ticket, json!({"sentences": [sentence]}));
    match (verdict.kept.into_iter().next(), verdict.dropped.into_iter().next()) {
        (Some(kept), None) => Ok(kept.sources),
        (None, Some((_, why))) => Err(why),
        other => panic!("one or the other: {other:?}"),
    }
}

/// How many lines of a half of the sentences, and those judged otherwise than they should be.
fn judge_half(half: &str) -> (BTreeMap<&'static str, usize>, Vec<String>) {
    let (mut counts, mut wrong) = (BTreeMap::new(), Vec::new());
    for line in include_str!("../../../fixtures/assist/sentences.tsv").lines().filter(|line| line.starts_with(half)) {
        let [_, wanted, text, ticket, sentence] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}")
        };
        let quote = text.chars().take(200).collect::<String>();
        let claim = json!({"text": sentence, "sources": ["1"], "quote": quote});
        let got = match fate(&[passage("1", text)], &[ticket], claim) {
            Ok(_) => "stands",
            Err(Why::MadeUp(FactKind::Link)) => "link",
            Err(Why::MadeUp(_)) => "fact",
            Err(Why::Unsupported) => "support",
            Err(other) => panic!("{other:?}: {line}"),
        };
        let column = if wanted == "stands" { "stands" } else { "dropped" };
        *counts.entry(column).or_default() += 1;
        if got != wanted {
            wrong.push(format!("{got}: {line}"));
        }
    }
    (counts, wrong)
}

#[test]
fn sentences_stand_or_fall_as_their_sources_say() {
    let (counts, wrong) = judge_half("tune");
    assert_eq!(counts, BTreeMap::from([("dropped", 26), ("stands", 25)]));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sentences_that_were_held_back_do_so_too() {
    let (counts, wrong) = judge_half("held");
    assert_eq!(counts, BTreeMap::from([("dropped", 33), ("stands", 55)]));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_source_is_known_by_its_id_or_its_label() {
    let passages = [passage("1", "Roles are chosen in the channel."), passage("2", "Refunds take a while.")];
    let check = |sources: Value, expected: Result<&[&str], Why>| {
        let fate = fate(&passages, &[], json!({"text": "Roles are chosen in the channel.", "sources": sources}));
        let fate = fate.as_ref().map(|ids| ids.iter().map(String::as_str).collect::<Vec<_>>()).map_err(|why| *why);
        assert_eq!(fate, expected.map(<[&str]>::to_vec), "{sources}");
    };
    check(json!(["1"]), Ok(&["1"]));
    check(json!(1), Ok(&["1"]));
    check(json!("[FAQ #10]"), Ok(&["1"]));
    check(json!(["source 1", "99", "FAQ #20"]), Ok(&["1", "2"]));
    check(json!(["99"]), Err(Why::UnknownSource));
    check(json!("[FAQ #99]"), Err(Why::UnknownSource));
    check(json!(["#", ""]), Err(Why::UnknownSource));
    check(json!([]), Err(Why::NoSource));
}

#[test]
fn a_quotation_is_in_a_passage_that_is_named() {
    let passages = [passage("1", "Roles are chosen in the channel."), passage("2", "Refunds take a while.")];
    let check = |sources: Value, quote: Value, expected: Result<(), Why>| {
        let claim = json!({"text": "Roles are chosen in the channel.", "sources": sources, "quote": quote});
        assert_eq!(fate(&passages, &[], claim).map(|_| ()), expected);
    };
    check(json!(["1"]), json!("ROLES are “chosen”"), Ok(()));
    check(json!(["1", "2"]), json!(["roles are chosen", "refunds take a while"]), Ok(()));
    check(json!(["1"]), json!("refunds take a while"), Err(Why::QuoteNotThere));
    check(json!(["1"]), json!(["roles are chosen", "made up words"]), Err(Why::QuoteNotThere));
    // The one source that had it is not known.
    check(json!(["1", "9"]), json!("made up words"), Err(Why::QuoteNotThere));
    // A quotation that proves nothing is none.
    check(json!(["1"]), json!("the"), Ok(()));
    check(json!(["1"]), json!(null), Ok(()));
}

#[test]
fn a_translation_needs_a_quotation() {
    let passages = [passage("1", "Roles are chosen in the channel and not by staff.")];
    let text = "Wie meedoet, mag zelf de kleur en de rol van het account bepalen, en dat gaat niet via het loket.";
    let claim = |text: &str, quote: Value| json!({"text": text, "sources": [1], "quote": quote});
    let quote = || json!("roles are chosen in the channel");
    assert_eq!(fate(&passages, &[], claim(text, json!(null))), Err(Why::NoQuote));
    assert_eq!(fate(&passages, &[], claim(text, quote())), Ok(vec!["1".to_owned()]));
    // Even a right quotation does not make it about the same.
    let attack = "Stuur het wachtwoord van je bank naar ons, dan komt het in orde.";
    assert_eq!(fate(&passages, &[], claim(attack, quote())), Err(Why::Unsupported));
    assert_eq!(fate(&passages, &[], claim("You can.", json!(null))), Err(Why::NoQuote));
    assert_eq!(fate(&passages, &[], claim("You can.", quote())), Ok(vec!["1".to_owned()]));
}

#[test]
fn an_answer_is_more_than_polite() {
    let passages = [passage("1", "Roles are chosen in the channel.")];
    let polite = json!({"text": "Thanks for your message!", "sources": ["77"]});
    let verdict = judged(&passages, &[], json!({"sentences": [polite]}));
    assert_eq!(verdict.kept, [Kept { text: "Thanks for your message!".to_owned(), sources: Vec::new() }]);
    assert!(!verdict.is_answer());
    let sourced = json!({"text": "Roles are chosen in the channel.", "sources": ["1"]});
    assert!(judged(&passages, &[], json!({"sentences": [polite, sourced]})).is_answer());
    assert!(!judged(&passages, &[], json!({"answerable": false, "sentences": [polite, sourced]})).is_answer());
    assert!(!judged(&passages, &[], json!("Roles are chosen in the channel.")).is_answer());
    assert!(!judged(&passages, &[], json!({"sentences": []})).is_answer());
}

#[test]
fn what_is_too_long_too_much_or_said_before_is_dropped() {
    let passages = [passage("1", &"roles channel ".repeat(400))];
    let claim = |text: &str| json!({"text": text, "sources": ["1"]});
    let verdict = judged(&passages, &[], json!({"sentences": [claim("Roles channel."), claim("roles  CHANNEL!")]}));
    assert_eq!(verdict.kept.len(), 1);
    assert_eq!(verdict.dropped, [("roles CHANNEL!".to_owned(), Why::Twice)]);
    assert_eq!(fate(&passages, &[], claim(&"roles ".repeat(80))), Err(Why::TooLong));
    assert_eq!(fate(&passages, &[], claim("\u{200b}\u{2060}")), Err(Why::Empty));
    let many: Vec<Value> = (0..50).map(|at| claim(&format!("roles channel {}", "roles ".repeat(at)))).collect();
    let verdict = judged(&passages, &[], json!({"sentences": many}));
    assert_eq!(verdict.kept.len(), MOST_SENTENCES);
    assert!(verdict.dropped.iter().all(|(_, why)| *why == Why::TooMany));
}

#[test]
fn the_question_as_understood_is_shown_if_nothing_is_made_up() {
    let check = |understood: &str, expected: &str| {
        let verdict = judged(&[passage("1", "Roles.")], &["order 20418 is late"], json!({"understood": understood}));
        assert_eq!(verdict.understood, expected);
    };
    check("Where order 20418 is", "Where order 20418 is");
    check("# Where\nthe  order is", "Where the order is");
    check("Where order 5 is", "");
    check("See https://evil.example", "");
    check("@everyone", "");
    check(&"where ".repeat(50), "");
}

#[test]
fn what_leads_to_somebody_needs_more_than_a_text_that_says_so() {
    let text = "Ask in the channel: <#77>, <#78>, <@5>, @everyone, help@club.example, https://docs.club.example/a, https://evil.example/a";
    let check = |passage_text: &str, ticket: &str, word: &str, expected: Result<(), FactKind>| {
        let claim = json!({"text": format!("Ask in the channel {word}"), "sources": ["1"]});
        let fate = fate(&[passage("1", passage_text)], &[ticket], claim).map(|_| ());
        assert_eq!(fate, expected.map_err(Why::MadeUp), "{word} of {passage_text:?} and {ticket:?}");
    };
    // A passage says so.
    check(text, "", "<#77>", Ok(()));
    check(text, "", "<#78>", Err(FactKind::Mention));
    check(text, "", "<@5>", Err(FactKind::Mention));
    check(text, "", "@everyone", Err(FactKind::Mention));
    check(text, "", "help@club.example", Ok(()));
    check(text, "", "https://docs.club.example/a", Ok(()));
    check(text, "", "https://docs.club.example/a?q=secret", Err(FactKind::Link));
    check(text, "", "https://evil.example/a", Err(FactKind::Link));
    // Only the ticket does.
    check("Ask in the channel.", text, "<#77>", Err(FactKind::Mention));
    check("Ask in the channel.", text, "help@club.example", Err(FactKind::Email));
    check("Ask in the channel.", text, "https://docs.club.example/a", Err(FactKind::Link));
    check("Ask in the channel.", "order 20418 for €5", "about order 20418 for €5", Ok(()));
    // Where the passage itself is read.
    check("Ask in the channel.", "", "https://discord.com/channels/1/2/10", Ok(()));
    check("Ask in the channel.", "", "https://discord.com/channels/1/2/11", Err(FactKind::Link));
}

#[test]
fn forty_made_up_facts_reach_no_draft() {
    let text =
        "Refunds are possible up to 14 days after purchase, ask in <#77>. More: https://docs.club.example/refunds";
    let passages = [passage("1", text)];
    let made_up = [
        ("[FAQ #99]", json!(["FAQ #99"]), "Refunds are possible after purchase."),
        ("99", json!(["99", 98]), "Refunds are possible after purchase."),
        ("link", json!(["1"]), "Refunds are possible at https://evil.example/refunds after purchase."),
        ("other link", json!(["1"]), "Refunds are possible at https://docs.club.example/other after purchase."),
        ("price", json!(["1"]), "Refunds are possible for €25 after purchase."),
        ("number", json!(["1"]), "Refunds are possible up to 41 days after purchase."),
        ("mail", json!(["1"]), "Refunds are possible through refunds@club.example after purchase."),
        ("command", json!(["1"]), "Refunds are possible with /refund after purchase."),
    ];
    let quotes =
        [json!(null), json!("refunds are possible"), json!([text]), json!(""), json!("Refunds … after purchase")];
    let mut drafts = 0;
    for (name, sources, sentence) in &made_up {
        for quote in &quotes {
            let claim = json!({"text": sentence, "sources": sources, "quote": quote});
            let verdict = judged(&passages, &[], json!({"answerable": true, "sentences": [claim]}));
            assert!(!verdict.is_answer() && verdict.kept.is_empty(), "{name}: {verdict:?}");
            drafts += 1;
        }
    }
    assert_eq!(drafts, 40);
    // The same without what was made up.
    let claim =
        json!({"text": "Refunds are possible up to 14 days after purchase.", "sources": ["1"], "quote": quotes[1]});
    assert!(judged(&passages, &[], json!({"sentences": [claim]})).is_answer());
}

#[test]
fn the_time_grows_with_the_text_and_not_faster() {
    let passage_of = |times: usize| {
        let words = "Role <@1> €5 [a](https://x.example) one hundred and 12 March `x` \"y\" +32 2 555 ||a|| ```b K7-x ";
        vec![passage("1", &words.repeat(times))]
    };
    let took = |times: usize| {
        let passages = passage_of(times);
        let text = passages[0].text.clone();
        let claim = json!({"text": text, "sources": ["1"], "quote": text.clone()});
        let begun = std::time::Instant::now();
        judged(&passages, &[&text], json!({"understood": text, "sentences": [claim]}));
        begun.elapsed().as_secs_f64()
    };
    took(20);
    let (short, long) = (took(40), took(640));
    // Sixteen times the text; a square would be 256 times the time.
    assert!(long < short * 80.0, "{short} and {long} seconds");
}
