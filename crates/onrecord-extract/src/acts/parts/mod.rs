//! Instalments, parts and raised sums: each a commitment of its own.
//!
//! ```text
//! 150 million will be paid by March 31 and 250 million by October 1   two, each with its sum and due
//! has paid 100 of the 250 million it promised                         100 delivered, part of the 250
//! raised its grant from 350 to 400 million                            350 superseded, 400 announced
//! the remaining 250 million is due by October 1                       of the one who promised the whole
//! each promised 5 million                                             one for each
//! ```
//!
//! What a sentence tells of sums is read here from the order of its words, for trees often hang an
//! amount on the wrong verb: [`share`] tells a part from its whole, [`items`] one instalment from the
//! next, [`raised`] the new sum from the old, [`each`] whose sum is whose, and [`whole`] what the
//! parts are parts of.
//!
//! Left out: parts without a sum or a word for a part, and wholes told in another report.

mod each;
mod items;
mod kinds;
mod late;
mod raised;
mod share;
mod tail;
mod when;
mod whole;

use onrecord_model::{
    Amount, Commitment, CommitmentStatus, Sentence, Span, TextRange, TimeMention, TokenId,
    TokenRange,
};

use super::{join, parties::Parties};
use crate::Context;
use crate::commitments::merge::Telling;

/// What sums are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) parties: Parties<'a>,
    pub(super) times: &'a [TimeMention],
    pub(super) amounts: &'a [Amount],
}

/// Tellings of one report past which none is looked at: no report promises so much.
const MOST: usize = 200;

/// Sets right the sums of what is told, and adds the parts that are told beside it.
pub(super) fn complete(room: Parts<'_>, all: &mut Vec<Telling>) {
    if all.len() > MOST {
        return;
    }
    for t in all.iter_mut() {
        drop_empty_whole(&mut t.commitment);
        when::complete(room, &mut t.commitment);
        kinds::settle(room, &mut t.commitment);
    }
    share::settle(room, all);
    raised::tell(room, all);
    items::split(room, all);
    each::split(room, all);
    late::tell(room, all);
    whole::belong(room, all);
    whole::take_sums(room, all);
    drop_conditions(all);
}

/// Words that hold what is promised and its cue are no larger thing that it is part of.
fn drop_empty_whole(c: &mut Commitment) {
    let (object, cue) = (c.object.range(), c.cue.as_ref().map(Span::range));
    let whole = c.part_of.as_ref().map(Span::range);
    if whole.is_some_and(|w| w.contains(object) && cue.is_none_or(|cue| w.contains(cue))) {
        c.part_of = None;
    }
}

/// What is only a condition of something else is no step: "once Peru has signed the treaty".
fn drop_conditions(all: &mut Vec<Telling>) {
    let conditions: Vec<TextRange> = all
        .iter()
        .filter_map(|t| t.commitment.condition.as_ref())
        .map(Span::range)
        .collect();
    all.retain(|t| {
        let cue = t.commitment.cue.as_ref().map(Span::range);
        let own = t.commitment.condition.as_ref().map(Span::range);
        let within = |c: &TextRange| own != Some(*c) && cue.is_some_and(|cue| c.contains(cue));
        !conditions.iter().any(within)
    });
}

impl<'a> Parts<'a> {
    /// The sentence that tells a commitment.
    fn sentence(&self, c: &Commitment) -> &'a Sentence {
        let d = self.cx.document;
        d.sentence_of(d.head_of(self.tokens(c.cue.as_ref().unwrap_or(&c.object))))
    }

    fn tokens(&self, span: &Span) -> TokenRange {
        self.cx.document.tokens_in(span.range())
    }

    /// The amounts of a stretch, in text order.
    fn amounts_in(&self, range: TextRange) -> impl Iterator<Item = &'a Amount> + use<'a> {
        let from = self
            .amounts
            .partition_point(|a| a.span.range().start < range.start);
        self.amounts[from..]
            .iter()
            .take_while(move |a| a.span.range().end <= range.end)
    }

    /// The times of a stretch that have a value, in text order.
    fn times_in(&self, range: TextRange) -> impl Iterator<Item = &'a TimeMention> + use<'a> {
        let from = self
            .times
            .partition_point(|t| t.span.range().start < range.start);
        self.times[from..]
            .iter()
            .take_while(move |t| t.span.range().end <= range.end)
            .filter(|t| !t.value.is_empty())
    }

    /// The word that a commitment's cue hangs on; none where the cue is no word of the prose.
    fn verb(&self, c: &Commitment) -> Option<TokenId> {
        let cue = self.tokens(c.cue.as_ref()?);
        (!cue.is_empty()).then(|| self.cx.document.head_of(cue))
    }

    /// The word so many places before another, as [`Self::form`] has it; empty before the first.
    fn before(&self, t: TokenId, by: u32) -> String {
        let at = t.0.checked_sub(by).map(TokenId);
        at.map(|t| self.form(t)).unwrap_or_default()
    }

    /// A word in small letters; empty past the end of the text.
    fn form(&self, t: TokenId) -> String {
        let d = self.cx.document;
        let token = d.tokens().get(t.index());
        token
            .map(|t| d.text().slice(t.range).to_lowercase())
            .unwrap_or_default()
    }

    /// One more telling with the parties, the cue and the basis of another.
    fn like(&self, other: &Telling, change: impl FnOnce(&mut Commitment)) -> Telling {
        let mut commitment = other.commitment.clone();
        change(&mut commitment);
        self.telling(commitment, other.heading)
    }

    fn telling(&self, commitment: Commitment, heading: bool) -> Telling {
        let object = self.tokens(&commitment.object);
        join::telling(&self.parties, commitment, object, heading)
    }

    /// Sets what is promised, and what merging looks at with it.
    fn set_object(&self, t: &mut Telling, object: Span) {
        t.words = super::merge::content(self.cx, self.tokens(&object));
        t.commitment.object = object;
    }
}

/// Whether an amount is of money or a count, or a share of money that was worked out.
fn is_sum(a: &Amount) -> bool {
    !is_rate(a) || !a.restated.is_empty()
}

/// A percentage.
fn is_rate(a: &Amount) -> bool {
    matches!(a.unit.as_deref(), Some("percent" | "%"))
}

/// Whether two amounts are of one currency or count the same.
fn is_like(a: &Amount, b: &Amount) -> bool {
    let unit = |a: &Amount| {
        a.unit
            .as_deref()
            .and_then(|u| u.split(' ').next_back())
            .map(str::to_lowercase)
    };
    match (&a.currency, &b.currency) {
        (Some(a), Some(b)) => a == b,
        (None, None) => unit(a) == unit(b) && unit(a).is_some(),
        _ => false,
    }
}

/// Whether a status says that something was done or undone, which may be told of a part.
const fn is_doing(status: CommitmentStatus) -> bool {
    use CommitmentStatus as S;
    matches!(
        status,
        S::Allocated
            | S::UnderWay
            | S::Delivered
            | S::Delayed
            | S::Reduced
            | S::Withheld
            | S::Suspended
            | S::Withdrawn
    )
}

/// Whether a status is of what is still to come.
const fn is_ahead(status: CommitmentStatus) -> bool {
    use CommitmentStatus as S;
    matches!(
        status,
        S::Announced
            | S::Agreed
            | S::AgreedInPrinciple
            | S::Offered
            | S::Proposed
            | S::Signed
            | S::Authorized
            | S::Allocated
    )
}
