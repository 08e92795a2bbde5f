//! Names outside the prose: who signed the report, who helped, the agency, where from.

use onrecord_lexicon::fold_name;
use onrecord_model::{EntityKind, MentionForm, SegmentLabel, Span, TextRange, TokenRange};

use super::book::{Book, Draft, Heard, cased};
use super::words::Words;

/// Adds the people and agencies of byline, credits and dateline.
pub(super) fn read(words: &Words<'_>, book: &mut Book) {
    let report = words.cx.report;
    let signed = report.byline.iter().map(|b| (&b.name, &b.span));
    let helped = report.credits.iter().map(|c| (&c.name, &c.span));
    for (name, span) in signed.chain(helped) {
        let at = within(words, span.range(), name).unwrap_or_else(|| span.range());
        if name.split_whitespace().count() > 1 {
            add(book, EntityKind::Person, &cased(name), at);
        }
    }
    for segment in &report.segments {
        let furniture = matches!(
            segment.label,
            SegmentLabel::Dateline
                | SegmentLabel::Credit
                | SegmentLabel::Byline
                | SegmentLabel::Boilerplate
        );
        if furniture {
            agencies(words, book, segment.range());
        }
    }
}

/// Where words stand inside a range.
pub(crate) fn within(words: &Words<'_>, range: TextRange, name: &str) -> Option<TextRange> {
    let at = words.cx.report.text.slice(range).find(name)?;
    let start = range.start as usize + at;
    Some(TextRange::of(start, start + name.len()))
}

/// Listed organisations in a stretch of furniture: "(Reuters)", "(Reuters, AFP)".
fn agencies(words: &Words<'_>, book: &mut Book, range: TextRange) {
    let text = words.cx.report.text.slice(range);
    let mut from = 0;
    for piece in text.split(['(', ')', ',', ';', '/', '\n', '—', '–']) {
        let start = from + (piece.len() - piece.trim_start().len());
        let name = piece.trim();
        from += piece.len()
            + text[from + piece.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let known = words
            .organizations
            .institution(name)
            .filter(|_| name.starts_with(char::is_alphabetic) && name.len() > 1);
        if let Some(i) = known {
            let at = TextRange::of(
                range.start as usize + start,
                range.start as usize + start + name.len(),
            );
            let d = add(book, EntityKind::Organization, name, at);
            if let Some(d) = book.drafts.get_mut(d) {
                if d.name != i.name && !d.aliases.iter().any(|a| *a == i.name) {
                    d.aliases.push(i.name.to_string());
                }
                d.country = d.country.take().or_else(|| i.country.clone());
            }
        }
    }
}

fn add(book: &mut Book, kind: EntityKind, name: &str, at: TextRange) -> usize {
    let key = fold_name(name);
    let found = book.drafts.iter().position(|d| {
        d.kind == kind
            && (d.key == key
                || fold_name(&d.name) == key
                || d.aliases.iter().any(|a| fold_name(a) == key))
    });
    let draft = found.unwrap_or_else(|| {
        book.drafts
            .push(Draft::new(kind, name.to_owned(), key, "entities/furniture"));
        book.drafts.len() - 1
    });
    if let Some(d) = book.drafts.get_mut(draft)
        && !d.heard.iter().any(|h| h.range == at)
    {
        d.heard.push(Heard {
            range: at,
            tokens: TokenRange::default(),
            form: MentionForm::Name,
            metonym: false,
        });
    }
    draft
}

/// A place named by a part of the furniture, with the words that name it.
pub(super) struct Filed {
    /// The words.
    pub(super) range: TextRange,
    /// The place, and what it lies in when that is said.
    pub(super) name: String,
    /// Whether it is where the report is filed from.
    pub(super) dateline: bool,
}

/// The places of the dateline and of the credits.
pub(super) fn places(words: &Words<'_>) -> Vec<Filed> {
    let report = words.cx.report;
    let mut out = Vec::new();
    if let Some(d) = &report.dateline
        && let Some(range) = find_fold(words, &d.span, &d.place)
    {
        out.push(Filed {
            range,
            name: d.place.clone(),
            dateline: true,
        });
    }
    let mut seen: Vec<TextRange> = Vec::new();
    for c in &report.credits {
        let Some(place) = &c.place else { continue };
        let Some(segment) = report
            .segments
            .iter()
            .find(|s| s.range().contains(c.span.range()))
        else {
            continue;
        };
        let rest = TextRange::new(c.span.range().end, segment.range().end);
        if let Some(range) = within(words, rest, place)
            && !seen.contains(&range)
        {
            seen.push(range);
            out.push(Filed {
                range,
                name: place.clone(),
                dateline: false,
            });
        }
    }
    out
}

/// Finds a place's first name in a dateline, whatever its case.
fn find_fold(words: &Words<'_>, span: &Span, place: &str) -> Option<TextRange> {
    let first = place.split(',').next()?.trim();
    let line = words.cx.report.text.slice(span.range());
    let lower = line.to_lowercase();
    let at = if lower.len() == line.len() {
        lower.find(&first.to_lowercase())?
    } else {
        line.find(first)?
    };
    let start = span.range().start as usize + at;
    let range = TextRange::of(start, start + first.len());
    (words.cx.report.text.slice(range).to_lowercase() == first.to_lowercase()).then_some(range)
}
