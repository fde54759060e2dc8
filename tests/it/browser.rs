//! A small browser: it keeps cookies, follows links, and sends forms as it finds them in the page.

use std::collections::BTreeMap;

use flate2::read::GzDecoder;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, Url};

/// A browser window.
pub(crate) struct Browser {
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
    url: Url,
    pub(crate) status: u16,
    pub(crate) html: String,
    /// Headers that go with each request.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The cookies as they were set last, with what stands behind them.
    pub(crate) set: Vec<String>,
    pub(crate) answered: reqwest::header::HeaderMap,
    /// The bytes that the page took on its way.
    pub(crate) weight: usize,
}

/// A part of a page.
#[derive(Debug)]
enum Node {
    Text(String),
    Element { name: String, attributes: BTreeMap<String, String>, inside: Vec<Node> },
}

/// What has no end.
const VOID: [&str; 5] = ["input", "meta", "link", "br", "hr"];

impl Browser {
    /// A new window at `base`, such as `http://127.0.0.1:8080`; nothing is open yet.
    pub(crate) fn new(base: &str) -> Browser {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
        Browser {
            client: client.expect("a client"),
            cookies: BTreeMap::new(),
            url: Url::parse(base).expect("an address"),
            status: 0,
            html: String::new(),
            headers: vec![("accept-language", "en".to_owned()), ("user-agent", "Firefox/140.0 Linux".to_owned())],
            set: Vec::new(),
            answered: reqwest::header::HeaderMap::new(),
            weight: 0,
        }
    }

    /// Goes to an address and on to wherever that leads.
    pub(crate) async fn opens(&mut self, path: &str) {
        let to = self.url.join(path).expect("an address");
        self.asks(Method::GET, to, None).await;
    }

    /// Where it is, below the host.
    pub(crate) fn path(&self) -> String {
        let query = self.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", self.url.path())
    }

    /// Follows the link of that text.
    pub(crate) async fn follows(&mut self, text: &str) {
        let to = self.link(text);
        self.opens(&to).await;
    }

    /// Where a link of that text leads.
    pub(crate) fn link(&self, text: &str) -> String {
        let page = parse(&self.html);
        let mut links = Vec::new();
        each(&page, &mut |node| {
            if let Node::Element { name, attributes, inside } = node
                && name == "a"
                && text_of(inside).trim() == text
            {
                links.push(attributes["href"].clone());
            }
        });
        links.into_iter().next().unwrap_or_else(|| panic!("there is no link {text:?} in {}", self.text()))
    }

    /// Presses a button, in the form as it is.
    pub(crate) async fn presses(&mut self, button: &str) {
        self.fills(&[], button).await;
    }

    /// Fills fields in by their labels, and presses a button of their form.
    pub(crate) async fn fills(&mut self, fields: &[(&str, &str)], button: &str) {
        let (method, action, pairs) = self.form(fields, button);
        let mut to = if action.is_empty() { self.url.clone() } else { self.url.join(&action).expect("an address") };
        let mut encoded = Url::parse("http://a/").expect("an address");
        encoded.query_pairs_mut().extend_pairs(&pairs);
        let encoded = encoded.query().unwrap_or_default().to_owned();
        if method == "post" {
            self.asks(Method::POST, to, Some(encoded)).await;
        } else {
            to.set_query(Some(&encoded));
            self.asks(Method::GET, to, None).await;
        }
    }

    /// What would be sent: method, address and pairs.
    pub(crate) fn form(&self, fields: &[(&str, &str)], button: &str) -> (String, String, Vec<(String, String)>) {
        let page = parse(&self.html);
        let mut found = None;
        each(&page, &mut |node| {
            if let Node::Element { name, attributes, inside } = node
                && name == "form"
            {
                let mut pressed = None;
                each(inside, &mut |node| {
                    if let Node::Element { name, attributes, inside } = node
                        && name == "button"
                        && (text_of(inside).trim() == button
                            || attributes.get("aria-label").is_some_and(|it| it == button))
                    {
                        pressed = Some(
                            attributes
                                .get("name")
                                .map(|name| (name.clone(), attributes.get("value").cloned().unwrap_or_default())),
                        );
                    }
                });
                if let (Some(pressed), None) = (pressed, &found) {
                    let own = filled(inside, fields);
                    let method = attributes.get("method").cloned().unwrap_or_else(|| "get".to_owned());
                    let action = attributes.get("action").cloned().unwrap_or_default();
                    found = Some((method, action, own.into_iter().chain(pressed).collect()));
                }
            }
        });
        found.unwrap_or_else(|| panic!("there is no form with a button {button:?} in {}", self.text()))
    }

