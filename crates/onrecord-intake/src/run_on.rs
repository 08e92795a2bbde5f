//! Furniture that runs on into prose: a promo at the head of a paragraph, sign-offs at its end.
//!
//! ```text
//! READ MORE: Board weighs a new pier The board, led by ...   promo | body
//! ... he said. Joe Tran contributed to this report.          body | credit
//! ... he said.(Reporting by Lena Marsh)                      body | credit
//! ```
//!
//! Left out: promos whose title runs into a sentence that begins with a name; nothing in their
//! form says where one ends, so the promo is taken to the first stop.

use onrecord_lexicon::furniture;
use onrecord_model::SegmentLabel;

use crate::pattern::Pattern;
use crate::{conversions, furniture as forms, sentence};

/// A stretch of a line and what it is; places are bytes of the line.
pub(crate) type Piece = (SegmentLabel, std::ops::Range<usize>);

/// No promo and no sign-off is longer, in bytes.
const LONGEST: usize = 1500;

static PROMO: Pattern = Pattern::new(|| {
    r"(?:^|[.!?”\x22)]\s+)(?P<promo>(?:READ MORE|READ ALSO|ALSO READ|READ|RELATED|RELATED STORY|RELATED STORIES|SEE ALSO|MORE|WATCH|Read more|Read also|Also read|Read next|See also|Related|Related story|Related stories|Watch|Listen)\s*[:>»]\s*)".to_owned()
});

static BRACKETS: Pattern = Pattern::new(|| {
    r"[(\[]\s*(?:(?:[Aa]ddit?i?onal |[Ff]urther )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Rr]eported|[Ww]ritten|[Ee]dited)(?:,? (?:and|&) (?:[Rr]eporting|[Ww]riting|[Ee]diting))* by\b)".to_owned()
});

/// Cuts a paragraph into prose and the furniture that runs on in it.
pub(crate) fn cut(line: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let (body_end, tail) = closing(line);
    let body = line.get(..body_end).unwrap_or(line);
    out.extend(promos(body));
    out.extend(tail);
    out
}

/// Promos inside a paragraph, with the prose around them.
fn promos(body: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut from = 0;
    let starts = PROMO.on(body).map(|r| r.captures_iter(body));
    for caps in starts.into_iter().flatten() {
        let Some(m) = caps.name("promo") else {
            continue;
        };
        if m.start() < from {
            continue;
        }
        let end = m.end() + title(body.get(m.end()..).unwrap_or_default());
        if m.start() > from {
            out.push((SegmentLabel::Body, from..m.start()));
        }
        out.push((SegmentLabel::Promo, m.start()..end));
        from = end;
    }
    if from < body.len() {
        out.push((SegmentLabel::Body, from..body.len()));
    }
    out
}

/// Bytes of the title a promo points at, up to where prose goes on.
fn title(rest: &str) -> usize {
    let limit = rest.char_indices().nth(300).map_or(rest.len(), |(i, _)| i);
    let near = rest.get(..limit).unwrap_or(rest);
    let stop = sentence::boundaries(near).first().copied();
    let within = near.get(..stop.unwrap_or(near.len())).unwrap_or(near);
    // Without a stop behind it the title is all there is.
    if stop.is_none() && limit == rest.len() && !sentence::is_closed(within) {
        return rest.len();
    }
    begins_prose(within).unwrap_or(stop.unwrap_or(limit))
}

/// The first word that can only begin a sentence: capitalised though titles of this style write
/// it small, behind a word without a stop.
fn begins_prose(title: &str) -> Option<usize> {
    let words: Vec<(usize, &str)> = title
        .split_inclusive(' ')
        .scan(0, |at, w| {
            let here = *at;
            *at += w.len();
            Some((here, w.trim_end()))
        })
        .collect();
    let lists = furniture::words();
    for (i, (at, word)) in words.iter().enumerate().skip(3) {
        let (_, before) = words.get(i - 1)?;
        let head = words.get(..i)?;
        let bare = word.trim_end_matches(',');
        let starters = if is_title_case(head) {
            &lists.starters_in_titles
        } else {
            &lists.starters
        };
        let follows = before.ends_with(|c: char| c.is_alphanumeric() || "'’”\")".contains(c));
        let goes_on = words.len() > i + 2;
        if follows && goes_on && starters.contains(bare) {
            return Some(*at);
        }
    }
    None
}

