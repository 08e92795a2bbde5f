//! Scores statements.

use onrecord_model::SourceKind;

use super::gold::{self, Passage};
use super::matching::pairs;
use super::party::Cast;
use super::read::{self, Record};
use super::tally::{Count, Level, Part, Tally};
use super::words::{jaccard, overlap, words};

const PART: Part = Part::Statements;

/// Contents that share fewer words are not the same, unless one lies in the other behind one cue.
const SAME_CONTENT: f64 = 0.5;
const INSIDE: f64 = 0.8;

/// Counts the statements of one passage, where they are annotated.
pub(super) fn score(passage: &Passage, record: &Record, cast: &Cast<'_>, tally: &mut Tally) {
    if !passage.layers.contains('S') {
        return;
    }
    let (gold, read) = (&passage.statements, &record.statements);
    let found = pairs(gold, read, alike);
    let entry = found
        .iter()
        .filter(|(g, r)| of_entry(g, r, cast, tally))
        .count();
    for (level, right) in [(Level::Found, found.len()), (Level::Entry, entry)] {
        let (read, gold) = (read.len(), gold.len());
        tally.count(PART, level, Count { right, read, gold });
    }
}

fn alike(g: &gold::Statement, r: &read::Statement) -> f64 {
    let same = jaccard(&g.content, &r.content);
    let cue = overlap(&g.cue, &r.cue.span);
    if same < SAME_CONTENT && !(cue && inside(g, r) >= INSIDE) {
        return 0.0;
    }
    same + if cue { 0.5 } else { 0.0 }
}

/// The share of the shorter content that lies in the longer.
fn inside(g: &gold::Statement, r: &read::Statement) -> f64 {
    let (a, b) = (words(&g.content), words(&r.content));
    a.intersection(&b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

/// Whether source, content and factuality are all right.
fn of_entry(g: &gold::Statement, r: &read::Statement, cast: &Cast<'_>, tally: &mut Tally) -> bool {
    let source = if g.source.party.is_untold() {
        r.source.kind == Some(SourceKind::Implicit)
    } else {
        cast.is_source(&g.source.party, &r.source)
    };
    // A word more or less at an edge is still the content.
    let (a, b) = (words(&g.content), words(&r.content));
    let content = a.symmetric_difference(&b).count() <= 1;
    let factuality = r.factuality.factuality() == g.factuality;
    let kind = r.source.kind == Some(g.source.kind);
    tally.field(PART, "source", source);
    tally.field(PART, "source kind", kind);
    tally.field(PART, "content exact", content);
    tally.field(PART, "quotation", r.quotation == Some(g.quotation));
    tally.field(PART, "factuality", factuality);
    source && content && factuality
}
