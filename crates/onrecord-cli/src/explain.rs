//! `onrecord explain`: the steps of reading, and each entry with what made it.

use std::io::Write as _;

use onrecord::model::{Layer, Record, Span, Why};
use onrecord::{Reader, Step};

use crate::args::{Color, ExplainArgs};
use crate::look::{Ink, Look, clean};
use crate::read::each;
use crate::trouble::Trouble;
use crate::{Outcome, words};

/// Explains each report.
///
/// # Errors
/// When the output cannot be written or no path is given.
pub(crate) fn run(args: &ExplainArgs, color: Color) -> Result<Outcome, Trouble> {
    let reader = Reader::new()?;
    let look = Look::of(color, args.width);
    let mut out = look.stdout();
    let mut text = String::new();
    steps(&mut text, &reader.steps(), look);
    out.write_all(text.as_bytes())?;
    let found = each((&args.source, None, false), |one| {
        let text = report(&one.reading.record, &one.name, look);
        out.write_all(text.as_bytes())?;
        Ok(one.outcome())
    })?;
    out.flush()?;
    Ok(found)
}

fn steps(out: &mut String, steps: &[Step], look: Look) {
    look.paragraph(out, "", "", &look.ink(Ink::Strong, "Steps of reading"));
    for step in steps {
        let line = format!(
            "{}: needs {}; gives {}",
            step.name,
            layers(step.requires),
            layers(step.assigns)
        );
        look.paragraph(out, "  ", "    ", &line);
    }
}

fn layers(layers: &[Layer]) -> String {
    let names: Vec<String> = layers
        .iter()
        .map(|l| format!("{l:?}").to_lowercase())
        .collect();
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(", ")
    }
}

/// One entry: what it is called, what made it, how sure, its words.
struct Row<'r> {
    label: String,
    why: &'r Why,
    confidence: Option<f32>,
    reading: String,
    words: Vec<&'r Span>,
}

fn report(record: &Record, name: &str, look: Look) -> String {
    let mut out = String::from("\n");
    look.paragraph(&mut out, "", "", &look.ink(Ink::Strong, &clean(name)));
    for model in &record.reader.models {
        let line = format!("model {} {}", model.name, model.version);
        look.paragraph(&mut out, "  ", "    ", &line);
    }
    section(&mut out, "Statements", &statements(record), look);
    section(&mut out, "Commitments", &commitments(record), look);
    section(&mut out, "Events", &events(record), look);
    section(&mut out, "Entities", &entities(record), look);
    section(&mut out, "Times", &times(record), look);
    section(&mut out, "Places", &places(record), look);
    section(&mut out, "Amounts", &amounts(record), look);
    out
}

fn section(out: &mut String, heading: &str, rows: &[Row<'_>], look: Look) {
    if rows.is_empty() {
        return;
    }
    look.heading(out, heading);
    for row in rows {
        let why = match row.why.0.as_str() {
            "" => "(not said)",
            why => why,
        };
        let sure = row
            .confidence
            .map_or_else(String::new, |c| format!(" {c:.2}"));
        let quotes: Vec<String> = row
            .words
            .iter()
            .map(|s| format!("“{}”", clean(s.quote())))
            .collect();
        let line = format!(
            "{} {}: {}",
            look.ink(Ink::Faint, &format!("{why}{sure}")),
            row.reading,
            quotes.join(" ")
        );
        let label = format!("  {:<3} ", row.label);
        let rest = " ".repeat(label.len());
        look.paragraph(out, &label, &rest, &line);
    }
}

fn statements(record: &Record) -> Vec<Row<'_>> {
    let row = |s| {
        let s: &onrecord::model::Statement = s;
        let mut words: Vec<&Span> = s.source.span.iter().collect();
        words.push(&s.cue.span);
        words.extend(&s.content);
        words.extend(&s.occasion);
        Row {
            label: s.id.to_string(),
            why: &s.why,
            confidence: Some(s.confidence),
            reading: format!("{} {}", s.source.kind, s.cue.kind),
            words,
        }
    };
    record.statements.iter().map(row).collect()
}

fn commitments(record: &Record) -> Vec<Row<'_>> {
    let row = |c| {
        let c: &onrecord::model::Commitment = c;
        let mut words: Vec<&Span> = c.cue.iter().chain([&c.object]).collect();
        words.extend(c.amount.iter().map(|a| &a.span));
        words.extend(c.condition.iter().chain(&c.part_of));
        words.extend(c.parties.iter().map(|p| &p.span));
        Row {
            label: c.id.to_string(),
            why: &c.why,
            confidence: Some(c.confidence),
            reading: format!("{} {}", c.kind, c.status),
            words,
        }
    };
    record.commitments.iter().map(row).collect()
}

fn events(record: &Record) -> Vec<Row<'_>> {
    let row = |e| {
        let e: &onrecord::model::Event = e;
        Row {
            label: e.id.to_string(),
            why: &e.why,
            confidence: Some(e.confidence),
            reading: e.kind.to_string(),
            words: [&e.trigger]
                .into_iter()
                .chain(e.parties.iter().map(|p| &p.span))
                .collect(),
        }
    };
    record.events.iter().map(row).collect()
}

fn entities(record: &Record) -> Vec<Row<'_>> {
    let row = |e| {
        let e: &onrecord::model::Entity = e;
        Row {
            label: e.id.to_string(),
            why: &e.why,
            confidence: None,
            reading: format!("{} {}", e.kind, clean(&e.name)),
            words: e.mentions.iter().map(|m| &m.span).collect(),
        }
    };
    record.entities.iter().map(row).collect()
}

fn times(record: &Record) -> Vec<Row<'_>> {
    let row = |t| {
        let t: &onrecord::model::TimeMention = t;
        Row {
            label: String::new(),
            why: &t.why,
            confidence: None,
            reading: format!("{} {}", t.kind, t.value),
            words: vec![&t.span],
        }
    };
    record.times.iter().map(row).collect()
}

fn places(record: &Record) -> Vec<Row<'_>> {
    let row = |p| {
        let p: &onrecord::model::Place = p;
        let at = p.lat.zip(p.lon);
        let at = at.map_or_else(
            || "left open".to_owned(),
            |(lat, lon)| format!("{lat:.2} {lon:.2}"),
        );
        Row {
            label: String::new(),
            why: &p.why,
            confidence: None,
            reading: format!("{} {at}", p.country.as_deref().unwrap_or("-")),
            words: vec![&p.span],
        }
    };
    record.places.iter().map(row).collect()
}

fn amounts(record: &Record) -> Vec<Row<'_>> {
    let row = |a| {
        let a: &onrecord::model::Amount = a;
        Row {
            label: String::new(),
            why: &a.why,
            confidence: None,
            reading: words::amount(a),
            words: vec![&a.span],
        }
    };
    record.amounts.iter().map(row).collect()
}
