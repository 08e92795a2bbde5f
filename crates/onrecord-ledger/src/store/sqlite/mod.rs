//! The ledger in one SQLite file: the default, and what a journalist can mail.
//!
//! Write-ahead log: many readers see the last whole batch while one writer adds the next;
//! a second writer waits. Filed means on disk (`synchronous = FULL`). A file that may not be
//! written, or whose folder may not, as one that is archived, is opened to be looked at.

mod read;
mod salvage;
mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::backend::{Looking, Result, Store, Writing};
use super::error::LedgerError;
use super::idle::Idle;
use super::place;
pub(crate) use salvage::Wreck;

mod migrations {
    refinery::embed_migrations!("src/store/sqlite/migrations");
}

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);
const SETTINGS: &str = "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; \
    PRAGMA wal_autocheckpoint = 32000; PRAGMA journal_size_limit = 268435456; \
    PRAGMA temp_store = MEMORY;";

/// A ledger in a file.
pub(crate) struct Sqlite {
    path: PathBuf,
    /// Nobody can write to it: it is read as it lies there, without locks and without a log.
    sealed: bool,
    idle: Idle<Connection>,
}

impl Sqlite {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let named = |error| named(error, path);
        match patiently(|| migrate(path)) {
            Err(error) if is_unwritable(&error) && path.is_file() => {
                return Self::sealed(path).map_err(named);
            }
            done => done.map_err(named)?,
        }
        let out = Self {
            path: path.to_owned(),
            sealed: false,
            idle: Idle::new(),
        };
        let first = patiently(|| out.connection()).map_err(named)?;
        out.idle.rest(first);
        Ok(out)
    }

    /// Opens what cannot be written to.
    fn sealed(path: &Path) -> Result<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if Path::new(&log).metadata().is_ok_and(|m| m.len() > 0) {
            return Err(LedgerError::Unsettled(path.display().to_string()));
        }
        let out = Self {
            path: path.to_owned(),
            sealed: true,
            idle: Idle::new(),
        };
        let first = out.connection()?;
        let known = known(&migrations::migrations::runner());
        match version(&first)? {
            Some(found) if found > known => return Err(LedgerError::Newer { found, known }),
            Some(found) if found == known => {}
            _ => return Err(LedgerError::Sealed(String::new())),
        }
        out.idle.rest(first);
        Ok(out)
    }

    fn connection(&self) -> Result<Connection> {
        let new = || connect(&self.path, self.sealed);
        self.idle.take().map_or_else(new, Ok)
    }

    fn change(&self, f: &mut Writing<'_>) -> Result<()> {
        if self.sealed {
            return Err(LedgerError::Sealed(String::new()));
        }
        let mut connection = self.connection()?;
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        f(&mut read::Look(&tx))?;
        tx.commit()?;
        self.idle.rest(connection);
        Ok(())
    }

    fn look(&self, f: &mut Looking<'_>) -> Result<()> {
        let mut connection = self.connection()?;
        let tx = connection.transaction()?;
        let done = f(&mut read::Look(&tx));
        tx.finish()?;
        self.idle.rest(connection);
        done
    }
}

impl Store for Sqlite {
    fn read(&self, f: &mut Looking<'_>) -> Result<()> {
        self.look(f).map_err(|error| named(error, &self.path))
    }

    fn write(&self, f: &mut Writing<'_>) -> Result<()> {
        self.change(f).map_err(|error| named(error, &self.path))
    }
}

/// An error with the file's name in it.
fn named(error: LedgerError, path: &Path) -> LedgerError {
    let path = path.display().to_string();
    match error {
        LedgerError::NotALedger(_) => LedgerError::NotALedger(path),
        LedgerError::Sealed(_) => LedgerError::Sealed(path),
        LedgerError::Foreign(_) => LedgerError::Foreign(format!("`{path}`")),
        other => other,
    }
}

