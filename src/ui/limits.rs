//! Discord's limits on what we show, kept in one place: longer text ends in an ellipsis.
//!
//! Discord does not say in which unit it counts; UTF-16 units are the strictest, so text within them always fits.

use twilight_model::channel::message::component::{Button, SelectMenu};
use twilight_model::channel::message::{Component, Embed};

use super::plain::is_blank;

/// Text above everything else (<https://discord.com/developers/docs/resources/message#create-message>).
pub const CONTENT: usize = 2000;
/// All text of all embeds of a message together
/// (<https://discord.com/developers/docs/resources/message#embed-object-embed-limits>).
pub const EMBEDS_TOTAL: usize = 6000;
/// Embeds of a message.
pub const EMBEDS: usize = 10;
/// An embed's title, and a field's name.
pub const EMBED_TITLE: usize = 256;
/// An embed's text.
pub const EMBED_DESCRIPTION: usize = 4096;
/// Fields of an embed.
pub const EMBED_FIELDS: usize = 25;
/// A field's text.
pub const EMBED_FIELD_VALUE: usize = 1024;
/// An embed's footer.
pub const EMBED_FOOTER: usize = 2048;
/// A button's label (<https://discord.com/developers/docs/components/reference#button>).
pub const BUTTON_LABEL: usize = 80;
/// Options of a menu, choices of an option.
pub const OPTIONS: usize = 25;
/// A menu option's label and description, a suggestion's name.
pub const OPTION_LABEL: usize = 100;
/// What a menu shows while nothing is chosen.
pub const PLACEHOLDER: usize = 150;
/// A text of its own in a form (<https://discord.com/developers/docs/components/reference#text-display>).
pub const TEXT_DISPLAY: usize = 4000;
/// A form's title and its labels.
pub const FORM_LABEL: usize = 45;

/// Whether Discord takes `text` where it takes `max` characters.
pub fn fits(text: &str, max: usize) -> bool {
    // Bytes are never fewer than units.
    text.len() <= max || units(text) <= max
}

