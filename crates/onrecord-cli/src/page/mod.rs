//! The page a person reads: headline, who, where and when, then the entries by section.
//!
//! Each entry begins with its id, which `--show` takes. A section without entries is left out.

mod commitments;
mod events;
mod header;
mod statements;

use onrecord::Record;
use onrecord::model::{Problem, SourceKind, Statement};

use crate::look::{Ink, Look, clean};

/// The page of a record; `title` names the report when there are several.
pub(crate) fn print(record: &Record, title: Option<&str>, look: Look) -> String {
    let mut out = String::new();
    if let Some(title) = title {
        look.paragraph(&mut out, "", "", &look.ink(Ink::Faint, &clean(title)));
    }
    header::print(&mut out, record, look);
    let sections = sections(record);
    statements::print(&mut out, record, "On the record", &sections.named, look);
    commitments::print(&mut out, record, look);
    events::print(&mut out, record, look);
    statements::print(
        &mut out,
        record,
        "On background",
        &sections.background,
        look,
    );
    statements::print(&mut out, record, "Second-hand", &sections.second_hand, look);
    if record.statements.is_empty() && record.commitments.is_empty() && record.events.is_empty() {
        out.push('\n');
        let nothing = "Nothing found: no statement, commitment or event.";
        look.paragraph(&mut out, "", "", nothing);
    }
    problems(&mut out, &record.problems, look);
    out
}

/// Statements by how they are sourced.
#[derive(Default)]
struct Sections<'r> {
    /// People and bodies with names, speaking for themselves.
    named: Vec<&'r Statement>,
    /// Unnamed, collective or no source.
    background: Vec<&'r Statement>,
    /// By way of a document, or of somebody else.
    second_hand: Vec<&'r Statement>,
}

fn sections(record: &Record) -> Sections<'_> {
    let mut out = Sections::default();
    for s in &record.statements {
        match s.source.kind {
            _ if by_way_of_another(record, s) => out.second_hand.push(s),
            SourceKind::Document => out.second_hand.push(s),
            SourceKind::Named => out.named.push(s),
            SourceKind::Unnamed | SourceKind::Collective | SourceKind::Implicit => {
                out.background.push(s);
            }
        }
    }
    out
}

/// Whether somebody else reports it: not a speaker who goes on about what he himself said.
fn by_way_of_another(record: &Record, s: &Statement) -> bool {
    let Some(via) = s.via else { return false };
    let outer = record.statements.iter().find(|o| o.id == via);
    let entity = outer.and_then(|o| o.source.entity);
    entity.is_none() || entity != s.source.entity
}

fn problems(out: &mut String, problems: &[Problem], look: Look) {
    if problems.is_empty() {
        return;
    }
    look.heading(out, "Problems");
    for problem in problems {
        let mut words = clean(&problem.message);
        if let Some(span) = &problem.span {
            words = format!("{words}: “{}”", clean(span.quote()));
        }
        look.paragraph(out, "  ! ", "    ", &words);
    }
}

/// The first line of an entry, with its id, and the remarks under it.
fn entry(out: &mut String, id: &impl std::fmt::Display, lines: &[String], look: Look) {
    let label = format!("{id:<3}");
    let first = format!("  {} ", look.ink(Ink::Faint, &label));
    let rest = " ".repeat(3 + label.len());
    let remark = format!("{rest}{} ", look.ink(Ink::Faint, "–"));
    let under = format!("{rest}  ");
    for (i, line) in lines.iter().filter(|l| !l.is_empty()).enumerate() {
        if i == 0 {
            look.paragraph(out, &first, &rest, line);
        } else {
            look.paragraph(out, &remark, &under, line);
        }
    }
}

/// Remarks after one another: `told Mira Holm · as fact`.
fn remarks(parts: &[String], look: Look) -> String {
    let said: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|p| !p.is_empty())
        .collect();
    look.ink(Ink::Faint, &said.join(" · "))
}

/// A remark on an entry the reader is not sure of.
fn doubt(confidence: f32) -> String {
    if confidence < 0.5 {
        format!("the reader is unsure ({confidence:.2})")
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests;