/// Whether SQLite could not open the file for writing, or not begin its log in the folder.
fn is_unwritable(error: &LedgerError) -> bool {
    let LedgerError::Sqlite(error) = error else {
        return matches!(error, LedgerError::Sealed(_));
    };
    error.sqlite_error_code() == Some(ErrorCode::CannotOpen)
}

fn connect(path: &Path, sealed: bool) -> Result<Connection> {
    let connection = if sealed { still(path)? } else { raw(path)? };
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

/// Opens a file that nobody can change meanwhile.
fn still(path: &Path) -> Result<Connection> {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut address = "file:".to_owned();
    for c in whole.display().to_string().chars() {
        match c {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            c => address.push(c),
        }
    }
    address.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(address, flags)?)
}

/// Tries again while another program holds the file. SQLite itself waits for a lock, except where
/// two wait for each other, as two that both begin a file do: those it refuses at once.
fn patiently<T>(mut f: impl FnMut() -> Result<T>) -> Result<T> {
    let pause = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    loop {
        match f() {
            Err(error) if error.is_locked() && waited < PATIENCE => {
                std::thread::sleep(pause);
                waited += pause;
            }
            done => return done,
        }
    }
}

/// Brings the tables up to date, in one transaction with the history that says so: whoever is
/// stopped meanwhile leaves nothing half made. Two programs may open a new file at once: the
/// exclusive lock lets one of them make the tables; the other finds them made when it comes back.
fn migrate(path: &Path) -> Result<()> {
    let mut connection = raw(path)?;
    let runner = migrations::migrations::runner();
    let runner = runner.set_abort_missing(true).set_grouped(true);
    let known = known(&runner);
    match version(&connection)? {
        Some(found) if found > known => return Err(LedgerError::Newer { found, known }),
        Some(found) if found == known => return Ok(()),
        _ => {}
    }
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;")?;
    runner.run(&mut connection).map_err(unmade)?;
    Ok(())
}

/// The newest version of the tables that this program knows.
fn known(runner: &refinery::Runner) -> i32 {
    let all = runner.get_migrations().iter();
    all.map(refinery::Migration::version).max().unwrap_or(0)
}

/// Why tables could not be made: another program's lock is told apart from all else.
fn unmade(error: refinery::Error) -> LedgerError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(e) = cause {
        let code = e
            .downcast_ref()
            .and_then(rusqlite::Error::sqlite_error_code);
        if matches!(
            code,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        ) {
            return LedgerError::Locked;
        }
        cause = e.source();
    }
    Box::new(error).into()
}

