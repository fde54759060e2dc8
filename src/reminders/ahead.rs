//! Lead times as people write them: `1d, 1h, 0`, `anderhalf uur`.

use super::phrases::{Amount, amount};
use super::words::{Token, Unit, tokens};
use crate::words::ITEM_MARKS;

/// Nobody types more than that.
const MAX_BYTES: usize = 200;

/// Minutes ahead of a moment, in the order in which they are written; none if nothing is.
///
/// Nothing is returned if one of them is no length of time.
pub fn read_leads(text: &str) -> Option<Vec<i64>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    parts(text).map(str::trim).filter(|part| !part.is_empty()).map(read_lead).collect()
}

/// What stands between commas and other marks of lists, but for the comma of `1,5h`.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let ends = |(at, sign): &(usize, char)| match sign {
            ',' => !is_decimal(&text[..*at], &text[*at + 1..]),
            sign => ITEM_MARKS.contains(sign),
        };
        let Some((at, sign)) = text.char_indices().find(ends) else { return rest.take() };
        rest = Some(&text[at + sign.len_utf8()..]);
        Some(&text[..at])
    })
}

/// Whether a comma between these is that of a number: `0,5 uur`, but not `15,5m` of which nobody says tenths of minutes.
fn is_decimal(before: &str, after: &str) -> bool {
    let digits = after.find(|char: char| !char.is_ascii_digit()).unwrap_or(after.len());
    let unit = tokens(&after[digits..]).first().copied();
    let is_hours = matches!(unit, Some(Token::H | Token::Uur | Token::Unit(Unit::Hour | Unit::Day | Unit::Week)));
    before.ends_with(|char: char| char.is_ascii_digit()) && matches!(digits, 1..=2) && is_hours
}

fn read_lead(text: &str) -> Option<i64> {
    const ENDINGS: [&str; 6] = ["before", "ahead", "earlier", "vooraf", "van tevoren", "op voorhand"];
    let text = text.to_lowercase();
    let text = ENDINGS.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(&text);
    let tokens = tokens(text);
    match tokens[..] {
        [Token::Number(minutes, 1..)] => return Some(minutes.into()),
        // `1,2h` may be a minute and two hours.
        [Token::Number(whole, _), Token::Sign(','), Token::Number(part, _), ..]
            if whole > 9 || !matches!(part, 5 | 25 | 50 | 75) =>
        {
            return None;
        }
        _ => {}
    }
    let minutes = |amount: Amount| match amount {
        Amount { months: 0, days, minutes } => days.checked_mul(1440)?.checked_add(minutes),
        _ => None,
    };
    match amount(&tokens)? {
        (all, _, []) => minutes(all),
        // The hours of `1 dag 2 uur` are no time of day here.
        (whole, _, rest) if whole.minutes == 0 => match amount(rest)? {
            (part, _, []) if part.days == 0 => minutes(whole)?.checked_add(minutes(part)?),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lead_times_are_read_as_people_write_them() {
        let check = |text: &str, expected: Option<&[i64]>| {
            assert_eq!(read_leads(text), expected.map(<[i64]>::to_vec), "{text}");
        };
        check("1h, 0", Some(&[60, 0]));
        check("0; 1d; 1h", Some(&[0, 1440, 60]));
        check("15", Some(&[15]));
        check("", Some(&[]));
        check("1 dag, 2 uur en 5 minuten", Some(&[1440, 125]));
        check("1d 2u 30m", Some(&[1590]));
        check("1 dag 2 uur, 2 weken", Some(&[1560, 20160]));
        check("1d 2h 30m,15m", Some(&[1590, 15]));
        check("half an hour, anderhalf uur", Some(&[30, 90]));
        check("een kwartier", Some(&[15]));
        check("1h30", Some(&[90]));
        check("1 hour before, een kwartier van tevoren", Some(&[60, 15]));
        check("before", None);
        check("soon", None);
        check("1h 1h", None);
        check("1 month", None);
        check("20:00", None);
        check("4000000000 days", Some(&[4_000_000_000 * 1440]));
        check(&"1h, ".repeat(100), None);
    }

    #[test]
    fn the_comma_of_a_number_divides_no_list() {
        let check = |text: &str, expected: Option<&[i64]>| {
            assert_eq!(read_leads(text), expected.map(<[i64]>::to_vec), "{text}");
        };
        check("1,5h", Some(&[90]));
        check("0,5 uur, 0", Some(&[30, 0]));
        check("2,25h", Some(&[135]));
        check("1,5h,15m", Some(&[90, 15]));
        check("1.5h,15m", Some(&[90, 15]));
        check("1,5 dag", Some(&[2160]));
        check("1h,15", Some(&[60, 15]));
        check("15,5m", Some(&[15, 5]));
        check("30,10", Some(&[30, 10]));
        // It may be fifteen minutes and an hour, or fifteen hours and a bit.
        check("15,1h", None);
        check("1,2h", None);
    }
}
