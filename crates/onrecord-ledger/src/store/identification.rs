//! What a person says of who is who: a layer of its own, with author and time, as judgements are.
//!
//! Kept by report and name, so it holds when reports are read anew. Nothing is edited: who changes
//! her mind says so after, and what is said last of two holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::backend::{Result, Write};
use super::error::LedgerError;
use super::{Ledger, record};
use crate::across::identity::{Appearance, Said};

/// What a person says of who is who.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Identification {
    /// Of whom, and whether they are one.
    #[serde(flatten)]
    pub said: Said,
    /// Who says it.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

impl Ledger {
    /// Keeps what a person says of who is who. The same said twice is kept once.
    ///
    /// # Errors
    /// When a report has nobody of that name, the author has no name, both are one appearance, or
    /// the store cannot be written to.
    pub fn identify(&self, said: &Identification) -> Result<()> {
        let wrong = |why: String| Err(LedgerError::Judgement(why));
        if said.author.trim().is_empty() {
            return wrong("what is said of who is who needs an author".to_owned());
        }
        if said.said.one == said.said.other {
            return wrong("one appearance was named twice".to_owned());
        }
        self.write(|tx| {
            for Appearance { report, name } in [&said.said.one, &said.said.other] {
                let known = tx.known(&[report])?.pop();
                let known = known.ok_or_else(|| LedgerError::NoReport(report.clone()))?;
                let record = record(tx, &known, known.readings.len() - 1)?;
                if record.entities.iter().all(|e| e.name != *name) {
                    return wrong(format!("report `{report}` names nobody `{name}`"));
                }
            }
            keep(tx, said)
        })
    }

    /// What people said of who is who, in the order in which they said it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn identifications(&self) -> Result<Vec<Identification>> {
        self.read(|tx| tx.identifications())
    }

    /// What was said of who is who, for [`crate::across`].
    pub(crate) fn said(&self) -> Result<Vec<Said>> {
        let all = self.identifications()?.into_iter();
        Ok(all.map(|i| i.said).collect())
    }

    /// Keeps what another ledger was told.
    pub(crate) fn restore_identifications(&self, all: &[Identification]) -> Result<()> {
        self.write(|tx| all.iter().try_for_each(|said| keep(tx, said)))
    }
}

fn keep(tx: &mut dyn Write, said: &Identification) -> Result<()> {
    if tx.identifications()?.contains(said) {
        return Ok(());
    }
    tx.identify(said)
}

impl Identification {
    pub(crate) fn read(said: &str) -> Result<Self> {
        let wrong = |e| LedgerError::Damaged(format!("what is said of who is who: {e}"));
        serde_json::from_str(said).map_err(wrong)
    }

    pub(crate) fn write(&self) -> Result<String> {
        let wrong = |e| LedgerError::Damaged(format!("what is said of who is who: {e}"));
        serde_json::to_string(self).map_err(wrong)
    }
}
