//! Scores commitments.

use onrecord_model::{CommitmentKind, CommitmentStatus, PartyRole, Qualifier};

use super::gold::{self, Passage};
use super::matching::pairs;
use super::party::{Cast, is_asserted};
use super::read::{self, Record};
use super::tally::{ASSERTED_WRONGLY, Count, Level, Part, Tally};
use super::words::{is_short, likeness, overlap};

const PART: Part = Part::Commitments;

/// Objects that share fewer words are not the same thing.
const SAME_OBJECT: f64 = 0.4;
/// What a full entry asks of its object and condition.
const SAME_WORDS: f64 = 0.5;

/// Counts the commitments of one passage.
pub(super) fn score(passage: &Passage, record: &Record, cast: &Cast<'_>, tally: &mut Tally) {
    let (gold, read) = (&passage.commitments, &record.commitments);
    let found = pairs(gold, read, alike);
    let (mut step, mut entry, mut full) = (0, 0, 0);
    for (g, r) in &found {
        let whole = of_entry(g, r, cast, tally);
        let rest = of_rest(g, r, tally);
        step += usize::from(g.status == r.status);
        entry += usize::from(whole);
        full += usize::from(whole && rest);
    }
    let levels = [
        (Level::Found, found.len()),
        (Level::Step, step),
        (Level::Entry, entry),
        (Level::Full, full),
    ];
    for (level, right) in levels {
        let (read, gold) = (read.len(), gold.len());
        tally.count(PART, level, Count { right, read, gold });
    }
    for r in read {
        let right = |(g, own): &(&gold::Commitment, &read::Commitment)| {
            std::ptr::eq(*own, r) && g.status == r.status
        };
        tally.judge(PART, r.confidence, found.iter().any(right));
    }
    if gold.is_empty() {
        tally.quiet(PART, read.len());
    }
}

/// Two commitments may be one when they share a short cue or most of the object; of several the one
/// with the same status and kind is meant.
fn alike(g: &gold::Commitment, r: &read::Commitment) -> f64 {
    let object = likeness(&g.object, &r.object);
    let cue = (r.cue.as_ref()).is_some_and(|c| is_short(c) && overlap(&g.cue, c));
    if !cue && object < SAME_OBJECT {
        return 0.0;
    }
    let one = |yes: bool| f64::from(u8::from(yes));
    object + one(cue) + 0.5 * one(g.status == r.status) + 0.25 * one(g.kind == r.kind)
}

/// Whether status, kind, parties, polarity, certainty and basis are all right.
fn of_entry(
    g: &gold::Commitment,
    r: &read::Commitment,
    cast: &Cast<'_>,
    tally: &mut Tally,
) -> bool {
    let (want, got) = (g.details.factuality(), r.factuality.factuality());
    let basis = g.details.basis.as_deref();
    // "Would not rule out" is unsure by its status.
    let unsure = g.status == CommitmentStatus::NotRuledOut;
    let to = cast.compare(&g.to, &r.parties, &[PartyRole::To], &[&r.to]);
    let fields = [
        ("status", g.status == r.status),
        ("kind", g.kind == r.kind),
        ("by", is_by(g, r, cast)),
        ("to", to.whole),
        ("polarity", want.polarity == got.polarity),
        ("certainty", unsure || want.certainty == got.certainty),
        ("basis", cast.stands_on(basis, &r.basis)),
    ];
    for (name, right) in fields {
        tally.field(PART, name, right);
    }
    if basis.is_some() {
        tally.field(PART, ASSERTED_WRONGLY, is_asserted(&r.basis));
    }
    if !g.to.is_empty() {
        tally.field(PART, "to where told", to.whole);
    }
    fields.iter().all(|(_, right)| *right)
}

/// All parties of an agreement are bound in the guide; a record may have the others as its `with`.
fn is_by(g: &gold::Commitment, r: &read::Commitment, cast: &Cast<'_>) -> bool {
    let (by, with) = (r.by.as_slice(), r.with.as_slice());
    let compared = if g.kind == CommitmentKind::Agreement {
        let roles = [PartyRole::By, PartyRole::With];
        cast.compare(&g.by, &r.parties, &roles, &[by, with])
    } else {
        cast.compare(&g.by, &r.parties, &[PartyRole::By], &[by])
    };
    compared.whole
}

/// Whether object, amount, days and condition are right; each counts where either side has one.
fn of_rest(g: &gold::Commitment, r: &read::Commitment, tally: &mut Tally) -> bool {
    let details = &g.details;
    let mut right = likeness(&g.object, &r.object) >= SAME_WORDS;
    right &= of_amount(details, r.amount.as_ref(), tally);
    if let Some(due) = is_day(details.due.as_deref(), r.due.as_ref()) {
        right &= tally.field(PART, "due", due);
    }
    // Counted, and not asked of a full entry: texts seldom say since when.
    if let Some(since) = is_day(details.since.as_deref(), r.since.as_ref()) {
        tally.field(PART, "since", since);
    }
    let condition = match (&details.condition, &r.condition) {
        (None, None) => return right,
        (Some(g), Some(r)) => likeness(g, r) >= SAME_WORDS,
        _ => false,
    };
    right & tally.field(PART, "condition", condition)
}

fn of_amount(gold: &gold::Details, read: Option<&read::Amount>, tally: &mut Tally) -> bool {
    let same = match (&gold.amount, read) {
        (None, None) => return true,
        (Some(g), Some(r)) => is_sum(g, r),
        _ => false,
    };
    if !tally.field(PART, "amount", same) {
        return false;
    }
    let bound = |q: Option<Qualifier>| q.unwrap_or(Qualifier::Exactly);
    let read = read.and_then(|r| r.qualifier);
    tally.field(PART, "qualifier", bound(gold.qualifier) == bound(read))
}

/// "2.50" is "2.5".
fn is_sum(g: &gold::Amount, r: &read::Amount) -> bool {
    let number = |value: &str| value.trim().parse::<f64>().ok();
    let same = number(&g.value)
        .zip(number(&r.value))
        .is_some_and(|(a, b)| a.total_cmp(&b).is_eq());
    same && g.currency == r.currency
}

/// Whether a day is gold's, or one within it; none where neither has one. Words in quotes could
/// not be told as a value: any value will do.
fn is_day(gold: Option<&str>, read: Option<&read::Time>) -> Option<bool> {
    let read = read.map_or("", |t| t.value.as_str());
    let want = match gold {
        None if read.is_empty() => return None,
        gold => gold.unwrap_or_default(),
    };
    let told = !read.is_empty() && !want.is_empty();
    Some(told && (read.starts_with(want) || want.starts_with('"')))
}
