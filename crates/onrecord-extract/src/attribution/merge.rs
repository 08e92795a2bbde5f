//! Joins what the network found with what the rules found.
//!
//! The network knows stances and acts without a reporting verb; the tree knows where a clause
//! ends. Where both see one cue, see [`network`].

use onrecord_lexicon::cues::{self, Frame};
use onrecord_model::{Attribution, Layer, SegmentLabel, TokenId, TokenRange};

use super::below::BELOW;
use super::draft::{Draft, cover};
use super::passive::JUDGED_BY;
use super::signed::SIGNED;
use super::tree::CONFESSED;
use super::turns::TURN;
use super::{bounds, clause};
use crate::Context;

/// One draft per cue: of several with one cue head the surer one, then the one with more content.
pub(super) fn distinct(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|a, b| {
        let size = b.size().cmp(&a.size());
        (a.cue_head.cmp(&b.cue_head))
            .then(b.score.total_cmp(&a.score))
            .then(size)
    });
    drafts.dedup_by_key(|d| d.cue_head);
    drafts
}

/// Below this the network is wrong more often than right.
const UNSURE: f32 = 0.3;

/// What is left of a rule's confidence where the network saw nothing: fitted on the even stories
/// of the development data, where such drafts were right 32 times in 100.
const ALONE: f32 = 0.39;

/// Adds the network's attributions. Where a rule saw the same cue, the network's spans stand and
/// the rule's knowledge of the cue (kind, addressee) is kept; where the network is unsure it is
/// the other way round, and without a rule to speak for it the attribution is dropped. A rule's
/// draft on a cue that the network did not see stays when its rule is precise enough on its own,
/// see [`stands_alone`].
pub(super) fn network(cx: &Context<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    if !cx.document.has(Layer::Attributions) {
        let all = drafts.clone();
        let mut drafts = drafts;
        for d in &mut drafts {
            bounds::yield_to(cx, &all, d);
        }
        return drafts;
    }
    let mut found: Vec<Draft> = cx
        .document
        .attributions()
        .iter()
        .filter_map(|a| draft(cx, a))
        .collect();
    let mut alone = Vec::new();
    for rule in drafts {
        match found.iter_mut().find(|d| d.cue.overlaps(rule.cue)) {
            Some(d) if is_form(rule.rule) => *d = rule,
            Some(d) => adopt(cx, d, rule),
            None => alone.push(rule),
        }
    }
    found.retain(|d| d.score >= UNSURE);
    let sure = found.clone();
    for d in &mut alone {
        bounds::yield_to(cx, &sure, d);
    }
    alone.retain(|d| stands_alone(cx, &sure, d));
    for d in alone.iter_mut().filter(|d| !is_form(d.rule)) {
        d.score *= ALONE;
    }
    found.extend(alone);
    let all = found.clone();
    for d in &mut found {
        bounds::yield_to(cx, &all, d);
    }
    found
}

/// Gives a network's draft what a rule knows of the same cue; its content too, when the network
/// is unsure or took a trailing "-ing" clause of the reporter's for it.
fn adopt(cx: &Context<'_>, d: &mut Draft, rule: Draft) {
    if d.cue.has(rule.cue_head) {
        d.cue_head = rule.cue_head;
        d.kind = rule.kind;
    }
    d.addressee = rule.addressee;
    let apart = rule.content.iter().all(|r| d.shared(*r) == 0);
    let first = d.content.first().map(|r| r.start);
    let trails = first.is_some_and(|t| {
        clause::is_participle(cx, t) && cx.document.token(t).relation.is(&["advcl"])
    });
    let precise = is_precise(rule.rule) || rule.rule == AROUND && speaks(cx, &rule);
    let unsure = d.score < UNSURE && precise;
    if unsure || apart && trails && rule.score > 0.8 || precise && beheads(cx, d, &rule) {
        d.content = rule.content;
        d.rule = rule.rule;
        d.score = d.score.max(0.5);
    }
    if d.source.is_none() || unsure {
        (d.source, d.source_head) = (rule.source, rule.source_head);
    }
}

/// Whether the network took a part of the rule's clause and left out its verb: "the port $600
/// million" of "Peru will lend the port $600 million".
fn beheads(cx: &Context<'_>, d: &Draft, rule: &Draft) -> bool {
    let Some(clause) = rule.content.first().copied() else {
        return false;
    };
    let head = cx.document.head_of(clause);
    let inside = d.content.iter().all(|r| clause.contains(*r));
    inside && head < d.content.first().map_or(head, |r| r.start)
}

