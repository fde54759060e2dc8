//! What the log channel reads of keys.

use crate::acting::Acting;
use crate::keys::Scopes;
use crate::log_channel::{Entry, Level};
use crate::operations::words::did;
use crate::say;
use crate::ui::plain;

pub(super) fn created(acting: &Acting, name: &str, scopes: &Scopes) -> Entry {
    let opens = scopes.names().join(", ");
    let about = say!(acting.language(), operations_log_key_about, name = plain(name), opens);
    did(acting, Level::Warning, say!(acting.language(), operations_log_key_created), &about)
}

pub(super) fn granted(acting: &Acting, name: &str) -> Entry {
    did(acting, Level::Warning, say!(acting.language(), operations_log_key_granted), &plain(name))
}

pub(super) fn revoked(acting: &Acting, name: &str) -> Entry {
    did(acting, Level::Warning, say!(acting.language(), operations_log_key_revoked), &plain(name))
}
