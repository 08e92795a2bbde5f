//! A table on its way to a file: under another name until it is whole, so that what was there
//! before stays until then.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use onrecord_columns::{ColumnsError, Table, Writer};
use serde::Serialize;

use crate::trouble::Trouble;

/// A table that is being written.
pub(super) struct Output {
    partial: Partial,
    writer: Writer<File>,
    rows: u64,
}

/// A file beside the one it will be. It is removed unless it has been moved to its place.
pub(super) struct Partial {
    path: PathBuf,
    place: PathBuf,
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After it was moved there is nothing to remove; else there is nobody to tell.
        let _ = fs::remove_file(&self.path);
    }
}

impl Partial {
    /// Begins a file. What is there must be of its kind, as its first bytes show; anything else is
    /// somebody's, the ledger itself perhaps, and is not replaced.
    fn begin(
        path: &Path,
        first: &[u8],
        other: fn(PathBuf) -> Trouble,
    ) -> Result<(Self, File), Trouble> {
        // A link stays a link: what it points at is replaced.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (true, Some(name)) = (place.is_file() || !place.exists(), place.file_name()) else {
            return Err(Trouble::NoFile(path.to_owned()));
        };
        if place.exists() && !begins(&place, first) {
            return Err(other(path.to_owned()));
        }
        let partial = place.with_file_name(format!(".{}.partial", name.display()));
        let file = File::create(&partial).map_err(|why| Trouble::Unwritten {
            path: path.to_owned(),
            why,
        })?;
        let path = partial;
        Ok((Self { path, place }, file))
    }

    /// Moves it to its place.
    fn finish(self, file: &File) -> Result<(), Trouble> {
        let moved = file
            .sync_all()
            .and_then(|()| fs::rename(&self.path, &self.place));
        moved.map_err(|why| Trouble::Unwritten {
            path: self.place.clone(),
            why,
        })
    }
}

/// Whether a file begins so.
fn begins(path: &Path, first: &[u8]) -> bool {
    let mut found = vec![0; first.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut found));
    read.is_ok() && found == first
}

/// A place for a workbook.
pub(crate) struct Workbook {
    partial: Partial,
    file: File,
}

impl Workbook {
    /// A place that can be written to.
    ///
    /// # Errors
    /// When the path is `-`, or something that is no file, or a file of another kind, or cannot be
    /// written to.
    pub(crate) fn at(path: &Path) -> Result<Self, Trouble> {
        if path == Path::new("-") {
            return Err(Trouble::WorkbookToStdout);
        }
        let (partial, file) = Partial::begin(path, b"PK\x03\x04", Trouble::NotWorkbook)?;
        Ok(Self { partial, file })
    }

    /// Puts a workbook there.
    ///
    /// # Errors
    /// When it cannot be written or moved.
    pub(crate) fn write(mut self, book: &[u8]) -> Result<(), Trouble> {
        let written = self.file.write_all(book);
        written.map_err(|why| Trouble::Unwritten {
            path: self.partial.place.clone(),
            why,
        })?;
        self.partial.finish(&self.file)
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
        let (partial, file) = Partial::begin(path, b"PAR1", Trouble::NotParquet)?;
        let writer = Writer::new(file, table).map_err(|why| unwritten(path, why))?;
        Ok(Self {
            partial,
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
        written.map_err(|why| unwritten(&self.partial.place, why))
    }

    /// Ends the table, puts the file in its place and gives back how many rows it has.
    ///
    /// # Errors
    /// When it cannot be written or moved.
    pub(super) fn finish(self) -> Result<u64, Trouble> {
        let place = self.partial.place.clone();
        let file = self.writer.finish();
        let file = file.map_err(|why| unwritten(&place, why))?;
        self.partial.finish(&file)?;
        Ok(self.rows)
    }
}

pub(super) fn unwritten(path: &Path, why: ColumnsError) -> Trouble {
    Trouble::TableUnwritten {
        path: path.to_owned(),
        why,
    }
}
