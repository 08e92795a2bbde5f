//! JSON-LD: one document, a node a line, written as its nodes come.
//!
//! What a node says is the ledger's (`onrecord_ledger::json_ld`).

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use onrecord_ledger::json_ld::{CONTEXT, nodes};
use onrecord_ledger::{Entry, Ledger, LedgerError, Query};
use serde_json::Value;

use crate::Outcome;
use crate::args::ReadArgs;
use crate::find::{pages, say_more};
use crate::json;
use crate::read::each;
use crate::trouble::Trouble;

/// Reads reports into a document.
///
/// # Errors
/// When nothing can be read at all, or the output cannot be written.
pub(crate) fn read(args: &ReadArgs) -> Result<Outcome, Trouble> {
    let mut document = Document::begin(BufWriter::new(io::stdout().lock()))?;
    let source = (&args.source, args.min_confidence, args.quiet);
    let outcome = each(source, |one| {
        let record = &one.reading.record;
        document.add(&nodes(record, &Entry::of(record)))?;
        one.say(&one.notes(args.quiet));
        Ok(one.outcome())
    })?;
    document.end()?;
    Ok(outcome)
}

/// Writes what a query finds as a document, the entries of a report together.
///
/// # Errors
/// When the question cannot be asked, or the output not be written.
pub(crate) fn find(
    ledger: &Ledger,
    query: Query,
    limit: Option<usize>,
) -> Result<Outcome, Trouble> {
    let mut document = Document::begin(BufWriter::new(io::stdout().lock()))?;
    let (found, more) = pages(ledger, query, limit, |entries| {
        for (report, entries) in by_report(entries) {
            let held = ledger.get(&report)?;
            let record = held.ok_or(LedgerError::NoReport(report))?.record;
            document.add(&nodes(&record, &entries))?;
        }
        Ok(())
    })?;
    document.end()?;
    say_more(more);
    Ok(if found {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

/// Entries by their reports, each report where its first entry was.
fn by_report(entries: Vec<Entry>) -> Vec<(String, Vec<Entry>)> {
    let mut out: Vec<(String, Vec<Entry>)> = Vec::new();
    let mut places = BTreeMap::new();
    for entry in entries {
        let report = entry.at.report.clone();
        let place = *places.entry(report.clone()).or_insert(out.len());
        if place == out.len() {
            out.push((report, Vec::new()));
        }
        out[place].1.push(entry);
    }
    out
}

/// A document that is being written.
struct Document<W: Write> {
    out: W,
    nodes: usize,
}

impl<W: Write> Document<W> {
    fn begin(mut out: W) -> io::Result<Self> {
        write!(out, "{{\"@context\":\"{CONTEXT}\",\"@graph\":[")?;
        Ok(Self { out, nodes: 0 })
    }

    fn add(&mut self, nodes: &[Value]) -> io::Result<()> {
        for node in nodes {
            let between = if self.nodes == 0 { "\n" } else { ",\n" };
            self.out.write_all(between.as_bytes())?;
            self.out.write_all(json::text(node)?.as_bytes())?;
            self.nodes += 1;
        }
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}
