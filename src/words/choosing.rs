//! What is wrong with how messages choose between variants.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use super::variables::Patterns;

/// The names of plural categories (<https://cldr.unicode.org/index/cldr-spec/plural-rules>).
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// So far is counted to find the categories of a language.
const COUNTED: u64 = 200;

/// What the bot calls itself. A language has a variant for that as it says it itself: `[I]`, `[ik]`.
const ITSELF: [&str; 2] = ["ticket-events-i", "ticket-events-me"];

/// What a language chooses by.
pub(super) struct Choosing {
    /// Its plural categories.
    categories: BTreeSet<&'static str>,
    /// By variable, the variants that English has, without what it calls the bot.
    known: BTreeMap<String, BTreeSet<String>>,
    /// What it calls the bot.
    itself: Vec<String>,
}

impl Choosing {
    pub(super) fn of(code: &str, patterns: &Patterns<'_>, english: &Patterns<'_>) -> Choosing {
        let theirs = itself(english);
        let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for pattern in english.values() {
            for_each_choice(pattern, &mut |variable, keys| {
                let keys = keys.iter().filter(|key| !theirs.iter().any(|it| it == *key));
                known.entry(variable.to_owned()).or_default().extend(keys.map(|key| (*key).to_owned()));
            });
        }
        Choosing { categories: categories(code), known, itself: itself(patterns) }
    }

    /// What is wrong with a message, a sentence each.
    pub(super) fn problems(&self, id: &str, pattern: &Pattern<&str>) -> Vec<String> {
        let mut problems = Vec::new();
        for_each_choice(pattern, &mut |variable, keys| {
            let counts = keys.iter().any(|key| CATEGORIES.contains(key) && *key != "other");
            for category in self.categories.iter().filter(|category| counts && !keys.contains(category)) {
                problems.push(format!("`{id}` lacks the variant `[{category}]`, which numbers have in this language"));
            }
            for key in keys {
                if CATEGORIES.contains(key) {
                    if !self.categories.contains(key) {
                        problems
                            .push(format!("`{id}` has the variant `[{key}]`, which no number has in this language"));
                    }
                } else if !self.itself.iter().any(|it| it == key)
                    && !self.known.get(variable).is_some_and(|known| known.contains(*key))
                {
                    problems.push(format!("`{id}` has the variant `[{key}]`, which is never chosen"));
                }
            }
        });
        problems
    }
}

fn itself(patterns: &Patterns<'_>) -> Vec<String> {
    let said = |id: &&str| match &patterns.get(*id)?.elements[..] {
        [PatternElement::TextElement { value }] => Some((*value).to_owned()),
        _ => None,
    };
    ITSELF.iter().filter_map(said).collect()
}

/// Calls `look` with the variable and the names of the variants of every choice; numbers are nobody's mistake.
fn for_each_choice<'a>(pattern: &Pattern<&'a str>, look: &mut impl FnMut(&'a str, &[&'a str])) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            look_into(expression, look);
        }
    }
}

fn look_into<'a>(expression: &Expression<&'a str>, look: &mut impl FnMut(&'a str, &[&'a str])) {
    match expression {
        Expression::Select { selector, variants } => {
            let name = |key: &VariantKey<&'a str>| match key {
                VariantKey::Identifier { name } => Some(*name),
                VariantKey::NumberLiteral { .. } => None,
            };
            let keys: Vec<&str> = variants.iter().filter_map(|variant| name(&variant.key)).collect();
            let variable = match selector {
                InlineExpression::VariableReference { id } => id.name,
                _ => "",
            };
            look(variable, &keys);
            for variant in variants {
                for_each_choice(&variant.value, look);
            }
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => look_into(expression, look),
        Expression::Inline(_) => {}
    }
}

/// The plural categories of whole numbers in a language; one that nobody knows counts as English, as Fluent has it.
fn categories(code: &str) -> BTreeSet<&'static str> {
    let id: LanguageIdentifier = code.parse().unwrap_or_default();
    let alone = LanguageIdentifier::from_parts(id.language, None, None, &[]);
    let english = LanguageIdentifier::from_bytes(b"en").unwrap_or_default();
    let mut rules = [id, alone, english].into_iter().map(|id| PluralRules::create(id, PluralRuleType::CARDINAL));
    let Some(rules) = rules.find_map(Result::ok) else { return BTreeSet::from(["other"]) };
    let chosen = (0..=COUNTED).filter_map(|number| rules.select(number).ok());
    let named = chosen.map(|category| match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    });
    named.chain(["other"]).collect()
}
