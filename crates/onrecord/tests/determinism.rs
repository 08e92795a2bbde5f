//! The same bytes give the same record: on one thread or two, in any order, alone or after
//! others, and whatever else stands in the batch that the networks read at a time.
//!
//! What holds for every instruction set is tested where the products are summed, in
//! `onrecord-language`; `examples.rs` holds whole records to those of another machine.

use onrecord::model::{Document, Token};
use onrecord::{Envelope, Reader};

const REPORTS: &[&str] = &[
    include_str!("../../../examples/clinic-strike.txt"),
    include_str!("../../../examples/harbour-loan.txt"),
    include_str!("../../../examples/river-treaty.txt"),
    "Ferry line reopens\n\nThe line will reopen on Monday, Mayor Ada Oko said.\n",
    "",
];

fn record(reader: &Reader, text: &str) -> String {
    let record = reader.read(text.as_bytes(), &Envelope::default());
    serde_json::to_string(&record).expect("a record is JSON")
}

#[test]
fn two_threads_and_any_order_give_the_same_records() {
    let reader = Reader::new().expect("the shipped models fit");
    // Each alone, by a reader that has read nothing else.
    let alone: Vec<String> = REPORTS
        .iter()
        .map(|text| record(&Reader::new().expect("the shipped models fit"), text))
        .collect();
    let order = |turn: usize| (0..REPORTS.len()).map(move |i| (i * 2 + turn) % REPORTS.len());
    let both = std::thread::scope(|scope| {
        let read = |turn: usize| {
            let reader = reader.clone();
            let read = move |i: usize| (i, record(&reader, REPORTS[i]));
            scope.spawn(move || order(turn).map(read).collect::<Vec<_>>())
        };
        [read(0), read(3)].map(|thread| thread.join().expect("no thread panics"))
    });
    for (i, json) in both.into_iter().flatten() {
        assert_eq!(json, alone[i], "report {i}");
    }
}

/// The layers of the sentences, without the places of their words.
fn sentences(document: &Document) -> Vec<Vec<Token>> {
    let sentences = document.sentences().iter().map(|s| s.tokens);
    let token = |start: u32, token: &Token| Token {
        range: onrecord::model::TextRange::default(),
        sentence: onrecord::model::SentenceId::default(),
        head: token.head.map(|h| h.offset(-start.cast_signed())),
        ..token.clone()
    };
    let cut = sentences.map(|tokens| {
        let words = &document.tokens()[tokens.usizes()];
        words.iter().map(|t| token(tokens.start.0, t)).collect()
    });
    cut.collect()
}

#[test]
fn a_sentence_is_parsed_alike_in_any_batch() {
    let reader = Reader::new().expect("the shipped models fit");
    let study = |text: &str| {
        let reading = reader.study(text.as_bytes(), &Envelope::default());
        sentences(&reading.document)
    };
    let headline = "Council meets again to weigh a plan";
    let paragraphs = REPORTS.iter().flat_map(|report| report.split("\n\n"));
    let prose: Vec<&str> = paragraphs
        .filter(|p| p.len() > 120 && p.ends_with(['.', '”']) && !p.contains(['(', '—', '\n']))
        .collect();
    assert!(prose.len() > 9, "{} paragraphs", prose.len());
    let whole = study(&format!("{headline}\n\n{}", prose.join("\n\n")));
    let mut apart: Vec<Vec<Token>> = Vec::new();
    for paragraph in prose {
        let parsed = study(&format!("{headline}\n\n{paragraph}"));
        // The headline comes first each time.
        apart.extend(parsed.into_iter().skip(usize::from(!apart.is_empty())));
    }
    assert_eq!(whole.len(), apart.len());
    for (together, alone) in whole.iter().zip(&apart) {
        assert_eq!(together, alone);
    }
}
