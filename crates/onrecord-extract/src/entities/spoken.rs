//! What somebody calls another in a quotation is not that one's name.
//!
//! "“Boss Ana Bo must go,” he said. Bo stayed." names Bo: the fullest form that the report uses in its own
//! voice is the name, and the form in the quotation one more that it is known by. Who is named in
//! quotations alone bears the name that stands there.

use onrecord_lexicon::fold_name;
use onrecord_model::{EntityKind, MentionForm, TextRange};

use super::book::{Book, Draft, Heard, cased};
use super::words::Words;
use crate::attribution;

/// Takes the names of all entities from outside of quotations, where they are named there.
pub(super) fn settle(words: &Words<'_>, book: &mut Book) {
    let quotes = attribution::quotations(words.cx);
    if quotes.is_empty() {
        return;
    }
    for d in &mut book.drafts {
        if matches!(d.kind, EntityKind::State | EntityKind::Place) {
            continue;
        }
        if let Some(name) = outside(words, &quotes, d) {
            d.call(name);
        }
    }
}

/// The fullest name outside of quotations, if the name there is now stands in quotations alone and is
/// that one with more words.
fn outside(words: &Words<'_>, quotes: &[TextRange], d: &Draft) -> Option<String> {
    let spoken = |h: &Heard| {
        quotes
            .iter()
            .any(|q| q.start <= h.range.start && h.range.end <= q.end)
    };
    let named = d
        .heard
        .iter()
        .filter(|h| h.form == MentionForm::Name && !h.metonym);
    let (inside, own): (Vec<&Heard>, Vec<&Heard>) = named.partition(|h| spoken(h));
    let written = |h: &&Heard| words.cx.report.text.slice(h.range).replace('’', "'");
    let key = fold_name(&d.name);
    let is_name = |h: &&Heard| fold_name(&written(h)) == key;
    if own.is_empty() || own.iter().any(is_name) || !inside.iter().any(is_name) {
        return None;
    }
    let forms = own.iter().map(written).map(|f| cased(&f));
    let parts = forms.filter(|f| {
        let short = fold_name(f);
        !short.is_empty() && short.split(' ').all(|w| key.split(' ').any(|k| k == w))
    });
    // Of two forms of one length the first.
    parts.reduce(|a, b| {
        if b.chars().count() > a.chars().count() {
            b
        } else {
            a
        }
    })
}
