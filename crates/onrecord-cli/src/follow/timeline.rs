//! `onrecord timeline`: what happened and was promised, day by day.

use onrecord_ledger::{Happening, Timeline};

use serde_json::Value;

use super::{Handled, day, resolved, warn};
use crate::args::{Color, TimelineArgs};
use crate::corroborated::{COLUMNS, cells};
use crate::listing::{Form, Listing, value};
use crate::table::Row;
use crate::trouble::Trouble;
use crate::{Outcome, find, ledger, near};

/// Prints a timeline.
///
/// # Errors
/// When there is no ledger, the question cannot be asked, or the output cannot be written.
pub(crate) fn timeline(args: &TimelineArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.sought.ledger)?;
    let query = near::meant(&ledger, resolved(&ledger, args.sought.query())?)?;
    let timeline = ledger.timeline(&query)?;
    warn(timeline.cut);
    let columns: Vec<&str> = ["day"]
        .into_iter()
        .chain(find::COLUMNS)
        .chain(COLUMNS)
        .collect();
    let handled = timeline.happenings.iter().map(|h| Handled {
        handle: h.entry.handle(),
        of: h,
    });
    let handled: Vec<_> = handled.collect();
    let listing = Listing::of(&args.list, color, Form::Json);
    let line = |h: &Handled<'_, Happening>| line(h.of);
    listing.all(&args.list, &handled, &columns, line, |all, look| {
        let rows: Vec<Row> = all.iter().map(|h| row(h.of)).collect();
        if rows.is_empty() {
            return String::new();
        }
        find::drawn(rows, look)
    })?;
    Ok(outcome(&timeline))
}

const fn outcome(timeline: &Timeline) -> Outcome {
    if timeline.happenings.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    }
}

fn line(happening: &Happening) -> Vec<Value> {
    let entry = find::line(&happening.entry).into_iter();
    let told = cells(&happening.corroboration);
    [value(happening.day)]
        .into_iter()
        .chain(entry)
        .chain(told)
        .collect()
}

fn row(happening: &Happening) -> Row {
    Row {
        line: day(happening.day),
        ..find::row(&happening.entry, Some(&happening.corroboration))
    }
}
