//! Taking a ledger with you: as a folder of JSON Lines, into another ledger, or piece by piece
//! into whatever form somebody else writes.
//!
//! `reports.jsonl` has a line for each report with all its readings, `versions.jsonl`,
//! `judgements.jsonl`, `identifications.jsonl` and `searches.jsonl` what links, what people said of
//! entries and of who is who, and what they look for. To import an export gives the same
//! ledger, and to import it again changes nothing.
//!
//! ```
//! # use onrecord_ledger::{Ledger, LedgerError};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let at = |name: &str| folder.path().join(name).display().to_string();
//! let desk = Ledger::open(&at("desk.ledger"))?;
//! desk.export(&folder.path().join("export"))?;
//! let copy = Ledger::open(&at("copy.ledger"))?;
//! copy.import(&folder.path().join("export"))?;
//! assert_eq!(copy.size()?, desk.size()?);
//!
//! let mut pieces = Vec::new();
//! desk.pieces(&mut |piece| Ok::<_, LedgerError>(pieces.push(piece)))?;
//! copy.restore(pieces.into_iter().map(Ok::<_, LedgerError>))?;
//! # Ok(())
//! # }
//! ```
//!
//! The files are written in a folder `.partial` inside the one that is named and moved up when all
//! of them are whole: a folder with `.partial` in it is an export that was interrupted, or is
//! being written. It is not imported; to export into it again takes its place.
//!
//! Left out: Parquet, which belongs to a room of its own; whoever writes it takes the pieces.

mod folder;

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use onrecord_model::Record;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::backend::{Changes, Result};
use super::error::LedgerError;
use super::filing::{Filing, Origin};
use super::identification::Identification;
use super::judgement::Judgement;
use super::search::Search;
use super::{Ledger, body, judge, plan};

pub use folder::Exported;

use folder::PARTIAL;

/// Reports that are carried at a time.
const BATCH: usize = 200;

/// The files of an export, in the order in which they are moved into place.
const FILES: [&str; 5] = [
    SEARCHES,
    IDENTIFICATIONS,
    "versions.jsonl",
    "judgements.jsonl",
    "reports.jsonl",
];
/// Exports of the first version lack these.
const LATER: [&str; 2] = [SEARCHES, IDENTIFICATIONS];
const SEARCHES: &str = "searches.jsonl";
const IDENTIFICATIONS: &str = "identifications.jsonl";

/// What a ledger holds, a piece at a time: first the reports in the order they were filed, then
/// what links them, what people said of them and what they look for.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// A report with all that was ever filed of it.
    Report(WholeReport),
    /// A later version of a report.
    Version(VersionLink),
    /// What a person said of an entry.
    Judgement(Box<Judgement>),
    /// What a person said of who is who.
    Identification(Box<Identification>),
    /// A search that is kept.
    Search(Box<Search>),
}

/// A report with all that was ever filed of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WholeReport {
    /// How it was read, oldest first.
    pub readings: Vec<WholeReading>,
    /// Where it came from, in the order it was filed.
    pub carriers: Vec<Origin>,
}

/// One reading of a report, with what was read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WholeReading {
    /// From where, and when it was filed.
    pub origin: Origin,
    /// What was read.
    pub record: Record,
}

/// A report and the later version that took its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VersionLink {
    /// The earlier report's id.
    pub older: String,
    /// The later one's.
    pub newer: String,
}

impl Ledger {
    /// Writes all of it into a folder, in the order it was filed. What was exported into it
    /// before is replaced.
    ///
    /// # Errors
    /// When the ledger cannot be read or the folder not be written to.
    pub fn export(&self, folder: &Path) -> Result<()> {
        Exported::write(folder, &FILES, |partial| self.write_into(partial))
    }

    fn write_into(&self, folder: &Path) -> Result<()> {
        let mut reports = Lines::create(folder.join("reports.jsonl"))?;
        let mut versions = Lines::create(folder.join("versions.jsonl"))?;
        let mut judgements = Lines::create(folder.join("judgements.jsonl"))?;
        let mut who = Lines::create(folder.join(IDENTIFICATIONS))?;
        let mut searches = Lines::create(folder.join(SEARCHES))?;
        self.pieces(&mut |piece| match piece {
            Piece::Report(report) => reports.line(&report),
            Piece::Version(link) => versions.line(&link),
            Piece::Judgement(judgement) => judgements.line(&*judgement),
            Piece::Identification(said) => who.line(&*said),
            Piece::Search(search) => searches.line(&*search),
        })?;
        [reports, versions, judgements, who, searches]
            .into_iter()
            .try_for_each(Lines::finish)
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
        let reports = lines(folder.join("reports.jsonl"), Piece::Report)?;
        let versions = lines(folder.join("versions.jsonl"), Piece::Version)?;
        let judgements = lines(folder.join("judgements.jsonl"), |j| {
            Piece::Judgement(Box::new(j))
        })?;
        let kept = folder.join(IDENTIFICATIONS);
        let who = kept
            .exists()
            .then(|| lines(kept, |said| Piece::Identification(Box::new(said))));
        let who = who.transpose()?.into_iter().flatten();
        let kept = folder.join(SEARCHES);
        let searches = kept
            .exists()
            .then(|| lines(kept, |s| Piece::Search(Box::new(s))));
        let searches = searches.transpose()?.into_iter().flatten();
        self.restore(
            reports
                .chain(versions)
                .chain(judgements)
                .chain(who)
                .chain(searches),
        )
    }

