//! The suite on Postgres. The tests start their own server where its programs are installed,
//! and say so where they are not.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests read what was exported"
)]

mod suite;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use onrecord_ledger::{Ledger, Query};
use postgres::{Client, NoTls};

/// A new, empty database.
fn store() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let server = SERVER.get_or_init(Server::start).as_ref()?;
    let name = format!("ledger_{}", COUNT.fetch_add(1, Ordering::SeqCst));
    let mut client = server.client.lock().unwrap();
    client
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .unwrap();
    Some(format!(
        "postgres://postgres@localhost/{name}?host={}",
        server.folder.display()
    ))
}

#[test]
fn another_programs_schema_is_refused_as_it_is() {
    let Some(at) = store() else { return };
    let mut client = Client::connect(&at, NoTls).unwrap();
    client
        .batch_execute("CREATE TABLE recipe (name text)")
        .unwrap();
    let refused = Ledger::open(&at).unwrap_err().to_string();
    assert!(
        refused.contains("the tables of another program"),
        "{refused}"
    );
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(
        client.query_one(tables, &[]).unwrap().get::<_, i64>(0),
        1_i64
    );
    // A schema of its own in the same database is free.
    client.batch_execute("CREATE SCHEMA desk").unwrap();
    let own = format!("{at}&options=-csearch_path%3Ddesk");
    assert_eq!(Ledger::open(&own).unwrap().size().unwrap().reports, 0);
}

/// The tables as the first version had them, with their rows, become those of the second.
#[test]
fn words_of_entries_become_words_of_reports() {
    let Some(at) = store() else { return };
    let before = suite::carrying::desk(&at);
    let query = Query {
        about: Some("Bo Oko".into()),
        words: Some("hi*".into()),
        ..Query::default()
    };
    let want = before.entries(&query).unwrap();
    assert_eq!(want.entries.len(), 1);
    drop(before);
    let mut client = Client::connect(&at, NoTls).unwrap();
    client
        .batch_execute(
            "DROP TABLE again, search, identification; CREATE INDEX entry_words ON entry USING gin (words); \
             UPDATE report SET words = array_to_tsvector(ARRAY( \
                 SELECT w FROM unnest(tsvector_to_array(words)) AS w WHERE w NOT LIKE '=%')); \
             DELETE FROM refinery_schema_history WHERE version > 1",
        )
        .unwrap();
    let after = Ledger::open(&at).unwrap();
    assert_eq!(after.entries(&query).unwrap(), want);
    assert!(after.searches().unwrap().is_empty());
}

/// A server on a socket in a folder of its own.
struct Server {
    folder: PathBuf,
    client: Mutex<Client>,
}

impl Server {
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            // Straight to the terminal: what a passing test prints is not shown.
            let mut terminal = std::io::stderr();
            let _ = writeln!(terminal, "skipped: no Postgres 15 server is installed here");
            return None;
        };
        // The path of a socket is short: not in the target folder.
        let folder = tempfile::Builder::new()
            .prefix("pg")
            .tempdir()
            .unwrap()
            .keep();
        let data = folder.join("data");
        if root() {
            run("chown", &["postgres".into(), folder.display().to_string()]);
        }
        run_there(
            &programs.join("initdb"),
            &["-U", "postgres", "-A", "trust", "-N", "-D", path(&data)],
        );
        let options = format!(
            "-c listen_addresses='' -c fsync=off -k {}",
            folder.display()
        );
        let log = folder.join("log");
        run_there(
            &programs.join("pg_ctl"),
            &[
                "-D",
                path(&data),
                "-l",
                path(&log),
                "-o",
                &options,
                "-w",
                "start",
            ],
        );
        stop_later(&folder);
        let url = format!(
            "postgres://postgres@localhost/postgres?host={}",
            folder.display()
        );
        let client = Mutex::new(Client::connect(&url, NoTls).unwrap());
        Some(Self { folder, client })
    }
}

/// A shell that waits for these tests to end, then stops the server and clears up.
#[expect(clippy::zombie_processes, reason = "it outlives the tests")]
fn stop_later(folder: &Path) {
    let script = format!(
        "while kill -0 {} 2>/dev/null; do sleep 1; done; kill -INT $(head -1 {f}/data/postmaster.pid); sleep 2; rm -rf {f}",
        std::process::id(),
        f = folder.display()
    );
    let quiet = std::process::Stdio::null;
    Command::new("setsid")
        .args(["sh", "-c", &script])
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn()
        .unwrap();
}

/// Where the newest server's programs are, from 15 on.
fn programs() -> Option<PathBuf> {
    (15..30)
        .rev()
        .map(|v| PathBuf::from(format!("/usr/lib/postgresql/{v}/bin")))
        .find(|bin| bin.join("initdb").exists())
}

fn root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// Runs a program of the server, which refuses to run as root.
fn run_there(program: &Path, args: &[&str]) {
    let args = args.iter().map(ToString::to_string);
    if root() {
        let args = ["-u", "postgres", "--"]
            .into_iter()
            .map(str::to_owned)
            .chain([path(program).to_owned()])
            .chain(args);
        run("runuser", &args.collect::<Vec<_>>());
    } else {
        run(path(program), &args.collect::<Vec<_>>());
    }
}

fn run(program: &str, args: &[String]) {
    let quiet = std::process::Stdio::null;
    let status = Command::new(program)
        .args(args)
        .stdout(quiet())
        .stderr(quiet())
        .status()
        .unwrap();
    assert!(status.success(), "{program} {args:?}");
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

ledger_suite!(crate::store);
