//! What is filed, and what became of it.

use std::sync::Arc;

use jiff::Timestamp;
use onrecord_model::{Reader, Record, RecordError};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::body;
use super::entry::{self, Entry};
use super::error::LedgerError;
use super::index;
use super::key;

/// Where a report came from, and when it was filed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Origin {
    /// A path or an address.
    pub location: String,
    /// Who carried it; where there is none, the record's own outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When it was filed: the caller's clock, the ledger has none.
    pub filed: Timestamp,
}

/// Bytes of a location that are kept: Postgres looks up no more than 2,700 together with the outlet.
const LOCATION: usize = 1800;
/// Bytes of an outlet's name that are kept.
const OUTLET: usize = 400;

impl Origin {
    /// As both stores keep it, decided before either sees it: without control characters, and no longer
    /// than can be looked up. A longer location keeps its beginning, and the digest of all of it behind
    /// that, so that two which begin alike stay two. What is settled stays as it is.
    ///
    /// ```
    /// use onrecord_ledger::Origin;
    ///
    /// let origin = Origin {
    ///     location: format!("https://bay.example/{}", "a".repeat(20_000)),
    ///     outlet: Some("Bay\u{0} Post".into()),
    ///     filed: "2031-03-04T12:00:00Z".parse()?,
    /// };
    /// let settled = origin.settled();
    /// assert!(settled.location.len() < 2000);
    /// assert_eq!(settled.outlet.as_deref(), Some("Bay Post"));
    /// assert_eq!(settled.clone().settled(), settled);
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.location.retain(|c| !c.is_control());
        if self.location.len() > LOCATION {
            let mark = format!("#{}", text_id(&self.location));
            cut(&mut self.location, LOCATION - mark.len());
            self.location.push_str(&mark);
        }
        if let Some(outlet) = &mut self.outlet {
            outlet.retain(|c| !c.is_control());
            cut(outlet, OUTLET);
        }
        self.outlet = self.outlet.filter(|o| !o.trim().is_empty());
        self
    }

    /// Whether the location is an address, where another text later is another version.
    pub(crate) fn is_address(&self) -> bool {
        ["https://", "http://"]
            .iter()
            .any(|s| self.location.starts_with(s))
    }
}

/// A record ready to be filed. To make one is where the work is: it is verified, packed and
/// indexed here, on the caller's thread, so that the ledger's one writer has little to do.
#[derive(Clone, Debug)]
pub struct Filing {
    pub(crate) record: Record,
    pub(crate) origin: Origin,
    pub(crate) body: Arc<[u8]>,
    pub(crate) digest: [u8; 32],
    pub(crate) entries: Vec<Entry>,
    pub(crate) rows: Arc<[index::Row]>,
    pub(crate) text: Arc<str>,
}

impl Filing {
    /// Takes a record that came from somewhere.
    ///
    /// # Errors
    /// When a span does not quote the text, the segments do not tile it, the report's id is not
    /// that of its text, or it has more entries than a ledger can tell apart (16,384).
    pub fn new(mut record: Record, mut origin: Origin) -> Result<Self, LedgerError> {
        let id = record.report.id.clone();
        record.verify().map_err(|e| LedgerError::record(&id, &e))?;
        let wrong = |why: &str| LedgerError::Record {
            report: id.clone(),
            why: why.to_owned(),
        };
        if id != text_id(record.report.text.as_str()) {
            return Err(wrong("its id is not that of its text"));
        }
        let mut entries = entry::entries(&record);
        if entries.len() > key::MOST_ENTRIES {
            return Err(wrong("it has too many entries"));
        }
        if origin.outlet.is_none() {
            origin.outlet.clone_from(&record.report.outlet);
        }
        let origin = origin.settled();
        for e in &mut entries {
            e.outlets = origin.outlet.iter().cloned().collect();
        }
        let (body, digest) =
            body::pack(&record).map_err(|e| LedgerError::record(&id, &RecordError::Json(e)))?;
        let rows = entries.iter().map(|e| index::row(e, 0)).collect();
        let text = index::text(&record).into();
        Ok(Self {
            record,
            origin,
            body: body.into(),
            digest,
            entries,
            rows,
            text,
        })
    }

    /// The report's id.
    pub fn report(&self) -> &str {
        &self.record.report.id
    }

    /// Where it came from, as the ledger keeps it.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The record.
    pub const fn record(&self) -> &Record {
        &self.record
    }
}

/// Cuts words to so many bytes, at the end of a character.
fn cut(words: &mut String, most: usize) {
    if words.len() > most {
        let end = (0..=most).rev().find(|i| words.is_char_boundary(*i));
        words.truncate(end.unwrap_or(0));
    }
}

/// `sha256:` of a text.
pub(crate) fn text_id(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = "sha256:".to_owned();
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// What became of a filing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The text was not there.
    New,
    /// All of it was there; nothing changed.
    Present,
    /// The text was there, from elsewhere; this carrier was added to it.
    Carried,
    /// The text was there as another reader, or the same with another envelope, read it; this
    /// record superseded that one, which is kept.
    Reread,
    /// The text was there as a newer reader read it; this record was not filed.
    Outdated,
}

/// What became of a filing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Filed {
    /// The report's id.
    pub report: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Reports that it is a later version of, because they stood at the same address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<String>,
}

/// Whether a reader is newer (`Greater`) than another: by the numbers of its version, then not
/// at all. Readers of one version with other models are as old as each other.
pub(crate) fn newer(a: &Reader, b: &Reader) -> std::cmp::Ordering {
    let numbers = |r: &Reader| -> Vec<u64> {
        let plain = r.version.split(['-', '+']).next().unwrap_or_default();
        plain.split('.').map(|n| n.parse().unwrap_or(0)).collect()
    };
    numbers(a).cmp(&numbers(b))
}
