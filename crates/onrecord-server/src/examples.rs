//! The examples of the repository as they are read: what a newcomer is shown first.

use jiff::Timestamp;
use onrecord::Record;
use onrecord_ledger::{Filing, Ledger, LedgerError, Origin};

/// Their records; tests of the command hold them to what it reads.
const RECORDS: [(&str, &str); 3] = [
    (
        "examples/harbour-loan.txt",
        include_str!("../../../examples/harbour-loan.json"),
    ),
    (
        "examples/river-treaty.txt",
        include_str!("../../../examples/river-treaty.json"),
    ),
    (
        "examples/clinic-strike.txt",
        include_str!("../../../examples/clinic-strike.json"),
    ),
];

/// Files them. They are not read again: to begin with them costs no time.
///
/// # Errors
/// When the ledger cannot be written to.
pub fn file(ledger: &Ledger, now: Timestamp) -> Result<(), LedgerError> {
    let mut filings = Vec::new();
    for (location, json) in RECORDS {
        let record = Record::from_json(json).map_err(|e| LedgerError::Record {
            report: location.to_owned(),
            why: e.to_string(),
        })?;
        let origin = Origin {
            location: location.to_owned(),
            outlet: None,
            filed: now,
        };
        filings.push(Filing::new(record, origin)?);
    }
    ledger.file(&filings)?;
    Ok(())
}
