//! Links in messages: Discord refuses a message with one that it filters, and does not say which (error 240000).

use twilight_model::channel::message::{Component, Embed};

use super::message::Message;

/// What leads to Discord itself is never filtered.
const OWN: [&str; 2] = ["https://discord.com/", "https://cdn.discordapp.com/"];

impl Message {
    /// The same with `instead` in the place of each link; nothing if there is none.
    ///
    /// Names of hosts count too: what Discord looks for is not only what it shows as a link.
    pub fn without_links(&self, instead: &str) -> Option<Message> {
        let mut message = self.clone();
        let mut found = false;
        let mut text = |text: &mut String| {
            if let Some(without) = replace_links(text, instead) {
                *text = without;
                found = true;
            }
        };
        text(&mut message.content);
        message.embeds.iter_mut().for_each(|embed| texts_of_embed(embed, &mut text));
        message.components.iter_mut().for_each(|component| texts_of_component(component, &mut text));
        for embed in &mut message.embeds {
            let urls = [embed.url.take(), embed.image.take().map(|it| it.url), embed.thumbnail.take().map(|it| it.url)];
            found |= urls.iter().flatten().count() > 0;
        }
        found |= remove_link_buttons(&mut message.components);
        found.then_some(message)
    }
}

fn texts_of_embed(embed: &mut Embed, text: &mut impl FnMut(&mut String)) {
    embed.author.iter_mut().for_each(|author| text(&mut author.name));
    embed.title.iter_mut().for_each(&mut *text);
    embed.description.iter_mut().for_each(&mut *text);
    embed.footer.iter_mut().for_each(|footer| text(&mut footer.text));
    for field in &mut embed.fields {
        text(&mut field.name);
        text(&mut field.value);
    }
}

fn texts_of_component(component: &mut Component, text: &mut impl FnMut(&mut String)) {
    match component {
        Component::ActionRow(row) => row.components.iter_mut().for_each(|inner| texts_of_component(inner, text)),
        Component::Button(button) => button.label.iter_mut().for_each(text),
        Component::SelectMenu(menu) => {
            menu.placeholder.iter_mut().for_each(&mut *text);
            for option in menu.options.iter_mut().flatten() {
                text(&mut option.label);
                option.description.iter_mut().for_each(&mut *text);
            }
        }
        _ => {}
    }
}

/// Takes buttons away that lead out of Discord, and says whether there were any.
fn remove_link_buttons(components: &mut Vec<Component>) -> bool {
    let leads_out = |component: &Component| match component {
        Component::Button(button) => button.url.as_deref().is_some_and(|url| !is_own(url)),
        _ => false,
    };
    let before = components.len();
    components.retain(|component| !leads_out(component));
    let mut removed = components.len() < before;
    for component in components.iter_mut() {
        if let Component::ActionRow(row) = component {
            removed |= remove_link_buttons(&mut row.components);
        }
    }
    removed
}

fn is_own(url: &str) -> bool {
    OWN.iter().any(|own| url.starts_with(own))
}

/// Whether `text` has a link, or names a host.
pub fn has_link(text: &str) -> bool {
    replace_links(text, "").is_some()
}

/// `text` with `instead` in the place of each link; nothing if there is none.
fn replace_links(text: &str, instead: &str) -> Option<String> {
    let (mut without, mut found) = (String::with_capacity(text.len()), false);
    for word in text.split_inclusive(is_between) {
        let bare = word.trim_end_matches(is_between);
        match is_link(bare) {
            true => {
                found = true;
                without.push_str(instead);
                without.push_str(&word[bare.len()..]);
            }
            false => without.push_str(word),
        }
    }
    found.then_some(without)
}

/// What no link holds. A link in round brackets is a word with what stands around it.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '|' | '"')
}

/// Whether a word names a host: it has a scheme, or a full stop with letters around it, as `a.example/b` has.
fn is_link(word: &str) -> bool {
    if is_own(word) {
        return false;
    }
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let end = host.rsplit_once('.').is_some_and(|(before, end)| {
        before.ends_with(char::is_alphanumeric) && end.len() > 1 && end.chars().all(char::is_alphabetic)
    });
    word.contains("://") || end
}

#[cfg(test)]
mod tests {
    use twilight_model::channel::message::component::ButtonStyle;

    use super::*;
    use crate::ui::{button, embed, footer};

    #[test]
    fn links_are_taken_out_of_a_text() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(replace_links(text, "…").as_deref(), expected, "{text:?}");
        };
        check("", None);
        check("At 10.30, e.g. by mail. Then 3.5 litres", None);
        check("https://discord.com/channels/1/2", None);
        check("see https://evil.example/x?a=b now", Some("see … now"));
        check("<https://evil.example>\nand evil.example/y.", Some("<…>\nand …"));
        check("[here](http://evil.example)", Some("[here](…)"));
        check("steam://x", Some("…"));
    }

    #[test]
    fn links_are_taken_out_of_all_parts_of_a_message() {
        let link = "https://evil.example/x";
        let mut boxed = embed(link, link);
        boxed.footer = Some(footer(link));
        boxed.url = Some(link.to_owned());
        let row = vec![button(ButtonStyle::Primary, link, "id".to_owned())];
        let message = Message::new(link).embed(boxed).row(row);
        let without = message.without_links("(link)").expect("there are some");
        let json = serde_json::to_string(&without).expect("it is a message");
        assert!(!json.contains("evil"), "{json}");
        assert_eq!(without.without_links("(link)").map(|message| message.content), None);
        assert!(Message::new("Nothing").without_links("(link)").is_none());
    }
}
