//! Records as Arrow batches and Parquet, and back: what a table of them looks like, and nothing
//! is lost on the way.
//!
//! ```
//! use onrecord_columns::{from_batch, to_batch};
//! use onrecord_model::Record;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let json = include_str!("../../onrecord-ledger/tests/data/harbour-loan.json");
//! let record = Record::from_json(json)?;
//! let batch = to_batch(std::slice::from_ref(&record))?;
//! assert_eq!(batch.num_rows(), 1);
//! assert_eq!(from_batch(&batch)?, [record]);
//! # Ok(())
//! # }
//! ```
//!
//! The columns are stated by hand in `schema.rs` and bear the names that JSON has. Each table
//! is filled from whatever serialises to them, so that a ledger's own tables are written without
//! this crate knowing the ledger: [`Writer`] and [`rows`].
//!
//! ```
//! use onrecord_columns::{Table, Writer, rows};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, PartialEq, Debug)]
//! struct Later {
//!     older: String,
//!     newer: String,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let link = Later { older: "sha256:1".into(), newer: "sha256:2".into() };
//! let mut writer = Writer::new(Vec::new(), Table::Versions)?;
//! writer.write(&link)?;
//! let file = writer.finish()?;
//! let back: Result<Vec<Later>, _> = rows(bytes::Bytes::from(file), Table::Versions)?.collect();
//! assert_eq!(back?, [link]);
//! # Ok(())
//! # }
//! ```
//!
//! Left out: files and folders, which belong to the caller, and what a record means.

mod cells;
mod error;
mod file;
mod flat;
mod schema;
mod sheet;
mod table;
mod vocabulary;

use arrow_array::RecordBatch;
use onrecord_model::Record;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use error::ColumnsError;
pub use file::{Writer, records, rows};
pub use sheet::{Cell, csv, heading, line, workbook};
pub use table::Table;
pub use vocabulary::{holds, meaning};

/// What this crate gives back.
pub type Result<T> = std::result::Result<T, ColumnsError>;

/// Records as a batch, one a row. What an entry was made by (`why`) is left out, as in JSON.
///
/// # Errors
/// When they are too many for one batch: 2 GiB of text.
pub fn to_batch(records: &[Record]) -> Result<RecordBatch> {
    let rows: std::result::Result<Vec<Value>, _> =
        records.iter().map(serde_json::to_value).collect();
    cells::batch(Table::Records.schema(), &rows?)
}

/// Rows of a table as a batch, whatever serialises to its columns.
///
/// # Errors
/// When a row does not fit the columns, or they are too many for one batch: 2 GiB of text.
pub fn batch(table: Table, rows: &[Value]) -> Result<RecordBatch> {
    cells::batch(table.schema(), rows)
}

/// The records of a batch, every span verified.
///
/// # Errors
/// When a column is missing or of another type, or a row is not a record.
pub fn from_batch(batch: &RecordBatch) -> Result<Vec<Record>> {
    let records = unbatched::<Record>(Table::Records, batch)?;
    records.into_iter().map(verified).collect()
}

fn verified(mut record: Record) -> Result<Record> {
    record.verify()?;
    Ok(record)
}

fn unbatched<T: DeserializeOwned>(table: Table, batch: &RecordBatch) -> Result<Vec<T>> {
    let values = cells::values(&table.schema(), batch)?.into_iter();
    Ok(values
        .map(serde_json::from_value)
        .collect::<std::result::Result<_, _>>()?)
}
