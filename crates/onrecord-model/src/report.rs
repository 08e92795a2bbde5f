//! The report itself: who wrote it, who carried it, when, and what each stretch of it is.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Metadata, Span, Stamp, Text, TextRange};

/// What is known about a report besides its bytes: how it came.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// When it was published, when the carrier says so.
    pub published: Option<Stamp>,
    /// Who carried it.
    pub outlet: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// The language its carrier says it is in, as a BCP 47 tag.
    pub language: Option<String>,
    /// What else the carrier says of it.
    pub metadata: Metadata,
}

impl Envelope {
    /// What this one says, and what `other` says where this one is silent.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            published: self.published.or(other.published),
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
            language: self.language.or(other.language),
            metadata: self.metadata.or(other.metadata),
        }
    }
}

/// A report as it was taken in: canonical text and the report's own metadata.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// `sha256:` of the canonical text in UTF-8.
    pub id: String,
    /// The canonical text.
    #[serde(with = "text_as_string")]
    #[schemars(with = "String")]
    pub text: Text,
    /// BCP 47 tag; `und` when it could not be told.
    pub language: String,
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Span>,
    /// Lines under the headline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subheads: Vec<Span>,
    /// Who signed it.
    #[serde(default)]
    pub byline: Vec<Byline>,
    /// Who did which part of the work.
    #[serde(default)]
    pub credits: Vec<Credit>,
    /// Where the report is filed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Dateline>,
    /// The agency that wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The outlet that carried it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What its carrier says of it beside its words.
    #[serde(default, skip_serializing_if = "Metadata::is_empty")]
    pub metadata: Metadata,
    /// When it was published, and how that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// Whether it is an update, a correction, a refile or several takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// Exchange rates the report states.
    #[serde(default)]
    pub conversions: Vec<Conversion>,
    /// Every stretch of the text, labelled; they tile it.
    pub segments: Vec<Segment>,
}

impl Report {
    /// An English text of which nothing else is known, not its segments either.
    pub fn bare(text: Text) -> Self {
        Self {
            id: String::new(),
            text,
            language: "en".into(),
            headline: None,
            subheads: Vec::new(),
            byline: Vec::new(),
            credits: Vec::new(),
            dateline: None,
            agency: None,
            outlet: None,
            url: None,
            metadata: Metadata::default(),
            published: None,
            version: None,
            conversions: Vec::new(),
            segments: Vec::new(),
        }
    }

    /// Whether the segments tile the text: no character lost, none twice.
    pub fn tiles(&self) -> bool {
        let mut at = 0;
        for s in &self.segments {
            if s.range.start != at || s.range.is_empty() {
                return false;
            }
            at = s.range.end;
        }
        at as usize == self.text.as_str().len()
    }

    /// The label of the segment a byte lies in.
    pub fn label_at(&self, byte: u32) -> Option<SegmentLabel> {
        let i = self.segments.partition_point(|s| s.range.end <= byte);
        self.segments.get(i).map(|s| s.label)
    }

    /// The line a byte stands in, from 1.
    pub fn line_at(&self, byte: u32) -> usize {
        let before = self.text.as_str().bytes().take(byte as usize);
        before.filter(|b| *b == b'\n').count() + 1
    }

    /// The day of publication, when it is known to the day.
    pub fn day(&self) -> Option<Date> {
        self.published.as_ref().and_then(Published::day)
    }
}

/// Serialises [`Text`] as a plain string.
mod text_as_string {
    use super::Text;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &Text, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(text.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Text, D::Error> {
        String::deserialize(d).map(Text::new)
    }
}

/// What a stretch of a report is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SegmentLabel {
    /// A line over the headline.
    Kicker,
    /// The headline.
    Headline,
    /// A line under the headline that sums up.
    Teaser,
    /// Who signed it.
    Byline,
    /// Place, date and agency before the first words.
    Dateline,
    /// The report's running text.
    Body,
    /// A heading inside the running text.
    Crosshead,
    /// Who did what.
    Credit,
    /// A stated exchange rate.
    Conversion,
    /// A correction, update, refile or editor's notice.
    Correction,
    /// An image tag.
    Image,
    /// A pointer to other pages.
    Promo,
    /// Standing text: contacts, rights, principles.
    Boilerplate,
    /// A line under a picture.
    Caption,
}

