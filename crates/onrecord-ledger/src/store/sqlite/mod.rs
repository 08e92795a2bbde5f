//! The ledger in one SQLite file: the default, and what a journalist can mail.
//!
//! Write-ahead log: many readers see the last whole batch while one writer adds the next;
//! a second writer waits. Filed means on disk (`synchronous = FULL`).

mod read;
mod write;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::backend::{Looking, Result, Store, Writing};
use super::error::LedgerError;
use super::place;

mod migrations {
    refinery::embed_migrations!("src/store/sqlite/migrations");
}

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pages are large so that a packed record fits into one.
const SETTINGS: &str = "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; \
    PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 268435456; \
    PRAGMA temp_store = MEMORY;";

/// A ledger in a file.
pub(crate) struct Sqlite {
    path: PathBuf,
    /// Connections at rest. Threads belong to the caller: as many as it uses at once are opened.
    idle: Mutex<Vec<Connection>>,
}

impl Sqlite {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        migrate(path)?;
        let out = Self {
            path: path.to_owned(),
            idle: Mutex::new(Vec::new()),
        };
        let first = out.connection()?;
        out.rest(first);
        Ok(out)
    }

    fn connection(&self) -> Result<Connection> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match idle {
            Some(connection) => Ok(connection),
            None => connect(&self.path),
        }
    }

    fn rest(&self, connection: Connection) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
    }
}

impl Store for Sqlite {
    fn read(&self, f: &mut Looking<'_>) -> Result<()> {
        let mut connection = self.connection()?;
        let tx = connection.transaction()?;
        let done = f(&mut read::Look(&tx));
        tx.finish()?;
        self.rest(connection);
        done
    }

    fn write(&self, f: &mut Writing<'_>) -> Result<()> {
        let mut connection = self.connection()?;
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        f(&mut read::Look(&tx))?;
        tx.commit()?;
        self.rest(connection);
        Ok(())
    }
}

fn connect(path: &Path) -> Result<Connection> {
    let connection = raw(path)?;
    connection.execute_batch(SETTINGS)?;
    connection.set_prepared_statement_cache_capacity(64);
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("kilometres", 4, flags, |c| {
        Ok(place::kilometres(
            (c.get(0)?, c.get(1)?),
            (c.get(2)?, c.get(3)?),
        ))
    })?;
    Ok(connection)
}

fn raw(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Brings the tables up to date. Two programs may open a new file at once: the exclusive lock
/// lets one of them make the tables while the other waits and finds them made.
fn migrate(path: &Path) -> Result<()> {
    let mut connection = raw(path)?;
    let runner = migrations::migrations::runner().set_abort_missing(true);
    let known = runner
        .get_migrations()
        .iter()
        .map(refinery::Migration::version);
    let known = known.max().unwrap_or(0);
    match version(&connection)? {
        Some(found) if found > known => return Err(LedgerError::Newer { found, known }),
        Some(found) if found == known => return Ok(()),
        _ => {}
    }
    connection.execute_batch(
        "PRAGMA page_size = 16384; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;",
    )?;
    runner.run(&mut connection).map_err(Box::new)?;
    Ok(())
}

/// The version of the tables; none in a new file.
fn version(connection: &Connection) -> Result<Option<i32>> {
    let there = "SELECT count(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'";
    if connection.query_row(there, [], |r| r.get::<_, i64>(0))? == 0 {
        return Ok(None);
    }
    let greatest = "SELECT max(version) FROM refinery_schema_history";
    Ok(connection.query_row(greatest, [], |r| r.get(0))?)
}
