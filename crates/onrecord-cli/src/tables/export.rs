//! A ledger as a folder of Parquet files, and back.
//!
//! `records` has a row for each reading of a report and `readings`, beside it row by row, where
//! that came from; `carriers` the report's carriers, `versions`, `judgements`,
//! `identifications` and `searches` what links, what people said of entries and of who is who, and
//! what they look for. `entries` is for whoever wants to look only, and is not read back.

use std::fs::File;
use std::iter::Peekable;
use std::path::{Path, PathBuf};

use onrecord::Record;
use onrecord_columns::{ColumnsError, Table, Writer, records, rows};
use onrecord_ledger::{
    Exported, Identification, Judgement, Ledger, MOST, Origin, Piece, Search, VersionLink,
    WholeReading, WholeReport,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::gather;
use super::output::unwritten;
use crate::trouble::{Trouble, say};

/// The files of an export, in the order in which they are moved into place.
const FILES: [&str; 13] = [
    "threads.parquet",
    "entities.parquet",
    "commitments.parquet",
    "events.parquet",
    "statements.parquet",
    "entries.parquet",
    "identifications.parquet",
    "searches.parquet",
    "versions.parquet",
    "judgements.parquet",
    "carriers.parquet",
    "readings.parquet",
    "records.parquet",
];

/// The last of them: those that are read back.
const READ_BACK: usize = 7;

/// What a folder holds.
pub(crate) fn exported(folder: &Path) -> Exported {
    match Exported::with(folder, &FILES) {
        // One of before there were so many tables to look at.
        Exported::Nothing => Exported::with(folder, &FILES[FILES.len() - READ_BACK..]),
        found => found,
    }
}

/// Where a report came from: a row of `readings` and of `carriers`.
#[derive(Serialize, Deserialize)]
struct Came {
    report: String,
    #[serde(flatten)]
    origin: Origin,
}

/// A search that is kept, as a row.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    said: String,
}

impl Kept {
    fn of(search: &Search) -> Result<Self, Trouble> {
        let said = serde_json::to_string(search).map_err(std::io::Error::from)?;
        Ok(Self {
            name: search.name.clone(),
            said,
        })
    }

    fn search(&self, place: &Path) -> Result<Search, Trouble> {
        let unfit = |_| Trouble::TablesUnfit(place.to_owned());
        serde_json::from_str(&self.said).map_err(unfit)
    }
}

/// Writes a ledger into a folder.
///
/// # Errors
/// When the ledger cannot be read or the folder not be written to.
pub(crate) fn export(ledger: &Ledger, folder: &Path) -> Result<(), Trouble> {
    Exported::write(folder, &FILES, |partial| {
        let begin = |table| Rows::begin(partial, table);
        let mut records = begin(Table::Records)?;
        let mut readings = begin(Table::Readings)?;
        let mut carriers = begin(Table::Carriers)?;
        let mut versions = begin(Table::Versions)?;
        let mut judgements = begin(Table::Judgements)?;
        let mut who = begin(Table::Identifications)?;
        let mut searches = begin(Table::Searches)?;
        ledger.pieces(&mut |piece| match piece {
            Piece::Report(report) => {
                let id = |r: &WholeReading| r.record.report.id.clone();
                let id = report.readings.last().map(id).unwrap_or_default();
                let came = |origin| Came {
                    report: id.clone(),
                    origin,
                };
                for reading in report.readings {
                    records.write(&reading.record)?;
                    readings.write(&came(reading.origin))?;
                }
                let mut all = report.carriers.into_iter();
                all.try_for_each(|origin| carriers.write(&came(origin)))
            }
            Piece::Version(link) => versions.write(&link),
            Piece::Judgement(judgement) => judgements.write(&*judgement),
            Piece::Identification(said) => who.write(&*said),
            Piece::Search(search) => searches.write(&Kept::of(&search)?),
        })?;
        looked_at(ledger, partial)?;
        let all = [
            records, readings, carriers, versions, judgements, who, searches,
        ];
        all.into_iter().try_for_each(Rows::finish)
    })
}

/// Writes the tables that are for whoever wants to look only.
fn looked_at(ledger: &Ledger, folder: &Path) -> Result<(), Trouble> {
    let begin = |table| Ok::<_, Trouble>((table, Rows::begin(folder, table)?));
    let all: Result<Vec<_>, _> = gather::TABLES.into_iter().map(begin).collect();
    let mut folder = Folder(all?);
    if !gather::gather(ledger, &mut folder)? {
        say(&format_args!(
            "more than {MOST} reports: the tables of entries do not say what stands behind each, and \
             `threads` is empty; ask with `find --corroborated` and `tracker`"
        ));
    }
    folder.0.into_iter().try_for_each(|(_, rows)| rows.finish())
}

/// Tables that are being written.
struct Folder(Vec<(Table, Rows)>);

impl gather::Sink for Folder {
    fn row(&mut self, table: Table, row: &impl Serialize) -> Result<(), Trouble> {
        let rows = self.0.iter_mut().find(|(t, _)| *t == table);
        rows.map_or(Ok(()), |(_, rows)| rows.write(row))
    }
}

/// A table of the folder being written.
struct Rows {
    path: PathBuf,
    writer: Writer<File>,
}

