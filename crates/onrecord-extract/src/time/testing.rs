//! Reports for tests: one paragraph of prose, published on a day.

use onrecord_model::{
    Precision, Published, PublishedBasis, Report, Segment, SegmentLabel, Text, TextRange,
};

/// A report whose whole text is prose.
pub(crate) fn report(text: &str, day: Option<&str>) -> Report {
    let text = Text::new(text);
    let all = TextRange::of(0, text.as_str().len());
    let segments = Segment::new(&text, SegmentLabel::Body, all);
    Report {
        published: day.map(|d| Published {
            value: d.into(),
            precision: Precision::Day,
            basis: PublishedBasis::Metadata,
            evidence: Vec::new(),
        }),
        segments: segments.into_iter().collect(),
        ..Report::bare(text)
    }
}

/// The times of a text, each as `words=value` or `words=value/MOD`.
pub(crate) fn check(day: &str, text: &str, expect: &[&str]) {
    let report = report(text, Some(day).filter(|d| !d.is_empty()));
    let got: Vec<String> = super::mentions(&report, report.day())
        .iter()
        .filter(|t| !text.is_empty() || t.value.is_empty())
        .map(|t| match &t.modifier {
            Some(m)
                if expect
                    .iter()
                    .any(|e| e.contains('/') && e.starts_with(t.span.quote())) =>
            {
                format!("{}={}/{m}", t.span.quote(), t.value)
            }
            _ => format!("{}={}", t.span.quote(), t.value),
        })
        .collect();
    assert_eq!(got, expect, "{text}");
}
