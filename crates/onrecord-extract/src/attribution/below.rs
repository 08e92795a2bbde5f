//! The paragraph below a colon: "Ilir Doda, a docker, said:" and what he said, without quotation marks.
//!
//! Left out: a paragraph in quotation marks (`speech`), and further paragraphs, which nothing marks.

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{SegmentLabel, TokenId, TokenRange, Upos};

use super::clause::{self, Doer};
use super::draft::{Draft, is_mark};
use crate::Context;

/// The rule's name.
pub(super) const BELOW: &str = "attribution/colon/below";

/// Every paragraph that a saying with a colon announces.
pub(super) fn find(cx: &Context<'_>) -> Vec<Draft> {
    let pairs = cx.document.sentences().windows(2);
    let found = pairs.filter_map(|pair| {
        let [above, first] = pair else { return None };
        let prose = |l| l == SegmentLabel::Body;
        let fits =
            above.paragraph != first.paragraph && prose(above.segment) && prose(first.segment);
        fits.then(|| below(cx, above.tokens, first.paragraph))?
    });
    found.collect()
}

fn below(cx: &Context<'_>, above: TokenRange, paragraph: u32) -> Option<Draft> {
    let d = cx.document;
    let last = above.end.offset(-1);
    if d.form(last) != ":" {
        return None;
    }
    // A cue outside any clause of its own: the last verb of the line.
    let verb = |t: &TokenId| d.token(*t).upos == Upos::Verb;
    let cue = above.iter().rev().find(verb)?;
    let says = cues::verb(&d.token(cue).lemma).is_some_and(|w| w.takes(Frame::Quote));
    let mut sentences = d.sentences().iter().filter(|s| s.paragraph == paragraph);
    let first = sentences.next()?.tokens;
    let end = sentences.next_back().map_or(first.end, |s| s.tokens.end);
    if !says || last.0 - cue.0 > 12 || is_mark(d.form(first.start)) {
        return None;
    }
    let (head, source) = match clause::doer(cx, cue) {
        Doer::Token(t) => (t, clause::phrase(cx, t, TokenRange::one(cue))),
        Doer::Implicit => return None,
        Doer::Unknown => {
            let words = TokenRange::new(above.start.0, cue.0);
            let head = words.iter().find(|t| d.token(*t).upos.is_nominal())?;
            (head, words)
        }
    };
    Some(Draft {
        source: Some(source),
        source_head: Some(head),
        cue: clause::cue_span(cx, cue),
        cue_head: cue,
        content: vec![TokenRange::new(first.start.0, end.0)],
        addressee: None,
        kind: cues::kind(&d.token(cue).lemma),
        rule: BELOW,
        score: 0.75,
    })
}
