//! Events: what is said to have happened, who to whom, when, where, on whose word.

use onrecord::Record;
use onrecord::model::{Event, Factuality, PartyRole};

use super::{doubt, entry, remarks};
use crate::look::{Ink, Look, clean};
use crate::words;

/// Prints the section.
pub(super) fn print(out: &mut String, record: &Record, look: Look) {
    if record.events.is_empty() {
        return;
    }
    look.heading(out, "Events");
    for e in &record.events {
        let lines = [first(record, e, look), remarks_on(record, e, look)];
        entry(out, &e.id, &lines, look);
    }
}

/// `assault “shelled”: Freedonia → Sylvania`.
fn first(record: &Record, e: &Event, look: Look) -> String {
    let kind = e.kind.as_str().to_lowercase();
    let who = words::listed(&words::parties(record, e, PartyRole::Actor));
    let whom = words::listed(&words::parties(record, e, PartyRole::Recipient));
    let parties = match (who.is_empty(), whom.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!(": {who}"),
        (true, false) => format!(": → {whom}"),
        (false, false) => format!(": {who} → {whom}"),
    };
    let trigger = clean(e.trigger.quote());
    format!("{} “{trigger}”{parties}", look.ink(Ink::Strong, &kind))
}

fn remarks_on(record: &Record, e: &Event, look: Look) -> String {
    let firmly = if e.factuality == Factuality::FACT {
        String::new()
    } else {
        words::firmness(e.factuality).to_owned()
    };
    let parts = [
        e.phase.map_or("", words::phase).to_owned(),
        e.time
            .as_ref()
            .map_or_else(String::new, |t| words::time(&t.value)),
        e.place
            .map_or_else(String::new, |id| format!("in {}", words::name(record, id))),
        if e.basis.is_empty() {
            String::new()
        } else {
            format!("on the word of {}", words::basis(record, &e.basis))
        },
        firmly,
        doubt(e.confidence),
    ];
    remarks(&parts, look)
}
