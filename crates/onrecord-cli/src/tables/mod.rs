//! Parquet: what `read --parquet`, `find --parquet` and `export --parquet` write, and the folder
//! that `file` takes back.
//!
//! The ledger gives what it holds piece by piece, `onrecord-columns` knows the tables; they meet
//! here.

mod export;
mod flat;
mod gather;
mod output;

use std::path::Path;

use onrecord_columns::Table;
use onrecord_ledger::{EntryRow, Ledger, Query};
use serde::Serialize;

use crate::Outcome;
use crate::args::ReadArgs;
use crate::find::{pages, say_more};
use crate::read::each;
use crate::trouble::{Trouble, say};

pub(crate) use output::Workbook;

pub(crate) use export::{export, exported, import, reports};
pub use gather::{Sink, gather, rows_of};

use output::Output;

/// Reads reports into a table of records.
///
/// # Errors
/// When nothing can be read at all, or the file cannot be written.
pub(crate) fn read(args: &ReadArgs, path: &Path) -> Result<Outcome, Trouble> {
    let mut output = Output::begin(path, Table::Records)?;
    let source = (&args.source, args.min_confidence, args.quiet);
    let outcome = each(source, |one| {
        output.write(&one.reading.record)?;
        one.say(&one.notes(args.quiet));
        Ok(one.outcome())
    })?;
    let rows = output.finish()?;
    if !args.quiet {
        said(rows, ["record", "records"], path);
    }
    Ok(outcome)
}

/// Writes what a query finds into a table of entries.
///
/// # Errors
/// When the question cannot be asked, or the file not be written.
pub(crate) fn find(
    ledger: &Ledger,
    query: Query,
    limit: Option<usize>,
    path: &Path,
) -> Result<Outcome, Trouble> {
    let mut output = Output::begin(path, Table::Entries)?;
    let (found, more) = pages(ledger, query, limit, |entries| {
        entries
            .iter()
            .try_for_each(|e| output.write(&EntryRow::of(e)))
    })?;
    said(output.finish()?, ["entry", "entries"], path);
    say_more(more);
    Ok(if found {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

/// Writes rows into a table.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn rows(table: Table, all: &[impl Serialize], path: &Path) -> Result<(), Trouble> {
    let mut output = Output::begin(path, table)?;
    all.iter().try_for_each(|row| output.write(row))?;
    said(output.finish()?, ["row", "rows"], path);
    Ok(())
}

fn said(rows: u64, [one, many]: [&str; 2], path: &Path) {
    let what = if rows == 1 { one } else { many };
    say(&format_args!(
        "wrote {rows} {what} into `{}`",
        path.display()
    ));
}
