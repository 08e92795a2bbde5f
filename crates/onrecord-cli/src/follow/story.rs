//! `onrecord story`: the reports of one happening.

use onrecord_ledger::{Carried, short};

use super::{day, show, warn};
use crate::args::{Color, StoryArgs};
use crate::look::clean;
use crate::table::{Row, Table};
use crate::trouble::Trouble;
use crate::{Outcome, copies, ledger};

/// Prints a story.
///
/// # Errors
/// When there is no ledger or no such report, or the output cannot be written.
pub(crate) fn story(args: &StoryArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let report = super::report(&ledger, &args.report)?;
    let story = ledger.story(&report)?;
    warn(story.cut);
    show(&args.view, color, &story.reports, |look| {
        let table = Table {
            title: None,
            heads: ["report", "day", "how", "who", "headline"],
            rows: story.reports.iter().map(row).collect(),
        };
        table.print(look)
    })?;
    Ok(Outcome::Found)
}

fn row(report: &Carried) -> Row {
    let how = match (&report.copy_of, report.earlier.last()) {
        (_, Some(earlier)) => format!("version of {}", short(earlier)),
        (Some(of), None) => format!("copy of {}", short(of)),
        (None, None) => String::new(),
    };
    let outlets: Vec<String> = report.outlets.iter().map(|o| clean(o)).collect();
    let agency = report.agency.as_deref().map(clean);
    let who = match (outlets.join("; "), agency) {
        (outlets, Some(agency)) if outlets.is_empty() || outlets == agency => agency,
        (outlets, Some(agency)) => format!("{outlets} ({agency})"),
        (outlets, None) => outlets,
    };
    let edits = report.difference.as_ref().map(copies::edits);
    let superseded = (!report.later.is_empty()).then(|| "superseded".to_owned());
    let location = report.locations.first().map(|l| clean(ledger::nearby(l)));
    let told: Vec<String> = location
        .into_iter()
        .chain(edits)
        .chain(superseded)
        .collect();
    Row {
        id: short(&report.report).to_owned(),
        who,
        role: String::new(),
        words: format!(
            "{}\n({})",
            report
                .headline
                .as_deref()
                .map_or_else(|| "no headline".to_owned(), clean),
            told.join("; ")
        ),
        how,
        line: day(report.published),
    }
}
