//! Check digits: what tells a number of a kind from chance.

/// The rest of a decimal number.
pub(super) fn modulo(digits: impl IntoIterator<Item = u8>, divisor: u32) -> u32 {
    digits.into_iter().fold(0, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % divisor)
}

/// The last two digits are the rest by 97 of those before, where 97 stands for 0: Belgian accounts and references.
pub(super) fn ends_in_rest_of_97(digits: &[u8]) -> bool {
    let Some((number, check)) = digits.split_at_checked(10).filter(|(_, check)| check.len() == 2) else { return false };
    let rest = modulo(number.iter().copied(), 97);
    modulo(check.iter().copied(), 100) == if rest == 0 { 97 } else { rest }
}

/// ISO 7064 over a number whose letters count from 10, its first four characters last.
pub(super) fn is_iban(number: &[u8]) -> bool {
    let Some((head, tail)) = number.split_at_checked(4) else { return false };
    rest_of_letters(tail.iter().chain(head)) == Some(1)
}

fn rest_of_letters<'a>(number: impl Iterator<Item = &'a u8>) -> Option<u32> {
    number.copied().try_fold(0, |rest, byte| {
        let value = char::from(byte).to_digit(36)?;
        Some((rest * if value < 10 { 10 } else { 100 } + value) % 97)
    })
}

/// Luhn: cards.
pub(super) fn is_card(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0');
            if place % 2 == 0 { value } else { value / 5 + value * 2 % 10 }
        })
        .sum();
    has_issuer(digits) && sum.is_multiple_of(10)
}

/// Whether cards with that beginning have so many digits: a tenth of all numbers have a right sum.
pub(super) fn has_issuer(digits: &[u8]) -> bool {
    let head = |length: usize| modulo(digits.iter().copied().take(length), 100_000);
    match digits.len() {
        13 => head(1) == 4,
        14 => matches!(head(2), 36 | 38 | 39) || matches!(head(3), 300..=305),
        15 => matches!(head(2), 34 | 37),
        16 => head(1) == 4 || matches!(head(2), 50..=69) || matches!(head(4), 2221..=2720 | 3528..=3589),
        // Bancontact and Maestro.
        17 => head(4) == 6703 || matches!(head(2), 50 | 56..=58),
        18 => matches!(head(2), 50 | 56..=58 | 62 | 63 | 67),
        19 => head(1) == 4 || matches!(head(2), 50 | 56..=58 | 62 | 63 | 67),
        _ => false,
    }
}

/// The Dutch eleven test, of 9 digits or of 8 after a zero that is not written.
pub(super) fn is_bsn(digits: &[u8]) -> bool {
    let weights: &[i32] = match digits.len() {
        9 => &[9, 8, 7, 6, 5, 4, 3, 2, -1],
        8 => &[8, 7, 6, 5, 4, 3, 2, -1],
        _ => return false,
    };
    let sum: i32 = digits.iter().zip(weights).map(|(digit, weight)| i32::from(digit - b'0') * weight).sum();
    sum % 11 == 0 && digits.iter().any(|digit| *digit != b'0')
}

/// A Belgian national number: a date, a count, and 97 less the rest of both; a 2 goes before who is born since 2000.
///
/// The month is 20 or 40 more for who is not in the register (BIS), and may be unknown.
pub(super) fn is_rrn(digits: &[u8]) -> bool {
    let Some((number, check)) = digits.split_at_checked(9).filter(|(_, check)| check.len() == 2) else { return false };
    let (month, day) = (modulo(number[2..4].iter().copied(), 100), modulo(number[4..6].iter().copied(), 100));
    let is_date = month % 20 <= 12 && month < 60 && day <= 31;
    let check = modulo(check.iter().copied(), 100);
    let before = 97 - modulo(number.iter().copied(), 97);
    let since = 97 - modulo(b"2".iter().chain(number).copied(), 97);
    is_date && (check == before || check == since)
}

/// A Belgian number of an enterprise: 97 less the rest of its first eight digits.
pub(super) fn is_enterprise(digits: &[u8]) -> bool {
    let Some((number, check)) = digits.split_at_checked(8).filter(|(_, check)| check.len() == 2) else { return false };
    matches!(number[0], b'0' | b'1') && modulo(check.iter().copied(), 100) == 97 - modulo(number.iter().copied(), 97)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One digit more, at one place: every sum here must see it.
    fn check(is_right: fn(&[u8]) -> bool, number: &str) {
        assert!(is_right(number.as_bytes()), "{number}");
        for at in 0..number.len() {
            let mut other = number.as_bytes().to_vec();
            if other[at].is_ascii_digit() {
                other[at] = if other[at] == b'9' { b'0' } else { other[at] + 1 };
                assert!(!is_right(&other), "{number} at {at}");
            }
        }
        for length in 0..number.len() {
            is_right(&number.as_bytes()[..length]);
        }
    }

    #[test]
    fn a_wrong_digit_is_seen() {
        // Published examples of banks, card networks and authorities.
        check(is_iban, "NL91ABNA0417164300");
        check(is_iban, "BE68539007547034");
        check(is_iban, "DE89370400440532013000");
        check(ends_in_rest_of_97, "539007547034");
        check(ends_in_rest_of_97, "090933755493");
        check(is_card, "4111111111111111");
        check(is_card, "5555555555554444");
        check(is_card, "378282246310005");
        check(is_bsn, "111222333");
        check(is_enterprise, "0403019261");
        assert!(is_rrn(b"85073003328") && !is_rrn(b"85073003329") && !is_rrn(b"85743003328"));
        // Born in 2017: the 2 goes before.
        assert!(is_rrn(b"17073003384") && !is_rrn(b"17073003385"));
    }

    #[test]
    fn a_card_has_an_issuer() {
        // The sums are right; nobody issues these.
        for number in ["0000000000000000", "1000000000000008", "9000000000000000", "1102938475610293"] {
            assert!(!is_card(number.as_bytes()), "{number}");
        }
    }
}
