//! A [`Document`] to a [`Record`]: attribution, factuality, times, places, amounts, entities,
//! events, commitments; one folder each.
//!
//! It takes a document, never a model: its tests feed hand-checked sentences.

pub mod acts;
pub mod amounts;
pub mod attribution;
mod blame;
mod commitments;
mod context;
mod digits;
pub mod entities;
mod events;
pub mod factuality;
mod number;
pub mod places;
#[cfg(test)]
mod testing;
pub mod time;
mod words;

use onrecord_model::{Document, Problem, Reader, Record, Report};

pub use context::Context;
pub use number::{Numeral, NumeralKind, numerals};

/// Fills a record from an analysed report.
pub fn extract(mut report: Report, document: &Document, reader: Reader) -> (Record, Vec<Problem>) {
    let (published, mut problems) = time::published(&report, document);
    report.published = published;
    let cx = Context {
        report: &report,
        document,
    };
    let times = time::extract(&cx);
    let (amounts, found) = amounts::extract(&cx);
    problems.extend(found);
    let (mut entities, places) = entities::extract(&cx, &times);
    let statements = attribution::extract(&cx, &entities, &times);
    let statements = acts::statements(&cx, &entities, statements);
    let (events, commitments) = acts::extract(&cx, &entities, &statements, &times, &amounts);
    entities.sort_mentions();
    let record = Record {
        entities: entities.into_vec(),
        statements,
        events,
        commitments,
        times,
        places,
        amounts,
        reader,
        report,
        problems: Vec::new(),
    };
    (record, problems)
}
