//! What a custom id may carry, looked at while it is serialized: only there is a variant's name, which is ours, told
//! from a text, which may be anybody's.

use std::fmt::Display;

use serde::Serialize;
use serde::ser::{self, Serializer};

/// Digits of the longest id.
const DIGITS: usize = 20;

/// Checks that `payload` is made of numbers, ids, and names of our own types.
///
/// # Errors
/// It carries a word.
pub(super) fn check<T: Serialize + ?Sized>(payload: &T) -> Result<(), Word> {
    payload.serialize(Check)
}

/// Something that is no number.
#[derive(Debug, thiserror::Error)]
#[error("it carries a word, and only numbers may be there")]
pub(super) struct Word;

impl ser::Error for Word {
    /// What went wrong may quote what was refused, so it is not kept.
    fn custom<T: Display>(_: T) -> Word {
        Word
    }
}

/// Serializes into nothing.
#[derive(Clone, Copy)]
struct Check;

/// Numbers, and what holds nothing else.
macro_rules! pass {
    ($($name:ident($($type:ty),*);)*) => {
        $(fn $name(self, $(_: $type),*) -> Result<(), Word> {
            Ok(())
        })*
    };
}

/// What holds other values, which are looked at one by one.
macro_rules! open {
    ($($name:ident($($type:ty),*) -> $compound:ident;)*) => {
        $(type $compound = Check;)*
        $(fn $name(self, $(_: $type),*) -> Result<Check, Word> {
            Ok(self)
        })*
    };
}

impl Serializer for Check {
    type Ok = ();
    type Error = Word;

    pass! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    open! {
        serialize_seq(Option<usize>) -> SerializeSeq;
        serialize_tuple(usize) -> SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        serialize_struct(&'static str, usize) -> SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }

    type SerializeMap = ser::Impossible<(), Word>;

    /// An id is written as a text of digits.
    fn serialize_str(self, text: &str) -> Result<(), Word> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && (1..=DIGITS).contains(&text.len()) { Ok(()) } else { Err(Word) }
    }

    fn collect_str<T: Display + ?Sized>(self, text: &T) -> Result<(), Word> {
        self.serialize_str(&text.to_string())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Word> {
        Err(Word)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Word> {
        Err(Word)
    }

    fn serialize_char(self, _: char) -> Result<(), Word> {
        Err(Word)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Word> {
        Err(Word)
    }

    /// Its keys could be anything.
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Word> {
        Err(Word)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Word> {
        check(value)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Word> {
        check(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Word> {
        check(value)
    }
}

/// The values of what was opened; names of fields are ours.
macro_rules! values {
    ($($compound:ident::$name:ident($($key:ty)?);)*) => {
        $(impl ser::$compound for Check {
            type Ok = ();
            type Error = Word;

            fn $name<T: Serialize + ?Sized>(&mut self, $(_: $key,)? value: &T) -> Result<(), Word> {
                check(value)
            }

            fn end(self) -> Result<(), Word> {
                Ok(())
            }
        })*
    };
}

values! {
    SerializeSeq::serialize_element();
    SerializeTuple::serialize_element();
    SerializeTupleStruct::serialize_field();
    SerializeTupleVariant::serialize_field();
    SerializeStruct::serialize_field(&'static str);
    SerializeStructVariant::serialize_field(&'static str);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use twilight_model::id::Id;
    use twilight_model::id::marker::UserMarker;

    #[derive(Serialize)]
    enum Action {
        Keep,
        Remove { number: i32, sure: Option<bool> },
        Show(Kind, Vec<u32>),
        Find(String),
    }

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        WaitingForUser,
    }

    #[test]
    fn numbers_and_our_names_pass_and_words_do_not() {
        let check = |payload: &dyn Fn() -> Result<(), Word>, expected: bool, what: &str| {
            assert_eq!(payload().is_ok(), expected, "{what}");
        };
        check(&|| check_of(&Action::Keep), true, "a variant");
        check(&|| check_of(&Action::Remove { number: -3, sure: Some(true) }), true, "fields with numbers");
        check(&|| check_of(&Action::Show(Kind::WaitingForUser, vec![1, 2])), true, "a variant of another type");
        check(&|| check_of(&Id::<UserMarker>::new(u64::MAX)), true, "an id");
        check(&|| check_of(&((), None::<u8>, 7_u64)), true, "nothing, and a number");
        check(&|| check_of(&Action::Find("refund".to_owned())), false, "a word in a variant");
        check(&|| check_of(&"Keep"), false, "a word that is also a name of ours");
        check(&|| check_of(&""), false, "an empty text");
        check(&|| check_of(&"1".repeat(21)), false, "more digits than an id has");
        check(&|| check_of(&BTreeMap::from([(1, 2)])), false, "a map");
        check(&|| check_of(&'x'), false, "a letter");
    }

    fn check_of<T: Serialize>(payload: &T) -> Result<(), Word> {
        super::check(payload)
    }
}
