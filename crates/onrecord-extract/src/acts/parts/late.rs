//! A delay that is told as an expectation: "does not expect the first instalment before the middle of
//! April".

use onrecord_lexicon::commitments::{self as words, List};
use onrecord_model::{
    Basis, CommitmentStatus, Factuality, TimeValue, TokenId, TokenRange, Upos, Why,
};

use super::{Parts, whole};
use crate::commitments::{merge::Telling, tree};

/// Adds what somebody says will not come before a day.
pub(super) fn tell(room: Parts<'_>, all: &mut Vec<Telling>) {
    let d = room.cx.document;
    for sentence in d.sentences() {
        let expects =
            |t: &TokenId| d.token(*t).upos == Upos::Verb && tree::lemma(room.cx, *t) == "expect";
        for verb in sentence.tokens.iter().filter(expects) {
            let found = late(room, all, verb, sentence.tokens);
            all.extend(found);
        }
    }
}

fn late(room: Parts<'_>, all: &[Telling], verb: TokenId, sentence: TokenRange) -> Option<Telling> {
    let d = room.cx.document;
    if !tree::is_negated(room.cx, verb) {
        return None;
    }
    let passive = tree::is_passive(room.cx, verb);
    let thing = d.child(verb, if passive { &["nsubj"] } else { &["obj"] })?;
    let lemma = d.token(thing).lemma.to_lowercase();
    let paid = words::on(List::Instalment, &lemma)
        || matches!(words::noun_kind(&lemma), Some("aid" | "payment"));
    let told = all.iter().any(|t| {
        t.commitment
            .cue
            .as_ref()
            .is_some_and(|c| c.range().overlaps(d.token(verb).range))
    });
    if !paid || told {
        return None;
    }
    let due = not_before(room, verb, sentence)?;
    let at = d.token(verb).range.start;
    let whole = &all[whole::nearest(all, at)?];
    let start = d
        .children_in(thing, &["det", "amod", "nmod:poss", "nummod", "compound"])
        .filter(|t| *t < thing)
        .min()
        .unwrap_or(thing);
    let object = room.cx.tokens(TokenRange::new(start.0, thing.0 + 1))?;
    let helps = d
        .children_in(verb, &["aux", "advmod"])
        .filter(|t| *t < verb)
        .min()
        .unwrap_or(verb);
    let cue = room.cx.tokens(TokenRange::new(helps.0, verb.0 + 1));
    let said = room.parties.statements().iter().filter(|s| {
        let own = s.cue.span.range().overlaps(d.token(verb).range);
        own || s.content.iter().any(|c| c.range().contains(object.range()))
    });
    let said = said.min_by_key(|s| s.content.iter().map(|c| c.range().len()).sum::<usize>());
    let basis = said.map_or(Basis::Reporter, |s| Basis::Statement(s.id));
    let made = room.like(whole, |c| {
        c.status = CommitmentStatus::Delayed;
        c.factuality = Factuality::FACT;
        c.part_of = Some(c.object.clone());
        (c.object, c.cue, c.due) = (object, cue, Some(due));
        (c.amount, c.rate, c.condition, c.since) = (None, None, None, None);
        c.basis = vec![basis];
        c.why = Why::rule("acts/parts/late");
    });
    Some(made)
}

/// The time behind "before" or "until".
fn not_before(room: Parts<'_>, verb: TokenId, sentence: TokenRange) -> Option<TimeValue> {
    let d = room.cx.document;
    let range = d.range(TokenRange::new(verb.0, sentence.end.0));
    let found = room.times_in(range).find(|t| {
        let first = d.tokens_in(t.span.range()).start;
        (0..=2).any(|by| matches!(room.before(first, by).as_str(), "before" | "until"))
    })?;
    Some(TimeValue {
        value: found.value.clone(),
    })
}
