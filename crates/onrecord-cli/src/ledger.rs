//! The ledger that a command is given, and `onrecord export`.
//!
//! Only `file` begins a ledger: to look into one that is not there is a slip of the pen.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use onrecord_ledger::{Exported, Ledger, Location};

use crate::args::{ExportArgs, LedgerArgs};
use crate::trouble::{Trouble, say};
use crate::{Outcome, tables};

/// Opens a ledger, or begins one.
///
/// # Errors
/// When none is named, or the place cannot be reached or is no ledger.
pub(crate) fn open(args: &LedgerArgs) -> Result<Ledger, Trouble> {
    let place = place(args)?;
    if let Location::File(path) = Location::of(place)? {
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|f| !f.is_dir()) {
            return Err(Trouble::Missing(folder.to_owned()));
        }
    }
    Ok(Ledger::open(place)?)
}

/// Opens a ledger that is there.
///
/// # Errors
/// As [`open`], and when there is none.
pub(crate) fn existing(args: &LedgerArgs) -> Result<Ledger, Trouble> {
    let place = place(args)?;
    match Location::of(place)? {
        Location::File(path) if !path.exists() => Err(Trouble::NoSuchLedger(place.to_owned())),
        _ => open(args),
    }
}

/// Where the ledger is.
///
/// # Errors
/// When none is named.
pub(crate) fn place(args: &LedgerArgs) -> Result<&str, Trouble> {
    let place = args.ledger.as_deref().filter(|p| !p.is_empty());
    place.ok_or(Trouble::NoLedger)
}

/// Whether a folder is one that `export` wrote, or began to write.
pub(crate) fn is_export(folder: &Path) -> bool {
    Exported::of(folder) != Exported::Nothing || tables::exported(folder) != Exported::Nothing
}

/// Files all that an export holds.
///
/// # Errors
/// When it cannot be read, or the ledger not be written to.
pub(crate) fn import(ledger: &Ledger, folder: &Path) -> Result<(), Trouble> {
    if tables::exported(folder) == Exported::Whole {
        return tables::import(ledger, folder);
    }
    Ok(ledger.import(folder)?)
}

/// How many reports an export holds.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn exported(folder: &Path) -> Result<u64, Trouble> {
    match (Exported::of(folder), tables::exported(folder)) {
        (Exported::Partial, _) | (_, Exported::Partial) => {
            return Err(Trouble::Interrupted(folder.to_owned()));
        }
        (_, Exported::Whole) => return tables::reports(folder),
        _ => {}
    }
    let path = folder.join("reports.jsonl");
    let lines = File::open(&path).map(|file| BufReader::new(file).split(b'\n'));
    let count = lines.and_then(|lines| lines.map(|l| l.map(|_| 1)).sum());
    count.map_err(|why| Trouble::Unreadable { path, why })
}

/// A path as a ledger keeps it: the same file has one name, from wherever it is filed. Links are
/// not followed. Only `..` at the beginning is taken off: the working folder has no links in its
/// name, but what stands before a later `..` may be one.
pub(crate) fn absolute(path: &str) -> String {
    let mut rest = Path::new(path);
    let Ok(mut folder) = std::env::current_dir() else {
        return path.to_owned();
    };
    loop {
        if let Ok(inner) = rest.strip_prefix("..") {
            folder.pop();
            rest = inner;
        } else if let Ok(inner) = rest.strip_prefix(".") {
            rest = inner;
        } else {
            break;
        }
    }
    folder
        .join(rest)
        .components()
        .collect::<PathBuf>()
        .display()
        .to_string()
}

/// A location as it is shown: from the working folder on, where it lies in it.
pub(crate) fn nearby(location: &str) -> &str {
    let folder = std::env::current_dir().unwrap_or_default();
    let path = Path::new(location);
    let inner = path.strip_prefix(folder).ok().and_then(Path::to_str);
    inner.filter(|p| !p.is_empty()).unwrap_or(location)
}

/// `1 report`, `2 reports`.
pub(crate) fn counted(reports: u64) -> String {
    match reports {
        1 => "1 report".to_owned(),
        n => format!("{n} reports"),
    }
}

/// Writes a ledger into a folder.
///
/// # Errors
/// When there is no ledger, the folder holds something, or it cannot be written to.
pub(crate) fn export(args: &ExportArgs) -> Result<Outcome, Trouble> {
    let ledger = existing(&args.ledger)?;
    let folder = &args.folder;
    let holds = folder
        .read_dir()
        .is_ok_and(|mut files| files.next().is_some());
    let there = if args.parquet {
        tables::exported(folder)
    } else {
        Exported::of(folder)
    };
    let begun = there == Exported::Partial;
    if (holds && !begun) || folder.is_file() {
        return Err(Trouble::NotEmpty(folder.clone()));
    }
    if args.parquet {
        tables::export(&ledger, folder)?;
    } else {
        ledger.export(folder)?;
    }
    let reports = ledger.size()?.reports;
    say(&format_args!(
        "exported {} into `{}`",
        counted(reports),
        folder.display()
    ));
    Ok(if reports == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}
