//! Since when and until when an office is held: "since becoming chair in 2019", "succeeded".
//!
//! Left out: terms told as durations ("in her third year").

use onrecord_model::{EntityKind, TextRange, TimeMention, TokenRange};

use super::book::Book;
use super::roles::add;
use super::words::Words;

/// "since becoming chair in 2019": since when, of the person spoken of.
pub(super) fn since(words: &Words<'_>, book: &mut Book, times: &[TimeMention]) {
    for t in 0..words.len() {
        let taking = matches!(
            words.lower(t),
            "taking" | "took" | "assuming" | "assumed" | "entering" | "takes"
        ) && matches!(
            words.lower(t + 1),
            "office" | "power" | "over" | "charge" | "command"
        );
        let coming = matches!(words.lower(t), "coming" | "came")
            && words.lower(t + 1) == "to"
            && words.lower(t + 2) == "power";
        if !taking && !coming {
            continue;
        }
        let sentence = words.sentence(t);
        let from = words.cx.document.range(TokenRange::new(t, t + 1)).end;
        let to = words.cx.document.range(sentence).end;
        let Some(value) = time_between(times, from, to.min(from + 40)) else {
            continue;
        };
        let who = person_in(words, book, sentence.start.0, t);
        if let Some(o) = who
            .and_then(|d| book.drafts.get_mut(d))
            .and_then(|d| d.offices.first_mut())
        {
            o.since.get_or_insert(value);
        }
    }
}

fn time_between(times: &[TimeMention], from: u32, to: u32) -> Option<String> {
    times
        .iter()
        .find(|t| t.span.range().start >= from && t.span.range().start < to)
        .map(|t| t.value.clone())
        .filter(|v| v.starts_with(|c: char| c.is_ascii_digit()))
}

/// The last person named or meant between two tokens.
fn person_in(words: &Words<'_>, book: &Book, from: u32, to: u32) -> Option<usize> {
    let bytes = TextRange {
        start: words
            .cx
            .document
            .range(TokenRange::new(from, from + 1))
            .start,
        end: words.cx.document.range(TokenRange::new(to, to + 1)).start,
    };
    book.drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.kind == EntityKind::Person)
        .flat_map(|(i, d)| d.heard.iter().map(move |h| (h.range, i)))
        .filter(|(r, _)| bytes.contains(*r))
        // The clause's subject stands first in the sentence.
        .min_by_key(|(r, _)| r.start)
        .map(|(_, i)| i)
}

/// "NAME succeeded NAME as president in 2024".
pub(super) fn succession(words: &Words<'_>, book: &mut Book, times: &[TimeMention]) {
    for t in 0..words.len() {
        if !matches!(
            words.lower(t),
            "succeeded" | "replaced" | "succeeds" | "replaces"
        ) {
            continue;
        }
        let (Some(new), Some(old)) = (book.ending_at(t), book.starting_at(t + 1)) else {
            continue;
        };
        let sentence = words.sentence(t);
        let Some(as_) = (t + 1..sentence.end.0).find(|k| words.lower(*k) == "as") else {
            continue;
        };
        let Some(head) =
            (as_ + 1..sentence.end.0.min(as_ + 6)).find(|k| words.people.is_title(words.lower(*k)))
        else {
            continue;
        };
        let title = TokenRange::new(as_ + 1, head + 1);
        let from = words.cx.document.range(title).end;
        let when = time_between(times, from, from + 24);
        add(words, book, new, title, None);
        add(words, book, old, title, None);
        if let Some(o) = book.drafts.get_mut(new).and_then(|d| d.offices.last_mut()) {
            o.since.clone_from(&when);
        }
        if let Some(o) = book.drafts.get_mut(old).and_then(|d| d.offices.last_mut()) {
            o.until = Some(when.unwrap_or_else(|| "..".into()));
        }
    }
}
