//! `onrecord quotes`: who said what, as a table to read or to file.

use onrecord::Record;
use onrecord::model::{Quotation, Span, Statement};
use serde_json::Value;

use crate::args::QuotesArgs;
use crate::listing::{share, value};
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
        "own_id",
        "authors",
        "language",
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

    fn lines(&self, record: &Record, report: &str) -> Vec<Vec<Value>> {
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
        details: Vec::new(),
    }
}

/// The first of the words a statement is known by.
fn first(s: &Statement) -> &Span {
    s.content.first().unwrap_or(&s.cue.span)
}

fn line(record: &Record, s: &Statement, report: &str) -> Vec<Value> {
    let handle = format!("{}:{}", onrecord::model::short(&record.report.id), s.id);
    let pieces = s
        .content
        .iter()
        .map(|c| format!("{}-{}", c.start(), c.end()));
    let by: Vec<String> = words::speaker(record, s).into_iter().collect();
    vec![
        handle.into(),
        report.into(),
        value(record.report.metadata.uri.as_ref()),
        record.report.metadata.authors.clone().into(),
        value(Some(&record.report.language)),
        by.into(),
        value(Some(role(record, s))),
        words::source_kind(s.source.kind).into(),
        words::said(s).into(),
        s.quotation.to_string().into(),
        s.cue.span.quote().into(),
        words::firmness(s.factuality).into(),
        share(s.confidence),
        record.report.line_at(first(s).range().start).into(),
        first(s).start().into(),
        first(s).end().into(),
        pieces.collect::<Vec<_>>().into(),
    ]
}
