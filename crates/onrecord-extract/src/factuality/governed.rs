//! What a governing word does to the act it governs: "refused to", "the threat of", "denied that".

use onrecord_lexicon::factuality::{Governs, governs, is_governor};
use onrecord_model::{Certainty, Phase, TokenId, Upos};

use super::{Reader, Reading, local};

/// Which effect is asked first when a word has several: on a clause, and on a noun.
const ON_CLAUSE: [Governs; 12] = [
    Governs::Failed,
    Governs::Withheld,
    Governs::Denied,
    Governs::Improbable,
    Governs::Open,
    Governs::Planned,
    Governs::Proposed,
    Governs::Tried,
    Governs::Ongoing,
    Governs::Same,
    Governs::Probable,
    Governs::Possible,
];
const ON_NOUN: [Governs; 9] = [
    Governs::Ongoing,
    Governs::Same,
    Governs::Failed,
    Governs::Denied,
    Governs::Withheld,
    Governs::Planned,
    Governs::Proposed,
    Governs::Tried,
    Governs::Possible,
];

/// Verbs that judge or handle an act without making it unsure ("discussed the attack").
const JUDGING: [&str; 14] = [
    "support", "back", "favour", "favor", "discuss", "advocate", "tell", "ask", "warn", "need",
    "press", "push", "look", "reject",
];

impl Reader<'_, '_> {
    /// Applies what `head` does to `node`, with everything that is said of `head` itself.
    pub(super) fn governed(
        &self,
        node: TokenId,
        head: TokenId,
        clause: bool,
        reading: &mut Reading,
        depth: u8,
    ) {
        let d = self.cx.document;
        let lemma = d.token(head).lemma.as_str();
        if clause && !is_governor(lemma) {
            if d.token(node).relation.is(&["ccomp"]) && self.asks(node) {
                reading.weaken(Certainty::Unknown);
            }
            self.told(node, head, reading, depth);
            return;
        }
        let kinds: &[Governs] = if clause { &ON_CLAUSE } else { &ON_NOUN };
        let kind = kinds.iter().copied().find(|k| governs(lemma, *k));
        let kind = kind.filter(|k| self.fits(node, head, *k, clause));
        let Some(kind) = kind else { return };
        if self.asks(node) {
            reading.weaken(Certainty::Unknown);
        }
        let governor = self.read(head, Some(node), depth);
        apply(kind, governor, d.token(head).upos == Upos::Noun, reading);
    }

    /// Whether the governor is used in the sense that has this effect.
    fn fits(&self, node: TokenId, head: TokenId, kind: Governs, clause: bool) -> bool {
        let d = self.cx.document;
        let lemma = d.token(head).lemma.as_str();
        match (lemma, kind) {
            ("rule", Governs::Withheld) => {
                d.children(head).iter().any(|c| d.token(*c).lemma == "out")
            }
            // A broken promise leaves undone what was promised; a broken law does not.
            ("break" | "breach" | "betray", Governs::Failed) => {
                let promised = if clause {
                    d.child(head, &["obj"])
                } else {
                    Some(node)
                };
                promised.is_some_and(|p| governs(&d.token(p).lemma, Governs::Planned))
            }
            ("go", Governs::Same) => clause && !local::is_participle(self.cx, head),
            (_, Governs::Proposed | Governs::Withheld) if !clause => !JUDGING.contains(&lemma),
            ("tell" | "warn" | "suggest" | "let", Governs::Proposed) => {
                !d.token(node).relation.is(&["ccomp"])
            }
            ("decide" | "agree" | "swear" | "order", Governs::Planned) => {
                local::is_infinitive(self.cx, node)
                    || !d.token(node).relation.is(&["ccomp"])
                    || self.is_open(node)
            }
            _ => true,
        }
    }

    /// A content with "will" or "would" in it is to come by itself.
    fn is_open(&self, node: TokenId) -> bool {
        local::of(self.cx, node, self.within, None).phase == Some(Phase::Planned)
    }

    /// Whether the clause is a question: "whether it had".
    fn asks(&self, node: TokenId) -> bool {
        let d = self.cx.document;
        d.children_in(node, &["mark"])
            .any(|c| matches!(d.token(c).lemma.as_str(), "whether" | "if"))
    }

    /// What is told stands as it is, unless the telling is denied or itself only wished for.
    fn told(&self, node: TokenId, head: TokenId, reading: &mut Reading, depth: u8) {
        let telling = self.read(head, Some(node), depth);
        if telling.is_negative() {
            reading.weaken(Certainty::Unknown);
        }
    }
}

fn apply(kind: Governs, governor: Reading, noun: bool, reading: &mut Reading) {
    let denied = governor.is_negative();
    match kind {
        Governs::Same => reading.join(governor),
        Governs::Ongoing => {
            reading.join(governor);
            reading.phase = reading.phase.or(Some(Phase::Ongoing));
        }
        Governs::Failed => {
            if !denied {
                reading.flip();
            }
            reading.weaken(governor.certainty());
            reading.phase = governor.phase.or(reading.phase);
        }
        Governs::Withheld if denied => {
            reading.weaken(Certainty::Possible);
            reading.phase = reading.phase.or(Some(Phase::Planned));
        }
        Governs::Withheld => {
            reading.flip();
            reading.weaken(governor.certainty());
        }
        Governs::Denied if denied => reading.weaken(Certainty::Possible),
        Governs::Denied => reading.flip(),
        Governs::Planned => {
            if denied {
                reading.flip();
            }
            reading.weaken(governor.certainty());
            reading.phase = Some(Phase::Planned);
        }
        Governs::Proposed => {
            if denied {
                reading.flip();
            }
            reading.weaken(Certainty::Possible);
            reading.phase = Some(Phase::Planned);
        }
        Governs::Tried => {
            if denied {
                reading.flip();
            } else {
                reading.weaken(Certainty::Possible);
            }
            reading.phase = governor.phase.or(reading.phase);
        }
        Governs::Probable if denied && noun => reading.weaken(Certainty::Unknown),
        Governs::Probable => {
            if denied {
                reading.flip();
            }
            reading.weaken(Certainty::Probable);
        }
        Governs::Possible => reading.weaken(Certainty::Possible),
        Governs::Improbable if denied => {}
        Governs::Improbable => {
            reading.flip();
            reading.weaken(Certainty::Probable);
        }
        Governs::Open => reading.weaken(Certainty::Unknown),
    }
}