impl Rows {
    fn begin(folder: &Path, table: Table) -> Result<Self, Trouble> {
        let path = path(folder, table);
        let file = File::create(&path).map_err(|why| Trouble::Unwritten {
            path: path.clone(),
            why,
        })?;
        let writer = Writer::new(file, table).map_err(|why| unwritten(&path, why))?;
        Ok(Self { path, writer })
    }

    fn write(&mut self, row: &impl Serialize) -> Result<(), Trouble> {
        let written = self.writer.write(row);
        written.map_err(|why| unwritten(&self.path, why))
    }

    fn finish(self) -> Result<(), Trouble> {
        let written = self.writer.finish();
        written.map_err(|why| unwritten(&self.path, why))?;
        Ok(())
    }
}

fn path(folder: &Path, table: Table) -> PathBuf {
    folder.join(format!("{}.parquet", table.name()))
}

/// How many reports a folder holds.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn reports(folder: &Path) -> Result<u64, Trouble> {
    let mut count = 0;
    let mut last = None;
    for came in table::<Came>(folder, Table::Readings)? {
        let report = Some(came?.report);
        if report != last {
            count += 1;
            last = report;
        }
    }
    Ok(count)
}

/// Files all that a folder holds.
///
/// # Errors
/// When a table cannot be read or does not fit the others, or the ledger cannot be written to.
pub(crate) fn import(ledger: &Ledger, folder: &Path) -> Result<(), Trouble> {
    let place = path(folder, Table::Records);
    let all = records(open(&place)?).map_err(|why| unread(&place, why))?;
    let reports = Reports {
        records: all.map(|r| r.map_err(|why| unread(&place, why))),
        readings: table(folder, Table::Readings)?.peekable(),
        carriers: table(folder, Table::Carriers)?.peekable(),
        place: &place,
    };
    let versions = table::<VersionLink>(folder, Table::Versions)?;
    let judgements = table::<Judgement>(folder, Table::Judgements)?;
    let versions = versions.map(|link| link.map(Piece::Version));
    let judgements = judgements.map(|j| j.map(|j| Piece::Judgement(Box::new(j))));
    let who = table::<Identification>(folder, Table::Identifications)?;
    let who = who.map(|said| said.map(|said| Piece::Identification(Box::new(said))));
    let kept = path(folder, Table::Searches);
    let searches = table::<Kept>(folder, Table::Searches)?;
    let searches = searches.map(|row| row?.search(&kept));
    let searches = searches.map(|s| s.map(|s| Piece::Search(Box::new(s))));
    ledger.restore(
        reports
            .chain(versions)
            .chain(judgements)
            .chain(who)
            .chain(searches),
    )
}

fn open(path: &Path) -> Result<File, Trouble> {
    File::open(path).map_err(|why| Trouble::Unreadable {
        path: path.to_owned(),
        why,
    })
}

fn unread(path: &Path, why: ColumnsError) -> Trouble {
    Trouble::TableUnread {
        path: path.to_owned(),
        why,
    }
}

fn table<T: DeserializeOwned>(
    folder: &Path,
    table: Table,
) -> Result<impl Iterator<Item = Result<T, Trouble>>, Trouble> {
    let path = path(folder, table);
    let rows = rows(open(&path)?, table).map_err(|why| unread(&path, why))?;
    Ok(rows.map(move |row| row.map_err(|why| unread(&path, why))))
}

/// The reports of three tables that go side by side.
struct Reports<'p, R, C: Iterator> {
    records: R,
    readings: Peekable<C>,
    carriers: Peekable<C>,
    place: &'p Path,
}

impl<R, C> Reports<'_, R, C>
where
    R: Iterator<Item = Result<Record, Trouble>>,
    C: Iterator<Item = Result<Came, Trouble>>,
{
    fn report(&mut self, first: Came) -> Result<Piece, Trouble> {
        let report = first.report.clone();
        let unfit = || Trouble::TablesUnfit(self.place.to_owned());
        let mut readings = Vec::new();
        let mut came = Some(first);
        while let Some(Came { origin, .. }) = came {
            let record = self.records.next().ok_or_else(unfit)??;
            if record.report.id != report {
                return Err(unfit());
            }
            readings.push(WholeReading { origin, record });
            came = of(&mut self.readings, &report)?;
        }
        let mut carriers = Vec::new();
        while let Some(came) = of(&mut self.carriers, &report)? {
            carriers.push(came.origin);
        }
        Ok(Piece::Report(WholeReport { readings, carriers }))
    }
}

/// The next row, if it is of a report.
fn of<C>(rows: &mut Peekable<C>, report: &str) -> Result<Option<Came>, Trouble>
where
    C: Iterator<Item = Result<Came, Trouble>>,
{
    let its = |row: &Result<Came, Trouble>| row.as_ref().is_ok_and(|came| came.report == report);
    rows.next_if(|row| row.is_err() || its(row)).transpose()
}

impl<R, C> Iterator for Reports<'_, R, C>
where
    R: Iterator<Item = Result<Record, Trouble>>,
    C: Iterator<Item = Result<Came, Trouble>>,
{
    type Item = Result<Piece, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.readings.next() {
            Some(Ok(first)) => Some(self.report(first)),
            Some(Err(why)) => Some(Err(why)),
            // Nothing may be left over: it would be lost.
            None if self.records.next().is_some() || self.carriers.next().is_some() => {
                Some(Err(Trouble::TablesUnfit(self.place.to_owned())))
            }
            None => None,
        }
    }
}
