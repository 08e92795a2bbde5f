//! Keeps a content inside its bounds: no reporter's words in a source's mouth.
//!
//! The network sometimes runs on: over the end of a sentence, into the next main clause, into
//! the addressee. In `said it would tax imports, and Varn struck back` the tree shows that "and
//! Varn struck back" hangs on "said", beside its content, and is cut.
//!
//! Left out: what is missing from a content is not guessed here.

use onrecord_lexicon::People;
use onrecord_model::{TimeMention, TokenId, TokenRange, Upos};

use super::below::BELOW;
use super::coordinate;
use super::draft::{Draft, cover, is_mark, without};
use super::merge::NET;
use super::quotes::{self, Quote};
use super::{addressee, clause};
use crate::Context;

/// Cuts everything from a draft's content that cannot be its source's.
pub(super) fn keep(cx: &Context<'_>, quotes: &[Quote], times: &[TimeMention], draft: &mut Draft) {
    preposition(cx, draft);
    source(cx, quotes, draft);
    draft.content = sentences(cx, quotes, draft);
    draft.content = outside(draft);
    addressee::cut(cx, quotes, draft);
    day_of_saying(cx, times, draft);
    behind_colon(cx, draft);
    for i in 0..draft.content.len() {
        if let Some(piece) = draft.content.get(i).copied()
            && let Some(at) = run_on(cx, quotes, draft, piece)
            && let Some(p) = draft.content.get_mut(i)
        {
            *p = TokenRange::new(piece.start.0, at);
        }
    }
    unspoken(cx, quotes, draft);
    relative(cx, draft);
    opening(cx, draft);
    draft.content.retain(|p| !p.is_empty());
}

/// Ends a content before ", saying ..." when that is the cue of another attribution.
pub(super) fn yield_to(cx: &Context<'_>, others: &[Draft], draft: &mut Draft) {
    let d = cx.document;
    for o in others.iter().filter(|o| o.cue != draft.cue) {
        let at = o.cue.start;
        let before = at.0.checked_sub(1).map(TokenId);
        let comma = before.is_some_and(|t| d.form(t) == ",");
        let trails = comma && clause::is_participle(cx, o.cue_head) && o.cue_head == at;
        // "denied they would leave and said ...": a second verb of saying beside the first.
        let beside = before.is_some_and(|t| matches!(d.form(t), "and" | "but"))
            && d.token(o.cue_head).upos == Upos::Verb
            && !does_both(cx, draft, o.cue_head);
        let at = if beside { at.offset(-1) } else { at };
        if !trails && !beside {
            continue;
        }
        for p in &mut draft.content {
            if p.has(at) && at.0 > p.start.0 + 1 && draft.cue.end.0 <= p.start.0 {
                *p = TokenRange::new(p.start.0, at.0);
            }
        }
    }
}

/// Whether somebody in the content does what another cue says beside something else: "said the pilot
/// came and asked for it". Where the speaker could be meant the tree alone is not believed: the
/// tenses must agree, and the one who does both must be a person.
fn does_both(cx: &Context<'_>, draft: &Draft, other: TokenId) -> bool {
    let d = cx.document;
    let token = d.token(other);
    let Some(first) = token
        .head
        .filter(|h| token.relation.is(&["conj"]) && draft.says(*h))
    else {
        return false;
    };
    let people = People::shipped();
    let person = |t: TokenId| {
        let word = d.token(t).lemma.as_str();
        d.token(t).upos == Upos::Propn || people.is_person_noun(word) || people.is_relation(word)
    };
    draft.rule == NET
        && d.token(first).xpos == token.xpos
        && d.child(first, &["nsubj"]).is_some_and(person)
}

/// Ends a content with the relative clause its cue heads: in "Ruiz, who said it would close, left"
/// the leaving is told by the reporter.
fn relative(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    if d.token(draft.cue_head).relation.as_str() != "acl:relcl" {
        return;
    }
    let end = d.subtree(draft.cue_head).end.0;
    for p in &mut draft.content {
        let comma = p.has(TokenId(end)) && d.form(TokenId(end)) == ",";
        if comma && end > p.start.0 + 2 && p.start.0 >= draft.cue.end.0 {
            *p = TokenRange::new(p.start.0, end);
        }
    }
}

