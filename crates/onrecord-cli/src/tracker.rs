//! `onrecord tracker`: the sheet of a ledger's commitments, a thread a row.
//!
//! What a row says the ledger decides; here it is printed.

mod draw;

use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use onrecord_columns::{Cell, Table, heading, line, workbook};
use onrecord_ledger::across::tracker::{Row, Terms};

use crate::args::{Color, TrackerArgs};
use crate::clock;
use crate::follow::{resolved, warn};
use crate::listing::{Form, Listing, say_beyond};
use crate::look::clean;
use crate::tables::{Workbook, rows};
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger, near};

/// The columns that make a row stand out.
const MARKED: [&str; 2] = ["overdue", "contradicted"];

/// Prints the sheet, or writes it into a file.
///
/// # Errors
/// When there is no ledger, the question cannot be asked, or the output cannot be written.
pub(crate) fn tracker(args: &TrackerArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.sought.ledger)?;
    let today = clock::now().to_zoned(TimeZone::UTC).date();
    let terms = Terms {
        as_of: Some(args.as_of.unwrap_or(today)),
        currency: args.into.clone(),
        rates: args.rate.clone(),
    };
    let query = near::meant(&ledger, resolved(&ledger, args.sought.query())?)?;
    let mut found = ledger.tracker(&query, &terms)?;
    warn(found.cut);
    let beyond = found.rows.len().saturating_sub(args.list.most());
    found.rows.truncate(args.list.most());
    if let Some(currency) = &args.into {
        without_rate(&found.rows, currency);
    }
    print(args, color, &found.rows, today)?;
    say_beyond(beyond);
    Ok(if found.rows.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

fn print(args: &TrackerArgs, color: Color, all: &[Row], today: Date) -> Result<(), Trouble> {
    if let Some(path) = &args.parquet {
        return rows(Table::Threads, all, path);
    }
    if let Some(path) = &args.xlsx {
        return sheet(all, path, today);
    }
    let mut listing = Listing::of(&args.list, color, Form::Json);
    match listing.form {
        Form::Table => {
            let drawn = draw::sheet(all, listing.look);
            listing.text(&drawn)?;
        }
        Form::Json => all.iter().try_for_each(|row| listing.json(row))?,
        Form::Csv => {
            listing.csv(heading(Table::Threads))?;
            for line in lines(all)? {
                listing.csv(line.iter().map(ToString::to_string).collect())?;
            }
        }
    }
    listing.end()
}

/// The rows cell by cell, safe for a terminal and for a spreadsheet.
fn lines(all: &[Row]) -> Result<Vec<Vec<Cell>>, Trouble> {
    let one = |row: &Row| -> Result<Vec<Cell>, Trouble> {
        let cells = line(Table::Threads, row)
            .map_err(Trouble::Table)?
            .into_iter();
        Ok(cells.map(|cell| cell.map(clean)).collect())
    };
    all.iter().map(one).collect()
}

/// Writes the rows into a workbook.
fn sheet(all: &[Row], path: &Path, today: Date) -> Result<(), Trouble> {
    let place = Workbook::at(path)?;
    let book = workbook(Table::Threads, &lines(all)?, &MARKED, today).map_err(Trouble::Table)?;
    place.write(&book)?;
    say(&format_args!(
        "wrote {} rows into `{}`",
        all.len(),
        path.display()
    ));
    Ok(())
}

/// Says which sums have no rate into the currency that was asked for.
fn without_rate(all: &[Row], currency: &str) {
    let lacks = |r: &&Row| r.promised.or(r.delivered).is_some() && r.exchange_rate.is_none();
    let is_code = |u: &&String| u.len() == 3 && u.bytes().all(|b| b.is_ascii_uppercase());
    let mut units: Vec<&String> = all
        .iter()
        .filter(lacks)
        .filter_map(|r| r.unit.as_ref())
        .collect();
    units.retain(|u| is_code(u));
    units.sort_unstable();
    units.dedup();
    for unit in units {
        let unit = clean(unit);
        say(&format_args!(
            "no rate from {unit} to {currency} is stated; give one, as `--rate {unit}=RATE@DATE`"
        ));
    }
}
