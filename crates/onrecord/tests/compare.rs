//! The onrecord column of `COMPARE.md` is what the reader gives today. `UPDATE_COMPARE=1` writes it
//! anew.

#![allow(
    clippy::disallowed_methods,
    reason = "a test reads files and its settings"
)]

use std::{env, fs, path::Path};

use jiff::civil::date;
use onrecord::model::{Basis, Certainty, EntityId, Party, PartyRole, Polarity, Record};
use onrecord::{Envelope, Reader};

#[test]
fn the_comparison_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../COMPARE.md");
    let text = fs::read_to_string(&path).expect("COMPARE.md is there");
    let reader = Reader::new().expect("the models fit");
    let mut lines: Vec<String> = Vec::new();
    let mut rows = 0;
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells.as_slice() {
            ["", number, sentence, _, coder, quotes, ""] if number.parse::<u8>().is_ok() => {
                let envelope = Envelope {
                    published: Some(date(2026, 5, 5).into()),
                    ..Envelope::default()
                };
                let record = reader.read(sentence.as_bytes(), &envelope);
                let told = told(&record);
                lines.push(format!(
                    "| {number} | {sentence} | {told} | {coder} | {quotes} |"
                ));
                rows += 1;
            }
            _ => lines.push(line.to_owned()),
        }
    }
    let out = lines.join("\n") + "\n";
    assert_eq!(rows, 20, "twenty sentences are compared");
    if env::var_os("UPDATE_COMPARE").is_some() {
        fs::write(&path, out).expect("COMPARE.md can be written");
    } else {
        assert!(
            text == out,
            "COMPARE.md is old: run with UPDATE_COMPARE=1 and read the diff"
        );
    }
}

/// Commitments, events, and statements that neither rests on, in a few words.
fn told(record: &Record) -> String {
    let mut out: Vec<String> = Vec::new();
    for c in &record.commitments {
        let to = if c.to.is_empty() { &c.with } else { &c.to };
        let condition = c.condition.as_ref().map(|s| format!(", “{}”", s.quote()));
        out.push(format!(
            "**{}** {}: “{}”{}{}",
            c.status.as_str().replace('_', " "),
            sides(&names(record, &c.by), &names(record, to)),
            c.object.quote(),
            condition.unwrap_or_default(),
            word(record, &c.basis),
        ));
    }
    for e in &record.events {
        let side = |role| -> Vec<String> {
            let parties = e.parties.iter().filter(|p| p.role == role);
            parties.map(|p| party(record, p)).collect()
        };
        let phase = e.phase.map(|p| format!(", {p}")).unwrap_or_default();
        let firmly = match (e.factuality.polarity, e.factuality.certainty) {
            (Polarity::Negative, _) => ", not so",
            (_, Certainty::Certain) => "",
            _ => ", possible",
        };
        out.push(format!(
            "{} {}{phase}{firmly}{}",
            e.kind,
            sides(&side(PartyRole::Actor), &side(PartyRole::Recipient)),
            word(record, &e.basis),
        ));
    }
    for s in &record.statements {
        let basis = Basis::Statement(s.id);
        let rests = record.commitments.iter().any(|c| c.basis.contains(&basis))
            || record.events.iter().any(|e| e.basis.contains(&basis));
        if !rests {
            let content: Vec<&str> = s.content.iter().map(onrecord::model::Span::quote).collect();
            let source = s.source.span.as_ref().map_or("-", |x| x.quote());
            out.push(format!("{source}: “{}”", content.join(" … ")));
        }
    }
    out.join("; ")
}

fn party(record: &Record, p: &Party) -> String {
    match p.entity {
        Some(id) => names(record, &[id]).concat(),
        None => p.span.quote().to_owned(),
    }
}

fn names(record: &Record, ids: &[EntityId]) -> Vec<String> {
    let all = record.entities.iter();
    let named = all.filter(|e| ids.contains(&e.id)).map(|e| e.name.clone());
    named.collect()
}

fn sides(a: &[String], b: &[String]) -> String {
    match (a, b) {
        (a, []) => a.join(", "),
        (a, b) => format!("{} → {}", a.join(", "), b.join(", ")),
    }
}

/// `, says Mali`; nothing when it is the reporter's own word.
fn word(record: &Record, basis: &[Basis]) -> String {
    let says = basis.iter().find_map(|b| match b {
        Basis::Statement(id) => record.statements.iter().find(|s| s.id == *id),
        Basis::Reporter => None,
    });
    let source = says.and_then(|s| s.source.span.as_ref());
    source.map_or_else(String::new, |s| format!(", says “{}”", s.quote()))
}
