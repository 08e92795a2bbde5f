//! Times: the day of publication, and TIMEX3 readings of every time expression.

use onrecord_model::{Document, Problem, Published, Report, TimeMention};

use crate::Context;

/// The day of publication: as the carrier or the report states it, else inferred from clues
/// that agree, each kept as evidence; contradictions are problems.
pub fn published(report: &Report, _document: &Document) -> (Option<Published>, Vec<Problem>) {
    (report.published.clone(), Vec::new())
}

/// Every time expression, resolved against the day of publication.
pub fn extract(_cx: &Context<'_>) -> Vec<TimeMention> {
    Vec::new()
}
