//! Reads news reports and keeps a record of who said, promised, signed and did what.
//!
//! ```
//! use onrecord::{Envelope, Reader};
//!
//! let reader = Reader::new()?;
//! let record = reader.read(b"Ferry line reopens\n\nThe line reopened.", &Envelope::default());
//! assert_eq!(record.report.headline.as_ref().map(|h| h.quote()), Some("Ferry line reopens"));
//! # Ok::<(), onrecord::Error>(())
//! ```

pub mod plover;

use std::sync::Arc;

use onrecord_language::Language;
pub use onrecord_language::Step;
pub use onrecord_model as model;
pub use onrecord_model::{Envelope, Problem, Record};

/// Why a reader could not be made.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] onrecord_language::PipelineError);

/// A record and the analysis it was made from.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The record.
    pub record: Record,
    /// Sentences, tokens and the layers over them.
    pub document: model::Document,
}

/// Reads reports. `Send + Sync`, cheap to clone, one thread, no state: the same bytes give the
/// same record.
#[derive(Clone, Debug)]
pub struct Reader {
    language: Arc<Language>,
}

impl Reader {
    /// Loads what the reader knows.
    ///
    /// # Errors
    /// When the shipped models do not fit the code, which a released build never shows.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            language: Arc::new(Language::new()?),
        })
    }

    /// Reads one report. Never fails: bad input gives a thinner record whose `problems` say why.
    pub fn read(&self, bytes: &[u8], envelope: &Envelope) -> Record {
        self.study(bytes, envelope).record
    }

    /// Reads one report and keeps the analysis the record was made from, for those who show
    /// the sentences behind an entry.
    pub fn study(&self, bytes: &[u8], envelope: &Envelope) -> Reading {
        let (mut report, mut problems) = onrecord_intake::read(bytes, envelope);
        if let Some(tag) = onrecord_language::identify(report.text.as_str()) {
            report.language = tag.into();
        }
        let (document, found) = self.language.analyse(&report);
        problems.extend(found);
        let made_by = model::Reader {
            version: env!("CARGO_PKG_VERSION").into(),
            models: self.language.models(),
        };
        let (mut record, found) = onrecord_extract::extract(report, &document, made_by);
        problems.extend(found);
        record.problems = problems;
        Reading { record, document }
    }

    /// The annotators of the language pipeline, in order.
    pub fn steps(&self) -> Vec<Step> {
        self.language.steps()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_in_another_language_is_kept_unread() {
        let reader = Reader::new().unwrap();
        let text = "Fähre fährt wieder\n\nDie Fähre nach Harbourtown fährt seit Montag wieder, teilte die Stadt mit.";
        let record = reader.read(text.as_bytes(), &Envelope::default());
        assert_eq!(record.report.language, "de");
        assert_eq!(record.report.text.as_str(), text);
        assert!(record.statements.is_empty() && record.entities.is_empty());
        assert!(
            record
                .problems
                .iter()
                .any(|p| p.kind == model::ProblemKind::Language)
        );
    }
}