/// Whether most longer words are written large.
fn is_title_case(words: &[(usize, &str)]) -> bool {
    let long = words
        .iter()
        .filter(|(_, w)| w.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let (mut large, mut all) = (0, 0);
    for (_, w) in long {
        all += 1;
        large += usize::from(
            w.trim_start_matches(['"', '“', '‘', '\''])
                .starts_with(char::is_uppercase),
        );
    }
    all > 2 && large * 10 >= all * 8
}

/// Where the prose of a paragraph ends, and the furniture behind it.
fn closing(line: &str) -> (usize, Vec<Piece>) {
    let mut end = line.len();
    let mut out: Vec<Piece> = Vec::new();
    let near = line.len().saturating_sub(LONGEST);
    let near = (near..=line.len())
        .find(|i| line.is_char_boundary(*i))
        .unwrap_or(0);
    let tail = line.get(near..).unwrap_or_default();
    if let Some(m) = BRACKETS
        .on(tail)
        .and_then(|r| r.find(tail))
        .filter(|m| near + m.start() > 0)
    {
        let from = near + m.start();
        let close = line
            .get(from..)
            .and_then(|t| t.find([')', ']']))
            .map_or(line.len(), |i| from + i + 1);
        out.push((SegmentLabel::Credit, from..close));
        if line.get(close..).is_some_and(|r| !r.trim().is_empty()) {
            let rest = line.get(close..).unwrap_or_default();
            let label = forms::of_line(rest).unwrap_or(SegmentLabel::Boilerplate);
            out.push((label, close..line.len()));
        }
        end = from;
    }
    let mut starts: Vec<usize> = sentence::boundaries(line.get(near..end).unwrap_or_default());
    let mut signed = !out.is_empty();
    while let Some(at) = starts.pop().map(|i| i + near) {
        let piece = line.get(at..end).unwrap_or_default();
        let Some(label) = of_closing(piece, signed) else {
            // A contact or a notice may be two sentences: look once past one that is unclear.
            break;
        };
        signed |= label == SegmentLabel::Credit;
        out.insert(0, (label, at..end));
        end = at;
    }
    contacts_are_standing(&mut out);
    (end, out)
}

fn of_closing(piece: &str, signed: bool) -> Option<SegmentLabel> {
    let label = forms::of_tail(piece);
    if label.is_some() {
        return label;
    }
    if conversions::is_line(piece) {
        return Some(SegmentLabel::Conversion);
    }
    (signed && piece.contains('@')).then_some(SegmentLabel::Boilerplate)
}

/// How to reach the author, behind the credits of a paragraph, belongs to the sign-off: standing
/// text, where on a line of its own it would be a promo.
fn contacts_are_standing(pieces: &mut [Piece]) {
    let mut signed = false;
    for (label, _) in pieces {
        signed |= *label == SegmentLabel::Credit;
        if signed && *label == SegmentLabel::Promo {
            *label = SegmentLabel::Boilerplate;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SegmentLabel::{Body, Boilerplate, Conversion, Credit, Promo};

    fn check(line: &str, expect: &[(SegmentLabel, &str)]) {
        let found: Vec<_> = cut(line)
            .into_iter()
            .map(|(l, r)| (l, line[r].trim()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_promo_ends_where_prose_begins() {
        check(
            "READ MORE: Board weighs a new pier after storm The board, led by Joe Tran, met on Monday.",
            &[
                (Promo, "READ MORE: Board weighs a new pier after storm"),
                (Body, "The board, led by Joe Tran, met on Monday."),
            ],
        );
        check(
            "The pier is shut. Read more: What the mayor said: storms, piers and money In a statement the board said no.",
            &[
                (Body, "The pier is shut."),
                (
                    Promo,
                    "Read more: What the mayor said: storms, piers and money",
                ),
                (Body, "In a statement the board said no."),
            ],
        );
    }

    #[test]
    fn sign_offs_are_cut_from_the_last_sentence() {
        check(
            "The pier is shut, Sen. Bo Berg said. Marsh reported from Lima. Example News writer Joe Tran contributed to this report.",
            &[
                (Body, "The pier is shut, Sen. Bo Berg said."),
                (Credit, "Marsh reported from Lima."),
                (
                    Credit,
                    "Example News writer Joe Tran contributed to this report.",
                ),
            ],
        );
        check(
            "The pier is shut.(Reporting by Lena Marsh; Editing by Joe Tran)",
            &[
                (Body, "The pier is shut."),
                (Credit, "(Reporting by Lena Marsh; Editing by Joe Tran)"),
            ],
        );
        check(
            "It costs $4 million. ($1 = 0.92 euros)",
            &[
                (Body, "It costs $4 million."),
                (Conversion, "($1 = 0.92 euros)"),
            ],
        );
        check(
            "The pier is shut. Joe Tran contributed to this report. Reach Lena Marsh on Twitter at http://twitter.com/lenamarsh.",
            &[
                (Body, "The pier is shut."),
                (Credit, "Joe Tran contributed to this report."),
                (
                    Boilerplate,
                    "Reach Lena Marsh on Twitter at http://twitter.com/lenamarsh.",
                ),
            ],
        );
        check("The pier is shut.", &[(Body, "The pier is shut.")]);
    }
}
