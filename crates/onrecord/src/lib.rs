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

pub use onrecord_intake as intake;
use onrecord_intake::{ColumnMap, Intake};
use onrecord_language::Language;
pub use onrecord_language::Step;
pub use onrecord_model as model;
use onrecord_model::Report;
pub use onrecord_model::{Envelope, Problem, Record};

/// Why a reader could not be made.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] onrecord_language::PipelineError);

/// The ISO 3166 alpha-3 code of a country, by any name it is known by.
///
/// ```
/// assert_eq!(onrecord::country("Spain"), Some("ESP"));
/// assert_eq!(onrecord::country("Madrid"), None);
/// ```
pub fn country(name: &str) -> Option<&'static str> {
    let country = onrecord_lexicon::Countries::shipped().by_name(name);
    country.map(|c| c.iso3.as_str())
}

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

    /// Reads every report that bytes hold: the entries of a feed, the items of a news message.
    /// `map` names the members of plain JSON objects.
    ///
    /// ```
    /// use onrecord::intake::ColumnMap;
    /// use onrecord::{Envelope, Reader};
    ///
    /// let feed = br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harbor Post", "items": [
    ///   {"id": "1", "title": "Ferry reopens", "content_text": "The mayor said it sailed."},
    ///   {"id": "2", "title": "Pier shut", "content_text": "The mayor said it broke."}]}"#;
    /// let reader = Reader::new()?;
    /// let records = reader.read_all(feed, &Envelope::default(), &ColumnMap::default());
    /// assert_eq!(records[1].report.outlet.as_deref(), Some("Harbor Post"));
    /// # Ok::<(), onrecord::Error>(())
    /// ```
    pub fn read_all(&self, bytes: &[u8], envelope: &Envelope, map: &ColumnMap) -> Vec<Record> {
        let all = onrecord_intake::take_in_all(bytes, envelope, map);
        all.into_iter().map(|i| self.analyse(i).record).collect()
    }

    /// Reads one report and keeps the analysis the record was made from, for those who show
    /// the sentences behind an entry.
    pub fn study(&self, bytes: &[u8], envelope: &Envelope) -> Reading {
        self.analyse(onrecord_intake::take_in(bytes, envelope))
    }

    /// Reads a report that was taken in, by [`intake::walk`] for example.
    pub fn analyse(&self, intake: Intake) -> Reading {
        self.analyse_report(intake.report, intake.problems)
    }

    /// The same where the way back to the bytes is not kept; `problems` are those met on taking in.
    pub fn analyse_report(&self, mut report: Report, mut problems: Vec<Problem>) -> Reading {
        if let Some(tag) = onrecord_language::identify(report.text.as_str()) {
            // The carrier may know the region as well.
            let said = report.language.split('-').next();
            // What cannot be told takes no language from a report but English, which may be no
            // more than what is taken where nothing is said.
            let untold = tag == "und" && said != Some("en");
            if said != Some(tag) && !untold {
                report.language = tag.into();
            }
        }
        let (document, found) = self.language.analyse(&report);
        problems.extend(found);
        let (mut record, found) = onrecord_extract::extract(report, &document, self.made_by());
        problems.extend(found);
        record.problems = problems;
        Reading { record, document }
    }

    /// What its records say they were made by: who keeps records sees which another reader made.
    pub fn made_by(&self) -> model::Reader {
        model::Reader {
            version: env!("CARGO_PKG_VERSION").into(),
            models: self.language.models(),
        }
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
    fn a_short_report_in_another_script_is_never_english() {
        let reader = Reader::new().unwrap();
        for (text, tag) in [
            ("Паром снова ходит", "und"),
            ("Το πλοίο", "el"),
            ("ເຮືອກັບມາ", "und"),
        ] {
            let record = reader.read(text.as_bytes(), &Envelope::default());
            assert_eq!(record.report.language, tag);
            let told = |p: &Problem| p.kind == model::ProblemKind::Language;
            assert!(record.problems.iter().any(told));
        }
    }

    #[test]
    fn a_word_is_read_without_what_nobody_sees_of_it() {
        let reader = Reader::new().unwrap();
        for unseen in ["", "\u{ad}", "\u{200b}", "\u{2060}"] {
            let text =
                format!("The mayor sa{unseen}id on Monday that the fer{unseen}ry would sail.\n");
            let record = reader.read(text.as_bytes(), &Envelope::default());
            let cues: Vec<_> = record
                .statements
                .iter()
                .map(|s| s.cue.lemma.as_str())
                .collect();
            assert_eq!(cues, ["say"], "{text:?}");
        }
    }

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
