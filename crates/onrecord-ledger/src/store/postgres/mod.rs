//! The ledger in a Postgres database, when one file is outgrown.
//!
//! The blocking `postgres` client runs on its caller's thread and starts none, as SQLite does,
//! so that one interface serves both. One program files at a time (an advisory lock); others
//! look meanwhile.
//!
//! Left out: TLS. A server elsewhere is reached through a tunnel.

mod copy;
mod read;
mod write;

use std::time::Duration;

use postgres::config::Host;
use postgres::{Client, Config, IsolationLevel, NoTls};

use super::backend::{Looking, Result, Store, Writing};
use super::error::{LedgerError, postgres_words};
use super::idle::Idle;

mod migrations {
    refinery::embed_migrations!("src/store/postgres/migrations");
}

/// The lock of the one writer; any number that nobody else uses. Words wait in a list before they
/// are sorted into their index: the longer it is, the less often pages are written anew; who looks
/// goes through it, so it is not long.
const WRITER: &str = "SELECT pg_advisory_xact_lock(7119034231); \
    SET LOCAL gin_pending_list_limit = '16MB'; SET LOCAL work_mem = '64MB'";
/// The lock of whoever makes the tables.
const MAKER: &str = "SELECT pg_advisory_lock(7119034232)";
/// As long as SQLite waits. Every question has an index, also in tables whose size the server does
/// not know yet, and none is worth a compiler.
const SETTINGS: &str = "SET lock_timeout = '30s'; SET client_min_messages = warning; \
    SET enable_seqscan = off; SET jit = off";

/// How long a server that does not answer is waited for, where its address says nothing else.
const PATIENCE: Duration = Duration::from_secs(15);

/// Whether the schema has tables or views of somebody's.
const TABLES: &str = "SELECT EXISTS (SELECT 1 FROM pg_class AS c \
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') \
    AND NOT EXISTS (SELECT 1 FROM pg_depend AS d \
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))";

/// A ledger on a server.
pub(crate) struct Postgres {
    config: Config,
    /// Host and port, for errors.
    place: String,
    idle: Idle<Client>,
}

impl Postgres {
    pub(crate) fn open(url: &str) -> Result<Self> {
        let wrong = |e| LedgerError::Query(format!("the ledger's address: {}", postgres_words(&e)));
        let mut config: Config = url.parse().map_err(wrong)?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        let out = Self {
            place: place(&config),
            config,
            idle: Idle::new(),
        };
        out.client().and_then(migrate).map_err(|e| out.named(e))?;
        Ok(out)
    }

    /// An error with the server's place in it.
    fn named(&self, error: LedgerError) -> LedgerError {
        match error {
            LedgerError::Postgres(error) => LedgerError::Server {
                place: self.place.clone(),
                why: postgres_words(&error),
            },
            other => other,
        }
    }

    /// Does something with a client. The outer error is the connection's, which is then not used again.
    fn done(&self, f: impl FnOnce(&mut Client) -> Result<Result<()>>) -> Result<()> {
        let mut client = self.client().map_err(|e| self.named(e))?;
        let done = f(&mut client).map_err(|e| self.named(e))?;
        self.idle.rest(client);
        done.map_err(|e| self.named(e))
    }

    fn client(&self) -> Result<Client> {
        while let Some(client) = self.idle.take() {
            if !client.is_closed() {
                return Ok(client);
            }
        }
        let mut client = self.config.connect(NoTls)?;
        client.batch_execute(SETTINGS)?;
        Ok(client)
    }
}

impl Store for Postgres {
    fn read(&self, f: &mut Looking<'_>) -> Result<()> {
        self.done(|client| look(client, f))
    }

    fn write(&self, f: &mut Writing<'_>) -> Result<()> {
        self.done(|client| write(client, f))
    }
}

