//! What happened and was promised, day by day, each once however many reports tell it.

use jiff::civil::Date;
use serde::Serialize;

use super::{Gathered, Result};
use crate::across::corroboration::Corroboration;
use crate::across::reports::Reports;
use crate::across::tellings::tellings;
use crate::store::{Entry, EntryKind, Ledger, Query, first_day};

/// Entries by day.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Timeline {
    /// By day; what has none comes last.
    pub happenings: Vec<Happening>,
    /// Whether more reports hold such entries than were looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// What is told, once.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Happening {
    /// Its first day: its own, or else that of the first report that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The entry of the first report that tells it.
    #[serde(flatten)]
    pub entry: Entry,
    /// Who stands behind it, and who denies it.
    pub corroboration: Corroboration,
}

impl Ledger {
    /// The entries a query asks for, day by day; those that tell the same are one. The query's
    /// order and page are not looked at.
    ///
    /// # Errors
    /// As [`Ledger::entries`].
    pub fn timeline(&self, query: &Query) -> Result<Timeline> {
        let mut found = Gathered::default();
        let query = Query {
            after: None,
            ..query.clone()
        };
        found.ask(self, &query)?;
        let records = found.records(self)?;
        let reports = Reports::with(&records, &self.said()?);
        let mut entries = found.entries;
        entries.sort_by_cached_key(|e| {
            let place = (e.at.report.clone(), e.at.anchor.start);
            (e.published.is_none(), e.published, place)
        });
        let mut happenings: Vec<Happening> = tellings(&entries, &reports)
            .into_iter()
            .filter_map(|t| {
                let members = || t.members.iter().map(|m| &entries[*m]);
                let entry = members().next()?.clone();
                // A commitment's time is its due day, or what it holds from; it is made before.
                let own = members().filter(|e| e.at.kind != EntryKind::Commitment);
                let own = own.clone().find_map(|e| first_day(e.time.as_deref()?));
                Some(Happening {
                    day: own.or(entry.published),
                    entry,
                    corroboration: t.corroboration,
                })
            })
            .collect();
        happenings.sort_by_key(|h| (h.day.is_none(), h.day));
        Ok(Timeline {
            happenings,
            cut: found.cut,
        })
    }
}
