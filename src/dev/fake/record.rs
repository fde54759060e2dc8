//! What went over the wire, for tests and for the playground, and copies of the bot's bodies for a check elsewhere.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

/// A call of the bot to the REST API.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST` and so on.
    pub method: String,
    /// Path and query below `/api/v10`; an interaction token is replaced by `…`.
    pub path: String,
    /// What it was answered with; none if it never was.
    pub status: Option<u16>,
    /// The JSON of the body, also of one with files, or null.
    pub body: Value,
    /// The names of the files that came with it.
    pub files: Vec<String>,
    /// What the server's audit log would say, decoded.
    pub audit_reason: Option<String>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// Whether there was an `Authorization` header.
    pub authorized: bool,
    /// The interaction whose token it carried.
    pub interaction: Option<String>,
    /// When it came, in real time.
    pub at: SystemTime,
}

/// An interaction and how the bot answered it.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The body as it was signed and sent.
    pub body: String,
    /// The same as JSON.
    pub request: Value,
    /// `X-Signature-Ed25519`, in hex.
    pub signature: String,
    /// `X-Signature-Timestamp`, Unix seconds.
    pub timestamp: String,
    /// The HTTP status; none if there was no answer in time.
    pub status: Option<u16>,
    /// The JSON of the answer, or null.
    pub response: Value,
    /// When it was sent, in real time.
    pub at: SystemTime,
    /// How long the answer took, in real time.
    pub took: Duration,
}

/// Writes a body the bot sent to the directory named by `ALPHAPY_CONTRACT_DIR`, if that is set.
///
/// Equal bodies share a file name. A failure to write is ignored: nothing of the program depends on these files.
pub(super) fn contract(kind: &str, body: &Value, context: &Value) {
    // The fake's own tests send what no bot should send.
    if cfg!(test) {
        return;
    }
    let Some(directory) = std::env::var_os("ALPHAPY_CONTRACT_DIR").map(PathBuf::from) else { return };
    let text = json!({"kind": kind, "body": body, "context": context}).to_string();
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let path = directory.join(format!("{kind}-{:016x}.json", hasher.finish()));
    if !path.exists() && std::fs::create_dir_all(&directory).is_ok() {
        let _ = std::fs::write(path, text);
    }
}
