//! Why a sentence does not stand.

use super::facts::{Fact, Unit};

/// Which kind of fact was made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// An address of the web, or one that the guild does not vouch for.
    Link,
    /// An e-mail address.
    Email,
    /// A telephone's number.
    Phone,
    /// An amount of money.
    Price,
    /// A share.
    Percentage,
    /// Any other number, or another unit of it.
    Number,
    /// A date or a day.
    Date,
    /// A time of the day.
    Time,
    /// A version.
    Version,
    /// A command.
    Command,
    /// A mention of people, roles, channels or everybody.
    Mention,
    /// Code, or words in quotes.
    Quoted,
    /// A name, a code word, a file.
    Name,
    /// A placeholder that stands for nothing.
    Placeholder,
}

impl FactKind {
    pub(super) fn of(fact: &Fact) -> FactKind {
        match fact {
            Fact::Link(_) => FactKind::Link,
            Fact::Email(_) => FactKind::Email,
            Fact::Phone(_) => FactKind::Phone,
            Fact::Number(_, Some(Unit::Euro | Unit::Dollar | Unit::Pound | Unit::Cent)) => FactKind::Price,
            Fact::Number(_, Some(Unit::Percent)) => FactKind::Percentage,
            Fact::Number(..) => FactKind::Number,
            Fact::Date { .. } | Fact::Weekday(_) | Fact::Relative(_) => FactKind::Date,
            Fact::Time(_) => FactKind::Time,
            Fact::Version(_) => FactKind::Version,
            Fact::Everyone | Fact::Markup(_) => FactKind::Mention,
            Fact::Name(name) if name.starts_with('/') => FactKind::Command,
            Fact::Name(name) if name.starts_with(['@', '#']) => FactKind::Mention,
            Fact::Name(_) => FactKind::Name,
            Fact::Verbatim(_) => FactKind::Quoted,
            Fact::Placeholder(_) => FactKind::Placeholder,
        }
    }

    /// What metrics call it.
    pub fn code(self) -> &'static str {
        match self {
            FactKind::Link => "link",
            FactKind::Email => "email",
            FactKind::Phone => "phone",
            FactKind::Price => "price",
            FactKind::Percentage => "percentage",
            FactKind::Number => "number",
            FactKind::Date => "date",
            FactKind::Time => "time",
            FactKind::Version => "version",
            FactKind::Command => "command",
            FactKind::Mention => "mention",
            FactKind::Quoted => "quoted",
            FactKind::Name => "name",
            FactKind::Placeholder => "placeholder",
        }
    }
}

/// Why a sentence was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Nothing of it is seen.
    Empty,
    /// It is longer than a sentence.
    TooLong,
    /// There are enough.
    TooMany,
    /// It was said before.
    Twice,
    /// It names no source, and is more than polite.
    NoSource,
    /// The model was given none of the passages that it names.
    UnknownSource,
    /// What it quotes is not in a passage that it names.
    QuoteNotThere,
    /// Too few of its words can be compared with its passage's, as in another language, and it quotes nothing.
    NoQuote,
    /// A fact in it is in no source.
    MadeUp(FactKind),
    /// It is about something else than its passages.
    Unsupported,
}

impl Why {
    /// What metrics call it.
    pub fn code(self) -> &'static str {
        match self {
            Why::Empty => "empty",
            Why::TooLong => "too_long",
            Why::TooMany => "too_many",
            Why::Twice => "twice",
            Why::NoSource => "no_source",
            Why::UnknownSource => "unknown_source",
            Why::QuoteNotThere => "quote_not_there",
            Why::NoQuote => "no_quote",
            Why::MadeUp(kind) => kind.code(),
            Why::Unsupported => "unsupported",
        }
    }
}
