//! The rows of the tables that are for looking: of a ledger, or of records alone.

use onrecord::Record;
use onrecord_columns::Table;
use onrecord_ledger::across::tracker::Terms;
use onrecord_ledger::{Entry, EntryRow, Ledger, Piece, Query, Show};
use serde::Serialize;

use super::flat;
use crate::find::pages;
use crate::trouble::Trouble;

/// The tables, in the order in which they are written.
pub(crate) const TABLES: [Table; 6] = [
    Table::Entries,
    Table::Statements,
    Table::Events,
    Table::Commitments,
    Table::Entities,
    Table::Threads,
];

/// Takes rows.
pub trait Sink {
    /// Takes a row of a table.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn row(&mut self, table: Table, row: &impl Serialize) -> Result<(), Trouble>;
}

/// Hands on the rows of a ledger; gives back whether they say what stands behind each, which is not
/// worked out of more reports than a ledger is followed through at once.
///
/// # Errors
/// When the ledger cannot be read, or a row not be kept.
pub fn gather(ledger: &Ledger, sink: &mut impl Sink) -> Result<bool, Trouble> {
    let whole = ledger.whole(&Terms::default())?;
    let all = Query {
        show: Show {
            superseded: true,
            ..Show::default()
        },
        ..Query::default()
    };
    let mut record: Option<Record> = None;
    pages(ledger, all, None, |page| {
        for e in &page {
            // Entries come report by report.
            if record.as_ref().is_none_or(|r| r.report.id != e.at.report) {
                record = ledger.records(&[e.at.report.as_str()])?.pop();
            }
            sink.row(Table::Entries, &EntryRow::of(e))?;
            let Some(record) = &record else { continue };
            let line = flat::entry(e, record, whole.as_ref());
            sink.row(flat::table(e.at.kind), &line)?;
        }
        Ok(())
    })?;
    ledger.pieces(&mut |piece| match piece {
        Piece::Report(report) => {
            let last = report.readings.last();
            let lines = last.map(|r| flat::entities(&r.record, whole.as_ref()));
            let mut lines = lines.into_iter().flatten();
            lines.try_for_each(|line| sink.row(Table::Entities, &line))
        }
        _ => Ok(()),
    })?;
    let mut rows = whole.iter().flat_map(|w| &w.rows);
    rows.try_for_each(|row| sink.row(Table::Threads, row))?;
    Ok(whole.is_some())
}

/// Hands on the rows of a record, as of a ledger in which it alone was filed. `location` is where its
/// report stands, when that is not its own address.
///
/// # Errors
/// When a row cannot be kept.
pub fn rows_of(
    record: &Record,
    location: Option<&str>,
    sink: &mut impl Sink,
) -> Result<(), Trouble> {
    let report = &record.report;
    for mut e in Entry::of(record) {
        e.outlets = report.outlet.iter().cloned().collect();
        let location = location.or(report.url.as_deref());
        e.locations = location.into_iter().map(str::to_owned).collect();
        sink.row(Table::Entries, &EntryRow::of(&e))?;
        let line = flat::entry(&e, record, None);
        sink.row(flat::table(e.at.kind), &line)?;
    }
    let mut lines = flat::entities(record, None).into_iter();
    lines.try_for_each(|line| sink.row(Table::Entities, &line))
}