/// The version of the tables; none in a new file. The file of another program is refused as it
/// is, also that of one that keeps the history of its tables as a ledger does.
fn version(connection: &Connection) -> Result<Option<i32>> {
    let there = "SELECT count(*), coalesce(sum(name = 'refinery_schema_history'), 0) \
        FROM sqlite_schema";
    let (tables, history): (i64, i64) =
        connection.query_row(there, [], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let foreign = || Err(LedgerError::Foreign("the file".to_owned()));
    if history == 0 {
        return if tables == 0 { Ok(None) } else { foreign() };
    }
    let others = "SELECT count(*) FROM refinery_schema_history \
        WHERE version = 1 AND name <> 'ledger'";
    if connection.query_row(others, [], |r| r.get::<_, i64>(0))? > 0 {
        return foreign();
    }
    let greatest = "SELECT max(version) FROM refinery_schema_history";
    Ok(connection.query_row(greatest, [], |r| r.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::super::filing::{Filing, Origin};
    use super::super::plan;
    use super::*;

    fn filing() -> Filing {
        let json = include_str!("../../../tests/data/harbour-loan.json");
        let record = onrecord_model::Record::from_json(json).unwrap();
        let origin = Origin {
            location: "https://example.com/harbour-loan".to_owned(),
            outlet: None,
            filed: "2031-03-04T18:00:00Z".parse().unwrap(),
        };
        Filing::new(record, origin).unwrap()
    }

    fn file(store: &Sqlite) -> Result<()> {
        store.write(&mut |tx| {
            let (changes, _) = plan::plan(tx, &[filing()], &[])?;
            tx.apply(&changes)
        })
    }

    fn reports(store: &Sqlite) -> u64 {
        let mut n = 0;
        let mut look = |tx: &mut dyn super::super::backend::Read| {
            n = tx.size()?.0;
            tx.sound()
        };
        store.read(&mut look).unwrap();
        n
    }

    fn new() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.ledger");
        (folder, path)
    }

    #[test]
    fn a_full_disk_is_said_and_loses_nothing() {
        let (_folder, path) = new();
        let store = Sqlite::open(&path).unwrap();
        let connection = store.connection().unwrap();
        let pages: i64 = connection
            .query_row("PRAGMA page_count", [], |r| r.get(0))
            .unwrap();
        let full = format!("PRAGMA max_page_count = {pages}");
        connection.query_row(&full, [], |_| Ok(())).unwrap();
        // Rows of a record that no page has room for.
        store.idle.rest(connection);
        let mut filings = 0;
        let refused = loop {
            let grow = "CREATE TABLE IF NOT EXISTS room (bytes BLOB);";
            let connection = store.connection().unwrap();
            let grown = connection
                .execute_batch(grow)
                .and_then(|()| connection.execute("INSERT INTO room VALUES (zeroblob(60000))", []));
            store.idle.rest(connection);
            filings += 1;
            if let Err(error) = grown {
                break LedgerError::from(error);
            }
            assert!(filings < 100);
        };
        assert!(matches!(refused, LedgerError::Full), "{refused}");
        assert!(refused.to_string().contains("disk is full"));
        assert_eq!(reports(&store), 0);
        let connection = store.connection().unwrap();
        connection
            .query_row("PRAGMA max_page_count = 100000", [], |_| Ok(()))
            .unwrap();
        store.idle.rest(connection);
        file(&store).unwrap();
        assert_eq!(reports(&store), 1);
    }

    #[test]
    fn a_locked_file_is_said() {
        let (_folder, path) = new();
        let (one, two) = (Sqlite::open(&path).unwrap(), Sqlite::open(&path).unwrap());
        let connection = two.connection().unwrap();
        connection.busy_timeout(Duration::from_millis(10)).unwrap();
        two.idle.rest(connection);
        let held = one.connection().unwrap();
        held.execute_batch("BEGIN IMMEDIATE").unwrap();
        let refused = file(&two).unwrap_err();
        assert!(refused.is_locked() && refused.to_string().contains("locked by another program"));
        assert_eq!(reports(&two), 0);
        held.execute_batch("COMMIT").unwrap();
        file(&two).unwrap();
        assert_eq!(reports(&one), 1);
    }

    #[test]
    fn a_failed_batch_leaves_nothing() {
        let (_folder, path) = new();
        let store = Sqlite::open(&path).unwrap();
        let failed = store.write(&mut |tx| {
            let (changes, _) = plan::plan(tx, &[filing()], &[])?;
            tx.apply(&changes)?;
            Err(LedgerError::Full)
        });
        assert!(failed.is_err());
        assert_eq!(reports(&store), 0);
    }

    #[test]
    fn what_may_not_be_written_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("100% new? #1.ledger");
        let store = Sqlite::open(&path).unwrap();
        file(&store).unwrap();
        let unsettled = Sqlite::sealed(&path).err().unwrap().to_string();
        assert!(unsettled.contains("-wal` beside it"), "{unsettled}");
        drop(store);
        let sealed = Sqlite::sealed(&path).unwrap();
        assert_eq!(reports(&sealed), 1);
        let refused = file(&sealed).unwrap_err();
        assert!(matches!(refused, LedgerError::Sealed(_)), "{refused}");
        assert!(
            refused
                .to_string()
                .contains("new? #1.ledger` may not be written to")
        );
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_file_is_named() {
        let (_folder, path) = new();
        let store = Sqlite::open(&path).unwrap();
        file(&store).unwrap();
        let place = "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size \
            WHERE name = 'report'";
        let connection = store.connection().unwrap();
        let (page, size): (u32, u32) = connection
            .query_row(place, [], |r| Ok((r.get(0)?, r.get(1)?)))
            .unwrap();
        drop(connection);
        drop(store);
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::fs::File::open(&path).unwrap(), &mut bytes).unwrap();
        bytes[((page - 1) * size) as usize..][..size as usize].fill(0xAA);
        std::fs::write(&path, bytes).unwrap();
        let ledger = super::super::Ledger::open(path.to_str().unwrap()).unwrap();
        let refused = ledger.rebuild().unwrap_err().to_string();
        assert!(
            refused.contains("is not a ledger or is damaged"),
            "{refused}"
        );
        assert!(refused.contains(path.to_str().unwrap()), "{refused}");
    }

    #[test]
    fn tables_half_made_are_none() {
        let (_folder, path) = new();
        // The history of the second step cannot be written.
        let history = "CREATE TABLE refinery_schema_history (version INT4 PRIMARY KEY \
            CHECK (version < 2), name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255))";
        raw(&path).unwrap().execute_batch(history).unwrap();
        assert!(Sqlite::open(&path).is_err());
        let anew = history.replace("CHECK (version < 2)", "");
        let anew = format!("DROP TABLE refinery_schema_history; {anew}");
        raw(&path).unwrap().execute_batch(&anew).unwrap();
        let store = Sqlite::open(&path).unwrap();
        file(&store).unwrap();
        assert_eq!(reports(&store), 1);
    }

    #[test]
    fn tables_that_cannot_be_made_are_told_without_their_script() {
        let (_folder, path) = new();
        let history = "CREATE TABLE refinery_schema_history \
            (version INT4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255)); \
            CREATE TABLE report (id TEXT)";
        raw(&path).unwrap().execute_batch(history).unwrap();
        let said = Sqlite::open(&path).err().unwrap().to_string();
        assert_eq!(
            said,
            "the ledger's tables could not be brought up to date: table report already exists"
        );
    }

    #[test]
    fn another_programs_file_is_refused_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let history = "CREATE TABLE refinery_schema_history \
            (version INT4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255)); \
            INSERT INTO refinery_schema_history VALUES (1, 'recipes', '', '')";
        for (n, tables) in ["CREATE TABLE recipe (name TEXT)", history]
            .into_iter()
            .enumerate()
        {
            let path = folder.path().join(n.to_string());
            raw(&path).unwrap().execute_batch(tables).unwrap();
            let bytes = || zstd::encode_all(std::fs::File::open(&path).unwrap(), 1).unwrap();
            let before = bytes();
            let refused = super::super::Ledger::open(path.to_str().unwrap()).unwrap_err();
            let said = refused.to_string();
            assert!(said.contains("the tables of another program"), "{said}");
            assert!(said.contains(path.to_str().unwrap()), "{said}");
            assert!(bytes() == before, "the file was changed");
        }
    }

    #[test]
    fn what_is_no_ledger_is_refused() {
        let (folder, path) = new();
        std::fs::write(
            &path,
            "Dear diary, this is not a ledger, and it is long enough to see that.",
        )
        .unwrap();
        let refused = super::super::Ledger::open(path.to_str().unwrap()).unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("is not a ledger or is damaged"),
            "{refused}"
        );
        let path = folder.path().join("newer.ledger");
        let store = Sqlite::open(&path).unwrap();
        let newer = "INSERT INTO refinery_schema_history SELECT 99, name, applied_on, checksum FROM refinery_schema_history WHERE version = 1";
        store.connection().unwrap().execute_batch(newer).unwrap();
        let refused = Sqlite::open(&path).err().unwrap();
        assert!(
            matches!(
                refused,
                LedgerError::Newer {
                    found: 99,
                    known: 3
                }
            ),
            "{refused}"
        );
        let nowhere = folder.path().join("no/such/folder.ledger");
        assert!(Sqlite::open(&nowhere).is_err());
    }
}