/// Drops words behind the cue when the content is direct speech before it: in `"It holds," she said
/// announcing the repair, and the crowd left` the repair and the crowd are the reporter's.
fn unspoken(cx: &Context<'_>, quotes: &[Quote], draft: &mut Draft) {
    let Some(first) = draft.content.first().copied() else {
        return;
    };
    let spoken = quotes.iter().any(|q| q.speech && q.tokens.contains(first))
        && first.end.0 <= draft.cue.start.0;
    if spoken {
        let d = cx.document;
        let (cue, sentence) = (draft.cue, d.sentence_of(draft.cue_head).tokens);
        let marked = |p: &TokenRange| quotes.iter().any(|q| q.tokens.overlaps(*p));
        // `"It holds," she said, and that Varn had left`: the content is taken up again.
        let that = |p: &TokenRange| {
            let apart = p.start.0 > cue.end.0 || !coordinate::opens(cx, p.start);
            apart && p.iter().take(4).any(|t| coordinate::opens(cx, t))
        };
        let told = |p: &TokenRange| {
            p.start.0 >= cue.end.0 && sentence.contains(*p) && !marked(p) && !that(p)
        };
        draft.content.retain(|p| !told(p));
    }
}

/// Lets a content that stands before its cue begin with its sentence: "On Monday, the port
/// closed, Lund said"; and one behind its cue with the conjunction that opens it: "said while".
fn opening(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let end = draft.cue.end;
    if d.tokens()
        .get(end.index())
        .is_some_and(|t| t.upos == Upos::Sconj)
        && let Some(p) = draft.content.iter_mut().find(|p| p.start.0 == end.0 + 1)
    {
        *p = TokenRange::new(end.0, p.end.0);
    }
    let sentence = d.sentence_of(draft.cue_head).tokens;
    let Some(first) = draft.content.first_mut() else {
        return;
    };
    let before = TokenRange::new(sentence.start.0, first.start.0.max(sentence.start.0));
    let fits = !before.is_empty()
        && before.len() <= 8
        && first.end.0 <= draft.cue.start.0
        && sentence.contains(*first)
        && d.form(before.end.offset(-1)) == ","
        && d.token(before.start).upos == Upos::Adp
        && !before
            .iter()
            .any(|t| is_mark(d.form(t)) || d.token(t).upos == Upos::Verb)
        && draft.source.is_none_or(|s| !s.overlaps(before));
    if fits && !is_mark(d.form(first.start)) {
        *first = cover(before, *first);
    }
}

/// Takes "on Sunday" from "told Varn on Sunday he left": a day right behind the cue is that of the
/// saying when a subject follows.
fn day_of_saying(cx: &Context<'_>, times: &[TimeMention], draft: &mut Draft) {
    let d = cx.document;
    for p in &mut draft.content {
        if p.start.0 < draft.cue.end.0 {
            continue;
        }
        let on = u32::from(d.form(p.start).eq_ignore_ascii_case("on"));
        let day = times.iter().find_map(|t| {
            let tokens = d.tokens_in(t.span.range());
            let here = tokens.start.0 == p.start.0 + on || tokens.start == p.start;
            (here && p.contains(tokens)).then_some(tokens.end)
        });
        let subject = |t: TokenId| {
            p.has(t)
                && (d.form(t) == "that"
                    || matches!(
                        d.token(t).upos,
                        Upos::Pron | Upos::Det | Upos::Propn | Upos::Noun
                    ))
        };
        if let Some(end) = day.filter(|e| subject(*e)) {
            *p = TokenRange::new(end.0, p.end.0);
        }
    }
}

/// Lets a content behind "warns Varn:" begin at the colon.
fn behind_colon(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let Some(p) = draft
        .content
        .first_mut()
        .filter(|p| p.start.0 > draft.cue.end.0)
    else {
        return;
    };
    let between = TokenRange::new(draft.cue.end.0, p.start.0);
    if between.len() > 12 || !d.sentence_of(draft.cue_head).tokens.has(p.start) {
        return;
    }
    if let Some(colon) = between.iter().find(|t| d.form(*t) == ":") {
        *p = TokenRange::new(colon.0 + 1, p.end.0);
    }
}

/// Ends a source where a quotation begins: `said Lund, "will hold"` has the source "Lund".
fn source(cx: &Context<'_>, quotes: &[Quote], draft: &mut Draft) {
    let Some(words) = draft.source else {
        return;
    };
    let holds =
        |q: &&Quote| q.speech && q.tokens.start.0 > words.start.0 && q.tokens.overlaps(words);
    if let Some(q) = quotes.iter().find(holds) {
        let comma = cx.document.form(q.tokens.start.offset(-1)) == ",";
        let end = q.tokens.start.0 - u32::from(comma && q.tokens.start.0 > words.start.0 + 1);
        draft.source = Some(TokenRange::new(words.start.0, end));
        if draft.source_head.is_some_and(|h| h.0 >= end) {
            draft.source_head = draft.source.map(|s| cx.document.head_of(s));
        }
    }
}

