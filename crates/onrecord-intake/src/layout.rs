//! Text to units: paragraphs and stand-alone lines.
//!
//! A unit is what a reader sees as one piece: a paragraph on one line, a hard-wrapped paragraph
//! over several, a headline, a line of furniture. Blank lines always divide; a single newline
//! divides unless the text is wrapped at a fixed width.
//!
//! Left out: what the units are (`structure`).

use onrecord_model::SegmentLabel;

/// A paragraph or line, in bytes of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    /// First byte that is not white space.
    pub start: usize,
    /// One past the last byte that is not white space.
    pub end: usize,
    /// A blank line, or nothing, stands before it.
    pub apart: bool,
    /// What its carrier's markup says it is.
    pub label: Option<SegmentLabel>,
}

/// Lines as wide as this or wider may be wrapped prose.
const NARROWEST: usize = 40;
/// No typewriter or mail program wraps wider than this.
const WIDEST: usize = 100;

/// Cuts a text into units.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut out: Vec<Unit> = Vec::new();
    let mut previous: Option<(&str, usize)> = None;
    for (line, at, apart) in lines {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let end = start + body.len();
        let indented = line.starts_with([' ', '\t']);
        match (out.last_mut(), previous) {
            (Some(last), Some((before, width)))
                if wrapped && !apart && !indented && flows(before, width, body) =>
            {
                last.end = end;
            }
            _ => out.push(Unit {
                start,
                end,
                apart,
                label: None,
            }),
        }
        previous = Some((body, line.trim_end().chars().count()));
    }
    out
}

/// Whether a line goes on in the next one: it is nearly full, and neither is furniture by its marks.
fn flows(before: &str, width: usize, next: &str) -> bool {
    let closed = before.ends_with(['<', '=']) || next.starts_with(['^', '*', '•', '-', '_']);
    width >= NARROWEST && !closed
}

/// Lines that are not blank, with the byte they start at and whether a blank one stands before.
fn lines(text: &str) -> Vec<(&str, usize, bool)> {
    let mut out = Vec::new();
    let (mut at, mut apart) = (0, true);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            apart = true;
        } else {
            out.push((line.trim_end_matches('\n'), at, apart));
            apart = false;
        }
        at += line.len();
    }
    out
}

/// Whether prose is broken at a fixed width: most lines that are followed by another are nearly
/// as wide as the widest, and that is no wider than a page.
fn is_wrapped(text: &str, lines: &[(&str, usize, bool)]) -> bool {
    if !text.contains('\n') {
        return false;
    }
    let width = |l: &str| l.trim_end().chars().count();
    let pairs = lines.windows(2).filter(|w| !w[1].2);
    let followed: Vec<usize> = pairs.map(|w| width(w[0].0)).filter(|w| *w >= 25).collect();
    let widest = lines.iter().map(|l| width(l.0)).max().unwrap_or(0);
    if widest > WIDEST || followed.len() < 2 {
        return false;
    }
    let full = followed
        .iter()
        .filter(|w| **w + 16 >= widest && **w >= NARROWEST)
        .count();
    full * 10 >= followed.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = units(text).iter().map(|u| &text[u.start..u.end]).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn blank_lines_and_newlines_divide() {
        check("Head\n\nOne.\nTwo.\n\n", &["Head", "One.", "Two."]);
        check("", &[]);
        check(" \n\t\n", &[]);
    }

    #[test]
    fn wrapped_prose_is_one_unit() {
        let text = "Council votes to close the pier\n\nThe council voted on Tuesday to close the old pier, the\nmayor said. It has been shut since a storm broke two of\nits legs in March.\n\nNext.";
        let units = units(text);
        assert_eq!(units.len(), 3);
        assert!(text[units[1].start..units[1].end].ends_with("March."));
    }

    #[test]
    fn an_indent_starts_a_paragraph_of_wrapped_prose() {
        let text = "   The council voted on Tuesday to close the old pier, the\nmayor said. It has been shut since a storm broke two of\nits legs.\n   The union said on Wednesday it would go to court over a\nplan that it called a theft.";
        assert_eq!(units(text).len(), 2);
    }
}
