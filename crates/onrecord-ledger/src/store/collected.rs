//! What whoever collects reports knows them by, and travels with every entry.

use onrecord_model::Report;
use serde::{Deserialize, Serialize};

/// What a collection says of a report: a column of its table, a member of its JSON, a field of its feed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Collected {
    /// The collection's own id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_id: Option<String>,
    /// Who signed it, outside the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The language it is in, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

impl Collected {
    /// What is known of a report.
    pub(crate) fn of(report: &Report) -> Self {
        Self {
            own_id: report.metadata.uri.clone(),
            authors: report.metadata.authors.clone(),
            language: report.language.clone(),
        }
    }
}
