//! Several people edit the same thing: what does not collide is merged, what collides is told.
//!
//! The form that opens carries a digest of each field ([`Seen`]) in its custom id. When it comes back, a field whose
//! text still has that digest was not edited by this person, and what is stored stays. A field that they edited takes the
//! place of what they saw, and of nothing else.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::custom_id::digest;
use super::form::{Field, Form, Style};
use super::limits::cut;
use crate::words::Msg;

/// Two people have changed the same fields of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// What the fields are called in the form, at least one.
    pub labels: Vec<Msg>,
}

/// What each field of a form held when it was opened, as digests in the order of [`Form::FIELDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen(Vec<u32>);

impl Seen {
    /// What somebody sees who opens a form with these values.
    pub fn of<F: Form>(shown: &F) -> Seen {
        let shown = serde_json::to_value(shown).unwrap_or_default();
        Seen(F::FIELDS.iter().map(|field| digest(&comparable(field, &shown[field.name]))).collect())
    }

    /// What is to be stored: `written` where this person has edited it, and `stored` where not.
    ///
    /// # Errors
    /// Somebody else has changed what this person changes too. What they wrote is shown to them again, as with every form
    /// that is refused.
    pub fn merge<F: Form>(&self, stored: &F, written: &F) -> Result<F, Collision> {
        let value = |form: &F| serde_json::to_value(form).expect("a form is a struct of texts, lists and booleans");
        let merged = self.merge_fields(F::FIELDS, &value(stored), value(written));
        let merged = merged.map_err(|labels| Collision { labels })?;
        Ok(serde_json::from_value(merged).expect("each of its fields is from a form of that type"))
    }

    /// # Errors
    /// What the fields are called that both have changed.
    fn merge_fields(&self, fields: &[Field], stored: &Value, written: Value) -> Result<Value, Vec<Msg>> {
        let (mut merged, mut collisions) = (written, Vec::new());
        for (at, field) in fields.iter().enumerate() {
            let theirs = comparable(field, &stored[field.name]);
            let mine = comparable(field, &merged[field.name]);
            // What a form of another version has not told is not known, so it is no licence to overwrite.
            let seen = self.0.get(at).copied();
            if seen == Some(digest(&mine)) || mine == theirs {
                merged[field.name] = stored[field.name].clone();
            } else if seen != Some(digest(&theirs)) {
                collisions.push(field.label);
            }
        }
        if collisions.is_empty() { Ok(merged) } else { Err(collisions) }
    }
}

/// A value without what Discord and people change in passing: line ends, spaces around it, the order of what was picked.
fn comparable(field: &Field, value: &Value) -> String {
    match (field.style, value) {
        // What is stored may be longer than what the form could show.
        (Style::Line | Style::Paragraph, Value::String(text)) => {
            cut(text, field.max_chars.into()).replace("\r\n", "\n").trim().to_owned()
        }
        (_, Value::Array(picked)) => {
            let mut picked: Vec<String> = picked.iter().map(Value::to_string).collect();
            picked.sort();
            picked.join(",")
        }
        (_, value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Sheet {
        title: String,
        text: String,
        roles: Vec<String>,
        open: bool,
    }

    impl Form for Sheet {
        const NAME: &'static str = "sheet";
        const FIELDS: &'static [Field] = &[
            Field {
                name: "title",
                label: Msg::verbatim("Title"),
                hint: None,
                style: Style::Line,
                max_chars: 10,
                required: true,
            },
            Field {
                name: "text",
                label: Msg::verbatim("Text"),
                hint: None,
                style: Style::Paragraph,
                max_chars: 100,
                required: false,
            },
            Field {
                name: "roles",
                label: Msg::verbatim("Roles"),
                hint: None,
                style: Style::Roles,
                max_chars: 10,
                required: false,
            },
            Field {
                name: "open",
                label: Msg::verbatim("Open"),
                hint: None,
                style: Style::Checkbox,
                max_chars: 1,
                required: false,
            },
        ];
    }

    fn sheet(title: &str, text: &str, roles: &[&str], open: bool) -> Sheet {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        Sheet { title: title.to_owned(), text: text.to_owned(), roles, open }
    }

    fn merged(seen: &Seen, theirs: &Sheet, mine: &Sheet) -> Result<Sheet, Vec<Msg>> {
        let (theirs, mine) = (serde_json::json!(theirs), serde_json::json!(mine));
        let merged = seen.merge_fields(Sheet::FIELDS, &theirs, mine)?;
        Ok(serde_json::from_value(merged).expect("it is a sheet"))
    }

    #[test]
    fn what_two_people_write_is_merged_or_told() {
        let base = sheet("A", "one\ntwo", &["1", "2"], false);
        let check = |theirs: &Sheet, mine: &Sheet, expected: Result<&Sheet, &[&'static str]>| {
            assert_eq!(
                merged(&Seen::of(&base), theirs, mine),
                expected.cloned().map_err(|labels| labels.iter().map(|label| Msg::verbatim(label)).collect()),
                "{theirs:?} and {mine:?}"
            );
        };
        let with = |change: &dyn Fn(&mut Sheet)| {
            let mut sheet = base.clone();
            change(&mut sheet);
            sheet
        };
        check(&base, &base, Ok(&base));
        let titled = with(&|it| it.title = "B".to_owned());
        let opened = with(&|it| it.open = true);
        let both = with(&|it| (it.title, it.open) = ("B".to_owned(), true));
        check(&base, &titled, Ok(&titled));
        check(&titled, &base, Ok(&titled));
        check(&titled, &opened, Ok(&both));
        check(&titled, &titled, Ok(&titled));
        check(&titled, &with(&|it| it.title = "C".to_owned()), Err(&["Title"]));
        let emptied = with(&|it| (it.title, it.text) = (String::new(), String::new()));
        let rewritten = with(&|it| (it.title, it.text) = ("C".to_owned(), "three".to_owned()));
        check(&emptied, &rewritten, Err(&["Title", "Text"]));
        check(&with(&|it| it.roles = vec!["3".to_owned()]), &with(&|it| it.roles.clear()), Err(&["Roles"]));
        // Discord's line ends, spaces, and another order are no edits.
        let untouched =
            with(&|it| (it.text, it.roles) = (" one\r\ntwo ".to_owned(), vec!["2".to_owned(), "1".to_owned()]));
        check(&titled, &untouched, Ok(&titled));
    }

    #[test]
    fn what_a_form_could_not_show_whole_is_kept_whole() {
        let long = sheet("A title that is long", "", &[], false);
        let shown = Sheet { title: cut(&long.title, 10), open: true, ..long.clone() };
        assert_eq!(merged(&Seen::of(&long), &long, &shown), Ok(Sheet { open: true, ..long }));
    }

    #[test]
    fn nothing_is_overwritten_by_a_form_that_has_not_seen_it() {
        let (stored, written) = (sheet("A", "x", &[], false), sheet("A", "y", &[], false));
        assert_eq!(merged(&Seen::default(), &stored, &written), Err(vec![Msg::verbatim("Text")]));
    }
}
