//! `onrecord join` and `onrecord part`: what a person says of threads.

use onrecord_ledger::across::bonds::{Bond, Stale};
use onrecord_ledger::{Entry, Ledger};

use crate::args::{JoinArgs, PartArgs, SayingArgs};
use crate::clock::now;
use crate::look::clean;
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger};

/// Keeps that two commitments are of one thread.
///
/// # Errors
/// When there is no ledger, one of the two is no commitment of it, or it cannot be written to.
pub(crate) fn join(args: &JoinArgs) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.saying.ledger)?;
    let (one, other) = (ledger.entry(&args.one)?, ledger.entry(&args.other)?);
    if args.saying.undo {
        return unsay(&ledger, &one, Some(&other), &args.saying);
    }
    ledger.join(&one.at, &other.at, &args.saying.reviewer.name, now())?;
    let before = grown_old(&[&one, &other]);
    say(&format_args!(
        "`{}` and `{}` are of one thread{before}",
        args.one, args.other
    ));
    Ok(Outcome::Found)
}

/// Keeps that a commitment is of another thread.
///
/// # Errors
/// As [`join`].
pub(crate) fn part(args: &PartArgs) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.saying.ledger)?;
    let entry = ledger.entry(&args.entry)?;
    let from = args.from.as_ref().map(|f| ledger.entry(f)).transpose()?;
    if args.saying.undo {
        return unsay(&ledger, &entry, from.as_ref(), &args.saying);
    }
    let other = from.as_ref().map(|f| &f.at);
    ledger.part(&entry.at, other, &args.saying.reviewer.name, now())?;
    match (&args.from, &from) {
        (Some(words), Some(from)) => {
            let before = grown_old(&[&entry, from]);
            say(&format_args!(
                "`{}` and `{words}` are of two threads{before}",
                args.entry
            ));
        }
        _ => say(&format_args!(
            "`{}` is of no other's thread{}",
            args.entry,
            grown_old(&[&entry])
        )),
    }
    Ok(Outcome::Found)
}

fn unsay(
    ledger: &Ledger,
    one: &Entry,
    other: Option<&Entry>,
    args: &SayingArgs,
) -> Result<Outcome, Trouble> {
    let other = other.map(|o| &o.at);
    if ledger.unsay_thread(&one.at, other, &args.reviewer.name, now())? {
        say(&"taken back");
        return Ok(Outcome::Found);
    }
    say(&format_args!(
        "`{}` said nothing of that to take back",
        args.reviewer.name
    ));
    Ok(Outcome::Nothing)
}

/// That a later version took the place of what is spoken of.
fn grown_old(entries: &[&Entry]) -> String {
    let old: Vec<String> = entries
        .iter()
        .filter(|e| e.superseded)
        .map(|e| format!("`{}`", e.handle()))
        .collect();
    match &old[..] {
        [] => String::new(),
        [one] => format!("; a later version took the place of the report of {one}"),
        all => format!(
            "; later versions took the place of the reports of {}",
            all.join(" and ")
        ),
    }
}

/// What a person says of a thread, in words: `joined to “a loan” by Ann on 2031-03-04`.
pub(super) fn told(bond: &Bond) -> String {
    let quote = |words: &str| format!("“{}”", clean(words));
    let own = quote(&bond.of.anchor.quote);
    let other = bond.other.as_ref().map(|o| quote(&o.anchor.quote));
    let does = match (bond.same, &other) {
        (true, Some(other)) => format!("{own} joined to {other}"),
        (_, Some(other)) => format!("{own} parted from {other}"),
        (_, None) => format!("{own} parted from all others"),
    };
    let day = bond.at.strftime("%Y-%m-%d");
    let stale = match bond.stale {
        None => "",
        Some(Stale::Superseded) => "; a later version took the place of its report",
        Some(Stale::Gone) => "; that is no longer on record, or hidden",
    };
    format!("{does} by {} on {day}{stale}", clean(&bond.author))
}
