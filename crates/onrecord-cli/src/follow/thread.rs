//! `onrecord thread`: one commitment through its steps.

use onrecord::model::Factuality;
use onrecord_ledger::across::threads::{Step, Telling, Thread};
use onrecord_ledger::short;

use super::{show, warn};
use crate::args::{Color, ThreadArgs};
use crate::find::amounts;
use crate::look::clean;
use crate::table::{Row, Table};
use crate::trouble::{Trouble, say};
use crate::{Outcome, corroborated, ledger, words};

/// Prints a thread.
///
/// # Errors
/// When there is no ledger or no such entry, or the output cannot be written.
pub(crate) fn thread(args: &ThreadArgs, color: Color) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let entry = ledger.entry(&args.entry)?;
    let Some(followed) = ledger.thread(&entry)? else {
        say(&format_args!(
            "`{}` is no commitment and denies none",
            args.entry
        ));
        return Ok(Outcome::Nothing);
    };
    warn(followed.cut);
    show(&args.view, color, std::slice::from_ref(&followed), |look| {
        let rows = followed.thread.steps.iter().flat_map(rows).collect();
        let title = title(&followed.thread);
        let table = Table {
            title: Some(&title),
            heads: ["id", "day", "how", "who", "what"],
            rows,
        };
        table.print(look)
    })?;
    Ok(Outcome::Found)
}

/// `aid: Latvia → Moldova`.
fn title(thread: &Thread) -> String {
    let kinds = thread.kinds.join(", ");
    format!("{kinds}: {}", sides(&thread.by, &thread.to))
}

fn sides(by: &[String], to: &[String]) -> String {
    let named = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|n| clean(n)).collect();
        words::listed(&all)
    };
    match (by, to) {
        (by, []) => named(by),
        ([], to) => format!("→ {}", named(to)),
        (by, to) => format!("{} → {}", named(by), named(to)),
    }
}

fn rows(step: &Step) -> Vec<Row> {
    step.tellings.iter().map(|t| row(step, t)).collect()
}

fn row(step: &Step, telling: &Telling) -> Row {
    let first = telling.entries.first();
    let quote = first.map(|e| clean(&e.anchor.quote)).unwrap_or_default();
    let told = [
        Some(amounts(&telling.amounts)).filter(|a| !a.is_empty()),
        (step.factuality != Factuality::FACT).then(|| words::firmness(step.factuality).into()),
        step.time.as_ref().map(|t| words::time(t)),
        step.denial.then(|| "denied".to_owned()),
        telling.superseded.then(|| "superseded".to_owned()),
        Some(corroborated::told(&telling.corroboration)),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let handle = first.zip(telling.ids.first());
    Row {
        id: handle.map_or_else(String::new, |(e, id)| format!("{}:{id}", short(&e.report))),
        who: sides(&step.by, &step.to),
        role: String::new(),
        words: format!("{quote}\n({})", told.join("; ")),
        how: step.status.as_str().replace('_', " "),
        line: super::day(step.day),
    }
}
