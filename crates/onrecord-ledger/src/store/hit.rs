//! An entry that passed the sieve, and the end of a page as it is handed out.

use super::query::Sort;

/// Where a page ends: the key of its last entry and what it was sorted by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    pub(crate) key: i64,
    pub(crate) confidence: i64,
    pub(crate) amount: String,
}

impl Hit {
    /// As a page hands it out.
    pub(crate) fn write(&self, sort: Sort) -> String {
        match sort {
            Sort::Newest | Sort::Oldest => self.key.to_string(),
            Sort::Surest => format!("{}.{}", self.confidence, self.key),
            Sort::Largest => format!("{}.{}", self.amount, self.key),
        }
    }

    pub(crate) fn read(text: &str, sort: Sort) -> Option<Self> {
        let (before, key) = text.rsplit_once('.').unwrap_or(("", text));
        Some(Self {
            key: key.parse().ok()?,
            confidence: match sort {
                Sort::Surest => before.parse().ok()?,
                _ => 0,
            },
            amount: before.to_owned(),
        })
    }
}
