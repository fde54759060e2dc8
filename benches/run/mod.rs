//! Where measurements run: a PostgreSQL of their own, which ends with them.

use std::path::Path;

use alphapy::dev::postgres::Server;
use alphapy::discord;

/// Measures, unless `cargo test` only wants to know that it compiles.
pub(crate) fn with_postgres(measure: impl AsyncFnOnce(&Server)) {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    discord::install_tls();
    let server = Server::start(Path::new(env!("CARGO_BIN_EXE_alphapy"))).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(measure(&server));
}
