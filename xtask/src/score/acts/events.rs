//! Scores events.

use onrecord_model::{EventType, PartyRole, Phase};

use super::gold::{self, Passage};
use super::matching::pairs;
use super::party::{Cast, Matched, is_asserted};
use super::read::{self, Record};
use super::tally::{ASSERTED_WRONGLY, Count, Level, Part, Tally};
use super::words::{is_short, overlap};

const PART: Part = Part::Events;

/// Counts the events of one passage.
pub(super) fn score(passage: &Passage, record: &Record, cast: &Cast<'_>, tally: &mut Tally) {
    let gold: Vec<&gold::Event> = passage.events.iter().collect();
    let read = record.events.iter();
    let read: Vec<&read::Event> = read.filter(|e| e.kind != EventType::Other).collect();
    let found = pairs(&gold, &read, |g, r| alike(g, r, cast));
    let (mut step, mut entry) = (0, 0);
    for (g, r) in &found {
        step += usize::from(is_type(g, r));
        entry += usize::from(of_entry(g, r, cast, tally));
    }
    let levels = [
        (Level::Found, found.len()),
        (Level::Step, step),
        (Level::Entry, entry),
    ];
    for (level, right) in levels {
        let (read, gold) = (read.len(), gold.len());
        tally.count(PART, level, Count { right, read, gold });
    }
    for r in &read {
        let right =
            |(g, own): &(&&gold::Event, &&read::Event)| std::ptr::eq(**own, *r) && is_type(g, r);
        tally.judge(PART, r.confidence, found.iter().any(right));
    }
    if gold.is_empty() {
        tally.quiet(PART, read.len());
    }
}

/// Two events may be one when they share the words that name the act; of several the one of the same
/// type, and then with the same actors, is meant.
fn alike(g: &gold::Event, r: &read::Event, cast: &Cast<'_>) -> f64 {
    if !is_short(&r.trigger) || !overlap(&g.trigger, &r.trigger) {
        return 0.0;
    }
    let types = if is_type(g, r) { 2.0 } else { 1.0 };
    types + 0.1 * actors(g, r, cast).right as f64
}

fn actors(g: &gold::Event, r: &read::Event, cast: &Cast<'_>) -> Matched {
    cast.compare(&g.actors, &r.parties, &[PartyRole::Actor], &[&r.actors])
}

/// The same type. A promised act may also be read as the promise.
fn is_type(g: &gold::Event, r: &read::Event) -> bool {
    let promise = g.details.phase == Some(Phase::Planned) && r.kind == EventType::Agree;
    g.kind == r.kind || (promise && is_undone(r.phase))
}

fn is_undone(phase: Option<Phase>) -> bool {
    matches!(
        phase,
        Some(Phase::Planned | Phase::Hypothetical | Phase::Prevented)
    )
}

/// Whether type, parties, polarity, certainty, phase and basis are all right.
fn of_entry(g: &gold::Event, r: &read::Event, cast: &Cast<'_>, tally: &mut Tally) -> bool {
    let (want, got) = (g.details.factuality(), r.factuality.factuality());
    let basis = g.details.basis.as_deref();
    // What is to come is unsure by its phase.
    let unsure = matches!(g.details.phase, Some(Phase::Planned | Phase::Hypothetical));
    let role = [PartyRole::Recipient];
    let recipients = cast.compare(&g.recipients, &r.parties, &role, &[&r.recipients]);
    let fields = [
        ("type", is_type(g, r)),
        ("actors", actors(g, r, cast).whole),
        ("recipients", recipients.whole),
        ("polarity", want.polarity == got.polarity),
        ("certainty", unsure || want.certainty == got.certainty),
        ("phase", is_undone(g.details.phase) == is_undone(r.phase)),
        ("basis", cast.stands_on(basis, &r.basis)),
    ];
    for (name, right) in fields {
        tally.field(PART, name, right);
    }
    if basis.is_some() {
        tally.field(PART, ASSERTED_WRONGLY, is_asserted(&r.basis));
    }
    fields.iter().all(|(_, right)| *right)
}
