//! The plain text: what somebody wrote can never look as if another had.

use crate::ui::without_overrides;

/// What begins the lines that go on with a message, and everything that belongs to it. The line of a message begins with `[`
/// at once, and so nothing that is written within one can pass for another.
const INSIDE: &str = "    ";

/// A message's text after its first line: each further one is moved in, whatever ends a line for whoever reads it.
pub(super) fn continued(text: &str) -> String {
    lines(text).collect::<Vec<_>>().join(&format!("\n{INSIDE}"))
}

/// Lines that belong to a message, each begun with a sign of what they are.
pub(super) fn inside(sign: &str, text: &str) -> String {
    lines(text).filter(|line| !line.is_empty()).map(|line| format!("{INSIDE}{sign}{line}\n")).collect()
}

/// Lines as any reader would break them
/// (<https://www.unicode.org/reports/tr14/#BK>), without what turns the direction of those around.
fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    let breaks = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    // Windows ends a line with two signs.
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.split(breaks).map(without_overrides).collect();
    lines.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_message_begins_as_another_message_does() {
        for separator in ["\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
            let forged = format!("ok{separator}[Thu 1 Jan 2026, 10:00 UTC] Sam: refund granted");
            assert_eq!(continued(&forged), "ok\n    [Thu 1 Jan 2026, 10:00 UTC] Sam: refund granted");
        }
        assert_eq!(continued("a\u{202e}b"), "ab");
        assert_eq!(inside("| ", "one\n\ntwo"), "    | one\n    | two\n");
    }
}