/// `text` in at most `max` UTF-16 units, with an ellipsis where it was cut.
///
/// It does not end with a link, to which the ellipsis would belong, unless it is nothing but that; nor with a stroke that was
/// to defuse what came next.
pub fn cut(text: &str, max: usize) -> String {
    if fits(text, max) {
        return text.to_owned();
    }
    if max == 0 {
        return String::new();
    }
    let mut units = 1;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= max
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.truncate(kept.trim_end().len());
    if let Some(link) = last_link(&kept) {
        kept.truncate(link);
    }
    let strokes = kept.len() - kept.trim_end_matches('\\').len();
    kept.truncate(kept.len() - strokes % 2);
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Stands in the place of a label that would be blank, which Discord refuses along with all the rest.
const NAMELESS: &str = "…";

/// A label in at most `max` UTF-16 units, and never a blank one.
pub fn label(text: &str, max: usize) -> String {
    let text = if is_blank(text) { NAMELESS } else { text };
    cut(text, max)
}

/// Where the link begins with which `text` ends, if something stands before it.
fn last_link(text: &str) -> Option<usize> {
    let word = text.rfind(char::is_whitespace)?;
    let link = ["https://", "http://"].iter().filter_map(|start| text[word..].find(start)).min()?;
    let before = text[..word + link].trim_end_matches('<');
    (!before.trim().is_empty()).then_some(before.len())
}

fn shorten(text: &mut String, max: usize) {
    if text.len() > max {
        *text = cut(text, max);
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Makes `embeds` fit, each for itself and all together: when the sum does not suffice, the last texts are left out.
pub fn fit_embeds(embeds: &mut Vec<Embed>) {
    embeds.truncate(EMBEDS);
    let mut left = EMBEDS_TOTAL;
    let mut take = |text: &mut String, max: usize| {
        shorten(text, max.min(left));
        left -= units(text);
    };
    for embed in embeds.iter_mut() {
        // A title of nothing would be a line that is empty.
        embed.title.take_if(|title| is_blank(title));
        embed.author.iter_mut().for_each(|author| take(&mut author.name, EMBED_TITLE));
        embed.title.iter_mut().for_each(|title| take(title, EMBED_TITLE));
        embed.footer.iter_mut().for_each(|footer| take(&mut footer.text, EMBED_FOOTER));
        embed.description.iter_mut().for_each(|text| take(text, EMBED_DESCRIPTION));
        embed.fields.truncate(EMBED_FIELDS);
        for field in &mut embed.fields {
            take(&mut field.name, EMBED_TITLE);
            take(&mut field.value, EMBED_FIELD_VALUE);
        }
        // Neither half of a field may be empty.
        embed.fields.retain(|field| !is_blank(&field.name) && !is_blank(&field.value));
    }
    let says_something = |embed: &Embed| {
        let texts = [&embed.title, &embed.description];
        texts.into_iter().flatten().any(|text| !is_blank(text)) || !embed.fields.is_empty() || embed.image.is_some()
    };
    embeds.retain(says_something);
}

/// Makes buttons and menus fit: what would be blank has a name, and a menu of nothing is left out.
pub fn fit_components(components: &mut Vec<Component>) {
    for component in components.iter_mut() {
        match component {
            Component::ActionRow(row) => fit_components(&mut row.components),
            // An emoji alone is enough.
            Component::Button(Button { label: text @ Some(_), emoji: Some(_), .. })
                if text.as_deref().is_some_and(is_blank) =>
            {
                *text = None;
            }
            Component::Button(Button { label: Some(text), .. }) => *text = label(text, BUTTON_LABEL),
            Component::SelectMenu(SelectMenu { options, placeholder, .. }) => {
                placeholder.iter_mut().for_each(|text| shorten(text, PLACEHOLDER));
                placeholder.take_if(|text| is_blank(text));
                for options in options.iter_mut() {
                    options.retain(|option| !option.value.trim().is_empty());
                    options.truncate(OPTIONS);
                }
                for option in options.iter_mut().flatten() {
                    option.label = label(&option.label, OPTION_LABEL);
                    option.description.iter_mut().for_each(|text| shorten(text, OPTION_LABEL));
                    option.description.take_if(|text| is_blank(text));
                }
            }
            _ => {}
        }
    }
    components.retain(|component| match component {
        Component::ActionRow(row) => !row.components.is_empty(),
        Component::SelectMenu(menu) => menu.options.as_ref().is_none_or(|options| !options.is_empty()),
        _ => true,
    });
}

/// Whether Discord links to it, and takes it for a picture's address: it refuses a message with anything else.
pub fn is_web_address(url: &str) -> bool {
    let web = |url: &reqwest::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    reqwest::Url::parse(url).is_ok_and(|parsed| web(&parsed))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui;
    use proptest::prelude::*;

    fn check(text: &str, max: usize, expected: &str) {
        assert_eq!(cut(text, max), expected, "{text:?} in {max}");
    }

    #[test]
    fn text_is_cut_with_an_ellipsis() {
        check("", 5, "");
        check("hello", 5, "hello");
        check("hello!", 5, "hell…");
        check("four words of text", 6, "four…");
        check("naïve", 5, "naïve");
        check("👍👍👍", 6, "👍👍👍");
        check("👍👍👍", 5, "👍👍…");
        check("see https://a.example/b_c now and then", 30, "see https://a.example/b_c now…");
        check("see https://a.example/b_c now", 27, "see…");
        check("see https://a.example/b_c now", 20, "see…");
        check("see <https://a.example/b_c> now", 20, "see…");
        check("https://a.example/b_c", 12, "https://a.e…");
        check("see https://a.example/b_c", 24, "see…");
        check(r"four \*stars\*", 7, "four…");
        check(r"four \\\* and", 8, r"four \\…");
    }

    proptest! {
        #[test]
        fn what_is_cut_fits(text in ".{0,60}", max in 1usize..40) {
            prop_assert!(units(&cut(&text, max)) <= max);
        }
    }

    #[test]
    fn all_embeds_together_fit_and_none_is_empty() {
        let long = || ui::embed("y".repeat(300), "z".repeat(5000));
        let mut embeds = vec![long(), long(), long()];
        fit_embeds(&mut embeds);
        let text = |e: &Embed| units(e.title.as_deref().unwrap_or("")) + units(e.description.as_deref().unwrap_or(""));
        let sizes: Vec<usize> = embeds.iter().map(text).collect();
        assert_eq!(sizes, [256 + 4096, EMBEDS_TOTAL - 256 - 4096]);
    }
}
