//! `onrecord timeline`: what happened and was promised, day by day.

use onrecord_ledger::{Happening, Timeline};

use super::{Handled, day, resolved, sheet, show, warn};
use crate::args::{Color, TimelineArgs};
use crate::corroborated::{COLUMNS, cells};
use crate::table::{Row, Table};
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
    if args.csv {
        let heading: Vec<&str> = ["day"]
            .into_iter()
            .chain(find::COLUMNS)
            .chain(COLUMNS)
            .collect();
        let rows = timeline.happenings.iter().map(line);
        sheet(&heading, rows)?;
        return Ok(outcome(&timeline));
    }
    let handled = timeline.happenings.iter().map(|h| Handled {
        handle: h.entry.handle(),
        of: h,
    });
    show(&args.view, color, &handled.collect::<Vec<_>>(), |look| {
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
    Ok(outcome(&timeline))
}

const fn outcome(timeline: &Timeline) -> Outcome {
    if timeline.happenings.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    }
}

fn line(happening: &Happening) -> Vec<String> {
    let day = happening.day.map_or_else(String::new, |d| d.to_string());
    let entry = find::line(&happening.entry).into_iter();
    let told = cells(&happening.corroboration);
    [day].into_iter().chain(entry).chain(told).collect()
}

fn row(happening: &Happening) -> Row {
    Row {
        line: day(happening.day),
        ..find::row(&happening.entry, Some(&happening.corroboration))
    }
}
