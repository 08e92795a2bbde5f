//! `onrecord timeline`: what happened and was promised, day by day.

use onrecord_ledger::Happening;

use super::{day, show, warn};
use crate::args::{Color, TimelineArgs};
use crate::table::{Row, Table};
use crate::trouble::Trouble;
use crate::{Outcome, find, ledger};

/// Prints a timeline.
///
/// # Errors
/// When there is no ledger, the question cannot be asked, or the output cannot be written.
pub(crate) fn timeline(args: &TimelineArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.sought.ledger)?;
    let timeline = ledger.timeline(&args.sought.query())?;
    warn(timeline.cut);
    show(&args.view, color, &timeline.happenings, |look| {
        let rows: Vec<Row> = timeline.happenings.iter().map(row).collect();
        if rows.is_empty() {
            return String::new();
        }
        let table = Table {
            title: None,
            heads: ["id", "day", "how", "who", "what"],
            rows,
        };
        table.print(look)
    })?;
    Ok(if timeline.happenings.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

fn row(happening: &Happening) -> Row {
    Row {
        line: day(happening.day),
        ..find::row(&happening.entry, Some(&happening.corroboration))
    }
}
