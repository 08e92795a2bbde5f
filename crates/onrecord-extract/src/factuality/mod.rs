//! Factuality: certainty, polarity and phase of a predicate, as the text presents it.
//!
//! "Chad may have shelled the town" is possible; "failed to shell" is not so; "plans to shell" is
//! to come. The reading starts at the predicate's own clause ([`local`]) and climbs: each word
//! that governs it ("refused to", "the threat of", "denied that") changes it once ([`governed`]).
//!
//! Left out: knowledge of the world, and what other sentences say of the same act.

mod governed;
mod judged;
mod local;
#[cfg(test)]
mod tests;

use onrecord_lexicon::factuality::{self as lexicon, Opens};
use onrecord_model::{Certainty, Factuality, Phase, Polarity, TokenId, TokenRange, Upos};

use crate::{Context, blame::Blame};
pub(crate) use judged::judged;
pub(crate) use local::is_only;

/// What the text says of a predicate: how sure, so or not so, and whether to come or under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Certainty and polarity.
    pub factuality: Factuality,
    /// Planned or ongoing; `None` when done.
    pub phase: Option<Phase>,
}

impl Reading {
    const FACT: Self = Self {
        factuality: Factuality::FACT,
        phase: None,
    };

    fn is_negative(self) -> bool {
        self.factuality.polarity == Polarity::Negative
    }

    fn certainty(self) -> Certainty {
        self.factuality.certainty
    }

    /// Turns so into not so.
    fn flip(&mut self) {
        self.factuality.polarity = if self.is_negative() {
            Polarity::Positive
        } else {
            Polarity::Negative
        };
    }

    /// No surer than `most`.
    fn weaken(&mut self, most: Certainty) {
        self.factuality.certainty = self.factuality.certainty.max(most);
    }

    /// What one is cleared of was not done; what one is accused of in nobody's words is possible.
    pub(crate) fn blame(&mut self, blame: Blame, unsaid: bool) {
        if blame.cleared {
            self.factuality.polarity = Polarity::Negative;
        }
        if blame.alleged && unsaid {
            self.weaken(Certainty::Possible);
        }
    }

    /// As sure, as denied and as far as what governs it.
    fn join(&mut self, governor: Self) {
        if governor.is_negative() {
            self.flip();
        }
        self.weaken(governor.certainty());
        self.phase = self.phase.or(governor.phase);
    }
}

/// Governors above governors deeper than this are not asked.
const DEPTH: u8 = 10;

/// Reads a predicate (a verb, or a noun that names an act) in its own clause and the clauses
/// that embed it, up to the sentence's root or the edge of `within` (a statement's content: a
/// cue outside it is not part of the reading). For an event, `within` being none, what the rules
/// take for done and the model does not is weakened to possible.
pub fn of(cx: &Context<'_>, predicate: TokenId, within: Option<TokenRange>) -> Reading {
    let mut reading = Reader { cx, within }.read(predicate, None, DEPTH);
    if is_question(cx, predicate) {
        reading.weaken(Certainty::Unknown);
    }
    if within.is_none() {
        let judged = judged(cx, predicate);
        if judged.polarity == Polarity::Negative {
            reading.factuality = judged;
        } else if judged.certainty == Certainty::Unknown && !reading.is_negative() {
            reading.weaken(Certainty::Unknown);
        }
        doubt(cx, predicate, &mut reading);
    }
    reading
}

/// Below this the model takes an event for one that did not happen, on the scale of UDS
/// It-Happened in hundredths: a third of the way from open to certainly not.
const DID_NOT: i16 = -100;

/// What the rules take for done and the model for not is unsure.
fn doubt(cx: &Context<'_>, predicate: TokenId, reading: &mut Reading) {
    let done = !reading.is_negative() && reading.phase.is_none();
    if done && cx.document.token(predicate).happened < DID_NOT {
        reading.weaken(Certainty::Possible);
    }
}

/// Whether the predicate's sentence asks.
fn is_question(cx: &Context<'_>, predicate: TokenId) -> bool {
    let sentence = cx.document.sentence_of(predicate).tokens;
    // "Will they go?" she asked: the mark may stand before the cue.
    let ends = |t: &TokenId| *t > predicate && cx.document.form(*t).starts_with(['?', '!', ';']);
    let last = sentence.iter().find(ends);
    let asks = last.is_some_and(|t| cx.document.form(t).starts_with('?'));
    asks && !cx
        .document
        .ancestors(predicate)
        .any(|t| cx.document.token(t).relation.is(&["acl:relcl", "advcl"]))
}

