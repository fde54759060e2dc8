//! The lexicon: which word of English or Dutch is which token.

use jiff::civil::{Time, Weekday};

use super::{Name, Part, Token, Unit};
use crate::reminders::schedule::Weekdays;

/// What is read before words are told apart: words of several parts, and those with signs in them.
const PHRASES: [(&str, Token); 82] = [
    ("om de", Token::EveryOther),
    ("om het", Token::AtThe),
    ("om t", Token::AtThe),
    ("om 't", Token::AtThe),
    ("tot en met", Token::Through),
    ("up to and including", Token::Through),
    ("t/m", Token::Through),
    ("a.m", Token::Am),
    ("p.m", Token::Pm),
    ("o'clock", Token::Oclock),
    ("'s", Token::Genitive),
    ("from now on", Token::Filler),
    ("a.s", Token::Filler),
    ("vanaf nu", Token::FromNow),
    ("from now", Token::FromNow),
    ("bi-weekly", Token::Each(2, Unit::Week)),
    ("two-weekly", Token::Each(2, Unit::Week)),
    ("end of the", Token::EndOf),
    ("end of", Token::EndOf),
    ("eind van de", Token::EndOf),
    ("eind van het", Token::EndOf),
    ("einde van de", Token::EndOf),
    ("einde van het", Token::EndOf),
    ("eind", Token::EndOf),
    ("eind van", Token::EndOf),
    ("einde van", Token::EndOf),
    ("close of business", Token::Close),
    ("except for", Token::Except),
    ("apart from", Token::Except),
    ("but not", Token::Except),
    ("maar niet", Token::Except),
    ("day after tomorrow", Token::InDays(2)),
    ("thank you for", Token::Bygone),
    ("thanks for", Token::Bygone),
    ("thanks to", Token::Bygone),
    ("dank voor", Token::Bygone),
    ("dank je", Token::Bygone),
    ("dank jullie", Token::Bygone),
    ("bedankt", Token::Bygone),
    ("dankjewel", Token::Bygone),
    ("look back", Token::Bygone),
    ("hope you enjoyed", Token::Bygone),
    ("end time", Token::By),
    ("called off", Token::Cancel),
    ("is off", Token::Cancel),
    ("valt weg", Token::Cancel),
    ("vallen weg", Token::Cancel),
    ("not happening", Token::Cancel),
    ("won't happen", Token::Cancel),
    ("gaat niet door", Token::Cancel),
    ("niet door", Token::Cancel),
    ("no longer", Token::Turn),
    ("not miss", Token::Unknown),
    ("don't miss", Token::Unknown),
    ("not forget", Token::Unknown),
    ("don't forget", Token::Unknown),
    ("niet missen", Token::Unknown),
    ("niet vergeten", Token::Unknown),
    ("vergeet niet", Token::Unknown),
    ("can't", Token::Turn),
    ("won't", Token::Turn),
    ("isn't", Token::Turn),
    ("don't", Token::Turn),
    ("in plaats van", Token::Turn),
    ("inplaats van", Token::Turn),
    ("i.p.v", Token::Turn),
    ("laat weten", Token::Deadline),
    ("laatste kans", Token::Deadline),
    ("last chance", Token::Deadline),
    ("niet langer", Token::Turn),
    ("rather than", Token::Turn),
    ("sign up", Token::Deadline),
    ("sign-up", Token::Deadline),
    ("sign-ups", Token::Deadline),
    ("signups", Token::Deadline),
    ("schrijf je in", Token::Deadline),
    ("schrijf in", Token::Deadline),
    ("meld je aan", Token::Deadline),
    ("geef je op", Token::Deadline),
    ("vul in", Token::Deadline),
    ("no later than", Token::Deadline),
    ("ten laatste", Token::Deadline),
];

/// A phrase that begins `rest` and ends with a word.
pub(super) fn phrase(rest: &str) -> Option<(&'static str, Token)> {
    let begins = |(phrase, _): &&(&str, Token)| {
        rest.strip_prefix(phrase).is_some_and(|after| !after.starts_with(char::is_alphabetic))
    };
    // The longest: `from now on` before `from now`.
    PHRASES.iter().filter(begins).max_by_key(|(phrase, _)| phrase.len()).map(|(phrase, token)| (*phrase, *token))
}

/// Whether `do om` begins `rest`, which is Thursday: alone `do` is a verb of English, too.
pub(super) fn is_dutch_thursday(rest: &str) -> bool {
    rest.strip_prefix("do om ").is_some_and(|after| after.starts_with(|char: char| char.is_ascii_digit()))
}

