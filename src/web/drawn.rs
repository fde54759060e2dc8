//! A message as Discord shows it, beside the form in which it is written. Its buttons do nothing here.

use maud::{Markup, html};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::{Component, EmojiReactionType};

use super::visit::Visit;
use crate::ui::Message;
use crate::ui::limits::{CONTENT, cut};

impl Visit {
    /// A message as Discord shows it.
    pub async fn drawn(&self, message: &Message) -> Markup {
        // What nobody has checked yet may be as long as a form.
        let content = self.rich(&cut(&message.content, CONTENT)).await;
        let mut cards = Vec::new();
        for embed in &message.embeds {
            cards.push(self.card(embed).await);
        }
        html! {
            div.drawn {
                @if !message.content.is_empty() { p { (content) } }
                @for card in cards { (card) }
                @for component in &message.components { (draw(component)) }
            }
        }
    }
}

fn draw(component: &Component) -> Markup {
    match component {
        Component::ActionRow(row) => html! { div.row { @for part in &row.components { (draw(part)) } } },
        Component::Button(button) => {
            let look = match button.style {
                ButtonStyle::Primary => "primary",
                ButtonStyle::Success => "success",
                ButtonStyle::Danger => "danger",
                _ => "secondary",
            };
            html! { span.press.(look) { (emoji(button.emoji.as_ref())) (button.label.as_deref().unwrap_or_default()) } }
        }
        Component::SelectMenu(menu) => html! {
            details.menu-drawn {
                summary { (menu.placeholder.as_deref().unwrap_or_default()) }
                ul {
                    @for option in menu.options.iter().flatten() {
                        li {
                            (emoji(option.emoji.as_ref())) (option.label)
                            @if let Some(description) = &option.description { br; small { (description) } }
                        }
                    }
                }
            }
        },
        _ => html! {},
    }
}

fn emoji(emoji: Option<&EmojiReactionType>) -> Markup {
    match emoji {
        Some(EmojiReactionType::Unicode { name }) => html! { (name) " " },
        Some(EmojiReactionType::Custom { name, .. }) => html! { ":" (name.as_deref().unwrap_or_default()) ": " },
        None => html! {},
    }
}
