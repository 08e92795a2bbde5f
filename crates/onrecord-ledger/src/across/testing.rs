//! Small reports for tests: no intake, so a test says itself what is headline and body.

use onrecord_model::{Report, Segment, SegmentLabel, Text, TextRange};
use xxhash_rust::xxh3::xxh3_64;

/// A report of a headline, which may be empty, and running text.
pub(crate) fn report(headline: &str, body: &str) -> Report {
    let whole = format!("{headline}\n\n{body}");
    let text = Text::new(whole.trim_start());
    let mut segments = Vec::new();
    let at = if headline.is_empty() {
        0
    } else {
        headline.len() + 2
    };
    let parts = [
        (SegmentLabel::Headline, 0, at),
        (SegmentLabel::Body, at, text.as_str().len()),
    ];
    for (label, start, end) in parts {
        if start < end {
            segments.extend(Segment::new(&text, label, TextRange::of(start, end)));
        }
    }
    Report {
        id: format!("test:{whole}"),
        segments,
        ..Report::bare(text)
    }
}

/// A paragraph of `words` words that no other number gives.
pub(crate) fn paragraph(number: usize, words: usize) -> String {
    let word = |i: usize| {
        let n = xxh3_64(&[number.to_le_bytes(), i.to_le_bytes()].concat());
        format!("w{}", n % 50_000)
    };
    let all: Vec<String> = (0..words).map(word).collect();
    format!("{}.", all.join(" "))
}

/// Paragraphs by their numbers, each of 40 words.
pub(crate) fn body(numbers: &[usize]) -> String {
    let all: Vec<String> = numbers.iter().map(|n| paragraph(*n, 40)).collect();
    all.join("\n\n")
}
