//! `onrecord add`: an entry that the reader missed, added without a terminal.

use onrecord_ledger::{Correction, EntryKind, EntryRef, Judgement, LedgerError, Verdict};

use super::{Field, Known};
use crate::args::AddArgs;
use crate::clock::now;
use crate::trouble::{Trouble, say};
use crate::{Outcome, follow, ledger};

/// Adds an entry to what people say of a report.
///
/// # Errors
/// When there is no ledger or no such report, the words do not stand in it, a field is not as it must
/// be, or the report has that entry already.
pub(crate) fn run(args: &AddArgs) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let report = follow::report(&ledger, &args.report)?;
    let held = ledger.get(&report)?;
    let held = held.ok_or_else(|| LedgerError::NoReport(report.clone()))?;
    let known = Known::of(&held.record);
    let mut what = Correction::default();
    let own = Field::of(args.kind);
    for (field, words) in given(args) {
        let refused = |why: String| Trouble::Field(flag(field), why);
        if !own.contains(&field) {
            let kind = args.kind.as_str();
            return Err(refused(format!("no {kind} has it")));
        }
        field
            .put(args.kind, words, &known, &mut what)
            .map_err(refused)?;
    }
    let missing = |flag: &str| Trouble::Missed(flag.to_owned());
    let words = what.words.take().ok_or_else(|| missing("--words"))?;
    if what.what.is_none() {
        return Err(missing("--what"));
    }
    if args.kind == EntryKind::Commitment && what.status.is_none() {
        return Err(missing("--status"));
    }
    let of = EntryRef::on(&report, args.kind, &words, &what);
    let (start, end) = (words.start(), words.end());
    ledger.judge(&Judgement {
        of: of.clone(),
        verdict: Verdict::Add(what),
        author: args.reviewer.name.trim().to_owned(),
        at: now(),
    })?;
    let entries = ledger.entries_of(&report)?;
    let added = entries.iter().find(|e| e.at == of);
    let handle = added.map_or_else(String::new, onrecord_ledger::Entry::handle);
    say(&format_args!(
        "added `{handle}`, on the words at {start}–{end}"
    ));
    Ok(Outcome::Found)
}

/// The fields that were given, with their words.
fn given(args: &AddArgs) -> Vec<(Field, &str)> {
    let all = [
        (Field::Words, Some(&args.words)),
        (Field::What, Some(&args.what)),
        (Field::Status, args.status.as_ref()),
        (Field::By, args.by.as_ref()),
        (Field::To, args.to.as_ref()),
        (Field::About, args.about.as_ref()),
        (Field::Source, args.source.as_ref()),
        (Field::Time, args.time.as_ref()),
        (Field::Due, args.due.as_ref()),
        (Field::Since, args.since.as_ref()),
        (Field::Amounts, args.amount.as_ref()),
        (Field::Qualifier, args.bound.as_ref()),
        (Field::Condition, args.condition.as_ref()),
        (Field::Place, args.place.as_ref()),
        (Field::Firm, args.firm.as_ref()),
    ];
    let all = all.into_iter();
    all.filter_map(|(f, words)| Some((f, words?.as_str())))
        .collect()
}

/// What a field is called on the command line.
fn flag(field: Field) -> &'static str {
    match field {
        Field::Condition => "condition",
        field => field.name(),
    }
}
