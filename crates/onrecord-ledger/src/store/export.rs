//! Taking a ledger with you: as a folder of JSON Lines, or into another ledger.
//!
//! `reports.jsonl` has a line for each report with all its readings, `versions.jsonl`,
//! `judgements.jsonl` and `searches.jsonl` what links, what people said and what they look for. To import an export gives the same
//! ledger, and to import it again changes nothing.
//!
//! ```
//! # use onrecord_ledger::Ledger;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let at = |name: &str| folder.path().join(name).display().to_string();
//! let desk = Ledger::open(&at("desk.ledger"))?;
//! desk.export(&folder.path().join("export"))?;
//! let copy = Ledger::open(&at("copy.ledger"))?;
//! copy.import(&folder.path().join("export"))?;
//! assert_eq!(copy.size()?, desk.size()?);
//! # Ok(())
//! # }
//! ```
//!
//! The files are written in a folder `.partial` inside the one that is named and moved up when all
//! of them are whole: a folder with `.partial` in it is an export that was interrupted, or is
//! being written. It is not imported; to export into it again takes its place.
//!
//! Left out: Parquet, which belongs to a room of its own.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use onrecord_model::Record;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::backend::{Changes, Result};
use super::error::LedgerError;
use super::filing::{Filing, Origin};
use super::judgement::Judgement;
use super::search::Search;
use super::{Ledger, body, judge, plan};

/// Reports that are carried at a time.
const BATCH: usize = 200;

/// The files of an export, in the order in which they are moved into place.
const FILES: [&str; 4] = [
    SEARCHES,
    "versions.jsonl",
    "judgements.jsonl",
    "reports.jsonl",
];
/// Exports of the first version lack this one.
const SEARCHES: &str = "searches.jsonl";
/// Where they lie until all of them are whole.
const PARTIAL: &str = ".partial";

/// What a folder holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exported {
    /// All that [`Ledger::export`] writes.
    Whole,
    /// An export that was interrupted, or is being written; nothing else.
    Partial,
    /// Something else, or nothing.
    Nothing,
}

impl Exported {
    /// Looks into a folder.
    pub fn of(folder: &Path) -> Self {
        let there = |name: &&str| folder.join(name).is_file();
        let Ok(files) = folder.read_dir() else {
            return Self::Nothing;
        };
        if !folder.join(PARTIAL).is_dir() {
            let whole = FILES.iter().filter(|f| **f != SEARCHES).all(there);
            return if whole { Self::Whole } else { Self::Nothing };
        }
        let known =
            |name: &std::ffi::OsStr| name == PARTIAL || FILES.iter().any(|own| name == *own);
        let own = files.filter_map(std::io::Result::ok);
        if own.into_iter().all(|f| known(&f.file_name())) {
            Self::Partial
        } else {
            Self::Nothing
        }
    }
}

/// A report with all that was ever filed of it.
#[derive(Serialize, Deserialize)]
struct Whole {
    readings: Vec<WholeReading>,
    carriers: Vec<Origin>,
}

#[derive(Serialize, Deserialize)]
struct WholeReading {
    origin: Origin,
    record: Record,
}

/// A report and the later version that took its place.
#[derive(Serialize, Deserialize)]
struct Link {
    older: String,
    newer: String,
}

impl Ledger {
    /// Writes all of it into a folder, in the order it was filed. What was exported into it
    /// before is replaced.
    ///
    /// # Errors
    /// When the ledger cannot be read or the folder not be written to.
    pub fn export(&self, folder: &Path) -> Result<()> {
        let partial = folder.join(PARTIAL);
        std::fs::create_dir_all(&partial).map_err(|e| file(&partial, e))?;
        self.write_into(&partial)?;
        for name in FILES {
            let place = folder.join(name);
            std::fs::rename(partial.join(name), &place).map_err(|e| file(&place, e))?;
        }
        std::fs::remove_dir(&partial).map_err(|e| file(&partial, e))
    }

    fn write_into(&self, folder: &Path) -> Result<()> {
        let mut reports = Lines::create(folder.join("reports.jsonl"))?;
        self.each_whole(&mut |batch| batch.iter().try_for_each(|whole| reports.line(whole)))?;
        reports.finish()?;
        let mut versions = Lines::create(folder.join("versions.jsonl"))?;
        for link in self.links()? {
            versions.line(&link)?;
        }
        versions.finish()?;
        let mut judgements = Lines::create(folder.join("judgements.jsonl"))?;
        for j in self.judgements(None)? {
            judgements.line(&j)?;
        }
        judgements.finish()?;
        let mut searches = Lines::create(folder.join(SEARCHES))?;
        for search in self.portable_searches()? {
            searches.line(&search)?;
        }
        searches.finish()
    }

