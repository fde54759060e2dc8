//! `/api`: the document of the API as a page, made of it once. It has no script, and its styles come from beside it.

use maud::{DOCTYPE, Markup, html};
use serde_json::{Map, Value};
use utoipa::openapi::OpenApi;

/// What the page looks like.
pub(super) const STYLE: &str = include_str!("page.css");

/// What browsers may do with the page: show it, by its own styles, and nothing else.
pub(super) const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The methods in the order in which they are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// An operation of the document.
struct Shown<'a> {
    method: &'static str,
    path: &'a str,
    operation: &'a Value,
}

/// The page.
pub(super) fn render(document: &OpenApi) -> String {
    let schemas = document.components.as_ref().and_then(|parts| serde_json::to_value(&parts.schemas).ok());
    let schemas = schemas.unwrap_or_default();
    let document = serde_json::to_value(document).unwrap_or_default();
    let empty = Map::new();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    let schemas = schemas.as_object().unwrap_or(&empty);
    let mut all: Vec<Shown<'_>> = Vec::new();
    for (path, item) in paths {
        let methods = METHODS.into_iter().filter_map(|method| Some((method, item.get(method)?)));
        all.extend(methods.map(|(method, operation)| Shown { method, path, operation }));
    }
    let mut tags: Vec<&str> = all.iter().map(Shown::tag).collect();
    tags.sort_unstable();
    tags.dedup();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (text(&document["info"]["title"])) " API" }
                link rel="stylesheet" href="/api/style.css";
            }
            body {
                header {
                    h1 { (text(&document["info"]["title"])) " API" }
                    p { (text(&document["info"]["description"])) }
                    p { a href="/api/openapi.json" { "openapi.json" } }
                    nav aria-label="Areas" {
                        ul { @for tag in &tags { li { a href={ "#" (tag) } { (tag) } } } li { a href="#schemas" { "schemas" } } }
                    }
                }
                main {
                    @for tag in &tags {
                        section #(tag) {
                            h2 { (tag) }
                            @for shown in all.iter().filter(|shown| shown.tag() == *tag) { (shown.render()) }
                        }
                    }
                    section #schemas {
                        h2 { "schemas" }
                        @for (name, schema) in schemas {
                            article #{ "schema-" (name) } {
                                h3 { code { (name) } }
                                p { (text(&schema["description"])) }
                                (fields(schema))
                            }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

impl Shown<'_> {
    fn tag(&self) -> &str {
        text(&self.operation["tags"][0])
    }

    fn render(&self) -> Markup {
        let operation = self.operation;
        let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        let cost = operation.get(super::limit::COST).and_then(Value::as_u64).unwrap_or(1);
        html! {
            article #(text(&operation["operationId"])) {
                h3 { (text(&operation["summary"])) }
                p.call { span.method { (self.method.to_uppercase()) } " " code { (self.path) } }
                p { (text(&operation["description"])) }
                @if cost > 1 { p.dim { "Costs " (cost) } }
                @if !parameters.is_empty() {
                    table {
                        caption { "Parameters" }
                        thead { tr { th scope="col" { "Name" } th scope="col" { "In" } th scope="col" { "Value" } th scope="col" { "Meaning" } } }
                        tbody {
                            @for parameter in parameters {
                                tr {
                                    td { code { (text(&parameter["name"])) } @if parameter["required"] == true { " *" } }
                                    td { (text(&parameter["in"])) }
                                    td { (kind(&parameter["schema"])) }
                                    td { (text(&parameter["description"])) }
                                }
                            }
                        }
                    }
                }
                @if !body.is_null() { p { "Body: " (kind(body)) } }
                ul.answers {
                    @for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
                        li {
                            code { (status) } " " (text(&answer["description"]))
                            @for (media, content) in answer["content"].as_object().into_iter().flatten() {
                                ": " (kind(&content["schema"])) " " span.dim { (media) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What an object consists of, or what it may be.
fn fields(schema: &Value) -> Markup {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().map(text).collect();
    let choices = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|name| schema[name].as_array());
    html! {
        @if let Some(values) = schema["enum"].as_array() {
            p { @for value in values { code { (text(value)) } " " } }
        }
        @if let Some(properties) = schema["properties"].as_object() {
            table {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Value" } th scope="col" { "Meaning" } } }
                tbody {
                    @for (name, property) in properties {
                        tr {
                            td { code { (name) } @if required.contains(&name.as_str()) { " *" } }
                            td { (kind(property)) }
                            td { (text(&property["description"])) }
                        }
                    }
                }
            }
        }
        @for choice in choices.into_iter().flatten() { p { (text(&choice["description"])) } (fields(choice)) }
    }
}

/// A value's kind in a few words.
fn kind(schema: &Value) -> Markup {
    if let Some(name) = text(&schema["$ref"]).rsplit('/').next().filter(|name| !name.is_empty()) {
        return html! { a href={ "#schema-" (name) } { (name) } };
    }
    let of = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(text).collect::<Vec<_>>().join(" or "),
        one => text(one).to_owned(),
    };
    let choices = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|name| schema[name].as_array());
    let bound = |name: &str, before: &str| {
        let bound = schema.get(name).filter(|it| it.is_number())?;
        Some(format!(" {before} {bound}"))
    };
    html! {
        (of)
        @if let Some(items) = schema.get("items").filter(|items| items.is_object()) { " of " (kind(items)) }
        @for (at, choice) in choices.into_iter().flatten().enumerate() { @if at > 0 { " or " } (kind(choice)) }
        @for value in schema["enum"].as_array().into_iter().flatten() { " " code { (text(value)) } }
        (bound("minimum", "from").unwrap_or_default()) (bound("maximum", "to").unwrap_or_default())
        (bound("maxLength", "up to").unwrap_or_default())
    }
}
