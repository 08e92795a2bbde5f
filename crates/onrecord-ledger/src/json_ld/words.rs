//! The words of an entry as a Web Annotation.

use onrecord_model::{Record, Span, Text};
use serde_json::{Value, json};

use crate::Entry;

/// Code points quoted before and after the words.
const AROUND: usize = 32;

/// Who made it.
const GENERATOR: &str = env!("CARGO_PKG_REPOSITORY");

/// The annotation that says on which words an entry stands.
pub(super) fn annotation(id: &str, entry: &Entry, record: &Record) -> Value {
    let mut words: Vec<&Span> = Vec::new();
    for span in &entry.words {
        if !words.contains(&span) {
            words.push(span);
        }
    }
    let target = |span: &Span| target(span, record);
    let version = &record.reader.version;
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("{id}-words"),
        "type": "Annotation",
        "motivation": "identifying",
        "body": id,
        "target": words.into_iter().map(target).collect::<Vec<_>>(),
        "generator": {
            "id": GENERATOR,
            "type": "Software",
            "name": format!("onrecord {version}").trim(),
        },
    })
}

fn target(span: &Span, record: &Record) -> Value {
    let (prefix, suffix) = around(span, &record.report.text);
    json!({
        "type": "SpecificResource",
        "source": record.report.id,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start(), "end": span.end()},
            {"type": "TextQuoteSelector", "exact": span.quote(), "prefix": prefix, "suffix": suffix},
        ],
    })
}

/// What stands before and after words.
fn around(span: &Span, text: &Text) -> (String, String) {
    let Some(range) = text.code_points(span.start(), span.end()) else {
        return (String::new(), String::new());
    };
    let words = text.as_str();
    let before = words.get(..range.start as usize).unwrap_or_default();
    let after = words.get(range.end as usize..).unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND - 1);
    let prefix = start.map_or(before, |(i, _)| &before[i..]);
    (prefix.to_owned(), after.chars().take(AROUND).collect())
}
