//! What the index finds.

use proptest::prelude::*;

use super::*;
use crate::knowledge::synonyms::{self, COMMON_WORDS, STOP_WORDS};

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
    check("wachtwoord kwijt", &[4, 1]);
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
fn a_question_about_something_else_has_no_answer() {
    let index = Index::build(
        &[
            entry(1, "Refund for a purchase", "Ask within two weeks; thanks for your patience. We make no exceptions."),
            entry(2, "How do I read the news", "Open the news tab and choose a topic."),
            entry(3, "Een account maken", "Klik op het plusje en kies een wachtwoord van acht tekens."),
            entry(4, "Who are you", "A bot."),
            entry(5, "Crash report", "Send us the log of the crash; a moderator looks at it the same day."),
        ],
        &[],
    );
    let check = |question: &str, expected: &[i32]| {
        let hits = index.search(question, 5);
        let found: Vec<i32> = hits.iter().filter(|hit| hit.answers).map(|hit| hit.number).collect();
        assert_eq!(found, expected, "{question}: {hits:?}");
        let first: Vec<bool> = index.search(question, 1).iter().map(|hit| hit.answers).collect();
        assert_eq!(first.first().copied().unwrap_or(false), !expected.is_empty(), "{question} with one result");
    };
    check("how do i bake bread", &[]);
    check("thanks", &[]);
    check("what is the", &[]);
    check("hoe bak ik een taart", &[]);
    check("is it going to rain in paris this weekend", &[]);
    check("🎉", &[]);
    check("refund", &[1]);
    check("can i get my money back for a purchase 😀", &[1]);
    check("hoe maak ik een account", &[3]);
    check("who are you?", &[4]);
    check("the game crashed, where does the log go", &[5]);
    // One word is there; those that say what it is about are not.
    check("can i make a kangaroo out of a violin", &[]);
}

#[test]
fn what_comes_close_by_a_common_word_is_no_answer() {
    let refund =
        entry(1, "How do I get a refund?", "Write to billing within 30 days.\nThe money is back a week later.");
    let password = entry(2, "Wachtwoord vergeten", "Klik op *Wachtwoord vergeten*; je krijgt een e-mail met een link.");
    let index = Index::build(&[refund, password], &[vec!["refund".to_owned(), "moolah".to_owned()]]);
    let check = |question: &str, first: i32, expected: bool| {
        let hits = index.search(question, 5);
        assert!(hits.first().is_some_and(|hit| (hit.number, hit.answers) == (first, expected)), "{question}: {hits:?}");
    };
    check("which hotel takes my dog for a week", 1, false);
    check("welk hotel neemt mijn hond een week", 1, false);
    check("moolah", 1, true);
    check("money back", 1, true);
    check("wachtwrd", 2, true);
}

#[test]
fn the_small_words_of_a_phrase_stand_for_nothing() {
    // "Get in" is "entry".
    let index =
        Index::build(&[entry(1, "Getting up", "In the morning we get up in turns."), entry(2, "Beds", "Two.")], &[]);
    assert_eq!(index.search("entrance", 5), []);
    let index = Index::build(&[entry(1, "Entrance", "At the back."), entry(2, "Beds", "Two.")], &[]);
    assert!(index.search("how do i get in", 5).first().is_some_and(|hit| hit.number == 1 && hit.answers));
}

#[test]
fn a_common_word_counts_less_than_a_rare_one() {
    let index = Index::build(
        &[entry(1, "Change", "Of the weather."), entry(2, "Colours", "Of a banner."), entry(3, "Rules", "Be kind.")],
        &[],
    );
    let found: Vec<i32> = index.search("change a banner", 2).iter().map(|hit| hit.number).collect();
    assert_eq!(found, [2, 1]);
}

#[test]
fn among_many_entries_more_is_needed() {
    let about = "where do i find bicycles and helmets";
    let answers = |others: i32| {
        let others =
            (2..others + 2).map(|number| entry(number, &format!("Chapter {number}"), "Words of another kind."));
        let documents: Vec<Document> = std::iter::once(entry(1, "Tours", "Helmets.")).chain(others).collect();
        Index::build(&documents, &[]).search(about, 1)[0].answers
    };
    assert!(answers(5) && !answers(450));
}

#[test]
fn stop_words_alone_find_nothing_that_comes_close() {
    let desk = desk();
    for question in ["where is the zebra", "how do I grow tulips"] {
        assert_eq!(desk.search(question, 5), [], "{question}");
    }
}

#[test]
fn a_guild_with_one_entry_gets_answers() {
    let index = Index::build(&[entry(1, "Refunds", "Ask within 30 days.")], &[]);
    let check = |question: &str, expected: bool| {
        let hits = index.search(question, 5);
        assert_eq!(hits.first().is_some_and(|hit| hit.answers), expected, "{question}: {hits:?}");
    };
    check("refund", true);
    check("can i get a refund for these headphones", true);
    check("money back", true);
    check("how do i bake bread", false);
    check("thirty days of rain in the forest", false);
}

#[test]
fn a_long_story_is_answered_by_what_it_asks() {
    let story = "Hi there! I hope somebody can look into this. I was at my cousin's place yesterday evening, we had a lot of fun, \
                 and when I came home I wanted to continue where I stopped. Now I cannot sign in, I think I forgot my \
                 password, and the form says it is wrong. Is there a way to reset the forgotten password without losing stuff?";
    let hits = desk().offer(story, 3);
    assert!(hits.first().is_some_and(|hit| hit.number == 1 && hit.answers), "{hits:?}");
}

