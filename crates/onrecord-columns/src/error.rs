//! What can go wrong between records and columns.

use arrow_schema::ArrowError;
use onrecord_model::RecordError;
use parquet::errors::ParquetError;

/// Why a table could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnsError {
    /// A row has something that no column holds, or lacks what one must hold.
    #[error("column `{column}`: {why}")]
    Column {
        /// The column, with those around it: `report.published.value`.
        column: String,
        /// What is wrong.
        why: String,
    },
    /// A row is not what the table holds.
    #[error("a row cannot be read: {0}")]
    Row(#[from] serde_json::Error),
    /// A row is a record that is not believed.
    #[error("a row is no record: {0}")]
    Record(#[from] RecordError),
    /// The file is Parquet, and not this table.
    #[error("the table holds {found}, not {wanted} of onrecord")]
    Other {
        /// What it holds.
        found: String,
        /// What was looked for.
        wanted: &'static str,
    },
    /// The table was written by a newer program.
    #[error(
        "the table has version {found}, this program knows up to {known}; use a newer onrecord"
    )]
    Newer {
        /// The table's.
        found: u32,
        /// The program's.
        known: u32,
    },
    /// The file is damaged in a way that has no other name.
    #[error("the table's file is damaged")]
    Damaged,
    /// What the writer of workbooks says.
    #[error("the sheet: {0}")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    /// Lines that cannot be written.
    #[error("the lines cannot be written: {0}")]
    Lines(#[from] std::io::Error),
    /// What Arrow says.
    #[error("the table's columns: {0}")]
    Arrow(#[from] ArrowError),
    /// What Parquet says.
    #[error("the table's file: {0}")]
    Parquet(#[from] ParquetError),
}

impl ColumnsError {
    pub(crate) fn column(column: &str, why: impl Into<String>) -> Self {
        Self::Column {
            column: column.to_owned(),
            why: why.into(),
        }
    }

    /// The same, seen from the group the column is in.
    pub(crate) fn inside(self, group: &str) -> Self {
        match self {
            Self::Column { column, why } => Self::Column {
                column: format!("{group}.{column}"),
                why,
            },
            other => other,
        }
    }
}
