//! `onrecord quotes`: the quoted words of reports with their speakers, to read or to file.

use std::io::{self, Write as _};

use onrecord::model::{Quotation, Statement};
use onrecord::{Reader, Record};

use crate::args::{Color, QuotesArgs};
use crate::look::{Ink, Look, clean};
use crate::read::merge;
use crate::trouble::{Trouble, say};
use crate::{Outcome, input, words};

/// The columns of the table.
const COLUMNS: [&str; 9] = [
    "report",
    "id",
    "speaker",
    "role",
    "source",
    "cue",
    "firmness",
    "published",
    "words",
];

/// Prints the quotes of each report.
///
/// # Errors
/// When the output cannot be written or no path is given.
pub(crate) fn run(args: &QuotesArgs, color: Color) -> Result<Outcome, Trouble> {
    let inputs = input::expand(&args.source.paths)?;
    let reader = Reader::new()?;
    let look = Look::of(color, args.width);
    let envelope = args.source.envelope();
    let mut out = look.stdout();
    let mut found = Outcome::Nothing;
    if args.csv {
        out.write_all(&line(&COLUMNS.map(str::to_owned))?)?;
    }
    for input in inputs.inputs {
        let read = input.and_then(|i| Ok((i.name(), reader.read(&i.bytes()?, &envelope))));
        let (name, record) = match read {
            Ok(read) => read,
            Err(trouble) => {
                say(&trouble);
                found = Outcome::Trouble;
                continue;
            }
        };
        for s in quoted(&record) {
            found = merge(found, Outcome::Found);
            if args.csv {
                out.write_all(&line(&row(&record, s, &name))?)?;
            } else {
                out.write_all(paragraph(&record, s, look).as_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(found)
}

fn quoted(record: &Record) -> impl Iterator<Item = &Statement> {
    let is_quoted = |s: &&Statement| s.quotation != Quotation::Indirect;
    record.statements.iter().filter(is_quoted)
}

fn paragraph(record: &Record, s: &Statement, look: Look) -> String {
    let mut out = String::new();
    let id = format!("{:<4}", s.id.to_string());
    let who = look.ink(Ink::Strong, &who(record, s));
    let first = look.ink(Ink::Faint, &id);
    look.paragraph(
        &mut out,
        &first,
        "    ",
        &format!("{who}: {}", words::said(s)),
    );
    out
}

fn who(record: &Record, s: &Statement) -> String {
    words::speaker(record, s).unwrap_or_else(|| "(no source in the text)".to_owned())
}

fn row(record: &Record, s: &Statement, report: &str) -> [String; 9] {
    let entity = s.source.entity.and_then(|id| words::entity(record, id));
    let role = entity.and_then(|e| e.roles.first());
    let published = record.report.published.as_ref();
    [
        report.to_owned(),
        s.id.to_string(),
        who(record, s),
        role.map_or_else(String::new, |r| words::role(record, r)),
        s.source.kind.to_string(),
        clean(s.cue.span.quote()),
        words::firmness(s.factuality).to_owned(),
        published.map_or_else(String::new, |p| p.value.clone()),
        words::said(s),
    ]
}

/// A line of comma-separated values. A spreadsheet runs a cell that begins like a formula: such
/// a cell gets an apostrophe.
fn line(cells: &[String; 9]) -> Result<Vec<u8>, Trouble> {
    let guard = |cell: &String| {
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            format!("'{cell}")
        } else {
            cell.clone()
        }
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(cells.iter().map(guard))
        .map_err(io::Error::from)?;
    writer
        .into_inner()
        .map_err(|e| Trouble::Writing(e.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_be_a_formula() {
        let mut cells = [const { String::new() }; 9];
        cells[0] = "=HYPERLINK(\"x\")".to_owned();
        cells[1] = "a,b".to_owned();
        let line = String::from_utf8(line(&cells).unwrap()).unwrap();
        assert_eq!(line, "\"'=HYPERLINK(\"\"x\"\")\",\"a,b\",,,,,,,\n");
    }
}
