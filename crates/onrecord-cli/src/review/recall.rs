//! How much the reader finds, by the sentences that people searched: told by `agreement`, `gold` and
//! `review --missing`.

use std::collections::BTreeSet;

use onrecord_ledger::judged::recall::{Recall, Share, recall};
use onrecord_ledger::{EntryKind, Ledger, Verdict};
use serde_json::{Value, json};

use super::of_report;
use crate::look::clean;
use crate::trouble::{Trouble, say};

/// What all people's searches say, or one's.
pub(super) fn of(ledger: &Ledger, reviewer: Option<&str>) -> Result<Vec<Recall>, Trouble> {
    let said = ledger.judgements(None)?;
    let searched = said
        .iter()
        .filter(|j| matches!(j.verdict, Verdict::Searched));
    let reports: BTreeSet<&str> = searched.map(|j| j.of.report.as_str()).collect();
    let mut entries = Vec::new();
    for report in reports {
        entries.extend(of_report(ledger, report)?);
    }
    let mut all = recall(&said, &entries);
    all.retain(|r| reviewer.is_none_or(|who| who == r.reviewer));
    Ok(all)
}

/// Says it on stderr, where there is any.
pub(super) fn tell(ledger: &Ledger, reviewer: Option<&str>) -> Result<(), Trouble> {
    for one in of(ledger, reviewer)? {
        for line in told(&one) {
            say(&line);
        }
    }
    Ok(())
}

/// `Ann searched 40 sentences: 31 of 36 entries were found, recall 0.86 (95%: 0.71 to 0.94)`, and by kind.
pub(super) fn told(one: &Recall) -> Vec<String> {
    let who = clean(&one.reviewer);
    let sentences = sentences_told(one.all.sentences);
    let open = match one.all.open {
        0 => String::new(),
        n => format!("; {n} of those found are not answered yet, and taken to be right"),
    };
    let all = share(&one.all);
    let mut out = vec![format!("{who} searched {sentences}: {all}{open}")];
    if one.kinds.len() > 1 {
        let kinds = one.kinds.iter();
        let kinds = kinds.filter(|(_, s)| s.found + s.missed > 0);
        out.extend(kinds.map(|(kind, s)| format!("  {}: {}", name(*kind), share(s))));
    }
    out
}

/// `1 sentence`, `2 sentences`.
pub(super) fn sentences_told(n: u64) -> String {
    match n {
        1 => "1 sentence".to_owned(),
        n => format!("{n} sentences"),
    }
}

const fn name(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Statement => "statements",
        EntryKind::Event => "events",
        EntryKind::Commitment => "commitments",
    }
}

fn share(s: &Share) -> String {
    match s.recall().zip(s.interval()) {
        None => "nothing is in them".to_owned(),
        Some((recall, (low, high))) => format!(
            "{} of {} found, recall {recall:.2} (95%: {low:.2} to {high:.2})",
            s.found,
            super::entries_told(s.found + s.missed)
        ),
    }
}

/// As JSON, with the shares worked out.
pub(super) fn value(one: &Recall) -> Value {
    let worked = |s: &Share| {
        json!({
            "sentences": s.sentences,
            "found": s.found,
            "missed": s.missed,
            "open": s.open,
            "recall": s.recall(),
            "interval": s.interval(),
        })
    };
    let kinds = one.kinds.iter();
    let kinds = kinds.map(|(kind, s)| (kind.as_str().to_owned(), worked(s)));
    json!({
        "reviewer": one.reviewer,
        "recall": worked(&one.all),
        "kinds": kinds.collect::<serde_json::Map<_, _>>(),
    })
}
