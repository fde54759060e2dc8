//! What `/ticket` takes.

use twilight_interactions::command::{CommandModel, CommandOption, CreateCommand, CreateOption};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker, UserMarker};

use super::model::{Priority, Status};

/// Get help from the staff
#[derive(CommandModel, CreateCommand)]
#[command(name = "ticket")]
pub(crate) enum Ticket {
    #[command(name = "open")]
    Open(Open),
    #[command(name = "list")]
    List(List),
    #[command(name = "show")]
    Show(Show),
    #[command(name = "claim")]
    Claim(Claim),
    #[command(name = "unclaim")]
    Unclaim(Unclaim),
    #[command(name = "transfer")]
    Transfer(Transfer),
    #[command(name = "status")]
    Status(SetStatus),
    #[command(name = "priority")]
    Priority(SetPriority),
    #[command(name = "draft")]
    Draft(Draft),
    #[command(name = "close")]
    Close(Close),
    #[command(name = "ask-close")]
    AskClose(AskClose),
    #[command(name = "reopen")]
    Reopen(Reopen),
    #[command(name = "add")]
    Add(Add),
    #[command(name = "remove")]
    Remove(Remove),
    #[command(name = "note")]
    Note(Note),
    #[command(name = "rename")]
    Rename(Rename),
    #[command(name = "delete")]
    Delete(Delete),
    #[command(name = "transcript")]
    Transcript(Transcript),
    #[command(name = "stats")]
    Stats(Stats),
    #[command(name = "panel")]
    Panel(Panel),
    #[command(name = "types")]
    Types(Types),
    #[command(name = "block")]
    Block(Block),
    #[command(name = "unblock")]
    Unblock(Unblock),
    #[command(name = "blocked")]
    Blocked(Blocked),
}

/// Open a ticket
#[derive(CommandModel, CreateCommand)]
#[command(name = "open")]
pub(crate) struct Open {
    /// Which kind
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) kind: Option<String>,
}

/// List your tickets, or all of them (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "list")]
pub(crate) struct List {
    /// Only those with this status
    pub(crate) status: Option<StatusOption>,
    /// Only those of this member (staff)
    pub(crate) member: Option<Id<UserMarker>>,
    /// Only those that I have claimed (staff)
    pub(crate) mine: Option<bool>,
    /// Only those of this kind
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) kind: Option<String>,
    /// Only those that are so urgent
    pub(crate) priority: Option<PriorityOption>,
    /// Only those that nobody has claimed
    pub(crate) unclaimed: Option<bool>,
}

/// Show a ticket with everything that happened to it
#[derive(CommandModel, CreateCommand)]
#[command(name = "show")]
pub(crate) struct Show {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Take a ticket (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "claim")]
pub(crate) struct Claim {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Give a ticket back (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "unclaim")]
pub(crate) struct Unclaim {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Give a ticket to somebody else of the staff (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "transfer")]
pub(crate) struct Transfer {
    /// Who takes it
    pub(crate) to: Id<UserMarker>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Set where a ticket stands (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "status")]
pub(crate) struct SetStatus {
    /// Where it stands
    pub(crate) status: StatusOption,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
    /// Whom to call when it is escalated, if not the role that is set
    pub(crate) escalate_to: Option<Id<RoleMarker>>,
}

