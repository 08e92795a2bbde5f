//! The folder of an export: its files count when all of them are whole.

use std::path::Path;

use super::super::error::LedgerError;
use super::{FILES, LATER, file};

/// Where the files lie until all of them are whole.
pub(super) const PARTIAL: &str = ".partial";

/// What a folder holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exported {
    /// All the files of an export.
    Whole,
    /// An export that was interrupted, or is being written; nothing else.
    Partial,
    /// Something else, or nothing.
    Nothing,
}

impl Exported {
    /// Looks into a folder for what [`crate::Ledger::export`] writes.
    pub fn of(folder: &Path) -> Self {
        Self::with(folder, &FILES)
    }

    /// Looks into a folder for an export of certain files, written with [`Exported::write`].
    pub fn with(folder: &Path, files: &[&str]) -> Self {
        let there = |name: &&str| folder.join(name).is_file();
        let Ok(all) = folder.read_dir() else {
            return Self::Nothing;
        };
        if !folder.join(PARTIAL).is_dir() {
            let whole = files.iter().filter(|f| !LATER.contains(f)).all(there);
            return if whole { Self::Whole } else { Self::Nothing };
        }
        let known =
            |name: &std::ffi::OsStr| name == PARTIAL || files.iter().any(|own| name == *own);
        let mut own = all.filter_map(std::io::Result::ok);
        if own.all(|f| known(&f.file_name())) {
            Self::Partial
        } else {
            Self::Nothing
        }
    }

    /// Writes the files of an export: `write` is given a folder inside `folder`, and what it wrote
    /// there is moved up, in the order of `files`, when all of it is whole. What an interrupted
    /// export left is thrown away first.
    ///
    /// # Errors
    /// When `write` fails, or a folder or file cannot be made, moved or removed.
    pub fn write<E: From<LedgerError>>(
        folder: &Path,
        files: &[&str],
        write: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        let partial = folder.join(PARTIAL);
        if partial.is_dir() {
            std::fs::remove_dir_all(&partial).map_err(|e| file(&partial, e))?;
        }
        std::fs::create_dir_all(&partial).map_err(|e| file(&partial, e))?;
        write(&partial)?;
        for name in files {
            let place = folder.join(name);
            std::fs::rename(partial.join(name), &place).map_err(|e| file(&place, e))?;
        }
        std::fs::remove_dir(&partial).map_err(|e| file(&partial, e))?;
        Ok(())
    }
}
