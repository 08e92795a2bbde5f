//! A table on its way to a file: under another name until it is whole, so that what was there
//! before stays until then.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use onrecord_columns::{ColumnsError, Table, Writer};
use serde::Serialize;

use crate::trouble::Trouble;

/// A table that is being written.
pub(super) struct Output {
    partial: Partial,
    place: PathBuf,
    writer: Writer<File>,
    rows: u64,
}

/// A file that is removed unless it has been moved to its place.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        // After it was moved there is nothing to remove; else there is nobody to tell.
        let _ = fs::remove_file(&self.0);
    }
}

impl Output {
    /// Begins a table for a file.
    ///
    /// # Errors
    /// When the path is `-`, or something that is no file, or a file of another kind, or cannot be
    /// written to.
    pub(super) fn begin(path: &Path, table: Table) -> Result<Self, Trouble> {
        if path == Path::new("-") {
            return Err(Trouble::TableToStdout);
        }
        // A link stays a link: what it points at is replaced.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (true, Some(name)) = (place.is_file() || !place.exists(), place.file_name()) else {
            return Err(Trouble::NoFile(path.to_owned()));
        };
        if place.exists() && !is_parquet(&place) {
            return Err(Trouble::NotParquet(path.to_owned()));
        }
        let partial = place.with_file_name(format!(".{}.partial", name.display()));
        let file = File::create(&partial).map_err(|why| Trouble::Unwritten {
            path: path.to_owned(),
            why,
        })?;
        let partial = Partial(partial);
        let writer = Writer::new(file, table).map_err(|why| unwritten(path, why))?;
        Ok(Self {
            partial,
            place,
            writer,
            rows: 0,
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&mut self, row: &impl Serialize) -> Result<(), Trouble> {
        self.rows += 1;
        let written = self.writer.write(row);
        written.map_err(|why| unwritten(&self.place, why))
    }

    /// Ends the table, puts the file in its place and gives back how many rows it has.
    ///
    /// # Errors
    /// When it cannot be written or moved.
    pub(super) fn finish(self) -> Result<u64, Trouble> {
        let (place, rows) = (self.place, self.rows);
        let file = self.writer.finish();
        let file = file.map_err(|why| unwritten(&place, why))?;
        let moved = file
            .sync_all()
            .and_then(|()| fs::rename(&self.partial.0, &place));
        moved.map_err(|why| Trouble::Unwritten { path: place, why })?;
        Ok(rows)
    }
}

/// Whether a file begins as every Parquet file does. Anything else is somebody's, the ledger
/// itself perhaps, and is not replaced.
fn is_parquet(path: &Path) -> bool {
    let mut first = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && first == *b"PAR1"
}

pub(super) fn unwritten(path: &Path, why: ColumnsError) -> Trouble {
    Trouble::TableUnwritten {
        path: path.to_owned(),
        why,
    }
}