/// Whether `half eight` begins `rest`: in English it is half past eight, in Dutch half an hour before, and this is English.
pub(super) fn is_english_half(rest: &str) -> bool {
    const HOURS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let hour = rest.strip_prefix("half ").map(|after| &after[..super::length(after, char::is_alphabetic)]);
    hour.is_some_and(|hour| HOURS.contains(&hour))
}

/// Two tokens in one word: `vrijdagavond`, `tonight`, `halfuur`.
pub(super) fn compound(word: &str) -> Option<[Token; 2]> {
    const ENDINGS: [(&str, Part); 7] = [
        ("ochtend", Part::Morning),
        ("morgen", Part::Morning),
        ("vroeg", Part::Morning),
        ("namiddag", Part::Afternoon),
        ("middag", Part::Afternoon),
        ("avond", Part::Evening),
        ("nacht", Part::Night),
    ];
    match word {
        "tonight" => return Some([Token::InDays(0), Token::Part(Part::Evening)]),
        "halfuur" | "halfuurtje" => return Some([Token::Half, Token::Unit(Unit::Hour)]),
        "eod" => return Some([Token::EndOf, Token::Unit(Unit::Day)]),
        "eow" => return Some([Token::EndOf, Token::Unit(Unit::Week)]),
        "eom" => return Some([Token::EndOf, Token::Unit(Unit::Month)]),
        "eoy" => return Some([Token::EndOf, Token::Unit(Unit::Year)]),
        "maandeinde" => return Some([Token::EndOf, Token::Unit(Unit::Month)]),
        "weekeinde" => return Some([Token::Filler, Token::Weekend]),
        _ => {}
    }
    let (stem, part) = ENDINGS.iter().find_map(|(ending, part)| Some((word.strip_suffix(ending)?, *part)))?;
    let day = if stem == "van" { Token::InDays(0) } else { meaning(stem)? };
    matches!(day, Token::InDays(_) | Token::Weekday { name: Name::Full, .. }).then_some([day, Token::Part(part)])
}

pub(super) fn meaning(word: &str) -> Option<Token> {
    weekday(word)
        .map(|(day, name)| Token::Weekday { day, name })
        .or_else(|| month(word).map(Token::Month))
        .or_else(|| count(word))
        .or_else(|| ordinal(word))
        .or_else(|| day_word(word))
        .or_else(|| unit_word(word))
        .or_else(|| turning_word(word))
        .or_else(|| plain_word(word))
        .or_else(|| plural(word).map(|day| Token::Days(day.into())))
}

fn weekday(word: &str) -> Option<(Weekday, Name)> {
    let day = match word {
        "monday" | "mon" | "mo" | "maandag" | "maa" | "ma" => Weekday::Monday,
        "tuesday" | "tues" | "tue" | "tu" | "dinsdag" | "din" | "di" => Weekday::Tuesday,
        "wednesday" | "weds" | "wed" | "we" | "woensdag" | "woe" | "wo" => Weekday::Wednesday,
        "thursday" | "thurs" | "thur" | "thu" | "th" | "donderdag" | "don" | "do" => Weekday::Thursday,
        "friday" | "fri" | "fr" | "vrijdag" | "vri" | "vr" => Weekday::Friday,
        "saturday" | "sat" | "sa" | "zaterdag" | "zat" | "za" => Weekday::Saturday,
        "sunday" | "sun" | "su" | "zondag" | "zon" | "zo" => Weekday::Sunday,
        _ => return None,
    };
    let name = match word {
        "we" | "do" | "don" | "sun" | "sat" | "zon" | "zo" | "zat" => Name::Lookalike,
        _ if word.len() <= 3 => Name::Short,
        _ => Name::Full,
    };
    Some((day, name))
}

/// `mondays`, `maandagen`.
fn plural(word: &str) -> Option<Weekday> {
    let stem = word.strip_suffix('s').or_else(|| word.strip_suffix("en"))?;
    weekday(stem).map(|(day, _)| day).filter(|_| stem.len() > 5)
}

fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "januari" | "jan" => 1,
        "february" | "februari" | "feb" => 2,
        "march" | "maart" | "mar" | "mrt" => 3,
        "april" | "apr" => 4,
        "may" | "mei" => 5,
        "june" | "juni" | "jun" => 6,
        "july" | "juli" | "jul" => 7,
        "august" | "augustus" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oktober" | "oct" | "okt" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

fn count(word: &str) -> Option<Token> {
    // `vijfentwintig`
    let parts = word.match_indices("en").map(|(at, and)| (&word[..at], &word[at + and.len()..]));
    let whole = parts.into_iter().find_map(|(ones, tens)| match (number(ones)?, number(tens)?) {
        (ones @ 1..=9, tens @ 20..=90) => Some(tens + ones),
        _ => None,
    });
    number(word).or(whole).map(|number| Token::Number(number, 0))
}

