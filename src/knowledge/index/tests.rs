//! What the index finds.

use proptest::prelude::*;
use serde_json::Value;

use super::rank::best;
use super::*;
use crate::knowledge::synonyms::STOP_WORDS;

fn entry(number: i32, title: &str, answer: &str) -> Document {
    Document { number, title: title.to_owned(), answer: answer.to_owned(), ..Document::default() }
}

fn desk() -> Index {
    let documents = [
        entry(1, "Reset a forgotten password", "Open the sign-in form."),
        entry(2, "Een ander e-mailadres instellen", "Klik op het potlood naast je adres."),
        entry(3, "Set up 2FA", "Scan the code with an authenticator app."),
        entry(4, "Wachtwoordbeheer", "Een kluis voor je wachtwoorden."),
        entry(5, "C++ for beginners", "A course of four weeks."),
        entry(6, "VPN en proxy's", "Zet je VPN uit; foutcode E-1042 verdwijnt dan."),
        Document { pinned: true, ..entry(9, "Rules", "Be kind.") },
        entry(8, "إعادة تعيين كلمة المرور", "パスワードを忘れた"),
    ];
    Index::build(&documents, &[vec!["tresor".to_owned(), "kluis".to_owned(), "key box".to_owned()]])
}

#[test]
fn questions_find_entries() {
    let desk = desk();
    let check = |query: &str, expected: &[i32]| {
        let found: Vec<i32> = desk.search(query, 3).iter().map(|hit| hit.number).collect();
        assert!(found.starts_with(expected), "{query}: {found:?}");
    };
    check("password", &[1]);
    check("paswords", &[1]);
    check("PASSWROD", &[1]);
    check("wachtwoord kwijt", &[1, 4]);
    check("beheer", &[4]);
    check("proxyserver", &[6]);
    check("wacht woord", &[4]);
    check("mail", &[2]);
    check("EMAIL", &[2]);
    check("e-mail adres", &[2]);
    check("login", &[1]);
    check("two factor", &[3]);
    check("mfa", &[3]);
    check("c++", &[5]);
    check("vpn", &[6]);
    check("1042", &[6]);
    check("e1042", &[6]);
    check("tresor", &[4]);
    check("where is my key box", &[4]);
    check("المرور", &[8]);
    check("忘れ", &[8]);
    check("is", &[]);
}

#[test]
fn a_bare_number_is_no_reason_to_offer_an_answer() {
    let desk = desk();
    let check = |about: &str, expected: &[i32]| {
        let found: Vec<i32> = desk.offer(about, 3).iter().map(|hit| hit.number).collect();
        assert_eq!(found, expected, "{about}");
    };
    check("1042", &[]);
    check("#1042, 1042!", &[]);
    check("order 1042", &[]);
    check("VPN 1042", &[6]);
    check("E-1042", &[6]);
}

#[test]
fn questions_without_a_word_find_nothing() {
    for query in ["", " \n", "?!…", "🎉", "qqqqqqqq"] {
        assert_eq!(desk().search(query, 5), [], "{query}");
    }
    assert_eq!(Index::build(&[], &[]).search("password", 5), []);
    assert_eq!(desk().search("password", 0), []);
}

#[test]
fn typing_finds_entries() {
    let desk = desk();
    let check = |typed: &str, expected: &[i32]| {
        let found: Vec<i32> = desk.suggest(typed, 3).iter().map(|hit| hit.number).collect();
        assert!(found.starts_with(expected), "{typed}: {found:?}");
    };
    check("", &[9, 1, 2]);
    assert_eq!(desk.suggest("qqqqqqqq", 3), []);
    check("?", &[9, 1, 2]);
    check("pas", &[1]);
    check("forgotten pa", &[1]);
    check("forgoten pa", &[1]);
    check("pssw", &[1]);
    check("wachtw", &[4]);
    check("klui", &[4]);
    check("v", &[6]);
}

#[test]
fn answers_fill_up_what_titles_leave() {
    let title = |number| entry(number, "Refund", "");
    let index = Index::build(&[entry(1, "Gift", "Ask for a refund of the gift."), title(2), title(3)], &[]);
    let check = |typed: &str, limit: usize, expected: &[i32]| {
        let found: Vec<i32> = index.suggest(typed, limit).iter().map(|hit| hit.number).collect();
        assert_eq!(found, expected, "{typed}, {limit}");
    };
    check("refund", 3, &[2, 3, 1]);
    check("refund", 2, &[2, 3]);
    check("gift refund", 2, &[1, 2]);
    check("ask", 2, &[1]);
    check("of the ", 2, &[1]);
}

#[test]
fn equal_scores_are_in_order() {
    let same = |number, pinned| Document { pinned, ..entry(number, "Same", "") };
    let index = Index::build(&[same(3, false), same(7, true), same(1, false), same(5, true)], &[]);
    let found: Vec<i32> = index.search("same", 9).iter().map(|hit| hit.number).collect();
    assert_eq!(found, [5, 7, 1, 3]);
}

