//! The tests that see the whole service: real router, signatures and Postgres; Discord is a stateful fake.
//!
//! A test is a script of people doing things and a picture of the screen. A test about one feature goes into the
//! feature's file; a promise that every feature makes goes into `wiring`, once, over the list.

mod absent; // what is nowhere in the sources
mod announcements; // what is announced becomes reminders
mod api; // programs, their keys, and what they are answered
mod api_areas; // settings, tickets, reminders and exports for programs
mod asking; // what members ask, as they typed it, and from the FAQ to the desk
mod browser; // a window on pages, for tests
mod coach; // what members ask the coach
mod commands; // what is registered at Discord, and docs/commands.md
mod config; // what admins set, and who else sees it
mod config_start; // how a server is set up step by step
mod dashboard; // who comes in at the dashboard, and what browsers are told
mod dashboard_faq; // the FAQ on the dashboard: written, looked through, pasted
mod dashboard_lists; // lists of tickets: what they leave, several at once, and what is saved of them
mod dashboard_live; // pages that hear of changes, and the one script, which none of them needs
mod dashboard_operators; // how the bot is doing everywhere, for those who run it
mod dashboard_pages; // what people see and do on the pages of the dashboard
mod dashboard_records; // what admins take with them from the dashboard, and what they look back at there
mod dashboard_reminders; // the month, and a reminder that is written on the dashboard
mod dashboard_setup; // kinds of tickets and panels on the dashboard
mod dashboard_tickets; // a ticket on its page: what was said, and what is done with it
mod discord_client; // the REST client against a Discord on a bad day
mod documents; // what operators import to be found beside the FAQ
mod dutch_faq; // people who read Dutch, and the FAQ
mod dutch_reminders; // what reminders say to who reads Dutch
mod dutch_setup; // tickets that are set up in Dutch
mod dutch_tickets; // how tickets are worked where people speak Dutch
mod dutch_tickets_asked; // what is asked before a ticket, and counted afterwards, in Dutch
mod edits; // two people who edit the same thing
mod endpoint; // what may be posted, by whom, and how it is answered
mod environment; // what an operator reads when something is not set
mod exports; // what admins take with them
mod faq; // people and the FAQ
mod faq_report; // what members asked, and what nobody has answered
mod front_door; // what callers who are not Discord can do to those who are
mod handlers; // how a handler may end, and where it is found
mod import; // entries from files
mod layering; // who may import whom
mod layering_operations; // what operations promise whoever calls them
mod limits; // Discord's limits: whom they stop, and that nothing is lost
mod log_channel; // what a server reads of the bot's doings
mod meanings; // what means the same is found, and what has no answer still has none
mod monitoring; // every metric is described, shown and documented
mod neighbours; // what one server does to others
mod notices; // what instances tell each other through Postgres
mod operations_faq; // a door of no kind keeps the FAQ
mod operations_keys; // a door of no kind makes and revokes keys
mod operations_outcomes; // what was done has a code
mod operations_reminders; // reminders through a door that is no interaction
mod operations_reminders_private; // what a reminder says to one member alone
mod operations_reminders_rights; // what reminders may say, and by whose right
mod operations_reminders_twice; // what one origin asks of reminders twice
mod operations_replies; // drafts through a door of no kind
mod operations_settings; // a door of no kind changes settings
mod operations_status; // how the bot is doing, for admins
mod operations_switches; // nothing is done of what is switched off, by any door
mod operations_tickets; // a door of no kind opens and works tickets
mod operations_tickets_drafts; // what is written before there is a ticket
mod operations_tickets_gone; // what kinds and settings name and the server has no more, and what the bot lacks
mod operations_tickets_once; // what comes twice is done once with tickets, and answered twice
mod operations_tickets_programs; // a program works tickets, and what is said of it
mod operations_tickets_setup; // a door of no kind sets up kinds of tickets, panels and replies
mod overview; // how the desk is doing, on its page and for programs
mod payloads; // captured requests and what they must be answered with
mod preflight; // what an operator is told before members find it out
mod promises; // deferred work, and instances that die
mod refused_forms; // what was filled in is not lost, and what is used up is not pressed twice
mod relevance; // how well questions find their entries
mod reminders; // what is said when, and how often
mod reminders_buttons; // what is done with reminders by forms and buttons
mod reminders_outages; // reminders through outages
mod reminders_rights; // how many somebody may have, and who reads them
mod reminders_vouchers; // by whose right reminders speak when they are due
mod sources; // the sources as other tests read them
mod statistics; // numbers are what the rows say
mod stopping; // a real process that is told to stop, and what it logs
mod support; // World: people, two servers, a clock
mod tickets; // members, staff, and what is lost in neither's crash
mod tickets_access; // who reads and writes in a ticket, and who is called
mod tickets_channels; // where tickets are in Discord
mod tickets_ends; // how tickets end, are opened again, and are rated
mod tickets_kinds; // what opens a ticket
mod tickets_lists; // lists and numbers of tickets
mod tickets_outages; // what time and deaths of processes do to tickets
mod tickets_refusals; // what Discord refuses of a ticket, and what goes on
mod tickets_replies; // what is drafted for the staff
mod tickets_replies_kept; // … when something goes wrong
mod tickets_transcripts; // what was said in tickets is kept
mod tickets_turns; // whose turn it is in a ticket, and since when
mod translations; // kinds of tickets and panels that speak several languages
mod unseen_texts; // texts of which nobody sees anything are neither kept nor shown
mod whole_feature; // a feature that has one of everything, and is known nowhere else

mod wiring; // promises that every feature makes
mod words; // what people read, in every language