fn number(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" | "twee" => 2,
        "three" | "drie" => 3,
        "four" | "vier" => 4,
        "five" | "vijf" => 5,
        "six" | "zes" => 6,
        "seven" | "zeven" => 7,
        "eight" | "acht" => 8,
        "nine" | "negen" => 9,
        "ten" | "tien" => 10,
        "eleven" | "elf" => 11,
        "twelve" | "twaalf" => 12,
        "thirteen" | "dertien" => 13,
        "fourteen" | "veertien" => 14,
        "fifteen" | "vijftien" => 15,
        "sixteen" | "zestien" => 16,
        "seventeen" | "zeventien" => 17,
        "eighteen" | "achttien" => 18,
        "nineteen" | "negentien" => 19,
        "twenty" | "twintig" => 20,
        "thirty" | "dertig" => 30,
        "forty" | "fourty" | "veertig" => 40,
        "fifty" | "vijftig" => 50,
        "sixty" | "zestig" => 60,
        "seventy" | "zeventig" => 70,
        "eighty" | "tachtig" => 80,
        "ninety" | "negentig" => 90,
        _ => return None,
    })
}

fn ordinal(word: &str) -> Option<Token> {
    let nth = match word {
        "first" | "eerste" => 1,
        "second" | "tweede" => 2,
        "third" | "derde" => 3,
        "fourth" | "vierde" => 4,
        "fifth" | "vijfde" => 5,
        "tenth" | "tiende" => 10,
        "fifteenth" | "vijftiende" => 15,
        "twentieth" | "twintigste" => 20,
        _ => return None,
    };
    Some(Token::Ordinal { nth, is_spelled: true })
}

fn day_word(word: &str) -> Option<Token> {
    Some(match word {
        "today" | "vandaag" => Token::InDays(0),
        "tomorrow" | "tmrw" | "tmr" | "morgen" => Token::InDays(1),
        "overmorgen" => Token::InDays(2),
        "yesterday" | "gisteren" => Token::InDays(-1),
        "eergisteren" => Token::InDays(-2),
        "weekdays" | "weekday" | "workdays" | "workday" | "weekdagen" | "weekdag" | "werkdagen" | "werkdag" => {
            Token::Days(Weekdays::WORKDAYS)
        }
        "weekend" => Token::Weekend,
        "weekends" | "weekenden" | "weekeinden" => Token::Days(Weekdays::WEEKEND),
        "noon" | "midday" | "middag" => Token::Clock(Time::constant(12, 0, 0, 0)),
        "midnight" | "middernacht" => Token::Clock(Time::midnight()),
        "morning" | "mornings" | "ochtend" | "ochtends" | "morgens" | "voormiddag" | "voormiddags" | "smorgens"
        | "sochtends" => Token::Part(Part::Morning),
        "afternoon" | "afternoons" | "namiddag" | "namiddags" | "middags" | "smiddags" => Token::Part(Part::Afternoon),
        "evening" | "evenings" | "avond" | "avonds" | "night" | "nights" | "savonds" => Token::Part(Part::Evening),
        "nacht" | "nachts" | "snachts" => Token::Part(Part::Night),
        "cob" => Token::Close,
        _ => return None,
    })
}

fn unit_word(word: &str) -> Option<Token> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" | "minuut" | "minuten" | "minuutje" | "minuutjes" | "m" => {
            Token::Unit(Unit::Minute)
        }
        "kwartier" | "kwartieren" | "kwartiertje" => Token::Unit(Unit::QuarterHour),
        "hour" | "hours" | "hr" | "hrs" | "uren" | "uurtje" | "uurtjes" => Token::Unit(Unit::Hour),
        "day" | "days" | "dag" | "dagen" | "dagje" | "d" => Token::Unit(Unit::Day),
        "week" | "weeks" | "weken" | "weekje" | "wk" | "wks" | "w" => Token::Unit(Unit::Week),
        "fortnight" | "fortnights" => Token::Unit(Unit::Fortnight),
        "month" | "months" | "maand" | "maanden" | "mos" => Token::Unit(Unit::Month),
        "year" | "years" | "yr" | "yrs" | "jaar" | "jaren" | "y" => Token::Unit(Unit::Year),
        "h" => Token::H,
        "u" | "uur" => Token::Uur,
        "half" | "halve" => Token::Half,
        "quarter" | "quarters" | "kwart" => Token::Quarter,
        "anderhalf" | "anderhalve" => Token::OneAndHalf,
        "hourly" => Token::Each(1, Unit::Hour),
        "daily" | "dagelijks" | "dagelijkse" => Token::Each(1, Unit::Day),
        "weekly" | "wekelijks" | "wekelijkse" => Token::Each(1, Unit::Week),
        "fortnightly" | "biweekly" | "tweewekelijks" | "tweewekelijkse" => Token::Each(2, Unit::Week),
        "monthly" | "maandelijks" | "maandelijkse" => Token::Each(1, Unit::Month),
        "yearly" | "annually" | "jaarlijks" | "jaarlijkse" => Token::Each(1, Unit::Year),
        _ => return None,
    })
}

