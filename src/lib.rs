//! Alphapy: the support desk of a Discord community as one stateless web service.
//!
//! The modules in reading order, from the ground up; each imports only what stands above it in this list.
//!
//! - [`words`]: what people read, in their language.
//! - [`error`]: a member can do better, or we can.
//! - [`clock`]: the one place that reads the time.
//! - [`hours`]: when somebody is there to answer.
//! - [`turns`]: whose deferred work is done next.
//! - [`config`]: the environment as typed values.
//! - [`telemetry`]: logs and metrics.
//! - [`db`]: the pool, the migrations, and what other instances say.
//! - [`discord`]: the REST API with its limits.
//! - [`ui`]: messages, buttons, forms and custom ids as Discord takes them.
//! - [`settings`], [`knowledge`], [`reminders`]: services over the database that features share; reminders have settings.
//! - [`statistics`]: how many, how fast and how good, of tickets, searches and reminders.
//! - [`readers`]: in which language members read what reaches them later.
//! - [`changes`]: what changes just now, for whoever looks at it.
//! - [`instances`]: how processes share what Discord allows the bot.
//! - [`keys`]: the keys of programs that use the API.
//! - [`log_channel`]: where a server reads what the bot did.
//! - [`app`]: all of these in one handle.
//! - [`acting`]: who does something, where, when and by what.
//! - [`operations`]: what is done with what doors and features share: settings, entries of the FAQ, reminders.
//! - [`interactions`]: an interaction as a feature meets it: context and reply.
//! - [`web`]: the dashboard: login, sessions, and what all pages share.
//! - [`api`]: what all routes of the API share: keys, problems, limits, repetitions.
//! - [`feature`]: a feature as a table of functions.
//! - [`features`]: the list of features, each in a folder of its own.
//! - [`intake`]: connections and bodies of which nobody knows yet who sent them.
//! - [`webhook`]: what runs an interaction: signature, envelope, dispatch, deferred work.
//! - [`commands`], [`jobs`]: what is registered at Discord, and what time triggers.
//! - [`preflight`]: whether database and application are set up as they must be.
//! - [`server`]: the HTTP face.
//!
//! `dev` plays Discord for the tests and for `cargo dev`; it knows nothing of the bot.

pub mod acting;
pub mod api;
pub mod app;
pub mod assist;
pub mod changes;
pub mod clock;
pub mod commands;
pub mod config;
pub mod db;
pub mod discord;
pub mod error;
pub mod feature;
pub mod features;
pub mod hours;
pub mod instances;
pub mod intake;
pub mod interactions;
pub mod jobs;
pub mod keys;
pub mod knowledge;
pub mod llm;
pub mod log_channel;
pub mod looks;
pub mod operations;
pub mod preflight;
pub mod readers;
pub mod reminders;
pub mod server;
pub mod settings;
pub mod statistics;
pub mod telemetry;
pub mod turns;
pub mod ui;
pub mod web;
pub mod webhook;
pub mod words;

#[cfg(feature = "dev")]
pub mod dev;