/// Set how urgent a ticket is (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "priority")]
pub(crate) struct SetPriority {
    /// How urgent
    pub(crate) priority: PriorityOption,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Close a ticket
#[derive(CommandModel, CreateCommand)]
#[command(name = "close")]
pub(crate) struct Close {
    /// Why
    #[command(max_length = 500)]
    pub(crate) reason: Option<String>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Ask the member whether their ticket may be closed (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "ask-close")]
pub(crate) struct AskClose {
    /// Why
    #[command(max_length = 500)]
    pub(crate) reason: Option<String>,
    /// Close it after so many hours without an answer
    #[command(min_value = 1, max_value = 720)]
    pub(crate) hours: Option<i64>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Open a closed ticket again (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "reopen")]
pub(crate) struct Reopen {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Let somebody take part in a ticket (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "add")]
pub(crate) struct Add {
    /// Who
    pub(crate) member: Id<UserMarker>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Let somebody take part no longer (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "remove")]
pub(crate) struct Remove {
    /// Who
    pub(crate) member: Id<UserMarker>,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Note something that only the staff reads (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "note")]
pub(crate) struct Note {
    /// What
    #[command(max_length = 1000)]
    pub(crate) text: String,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Change what a ticket is about (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "rename")]
pub(crate) struct Rename {
    /// What it is about
    #[command(min_length = 1, max_length = 100)]
    pub(crate) subject: String,
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Delete the channel of a closed ticket (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "delete")]
pub(crate) struct Delete {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Show what was said in a closed ticket
#[derive(CommandModel, CreateCommand)]
#[command(name = "transcript")]
pub(crate) struct Transcript {
    /// Which one, if not the one of this channel
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) ticket: Option<String>,
}

/// Show how many, how fast, how good (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "stats")]
pub(crate) struct Stats {
    /// Show it to everybody here
    pub(crate) public: Option<bool>,
}

/// Post a message with which members open tickets, or change the one that is there (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "panel")]
pub(crate) struct Panel {
    /// Where; here if it is left out
    #[command(channel_types = "guild_text guild_announcement")]
    pub(crate) channel: Option<Id<ChannelMarker>>,
    /// What stands on top
    #[command(max_length = 200)]
    pub(crate) title: Option<String>,
    /// What stands below it
    #[command(max_length = 2000)]
    pub(crate) text: Option<String>,
    /// How kinds of tickets are shown
    pub(crate) style: Option<StyleOption>,
    /// Only this kind of ticket
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) kind: Option<String>,
    /// The language of that title and text; left out, all read them
    #[command(autocomplete = true, max_length = 100)]
    pub(crate) language: Option<String>,
}

/// Set up the kinds of tickets (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "types")]
pub(crate) struct Types {}

/// Let somebody open no more tickets (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "block")]
pub(crate) struct Block {
    /// Who
    pub(crate) member: Id<UserMarker>,
    /// Why; they will read it
    #[command(max_length = 200)]
    pub(crate) reason: Option<String>,
}

/// Let somebody open tickets again (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "unblock")]
pub(crate) struct Unblock {
    /// Who
    pub(crate) member: Id<UserMarker>,
}

/// List who may open no tickets (admins)
#[derive(CommandModel, CreateCommand)]
#[command(name = "blocked")]
pub(crate) struct Blocked {}

#[derive(CommandOption, CreateOption, Clone, Copy, Debug)]
pub(crate) enum StatusOption {
    #[option(name = "open", value = "open")]
    Open,
    #[option(name = "claimed", value = "claimed")]
    Claimed,
    #[option(name = "waiting for user", value = "waiting_for_user")]
    WaitingForUser,
    #[option(name = "escalated", value = "escalated")]
    Escalated,
    #[option(name = "closed", value = "closed")]
    Closed,
    #[option(name = "archived", value = "archived")]
    Archived,
}

impl StatusOption {
    pub(crate) fn status(self) -> Status {
        match self {
            StatusOption::Open => Status::Open,
            StatusOption::Claimed => Status::Claimed,
            StatusOption::WaitingForUser => Status::WaitingForUser,
            StatusOption::Escalated => Status::Escalated,
            StatusOption::Closed => Status::Closed,
            StatusOption::Archived => Status::Archived,
        }
    }
}

#[derive(CommandOption, CreateOption, Clone, Copy, Debug)]
pub(crate) enum PriorityOption {
    #[option(name = "low", value = "low")]
    Low,
    #[option(name = "normal", value = "normal")]
    Normal,
    #[option(name = "high", value = "high")]
    High,
    #[option(name = "urgent", value = "urgent")]
    Urgent,
}

impl PriorityOption {
    pub(crate) fn priority(self) -> Priority {
        match self {
            PriorityOption::Low => Priority::Low,
            PriorityOption::Normal => Priority::Normal,
            PriorityOption::High => Priority::High,
            PriorityOption::Urgent => Priority::Urgent,
        }
    }
}

#[derive(CommandOption, CreateOption, Clone, Copy, Debug)]
pub(crate) enum StyleOption {
    #[option(name = "buttons", value = "buttons")]
    Buttons,
    #[option(name = "menu", value = "menu")]
    Menu,
}

/// Draft a reply in this ticket from what the FAQ knows (staff)
#[derive(CommandModel, CreateCommand)]
#[command(name = "draft")]
pub(crate) struct Draft {}