/// Climbs from a predicate.
struct Reader<'c, 'a> {
    cx: &'c Context<'a>,
    within: Option<TokenRange>,
}

impl Reader<'_, '_> {
    /// The reading of a node with everything above it; `from` is the dependent that asks.
    fn read(&self, node: TokenId, from: Option<TokenId>, depth: u8) -> Reading {
        let mut reading = local::of(self.cx, node, self.within, from);
        let Some((below, head)) = self.above(node, &mut reading, depth) else {
            return reading;
        };
        if depth > 0 && self.within.is_none_or(|w| w.has(head)) {
            self.climb(below, head, &mut reading, depth - 1);
        }
        reading
    }

    /// The node whose relation counts, and its head: for a conjunct, those of the first conjunct,
    /// whose auxiliaries and negation it shares when it has none of its own.
    fn above(&self, node: TokenId, reading: &mut Reading, depth: u8) -> Option<(TokenId, TokenId)> {
        let d = self.cx.document;
        let mut below = node;
        let mut left = depth;
        while d.token(below).relation.is(&["conj"]) && left > 0 {
            let first = d.token(below).head?;
            if self.within.is_some_and(|w| !w.has(first)) {
                return None;
            }
            let alike = d.token(below).xpos == d.token(first).xpos
                && d.token(below).upos != Upos::Noun
                && d.child(below, &["nsubj", "aux"]).is_none();
            if alike {
                let mut shared = local::of(self.cx, first, self.within, None);
                if d.children_in(below, &["cc"])
                    .any(|c| matches!(d.token(c).lemma.as_str(), "nor" | "but"))
                {
                    shared.factuality.polarity = Polarity::Positive;
                }
                reading.join(shared);
            }
            below = first;
            left -= 1;
        }
        Some((below, d.token(below).head?))
    }

    fn climb(&self, node: TokenId, head: TokenId, reading: &mut Reading, depth: u8) {
        let d = self.cx.document;
        let relation = &d.token(node).relation;
        match relation.as_str() {
            "acl:relcl" if self.is_content(node, head) => {
                self.governed(node, head, true, reading, depth);
            }
            "acl:relcl" | "parataxis" | "root" | "punct" => {}
            "xcomp" | "ccomp" => {
                self.governed(node, head, true, reading, depth);
            }
            "acl" => self.adnominal(node, head, reading, depth),
            "obj" | "nsubj:pass" => self.governed(node, head, false, reading, depth),
            "nsubj" | "nsubj:outer" | "csubj" | "csubj:pass" | "csubj:outer" => {
                self.subject(node, head, reading, depth);
            }
            _ => match relation.base() {
                "advcl" => self.adverbial(node, head, reading, depth),
                "nmod" | "obl" | "compound" | "appos" => {
                    self.nominal(node, head, reading, depth);
                }
                _ => {}
            },
        }
    }

    /// "evidence that the town had fallen", read as a relative clause: it has a subject of its own.
    fn is_content(&self, node: TokenId, head: TokenId) -> bool {
        let d = self.cx.document;
        let that = d
            .children(node)
            .iter()
            .any(|c| d.token(*c).lemma == "that" && c.0 == head.0 + 1);
        let own = d
            .children_in(node, &["nsubj"])
            .any(|c| d.token(c).lemma != "that");
        that && own && lexicon::is_governor(&d.token(head).lemma)
    }

    /// A clause that hangs on a noun: "a plan to", "the claim that", "troops fighting".
    fn adnominal(&self, node: TokenId, head: TokenId, reading: &mut Reading, depth: u8) {
        if lexicon::is_governor(&self.cx.document.token(head).lemma) {
            self.governed(node, head, true, reading, depth);
        } else if local::is_infinitive(self.cx, node) {
            let d = self.cx.document;
            let used = d.token(head).head.filter(|v| d.token(*v).lemma == "use");
            let used = used.filter(|_| d.token(head).relation.is(&["obj"]));
            if let Some(v) = used {
                reading.join(self.read(v, Some(head), depth));
            } else {
                reading.weaken(Certainty::Possible);
                reading.phase = reading.phase.or(Some(Phase::Planned));
            }
        }
    }

