//! Lines of news furniture: the share that gets the right label, set into a small report where
//! such a line stands, and fed alone as a whole text; for lines that go on, whether the furniture
//! ends where the gold says.

use anyhow::Result;
use onrecord_intake::read;
use onrecord_model::{Envelope, Report};
use serde::Deserialize;

use super::{Figure, Run, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "furniture",
    run: Run::Beside(run),
};

#[derive(Deserialize)]
struct Line {
    label: String,
    text: String,
    span: Option<String>,
}

const HEADLINE: &str = "Council votes to close ferry terminal";
const FIRST: &str = "The council voted on Tuesday to close the old ferry terminal, the mayor said.";
const SECOND: &str = "The terminal has been shut since a storm damaged its pier in March.";

fn run(shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    let lines: Vec<Line> = shared.rows("data/furniture/lines.jsonl")?;
    let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
    let count = |test: &dyn Fn(&Line) -> bool| lines.iter().filter(|l| test(l)).count();
    let set = count(&|l| is_right(&in_report(l), l));
    let alone = count(&|l| is_right(&l.text, l));
    let going_on = count(&|l| l.span.is_some());
    let ends = count(&|l| ends_right(&in_report(l), l));
    Ok(vec![
        Figure::aim("label in a report", share(set, lines.len()), 0.95),
        Figure::aim("label alone", share(alone, lines.len()), 0.95),
        Figure::aim("span", share(ends, going_on), 0.95),
    ])
}

/// A report with the line where lines of its kind stand.
fn in_report(line: &Line) -> String {
    let text = &line.text;
    match line.label.as_str() {
        "byline" => format!("{HEADLINE}\n\n{text}\n\n{FIRST}\n\n{SECOND}"),
        "dateline" => format!("{HEADLINE}\n\n{text}\n\n{SECOND}"),
        "credit" | "boilerplate" => format!("{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n\n{text}"),
        _ => format!("{HEADLINE}\n\n{FIRST}\n\n{text}\n\n{SECOND}"),
    }
}

/// The report, and the label and words of the segment in which the line begins.
fn segment(text: &str, line: &Line) -> Option<(String, String)> {
    let report: Report = read(text.as_bytes(), &Envelope::default()).0;
    let at = u32::try_from(text.find(&line.text)?).ok()?;
    let found = report.segments.iter().find(|s| s.range().end > at)?;
    let label = serde_json::to_value(found.label).ok()?;
    let words = report.text.slice(found.range()).trim().to_owned();
    Some((label.as_str()?.to_owned(), words))
}

fn is_right(text: &str, line: &Line) -> bool {
    segment(text, line).is_some_and(|(label, _)| label == line.label)
}

fn ends_right(text: &str, line: &Line) -> bool {
    let Some(span) = &line.span else { return false };
    segment(text, line).is_some_and(|(label, words)| label == line.label && words == *span)
}
