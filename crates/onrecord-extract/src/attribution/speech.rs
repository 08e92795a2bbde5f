//! Direct speech: ties quotations to a cue before, after or between them, and lets a quotation
//! resumed in the next sentence or paragraph join the statement it belongs to.
//!
//! `"It holds," Lund said. "It will hold for years."` is one statement with two contents.
//!
//! Left out: quotations of a word or two without a stop, which may be titles or irony.

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{TextRange, TokenId, TokenRange, Upos};

use super::clause::{self, Doer};
use super::draft::{Draft, is_mark};
use super::merge;
use super::quotes::Quote;
use crate::Context;

/// Ties every quotation that no draft has yet.
pub(super) fn attach(cx: &Context<'_>, quotes: &[Quote], drafts: &mut Vec<Draft>) {
    for (i, q) in quotes.iter().enumerate() {
        if let Some(first) = i.checked_sub(1).and_then(|j| quotes.get(j))
            && resumes(cx, first, q)
        {
            resume(drafts, first, q);
        }
        if !q.speech || covered(drafts, q, true) {
            continue;
        }
        let cued = (!covered(drafts, q, false)).then(|| cued(cx, quotes, i));
        if let Some(draft) = cued.flatten() {
            match drafts.iter_mut().find(|d| d.cue_head == draft.cue_head) {
                Some(old) => join(old, draft),
                None => drafts.push(draft),
            }
        } else if let Some(j) = continued(cx, quotes, i, drafts)
            && let Some(old) = drafts.get_mut(j)
        {
            old.content.push(q.tokens);
        }
    }
}

/// `“Every time,” he said, shrugging, “you forget.”`: a comma closes the first quotation, the second
/// goes on in a small letter, in the same sentence.
fn resumes(cx: &Context<'_>, first: &Quote, q: &Quote) -> bool {
    let d = cx.document;
    let bare = |r| {
        cx.report
            .text
            .slice(r)
            .trim_matches(|c: char| MARKS.contains(c) || c == ' ')
    };
    let (before, after) = (bare(first.range), bare(q.range));
    let same = d.sentence_of(first.tokens.start).tokens.has(q.tokens.start);
    let gap = TextRange::new(first.range.end, q.range.start);
    let comma = cx.report.text.slice(gap).trim_end().ends_with(',');
    same && comma && before.ends_with(',') && after.starts_with(char::is_lowercase) && first.speech
}

const MARKS: &str = "“”„‟\"‘’'«»";

/// Gives the second quotation to whoever said the first; a draft that had it alone, by a cue between
/// the two, is dropped.
fn resume(drafts: &mut Vec<Draft>, first: &Quote, q: &Quote) {
    let between = TokenRange::new(first.tokens.end.0, q.tokens.start.0);
    let says = |d: &Draft, q: &Quote| d.content.iter().any(|r| r.overlaps(q.tokens));
    let owner = |d: &Draft| says(d, first) && between.has(d.cue_head);
    let Some(at) = drafts.iter().position(owner) else {
        return;
    };
    if drafts.get(at).is_some_and(|d| says(d, q)) {
        return;
    }
    if let Some(d) = drafts.get_mut(at) {
        d.content.push(q.tokens);
    }
    let cue = drafts.get(at).map(|d| d.cue_head);
    drafts.retain(|d| Some(d.cue_head) == cue || !(between.has(d.cue_head) && says(d, q)));
}

/// Whether a quotation is somebody's already; with `outside`, by a cue outside it: what is said
/// inside it ("I swear he will") does not make it anybody's.
fn covered(drafts: &[Draft], q: &Quote, outside: bool) -> bool {
    drafts.iter().any(|d| {
        // A turn of a transcript names its speaker inside its own marks.
        let inner = q.tokens.has(d.cue_head) && !merge::is_form(d.rule);
        !(outside && inner) && 2 * d.shared(q.tokens) > q.tokens.len()
    })
}

/// A second piece for a cue that has one: a quotation on its other side, or more of the same.
fn join(old: &mut Draft, new: Draft) {
    old.content.extend(new.content);
    if old.source.is_none() {
        (old.source, old.source_head) = (new.source, new.source_head);
    }
}

/// The draft of a cue that stands next to a quotation.
fn cued(cx: &Context<'_>, quotes: &[Quote], i: usize) -> Option<Draft> {
    let q = quotes.get(i)?;
    let after = (!ends_sentence(cx, q))
        .then(|| cue_after(cx, quotes, i))
        .flatten();
    let v = after.or_else(|| cue_before(cx, quotes, i))?;
    let (source_head, source) = source_of(cx, q, v)?;
    Some(Draft {
        source: Some(source),
        source_head: Some(source_head),
        cue: clause::cue_span(cx, v),
        cue_head: v,
        content: vec![q.tokens],
        addressee: None,
        kind: cues::kind(&cx.document.token(v).lemma),
        rule: "attribution/quote/cue",
        score: 0.85,
    })
}

/// Whether a quotation ends its sentence, so that what follows is not about it.
fn ends_sentence(cx: &Context<'_>, q: &Quote) -> bool {
    let d = cx.document;
    let Some(last) = d.tokens().get(q.tokens.end.index().saturating_sub(1)) else {
        return true;
    };
    let Some(next) = d.tokens().get(q.tokens.end.index()) else {
        return true;
    };
    let words = cx.report.text.slice(q.range);
    let bare = words.trim_end_matches(|c: char| "”\"’'» ".contains(c));
    next.sentence != last.sentence || bare.ends_with('.') && !bare.ends_with("..")
}

