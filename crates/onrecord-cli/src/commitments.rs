//! `onrecord commitments`: what is promised, agreed, asked or withheld, as a table or CSV.

use onrecord::Record;
use onrecord::model::{Commitment, EntityId, Factuality, Span};

use crate::look::clean;
use crate::sheet::Sheet;
use crate::table::Row;
use crate::words;

/// The commitments of a report.
pub(crate) struct Commitments;

impl Sheet for Commitments {
    const HEADS: [&'static str; 5] = ["id", "line", "status", "who", "what"];
    const COLUMNS: &'static [&'static str] = &[
        "report",
        "id",
        "kind",
        "status",
        "firmness",
        "by",
        "to",
        "with",
        "object",
        "amount",
        "currency_or_unit",
        "qualifier",
        "rate",
        "condition",
        "due",
        "since",
        "part_of",
        "on_the_word_of",
        "confidence",
        "line",
        "start",
        "end",
    ];

    fn rows(&self, record: &Record) -> Vec<Row> {
        record.commitments.iter().map(|c| row(record, c)).collect()
    }

    fn lines(&self, record: &Record, report: &str) -> Vec<Vec<String>> {
        let line = |c| line(record, c, report);
        record.commitments.iter().map(line).collect()
    }
}

fn row(record: &Record, c: &Commitment) -> Row {
    let side = |word: &str, ids: &[EntityId]| match ids {
        [] => String::new(),
        ids => format!("{word}{}", words::names(record, ids)),
    };
    let parties = [side("", &c.by), side("→ ", &c.to), side("with ", &c.with)];
    let firmly =
        (c.factuality != Factuality::FACT).then(|| words::firmness(c.factuality).to_owned());
    let amount = c.amount.as_ref().map(words::amount);
    let condition = c
        .condition
        .as_ref()
        .map(|s| format!("“{}”", clean(s.quote())));
    let due = c
        .due
        .as_ref()
        .map(|t| format!("due {}", words::time(&t.value)));
    let basis = format!("on the word of {}", words::basis(record, &c.basis));
    let basis = (!c.basis.is_empty()).then_some(basis);
    let details = [firmly, amount, condition, due, basis];
    let details: Vec<String> = details.into_iter().flatten().collect();
    let mut what = format!("{}: {}", c.kind, clean(c.object.quote()));
    if !details.is_empty() {
        what = format!("{what} ({})", details.join("; "));
    }
    Row {
        id: c.id.to_string(),
        who: parties.join(" ").trim().to_owned(),
        role: String::new(),
        words: what,
        how: c.status.as_str().replace('_', " "),
        line: record.report.line_at(c.object.range().start).to_string(),
    }
}

fn line(record: &Record, c: &Commitment, report: &str) -> Vec<String> {
    let words_of = |s: Option<&Span>| s.map_or_else(String::new, |s| clean(s.quote()));
    let amount = c.amount.as_ref();
    let money = amount.and_then(|a| a.currency.clone().or_else(|| a.unit.clone()));
    vec![
        report.to_owned(),
        c.id.to_string(),
        c.kind.to_string(),
        c.status.to_string(),
        words::firmness(c.factuality).to_owned(),
        words::names(record, &c.by),
        words::names(record, &c.to),
        words::names(record, &c.with),
        clean(c.object.quote()),
        amount.map_or_else(String::new, |a| a.value.clone()),
        money.unwrap_or_default(),
        amount.map_or_else(String::new, |a| a.qualifier.to_string()),
        c.rate.clone().unwrap_or_default(),
        words_of(c.condition.as_ref()),
        c.due.as_ref().map_or_else(String::new, |t| t.value.clone()),
        c.since
            .as_ref()
            .map_or_else(String::new, |t| t.value.clone()),
        words_of(c.part_of.as_ref()),
        words::basis(record, &c.basis),
        format!("{:.2}", c.confidence),
        record.report.line_at(c.object.range().start).to_string(),
        c.object.start().to_string(),
        c.object.end().to_string(),
    ]
}
