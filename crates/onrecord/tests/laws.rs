//! The laws of the whole reader: any bytes give a record, the same one every time, and every
//! span in it quotes the text.

use std::sync::LazyLock;

use onrecord::{Envelope, Reader};
use proptest::prelude::*;
use serde_json::Value;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the shipped models fit"));

/// Every object with `start`, `end` and `quote` must quote the text at its place.
fn spans_hold(value: &Value, text: &[char]) {
    match value {
        Value::Object(fields) => {
            let number = |k: &str| {
                fields
                    .get(k)
                    .and_then(Value::as_u64)
                    .and_then(|n| usize::try_from(n).ok())
            };
            if let (Some(start), Some(end), Some(quote)) = (
                number("start"),
                number("end"),
                fields.get("quote").and_then(Value::as_str),
            ) {
                let words: String = text[start..end].iter().collect();
                assert_eq!(words, quote);
            }
            fields.values().for_each(|v| spans_hold(v, text));
        }
        Value::Array(items) => items.iter().for_each(|v| spans_hold(v, text)),
        _ => {}
    }
}

fn holds(bytes: &[u8]) {
    let record = READER.read(bytes, &Envelope::default());
    assert!(record.report.tiles());
    let json = serde_json::to_value(&record).expect("a record is JSON");
    let text: Vec<char> = record.report.text.as_str().chars().collect();
    spans_hold(&json, &text);
    let again = READER.read(bytes, &Envelope::default());
    assert_eq!(
        json,
        serde_json::to_value(&again).expect("a record is JSON")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_record(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        holds(&bytes);
    }

    #[test]
    fn any_text_gives_a_record(text in "(\\PC{0,40}[ \n“”\"$.,()]{0,3}){0,5}") {
        holds(text.as_bytes());
    }

    #[test]
    fn any_words_of_news_give_a_record(
        picks in proptest::collection::vec(0..WORDS.len(), 0..40)
    ) {
        let text: String = picks.into_iter().map(|i| WORDS[i]).collect();
        holds(text.as_bytes());
    }
}

/// What trips a reader of news, joined in any order.
const WORDS: &[&str] = &[
    "LIMA (Reuters) - ",
    "Mayor Lena Marsh ",
    "said ",
    "told reporters ",
    "that ",
    "“we will stay",
    "” ",
    "\"",
    ", ",
    ". ",
    "\n\n",
    "on Monday",
    " next month",
    "$1 billion ",
    "(€4 million) ",
    "($1 = 0.92 euros)",
    "would not ",
    "sign ",
    "an agreement ",
    "with ",
    "Peru",
    "’s ",
    "he ",
    "denied ",
    "a source ",
    "by June 30 ",
    "25% ",
    "NATO ",
    "(Reporting by Joe Tran)",
    "— ",
    "; ",
    "? ",
    "pledged to send ",
    "troops ",
    "1,000 ",
    "the ",
    "é🕊",
];