/// Where a server is: `db.example:5432`, or the folder of its socket. What stands before an `@` may be
/// of a password with one in it.
fn place(config: &Config) -> String {
    let ports = config.get_ports();
    let port = |i: usize| ports.get(i).or(ports.first()).copied().unwrap_or(5432);
    let hosts = config.get_hosts().iter().enumerate();
    let all = hosts.map(|(i, host)| match host {
        Host::Tcp(name) => format!("{}:{}", name.rsplit('@').next().unwrap_or(name), port(i)),
        #[cfg(unix)]
        Host::Unix(folder) => format!("{}:{}", folder.display(), port(i)),
    });
    let all: Vec<String> = all.collect();
    all.join("`, `")
}

/// What came of a look; the outer error is the connection's, which is then not used again.
fn look(client: &mut Client, f: &mut Looking<'_>) -> Result<Result<()>> {
    let still = client.build_transaction().read_only(true);
    let tx = still
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()?;
    let mut look = read::Look(tx);
    let done = f(&mut look);
    look.0.rollback()?;
    Ok(done)
}

fn write(client: &mut Client, f: &mut Writing<'_>) -> Result<Result<()>> {
    let mut tx = client.transaction()?;
    tx.batch_execute(WRITER)?;
    let mut look = read::Look(tx);
    let done = f(&mut look);
    match done {
        Ok(()) => look.0.commit()?,
        Err(_) => look.0.rollback()?,
    }
    Ok(done)
}

/// Brings the tables up to date, in one transaction with the history that says so; others wait
/// meanwhile.
fn migrate(mut client: Client) -> Result<()> {
    let runner = migrations::migrations::runner();
    let runner = runner.set_abort_missing(true).set_grouped(true);
    let known = runner
        .get_migrations()
        .iter()
        .map(refinery::Migration::version);
    let known = known.max().unwrap_or(0);
    client.batch_execute(MAKER)?;
    match version(&mut client)? {
        Some(found) if found > known => return Err(LedgerError::Newer { found, known }),
        Some(found) if found == known => return Ok(()),
        _ => {}
    }
    runner.run(&mut client).map_err(Box::new)?;
    Ok(())
}

/// The version of the tables; none in a new database. A schema with the tables of another
/// program is refused as it is; those that an extension brought are nobody's.
fn version(client: &mut Client) -> Result<Option<i32>> {
    let foreign = || {
        let what = "the schema of this Postgres database";
        Err(LedgerError::Foreign(what.to_owned()))
    };
    let there = client.query_one("SELECT to_regclass('refinery_schema_history') IS NULL", &[])?;
    if there.get(0) {
        let tables = client.query_one(TABLES, &[])?;
        return if tables.get(0) { foreign() } else { Ok(None) };
    }
    let others = "SELECT EXISTS (SELECT 1 FROM refinery_schema_history \
        WHERE version = 1 AND name <> 'ledger')";
    if client.query_one(others, &[])?.get(0) {
        return foreign();
    }
    let row = client.query_one("SELECT max(version) FROM refinery_schema_history", &[])?;
    Ok(row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, want: &str) {
        assert_eq!(place(&url.parse().unwrap()), want, "{url}");
    }

    #[test]
    fn a_place_is_host_and_port_and_no_password() {
        check("postgres://me:geheim@db.example/news", "db.example:5432");
        check(
            "postgres://me:ge@heim@db.example:5433/news",
            "db.example:5433",
        );
        check("postgres:///news?host=/run/pg&port=7", "/run/pg:7");
        check(
            "postgres://a.example,b.example:9/news",
            "a.example:5432`, `b.example:9",
        );
    }

    #[test]
    fn who_cannot_be_reached_is_named_with_the_cause() {
        let refused = Postgres::open("postgres://me:geheim@127.0.0.1:1/news")
            .err()
            .unwrap()
            .to_string();
        assert!(refused.contains("`127.0.0.1:1`"), "{refused}");
        assert!(refused.to_lowercase().contains("refused"), "{refused}");
        assert!(!refused.contains("geheim"), "{refused}");
        let refused = Postgres::open("postgres://me:geheim@db.example:port/news")
            .err()
            .unwrap()
            .to_string();
        assert!(
            refused.contains("port") && !refused.contains("geheim"),
            "{refused}"
        );
    }
}
