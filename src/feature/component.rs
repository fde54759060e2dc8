//! Buttons, menus and forms: what they carry, and who answers them.

use std::future::{Ready, ready};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{BoxFuture, Feature, Handler};
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::said;
use crate::ui::{Form, Frame, custom_id::CustomId, form};

/// Where a custom id names a form, this is the button that opens again one that was refused; no form is called so.
pub(crate) const AGAIN: &str = "again";

/// A press of a button, or the choice from a menu.
pub(crate) struct Pressed {
    /// What the button carries, as it came.
    pub(crate) custom_id: String,
    /// What was chosen; empty for a button.
    pub(crate) values: Vec<String>,
}

/// A form that was filled in.
pub(crate) struct Submitted {
    pub(crate) custom_id: String,
    /// Each input's value by name.
    pub(crate) fields: Map<String, Value>,
}

/// A form as a test sees it.
pub struct FormShape {
    /// [`Form::NAME`].
    pub name: &'static str,
    /// [`Form::FIELDS`].
    pub fields: &'static [form::Field],
    /// The struct's default as JSON.
    pub empty: Value,
    /// What stands around the inputs of the one with that custom id.
    pub(crate) frame: Framer,
}

/// What stands around the inputs of a form with a custom id.
pub(crate) type Framer = Arc<dyn Fn(Context, String) -> BoxFuture<Result<Frame>> + Send + Sync>;

/// For forms of which what they are about tells what stands around their inputs.
pub fn framed<T>(frame: fn(&T) -> Frame) -> impl Fn(Context, T) -> Ready<Result<Frame>> + Clone {
    move |_, target| ready(Ok(frame(&target)))
}

impl Feature {
    /// Answers the feature's buttons and menus: `A` is what `cx.id(…)` encoded, the strings are what was chosen.
    #[must_use]
    pub fn press<A, F, Fut>(mut self, handle: F) -> Feature
    where
        A: DeserializeOwned + Send + 'static,
        F: Fn(Context, A, Vec<String>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        self.press = Some(Arc::new(move |cx, pressed: Pressed| {
            let handle = handle.clone();
            Box::pin(async move {
                let action = decode(&pressed.custom_id)?;
                handle(cx, action, pressed.values).await
            })
        }));
        self
    }

    /// Answers the form `S`: `T` is what `cx.form_id::<S>(…)` encoded. `frame` tells what stands around its inputs, also where
    /// it is opened again because it was refused.
    #[must_use]
    pub fn form<T, S, F, Fut, G, Framed>(mut self, handle: F, frame: G) -> Feature
    where
        T: DeserializeOwned + Send + 'static,
        S: Form + Send + 'static,
        F: Fn(Context, T, S) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
        G: Fn(Context, T) -> Framed + Clone + Send + Sync + 'static,
        Framed: Future<Output = Result<Frame>> + Send + 'static,
    {
        let run: Handler<Submitted> = Arc::new(move |cx, submitted: Submitted| {
            let handle = handle.clone();
            Box::pin(async move {
                let target = decode(&submitted.custom_id)?;
                let values = form::parse::<S>(submitted.fields)
                    .ok_or_else(|| Error::user(said!(interactions_outdated_submit)))?;
                handle(cx, target, values).await
            })
        });
        let empty = serde_json::to_value(S::default()).expect("a form is a struct of texts");
        let frame: Framer = Arc::new(move |cx, custom_id: String| {
            let frame = frame.clone();
            Box::pin(async move { frame(cx, decode(&custom_id)?).await })
        });
        self.form_shapes.push(FormShape { name: S::NAME, fields: S::FIELDS, empty, frame });
        assert_ne!(S::NAME, AGAIN, "a button of all features is called so");
        let twin = self.forms.insert(S::NAME, run);
        assert!(twin.is_none(), "{} has two forms called {}", self.name, S::NAME);
        self
    }

    /// Answers the form `name`, whose inputs are only known at run time: `T` is what `cx.open_form_id(name, …)` encoded,
    /// the map is each input's value by its name.
    ///
    /// # Panics
    /// The feature has another form of that name.
    #[must_use]
    pub fn open_form<T, F, Fut>(mut self, name: &'static str, handle: F) -> Feature
    where
        T: DeserializeOwned + Send + 'static,
        F: Fn(Context, T, Map<String, Value>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run: Handler<Submitted> = Arc::new(move |cx, submitted: Submitted| {
            let handle = handle.clone();
            Box::pin(async move {
                let target = decode(&submitted.custom_id)?;
                handle(cx, target, submitted.fields).await
            })
        });
        let twin = self.forms.insert(name, run);
        assert!(twin.is_none(), "{} has two forms called {name}", self.name);
        self
    }
}

/// What a custom id carries, or the sentence for one that an older version made.
fn decode<T: DeserializeOwned>(custom_id: &str) -> Result<T> {
    CustomId::parse(custom_id).and_then(|id| id.payload()).ok_or_else(outdated)
}

/// The sentence for a custom id that nobody here understands any more.
pub(crate) fn outdated() -> Error {
    Error::user(said!(interactions_outdated_press))
}
