//! Commitments: what is promised, agreed, asked or withheld, by whom, and how far it has come.
//!
//! "Norway's foreign minister said Oslo would not rule out lending ships once the talks end"
//! is a commitment of Norway, `not_ruled_out`, on the minister's word, with "once the talks end"
//! as its condition.
//!
//! Each sentence gives steps ([`frames`]: a committing word, its status, its object), a step gets
//! its kind ([`kinds`]), parties ([`parties`]), amount, times and condition ([`details`]) and the
//! statements it rests on ([`basis`]); what is told twice is joined ([`merge`]).
//!
//! Left out: threats, hopes and wishes, conditions themselves ("if Oslo sends troops"), and the
//! promises of sport, courts and markets.

mod ahead;
mod basis;
pub(crate) mod details;
mod doers;
mod frames;
mod kinds;
pub(crate) mod merge;
mod nominal;
mod object;
pub(crate) mod parties;
mod sides;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
mod unkept;
mod verbs;

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{
    Amount, Basis, Certainty, Commitment, CommitmentId, CommitmentKind, CommitmentStatus, EntityId,
    Factuality, Polarity, SegmentLabel, Statement, TimeMention, TokenId, TokenRange, Upos, Why,
};

use crate::{Context, blame, entities::Entities, factuality};
use frames::Draft;
use merge::Telling;
use parties::Parties;
use sides::Sides;
pub(crate) use tree::nobody;

/// Words of sport, courts, markets and weather in a sentence that make it another trade's.
const QUIET: usize = 2;

/// Every commitment the report tells, in text order.
pub(crate) fn extract(
    cx: &Context<'_>,
    entities: &Entities,
    statements: &[Statement],
    times: &[TimeMention],
    amounts: &[Amount],
) -> Vec<Commitment> {
    let parties = Parties {
        cx,
        entities,
        statements,
    };
    let reader = Reader {
        cx,
        parties,
        statements,
        times,
        amounts,
    };
    let mut tellings = Vec::new();
    for sentence in cx.document.sentences() {
        if sentence.segment == SegmentLabel::Caption || is_quiet(cx, sentence.tokens) {
            continue;
        }
        let heading = sentence.segment != SegmentLabel::Body;
        let drafts = frames::find(cx, sentence.tokens);
        tellings.extend(drafts.iter().filter_map(|d| reader.telling(d, heading)));
    }
    let mut out = merge::merge(tellings);
    for (i, c) in out.iter_mut().enumerate() {
        c.id = CommitmentId(i as u32 + 1);
    }
    out
}

/// Whether a sentence is of sport, courts, markets or weather.
pub(crate) fn is_quiet(cx: &Context<'_>, tokens: TokenRange) -> bool {
    let quiet = tokens
        .iter()
        .filter(|t| words::on(List::Quiet, tree::lemma(cx, *t)))
        .count();
    quiet >= QUIET
}

struct Reader<'a> {
    cx: &'a Context<'a>,
    parties: Parties<'a>,
    statements: &'a [Statement],
    times: &'a [TimeMention],
    amounts: &'a [Amount],
}