/// Moves a preposition at the end of a cue to the content it leads: "called | for talks".
fn preposition(cx: &Context<'_>, draft: &mut Draft) {
    let d = cx.document;
    let last = TokenId(draft.cue.end.0.saturating_sub(1));
    let leads = draft.cue.len() > 1
        && d.tokens().get(last.index()).is_some_and(|t| {
            t.upos == Upos::Adp
                && t.relation.is(&["case", "mark"])
                && t.head.is_some_and(|h| draft.says(h))
        });
    if leads && let Some(p) = draft.content.iter_mut().find(|p| p.start == draft.cue.end) {
        *p = TokenRange::new(last.0, p.end.0);
        draft.cue = TokenRange::new(draft.cue.start.0, last.0);
    }
}

/// The content within its cue's sentence, and from other sentences only what is quoted whole.
fn sentences(cx: &Context<'_>, quotes: &[Quote], draft: &Draft) -> Vec<TokenRange> {
    let d = cx.document;
    let own = d.sentence_of(draft.cue_head).tokens;
    let mut out = Vec::new();
    for piece in &draft.content {
        let (Some(first), Some(last)) = (
            d.tokens().get(piece.start.index()),
            d.tokens().get(piece.end.index().saturating_sub(1)),
        ) else {
            continue;
        };
        if draft.rule == BELOW {
            out.push(*piece);
            continue;
        }
        let span = first.sentence.0 as usize..=last.sentence.0 as usize;
        for s in d.sentences().get(span).unwrap_or_default() {
            let part = intersect(*piece, s.tokens);
            if s.tokens == own || is_quoted(cx, quotes, s.tokens) {
                out.push(part);
            }
        }
    }
    out.retain(|p| !p.is_empty());
    join(out)
}

/// Whether every word of a sentence stands in quotation marks.
fn is_quoted(cx: &Context<'_>, quotes: &[Quote], sentence: TokenRange) -> bool {
    sentence
        .iter()
        .all(|t| quotes::around(quotes, t).is_some() || !has_word(cx, t))
}

fn has_word(cx: &Context<'_>, t: TokenId) -> bool {
    cx.document.form(t).chars().any(char::is_alphanumeric)
}

fn intersect(a: TokenRange, b: TokenRange) -> TokenRange {
    TokenRange::new(a.start.0.max(b.start.0), a.end.0.min(b.end.0))
}

/// Joins pieces that touch: a sentence end inside one quotation is no break.
fn join(pieces: Vec<TokenRange>) -> Vec<TokenRange> {
    let mut out: Vec<TokenRange> = Vec::new();
    for p in pieces {
        match out.last_mut() {
            Some(last) if last.end == p.start => *last = cover(*last, p),
            _ => out.push(p),
        }
    }
    out
}

/// The content without cue and source.
fn outside(draft: &Draft) -> Vec<TokenRange> {
    let holes = std::iter::once(draft.cue).chain(draft.source);
    holes.fold(draft.content.clone(), |pieces, hole| {
        pieces.into_iter().flat_map(|p| without(p, hole)).collect()
    })
}

/// Where a piece behind its cue runs on into a main clause that hangs on the cue or above it,
/// has a subject of its own and begins with a conjunction: "and Varn struck back".
fn run_on(cx: &Context<'_>, quotes: &[Quote], draft: &Draft, piece: TokenRange) -> Option<u32> {
    let d = cx.document;
    if piece.start.0 < draft.cue.end.0 {
        return None;
    }
    let above: Vec<TokenId> = d.ancestors(draft.cue_head).collect();
    piece.iter().skip(2).find_map(|t| {
        let token = d.token(t);
        let beside = token.relation.is(&["conj"])
            && (token.head).is_some_and(|h| above.contains(&h) && !draft.says(h));
        let subject = d
            .child(t, &["nsubj"])
            .filter(|s| d.token(*s).upos == Upos::Propn);
        let start = d.subtree(t).start.0;
        let joined =
            matches!(d.form(TokenId(start)), "and" | "but" | "while") && start > piece.start.0 + 1;
        let free = quotes::around(quotes, t).is_none();
        let own = !coordinate::goes_on(cx, t);
        (beside && subject.is_some() && joined && free && own).then_some(start)
    })
}
