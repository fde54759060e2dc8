//! What of a message must stay as it is in every language: what is put in, and marks that Discord or people read.

use std::collections::BTreeSet;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};

use super::variables::{DEEPEST, Patterns};

/// Variants that stand for many numbers; of one alone a language may say how many it is without a digit: “a message”.
const OF_MANY: [&str; 3] = ["few", "many", "other"];

/// How mentions and moments begin and end (<https://discord.com/developers/docs/reference#message-formatting>).
const MARKS: [&str; 10] = ["<#", "<@&", "<@{", "<t:", ":f>", ":F>", ":D>", ":R>", ":t>", "</"];

/// What is wrong with a message beside the English one, a sentence each.
pub(super) fn problems<'a>(
    id: &str,
    pattern: &Pattern<&'a str>,
    all: &Patterns<'a>,
    english: &Pattern<&'a str>,
    all_english: &Patterns<'a>,
) -> Vec<String> {
    let mut problems = Vec::new();
    let said = always(pattern, all, 0);
    let mut lost: Vec<&str> = always(english, all_english, 0).difference(&said).copied().collect();
    lost.sort_unstable();
    for lost in lost {
        problems.push(format!("`{id}` does not say `{{ ${lost} }}` in each of its variants, as English does"));
    }
    let (has, wants) = (marks(pattern), marks(english));
    for lost in wants.difference(&has) {
        problems.push(format!("`{id}` lacks `{lost}`, which English has"));
    }
    for odd in has.difference(&wants) {
        problems.push(format!("`{id}` has `{odd}`, which English has not"));
    }
    if !texts(pattern).iter().all(|text| text.matches('`').count().is_multiple_of(2)) {
        problems.push(format!("`{id}` has a mark of code without its other half"));
    }
    problems
}

/// The variables that are put in whichever variant is chosen; that one chooses by them alone does not say them.
fn always<'a>(pattern: &Pattern<&'a str>, all: &Patterns<'a>, depth: usize) -> BTreeSet<&'a str> {
    let mut said = BTreeSet::new();
    // A message that names itself is another problem.
    if depth > DEEPEST {
        return said;
    }
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            said.extend(said_by(expression, all, depth));
        }
    }
    said
}

fn said_by<'a>(expression: &Expression<&'a str>, all: &Patterns<'a>, depth: usize) -> BTreeSet<&'a str> {
    let named = |id: String| all.get(&id).map_or_else(BTreeSet::new, |pattern| always(pattern, all, depth + 1));
    match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => BTreeSet::from([id.name]),
        Expression::Inline(InlineExpression::MessageReference { id, attribute: None }) => named(id.name.to_owned()),
        Expression::Inline(InlineExpression::TermReference { id, attribute: None, .. }) => {
            named(format!("-{}", id.name))
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => said_by(expression, all, depth),
        Expression::Inline(_) => BTreeSet::new(),
        Expression::Select { selector, variants } => {
            let chosen_by = match selector {
                InlineExpression::VariableReference { id } => id.name,
                _ => "",
            };
            let each = variants.iter().map(|variant| {
                let mut said = always(&variant.value, all, depth);
                // Who reads the variant of one value knows that value.
                let is_known = match variant.key {
                    VariantKey::Identifier { name } => !variant.default && !OF_MANY.contains(&name),
                    VariantKey::NumberLiteral { .. } => true,
                };
                if is_known {
                    said.insert(chosen_by);
                }
                said
            });
            each.reduce(|left, right| &left & &right).unwrap_or_default()
        }
    }
}

/// The marks of a message, and the placeholders that it shows people.
fn marks(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in texts(pattern) {
        found.extend(MARKS.iter().filter(|mark| text.contains(**mark)).map(|mark| (*mark).to_owned()));
        let shown = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
        found.extend(shown.map(|(name, _)| format!("{{{name}}}")));
    }
    found
}

/// The texts of a message: the outermost, and that of each variant. What is put in is `{}`, and braces that people see are
/// written twice.
fn texts(pattern: &Pattern<&str>) -> Vec<String> {
    let (mut own, mut others) = (String::new(), Vec::new());
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => own.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::StringLiteral { value }) => {
                    own.push_str(&value.replace('{', "{{").replace('}', "}}"));
                }
                Expression::Inline(_) => own.push_str("{}"),
                Expression::Select { variants, .. } => {
                    own.push_str("{}");
                    others.extend(variants.iter().flat_map(|variant| texts(&variant.value)));
                }
            },
        }
    }
    others.push(own);
    others
}
