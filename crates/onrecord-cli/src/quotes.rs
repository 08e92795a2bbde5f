//! `onrecord quotes`: who said what, as a table to read or to file.

use onrecord::Record;
use onrecord::model::{Quotation, Span, Statement};

use crate::args::QuotesArgs;
use crate::look::clean;
use crate::sheet::Sheet;
use crate::table::Row;
use crate::words;

/// The statements of a report.
pub(crate) struct Quotes {
    /// Only words in quotation marks.
    direct: bool,
}

impl Quotes {
    /// What the flags ask for.
    pub(crate) fn of(args: &QuotesArgs) -> Self {
        Self {
            direct: args.direct,
        }
    }

    fn asked<'r>(&self, record: &'r Record) -> impl Iterator<Item = &'r Statement> {
        let direct = self.direct;
        let statements = record.statements.iter();
        statements.filter(move |s| !direct || s.quotation != Quotation::Indirect)
    }
}

impl Sheet for Quotes {
    const HEADS: [&'static str; 5] = ["id", "line", "how", "who", "words"];
    const LEGEND: Option<&'static str> = None;
    const COLUMNS: &'static [&'static str] = &[
        "handle",
        "location",
        "by",
        "role",
        "source_kind",
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

    fn rows(&self, record: &Record) -> Vec<Row> {
        self.asked(record).map(|s| row(record, s)).collect()
    }

    fn lines(&self, record: &Record, report: &str) -> Vec<Vec<String>> {
        self.asked(record)
            .map(|s| line(record, s, report))
            .collect()
    }
}

fn who(record: &Record, s: &Statement) -> String {
    words::speaker(record, s).unwrap_or_else(|| "(no source in the text)".to_owned())
}

fn role(record: &Record, s: &Statement) -> String {
    let entity = s.source.entity.and_then(|id| words::entity(record, id));
    let role = entity.and_then(|e| e.roles.first());
    role.map_or_else(String::new, |r| words::role(record, r))
}

fn row(record: &Record, s: &Statement) -> Row {
    Row {
        id: s.id.to_string(),
        who: who(record, s),
        role: role(record, s),
        words: words::said(s),
        how: s.quotation.to_string(),
        line: record.report.line_at(first(s).range().start).to_string(),
    }
}

/// The first of the words a statement is known by.
fn first(s: &Statement) -> &Span {
    s.content.first().unwrap_or(&s.cue.span)
}

fn line(record: &Record, s: &Statement, report: &str) -> Vec<String> {
    let handle = format!("{}:{}", onrecord_ledger::short(&record.report.id), s.id);
    let pieces = s
        .content
        .iter()
        .map(|c| format!("{}-{}", c.start(), c.end()));
    vec![
        handle,
        report.to_owned(),
        who(record, s),
        role(record, s),
        words::source_kind(s.source.kind).to_owned(),
        words::said(s),
        s.quotation.to_string(),
        clean(s.cue.span.quote()),
        words::firmness(s.factuality).to_owned(),
        format!("{:.2}", s.confidence),
        record.report.line_at(first(s).range().start).to_string(),
        first(s).start().to_string(),
        first(s).end().to_string(),
        pieces.collect::<Vec<_>>().join(" "),
    ]
}
