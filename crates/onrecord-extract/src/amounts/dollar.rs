//! Which dollar a bare `$` is.
//!
//! International agencies mean the U.S. dollar and mark every other. A domestic report marks the
//! U.S. dollar ("US$") and leaves its own bare; one that is filed from home by no international
//! agency does too.

use onrecord_lexicon::Countries;
use onrecord_model::Report;

const DOLLARS: &[(&str, &str)] = &[
    ("CAN", "CAD"),
    ("AUS", "AUD"),
    ("NZL", "NZD"),
    ("SGP", "SGD"),
    ("HKG", "HKD"),
];

/// The currency of a bare dollar when it is not the U.S. one.
pub(crate) fn local(report: &Report) -> Option<&'static str> {
    let text = report.text.as_str();
    let marks_us = text.contains("US$") || text.contains("U.S.$");
    let marks_other = ["C$", "A$", "NZ$", "S$", "HK$"]
        .iter()
        .any(|s| text.replace("US$", "").contains(s));
    let place = report.dateline.as_ref().map(|d| d.place.as_str())?;
    let country = Countries::shipped()
        .by_capital(place)
        .map(|c| c.iso3.as_str())?;
    let (_, dollar) = DOLLARS.iter().find(|(c, _)| *c == country)?;
    let domestic = report.agency.is_none() && !marks_other;
    (marks_us && !marks_other || domestic).then_some(*dollar)
}
