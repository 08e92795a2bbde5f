//! What the wheel shares with the command besides [`crate::run`]: the filters of `find`, a ledger's
//! answers as the JSON that is printed, and the rows of the tables.
//!
//! A filter is spelled as on the command line (`--by=Noriega`), so that both know the same ones and
//! refuse the same ones in the same words.

use clap::Parser as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use onrecord_ledger::across::tracker::Terms;
use onrecord_ledger::{Ledger, Query};
use serde::Serialize;
use serde_json::Value;

use crate::args::{Args, Command, Kept};
use crate::follow::{person_json, resolved, thread_json};
pub use crate::tables::{Sink, gather, rows_of};
pub use crate::trouble::Trouble;
use crate::{clock, find, json};

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// As the command prints it with `--json`, a line each without its end.
    pub lines: Vec<String>,
    /// The same as rows of a table.
    pub rows: Vec<Value>,
    /// Where to go on, when there is more.
    pub next: Option<String>,
    /// More may belong here than was looked at.
    pub cut: bool,
}

/// A value as the command prints it, without the end of its line.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn text(of: &impl Serialize) -> Result<String, Trouble> {
    Ok(json::text(of)?)
}

/// Now, as what is filed is kept with.
pub fn now() -> Timestamp {
    clock::now()
}

/// The entries that filters ask for, with their rows of the table `entries`; `--limit` and `--after` are
/// filters as well.
///
/// # Errors
/// When a filter is refused, or the ledger cannot be read.
pub fn find(ledger: &Ledger, filters: &[String]) -> Result<Found, Trouble> {
    let (query, limit) = asked(ledger, filters)?;
    let mut found = Found::default();
    let (_, next) = find::pages(ledger, query, limit, |entries| {
        for entry in entries {
            found
                .rows
                .push(value(&onrecord_ledger::EntryRow::of(&entry))?);
            found.lines.push(find::text(entry)?);
        }
        Ok(())
    })?;
    found.next = next;
    Ok(found)
}

/// How many entries filters ask for.
///
/// # Errors
/// As [`find()`].
pub fn count(ledger: &Ledger, filters: &[String]) -> Result<u64, Trouble> {
    let (query, _) = asked(ledger, filters)?;
    Ok(ledger.count(&query)?)
}

/// The tracker's sheet, with its rows of the table `threads`; `--as-of`, `--in`, `--rate` and `--limit` are
/// filters as well.
///
/// # Errors
/// As [`find()`].
pub fn tracker(ledger: &Ledger, filters: &[String]) -> Result<Found, Trouble> {
    let Command::Kept(Kept::Tracker(args)) = parsed("tracker", filters)? else {
        return Ok(Found::default());
    };
    let today = clock::now().to_zoned(TimeZone::UTC).date();
    let terms = Terms {
        as_of: Some(args.as_of.unwrap_or(today)),
        currency: args.into.clone(),
        rates: args.rate.clone(),
    };
    let query = resolved(ledger, args.sought.query())?;
    let sheet = ledger.tracker(&query, &terms)?;
    let mut found = Found {
        cut: sheet.cut,
        ..Found::default()
    };
    let limit = args.list.most();
    for row in sheet.rows.iter().take(limit) {
        found.rows.push(value(row)?);
        found.lines.push(text(row)?);
    }
    Ok(found)
}

/// The thread that an entry belongs to, as JSON; none when it belongs to none.
///
/// # Errors
/// When there is no such entry, or the ledger cannot be read.
pub fn thread(ledger: &Ledger, entry: &str) -> Result<Option<String>, Trouble> {
    let followed = ledger.thread(&ledger.entry(entry)?)?;
    Ok(followed.as_ref().map(thread_json).transpose()?)
}

/// Those who bear a name.
///
/// # Errors
/// When the name holds no letter, or the ledger cannot be read.
pub fn who(ledger: &Ledger, name: &str) -> Result<Found, Trouble> {
    let found = ledger.who(name)?;
    let lines: Result<_, _> = found.people.iter().map(person_json).collect();
    Ok(Found {
        lines: lines?,
        cut: found.cut,
        ..Found::default()
    })
}

fn asked(ledger: &Ledger, filters: &[String]) -> Result<(Query, Option<usize>), Trouble> {
    let Command::Kept(Kept::Find(args)) = parsed("find", filters)? else {
        return Ok((Query::default(), None));
    };
    let limit = args.list.limit.map(|n| n as usize);
    Ok((resolved(ledger, args.query())?, limit))
}

fn parsed(command: &str, filters: &[String]) -> Result<Command, Trouble> {
    let words = ["onrecord", command].into_iter();
    let words = words.chain(filters.iter().map(String::as_str));
    let refused = |why: clap::Error| {
        let said = why.render().to_string();
        let said = said.split("\n\n").next().unwrap_or_default().trim();
        Trouble::Flags(said.trim_start_matches("error: ").to_owned())
    };
    Ok(Args::try_parse_from(words).map_err(refused)?.command)
}

fn value(row: &impl Serialize) -> Result<Value, Trouble> {
    Ok(serde_json::to_value(row).map_err(std::io::Error::from)?)
}
