//! Documents, and the passages that they become.

use super::*;

/// The headings and the body of each passage.
fn check(text: &str, written: Written, expected: &[(&str, &str)]) {
    let read = read(text, written).expect("a document");
    let pieces: Vec<(String, &str)> =
        read.pieces.iter().map(|piece| (piece.headings.join(" > "), piece.body.as_str())).collect();
    let pieces: Vec<(&str, &str)> = pieces.iter().map(|(headings, body)| (headings.as_str(), *body)).collect();
    assert_eq!(pieces, expected);
}

#[test]
fn markdown_is_cut_by_its_headings() {
    let text = "# Guide\n\nHello.\n\n## Disks ##\nThey spin.\n\n- one\n- two\n\n### Cables\n<!-- todo -->\nRed.\nPower\n-----\n#hashtag\n\n## Empty\n";
    let expected =
        [("", "Hello."), ("Disks", "They spin.\n\n- one\n- two"), ("Disks > Cables", "Red.\nPower\n-----\n#hashtag")];
    check(text, Written::Markdown, &expected);
    check("Guide\n=====\n\nOne.\n\nPower\n---\nTwo.", Written::Markdown, &[("", "One."), ("Power", "Two.")]);
    let read = read(text, Written::Markdown).expect("a document");
    assert_eq!(read.title.as_deref(), Some("Guide"));
}

#[test]
fn what_stands_above_says_what_it_is_called_and_where_it_is() {
    let text = "---\ntitle: The rules\nurl: https://docs.example.org/rules\ntags: [a]\n---\nBe kind.\n";
    let document = read(text, Written::Markdown).expect("a document");
    assert_eq!(document.title.as_deref(), Some("The rules"));
    assert_eq!(document.url.as_deref(), Some("https://docs.example.org/rules"));
    assert_eq!(read("---\nurl: docs\n---\nBe kind.", Written::Markdown), Err(Unfit::UrlIsNoAddress));
    assert!(matches!(read("---\n: [\n---\nBe kind.", Written::Markdown), Err(Unfit::FrontMatter(_))));
    assert_eq!(read("# Only a heading\n\n## And another", Written::Markdown), Err(Unfit::Empty));
    assert_eq!(read(" \n\0", Written::Plain), Err(Unfit::Empty));
}

#[test]
fn pages_are_read_without_what_browsers_need() {
    let page = "<!doctype html><html><head><title>Caf&eacute; &#8212; help</title><style>p { x: y }</style></head>\
        <body><nav><a href=/>Home</a></nav><script>if (a < b) { alert('</p>') }</script>\
        <h1>Opening hours</h1><p>From <b>nine</b>\n  to five &lt;always&gt;<br>even on Sunday.</p>\
        <h2 id='x>y'>Prices</h2><ul><li>Tea<li>Cake &amp; more</li></ul><table><tr><th>A</th><th>B</th></tr></table>\
        <pre>brew  --now\n  twice</pre><!-- <p>no</p> --><p>3 < 4 & so on</p></body></html>";
    let expected = [
        ("", "From nine to five <always>\neven on Sunday."),
        ("Prices", "- Tea\n- Cake & more\n\nA | B\n\n```\nbrew  --now\n  twice\n```\n\n3 < 4 & so on"),
    ];
    let document = read(page, Written::Html).expect("a document");
    assert_eq!(document.title.as_deref(), Some("Café — help"));
    let headings = [("Opening hours", expected[0].1), ("Opening hours > Prices", expected[1].1)];
    check(page, Written::Html, &headings);
    check("<h1>Hours</h1>Nine.", Written::Html, &[("", "Nine.")]);
    for broken in ["<p>Nine.<", "<p>Nine.<!-- ", "Nine.<script>x", "Nine.<p class='x", "Nine.&#xffffffff;&#0;&x;"] {
        let document = read(broken, Written::Html).expect("a document");
        assert!(document.pieces[0].body.starts_with("Nine."), "{broken}: {document:?}");
    }
}

#[test]
fn passages_have_a_size_and_end_with_a_sentence() {
    let sentence = "The ferry leaves at nine and comes back at five. ";
    for (text, written) in [
        (format!("# Ferries\n\n{}", sentence.repeat(100)), Written::Markdown),
        (sentence.repeat(100), Written::Plain),
        (format!("{sentence}\n\n").repeat(100), Written::Plain),
    ] {
        let document = read(&text, written).expect("a document");
        assert!((5..9).contains(&document.pieces.len()), "{}", document.pieces.len());
        for piece in &document.pieces {
            assert!(piece.body.len() <= 900 && piece.body.ends_with("five."), "{piece:?}");
        }
    }
    let endless = read(&"é".repeat(2000), Written::Plain).expect("a document");
    assert_eq!(endless.pieces.iter().map(|piece| piece.body.chars().count()).sum::<usize>(), 2000);
    assert_eq!(read(&"word. ".repeat(400_000), Written::Plain), Err(Unfit::TooLong));
}

#[test]
fn code_is_not_cut_and_holds_no_headings() {
    let code = format!("```sh\n{}# no heading\n```", "cp one two\n".repeat(150));
    let text = format!("# Copy\n\nSo:\n\n{code}\n\nDone.\n\nAlways ```so``` as here.");
    let document = read(&text, Written::Markdown).expect("a document");
    let bodies: Vec<&str> = document.pieces.iter().map(|piece| piece.body.as_str()).collect();
    assert_eq!(bodies, ["So:", code.as_str(), "Done.\n\nAlways ```so``` as here."]);
    let long = format!("~~~\n{}~~~", "cp one two\n".repeat(1000));
    let document = read(&long, Written::Markdown).expect("a document");
    assert!(document.pieces.iter().all(|piece| piece.body.len() <= 900 && piece.body.ends_with(['o', '~'])));
}