    /// Sends pairs to an address, whatever the page says.
    pub(crate) async fn posts(&mut self, path: &str, pairs: &[(&str, &str)]) {
        let mut encoded = Url::parse("http://a/").expect("an address");
        encoded.query_pairs_mut().extend_pairs(pairs);
        let encoded = encoded.query().unwrap_or_default().to_owned();
        self.asks(Method::POST, self.url.join(path).expect("an address"), Some(encoded)).await;
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    async fn asks(&mut self, mut method: Method, mut to: Url, mut body: Option<String>) {
        self.set.clear();
        for _ in 0..10 {
            let mut request = self.client.request(method.clone(), to.clone());
            for (name, value) in &self.headers {
                request = request.header(*name, value);
            }
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, cookies.join("; ")).header(ACCEPT_ENCODING, "gzip, deflate, br");
            if method == Method::POST {
                let from = self.url.origin().ascii_serialization();
                // What the page itself was opened by says where the form stands.
                if !self.headers.iter().any(|(name, _)| *name == "origin") {
                    request = request.header("origin", &from);
                }
                request = request.header("content-type", "application/x-www-form-urlencoded");
                request = request.body(body.clone().unwrap_or_default());
            }
            let answer = request.send().await.expect("it answers");
            self.url = to.clone();
            self.status = answer.status().as_u16();
            for cookie in answer.headers().get_all(SET_COOKIE) {
                let cookie = cookie.to_str().expect("text").to_owned();
                let (name, rest) = cookie.split_once('=').expect("a name");
                let value = rest.split(';').next().unwrap_or_default();
                match rest.contains("Max-Age=0;") {
                    true => drop(self.cookies.remove(name)),
                    false => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
                }
                self.set.push(cookie);
            }
            self.answered = answer.headers().clone();
            let next = answer.headers().get(LOCATION).map(|to| to.to_str().expect("an address").to_owned());
            let is_packed = answer.headers().get(CONTENT_ENCODING).is_some_and(|by| by == "gzip");
            let sent = answer.bytes().await.expect("a body");
            self.weight = sent.len();
            self.html = match is_packed {
                true => std::io::read_to_string(GzDecoder::new(&sent[..])).expect("packed text"),
                false => String::from_utf8(sent.to_vec()).expect("text"),
            };
            let Some(next) = next else { return };
            to = self.url.join(&next).expect("an address");
            (method, body) = (Method::GET, None);
        }
        panic!("it goes round in a circle at {to}");
    }

    /// What the page shows, without what surrounds it on every page.
    pub(crate) fn main(&self) -> String {
        let page = parse(&self.html);
        let mut shown = None;
        each(&page, &mut |node| {
            if let Node::Element { name, inside, .. } = node
                && name == "main"
            {
                shown = Some(show_all(inside));
            }
        });
        tidy(&shown.unwrap_or_default())
    }

    /// All that the page shows.
    pub(crate) fn text(&self) -> String {
        tidy(&show_all(&parse(&self.html)))
    }

    /// The page's title.
    pub(crate) fn title(&self) -> String {
        let title = self.html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        decoded(title.map_or("", |(title, _)| title))
    }
}

/// What the fields of a form hold, those with a label of `fields` what is filled in there.
fn filled(form: &[Node], fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut labels = BTreeMap::new();
    each(form, &mut |node| {
        if let Node::Element { name, attributes, inside } = node
            && name == "label"
            && let Some(of) = attributes.get("for")
        {
            labels.insert(of.clone(), text_of(inside).trim().to_owned());
        }
    });
    let mut used = Vec::new();
    let mut pairs = Vec::new();
    each(form, &mut |node| {
        let Node::Element { name: element, attributes, inside } = node else { return };
        if !["input", "select", "textarea"].contains(&element.as_str()) {
            return;
        }
        let attribute = |name: &str| attributes.get(name).cloned().unwrap_or_default();
        let Some(name) = attributes.get("name").cloned() else { return };
        let label = labels.get(&attribute("id")).cloned().unwrap_or_default();
        let given = fields.iter().find(|(of, _)| *of == label && !label.is_empty());
        used.extend(given.map(|(label, _)| (*label).to_owned()));
        let given = given.map(|(_, value)| (*value).to_owned());
        let value = match (element.as_str(), attribute("type").as_str()) {
            ("input", "checkbox" | "radio") => {
                let checked = given.map_or(attributes.contains_key("checked"), |given| given == "on");
                checked.then(|| attributes.get("value").cloned().unwrap_or_else(|| "on".to_owned()))
            }
            ("input", _) => Some(given.unwrap_or_else(|| attribute("value"))),
            // A browser takes the first line's end away, and sends two signs for each.
            ("textarea", _) => Some(given.unwrap_or_else(|| raw_text(inside)).replace('\n', "\r\n")),
            _ => {
                let mut options = Vec::new();
                each(inside, &mut |node| {
                    if let Node::Element { name, attributes, inside } = node
                        && name == "option"
                    {
                        let text = text_of(inside).trim().to_owned();
                        let value = attributes.get("value").cloned().unwrap_or_else(|| text.clone());
                        options.push((text, value, attributes.contains_key("selected")));
                    }
                });
                let chosen = match &given {
                    Some(given) => options.iter().find(|(text, ..)| text == given),
                    None => options.iter().find(|(.., selected)| *selected).or(options.first()),
                };
                let known: Vec<&str> = options.iter().map(|(text, ..)| text.as_str()).collect();
                assert!(given.is_none() || chosen.is_some(), "{label} has only {known:?}");
                chosen.map(|(_, value, _)| value.clone())
            }
        };
        pairs.extend(value.map(|value| (name, value)));
    });
    for (label, _) in fields {
        assert!(used.iter().any(|it| it == label), "there is no field {label:?}, but {labels:?}");
    }
    pairs
}

