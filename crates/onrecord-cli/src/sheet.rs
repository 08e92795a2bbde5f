//! Entries of one kind as a table to read or to file: the runner behind `quotes`, `events` and
//! `commitments`.

use onrecord::Record;
use serde_json::Value;

use crate::Outcome;
use crate::args::{Color, SheetArgs};
use crate::listing::{Form, Listing, csv};
use crate::look::{Ink, clean};
use crate::read::{One, each, lost};
use crate::table::{Row, Table};
use crate::trouble::{Trouble, say};

/// What is printed of each report.
pub(crate) trait Sheet {
    /// The headings of the table: id, line, how, who, words.
    const HEADS: [&'static str; 5];
    /// The columns of the CSV, and the members of a line of JSON.
    const COLUMNS: &'static [&'static str];

    /// What stands below the tables, where their words need it.
    const LEGEND: Option<&'static str>;

    /// The rows of the table.
    fn rows(&self, record: &Record) -> Vec<Row>;

    /// The lines, a value for each column; `report` is the report's name.
    fn lines(&self, record: &Record, report: &str) -> Vec<Vec<Value>>;

    /// Whether another form than a table, JSON or CSV is asked for.
    fn is_other(&self) -> bool {
        false
    }

    /// The heading line of the other form, where it has one.
    fn other_heading(&self) -> Option<&'static [&'static str]> {
        None
    }

    /// Rows in another form than a table, JSON or CSV, when one is asked for.
    ///
    /// # Errors
    /// When they cannot be written down.
    fn other(&self, _: &Record, _: &str) -> Result<Option<Vec<String>>, Trouble> {
        Ok(None)
    }
}

/// Prints the entries of each report.
///
/// # Errors
/// When the output cannot be written or no path is given.
pub(crate) fn run<S: Sheet>(sheet: &S, args: &SheetArgs, color: Color) -> Result<Outcome, Trouble> {
    let mut listing = Listing::of(&args.list, color, Form::Table);
    listing.heading(S::COLUMNS.iter().copied())?;
    if let Some(columns) = sheet.other_heading() {
        let heading = columns.iter().map(|c| (*c).to_owned()).collect();
        listing.text(&String::from_utf8_lossy(&csv([heading])?))?;
    }
    let source = (&args.source, args.min_confidence, false);
    let (mut tables, mut left) = (0, args.list.most());
    let found = each(source, |one| {
        let rows = sheet.rows(&one.reading.record);
        let own = match (one.outcome(), rows.is_empty()) {
            (Outcome::Trouble, _) => Outcome::Trouble,
            (_, true) => Outcome::Nothing,
            (_, false) => Outcome::Found,
        };
        if own == Outcome::Found {
            if left == 0 {
                return Err(Trouble::Enough);
            }
            tables += 1;
            let all = rows.len();
            print(sheet, &mut listing, &one, rows, left)?;
            if all > left {
                return Err(Trouble::Enough);
            }
            left -= all;
        }
        let notes = lost(&one.reading.record);
        if !notes.is_empty() {
            listing.flush()?;
        }
        for note in &notes {
            say(&format_args!("`{}`: {note}", one.name));
        }
        Ok(own)
    });
    let enough = matches!(found, Err(Trouble::Enough));
    let found = if enough { Outcome::Found } else { found? };
    let tabular = tables > 0 && listing.form == Form::Table && !sheet.is_other();
    if let Some(words) = S::LEGEND.filter(|_| tabular) {
        let look = listing.look;
        let mut text = "\n".to_owned();
        look.paragraph(&mut text, "", "", &look.ink(Ink::Faint, words));
        listing.text(&text)?;
    }
    listing.end()?;
    if enough {
        say(&"there are more rows; raise `--limit`");
    }
    Ok(found)
}

/// Prints as many rows of a report as are left to print.
fn print<S: Sheet>(
    sheet: &S,
    listing: &mut Listing,
    one: &One,
    mut rows: Vec<Row>,
    left: usize,
) -> Result<(), Trouble> {
    let (record, name) = (&one.reading.record, one.name.as_str());
    if let Some(lines) = sheet.other(record, &clean(name))? {
        let lines: Vec<String> = lines.into_iter().take(left).collect();
        return listing.text(&lines.concat());
    }
    if listing.form == Form::Table {
        rows.truncate(left);
        let title = one.many.then_some(name);
        let heads = S::HEADS;
        let look = listing.look;
        return listing.text(&Table { title, heads, rows }.print(look));
    }
    let lines = sheet.lines(record, &clean(name)).into_iter().take(left);
    let mut lines = lines.map(|line| listing.row(S::COLUMNS, &line));
    lines.try_for_each(|written| written)
}
