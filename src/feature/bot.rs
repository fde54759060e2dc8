//! The bot as a whole: the app, and the features that answer.

use std::collections::HashMap;
use std::sync::Arc;

use twilight_model::application::command::CommandType;

use super::{CommandEntry, Feature, make_those_about_all};
use crate::app::App;
use crate::interactions::Desk;

/// The app and the features that answer: what the webhook, the jobs and the server all run.
#[derive(Clone)]
pub struct Bot {
    /// What handlers reach.
    pub app: App,
    /// Who answers what.
    pub features: Arc<Features>,
}

impl Bot {
    /// The bot that has these features.
    ///
    /// # Panics
    /// As [`Features::new`] does.
    pub fn new(app: App, features: Vec<Feature>) -> Bot {
        Bot { app, features: Arc::new(Features::new(features)) }
    }

    /// The same bot for work that no member waits for at this moment.
    #[must_use]
    pub fn in_background(&self) -> Bot {
        Bot { app: self.app.in_background(), features: Arc::clone(&self.features) }
    }
}

/// The features, and where their commands are.
pub struct Features {
    all: Vec<Feature>,
    /// Feature and entry by kind and name.
    commands: HashMap<(u64, String), (usize, usize)>,
}

/// Paths of the server itself, and the one below which all features' programs are to be found: no feature may have these for
/// its own, as its pages stand below its name.
const PATHS_TAKEN: [&str; 6] = ["health", "metrics", "interactions", "events", "api", "dashboard"];

impl Features {
    /// Looks over `features` once.
    ///
    /// # Panics
    /// Two commands of a kind, or two features, have the same name, or a feature has the name of one of the server's own paths.
    pub fn new(features: Vec<Feature>) -> Features {
        let all = make_those_about_all(features);
        let mut commands = HashMap::new();
        for (at, feature) in all.iter().enumerate() {
            let twins = all.iter().filter(|other| other.name == feature.name).count();
            assert_eq!(twins, 1, "two features are called {}", feature.name);
            let taken = PATHS_TAKEN.contains(&feature.name);
            assert!(!taken, "no feature can be called {}: the server has a path of that name", feature.name);
            for (entry, command) in feature.commands.iter().enumerate() {
                let name = command.definition.name.clone();
                let twin = commands.insert((kind_number(command.definition.kind), name), (at, entry));
                assert!(twin.is_none(), "/{} is declared twice", command.definition.name);
            }
        }
        Features { all, commands }
    }

    /// All of them, in the order of the list.
    pub fn all(&self) -> &[Feature] {
        &self.all
    }

    /// The one that takes over questions that nothing answers.
    pub fn desk(&self) -> Option<Desk> {
        self.all.iter().find_map(|feature| feature.desk)
    }

    /// The one of that name.
    pub fn feature(&self, name: &str) -> Option<&Feature> {
        self.all.iter().find(|feature| feature.name == name)
    }

    /// The command of that name, of the kind that an interaction's `data.type` says.
    pub fn command(&self, kind: u64, name: &str) -> Option<(&Feature, &CommandEntry)> {
        let (feature, entry) = *self.commands.get(&(kind, name.to_owned()))?;
        let feature = &self.all[feature];
        Some((feature, &feature.commands[entry]))
    }
}

/// The number that an interaction's `data.type` holds.
fn kind_number(kind: CommandType) -> u64 {
    u8::from(kind).into()
}
