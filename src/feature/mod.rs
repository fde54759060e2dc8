//! A feature as data: the table of what it answers. All boxing of handlers lives here.
//!
//! Types decide the routing. A command handler takes the struct that defines the command, a button handler takes the
//! feature's own action enum, a form handler takes the struct that also describes the form.

mod bot;
mod command;
mod component;
mod condition;
pub mod export;
mod guide;
mod import;
mod job;
pub mod names;
mod personal_data;
mod promise;
mod routes;
mod store;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use twilight_model::channel::message::Component;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::InteractionMarker;

use crate::api;
use crate::app::App;
use crate::error::Result;
use crate::interactions::{Context, Desk, Reply};
use crate::settings::{Declared, Schema};
use crate::web::Section;
use crate::words::Language;

pub use bot::{Bot, Features};
pub use command::{CommandEntry, TypedLine, definition};
pub(crate) use command::{Run, outdated_command};
pub(crate) use component::{AGAIN, Framer, Pressed, Submitted, outdated};
pub use component::{FormShape, framed};
pub use condition::Condition;
pub(crate) use condition::Look;
pub use export::ExportEntry;
pub use guide::{Guarded, Guide};
pub use import::{Import, ImportReport, ImportRequest};
pub use job::{JobEntry, Summary};
pub use names::translated;
pub use personal_data::{Erasure, Part, PersonalColumn, PersonalContent, PersonalData};
pub use promise::{NotYet, Promise};

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Handler<I> = Arc<dyn Fn(Context, I) -> BoxFuture<Result<Reply>> + Send + Sync>;

/// What a feature answers, and what it owns.
pub struct Feature {
    /// Unique; the first part of its custom ids.
    pub name: &'static str,
    /// Its commands and menu commands.
    pub commands: Vec<CommandEntry>,
    /// Buttons and menus.
    pub(crate) press: Option<Handler<Pressed>>,
    /// Forms by [`crate::ui::Form::NAME`].
    pub(crate) forms: HashMap<&'static str, Handler<Submitted>>,
    /// What finishes its [`Reply::Later`].
    pub(crate) work: Option<promise::Work>,
    /// What time triggers.
    pub jobs: Vec<JobEntry>,
    /// Its tables that admins can take with them.
    pub exports: Vec<ExportEntry>,
    /// Pages and API routes, below `/` and its name.
    pub(crate) routes: Option<Router<App>>,
    /// Its parts of the API.
    pub api: Vec<api::Part>,
    /// Its pages in the dashboard of a server, in the order of the menu.
    pub(crate) sections: Vec<Section>,
    /// What `alphapy import NAME` does.
    pub(crate) imports: Vec<(&'static str, Import)>,
    /// Its settings.
    pub declared: Declared,
    /// How it takes over questions that nothing answers.
    pub(crate) desk: Option<Desk>,
    /// For whom its commands are, and which one to try first.
    pub guide: Guide,
    /// How it is doing in a server.
    pub(crate) condition: Option<Look>,
    /// What the bot must be able to do in a server for it.
    pub bot_needs: Permissions,
    /// What it knows of people.
    pub personal_data: PersonalData,
    /// Forms and what their structs look like as JSON; checked by a test.
    pub form_shapes: Vec<FormShape>,
    /// What makes it again once all features are known, if it is about all of them.
    about_all: Option<fn(&[Feature]) -> Feature>,
}

impl Feature {
    /// A feature that answers nothing yet.
    pub fn new(name: &'static str) -> Feature {
        Feature {
            name,
            commands: Vec::new(),
            press: None,
            forms: HashMap::new(),
            work: None,
            jobs: Vec::new(),
            exports: Vec::new(),
            routes: None,
            api: Vec::new(),
            sections: Vec::new(),
            imports: Vec::new(),
            declared: Declared::none(name).switched(),
            desk: None,
            condition: None,
            guide: Guide::default(),
            bot_needs: Permissions::empty(),
            personal_data: PersonalData::default(),
            form_shapes: Vec::new(),
            about_all: None,
        }
    }

    /// Declares the feature's settings.
    ///
    /// # Panics
    /// `S` is another feature's.
    #[must_use]
    pub fn settings<S: Schema>(mut self) -> Feature {
        assert_eq!(S::FEATURE, self.name, "these settings are another feature's");
        self.declared = Declared::of::<S>().switched();
        self
    }

    /// Says what the bot must be able to do in a server for the feature: the link that invites it asks for that.
    #[must_use]
    pub fn bot_needs(mut self, permissions: Permissions) -> Feature {
        self.bot_needs |= permissions;
        self
    }

    /// Takes over questions that nothing answers: `button` is what somebody presses who wants to ask people what a search
    /// looked for. Who shows it does not know whose it is.
    #[must_use]
    pub fn takes_questions(
        mut self,
        button: fn(Language, Id<InteractionMarker>) -> anyhow::Result<Component>,
    ) -> Feature {
        self.desk = Some(Desk { feature: self.name, button });
        self
    }

    /// Makes the feature again by `make` once all features are known; see [`make_those_about_all`].
    #[must_use]
    pub fn about_all(mut self, make: fn(&[Feature]) -> Feature) -> Feature {
        self.about_all = Some(make);
        self
    }

    /// Takes the switch away: without this feature nobody could switch anything on, or find out what there is.
    #[must_use]
    pub fn always_on(mut self) -> Feature {
        self.declared = self.declared.always_on();
        self
    }
}

/// `features`, with those made again that are about all of them, one after another: each is given all, those
/// that come after it and itself as they were declared.
///
/// # Panics
/// One that was made again has another name.
pub fn make_those_about_all(mut features: Vec<Feature>) -> Vec<Feature> {
    for at in 0..features.len() {
        if let Some(make) = features[at].about_all.take() {
            let made = make(&features);
            assert_eq!(made.name, features[at].name, "a feature keeps its name");
            features[at] = made;
        }
    }
    features
}
