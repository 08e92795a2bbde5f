//! `onrecord quotes`: who said what, as a table to read or to file.

use std::io::{self, Write as _};

use onrecord::model::{Quotation, Span, Statement};
use onrecord::{Reader, Record};

use crate::args::{Color, QuotesArgs};
use crate::look::{Look, clean};
use crate::read::merge;
use crate::table::{Row, Table};
use crate::trouble::{Trouble, say};
use crate::{Outcome, input, words};

/// The columns of the CSV.
const COLUMNS: [&str; 14] = [
    "report",
    "id",
    "who",
    "role",
    "source",
    "words",
    "quotation",
    "cue",
    "firmness",
    "confidence",
    "line",
    "start",
    "end",
    "offsets",
];

/// Prints the statements of each report.
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
        out.write_all(&csv([COLUMNS.map(str::to_owned)])?)?;
    }
    for input in inputs.inputs {
        let read = input.and_then(|i| Ok((i.name(), reader.read(&i.bytes()?, &envelope))));
        let (name, mut record) = match read {
            Ok(read) => read,
            Err(trouble) => {
                say(&trouble);
                found = Outcome::Trouble;
                continue;
            }
        };
        if let Some(least) = args.min_confidence {
            record.keep_confident(least);
        }
        let asked = |s: &&Statement| !args.direct || s.quotation != Quotation::Indirect;
        let statements: Vec<&Statement> = record.statements.iter().filter(asked).collect();
        if statements.is_empty() {
            continue;
        }
        found = merge(found, Outcome::Found);
        if args.csv {
            let lines = statements.iter().map(|s| line(&record, s, &name));
            out.write_all(&csv(lines)?)?;
        } else {
            let title = inputs.many.then_some(name.as_str());
            let rows = statements.iter().map(|s| row(&record, s)).collect();
            out.write_all(Table { title, rows }.print(look).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(found)
}

fn who(record: &Record, s: &Statement) -> String {
    words::speaker(record, s).unwrap_or_else(|| "(no source in the text)".to_owned())
}

fn role(record: &Record, s: &Statement) -> String {
    let entity = s.source.entity.and_then(|id| words::entity(record, id));
    let role = entity.and_then(|e| e.roles.first());
    role.map_or_else(String::new, |r| words::role(record, r))
}

/// A row of the table.
fn row(record: &Record, s: &Statement) -> Row {
    let who = who(record, s);
    let role = role(record, s);
    Row {
        id: s.id.to_string(),
        who,
        role,
        words: words::said(s),
        how: s.quotation.to_string(),
        line: record.report.line_at(first(s).range().start).to_string(),
    }
}

/// The first of the words a statement is known by.
fn first(s: &Statement) -> &Span {
    s.content.first().unwrap_or(&s.cue.span)
}

/// A line of the CSV.
fn line(record: &Record, s: &Statement, report: &str) -> [String; 14] {
    let last = s.content.last().unwrap_or(&s.cue.span);
    let pieces = s
        .content
        .iter()
        .map(|c| format!("{}-{}", c.start(), c.end()));
    [
        clean(report),
        s.id.to_string(),
        who(record, s),
        role(record, s),
        s.source.kind.to_string(),
        words::said(s),
        s.quotation.to_string(),
        clean(s.cue.span.quote()),
        words::firmness(s.factuality).to_owned(),
        format!("{:.2}", s.confidence),
        record.report.line_at(first(s).range().start).to_string(),
        first(s).start().to_string(),
        last.end().to_string(),
        pieces.collect::<Vec<_>>().join(" "),
    ]
}

/// Lines of comma-separated values as RFC 4180 has them. A spreadsheet runs a cell that begins
/// like a formula: such a cell gets an apostrophe.
fn csv(lines: impl IntoIterator<Item = [String; 14]>) -> Result<Vec<u8>, Trouble> {
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
        let mut cells = [const { String::new() }; 14];
        cells[0] = "=HYPERLINK(\"x\")".to_owned();
        cells[1] = "a,b".to_owned();
        let line = String::from_utf8(csv([cells]).unwrap()).unwrap();
        assert_eq!(line, "\"'=HYPERLINK(\"\"x\"\")\",\"a,b\",,,,,,,,,,,,\r\n");
    }
}
