//! What a carrier says of a report beside its words: the moment it was published, versions,
//! rights, codes. Names follow ninjs and NewsML-G2.

use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Precision;

/// A moment as a carrier stamps it: a day, or a time of day with its offset from UTC.
///
/// ```
/// use onrecord_model::{Precision, Stamp};
///
/// let stamp: Stamp = "2026-03-02T23:40:00-05:00".parse()?;
/// assert_eq!(stamp.day().to_string(), "2026-03-02");
/// assert_eq!(stamp.precision(), Precision::Instant);
/// assert!("yesterday".parse::<Stamp>().is_err());
/// # Ok::<(), onrecord_model::NoStamp>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Stamp {
    day: Date,
    instant: Option<Timestamp>,
    text: String,
}

/// What is no day and no time of day with an offset.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is no date: write a day as 2025-08-24, or a time as 2025-08-24T14:03:00Z")]
pub struct NoStamp(String);

impl Stamp {
    /// The day, where it was published.
    pub const fn day(&self) -> Date {
        self.day
    }

    /// The instant, when the time of day is known.
    pub const fn instant(&self) -> Option<Timestamp> {
        self.instant
    }

    /// To the second or to the day.
    pub const fn precision(&self) -> Precision {
        if self.instant.is_some() {
            Precision::Instant
        } else {
            Precision::Day
        }
    }

    /// ISO 8601.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<Stamp> for String {
    fn from(stamp: Stamp) -> Self {
        stamp.text
    }
}

impl TryFrom<String> for Stamp {
    type Error = NoStamp;

    fn try_from(words: String) -> Result<Self, NoStamp> {
        words.parse()
    }
}

impl From<Date> for Stamp {
    fn from(day: Date) -> Self {
        Self {
            day,
            instant: None,
            text: day.to_string(),
        }
    }
}

impl From<Zoned> for Stamp {
    fn from(time: Zoned) -> Self {
        Self {
            day: time.date(),
            instant: Some(time.timestamp()),
            text: written(&time),
        }
    }
}

/// Seconds are enough: carriers state no finer time that means anything.
fn written(time: &Zoned) -> String {
    if time.offset() == Offset::UTC {
        time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    } else {
        time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for Stamp {
    type Err = NoStamp;

    /// Reads ISO 8601: a day, or a day and a time. A time without an offset gives its day only,
    /// for the instant is not known.
    fn from_str(words: &str) -> Result<Self, NoStamp> {
        let words = words.trim();
        let pieces = Pieces::parse(words).map_err(|_| NoStamp(words.to_owned()))?;
        let day = pieces.date();
        let Ok(instant) = words.parse::<Timestamp>() else {
            return Ok(day.into());
        };
        let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
        Ok(instant.to_zoned(offset.to_time_zone()).into())
    }
}

/// What a carrier says of a report beside its words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Metadata {
    /// Who signed it, where the carrier says so outside the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The carrier's own name for it: a GUID, a URN, a document id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The carrier's version of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// When it was last changed, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Whether it may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pubstatus: Option<PubStatus>,
    /// Not to be published before, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargoed: Option<String>,
    /// The words a newsroom files it under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slugline: Option<String>,
    /// From 1, most urgent, to 9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<u8>,
    /// What it is about: codes of a scheme such as IPTC Media Topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// Free words it is filed under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// A note to editors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ednote: Option<String>,
    /// How it may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usageterms: Option<String>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copyright: Option<String>,
}

impl Metadata {
    /// Whether the carrier says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What this one says, and what `other` says where this one is silent.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let list = |a: Vec<String>, b: Vec<String>| if a.is_empty() { b } else { a };
        Self {
            authors: list(self.authors, other.authors),
            uri: self.uri.or(other.uri),
            version: self.version.or(other.version),
            updated: self.updated.or(other.updated),
            pubstatus: self.pubstatus.or(other.pubstatus),
            embargoed: self.embargoed.or(other.embargoed),
            slugline: self.slugline.or(other.slugline),
            urgency: self.urgency.or(other.urgency),
            subjects: if self.subjects.is_empty() {
                other.subjects
            } else {
                self.subjects
            },
            keywords: list(self.keywords, other.keywords),
            ednote: self.ednote.or(other.ednote),
            usageterms: self.usageterms.or(other.usageterms),
            copyright: self.copyright.or(other.copyright),
        }
    }
}

/// Whether a report may be used (IPTC `pubStatus`).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PubStatus {
    /// It may be published.
    Usable,
    /// It may not be published for now.
    Withheld,
    /// It was called back.
    Canceled,
}

/// What a report is about, as its carrier codes it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The code or URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The scheme of the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Its name in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
