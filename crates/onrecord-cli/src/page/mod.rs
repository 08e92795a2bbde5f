//! The page a person reads: headline, who, where and when, then the entries by section.
//!
//! Each entry begins with its id, which `--show` takes. A section without entries is left out.
//! Statements stand by what their source is: named, not named, groups, documents.

mod commitments;
mod events;
mod header;
mod statements;

use onrecord::Record;
use onrecord::model::{Problem, Statement};

use crate::look::{Ink, Look, clean};
use crate::words;

/// The page of a record; `title` names the report when there are several.
pub(crate) fn print(record: &Record, title: Option<&str>, look: Look) -> String {
    let mut out = String::new();
    if let Some(title) = title {
        look.paragraph(&mut out, "", "", &look.ink(Ink::Faint, &clean(title)));
    }
    header::print(&mut out, record, look);
    let said = |kind: &str| -> Vec<&Statement> {
        let all = record.statements.iter();
        all.filter(|s| words::source_kind(s.source.kind) == kind)
            .collect()
    };
    statements::print(&mut out, record, "Named", &said("named"), look);
    commitments::print(&mut out, record, look);
    events::print(&mut out, record, look);
    statements::print(&mut out, record, "Not named", &said("not named"), look);
    statements::print(&mut out, record, "Groups", &said("groups"), look);
    statements::print(&mut out, record, "Documents", &said("documents"), look);
    if record.statements.is_empty() && record.commitments.is_empty() && record.events.is_empty() {
        out.push('\n');
        let nothing = "Nothing found: no statement, commitment or event.";
        look.paragraph(&mut out, "", "", nothing);
    } else {
        out.push('\n');
        look.paragraph(&mut out, "", "", &look.ink(Ink::Faint, words::LEGEND));
    }
    problems(&mut out, &record.problems, look);
    out
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

/// Remarks after one another: `told Mira Holm · asserts`.
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
