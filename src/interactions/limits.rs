//! Discord's limits on what we show, kept in one place: longer text ends in an ellipsis.
//!
//! Discord does not say in which unit it counts; UTF-16 units are the strictest, so text within them always fits.

use twilight_model::channel::message::component::{Button, SelectMenu};
use twilight_model::channel::message::{Component, Embed};

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
/// A form's title and its labels.
pub const FORM_LABEL: usize = 45;

/// `text` in at most `max` UTF-16 units, with an ellipsis where it was cut.
pub fn cut(text: &str, max: usize) -> String {
    // Bytes are never fewer than units.
    if text.len() <= max || text.encode_utf16().count() <= max {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= max
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

fn shorten(text: &mut String, max: usize) {
    if text.len() > max {
        *text = cut(text, max);
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Makes `embeds` fit, each for itself and all together.
pub fn fit_embeds(embeds: &mut Vec<Embed>) {
    embeds.truncate(EMBEDS);
    let mut left = EMBEDS_TOTAL;
    for embed in embeds {
        embed.fields.truncate(EMBED_FIELDS);
        let author = embed.author.as_mut().map(|author| (&mut author.name, EMBED_TITLE));
        let title = embed.title.as_mut().map(|title| (title, EMBED_TITLE));
        let footer = embed.footer.as_mut().map(|footer| (&mut footer.text, EMBED_FOOTER));
        let description = embed.description.as_mut().map(|text| (text, EMBED_DESCRIPTION));
        let fields = embed.fields.iter_mut();
        let fields = fields.flat_map(|f| [(&mut f.name, EMBED_TITLE), (&mut f.value, EMBED_FIELD_VALUE)]);
        // What is named first keeps its text when the sum does not suffice for all.
        for (text, max) in author.into_iter().chain(title).chain(footer).chain(description).chain(fields) {
            // A field may not be empty, so every text keeps at least its ellipsis.
            shorten(text, max.min(left.max(1)));
            left = left.saturating_sub(units(text));
        }
    }
}

/// Makes buttons and menus fit.
pub fn fit_components(components: &mut [Component]) {
    for component in components {
        match component {
            Component::ActionRow(row) => fit_components(&mut row.components),
            Component::Button(Button { label: Some(label), .. }) => shorten(label, BUTTON_LABEL),
            Component::SelectMenu(SelectMenu { options, placeholder, .. }) => {
                placeholder.iter_mut().for_each(|text| shorten(text, PLACEHOLDER));
                for option in options.iter_mut().flatten() {
                    shorten(&mut option.label, OPTION_LABEL);
                    option.description.iter_mut().for_each(|text| shorten(text, OPTION_LABEL));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interactions::reply;
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
    }

    proptest! {
        #[test]
        fn what_is_cut_fits(text in ".{0,60}", max in 1usize..40) {
            prop_assert!(units(&cut(&text, max)) <= max);
        }
    }

    #[test]
    fn all_embeds_together_fit_and_none_is_empty() {
        let mut embeds = vec![reply::embed("title", "x".repeat(5000)), reply::embed("y".repeat(300), "z".repeat(4000))];
        fit_embeds(&mut embeds);
        let text = |e: &Embed| units(e.title.as_deref().unwrap_or("")) + units(e.description.as_deref().unwrap_or(""));
        assert!(embeds.iter().map(text).sum::<usize>() <= EMBEDS_TOTAL);
        assert!(embeds.iter().all(|embed| embed.description.as_deref().is_some_and(|text| !text.is_empty())));
    }
}
