//! Paragraphs: blank lines always part them, single newlines when the line is not merely wrapped.
//!
//! A newline is a wrap when the line does not end a sentence and the next line either goes on
//! in small letters or could not have fitted its first word on the line above.

use onrecord_model::TextRange;

/// Lines longer than this are not hard-wrapped text.
const WRAP: usize = 120;

/// Calls `f` with each paragraph of a range, trimmed and not empty.
pub(super) fn each(text: &str, range: TextRange, mut f: impl FnMut(TextRange)) {
    let Some(piece) = text.get(range.usizes()) else {
        return;
    };
    let base = range.start as usize;
    let lines = piece.split_inclusive('\n').scan(base, |at, line| {
        let start = *at;
        *at += line.len();
        let begin = start + (line.len() - line.trim_start().len());
        Some((begin, begin + line.trim().len()))
    });
    let mut open: Option<(usize, usize)> = None;
    let mut width = 0;
    let mut last = 0;
    for (start, end) in lines {
        if start == end {
            if let Some((a, b)) = open.take() {
                f(TextRange::of(a, b));
            }
            continue;
        }
        match open {
            Some((a, b)) if wraps(&text[last..b], &text[start..end], width) => {
                open = Some((a, end));
            }
            Some((a, b)) => {
                f(TextRange::of(a, b));
                open = Some((start, end));
                width = 0;
            }
            None => {
                open = Some((start, end));
                width = 0;
            }
        }
        last = start;
        width = width.max(end - start);
    }
    if let Some((a, b)) = open {
        f(TextRange::of(a, b));
    }
}

/// Whether the newline between two lines is a wrap. `width` is the longest line so far.
fn wraps(line: &str, next: &str, width: usize) -> bool {
    if width > WRAP || ends(line) {
        return false;
    }
    if next.starts_with(char::is_lowercase) {
        return true;
    }
    let first = next.split_whitespace().next().map_or(0, str::len);
    line.len() > 45 && line.len() + 1 + first > width.max(60)
}

/// Whether a line ends a sentence: a stop, possibly with closing quotes and brackets after it.
fn ends(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']'])
        .ends_with(['.', '!', '?', ':', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let mut got = Vec::new();
        each(text, TextRange::of(0, text.len()), |r| {
            got.push(text[r.usizes()].replace('\n', "|"));
        });
        assert_eq!(got, want);
    }

    #[test]
    fn blank_lines_and_full_lines_part() {
        check("One.\n\nTwo.\n  \nThree", &["One.", "Two.", "Three"]);
        check(
            "The dam held.\nThe town slept.",
            &["The dam held.", "The town slept."],
        );
        check("Apples\nPears\nPlums", &["Apples", "Pears", "Plums"]);
        check("\n\n", &[]);
    }

    #[test]
    fn wrapped_lines_stay_together() {
        check(
            "The council of the harbour town voted late on Tuesday to\nreopen the ferry line that closed after the storm, mayor\nHelga Brandt said.",
            &[
                "The council of the harbour town voted late on Tuesday to|reopen the ferry line that closed after the storm, mayor|Helga Brandt said.",
            ],
        );
    }
}
