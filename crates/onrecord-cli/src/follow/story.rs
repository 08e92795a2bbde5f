//! `onrecord story`: the reports of one happening.

use onrecord_ledger::{Carried, short};

use serde_json::Value;

use super::{day, warn};
use crate::args::{Color, StoryArgs};
use crate::listing::{Form, Listing, value};
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
    let listing = Listing::of(&args.list, color, Form::Json);
    listing.all(
        &args.list,
        &story.reports,
        &COLUMNS,
        line,
        |reports, look| {
            let table = Table {
                title: None,
                heads: ["report", "day", "how", "who", "headline"],
                rows: reports.iter().map(row).collect(),
            };
            table.print(look)
        },
    )?;
    Ok(Outcome::Found)
}

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 14] = [
    "report",
    "published",
    "headline",
    "own_id",
    "authors",
    "language",
    "outlets",
    "agency",
    "location",
    "copy_of",
    "kept",
    "edits",
    "older",
    "newer",
];

fn line(report: &Carried) -> Vec<Value> {
    let difference = report.difference.as_ref();
    let edits = difference.iter().flat_map(|d| &d.edits);
    let edits: Vec<&str> = edits.map(|e| e.as_str()).collect();
    vec![
        report.report.clone().into(),
        value(report.published),
        value(report.headline.as_ref()),
        value(report.own.own_id.as_ref()),
        report.own.authors.clone().into(),
        value(Some(&report.own.language)),
        report.outlets.clone().into(),
        value(report.agency.as_ref()),
        value(report.locations.first()),
        value(report.copy_of.as_ref()),
        difference.map_or(Value::Null, |d| ((d.kept * 100.0).round() / 100.0).into()),
        edits.into(),
        value(report.earlier.last()),
        value(report.later.first()),
    ]
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
        words: report
            .headline
            .as_deref()
            .map_or_else(|| "no headline".to_owned(), clean),
        how,
        line: day(report.published),
        details: vec![told.join("; ")],
    }
}
