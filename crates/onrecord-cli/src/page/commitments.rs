//! Commitments: how far they have come and the words that say so, who to whom, how much, on what condition, on whose word.

use onrecord::Record;
use onrecord::model::{Commitment, Factuality, PartyRole, Span};

use super::{doubt, entry, remarks};
use crate::look::{Ink, Look, clean};
use crate::words;

/// Prints the section.
pub(super) fn print(out: &mut String, record: &Record, look: Look) {
    if record.commitments.is_empty() {
        return;
    }
    look.heading(out, "Commitments");
    for c in &record.commitments {
        let status = look.ink(Ink::Strong, &words::status(c));
        let first = format!("{status}: {}", clean(c.object.quote()));
        entry(out, &c.id, &[first, remarks_on(record, c, look)], look);
    }
}

fn remarks_on(record: &Record, c: &Commitment, look: Look) -> String {
    let firmly = if c.factuality == Factuality::FACT {
        String::new()
    } else {
        words::firmness(c.factuality).to_owned()
    };
    let parts = [
        parties(record, c),
        sum(c),
        quoted("condition", c.condition.as_ref()),
        dated("due", c.due.as_ref().map(|t| t.value.as_str())),
        dated("since", c.since.as_ref().map(|t| t.value.as_str())),
        quoted("part of", c.part_of.as_ref()),
        on_whose_word(record, c),
        firmly,
        doubt(c.confidence),
    ];
    remarks(&parts, look)
}

/// `deployment by Norway to Estonia`.
fn parties(record: &Record, c: &Commitment) -> String {
    let side = |word: &str, role| match words::parties(record, c, role).as_slice() {
        [] => String::new(),
        who => format!(" {word} {}", words::listed(who)),
    };
    format!(
        "{}{}{}{}",
        c.kind,
        side("by", PartyRole::By),
        side("to", PartyRole::To),
        side("with", PartyRole::With)
    )
}

fn sum(c: &Commitment) -> String {
    let rate = c.rate.as_deref().map(|r| format!("at {r}"));
    let amount = c.amount.as_ref().map(|a| {
        let others: Vec<String> = a.restated.iter().map(words::restated).collect();
        if others.is_empty() {
            words::amount(a)
        } else {
            format!("{} ({})", words::amount(a), others.join("; "))
        }
    });
    let parts: Vec<String> = amount.into_iter().chain(rate).collect();
    parts.join(", ")
}

fn quoted(word: &str, span: Option<&Span>) -> String {
    span.map_or_else(String::new, |s| format!("{word}: “{}”", clean(s.quote())))
}

fn dated(word: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |v| format!("{word} {}", words::time(v)))
}

fn on_whose_word(record: &Record, c: &Commitment) -> String {
    if c.basis.is_empty() {
        String::new()
    } else {
        format!("on the word of {}", words::basis(record, &c.basis))
    }
}
