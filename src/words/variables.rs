//! Which variables a message of a Fluent file needs. The build script reads this file too.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Attribute, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};

/// The messages of one language: each id, `id.attribute` for attributes, with its pattern; terms begin with `-`.
pub(crate) type Patterns<'a> = BTreeMap<String, &'a Pattern<&'a str>>;

/// How many messages name one another at most.
#[allow(dead_code)] // The build script follows none.
pub(crate) const DEEPEST: usize = 8;

/// Adds what a file says to `patterns`; tells which ids were there already.
pub(crate) fn collect<'a>(resource: &'a Resource<&'a str>, patterns: &mut Patterns<'a>) -> Vec<String> {
    let mut twice = Vec::new();
    let mut add = |id: String, pattern: &'a Pattern<&'a str>| {
        if patterns.insert(id.clone(), pattern).is_some() {
            twice.push(id);
        }
    };
    for entry in &resource.body {
        let (id, value, attributes): (_, _, &[Attribute<&str>]) = match entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            _ => continue,
        };
        for attribute in attributes {
            add(format!("{id}.{}", attribute.id.name), &attribute.value);
        }
        if let Some(value) = value {
            add(id, value);
        }
    }
    twice
}

/// What a pattern needs, with what the messages need that it names; and the messages that it names and nobody says.
pub(crate) fn variables<'a>(pattern: &Pattern<&'a str>, all: &Patterns<'a>) -> (BTreeSet<&'a str>, BTreeSet<String>) {
    let mut walk = Walk { all, found: BTreeSet::new(), missing: BTreeSet::new(), open: Vec::new() };
    walk.pattern(pattern);
    (walk.found, walk.missing)
}

struct Walk<'a, 'b> {
    all: &'b Patterns<'a>,
    found: BTreeSet<&'a str>,
    missing: BTreeSet<String>,
    /// What is being followed: a message that names itself ends here.
    open: Vec<String>,
}

impl<'a> Walk<'a, '_> {
    fn pattern(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'a str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.found.insert(id.name);
            }
            InlineExpression::FunctionReference { id, arguments } => {
                // Nobody adds functions to the bundles.
                self.missing.insert(format!("{}()", id.name));
                for argument in &arguments.positional {
                    self.inline(argument);
                }
            }
            InlineExpression::MessageReference { id, attribute } => {
                self.follow(id.name.to_owned(), attribute.as_ref().map(|it| it.name));
            }
            InlineExpression::TermReference { id, attribute, .. } => {
                self.follow(format!("-{}", id.name), attribute.as_ref().map(|it| it.name));
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn follow(&mut self, id: String, attribute: Option<&str>) {
        let id = attribute.map_or(id.clone(), |attribute| format!("{id}.{attribute}"));
        if self.open.contains(&id) {
            self.missing.insert(id);
            return;
        }
        match self.all.get(&id) {
            Some(pattern) => {
                self.open.push(id);
                self.pattern(pattern);
                self.open.pop();
            }
            None => {
                self.missing.insert(id);
            }
        }
    }
}
