//! Entries of one kind as a table to read or to file: the runner behind `quotes`, `events` and
//! `commitments`.

use std::io::{self, Write as _};

use onrecord::Record;

use crate::Outcome;
use crate::args::{Color, SheetArgs};
use crate::look::{Ink, Look, clean};
use crate::read::{each, lost};
use crate::table::{Row, Table};
use crate::trouble::{Trouble, say};

/// What is printed of each report.
pub(crate) trait Sheet {
    /// The headings of the table: id, line, how, who, words.
    const HEADS: [&'static str; 5];
    /// The columns of the CSV.
    const COLUMNS: &'static [&'static str];

    /// What stands below the tables, where their words need it.
    const LEGEND: Option<&'static str>;

    /// The rows of the table.
    fn rows(&self, record: &Record) -> Vec<Row>;

    /// The lines of the CSV, a cell for each column; `report` is the report's name.
    fn lines(&self, record: &Record, report: &str) -> Vec<Vec<String>>;

    /// The heading line of the other form, where it has one.
    fn other_heading(&self) -> Option<&'static [&'static str]> {
        None
    }

    /// Lines in another form than a table or CSV, when one is asked for.
    ///
    /// # Errors
    /// When they cannot be written down.
    fn other(&self, _: &Record, _: &str) -> Result<Option<String>, Trouble> {
        Ok(None)
    }
}

/// Prints the entries of each report.
///
/// # Errors
/// When the output cannot be written or no path is given.
pub(crate) fn run<S: Sheet>(sheet: &S, args: &SheetArgs, color: Color) -> Result<Outcome, Trouble> {
    let look = Look::of(color, args.width);
    let mut out = look.stdout();
    let columns = if args.csv {
        Some(S::COLUMNS)
    } else {
        sheet.other_heading()
    };
    if let Some(columns) = columns {
        let heading = columns.iter().map(|c| (*c).to_owned()).collect();
        out.write_all(&csv([heading])?)?;
    }
    let source = (&args.source, args.min_confidence, false);
    let legend = S::LEGEND;
    let mut tables = 0;
    let found = each(source, |one| {
        let record = &one.reading.record;
        let name = one.name.as_str();
        let rows = sheet.rows(record);
        let own = match (one.outcome(), rows.is_empty()) {
            (Outcome::Trouble, _) => Outcome::Trouble,
            (_, true) => Outcome::Nothing,
            (_, false) => Outcome::Found,
        };
        if own == Outcome::Found {
            let text = if args.csv {
                csv(sheet.lines(record, &clean(name)))?
            } else if let Some(text) = sheet.other(record, &clean(name))? {
                text.into_bytes()
            } else {
                let title = one.many.then_some(name);
                let heads = S::HEADS;
                tables += 1;
                Table { title, heads, rows }.print(look).into_bytes()
            };
            out.write_all(&text)?;
        }
        let notes = lost(record);
        if !notes.is_empty() {
            out.flush()?;
        }
        for note in &notes {
            say(&format_args!("`{name}`: {note}"));
        }
        Ok(own)
    })?;
    if let Some(words) = legend.filter(|_| tables > 0) {
        let mut text = "\n".to_owned();
        look.paragraph(&mut text, "", "", &look.ink(Ink::Faint, words));
        out.write_all(text.as_bytes())?;
    }
    out.flush()?;
    Ok(found)
}

/// Lines of comma-separated values as RFC 4180 has them. A spreadsheet runs a cell that begins
/// like a formula: such a cell gets an apostrophe.
///
/// # Errors
/// When a line cannot be written.
pub(crate) fn csv(lines: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Trouble> {
    let guard = |cell: &String| {
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            format!("'{cell}")
        } else {
            cell.clone()
        }
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for line in lines {
        writer
            .write_record(line.iter().map(guard))
            .map_err(io::Error::from)?;
    }
    writer
        .into_inner()
        .map_err(|e| Trouble::Writing(e.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_be_a_formula() {
        let cells = vec!["=HYPERLINK(\"x\")".to_owned(), "a,b".to_owned()];
        let line = String::from_utf8(csv([cells]).unwrap()).unwrap();
        assert_eq!(line, "\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\r\n");
    }
}