/// The rule of what the network found.
pub(super) const NET: &str = "attribution/net";

const AROUND: &str = "attribution/tree/around";

/// Whether the form of a line tells, which the network seldom sees.
pub(super) fn is_form(rule: &str) -> bool {
    rule == SIGNED || rule == TURN || rule == BELOW
}

fn is_precise(rule: &str) -> bool {
    matches!(
        rule,
        "attribution/tree/clause"
            | "attribution/tree/order"
            | "attribution/tree/told"
            | "attribution/according"
            | "attribution/tree/judge"
            | JUDGED_BY
            | CONFESSED
    )
}

/// Whether a rule's draft is worth a statement without the network's word. Acts and nouns are
/// not: "the bill requires a vote" is no attribution. Inside another's content only speech is;
/// and what holds a cue the network saw is the reporter's sentence.
fn stands_alone(cx: &Context<'_>, sure: &[Draft], d: &Draft) -> bool {
    let nested = sure.iter().any(|o| o.says(d.cue_head));
    let holds = sure.iter().any(|o| d.says(o.cue_head));
    let headline = cx.document.sentence_of(d.cue_head).segment == SegmentLabel::Headline;
    match d.rule {
        "attribution/according" => true,
        rule if is_form(rule) => true,
        _ if holds => false,
        "attribution/tree/judge" | JUDGED_BY | "attribution/noun" => !nested,
        rule if is_precise(rule) => true,
        "attribution/quote/cue"
        | "attribution/headline/colon"
        | "attribution/headline/verb"
        | "attribution/tree/passive" => !nested,
        AROUND => !nested && speaks(cx, d),
        _ => headline,
    }
}

/// Whether the cue is a verb that introduces speech.
fn speaks(cx: &Context<'_>, d: &Draft) -> bool {
    cues::verb(&cx.document.token(d.cue_head).lemma).is_some_and(|w| w.takes(Frame::Quote))
}

/// A network attribution as a draft.
fn draft(cx: &Context<'_>, found: &Attribution) -> Option<Draft> {
    let cue = found.cue.iter().copied().reduce(cover)?;
    let (source, source_head) = source(cx, found, cue);
    (!cue.is_empty() && !found.content.is_empty()).then(|| Draft {
        source,
        source_head,
        cue,
        cue_head: cue_head(cx, cue),
        content: found.content.clone(),
        addressee: None,
        kind: None,
        rule: NET,
        score: found.score,
    })
}

/// The source's words and their head; the antecedent of a relative pronoun.
fn source(
    cx: &Context<'_>,
    found: &Attribution,
    cue: TokenRange,
) -> (Option<TokenRange>, Option<TokenId>) {
    let Some(words) = found.source.first().copied().filter(|r| !r.is_empty()) else {
        return (None, None);
    };
    let words = in_one_sentence(cx, words, cue);
    let head = cx.document.head_of(words);
    let noun = clause::antecedent(cx, cue_head(cx, cue), head);
    if words.len() == 1 && noun != head {
        return (Some(clause::phrase(cx, noun, cue)), Some(noun));
    }
    (Some(words), Some(head))
}

/// The part of a source that stands in the sentence nearest to its cue: a headline and the dateline
/// below it are nobody's name.
fn in_one_sentence(cx: &Context<'_>, words: TokenRange, cue: TokenRange) -> TokenRange {
    let near = if words.end.0 <= cue.start.0 {
        words.end.offset(-1)
    } else {
        words.start
    };
    let sentence = cx.document.sentence_of(near).tokens;
    TokenRange::new(
        words.start.0.max(sentence.start.0),
        words.end.0.min(sentence.end.0),
    )
}

/// The word of a cue that counts: its head when that is a verb, else its first verb.
fn cue_head(cx: &Context<'_>, cue: TokenRange) -> TokenId {
    use onrecord_model::Upos::Verb;
    let d = cx.document;
    let head = d.head_of(cue);
    let verb = || cue.iter().find(|t| d.token(*t).upos == Verb);
    if d.token(head).upos == Verb {
        head
    } else {
        verb().unwrap_or(head)
    }
}