impl Reader<'_> {
    fn telling(&self, draft: &Draft, heading: bool) -> Option<Telling> {
        let (cx, d) = (self.cx, self.cx.document);
        let object = &draft.object;
        let known = kinds::of(cx, object, self.kind_status(draft));
        let promise = object::is_promise(cx, object.top);
        if !draft.of.is_empty()
            && !promise
            && !known.is_some_and(|k| draft.of.iter().any(|o| o == k.as_str()))
        {
            return None;
        }
        let below: Vec<TokenId> = [
            Some(draft.trigger),
            Some(object.top),
            object.act,
            object.thing,
            Some(object.anchor),
        ]
        .into_iter()
        .flatten()
        .chain(object.heads.iter().copied())
        .chain(object.thing.iter().flat_map(|t| {
            d.children_in(*t, &["nmod"])
                .filter(|c| tree::marker(cx, *c) == "of")
        }))
        .collect();
        let below = sorted(below);
        let asides = details::asides(cx, &below);
        let acts: Vec<TokenId> = object
            .act
            .into_iter()
            .chain([object.top])
            .chain(object.thing)
            .chain(object.heads.iter().copied())
            .collect();
        let acts: Vec<TokenId> = acts
            .into_iter()
            .chain(draft.is_act.then_some(draft.trigger))
            .collect();
        let when = details::when(cx, self.times, draft.trigger, &acts, draft.ahead);
        let mut out = [asides.out.clone(), when.out.clone()].concat();
        let wide = object::span(cx, object, &out);
        let Sides { by, to, with, gone } = sides::of(&self.parties, draft, &below, wide, known);
        let kind = known.or_else(|| self.other(draft, &by))?;
        if !self.accept(draft, kind, &by, &to) {
            return None;
        }
        out.extend(gone);
        let words = object::span(cx, object, &out);
        let words = details::whole_amounts(cx, self.amounts, words);
        let around = [words, wide, beside(cx, object)];
        let (amount, rate) = details::amount(cx, self.amounts, &around);
        let basis = basis::of(cx, self.statements, draft.trigger, object.anchor);
        let since = when.since.or_else(|| self.said_on(draft, &basis));
        let status = CommitmentStatus::of(draft.status)?;
        let commitment = Commitment {
            id: CommitmentId::default(),
            kind,
            status,
            factuality: factuality(cx, draft, &basis),
            by,
            to,
            with,
            parties: Vec::new(),
            cue: cx.tokens(TokenRange::one(draft.trigger)),
            object: details::span(cx, words)?,
            amount,
            rate,
            condition: asides.condition.and_then(|c| details::span(cx, c)),
            due: when.due,
            since,
            part_of: asides.part_of.and_then(|p| details::span(cx, p)),
            basis,
            confidence: match d.token(draft.trigger).upos {
                Upos::Verb if draft.weak => 0.75,
                Upos::Verb => 0.85,
                _ => 0.65,
            },
            why: Why::rule(format!("commitments/{}", tree::lemma(cx, draft.trigger))),
        };
        let head = object.thing.or(object.act).unwrap_or(object.anchor);
        Some(Telling {
            nations: self.parties.nations(&commitment.by),
            commitment,
            words: content(cx, words),
            head: act_word(cx, head),
            act: object.act.map(|a| act_word(cx, a)).unwrap_or_default(),
            heading,
            definite: d.children_in(head, &["det"]).any(|c| {
                matches!(
                    d.form(c).to_lowercase().as_str(),
                    "the" | "this" | "that" | "these" | "those"
                )
            }),
        })
    }

    /// The status that a kind is asked for: what is withheld is aid or pay, and what is not approved is
    /// leave to give it.
    fn kind_status(&self, draft: &Draft) -> &'static str {
        let held = |f: &words::Frame| f.status == "withheld";
        let frames = words::verbs(tree::lemma(self.cx, draft.trigger));
        if frames.iter().any(held) {
            "suspended"
        } else {
            draft.status
        }
    }

    /// The kind of a promise of no known kind: policy when a state is bound, else another's.
    fn other(&self, draft: &Draft, by: &[EntityId]) -> Option<CommitmentKind> {
        let state = self.parties.any_state(by);
        (draft.any && !by.is_empty()).then_some(if state {
            CommitmentKind::Policy
        } else {
            CommitmentKind::Other
        })
    }

    /// Whether a step is a commitment: someone who can bind himself, or a thing that only
    /// commitments speak of.
    fn accept(
        &self,
        draft: &Draft,
        kind: CommitmentKind,
        by: &[EntityId],
        to: &[EntityId],
    ) -> bool {
        use CommitmentKind as K;
        if draft.needs_recipient && to.is_empty() || draft.negative && by.is_empty() {
            return false;
        }
        let able = draft.by.is_some_and(|t| self.parties.can_bind(t, by))
            || (draft.by_speaker && !by.is_empty());
        let firm = matches!(
            kind,
            K::Ceasefire | K::Agreement | K::Sanction | K::Guarantee | K::Deployment
        );
        let state = self.parties.any_state(by);
        match kind {
            K::Policy | K::Other | K::Payment => able && (state || draft.any),
            _ if draft.weak => able && (state || firm || !to.is_empty() || matches!(kind, K::Sale)),
            _ => able || firm || !to.is_empty(),
        }
    }

    /// When it was said, for what is only said.
    fn said_on(
        &self,
        draft: &Draft,
        basis: &[onrecord_model::Basis],
    ) -> Option<onrecord_model::TimeValue> {
        if !matches!(
            draft.status,
            "announced" | "proposed" | "offered" | "requested"
        ) {
            return None;
        }
        basis.iter().find_map(|b| match b {
            onrecord_model::Basis::Statement(id) => self
                .statements
                .iter()
                .find(|s| s.id == *id)
                .and_then(|s| s.time.clone()),
            onrecord_model::Basis::Reporter => None,
        })
    }
}

fn sorted(mut tokens: Vec<TokenId>) -> Vec<TokenId> {
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// The object's act with everything on it: an amount may hang beside the words.
fn beside(cx: &Context<'_>, object: &object::Object) -> TokenRange {
    let d = cx.document;
    match object.heads.first() {
        Some(h) if object.act.is_none() => d.subtree(*h),
        _ => object
            .act
            .map_or(d.subtree(object.anchor), |a| d.subtree(a)),
    }
}

/// How surely a step was taken: by its own words, by what is said of its truth, and by who blames
/// whom for it.
fn factuality(cx: &Context<'_>, draft: &Draft, basis: &[Basis]) -> Factuality {
    let judged = factuality::judged(cx, draft.trigger);
    // A status may hold the denial: "denied that it would sign" is ruled out.
    let counted = verbs::is_denied(cx, draft.trigger) && draft.status != "announced";
    let denied = judged.polarity == Polarity::Negative && !counted;
    let blame = blame::of(cx, draft.trigger);
    let alleged = blame.is_some_and(|b| b.alleged) && basis.contains(&Basis::Reporter);
    let own = if draft.possible || alleged {
        Certainty::Possible
    } else {
        Certainty::Certain
    };
    let cleared = blame.is_some_and(|b| b.cleared);
    Factuality {
        certainty: own.max(judged.certainty),
        polarity: if draft.negative || denied || cleared {
            Polarity::Negative
        } else {
            Polarity::Positive
        },
    }
}

/// Lemmas of the words that carry an object's meaning.
fn content(cx: &Context<'_>, tokens: TokenRange) -> Vec<String> {
    tokens
        .iter()
        .filter(|t| {
            matches!(
                cx.document.token(*t).upos,
                Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj
            )
        })
        .map(|t| act_word(cx, t))
        .filter(|w| !matches!(w.as_str(), "million" | "billion" | "send" | "give"))
        .collect()
}

/// A word's lemma, or the verb of the act it names: "sale" and "selling" are one.
fn act_word(cx: &Context<'_>, t: TokenId) -> String {
    let lemma = tree::lemma(cx, t).to_lowercase();
    words::act_of(&lemma).map_or(lemma, str::to_owned)
}