    /// Files all that an export holds.
    ///
    /// # Errors
    /// When a file is missing, the export was interrupted, a line is not what it should be, or the
    /// ledger cannot be written to.
    pub fn import(&self, folder: &Path) -> Result<()> {
        if folder.join(PARTIAL).is_dir() {
            let why = "the export was interrupted or is being written; export again";
            return Err(file(folder, std::io::Error::other(why)));
        }
        let alone = self.size()?.reports == 0;
        let mut batch = Vec::new();
        lines(&folder.join("reports.jsonl"), &mut |whole: Whole| {
            batch.push(whole);
            if batch.len() == BATCH {
                return self.restore(std::mem::take(&mut batch));
            }
            Ok(())
        })?;
        self.restore(batch)?;
        let mut links = Vec::new();
        lines(&folder.join("versions.jsonl"), &mut |link: Link| {
            links.push(link);
            Ok(())
        })?;
        let mut judgements = Vec::new();
        lines(&folder.join("judgements.jsonl"), &mut |j: Judgement| {
            judgements.push(j);
            Ok(())
        })?;
        self.restore_layers(&links, &judgements)?;
        let mut searches = Vec::new();
        let kept = folder.join(SEARCHES);
        if kept.exists() {
            lines(&kept, &mut |search: Search| {
                searches.push(search);
                Ok(())
            })?;
        }
        self.restore_searches(&searches, alone)
    }

    /// Files all of it into another ledger: from a file into Postgres when it is outgrown, and
    /// back into a file to mail.
    ///
    /// # Errors
    /// When this ledger cannot be read or the other not be written to.
    pub fn copy_into(&self, other: &Self) -> Result<()> {
        let alone = other.size()?.reports == 0;
        self.each_whole(&mut |batch| other.restore(batch))?;
        other.restore_layers(&self.links()?, &self.judgements(None)?)?;
        other.restore_searches(&self.portable_searches()?, alone)
    }

    fn links(&self) -> Result<Vec<Link>> {
        let pairs = self.read(|tx| tx.versions(None))?;
        let link = |(older, newer)| Link { older, newer };
        Ok(pairs.into_iter().map(link).collect())
    }

    fn each_whole(&self, f: &mut dyn FnMut(Vec<Whole>) -> Result<()>) -> Result<()> {
        let mut after = 0;
        loop {
            let batch = self.read(|tx| {
                let mut batch = Vec::new();
                for known in tx.known_after(after, BATCH as i64)? {
                    after = known.number;
                    let mut readings = Vec::new();
                    for (n, reading) in known.readings.iter().enumerate() {
                        let body = tx.body(known.number, n as i64)?;
                        readings.push(WholeReading {
                            origin: reading.origin.clone(),
                            record: body::record(&body)?,
                        });
                    }
                    let carriers = known.carriers;
                    batch.push(Whole { readings, carriers });
                }
                Ok(batch)
            })?;
            if batch.is_empty() {
                return Ok(());
            }
            f(batch)?;
        }
    }

    fn restore(&self, batch: Vec<Whole>) -> Result<()> {
        let mut filings = Vec::new();
        let mut carriers = Vec::new();
        for whole in batch {
            for reading in whole.readings {
                filings.push(Filing::new(reading.record, reading.origin)?);
            }
            let report = filings.last().map(|f| f.report().to_owned());
            let report = report.unwrap_or_default();
            carriers.extend(whole.carriers.into_iter().map(|c| (report.clone(), c)));
        }
        self.write(|tx| {
            let (changes, _) = plan::plan(tx, &filings, &carriers)?;
            tx.apply(&changes)
        })
    }

    fn restore_layers(&self, links: &[Link], judgements: &[Judgement]) -> Result<()> {
        self.write(|tx| {
            for link in links {
                let known = tx.known(&[&link.older, &link.newer])?;
                let number = |id: &str| known.iter().find(|k| k.id == id).map(|k| k.number);
                if let Some(pair) = number(&link.older).zip(number(&link.newer)) {
                    tx.apply(&Changes {
                        versions: vec![pair],
                        ..Changes::default()
                    })?;
                }
            }
            judgements.iter().try_for_each(|j| judge(tx, j, false))
        })
    }
}

/// A file of JSON Lines being written.
struct Lines {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Lines {
    fn create(path: PathBuf) -> Result<Self> {
        let file = File::create(&path).map_err(|e| file(&path, e))?;
        Ok(Self {
            path,
            file: BufWriter::new(file),
        })
    }

    fn line(&mut self, value: &impl Serialize) -> Result<()> {
        let wrong = |e: serde_json::Error| file(&self.path, e.into());
        serde_json::to_writer(&mut self.file, value).map_err(wrong)?;
        self.file.write_all(b"\n").map_err(|e| file(&self.path, e))
    }

    fn finish(mut self) -> Result<()> {
        self.file.flush().map_err(|e| file(&self.path, e))
    }
}

fn lines<T: DeserializeOwned>(path: &Path, f: &mut dyn FnMut(T) -> Result<()>) -> Result<()> {
    let open = File::open(path).map_err(|e| file(path, e))?;
    for (n, line) in BufReader::new(open).lines().enumerate() {
        let line = line.map_err(|e| file(path, e))?;
        let value = serde_json::from_str(&line).map_err(|e| {
            let why = std::io::Error::other(format!("line {}: {e}", n + 1));
            file(path, why)
        })?;
        f(value)?;
    }
    Ok(())
}

fn file(path: &Path, source: std::io::Error) -> LedgerError {
    LedgerError::File {
        path: path.display().to_string(),
        source,
    }
}
