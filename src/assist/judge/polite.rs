//! Which sentences may stand without a source: those that say nothing.
//!
//! A polite sentence has no fact in it, and each of its clauses is one of six acts: a greeting, thanks, an apology, sympathy, an
//! offer to ask, a wish. A clause begins with the words of its act and goes on with nothing but the small words of courtesy, so
//! what it could say beyond is not in the language it is written in: there is no "no", no "will" and no "done" among them. The
//! lists are closed: a polite sentence that is not known is dropped, and nobody misses it; a word more could be a promise.

use super::fold::{as_it_looks, folded};

/// How a clause of an act begins, folded, one way behind a stroke, and which words may follow.
struct Act {
    begins: &'static str,
    goes_on: &'static str,
}

const ACTS: [Act; 6] = [GREETING, THANKS, APOLOGY, SYMPATHY, OFFER, WISH];

const GREETING: Act = Act {
    begins: "hi|hello|hey|good morning|good afternoon|good evening|good day|welcome|hallo|hoi|dag|beste|goedemorgen|\
         goedemiddag|goedenavond|goedendag|goeiedag|goede morgen|goede middag|welkom",
    goes_on: "there all allemaal again back terug weer",
};

const THANKS: Act = Act {
    begins: "thanks|thank you|many thanks|bedankt|alvast bedankt|dank je|dank u|dankjewel|hartelijk dank|\
         fijn dat je het vraagt",
    goes_on: COURTESY,
};

const APOLOGY: Act = Act {
    begins: "sorry|im sorry|i am sorry|were sorry|we are sorry|apologies|our apologies|we apologise|we apologize|\
         excuses|onze excuses|mijn excuses|het spijt ons|het spijt me|het spijt mij",
    goes_on: COURTESY,
};

const SYMPATHY: Act = Act {
    begins: "we understand|i understand|we can imagine|i can imagine|that sounds|you are not alone|youre not alone|\
         we begrijpen|ik begrijp|ik snap|dat klinkt|wat vervelend|wat jammer|dat is vervelend|dat is jammer|\
         je bent niet alleen|je staat er niet alleen voor",
    goes_on: COURTESY,
};

const OFFER: Act = Act {
    begins: "let us know|let me know|feel free to ask|feel free to reply|do not hesitate to ask|dont hesitate to ask|\
         do not hesitate to reach out|dont hesitate to reach out|laat het ons weten|laat het ons gerust weten|\
         laat het weten|laat het gerust weten|laat het maar weten|laat maar weten|laat gerust weten|\
         aarzel niet om het te vragen|aarzel niet|vraag gerust|vraag het gerust",
    goes_on: "if when whether you need have any anything something else more other further question questions is \
        are it that this helps helped works does doesnt not still unclear stuck help we can do for here how \
        goes als je u nog vragen vraag hebt heeft iets er niet lukt werkt duidelijk onduidelijk helpt dit \
        dat het kunnen doen voor verder meer anders of om te hier mocht hebben hulp nodig",
};

const WISH: Act = Act {
    begins: "have a|good luck|take care|enjoy|kind regards|best regards|regards|fijne dag|prettige dag|fijne avond|\
         fijn weekend|veel plezier|veel succes|succes|groetjes|groeten|met vriendelijke groet|\
         met vriendelijke groeten|vriendelijke groeten",
    goes_on: "nice good great lovely day evening weekend ahead nog verder ermee toe",
};

/// What thanks, apologies and sympathy go on with.
const COURTESY: &str = "for your you the this that to hear about with it is are a so much very really have having had how \
    out in us again message question questions patience waiting wait reaching contacting writing asking \
    report reporting trouble problem inconvenience confusion delay frustrating annoying difficult hard \
    understanding letting know sharing going through tough voor je jouw uw u dit dat het de een over \
    bericht vraag vragen geduld wachten melding melden ongemak overlast verwarring vertraging vervelend \
    lastig moeilijk frustrerend hebt hebben last van hier er zo heel erg wel om te horen begrip uitleg \
    contact opnemen met hoe moet zijn";

/// What a clause may begin with before its act.
const BEFORE: [&str; 6] = ["please", "and", "but", "en", "maar", "so"];

/// Whether a sentence, in which no fact is, only keeps up good manners.
pub(super) fn is_polite(text: &str) -> bool {
    let looks = as_it_looks(text);
    let clauses = looks.split([',', '.', '!', '?', ';', ':', '…', '(', ')', '\n']).map(folded);
    let mut clauses = clauses.filter(|clause| !clause.is_empty()).peekable();
    clauses.peek().is_some() && clauses.all(|clause| ACTS.iter().any(|act| act.is(&clause)))
}

impl Act {
    fn may_follow(&self, word: &str) -> bool {
        self.goes_on.split_whitespace().any(|known| known == word)
    }

    fn is(&self, clause: &str) -> bool {
        let bare = BEFORE.iter().find_map(|word| clause.strip_prefix(word)?.strip_prefix(' ')).unwrap_or(clause);
        self.begins.split('|').any(|begin| match bare.strip_prefix(begin) {
            Some("") => true,
            Some(rest) => rest.starts_with(' ') && rest.split_whitespace().all(|word| self.may_follow(word)),
            None => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assist::judge::facts::claimed;

    fn check_half(half: &str) -> usize {
        let lines = include_str!("../../../fixtures/assist/polite.tsv").lines().filter(|line| line.starts_with(half));
        let mut count = 0;
        for line in lines {
            let [_, wanted, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
            assert_eq!(claimed(text).is_empty() && is_polite(text), wanted == "polite", "{text}");
            count += 1;
        }
        count
    }

    #[test]
    fn polite_sentences_say_nothing() {
        assert_eq!(check_half("tune"), 35);
    }

    #[test]
    fn polite_sentences_that_were_held_back_say_nothing_either() {
        assert_eq!(check_half("held"), 25);
    }

    #[test]
    fn no_word_of_courtesy_decides_anything() {
        let words = ACTS.iter().flat_map(|act| act.goes_on.split_whitespace());
        for word in words.filter(|word| !OFFER.may_follow(word)) {
            let deciding =
                ["no", "not", "niet", "geen", "yes", "ja", "will", "can", "cannot", "kan", "zal", "must", "may", "mag"];
            assert!(!deciding.contains(&word), "{word}");
        }
    }
}