/// The first verb of saying behind a quotation, in its sentence and before the next quotation.
fn cue_after(cx: &Context<'_>, quotes: &[Quote], i: usize) -> Option<TokenId> {
    let d = cx.document;
    let q = quotes.get(i)?;
    let sentence = d
        .sentences()
        .get(d.tokens().get(q.tokens.end.index())?.sentence.0 as usize)?;
    let stop = quotes.get(i + 1).map_or(sentence.tokens.end.0, |n| {
        n.tokens.start.0.min(sentence.tokens.end.0)
    });
    let comma_first = closes_with_comma(cx, q);
    let span = TokenRange::new(q.tokens.end.0, stop.max(q.tokens.end.0));
    let verb = span.iter().find(|t| d.token(*t).upos == Upos::Verb)?;
    let speaks = cues::verb(&d.token(verb).lemma).is_some_and(|w| w.takes(Frame::Quote));
    // After `,"` any verb with a subject introduces the speech: the list is never complete.
    let open = comma_first
        && verb.0 < q.tokens.end.0 + 12
        && 2 * q.tokens.len() > span.len()
        && q.tokens.len() > 7;
    (speaks || open).then_some(verb)
}

fn closes_with_comma(cx: &Context<'_>, q: &Quote) -> bool {
    let words = cx.report.text.slice(q.range);
    let bare = words.trim_end_matches(|c: char| "”\"’'» ".contains(c));
    bare.ends_with([',', '?', '!', '—'])
        || cx
            .document
            .tokens()
            .get(q.tokens.end.index())
            .is_some_and(|t| cx.report.text.slice(t.range) == ",")
}

/// The last verb of saying before a quotation, in its sentence and behind the quotation before.
fn cue_before(cx: &Context<'_>, quotes: &[Quote], i: usize) -> Option<TokenId> {
    let d = cx.document;
    let q = quotes.get(i)?;
    let sentence = d.sentence_of(q.tokens.start).tokens;
    let start = i
        .checked_sub(1)
        .and_then(|j| quotes.get(j))
        .map_or(sentence.start.0, |p| p.tokens.end.0.max(sentence.start.0));
    let span = TokenRange::new(start, q.tokens.start.0);
    let speaks = |t: &TokenId| {
        matches!(d.token(*t).upos, Upos::Verb)
            && cues::verb(&d.token(*t).lemma).is_some_and(|w| w.takes(Frame::Quote))
    };
    span.iter().rev().find(speaks)
}

/// The doer of a cue: by the tree, else the words between quotation and cue, else those behind.
fn source_of(cx: &Context<'_>, q: &Quote, v: TokenId) -> Option<(TokenId, TokenRange)> {
    let d = cx.document;
    if let Doer::Token(t) = clause::doer(cx, v)
        && !q.tokens.has(t)
    {
        return Some((t, clause::phrase(cx, t, clause::cue_span(cx, v))));
    }
    let cue = clause::cue_span(cx, v);
    let sentence = d.sentence_of(v).tokens;
    let before = if q.tokens.end.0 <= v.0 {
        q.tokens.end.0
    } else {
        sentence.start.0
    };
    let nominals = |r: TokenRange| -> Option<(TokenId, TokenRange)> {
        let words: Vec<TokenId> = r
            .iter()
            .skip_while(|t| matches!(d.form(*t), "," | "and" | "but") || is_mark(d.form(*t)))
            .take_while(|t| {
                !matches!(d.form(*t), "," | "." | ":" | ";") && d.token(*t).upos != Upos::Adp
            })
            .collect();
        let head = *words
            .iter()
            .rev()
            .find(|t| d.token(**t).upos.is_nominal())?;
        Some((head, TokenRange::new(words.first()?.0, head.0 + 1)))
    };
    nominals(TokenRange::new(before, cue.start.0))
        .or_else(|| nominals(TokenRange::new(v.0 + 1, sentence.end.0)))
}

/// The draft that a quotation without a cue goes on: the sentence is nothing but the quotation
/// and follows, in its paragraph, a statement with direct speech; or the quotation before it did
/// not close.
fn continued(cx: &Context<'_>, quotes: &[Quote], i: usize, drafts: &[Draft]) -> Option<usize> {
    let d = cx.document;
    let q = quotes.get(i)?;
    let previous = quotes.get(i.checked_sub(1)?)?;
    let owner = |p: &Quote| drafts.iter().rposition(|x| x.shared(p.tokens) > 0);
    if previous.goes_on {
        return owner(previous);
    }
    let first = d.sentence_of(q.tokens.start);
    if !is_whole(cx, first.tokens, q.tokens) {
        return None;
    }
    let before = d
        .sentences()
        .get(d.token(q.tokens.start).sentence.0.checked_sub(1)? as usize)?;
    let close = before.paragraph == first.paragraph
        && previous.speech
        && (before.tokens.overlaps(previous.tokens));
    if close { owner(previous) } else { None }
}

/// Whether a sentence holds nothing but the quotation.
fn is_whole(cx: &Context<'_>, sentence: TokenRange, q: TokenRange) -> bool {
    sentence
        .iter()
        .filter(|t| !q.has(*t))
        .all(|t| !cx.document.form(t).chars().any(char::is_alphanumeric))
}
