//! What a feature declares of its settings: a struct, and a [`Field`] for each of its members.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::field::{Field, Kind, field};
use crate::msg;

/// The switch that every feature has.
pub const ENABLED: Field = field("enabled", msg!(settings_enabled), Kind::Boolean);

/// The settings of a feature, as a struct with serde names.
///
/// Its `Default` holds the defaults; `wiring.rs` checks that fields and struct agree.
pub trait Schema: Serialize + DeserializeOwned + Default + Send + Sync + 'static {
    /// The feature, which is the key of the row.
    const FEATURE: &'static str;
    /// What it is called in `/config`.
    const GROUP: &'static str = Self::FEATURE;
    /// Its settings in the order in which people see them.
    const FIELDS: &'static [Field];
}

/// A [`Schema`] as data: all that `/config`, the documentation and the checks need to know. Nobody makes one but of a
/// [`Schema`], so what it says of kinds and bounds is what the feature declared.
#[derive(Clone, Debug)]
pub struct Declared {
    feature: &'static str,
    group: &'static str,
    fields: Vec<Field>,
    defaults: Map<String, Value>,
}

impl Declared {
    /// What `T` declares.
    ///
    /// # Panics
    /// `T` is not a struct.
    pub fn of<T: Schema>() -> Declared {
        let Ok(Value::Object(defaults)) = serde_json::to_value(T::default()) else {
            panic!("the settings of {} are no struct", T::FEATURE)
        };
        Declared { feature: T::FEATURE, group: T::GROUP, fields: T::FIELDS.to_vec(), defaults }
    }

    /// A feature without settings of its own.
    pub fn none(feature: &'static str) -> Declared {
        Declared { feature, group: feature, fields: Vec::new(), defaults: Map::new() }
    }

    /// Adds the switch.
    #[must_use]
    pub fn switched(mut self) -> Declared {
        self.fields.insert(0, ENABLED);
        self.defaults.insert(ENABLED.name.to_owned(), Value::Bool(true));
        self
    }

    /// Takes the switch away.
    #[must_use]
    pub fn always_on(mut self) -> Declared {
        self.fields.retain(|field| field.name != ENABLED.name);
        self.defaults.remove(ENABLED.name);
        self
    }

    /// The feature, which is the key of the row.
    pub fn feature(&self) -> &'static str {
        self.feature
    }

    /// What it is called in `/config`.
    pub fn group(&self) -> &'static str {
        self.group
    }

    /// The settings, the switch among them if there is one.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// What holds where nothing is set, by name.
    pub fn defaults(&self) -> &Map<String, Value> {
        &self.defaults
    }

    /// The setting of that name, as it is stored or as people type it in any language.
    pub fn field(&self, name: &str) -> Option<&Field> {
        let own = self.fields.iter().find(|field| field.name == name || field.option_name() == name);
        own.or_else(|| self.fields.iter().find(|field| field.is_called(name)))
    }

    /// What holds where nothing is set.
    pub fn default(&self, field: &Field) -> &Value {
        self.defaults.get(field.name).unwrap_or(&Value::Null)
    }
}
