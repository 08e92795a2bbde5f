//! What can still be read of a damaged file.
//!
//! Reports are asked for one by one, by their number: a page that is broken loses the rows on it and
//! no others. A record is taken when its digest is that of its words and all its spans quote them.
//!
//! Left out: files of which SQLite cannot read the list of tables.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Params, Row};
use sha2::{Digest as _, Sha256};

use super::super::backend::Result;
use super::super::body;
use super::super::error::LedgerError;
use super::super::export::{Piece, VersionLink, WholeReading, WholeReport};
use super::super::filing::{Filing, Origin};
use super::super::identification::Identification;
use super::super::search::Search;
use super::read::{READINGS, origin};

/// Numbers that are tried when nothing tells the greatest.
const BLIND: i64 = 100_000;

/// A damaged file.
pub(crate) struct Wreck {
    connection: Connection,
    /// Readings whose rows are there and cannot be believed or read.
    lost: Cell<u64>,
    /// The ids of the reports that were saved, by their numbers.
    ids: RefCell<BTreeMap<i64, String>>,
}

impl Wreck {
    /// Opens a file that is there.
    ///
    /// # Errors
    /// When it cannot be opened, or not even its list of tables be read, or it is no ledger.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        let sql =
            "SELECT count(*) FROM sqlite_schema WHERE name IN ('report', 'reading', 'carrier')";
        let tables: i64 = connection.query_row(sql, [], |r| r.get(0))?;
        if tables < 3 {
            return Err(LedgerError::NotALedger(path.display().to_string()));
        }
        Ok(Self {
            connection,
            lost: Cell::new(0),
            ids: RefCell::new(BTreeMap::new()),
        })
    }

    /// Readings that were lost of what [`Self::pieces`] gave so far.
    pub(crate) fn lost(&self) -> u64 {
        self.lost.get()
    }

    /// Reports that were saved so far.
    pub(crate) fn saved(&self) -> u64 {
        self.ids.borrow().len() as u64
    }

    /// All that can be read, in the order of [`crate::Ledger::pieces`].
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Result<Piece>> + '_ {
        let most = [
            "SELECT max(number) FROM report",
            "SELECT max(place) / 1024 FROM reading",
        ];
        let greatest = |sql: &&str| self.row(sql, [], |r| r.get::<_, Option<i64>>(0)).ok()??;
        let most = most.iter().filter_map(greatest).max().unwrap_or(BLIND);
        let reports = (1..=most)
            .filter_map(move |n| self.report(n))
            .map(Piece::Report);
        let links = (1..=most)
            .flat_map(move |n| self.links(n))
            .map(Piece::Version);
        let said = (1..=self.greatest("judgement")).filter_map(move |n| {
            let said = self.said("SELECT said FROM judgement WHERE number = ?1", n)?;
            Some(Piece::Judgement(Box::new(
                serde_json::from_str(&said).ok()?,
            )))
        });
        let who = (1..=self.greatest("identification")).filter_map(move |n| {
            let said = self.said("SELECT said FROM identification WHERE number = ?1", n)?;
            Some(Piece::Identification(Box::new(
                Identification::read(&said).ok()?,
            )))
        });
        let all = reports.chain(links).chain(said).chain(who);
        all.chain(
            self.searches()
                .into_iter()
                .map(|s| Piece::Search(Box::new(s))),
        )
        .map(Ok)
    }

    fn report(&self, number: i64) -> Option<WholeReport> {
        let mut readings = Vec::new();
        for count in 0..READINGS {
            match self.reading(number * READINGS + count) {
                Ok(Some(reading)) => readings.push(reading),
                Ok(None) => break,
                // The one behind it may lie on another page; where that is lost as well, so is the rest.
                Err(_) if count > readings.len() as i64 => break,
                Err(_) => self.lost.set(self.lost.get() + 1),
            }
        }
        let id = readings.first()?.record.report.id.clone();
        readings.retain(|r| r.record.report.id == id);
        let carriers = self.rows(
            "SELECT location, outlet, filed FROM carrier WHERE report = ?1",
            [number],
            |r| Ok(origin(r, 0).ok()),
        );
        let mut carriers: Vec<Origin> = carriers.into_iter().flatten().collect();
        carriers.sort();
        self.ids.borrow_mut().insert(number, id);
        Some(WholeReport { readings, carriers })
    }

    /// A reading that can be believed; `None` where there is none.
    fn reading(&self, place: i64) -> Result<Option<WholeReading>> {
        let sql = "SELECT digest, body, location, outlet, filed FROM reading WHERE place = ?1";
        let found = self.row(sql, [place], |r| {
            let (digest, packed): (Vec<u8>, Vec<u8>) = (r.get(0)?, r.get(1)?);
            Ok((digest, packed, origin(r, 2)))
        })?;
        let Some((digest, packed, origin)) = found else {
            return Ok(None);
        };
        let damaged = || LedgerError::Damaged("a record".to_owned());
        let words = body::unpack(&packed)?;
        if Sha256::digest(&words)[..] != digest[..] {
            return Err(damaged());
        }
        let mut record = body::record(&packed)?;
        record.verify().map_err(|_| damaged())?;
        let origin = origin?;
        Filing::new(record.clone(), origin.clone())?;
        Ok(Some(WholeReading { origin, record }))
    }

    fn links(&self, number: i64) -> Vec<VersionLink> {
        let sql = "SELECT newer FROM version WHERE older = ?1";
        let newer: Vec<i64> = self.rows(sql, [number], |r| r.get(0));
        let ids = self.ids.borrow();
        let link = |newer: i64| {
            let (older, newer) = (ids.get(&number)?.clone(), ids.get(&newer)?.clone());
            Some(VersionLink { older, newer })
        };
        newer.into_iter().filter_map(link).collect()
    }

    fn searches(&self) -> Vec<Search> {
        let said = self.rows("SELECT name, said FROM search", [], |r| {
            Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?))
        });
        let search = |(name, said): (String, String)| Search::of(name, &said, None).ok();
        said.into_iter().filter_map(search).collect()
    }

    fn greatest(&self, table: &str) -> i64 {
        let sql = format!("SELECT max(number) FROM {table}");
        let found = self.row(&sql, [], |r| r.get::<_, Option<i64>>(0));
        found.ok().flatten().flatten().unwrap_or(0)
    }

    fn said(&self, sql: &str, number: i64) -> Option<String> {
        self.row(sql, [number], |r| r.get(0)).ok().flatten()
    }

    fn row<T>(
        &self,
        sql: &str,
        of: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(of)?;
        Ok(rows.next()?.map(read).transpose()?)
    }

    /// The rows up to the first that cannot be read.
    fn rows<T>(
        &self,
        sql: &str,
        of: impl Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Vec<T> {
        let Ok(mut statement) = self.connection.prepare_cached(sql) else {
            return Vec::new();
        };
        let rows = statement.query_map(of, read);
        rows.into_iter()
            .flatten()
            .map_while(rusqlite::Result::ok)
            .collect()
    }
}