/// What changes what the words around it say.
fn turning_word(word: &str) -> Option<Token> {
    Some(match word {
        "except" | "excluding" | "behalve" | "uitgezonderd" => Token::Except,
        "not" | "no" | "niet" | "geen" | "instead" | "was" | "were" | "waren" | "moved" | "moves" | "rescheduled"
        | "postponed" | "delayed" | "verplaatst" | "verschoven" | "verzet" | "uitgesteld" | "skip" | "skipping"
        | "changed" | "gewijzigd" | "veranderd" | "vervangen" | "closed" | "gesloten" | "unless" | "tenzij"
        | "originally" | "previously" | "oorspronkelijk" | "ipv" | "maybe" | "perhaps" | "misschien" => Token::Turn,
        "cancelled" | "canceled" | "cancel" | "afgelast" | "geannuleerd" | "afgezegd" | "geschrapt" | "vervalt" => {
            Token::Cancel
        }
        "needed" | "required" | "necessary" | "nodig" | "vereist" => Token::Needed,
        "signup" | "register" | "registration" | "registrations" | "rsvp" | "deadline" | "inschrijven"
        | "inschrijving" | "inschrijvingen" | "aanmelden" | "aanmelding" | "aanmeldingen" | "opgeven" | "uiterlijk"
        | "before" | "reserveren" | "stemmen" | "vote" | "apply" | "applications" | "submissions" | "submit" => {
            Token::Deadline
        }
        "results" | "uitslag" | "uitslagen" | "photos" | "pictures" | "pics" | "foto" | "highlights" | "recording"
        | "thanks" | "recap" | "terugblik" | "verslag" | "enjoyed" | "genoten" | "played" | "speelde" | "speelden"
        | "won" | "lost" | "verloren" | "congrats" | "congratulations" | "proficiat" | "gefeliciteerd" | "missed"
        | "gemist" | "had" | "hadden" | "went" | "did" | "kwamen" | "gingen" | "ago" | "geleden" => Token::Bygone,
        _ => return None,
    })
}

fn plain_word(word: &str) -> Option<Token> {
    Some(match word {
        "am" => Token::Am,
        "pm" => Token::Pm,
        "oclock" => Token::Oclock,
        "every" | "each" | "elke" | "elk" | "iedere" | "ieder" | "alle" => Token::Every,
        "other" | "andere" | "alternate" => Token::Other,
        "last" | "laatste" => Token::Last,
        "afgelopen" | "vorige" | "vorig" | "voorbije" | "previous" => Token::Previous,
        "next" | "volgende" | "volgend" => Token::Next,
        "this" | "coming" | "upcoming" | "deze" | "dit" | "komende" | "komend" | "aanstaande" => Token::This,
        "a" | "an" | "een" => Token::A,
        "and" | "en" => Token::And,
        "or" => Token::Or,
        "at" | "om" | "t" => Token::At,
        "in" | "over" | "within" | "binnen" => Token::In,
        "of" | "van" => Token::Of,
        "after" | "na" => Token::After,
        "for" | "voor" | "gedurende" => Token::For,
        "from" | "vanaf" | "starting" | "beginning" => Token::From,
        "between" | "tussen" => Token::Between,
        "until" | "till" | "til" | "tot" => Token::Until,
        "through" | "thru" | "to" | "tm" => Token::Through,
        "past" => Token::Past,
        "later" => Token::FromNow,
        "but" => Token::But,
        "by" | "tegen" | "eindtijd" | "einduur" | "ends" | "closes" | "eindigt" | "sluit" | "sluiten" => Token::By,
        "times" | "keer" | "maal" | "x" => Token::Times,
        "time" | "tijd" => Token::TimeWord,
        "s" => Token::Genitive,
        "version" | "versie" | "v" | "release" | "patch" | "build" | "update" => Token::Version,
        "eur" | "euro" | "euros" | "usd" => Token::Money,
        "the" | "de" | "het" | "on" | "op" => Token::Filler,
        _ => return None,
    })
}