    /// A clause that hangs on a verb: condition, purpose, manner, time.
    fn adverbial(&self, node: TokenId, head: TokenId, reading: &mut Reading, depth: u8) {
        let d = self.cx.document;
        let openers = d
            .children_in(node, &["mark", "case", "advmod", "fixed", "cc"])
            .filter(|c| c.0 < node.0);
        let opens = openers
            .map(|c| d.token(c).lemma.as_str())
            .find_map(|l| lexicon::opens(l).map(|o| (o, l.to_owned())));
        match opens {
            Some((Opens::Condition, _)) => reading.weaken(Certainty::Possible),
            Some((Opens::Open, _)) => reading.weaken(Certainty::Unknown),
            Some((Opens::Without, _)) => reading.flip(),
            Some((Opens::Given, _)) => {}
            Some((Opens::Until, _)) => {
                reading.phase = self.read(head, Some(node), depth).phase;
            }
            None if local::is_infinitive(self.cx, node) => self.purpose(node, head, reading, depth),
            None if self.has_preposition(node) => {
                let lemma = &d.token(head).lemma;
                if lemma == "by" || self.opened_by(node, "by") {
                    reading.join(self.read(head, Some(node), depth));
                } else if lexicon::is_governor(lemma) {
                    self.governed(node, head, true, reading, depth);
                }
            }
            None if local::is_participle(self.cx, node) => {
                reading.join(self.read(head, Some(node), depth));
            }
            None => {}
        }
    }

    /// "used rockets to hit" did hit; "came to talk" is to come.
    fn purpose(&self, node: TokenId, head: TokenId, reading: &mut Reading, depth: u8) {
        let governor = self.cx.document.token(head).lemma.as_str();
        if governor == "use" {
            reading.join(self.read(head, Some(node), depth));
        } else if lexicon::governs(governor, lexicon::Governs::Planned) {
            self.governed(node, head, true, reading, depth);
        } else {
            reading.weaken(Certainty::Possible);
            reading.phase = reading.phase.or(Some(Phase::Planned));
        }
    }

    fn has_preposition(&self, node: TokenId) -> bool {
        let d = self.cx.document;
        d.children_in(node, &["mark", "case"])
            .any(|c| c.0 < node.0 && d.token(c).lemma != "to")
    }

    fn opened_by(&self, node: TokenId, lemma: &str) -> bool {
        let d = self.cx.document;
        d.children_in(node, &["mark", "case"])
            .any(|c| c.0 < node.0 && d.token(c).lemma == lemma)
    }

    /// An act as the subject: "talks are under way", "an attack would ruin it".
    fn subject(&self, node: TokenId, head: TokenId, reading: &mut Reading, depth: u8) {
        let d = self.cx.document;
        let governor = d.token(head);
        let takes_place = matches!(
            governor.lemma.as_str(),
            "happen"
                | "occur"
                | "take"
                | "begin"
                | "start"
                | "continue"
                | "resume"
                | "follow"
                | "last"
                | "proceed"
                | "ongoing"
                | "underway"
                | "intensify"
                | "escalate"
        );
        if takes_place || governor.upos == Upos::Adj && lexicon::is_governor(&governor.lemma) {
            self.governed(node, head, false, reading, depth);
            return;
        }
        let definite = d.children(node).iter().any(|c| {
            matches!(
                d.token(*c).lemma.as_str(),
                "the" | "this" | "that" | "these" | "those"
            ) || d.token(*c).relation.as_str() == "nmod:poss"
        });
        let unreal = local::of(self.cx, head, self.within, Some(node));
        if !definite && unreal.phase == Some(Phase::Planned) {
            reading.weaken(Certainty::Possible);
        }
    }

    /// An act under a noun or in a phrase: "the threat of attacks", "ended in clashes".
    fn nominal(&self, node: TokenId, head: TokenId, reading: &mut Reading, depth: u8) {
        let d = self.cx.document;
        let noun = d.token(head).upos == Upos::Noun;
        let leads = d
            .children_in(node, &["case"])
            .any(|c| matches!(d.token(c).lemma.as_str(), "in" | "into" | "from" | "with"));
        if !lexicon::is_governor(&d.token(head).lemma) {
            return;
        }
        let gerund = local::is_verbal(self.cx, node);
        if noun || gerund || leads && !d.token(node).relation.is(&["compound"]) {
            self.governed(node, head, noun || gerund, reading, depth);
        }
    }
}
