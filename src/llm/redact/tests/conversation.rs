//! One conversation: placeholders that stay the same, and what comes back.

use super::super::{Kind, Redactor};

fn redacted(texts: &[&str]) -> Vec<String> {
    let mut redactor = Redactor::new();
    texts.iter().map(|text| redactor.redact(text)).collect()
}

#[test]
fn a_value_has_one_placeholder() {
    let check = |texts: &[&str], expected: &[&str]| assert_eq!(redacted(texts), expected);
    check(
        &["Mail Jan@Mail.com of els@mail.com", "jan@mail.com, nogmaals: jan [at] mail (dot) com"],
        &["Mail <email-1> of <email-2>", "<email-1>, nogmaals: <email-1>"],
    );
    check(
        &["IBAN BE68 5390 0754 7034", "be68539007547034 en NL91ABNA0417164300"],
        &["IBAN <iban-1>", "<iban-1> en <iban-2>"],
    );
    check(&["+32 470 12 34 56 / 0032470123456"], &["<phone-1> / <phone-1>"]);
    check(&["wachtwoord: Zomer24", "wachtwoord: zomer24"], &["wachtwoord: <secret-1>", "wachtwoord: <secret-2>"]);
    check(&["Kerkstraat 1, 2000 Gent", "Kerkstraat 12, 000"], &["<address-1>", "<address-2>, 000"]);
}

#[test]
fn a_password_is_hidden_where_it_is_written_again() {
    let texts =
        redacted(&["hunter22? My password is hunter22.", "I typed (hunter22), then hunter22!", "hunter221 differs"]);
    assert_eq!(
        texts,
        ["<secret-1>? My password is <secret-1>.", "I typed (<secret-1>), then <secret-1>!", "hunter221 differs"]
    );
}

#[test]
fn a_password_is_hidden_before_it_is_told() {
    let mut redactor = Redactor::new();
    redactor.learn("My password is hunter22.");
    assert!(redactor.is_empty());
    assert_eq!(redactor.redact("I typed hunter22"), "I typed <secret-1>");
}

#[test]
fn the_rest_stays_as_it_was_written() {
    let texts = redacted(&["Ｈｏｉ “a\u{200b}b” – mail ｊ@ｍ.ｂｅ …  ok 🎉\r\n"]);
    assert_eq!(texts, ["Ｈｏｉ “a\u{200b}b” – mail <email-1> …  ok 🎉\r\n"]);
}

#[test]
fn only_placeholders_as_given_are_restored() {
    let mut redactor = Redactor::new();
    redactor.redact("jan@mail.com, 0470 12 34 56, els@mail.com");
    let check = |text: &str, expected: &str, lost| {
        let restored = redactor.restore(text);
        assert_eq!((restored.text.as_str(), restored.lost), (expected, lost), "{text}");
    };
    check("Beste, <email-2> en <phone-1>.", "Beste, els@mail.com en 0470 12 34 56.", 0);
    check("<<email-1>> [<email-1>](x)", "<jan@mail.com> [jan@mail.com](x)", 0);
    check("\\<email-1>", "\\jan@mail.com", 0);
    check("<email-9> <iban-1> <email-0>", "[email?] [iban?] [email?]", 3);
    check("<Email-1> <email 1> <email-01> <email-1 > <EMAIL_1>", "[email?] [email?] [email?] [email?] [email?]", 5);
    check("[email-1] {phone-1} &lt;email-1&gt; \\<email-1\\>", "[email?] [phone?] [email?] \\[email?]", 4);
    check("<e-mail-1> <telefoon-1> <ema\u{200b}il-1> <emaıl-1>", "[email?] [phone?] [email?] <emaıl-1>", 3);
    check("<email-99999999999999999999> <email-> <1> email-1", "<email-99999999999999999999> <email-> <1> email-1", 0);
}

#[test]
fn what_was_typed_like_a_placeholder_is_no_placeholder() {
    let mut redactor = Redactor::new();
    let text = "<email-1> en [Phone 1]: jan@mail.com <typed-1>";
    let redacted = redactor.redact(text);
    assert_eq!(redacted, "<typed-1> en <typed-2>: <email-1> <typed-3>");
    assert_eq!(redactor.restore(&redacted).text, text);
    assert_eq!(redactor.redact("<email-1>"), "<typed-1>");
}

#[test]
fn nothing_private_is_printed() {
    let mut redactor = Redactor::new();
    let redacted = redactor.redact("jan@mail.com, wachtwoord: Zomer24");
    assert_eq!(format!("{redactor:?}"), "Redactor { hidden: 2, .. }");
    assert_eq!(format!("{:?}", redactor.restore(&redacted)), "Restored { lost: 0, .. }");
    assert!(redactor.len() == 2 && !redactor.is_empty() && Redactor::new().is_empty());
}

#[test]
fn a_kind_has_a_name_of_its_own() {
    let mut names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Kind::ALL.len());
}