fn each(nodes: &[Node], look: &mut dyn FnMut(&Node)) {
    for node in nodes {
        look(node);
        if let Node::Element { inside, .. } = node {
            each(inside, look);
        }
    }
}

fn raw_text(nodes: &[Node]) -> String {
    let mut text = String::new();
    each(nodes, &mut |node| {
        if let Node::Text(part) = node {
            text.push_str(part);
        }
    });
    text
}

fn text_of(nodes: &[Node]) -> String {
    raw_text(nodes).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn show_all(nodes: &[Node]) -> String {
    nodes.iter().map(show).collect()
}

/// A part of a page as text.
fn show(node: &Node) -> String {
    let (name, attributes, inside) = match node {
        Node::Text(text) => return text.replace('\n', " "),
        Node::Element { name, attributes, inside } => (name.as_str(), attributes, inside),
    };
    let attribute = |name: &str| attributes.get(name).map(String::as_str).unwrap_or_default();
    let inner = show_all(inside);
    match name {
        // A dialog is not open before somebody opens it.
        "head" | "style" | "script" | "dialog" => String::new(),
        "br" => "\n".to_owned(),
        "h1" => format!("\n# {inner}\n"),
        "h2" => format!("\n## {inner}\n"),
        "li" => format!("\n- {inner}"),
        "tr" => format!("\n| {inner}"),
        "td" | "th" => format!("{} | ", inner.trim()),
        "a" => format!("[{}]", inner.trim()),
        "button" => format!(" ({}) ", inner.trim()),
        "dt" => format!("\n{inner}: "),
        "option" if attributes.contains_key("selected") => format!("{inner}*, "),
        "option" => format!("{inner}, "),
        "select" => format!(" <{}>", inner.trim_end_matches(", ")),
        "textarea" => format!(" <{}>", raw_text(inside)),
        "input" => match attribute("type") {
            "hidden" => String::new(),
            "checkbox" | "radio" => (if attributes.contains_key("checked") { "[x] " } else { "[ ] " }).to_owned(),
            _ => format!(" <{}>", attribute("value")),
        },
        "p" | "div" | "form" | "ul" | "ol" | "dl" | "header" | "footer" | "nav" | "main" | "table" | "section"
        | "article" | "details" | "summary" | "fieldset" | "pre" | "legend" => format!("\n{inner}\n"),
        _ => inner,
    }
}

/// Without spaces that nobody sees, and empty lines.
fn tidy(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

fn parse(html: &str) -> Vec<Node> {
    let mut rest = html;
    if let Some(after) = rest.strip_prefix("<!DOCTYPE html>") {
        rest = after;
    }
    let (nodes, rest) = nodes(rest);
    assert!(rest.is_empty(), "something ends that did not begin: {rest}");
    nodes
}

/// What stands before the end of what surrounds it.
fn nodes(mut rest: &str) -> (Vec<Node>, &str) {
    let mut found = Vec::new();
    while !rest.is_empty() && !rest.starts_with("</") {
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            found.push(Node::Text(decoded(&rest[..end])));
            rest = &rest[end..];
            continue;
        };
        let end = tag.find([' ', '>']).expect("a tag ends");
        let name = tag[..end].to_lowercase();
        let mut attributes = BTreeMap::new();
        let mut inside = &tag[end..];
        loop {
            inside = inside.trim_start();
            if let Some(after) = inside.strip_prefix('>') {
                inside = after;
                break;
            }
            let end = inside.find(['=', ' ', '>']).expect("a tag ends");
            let key = inside[..end].to_owned();
            assert!(!key.is_empty(), "{inside}");
            inside = &inside[end..];
            let value = match inside.strip_prefix("=\"") {
                Some(quoted) => {
                    let (value, after) = quoted.split_once('"').expect("a value ends");
                    inside = after;
                    decoded(value)
                }
                // The fake Discord's page is not as neat.
                None => match inside.strip_prefix('=') {
                    Some(bare) => {
                        let end = bare.find([' ', '>']).expect("a tag ends");
                        inside = &bare[end..];
                        bare[..end].to_owned()
                    }
                    None => String::new(),
                },
            };
            attributes.insert(key, value);
        }
        if VOID.contains(&name.as_str()) {
            found.push(Node::Element { name, attributes, inside: Vec::new() });
            rest = inside;
            continue;
        }
        let (children, after) = nodes(inside);
        let end = format!("</{name}>");
        rest = after.strip_prefix(end.as_str()).unwrap_or_else(|| panic!("{name} does not end before {after:.100}"));
        found.push(Node::Element { name, attributes, inside: children });
    }
    (found, rest)
}
