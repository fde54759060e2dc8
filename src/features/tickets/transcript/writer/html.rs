//! The pieces of the page. It needs nothing but itself: no script, no font, no address is loaded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use crate::discord::Attachment;
use crate::say;
use crate::ui::is_override;
use crate::words::{Language, amount};

/// What a page begins with.
pub(super) fn beginning(title: &str, language: Language) -> String {
    format!(
        "<!doctype html><html lang={}><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:; style-src \
         'unsafe-inline'\"><title>{}</title><style>{STYLE}</style>",
        language.code(),
        escape(title)
    )
}

/// Text on its ground has a contrast of 4.5 and more in both themes (<https://www.w3.org/TR/WCAG22/#contrast-minimum>).
const STYLE: &str = "\
:root{color-scheme:light dark;--line:light-dark(#d5d8df,#3c3e45);--dim:light-dark(#5a5f6b,#aeb3bd);--soft:light-dark(#f1f2f6,#2a2c33);\
--link:light-dark(#3a49c4,#a5b0ff);background:light-dark(#fff,#1f2025);color:light-dark(#23252b,#e6e7ea)}\
body{font:16px/1.45 system-ui,sans-serif;max-width:48rem;margin:auto;padding:1rem;overflow-wrap:anywhere}\
h1{font-size:1.4rem;margin:.5rem 0}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}\
dt{color:var(--dim)}dd{margin:0;white-space:pre-wrap}details{margin:1rem 0}summary{cursor:pointer}a{color:var(--link)}\
.day{display:flex;align-items:center;gap:.8rem;color:var(--dim);font-size:.85rem;font-weight:600;margin:1.4rem 0 .4rem}\
.day::before,.day::after{content:'';flex:1;border-top:1px solid var(--line)}.thread{font-size:1.1rem;margin:2rem 0 0}\
.by{display:grid;grid-template-columns:2.5rem 1fr;column-gap:.8rem;margin-top:.9rem}.by>*{grid-column:2;min-width:0}\
.by>.face{grid-column:1;grid-row:1/span 2}.face{width:2.5rem;height:2.5rem;border-radius:50%;background:var(--tint,#5865f2) center/cover;\
color:#fff;display:grid;place-items:center;font-weight:600;font-size:.9rem}header b{margin-right:.4rem}\
.tag{background:#4a5be0;color:#fff;border-radius:.25rem;font-size:.7rem;padding:.05rem .3rem;margin-right:.4rem}\
.own header b{color:var(--link)}time,.small,.edited,.of{color:var(--dim);font-size:.8rem}\
article{position:relative}article p,article ul,article h3,article h4,article h5{margin:.1rem 0}p,li,blockquote{white-space:pre-wrap}\
article ul{padding-left:1.3rem}article ul.deep{padding-left:2.6rem}article>time{position:absolute;left:-3.3rem;top:.15rem;width:2.5rem;\
text-align:right;opacity:0;font-size:.7rem}article:hover>time{opacity:1}\
blockquote{margin:.2rem 0;padding-left:.7rem;border-left:3px solid var(--line)}code{background:var(--soft);border-radius:.25rem;\
padding:.05rem .3rem;font:.88em ui-monospace,monospace}pre{background:var(--soft);border-radius:.4rem;padding:.6rem;margin:.3rem 0;\
white-space:pre-wrap}pre code{padding:0}.mention,.moment{background:light-dark(#e3e6ff,#373c63);color:var(--link);border-radius:.25rem;padding:0 .2rem}\
.spoiler{background:currentColor;border-radius:.25rem}.spoiler:hover,.spoiler:focus{background:var(--soft)}\
.box{background:var(--soft);border-left:4px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;margin:.3rem 0;max-width:34rem}\
.file{border:1px solid var(--line);border-radius:.4rem;padding:.3rem .6rem;width:fit-content}img{max-width:100%;border-radius:.5rem;margin:.3rem 0}\
.note{border:1px solid light-dark(#b97a00,#c98a10);border-radius:.5rem;padding:.6rem}\
@media(max-width:40rem){dl{display:block}dt{margin-top:.4rem;font-size:.85rem}article>time{display:none}}\
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:11pt}details{display:block}details>ol{display:block}\
.by,.box,.file,img{break-inside:avoid}.spoiler{background:var(--soft)}a[href]::after{content:none}}";

pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    text.chars().for_each(|c| push_escaped(c, &mut escaped));
    escaped
}

/// Writes a letter so that it is no markup.
pub(super) fn push_escaped(c: char, html: &mut String) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        // It would turn what stands behind it.
        c if is_override(c) => {}
        c => html.push(c),
    }
}

/// The place of somebody's picture: the picture has the class `f` with their id, and where there is none stand the first
/// letters of their name on a ground of their own.
pub(super) fn face(user: Id<UserMarker>, name: &str, has_picture: bool) -> String {
    if has_picture {
        return format!("<span class=\"face f{user}\" aria-hidden=true></span>");
    }
    let letters: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    // Dark enough for white letters, whatever the hue.
    let hue = user.get() % 360;
    format!(
        "<span class=face style=\"--tint:hsl({hue} 45% 38%)\" aria-hidden=true>{}</span>",
        escape(&letters.to_uppercase())
    )
}

/// The rule that shows somebody's picture.
pub(super) fn picture(user: Id<UserMarker>, bytes: &[u8]) -> String {
    format!("<style>.f{user}{{background-image:url(data:image/png;base64,{})}}</style>", STANDARD.encode(bytes))
}

/// A file: a picture as one, another as something to save, one that was not copied by its name.
pub(super) fn file(file: &Attachment, bytes: Option<&[u8]>, language: Language) -> String {
    let name = escape(&file.name);
    let voice = file.seconds.map(|seconds| say!(language, tickets_transcript_voice, seconds));
    let voice = voice.map(|said| format!(" <span class=of>{}</span>", escape(&said))).unwrap_or_default();
    let Some(bytes) = bytes else {
        let said = say!(language, tickets_transcript_not_copied, name = file.name.as_str(), bytes = amount(file.size));
        return format!("<p class=file>{}{voice}</p>", escape(&said));
    };
    // Only these kinds draw; what else it is called must not make a page of it.
    let picture =
        ["image/png", "image/jpeg", "image/gif", "image/webp"].into_iter().find(|kind| *kind == file.content_type);
    let data = STANDARD.encode(bytes);
    match picture {
        Some(kind) => format!("<p><img alt=\"{name}\" src=\"data:{kind};base64,{data}\"></p>"),
        None => format!(
            "<p class=file>📎 <a download=\"{name}\" href=\"data:application/octet-stream;base64,{data}\">{name}</a>{voice}</p>"
        ),
    }
}
