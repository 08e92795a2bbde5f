//! `onrecord agreement`: how far people who judged the same entries agree, and how much the reader
//! finds of what the sentences hold that they searched.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use onrecord_ledger::judged::Answer;
use onrecord_ledger::judged::agreement::{self, Agreement, Difference, Pair};
use onrecord_ledger::{Correction, EntryKind, Ledger};

use super::{Field, of_report, recall};
use crate::args::{AgreementArgs, Color};
use crate::look::{Ink, Look, clean};
use crate::table::Table;
use crate::trouble::{Trouble, say};
use crate::{Outcome, find, json, ledger};

/// Prints each pair of people.
///
/// # Errors
/// When there is no ledger, or the output cannot be written.
pub(crate) fn run(args: &AgreementArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let look = Look::of(color, args.width);
    let pairs = pairs(&ledger)?;
    let mut out = look.stdout();
    for (i, pair) in pairs.iter().enumerate() {
        let text = if args.json {
            json::line(pair)?
        } else {
            let gap = if i > 0 { "\n" } else { "" };
            format!("{gap}{}", told(pair, look))
        };
        out.write_all(text.as_bytes())?;
    }
    let recall = recall::of(&ledger, None)?;
    for (i, one) in recall.iter().enumerate() {
        let text = if args.json {
            json::line(&recall::value(one))?
        } else {
            let gap = if i > 0 || pairs.is_empty() { "" } else { "\n" };
            recall::told(one)
                .iter()
                .fold(gap.to_owned(), |mut text, line| {
                    look.paragraph(&mut text, "", "    ", line);
                    text
                })
        };
        out.write_all(text.as_bytes())?;
    }
    out.flush()?;
    if pairs.is_empty() {
        say(&"no two people answered the same entry");
    }
    if pairs.is_empty() && recall.is_empty() {
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Found)
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
        let _ = write!(row.words, "\n{}", sides(pair, d));
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
