//! `onrecord review --missing`: sentences drawn at random, searched for what the reader missed.

use onrecord_ledger::{Entry, EntryKind, EntryRef, Judgement, Ledger, Query, Verdict, standing};

use super::desk::Desk;
use crate::args::ReviewArgs;
use crate::clock::now;
use crate::follow::resolved;
use crate::trouble::Trouble;

/// A desk over the sentences of a sample that this reviewer did not search yet, in the order drawn.
pub(super) fn desk(
    ledger: &Ledger,
    args: &ReviewArgs,
    size: usize,
    reviewer: &str,
) -> Result<Desk, Trouble> {
    let asked = args.sought.query();
    // What is missing has no names, times or words to be chosen by.
    let choosing = Query {
        kinds: asked.kinds.clone(),
        published: asked.published,
        outlet: asked.outlet.clone(),
        report: asked.report.clone(),
        ..Query::default()
    };
    if choosing != asked {
        return Err(Trouble::SampledByEntry);
    }
    let kinds: Vec<EntryKind> = EntryKind::ALL
        .into_iter()
        .filter(|k| asked.kinds.is_empty() || asked.kinds.contains(k))
        .collect();
    let query = resolved(ledger, choosing)?;
    let mut words = Vec::new();
    for drawn in ledger.sample(&query, size, args.seed)? {
        let said = standing(ledger.judgements(Some(&drawn.report))?);
        let at = |kind: EntryKind| EntryRef::searched(&drawn.report, kind, &drawn.words);
        let own = |j: &&Judgement| j.author == reviewer && matches!(j.verdict, Verdict::Searched);
        let own: Vec<Judgement> = said
            .iter()
            .filter(own)
            .filter(|j| kinds.iter().any(|k| at(*k) == j.of))
            .cloned()
            .collect();
        if own.len() >= kinds.len() && !args.again {
            continue;
        }
        let Some(held) = ledger.get(&drawn.report)? else {
            continue;
        };
        let mut entry = Entry::begun(&held.record, EntryKind::Statement, &drawn.words);
        entry.at = at(EntryKind::Statement);
        entry.judgements = own;
        words.push(entry);
    }
    Ok(Desk::searching(reviewer, words, &kinds, now()))
}
