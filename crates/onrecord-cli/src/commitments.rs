//! `onrecord commitments`: what is promised, agreed, asked or withheld, as a table or CSV.

use onrecord::Record;
use onrecord::model::{AmountBasis, Commitment, Factuality, PartyRole, Span};
use serde_json::Value;

use crate::listing::{share, value};
use crate::look::clean;
use crate::sheet::Sheet;
use crate::table::Row;
use crate::words;

/// The commitments of a report.
pub(crate) struct Commitments;

impl Sheet for Commitments {
    const HEADS: [&'static str; 5] = ["id", "line", "status", "who", "what"];
    const LEGEND: Option<&'static str> = Some(words::LEGEND);
    const COLUMNS: &'static [&'static str] = &[
        "handle",
        "location",
        "own_id",
        "authors",
        "language",
        "what",
        "status",
        "cue",
        "firmness",
        "by",
        "to",
        "with",
        "object",
        "amount",
        "unit",
        "qualifier",
        "amount_basis",
        "percent",
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

    fn lines(&self, record: &Record, report: &str) -> Vec<Vec<Value>> {
        let line = |c| line(record, c, report);
        record.commitments.iter().map(line).collect()
    }
}

fn row(record: &Record, c: &Commitment) -> Row {
    let side = |word: &str, role| match side(record, c, role).as_str() {
        "" => String::new(),
        who => format!("{word}{who}"),
    };
    let parties = [
        side("", PartyRole::By),
        side("→ ", PartyRole::To),
        side("with ", PartyRole::With),
    ];
    let cue = c.cue.as_ref().map(|s| format!(" “{}”", clean(s.quote())));
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
    let details = [amount, condition, due, basis, firmly];
    let details: Vec<String> = details.into_iter().flatten().collect();
    let what = format!(
        "{}{}: {}",
        c.kind,
        cue.unwrap_or_default(),
        clean(c.object.quote())
    );
    Row {
        id: c.id.to_string(),
        who: parties.join(" ").trim().to_owned(),
        role: String::new(),
        words: what,
        how: c.status.as_str().replace('_', " "),
        line: record.report.line_at(c.object.range().start).to_string(),
        details: vec![details.join("; ")],
    }
}

/// Those on one side; in the report's words where no entity stands for them.
fn side(record: &Record, c: &Commitment, role: PartyRole) -> String {
    words::listed(&words::parties(record, c, role))
}

fn line(record: &Record, c: &Commitment, report: &str) -> Vec<Value> {
    let words_of = |s: Option<&Span>| value(s.map(Span::quote));
    let side = |role| words::parties(record, c, role);
    let amount = c.amount.as_ref();
    let money = amount.and_then(|a| a.currency.clone().or_else(|| a.unit.clone()));
    let handle = format!("{}:{}", onrecord::model::short(&record.report.id), c.id);
    vec![
        handle.into(),
        report.into(),
        value(record.report.metadata.uri.as_ref()),
        record.report.metadata.authors.clone().into(),
        value(Some(&record.report.language)),
        c.kind.to_string().into(),
        c.status.to_string().into(),
        words_of(c.cue.as_ref()),
        words::firmness(c.factuality).into(),
        side(PartyRole::By).into(),
        side(PartyRole::To).into(),
        side(PartyRole::With).into(),
        c.object.quote().into(),
        value(amount.map(|a| &a.value)),
        value(money),
        value(amount.map(|a| a.qualifier)),
        value(amount.map(|_| AmountBasis::Stated)),
        value(c.rate.as_ref()),
        words_of(c.condition.as_ref()),
        value(c.due.as_ref().map(|t| &t.value)),
        value(c.since.as_ref().map(|t| &t.value)),
        words_of(c.part_of.as_ref()),
        words::each_basis(record, &c.basis).into(),
        share(c.confidence),
        record.report.line_at(c.object.range().start).into(),
        c.object.start().into(),
        c.object.end().into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a commitment of the hand-made record is in the table, and its first cells in CSV.
    fn check(id: &str, change: impl Fn(&mut Record), row: [&str; 4], cells: [&str; 9]) {
        let json = include_str!("../../onrecord-page/tests/fixtures/record.json");
        let mut record = Record::from_json(json).unwrap();
        change(&mut record);
        let rows = Commitments.rows(&record).into_iter();
        let found = rows.filter(|r| r.id == id);
        let found = found.map(|r| [r.how, r.who, r.words, r.details.concat()]);
        assert_eq!(found.collect::<Vec<_>>(), [row.map(str::to_owned)]);
        let mut lines = Commitments.lines(&record, "r.txt");
        lines.retain(|l| {
            l[0].as_str()
                .is_some_and(|h| h.ends_with(&format!(":{id}")))
        });
        assert_eq!(lines[0].len(), Commitments::COLUMNS.len());
        let told = lines[0][5..14].iter().map(|v| match v {
            Value::Array(all) => all
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .concat(),
            other => other.as_str().unwrap_or_default().to_owned(),
        });
        assert_eq!(told.collect::<Vec<_>>(), cells);
    }

    const COLUMNS: [&str; 9] = [
        "what", "status", "cue", "firmness", "by", "to", "with", "object", "amount",
    ];

    #[test]
    fn the_words_of_the_status_stand_beside_it() {
        assert_eq!(Commitments::COLUMNS[5..14], COLUMNS);
        check(
            "c2",
            |_| {},
            [
                "announced",
                "Norway → Estonia",
                "payment “will pay”: 2 billion crowns",
                "up to NOK 2,000,000,000; due June 2026; on the word of Ola Brekke (s3)",
            ],
            [
                "payment",
                "announced",
                "will pay",
                "asserts",
                "Norway",
                "Estonia",
                "",
                "2 billion crowns",
                "2000000000",
            ],
        );
    }

    #[test]
    fn who_has_no_name_stands_in_the_reports_words() {
        check(
            "c3",
            |_| {},
            [
                "under discussion",
                "the two sides",
                "agreement “had discussed”: a joint command",
                "on the word of An official close to the talks (s4)",
            ],
            [
                "agreement",
                "under_discussion",
                "had discussed",
                "asserts",
                "the two sides",
                "",
                "",
                "a joint command",
                "",
            ],
        );
    }

    #[test]
    fn a_record_that_kept_no_words_has_names() {
        let older = |record: &mut Record| {
            record.commitments[0].cue = None;
            record.commitments[0].parties.clear();
        };
        check(
            "c1",
            older,
            [
                "not ruled out",
                "Norway → Estonia",
                "deployment: sending mine sweepers",
                "“if the cable talks failed”; on the word of Ola Brekke (s1); says it may",
            ],
            [
                "deployment",
                "not_ruled_out",
                "",
                "says it may",
                "Norway",
                "Estonia",
                "",
                "sending mine sweepers",
                "",
            ],
        );
    }
}