impl SegmentLabel {
    /// Whether the reporter speaks here: what is analysed sentence by sentence.
    pub const fn is_prose(self) -> bool {
        matches!(
            self,
            Self::Headline | Self::Teaser | Self::Body | Self::Crosshead | Self::Caption
        )
    }
}

/// A labelled stretch of the text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// What it is.
    pub label: SegmentLabel,
    start: u32,
    end: u32,
    #[serde(skip)]
    #[schemars(skip)]
    range: TextRange,
}

impl Segment {
    /// A segment of a text; `None` off character boundaries.
    pub fn new(text: &Text, label: SegmentLabel, range: TextRange) -> Option<Self> {
        let span = text.span(range).ok()?;
        Some(Self {
            label,
            start: span.start(),
            end: span.end(),
            range,
        })
    }

    /// First code point.
    pub const fn start(&self) -> u32 {
        self.start
    }

    /// One past the last code point.
    pub const fn end(&self) -> u32 {
        self.end
    }

    /// The same in bytes; empty in a segment from JSON that was not yet verified.
    pub const fn range(&self) -> TextRange {
        self.range
    }

    /// Finds the byte range of a segment that came from JSON; `false` when it is off the text.
    pub(crate) fn locate(&mut self, text: &Text) -> bool {
        match text.code_points(self.start, self.end) {
            Some(range) => {
                self.range = range;
                true
            }
            None => false,
        }
    }
}

/// Someone who signed the report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Byline {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// Someone's part in the work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// The name.
    pub name: String,
    /// The part.
    pub part: CreditPart,
    /// Where they worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where the name stands.
    pub span: Span,
}

/// Parts of the work on a report.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CreditPart {
    /// Gathering it.
    Reporting,
    /// Helping to gather it.
    AdditionalReporting,
    /// Writing it.
    Writing,
    /// Editing it.
    Editing,
    /// Taking its pictures.
    Photography,
}

/// Where a report is filed from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dateline {
    /// The place as a name in title case, without its date and agency.
    pub place: String,
    /// The agency in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The day in it, as written ("Aug 24").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The whole dateline.
    pub span: Span,
}

/// When a report was published and how that is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// EDTF / ISO 8601.
    pub value: String,
    /// How fine the value is.
    pub precision: Precision,
    /// How it is known.
    pub basis: PublishedBasis,
    /// Each clue: words of the report, or a sentence about what came with it.
    pub evidence: Vec<Evidence>,
}

impl Published {
    /// The day, when it is known to the day.
    pub fn day(&self) -> Option<Date> {
        self.value.get(..10)?.parse().ok()
    }
}

/// How fine a date is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the second.
    Instant,
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

/// How the day of publication is known.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PublishedBasis {
    /// The report says it.
    Stated,
    /// It came with the report.
    Metadata,
    /// From clues that agree.
    Inferred,
}

/// A clue: words of the report, or a note on what came with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Evidence {
    /// Words of the report.
    Words(Span),
    /// A note.
    Note(String),
}

/// What a later version of a report says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Which kind.
    pub kind: VersionKind,
    /// The notice.
    pub span: Span,
}

/// Kinds of versions.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum VersionKind {
    /// New facts were added.
    Update,
    /// An error was put right.
    Correction,
    /// Sent again for a formal reason.
    Refile,
    /// Several takes were joined (a wrap-up).
    Takes,
}

/// An exchange rate the report states: one `from` is `rate` of `to`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// ISO 4217.
    pub from: String,
    /// ISO 4217.
    pub to: String,
    /// Decimal, as a string.
    pub rate: String,
    /// Where it is stated.
    pub span: Span,
}

/// The beginning of a report's id, as it is shown where a whole id is too long: `3fa9c2d1`.
pub fn short(report: &str) -> &str {
    /// Digits that are shown.
    const SHOWN: usize = 8;
    let digits = report.strip_prefix("sha256:").unwrap_or(report);
    let end = digits.char_indices().nth(SHOWN);
    &digits[..end.map_or(digits.len(), |(i, _)| i)]
}
