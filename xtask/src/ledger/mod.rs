//! What the ledger can do, measured on made-up records: how fast it files and finds, how large
//! it gets, and whether anything is lost when it is killed.
//!
//! ```text
//! cargo xtask ledger --reports 100000
//! cargo xtask ledger --reports 100000 --server /tmp/bench
//! cargo xtask ledger --kills 100
//! ```

pub(crate) mod dice;
mod draft;
mod generate;
mod kill;
mod load;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, ensure};
use jiff::Timestamp;
use onrecord_ledger::{Days, EntryKind, Filing, Ledger, Origin, Query, Sort};
use onrecord_model::{CommitmentStatus, Record};

use crate::clock::Clock;
use dice::Dice;
use server::Server;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// File so many made-up reports, then find
    #[arg(long, default_value_t = 10_000)]
    reports: u64,
    /// A path or postgres://...; a file of its own, deleted afterwards, when absent
    #[arg(long)]
    at: Option<String>,
    /// A folder for a Postgres server of its own, which is left there; instead of --at
    #[arg(long, conflicts_with = "at")]
    server: Option<PathBuf>,
    /// Reports filed at a time
    #[arg(long, default_value_t = 500)]
    batch: u64,
    /// Where the made-up reports begin
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Kill the program that files so many times, and look what is lost
    #[arg(long, default_value_t = 0)]
    kills: u64,
    /// Only find: the ledger is there
    #[arg(long)]
    find: bool,
    /// File until killed, and say what is filed
    #[arg(long, hide = true)]
    fill: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    if let (true, Some(at)) = (args.fill, &args.at) {
        return kill::fill(at, args.seed, args.batch);
    }
    let folder = tempfile::tempdir()?;
    let own = folder.path().join("bench.ledger");
    if args.kills > 0 {
        return kill::run(&own, args.kills, args.batch);
    }
    let server = args.server.as_deref().map(Server::start).transpose()?;
    let at = match &server {
        Some(server) => server.url(),
        None => args.at.clone().unwrap_or_else(|| own.display().to_string()),
    };
    let ledger = Ledger::open(&at)?;
    if !args.find {
        load::load(&ledger, args)?;
        let place = server
            .as_ref()
            .map_or_else(|| PathBuf::from(&at), Server::tables);
        size(&place, ledger.size()?.reports)?;
    }
    find(&ledger)
}

/// A made-up report, as it comes to a ledger.
fn filing(record: Record, n: u64) -> Result<Filing> {
    let origin = Origin {
        location: format!("https://example.com/{}/{n}", n % 300),
        outlet: None,
        filed: Timestamp::from_second(1_800_000_000 + n as i64)?,
    };
    Ok(Filing::new(record, origin)?)
}

/// Says how much room the ledger takes: a file and what is still beside it, or a folder of them.
fn size(at: &Path, reports: u64) -> Result<()> {
    if !at.exists() {
        return Ok(());
    }
    let log = PathBuf::from(format!("{}-wal", at.display()));
    let bytes = bytes(at)? + if log.exists() { bytes(&log)? } else { 0 };
    println!(
        "on disk              {:.1} MB, {} bytes a report",
        bytes as f64 / 1e6,
        bytes / reports.max(1)
    );
    Ok(())
}

fn bytes(at: &Path) -> Result<u64> {
    if at.is_dir() {
        return fs::read_dir(at)?.map(|file| bytes(&file?.path())).sum();
    }
    Ok(fs::metadata(at)?.len())
}

/// Questions asked of each kind.
const ASKED: u64 = 40;

/// Asks questions of each kind and prints how long they take.
fn find(ledger: &Ledger) -> Result<()> {
    println!(
        "{:<40}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "find, milliseconds", "median", "95th", "longest", "own CPU", "found"
    );
    let mut dice = Dice::new(77);
    let (mut filtered, mut filtered_cpu) = (Vec::new(), 0.0);
    for (what, ask) in questions() {
        let queries: Vec<Query> = (0..ASKED).map(|_| ask(&mut dice)).collect();
        let mut found = 0;
        let mut times = Vec::new();
        let mut worked = 0.0;
        for query in &queries {
            let (begin, cpu) = (Instant::now(), Clock::now()?);
            let page = ledger.entries(query)?;
            times.push(begin.elapsed().as_secs_f64() * 1e3);
            worked += cpu.elapsed()? * 1e3 / ASKED as f64;
            found += page.entries.len();
        }
        if what.starts_with("two filters") {
            filtered.extend(&times);
            filtered_cpu += worked / 4.0;
        }
        line(what, times, worked, found);
    }
    line(
        "two filters and a word, all of these",
        filtered,
        filtered_cpu,
        0,
    );
    let by = Query {
        by: Some(dice::name(3)),
        ..Query::default()
    };
    let (begin, cpu) = (Instant::now(), Clock::now()?);
    let n = ledger.count(&by)?;
    let took = vec![begin.elapsed().as_secs_f64() * 1e3];
    let worked = cpu.elapsed()? * 1e3;
    line("count, entries by one much named", took, worked, n as usize);
    ensure!(n > 0, "the name most in the reports is not found");
    Ok(())
}

/// A line of the table; the CPU time is the mean, and in this thread alone.
fn line(what: &str, mut times: Vec<f64>, worked: f64, found: usize) {
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    let (median, most, longest) = (at(0.5), at(0.95), at(1.0));
    println!("{what:<40}{median:>9.1}{most:>9.1}{longest:>9.1}{worked:>9.1}{found:>9}");
}

type Ask = fn(&mut Dice) -> Query;

fn questions() -> Vec<(&'static str, Ask)> {
    vec![
        ("two filters and a word: by, kind", |d| Query {
            by: Some(dice::searched_name(d)),
            kinds: vec![EntryKind::Statement],
            words: Some(dice::searched(d)),
            ..Query::default()
        }),
        ("two filters and a word: about, days", |d| Query {
            about: Some(dice::searched_name(d)),
            published: Days {
                from: Some(jiff::civil::date(2025, 2, 1)),
                to: Some(jiff::civil::date(2028, 1, 1)),
            },
            words: Some(dice::searched(d)),
            ..Query::default()
        }),
        ("two filters and a word: status, sure", |d| Query {
            statuses: vec![CommitmentStatus::Signed],
            min_confidence: Some(0.5),
            words: Some(dice::searched(d)),
            ..Query::default()
        }),
        ("two filters and a word of the report", |d| Query {
            by: Some(dice::searched_name(d)),
            kinds: vec![EntryKind::Commitment],
            text: Some(dice::searched(d)),
            ..Query::default()
        }),
        ("a name", |d| Query {
            by: Some(dice::searched_name(d)),
            ..Query::default()
        }),
        ("a word", |d| Query {
            words: Some(dice::searched(d)),
            ..Query::default()
        }),
        ("a status, surest first", |d| Query {
            statuses: vec![CommitmentStatus::Signed],
            about: Some(dice::searched_name(d)),
            sort: Sort::Surest,
            ..Query::default()
        }),
        ("nothing but the newest", |_| Query::default()),
    ]
}
