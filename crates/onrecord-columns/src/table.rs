//! The tables, and the schema of each.

use std::sync::Arc;

use arrow_schema::{Schema, SchemaRef};

use crate::flat;
use crate::schema::{entry, identification, judgement, maybe, record, text};
use crate::vocabulary::columns;

/// A table that this crate writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Table {
    /// Whole records, a report a row.
    Records,
    /// Each reading of a report that a ledger holds, beside its record in [`Table::Records`].
    Readings,
    /// Who carried each report.
    Carriers,
    /// Which report is a later version of which.
    Versions,
    /// What people said of entries.
    Judgements,
    /// What people said of who is who.
    Identifications,
    /// Searches that are kept; `said` is what they ask, as JSON.
    Searches,
    /// Entries, one a row, with names instead of ids.
    Entries,
    /// Statements, one a row, with what stands behind each.
    Statements,
    /// Events, likewise.
    Events,
    /// Commitments, likewise.
    Commitments,
    /// Who and what reports name, one a row for each report.
    Entities,
    /// The tracker's sheet: commitments through their steps, a thread a row.
    Threads,
}

impl Table {
    /// All of them, as an export has them.
    pub const ALL: [Self; 13] = [
        Self::Records,
        Self::Readings,
        Self::Carriers,
        Self::Versions,
        Self::Judgements,
        Self::Identifications,
        Self::Searches,
        Self::Entries,
        Self::Statements,
        Self::Events,
        Self::Commitments,
        Self::Entities,
        Self::Threads,
    ];

    /// Its name, as in `records.parquet`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Readings => "readings",
            Self::Carriers => "carriers",
            Self::Versions => "versions",
            Self::Judgements => "judgements",
            Self::Identifications => "identifications",
            Self::Searches => "searches",
            Self::Entries => "entries",
            Self::Statements => "statements",
            Self::Events => "events",
            Self::Commitments => "commitments",
            Self::Entities => "entities",
            Self::Threads => "threads",
        }
    }

    /// Its columns.
    pub fn schema(self) -> SchemaRef {
        let columns = match self {
            Self::Records => record(),
            Self::Readings | Self::Carriers => vec![
                text("report"),
                text("location"),
                maybe(text("outlet")),
                text("filed"),
            ],
            Self::Versions => vec![text("older"), text("newer")],
            Self::Judgements => judgement(),
            Self::Identifications => identification(),
            Self::Searches => vec![text("name"), text("said")],
            Self::Entries => entry(),
            Self::Statements => columns(flat::STATEMENTS),
            Self::Events => columns(flat::EVENTS),
            Self::Commitments => columns(flat::COMMITMENTS),
            Self::Entities => columns(flat::ENTITIES),
            Self::Threads => columns(flat::THREADS),
        };
        Arc::new(Schema::new(columns))
    }
}