#[test]
fn no_guess_outweighs_a_word_that_stands_there() {
    let check = |query: &str, guessed: Document, standing: Document| {
        let [guess, stand] = [guessed.number, standing.number];
        let filler = (10..30).map(|number| entry(number, &format!("Chapter {number}"), "Some words about a subject."));
        let documents: Vec<Document> = [guessed, standing].into_iter().chain(filler).collect();
        let hits = Index::build(&documents, &[]).search(query, 5);
        let score = |number| hits.iter().find(|hit| hit.number == number).map_or(0.0, |hit| hit.score);
        assert!(score(stand) > score(guess), "{query}: {hits:?}");
    };
    let long =
        |word: &str| format!("{} {word} {}", "A lot is told here of many things.".repeat(9), "And more.".repeat(9));
    check("pas", entry(1, "Wachtwoord vergeten", "Je wachtwoord, pass of ww."), entry(2, "Kaarten", &long("pas")));
    check("bot", entry(1, "Boat boat", "The boat."), entry(2, "Music", &long("bot")));
    check(
        "bot",
        entry(1, "De boot en het boat", "De boot."),
        entry(2, "Muziek", "Een bot die het voor je speelt, als je dat wil."),
    );
    check("refund", entry(1, "Money back", "Your money back, reimburse."), entry(2, "Shop", &long("refund")));
    check("rollen", entry(1, "Rolluik", "Het rolluik."), entry(2, "Kleuren", &long("rollen")));
    check("error 2001", entry(1, "Code 2002", "The error 2002."), entry(2, "Codes", &long("error 2001")));
}

#[test]
fn however_it_is_written_it_is_found() {
    let index = Index::build(
        &[
            entry(1, "Requires iOS 17", "An update of the phone."),
            entry(2, "Needs android14 or later", "An update of the tablet."),
            entry(3, "Hauptstraße 5", "Our office."),
            entry(4, "Party time 🎉", "Events of this month."),
            entry(5, "Error E-2001", "Restart the launcher."),
            entry(6, "Error E-2002", "Update the driver."),
        ],
        &[],
    );
    let check = |query: &str, expected: i32| {
        let hits = index.search(query, 3);
        assert!(hits.first().is_some_and(|hit| hit.number == expected && hit.answers), "{query}: {hits:?}");
    };
    check("ios17", 1);
    check("iOS 17", 1);
    check("android 14", 2);
    check("ANDROID14", 2);
    check("hauptstrasse", 3);
    check("HAUPTSTRASSE 5", 3);
    check("🎉", 4);
    check("e2001", 5);
    check("E-2001", 5);
    check("2002", 6);
    check("error e2002", 6);
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
        let found: Vec<i32> = desk.suggest(typed, 3).into_iter().map(|(number, _)| number).collect();
        assert!(found.starts_with(expected), "{typed}: {found:?}");
    };
    check("", &[9, 1, 2]);
    assert!(desk.suggest("qqqqqqqq", 3).is_empty());
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
        let found: Vec<i32> = index.suggest(typed, limit).into_iter().map(|(number, _)| number).collect();
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
fn lists_of_words_are_sorted() {
    assert!(STOP_WORDS.is_sorted() && COMMON_WORDS.is_sorted());
    assert!(!COMMON_WORDS.iter().any(|word| STOP_WORDS.contains(word)));
}

#[test]
fn a_group_of_synonyms_says_a_thing_in_several_ways() {
    for group in synonyms::groups() {
        let mut phrases = group.to_vec();
        phrases.sort_unstable();
        phrases.dedup();
        assert!(phrases.len() == group.len() && group.len() > 1, "{group:?}");
    }
}

#[test]
fn everyday_words_have_twins_in_both_languages() {
    let index = Index::build(
        &[
            entry(1, "Power cut", "The generator starts by itself."),
            entry(2, "Wedstrijd afgelast", "Je hoort het op vrijdag."),
            entry(3, "Expelled from the club", "The board decides."),
        ],
        &[],
    );
    let check = |question: &str, expected: i32| {
        let hits = index.search(question, 3);
        assert!(hits.first().is_some_and(|hit| hit.number == expected && hit.answers), "{question}: {hits:?}");
    };
    check("wat doe ik bij stroomuitval", 1);
    check("is it called off", 2);
    check("they kick out a member", 3);
    check("kunnen ze me eruit gooien", 3);
}

#[test]
fn a_place_of_what_only_has_stop_words_is_taken_by_what_comes_closest() {
    let texts = ["money", "money", "money", "the", "money"];
    let documents: Vec<Document> = texts.iter().zip(1..).map(|(text, number)| entry(number, text, "x")).collect();
    let groups = [vec!["refund".to_owned(), "money".to_owned()]];
    let index = Index::build(&documents, &groups);
    let all = index.search("the refund", 5);
    assert_eq!(index.search("the refund", 1), all[..1], "{all:?}");
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
    fn a_few_results_are_the_first_of_many(
        texts in prop::collection::vec(prop::collection::vec("[ab]{4}|[cd]{5}s?|refund|money|the", 1..9), 1..60),
        query in prop::collection::vec("[ab]{4}|[cd]{5}|refund|the", 1..7),
        limit in 0usize..9,
    ) {
        let texts = texts.iter().zip(1..).map(|(words, number)| entry(number, &words[0], &words[1..].join(" ")));
        let index = Index::build(&texts.collect::<Vec<_>>(), &[]);
        let query = query.join(" ");
        // With as many results as entries nothing is passed over.
        let all = index.search(&query, index.len());
        let few: Vec<Hit> = all.iter().copied().take(limit).collect();
        prop_assert_eq!(index.search(&query, limit), few);
        prop_assert!(all.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
}
