//! What stands behind an entry, in words.
//!
//! ```text
//! 3 reports, 1 of them a copy; 2 sources: Ilze Kalve, Baltic Post; denied by Jaan Org
//! ```

use onrecord_ledger::across::corroboration::{Corroboration, Otherwise, Source};

use serde_json::Value;

use crate::find::{amounts, plain_amounts};
use crate::listing::value;
use crate::look::clean;
use crate::words;

/// `3 reports, 1 of them a copy; 2 sources: Ilze Kalve, Baltic Post; denied by Jaan Org`.
pub(crate) fn told(c: &Corroboration) -> String {
    let many = |n: usize, one: &str, more: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {more}"),
    };
    let copies = match c.copies {
        0 => String::new(),
        1 => ", 1 of them a copy".to_owned(),
        n => format!(", {n} of them copies"),
    };
    let listed = |before: &str, sources: &[Source]| match sources {
        [] => String::new(),
        sources => format!("{before}{}", names(sources)),
    };
    let reports = many(c.reports.len(), "report", "reports");
    let sources = many(c.sources.len(), "source", "sources");
    let by = listed(": ", &c.sources);
    let denied = listed("; denied by ", &c.denied_by);
    let other = |o: &Otherwise| {
        let reports = many(o.reports.len(), "report", "reports");
        format!("; otherwise {} in {reports}", amounts(&o.amounts))
    };
    let otherwise: String = c.otherwise.iter().map(other).collect();
    format!("{reports}{copies}; {sources}{by}{denied}{otherwise}")
}

/// The columns of what stands behind an entry.
pub(crate) const COLUMNS: [&str; 5] = ["reports", "copies", "sources", "denied_by", "otherwise"];

/// A value for each of [`COLUMNS`].
pub(crate) fn cells(c: &Corroboration) -> [Value; 5] {
    let otherwise = c.otherwise.iter().map(|o| plain_amounts(&o.amounts));
    [
        c.reports.len().into(),
        c.copies.into(),
        named(&c.sources).into(),
        named(&c.denied_by).into(),
        value(Some(otherwise.collect::<Vec<_>>().join(" | "))),
    ]
}

fn names(sources: &[Source]) -> String {
    words::listed(&named(sources))
}

fn named(sources: &[Source]) -> Vec<String> {
    let one = |s: &Source| match s {
        Source::Named(name) | Source::Unnamed(name) => clean(name),
        Source::Reporter(name) if name.is_empty() => "the reporter".to_owned(),
        Source::Reporter(name) => format!("the reporter of {}", clean(name)),
    };
    sources.iter().map(one).collect()
}
