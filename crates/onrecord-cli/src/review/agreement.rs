//! `onrecord agreement`: how far people who judged the same entries agree, and how much the reader
//! finds of what the sentences hold that they searched.

use std::collections::BTreeSet;

use onrecord_ledger::judged::Answer;
use onrecord_ledger::judged::agreement::{self, Agreement, Difference, Pair};
use onrecord_ledger::judged::recall::Recall;
use onrecord_ledger::{Correction, EntryKind, Ledger};
use serde_json::Value;

use super::{Field, of_report, recall};
use crate::args::{AgreementArgs, Color};
use crate::listing::{Form, Listing, say_beyond};
use crate::look::{Ink, Look, clean};
use crate::table::Table;
use crate::trouble::{Trouble, say};
use crate::{Outcome, find, ledger};

/// Prints each pair of people.
///
/// # Errors
/// When there is no ledger, or the output cannot be written.
pub(crate) fn run(args: &AgreementArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let pairs = pairs(&ledger)?;
    let recall = recall::of(&ledger, None)?;
    print(args, color, &pairs, &recall)?;
    if pairs.is_empty() {
        say(&"no two people answered the same entry");
    }
    if pairs.is_empty() && recall.is_empty() {
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Found)
}

/// Pairs, and below them how much is found; CSV has the pairs.
fn print(
    args: &AgreementArgs,
    color: Color,
    pairs: &[Pair],
    recall: &[Recall],
) -> Result<(), Trouble> {
    let mut listing = Listing::of(&args.list, color, Form::Table);
    let shown = &pairs[..pairs.len().min(args.list.most())];
    listing.heading(COLUMNS)?;
    match listing.form {
        Form::Json => {
            shown.iter().try_for_each(|pair| listing.json(pair))?;
            let mut all = recall.iter().map(recall::value);
            all.try_for_each(|one| listing.json(&one))?;
        }
        Form::Csv => {
            let mut rows = shown.iter().map(line);
            rows.try_for_each(|row| listing.row(&COLUMNS, &row))?;
        }
        Form::Table => {
            let look = listing.look;
            let pairs = shown.iter().map(|pair| told(pair, look));
            let found = recall.iter().map(|one| {
                let mut text = String::new();
                for line in recall::told(one) {
                    look.paragraph(&mut text, "", "    ", &line);
                }
                text
            });
            let all: Vec<String> = pairs.chain(found).collect();
            listing.text(&all.join("\n"))?;
        }
    }
    listing.end()?;
    say_beyond(pairs.len() - shown.len());
    Ok(())
}

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 5] = ["first", "second", "entries", "alike", "kappa"];

fn line(pair: &Pair) -> Vec<Value> {
    let kappa = pair.all.kappa.map(|k| (k * 1000.0).round() / 1000.0);
    vec![
        pair.first.clone().into(),
        pair.second.clone().into(),
        pair.all.entries.into(),
        pair.all.same.into(),
        kappa.map_or(Value::Null, Value::from),
    ]
}

fn pairs(ledger: &Ledger) -> Result<Vec<Pair>, Trouble> {
    let judged = ledger.judgements(None)?.into_iter();
    let reports: BTreeSet<String> = judged.map(|j| j.of.report).collect();
    let mut entries = Vec::new();
    for report in reports {
        let own = of_report(ledger, &report)?.into_iter();
        entries.extend(own.filter(|e| !e.judgements.is_empty()));
    }
    Ok(agreement::pairs(&entries))
}

fn told(pair: &Pair, look: Look) -> String {
    let mut out = String::new();
    let people = format!("{} and {}", clean(&pair.first), clean(&pair.second));
    let people = look.ink(Ink::Strong, &people);
    look.paragraph(&mut out, "", "  ", &format!("{people}: {}", all(&pair.all)));
    for (kind, own) in &pair.kinds {
        let kind = match kind {
            EntryKind::Statement => "statements",
            EntryKind::Event => "events",
            EntryKind::Commitment => "commitments",
        };
        look.paragraph(&mut out, "  ", "    ", &format!("{kind}: {}", all(own)));
    }
    if pair.differences.is_empty() {
        return out;
    }
    let rows = pair.differences.iter().map(|d| {
        let mut row = find::row(&d.entry, None);
        row.details.push(sides(pair, d));
        row
    });
    out.push('\n');
    let table = Table {
        title: None,
        heads: ["id", "day", "how", "who", "what"],
        rows: rows.collect(),
    };
    out.push_str(&table.print(look));
    out
}

/// `12 entries, 9 answered alike (75%), kappa 0.52`.
fn all(a: &Agreement) -> String {
    let share = a
        .share()
        .map_or_else(String::new, |s| format!(" ({:.0}%)", 100.0 * s));
    let kappa = match a.kappa {
        Some(kappa) => format!("kappa {kappa:.2}"),
        None => "kappa not defined (one answer throughout)".to_owned(),
    };
    format!(
        "{}, {} answered alike{share}, {kappa}",
        super::entries_told(a.entries),
        a.same
    )
}

fn sides(pair: &Pair, d: &Difference) -> String {
    let side = |name: &str, answer: &Answer| format!("{}: {}", clean(name), answered(answer));
    let (first, second) = (side(&pair.first, &d.first), side(&pair.second, &d.second));
    format!("{first}; {second}")
}

fn answered(answer: &Answer) -> String {
    match answer {
        Answer::Corrected(c) => format!("corrected ({})", corrected(c)),
        Answer::Merged { into } => format!("merged into “{}”", clean(&into.anchor.quote)),
        Answer::Accepted | Answer::Rejected => answer.as_str().to_owned(),
    }
}

/// What a correction says, field by field.
pub(super) fn corrected(c: &Correction) -> String {
    let fields = Field::ALL.iter().filter_map(|f| {
        let value = f.corrected(c)?;
        let value = if value.is_empty() { "none" } else { &value };
        Some(format!("{} {}", f.name(), clean(value)))
    });
    fields.collect::<Vec<_>>().join(", ")
}