    /// Hands on all of it, a piece at a time, for whoever writes it in a form of their own.
    ///
    /// # Errors
    /// When the ledger cannot be read, or as `f` fails.
    pub fn pieces<E: From<LedgerError>>(
        &self,
        f: &mut dyn FnMut(Piece) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.each_whole(&mut |batch| batch.into_iter().map(Piece::Report).try_for_each(&mut *f))?;
        self.links()?
            .into_iter()
            .map(Piece::Version)
            .try_for_each(&mut *f)?;
        let judgements = self.judgements(None)?.into_iter();
        judgements
            .map(|j| Piece::Judgement(Box::new(j)))
            .try_for_each(&mut *f)?;
        let who = self.identifications()?.into_iter();
        who.map(|said| Piece::Identification(Box::new(said)))
            .try_for_each(&mut *f)?;
        let searches = self.portable_searches()?.into_iter();
        searches.map(|s| Piece::Search(Box::new(s))).try_for_each(f)
    }

    /// Files pieces, in the order [`Ledger::pieces`] gives them, some reports in a transaction.
    /// What is there already changes nothing.
    ///
    /// # Errors
    /// At the first piece that is an error, cannot be believed, or cannot be written.
    pub fn restore<E: From<LedgerError>>(
        &self,
        pieces: impl Iterator<Item = std::result::Result<Piece, E>>,
    ) -> std::result::Result<(), E> {
        let alone = self.size()?.reports == 0;
        let mut batch = Vec::new();
        let (mut links, mut judgements) = (Vec::new(), Vec::new());
        let (mut who, mut searches) = (Vec::new(), Vec::new());
        for piece in pieces {
            match piece? {
                Piece::Report(report) => batch.push(report),
                Piece::Version(link) => links.push(link),
                Piece::Judgement(judgement) => judgements.push(*judgement),
                Piece::Identification(said) => who.push(*said),
                Piece::Search(search) => searches.push(*search),
            }
            if batch.len() == BATCH {
                self.restore_reports(std::mem::take(&mut batch))?;
            }
        }
        self.restore_reports(batch)?;
        self.restore_layers(&links, &judgements)?;
        self.restore_identifications(&who)?;
        Ok(self.restore_searches(&searches, alone)?)
    }

    /// Files all of it into another ledger: from a file into Postgres when it is outgrown, and
    /// back into a file to mail.
    ///
    /// # Errors
    /// When this ledger cannot be read or the other not be written to.
    pub fn copy_into(&self, other: &Self) -> Result<()> {
        let alone = other.size()?.reports == 0;
        self.each_whole(&mut |batch| other.restore_reports(batch))?;
        other.restore_layers(&self.links()?, &self.judgements(None)?)?;
        other.restore_identifications(&self.identifications()?)?;
        other.restore_searches(&self.portable_searches()?, alone)
    }

    fn links(&self) -> Result<Vec<VersionLink>> {
        let pairs = self.read(|tx| tx.versions(None))?;
        let link = |(older, newer)| VersionLink { older, newer };
        Ok(pairs.into_iter().map(link).collect())
    }

    fn each_whole<E: From<LedgerError>>(
        &self,
        f: &mut dyn FnMut(Vec<WholeReport>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
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
                    batch.push(WholeReport { readings, carriers });
                }
                Ok(batch)
            })?;
            if batch.is_empty() {
                return Ok(());
            }
            f(batch)?;
        }
    }

    fn restore_reports(&self, batch: Vec<WholeReport>) -> Result<()> {
        let mut filings = Vec::new();
        let mut carriers = Vec::new();
        for whole in batch {
            for reading in whole.readings {
                filings.push(Filing::new(reading.record, reading.origin)?);
            }
            let report = filings.last().map(|f| f.report().to_owned());
            let report = report.unwrap_or_default();
            carriers.extend(
                whole
                    .carriers
                    .into_iter()
                    .map(|c| (report.clone(), c.settled())),
            );
        }
        self.write(|tx| {
            let (changes, _) = plan::plan(tx, &filings, &carriers)?;
            tx.apply(&changes)
        })
    }

    fn restore_layers(&self, links: &[VersionLink], judgements: &[Judgement]) -> Result<()> {
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

/// The lines of a file, as pieces.
fn lines<T: DeserializeOwned>(
    path: PathBuf,
    piece: impl Fn(T) -> Piece,
) -> Result<impl Iterator<Item = Result<Piece>>> {
    let open = File::open(&path).map_err(|e| file(&path, e))?;
    let line = move |(n, line): (usize, std::io::Result<String>)| {
        let line = line.map_err(|e| file(&path, e))?;
        let value = serde_json::from_str(&line).map_err(|e| {
            let why = std::io::Error::other(format!("line {}: {e}", n + 1));
            file(&path, why)
        })?;
        Ok(piece(value))
    };
    Ok(BufReader::new(open).lines().enumerate().map(line))
}

fn file(path: &Path, source: std::io::Error) -> LedgerError {
    LedgerError::File {
        path: path.display().to_string(),
        source,
    }
}