#[test]
fn an_entry_is_known_by_its_number() {
    let desk = desk();
    assert_eq!(desk.title(9), Some("Rules"));
    assert_eq!(desk.title(5), Some("C++ for beginners"));
    assert_eq!(desk.title(7), None);
    assert_eq!(desk.len(), 8);
    assert!(!desk.is_empty() && Index::build(&[], &[]).is_empty());
    assert!(desk.weight() > 1000);
}

#[test]
fn stop_words_are_sorted() {
    assert!(STOP_WORDS.is_sorted());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]
    #[test]
    fn any_text_is_indexed_and_searched(texts in prop::collection::vec("\\PC{0,40}", 1..6), query in "\\PC{0,80}") {
        let documents: Vec<Document> = texts.iter().zip(1..).map(|(text, number)| entry(number, text, text)).collect();
        let index = Index::build(&documents, std::slice::from_ref(&texts));
        for query in texts.iter().chain([&query]) {
            prop_assert!(index.search(query, 3).iter().all(|hit| hit.score > 0.0));
            index.suggest(query, 3);
        }
    }

    #[test]
    fn the_best_scores_are_those_of_a_sorted_list(
        scores in prop::collection::vec(0u8..9, 0..99),
        limit in 0usize..30,
    ) {
        let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
        let mut sorted: Vec<(usize, f32)> = scores.iter().copied().enumerate().collect();
        sorted.retain(|&(_, score)| score > 0.0);
        sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
        sorted.truncate(limit);
        prop_assert_eq!(best(&scores, limit), sorted);
    }
}

/// What share of the held-back questions finds its entry among the first five, and the mean
/// reciprocal rank. The weights were chosen on the other half of the questions.
fn measure(ask: impl Fn(&Index, &str) -> Vec<Hit>, mut typed: impl FnMut(&str) -> String) -> (f64, f64) {
    let rows = |file: &str| file.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let number = |value: &Value| value.as_i64().unwrap() as i32;
    let documents: Vec<Document> = rows(include_str!("../../../fixtures/search/entries.jsonl"))
        .iter()
        .map(|row| Document {
            number: number(&row["number"]),
            title: text(&row["title"]),
            answer: text(&row["answer"]),
            keywords: row["keywords"].as_array().unwrap().iter().map(text).collect(),
            category: Some(text(&row["category"])),
            pinned: row["pinned"].as_bool().unwrap(),
        })
        .collect();
    let index = Index::build(&documents, &[]);
    let questions = rows(include_str!("../../../fixtures/search/questions.jsonl"));
    let held: Vec<&Value> = questions.iter().filter(|row| row["split"] == "held").collect();
    let (mut among_five, mut reciprocal) = (0.0, 0.0);
    for row in &held {
        let hits = ask(&index, &typed(&text(&row["question"])));
        if let Some(place) = hits.iter().position(|hit| hit.number == number(&row["entry"])) {
            among_five += f64::from(u8::from(place < 5));
            reciprocal += 1.0 / (place + 1) as f64;
        }
    }
    (among_five / held.len() as f64, reciprocal / held.len() as f64)
}

/// Makes one typing mistake in one of the longer words, another for every call.
fn mistype(question: &str, seed: &mut u64) -> String {
    let mut random = |below: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize % below
    };
    let mut words: Vec<Vec<char>> = question.split(' ').map(|word| word.chars().collect()).collect();
    let long: Vec<usize> = (0..words.len()).filter(|&at| words[at].len() >= 4).collect();
    if long.is_empty() {
        return question.to_owned();
    }
    let word = &mut words[long[random(long.len())]];
    let at = random(word.len() - 1);
    let letter = char::from(b'a' + random(26) as u8);
    match random(4) {
        0 => drop(word.remove(at)),
        1 => word.insert(at, letter),
        2 => word[at] = letter,
        _ => word.swap(at, at + 1),
    }
    words.iter().map(|word| word.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[test]
fn paraphrased_questions_find_their_entry() {
    let (among_five, reciprocal) = measure(|index, query| index.search(query, 10), str::to_owned);
    assert!(among_five >= 0.86, "hit@5 {among_five:.3}");
    assert!(reciprocal >= 0.77, "MRR {reciprocal:.3}");
}

#[test]
fn questions_find_their_entry_while_they_are_typed() {
    let (among_five, reciprocal) = measure(|index, query| index.suggest(query, 10), str::to_owned);
    assert!(among_five >= 0.86, "hit@5 {among_five:.3}");
    assert!(reciprocal >= 0.75, "MRR {reciprocal:.3}");
}

#[test]
fn questions_with_a_typing_mistake_find_their_entry() {
    let mut seed = 1;
    let (among_five, _) = measure(|index, query| index.search(query, 10), |query| mistype(query, &mut seed));
    assert!(among_five >= 0.78, "hit@5 {among_five:.3}");
}
