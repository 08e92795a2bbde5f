//! A million reports in one index: how much memory it takes and how fast it grows.
//!
//! `cargo test --release -p onrecord-ledger --test million -- --ignored --nocapture`
//!
//! Synthetic: 500 words a report, from 50,000 by Zipf's law; a stock phrase in every second, the
//! commonest in one report of twenty; one report in five is another's copy, cut and with a local
//! paragraph. Memory and processor time are read from `/proc`, so it runs on Linux only.

mod numbers;

use numbers::Numbers;
use onrecord_ledger::across::copies::Copies;
use onrecord_model::{Report, Segment, SegmentLabel, Text, TextRange};

const REPORTS: u64 = 1_000_000;
const BATCH: u64 = 10_000;
const PARAGRAPHS: u64 = 10;
const WORDS: u64 = 50;

/// A word of four to eight letters.
fn word(out: &mut String, number: u64) {
    let mut n = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    for _ in 0..4 + number % 5 {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
}

fn phrase(out: &mut String, numbers: &mut Numbers, words: u64, most: f64) {
    for _ in 0..words {
        word(out, numbers.zipf(most));
        out.push(' ');
    }
}

/// A paragraph of a story, always the same for the same numbers.
fn paragraph(out: &mut String, story: u64, place: u64) {
    let mut numbers = Numbers(story << 8 | place);
    phrase(out, &mut numbers, WORDS, 50_000.0);
    if place == 1 && numbers.next().is_multiple_of(2) {
        let stock = numbers.zipf(2000.0);
        phrase(out, &mut Numbers(stock << 40), 8, 50_000.0);
    }
    out.push_str("\n\n");
}

fn report(number: u64) -> Report {
    let mut numbers = Numbers(number);
    let mut body = String::with_capacity(4096);
    if numbers.next().is_multiple_of(5) && number > 0 {
        let story = numbers.next() % number;
        let kept = 3 + numbers.next() % (PARAGRAPHS - 3);
        (0..kept).for_each(|place| paragraph(&mut body, story, place));
        paragraph(&mut body, number, 99);
    } else {
        (0..PARAGRAPHS).for_each(|place| paragraph(&mut body, number, place));
    }
    let text = Text::new(body);
    let whole = TextRange::of(0, text.as_str().len());
    Report {
        id: number.to_string(),
        segments: Segment::new(&text, SegmentLabel::Body, whole)
            .into_iter()
            .collect(),
        ..Report::bare(text)
    }
}

/// A number in a file of `/proc`.
#[expect(
    clippy::disallowed_methods,
    reason = "the test measures its own process"
)]
fn proc(path: &str, field: &str) -> u64 {
    let text = std::fs::read_to_string(path).expect("Linux");
    let line = text.lines().find_map(|l| l.strip_prefix(field));
    let number = line.and_then(|l| l.split_whitespace().next());
    number.and_then(|n| n.parse().ok()).expect("a number")
}

fn nanoseconds() -> u64 {
    proc("/proc/thread-self/schedstat", "")
}

#[test]
#[ignore = "takes minutes; run it when the index changes"]
fn a_million_reports_fit_in_four_gibibytes() {
    let mut copies = Copies::default();
    let mut spent = 0;
    for batch in 0..REPORTS / BATCH {
        let reports: Vec<Report> = (batch * BATCH..(batch + 1) * BATCH).map(report).collect();
        let begin = nanoseconds();
        for report in &reports {
            copies.add(report);
        }
        let own = nanoseconds() - begin;
        spent += own;
        if batch % 10 == 9 {
            println!(
                "{} reports: {} MiB, {:.0} a second in the last batch",
                copies.len(),
                proc("/proc/self/status", "VmRSS:") / 1024,
                BATCH as f64 / (own as f64 / 1e9),
            );
        }
    }
    let begin = nanoseconds();
    let clusters = copies.clusters();
    println!(
        "{:.0} reports a second; {} clusters in {:.1} s; at most {} MiB",
        REPORTS as f64 / (spent as f64 / 1e9),
        clusters.len(),
        (nanoseconds() - begin) as f64 / 1e9,
        proc("/proc/self/status", "VmHWM:") / 1024,
    );
    let carried: usize = clusters.iter().map(|c| c.members.len()).sum();
    assert!(carried > 200_000, "{carried} reports carry a copy");
    assert!(proc("/proc/self/status", "VmHWM:") < 4 * 1024 * 1024);
}
