//! One happening told twice is one event: the headline and the lead, a verb and its noun.

use onrecord_model::{Event, EventType, SegmentLabel};

use super::predicates::Draft;
use crate::Context;

/// Drops what an event nearby already tells, and gives numbers in text order.
pub(super) fn merge(cx: &Context<'_>, found: &[(Draft, Event)]) -> Vec<Event> {
    let mut kept: Vec<(Draft, Event)> = Vec::new();
    for (draft, event) in found {
        let retold = match cx.document.sentence_of(draft.head).segment {
            SegmentLabel::Headline | SegmentLabel::Teaser | SegmentLabel::Crosshead => found
                .iter()
                .filter(|(d, _)| cx.document.sentence_of(d.head).segment == SegmentLabel::Body)
                .any(|(d, e)| is_same(cx, (draft, event), (d, e), true)),
            _ => {
                kept.iter().any(|(d, e)| {
                    is_same(cx, (d, e), (draft, event), false)
                        || is_joined(cx, (d, e), (draft, event))
                }) || found
                    .iter()
                    .any(|(d, e)| is_noun_of(cx, (draft, event), (d, e)))
            }
        };
        if !retold {
            kept.push((draft.clone(), event.clone()));
        }
    }
    kept.into_iter().map(|(_, event)| event).collect()
}

/// Whether two tellings are of one happening: type, parties and factuality agree, and so does
/// the word, or the parties are fully known. A headline may know less than the lead.
fn is_same(
    cx: &Context<'_>,
    first: (&Draft, &Event),
    second: (&Draft, &Event),
    headline: bool,
) -> bool {
    let (a, b) = (first.1, second.1);
    let word = |d: &Draft| cx.document.token(d.head).lemma.clone();
    let same_word = word(first.0) == word(second.0);
    let times = a.time.is_none() || b.time.is_none() || a.time == b.time;
    let firm = a.factuality == b.factuality;
    if a.kind != b.kind || !times || !firm {
        return false;
    }
    if headline {
        let meet = a.actors.iter().any(|x| b.actors.contains(x));
        let known = a.recipients.is_empty()
            || b.recipients.is_empty()
            || a.recipients.iter().any(|x| b.recipients.contains(x));
        return meet && known || same_word && a.actors.is_empty();
    }
    same_word
        && !b.actors.is_empty()
        && a.actors == b.actors
        && a.recipients == b.recipients
        && a.phase == b.phase
}

/// "killed 20 and wounded 40": two verbs of one violence, honour or meeting, with the same
/// parties, in one sentence.
fn is_joined(cx: &Context<'_>, first: (&Draft, &Event), second: (&Draft, &Event)) -> bool {
    let (a, b) = (first.1, second.1);
    let d = cx.document;
    let one = matches!(
        a.kind,
        EventType::Assault | EventType::Support | EventType::Consult | EventType::Accuse
    );
    let known = !a.actors.is_empty() && !a.recipients.is_empty();
    let paired = d.token(second.0.head).head == Some(first.0.head)
        && d.token(second.0.head).relation.is(&["conj"]);
    one && a.kind == b.kind
        && d.token(first.0.head).sentence == d.token(second.0.head).sentence
        && a.actors == b.actors
        && a.recipients == b.recipients
        && a.factuality == b.factuality
        && (known || paired)
}

/// A noun of the same act as a verb of its sentence: its subject, its means ("the offensive
/// killed", "killed in the offensive"), or an act of the same parties.
fn is_noun_of(cx: &Context<'_>, noun: (&Draft, &Event), verb: (&Draft, &Event)) -> bool {
    let d = cx.document;
    let (n, v) = (d.token(noun.0.head), d.token(verb.0.head));
    let under =
        n.head == Some(verb.0.head) && n.relation.is(&["nsubj", "obl", "obj", "nsubj:pass"]);
    let alike = !noun.1.actors.is_empty() && noun.1.actors == verb.1.actors;
    noun.0.noun
        && !verb.0.noun
        && noun.1.kind == verb.1.kind
        && n.sentence == v.sentence
        && (under || alike)
}
