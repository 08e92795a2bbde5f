//! Statements by speaker: the words, the cue, how firmly.

use onrecord::Record;
use onrecord::model::{SourceKind, Statement};

use super::{doubt, entry, remarks};
use crate::look::{Ink, Look, clean};
use crate::words;

/// Prints a section of statements, grouped by speaker in the order of first appearance.
pub(super) fn print(
    out: &mut String,
    record: &Record,
    heading: &str,
    statements: &[&Statement],
    look: Look,
) {
    if statements.is_empty() {
        return;
    }
    look.heading(out, heading);
    for (i, (speaker, theirs)) in by_speaker(record, statements).iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let roles = roles(record, theirs.first().copied());
        let line = format!("{}{roles}", look.ink(Ink::Strong, speaker));
        look.paragraph(out, "", "  ", &line);
        for s in theirs {
            entry(
                out,
                &s.id,
                &[words::said(s), remarks_on(record, s, look)],
                look,
            );
        }
    }
}

type Group<'r> = (String, Vec<&'r Statement>);

fn by_speaker<'r>(record: &Record, statements: &[&'r Statement]) -> Vec<Group<'r>> {
    let mut groups: Vec<Group<'r>> = Vec::new();
    for s in statements {
        let who = heading(record, s);
        match groups.iter_mut().find(|(w, _)| *w == who) {
            Some((_, theirs)) => theirs.push(s),
            None => groups.push((who, vec![s])),
        }
    }
    groups
}

/// The line over a speaker's statements. A described source stands in the report's own words.
fn heading(record: &Record, s: &Statement) -> String {
    let own_words = match s.source.kind {
        SourceKind::Unnamed | SourceKind::Collective => s.source.span.as_ref(),
        _ => None,
    };
    own_words
        .map(words::source)
        .or_else(|| words::speaker(record, s))
        .unwrap_or_else(|| "(no source in the text)".to_owned())
}

fn roles(record: &Record, s: Option<&Statement>) -> String {
    let entity = s
        .and_then(|s| s.source.entity)
        .and_then(|id| words::entity(record, id));
    let mut roles: Vec<String> = Vec::new();
    for role in entity.iter().flat_map(|e| &e.roles) {
        let role = words::role(record, role);
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    if roles.is_empty() {
        String::new()
    } else {
        format!(", {}", roles.join(", "))
    }
}

fn remarks_on(record: &Record, s: &Statement, look: Look) -> String {
    let via = s
        .via
        .map_or_else(String::new, |id| format!("by way of {id}"));
    let parts = [
        cue(record, s),
        words::firmness(s.factuality).to_owned(),
        s.time
            .as_ref()
            .map_or_else(String::new, |t| words::time(&t.value)),
        s.place
            .map_or_else(String::new, |id| format!("in {}", words::name(record, id))),
        s.occasion
            .as_ref()
            .map_or_else(String::new, |o| format!("at “{}”", clean(o.quote()))),
        via,
        doubt(s.confidence),
    ];
    remarks(&parts, look)
}

/// The cue's words and the addressee.
fn cue(record: &Record, s: &Statement) -> String {
    let cue = words::cue(s);
    match s.addressee {
        Some(id) => format!("{cue}, to {}", words::name(record, id)),
        None => cue,
    }
}
