//! Answers that are empty: whom the names that were asked for may mean, and what is near.
//!
//! ```text
//! onrecord: nothing by `Nor` as it stands; taken for Alba Noriega (12)
//! onrecord: nothing by `norjega`; nearest: Alba Noriega (12)
//! ```

use onrecord_ledger::{Between, Ledger, Near, Part, Query};

use crate::look::clean;
use crate::trouble::{Trouble, say};

/// Names that are told; the rest is counted.
const TOLD: usize = 5;

/// A question as it was asked, where there is an answer. Where there is none, it is said why, and names
/// that nobody bears are taken for those they can mean.
///
/// # Errors
/// When the question cannot be asked, or the ledger not be read.
pub(crate) fn meant(ledger: &Ledger, query: Query) -> Result<Query, Trouble> {
    // That nothing is new, or nothing more, is no surprise.
    let again = query.came != Between::default() || query.after.is_some();
    if again || !is_empty(ledger, &query)? {
        return Ok(query);
    }
    let mut out = query.clone();
    let mut nobody = false;
    for part in Part::ALL {
        let Some(name) = query.name(part) else {
            continue;
        };
        let whom = format!("{} `{}`", preposition(part), clean(name));
        let alone = ledger.count(&Query {
            show: query.show,
            ..alone(&query, part, name)
        })?;
        if alone > 0 {
            say(&format_args!("{whom} alone: {alone}"));
            continue;
        }
        let found = ledger.meant(part, name)?;
        match (found.taken.as_slice(), found.near.as_slice()) {
            ([], []) => say(&format_args!("nothing {whom}, and no name is near")),
            ([], near) => say(&format_args!("nothing {whom}; nearest: {}", listed(near))),
            (taken, _) => {
                say(&format_args!(
                    "nothing {whom} as it stands; taken for {}",
                    listed(taken)
                ));
                out.taken
                    .insert(part, taken.iter().map(|n| n.name.clone()).collect());
                continue;
            }
        }
        nobody = true;
    }
    if !nobody && is_empty(ledger, &out)? {
        say(&"nothing found; no entry has all that was asked for");
    }
    Ok(out)
}

/// Who is meant by a name that nobody bears, if it can be one only; says who is near otherwise.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn somebody(ledger: &Ledger, name: &str) -> Result<Option<String>, Trouble> {
    let mut near: Vec<Near> = Vec::new();
    let called = clean(name);
    for part in [Part::By, Part::About] {
        let found = ledger.meant(part, name)?;
        if let [one] = found.taken.as_slice() {
            say(&format_args!(
                "nobody is called `{called}`; taken for {}",
                one.name
            ));
            return Ok(Some(one.name.clone()));
        }
        for n in found.taken.into_iter().chain(found.near) {
            if near.iter().all(|known| known.name != n.name) {
                near.push(n);
            }
        }
    }
    match near.as_slice() {
        [] => say(&format_args!(
            "nobody is called `{called}`, and no name is near"
        )),
        near => say(&format_args!(
            "nobody is called `{called}`; nearest: {}",
            listed(near)
        )),
    }
    Ok(None)
}

/// A question for one of its names. A place may be one that others lie in.
fn alone(query: &Query, part: Part, name: &str) -> Query {
    match part {
        Part::Place => Query {
            place: query.place.clone(),
            ..Query::default()
        },
        _ => part.query(name),
    }
}

fn is_empty(ledger: &Ledger, query: &Query) -> Result<bool, Trouble> {
    let first = Query {
        limit: 1,
        ..query.clone()
    };
    Ok(ledger.entries(&first)?.entries.is_empty())
}

const fn preposition(part: Part) -> &'static str {
    match part {
        Part::By => "by",
        Part::To => "to",
        Part::About => "about",
        Part::Word => "on the word of",
        Part::Place => "at",
    }
}

/// `Alba Noriega (12), Nora Bell (3) and 4 more`.
pub(crate) fn listed(all: &[Near]) -> String {
    let told = all.iter().take(TOLD);
    let told: Vec<String> = told
        .map(|n| format!("{} ({})", clean(&n.name), n.entries))
        .collect();
    let told = told.join(", ");
    match all.len().saturating_sub(TOLD) {
        0 => told,
        more => format!("{told} and {more} more"),
    }
}
