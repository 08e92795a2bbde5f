//! `onrecord same` and `onrecord apart`: what a person says of who is who.

use jiff::Timestamp;
use onrecord_ledger::across::identity::{Appearance, Said};
use onrecord_ledger::{Identification, Ledger, LedgerError};

use crate::args::IdentifyArgs;
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger};

/// Keeps what a person says.
///
/// # Errors
/// When there is no ledger, a report has nobody of that name, or the ledger cannot be written to.
#[expect(
    clippy::disallowed_methods,
    reason = "a ledger says when something was said"
)]
pub(crate) fn identify(args: &IdentifyArgs, same: bool) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let said = Said {
        one: appearance(&ledger, &args.one)?,
        other: appearance(&ledger, &args.other)?,
        same,
    };
    let how = if same { "one" } else { "two" };
    let words = format!("`{}` and `{}` are {how}", args.one, args.other);
    ledger.identify(&Identification {
        said,
        author: args.reviewer.clone(),
        at: Timestamp::now(),
    })?;
    say(&words);
    Ok(Outcome::Found)
}

/// `3fa9c2d1:Alba Noriega`.
fn appearance(ledger: &Ledger, words: &str) -> Result<Appearance, Trouble> {
    let unknown = || Trouble::NoAppearance(words.to_owned());
    let (report, name) = words.rsplit_once(':').ok_or_else(unknown)?;
    let report = ledger.report(report)?;
    let held = ledger.get(&report)?;
    let held = held.ok_or_else(|| LedgerError::NoReport(report.clone()))?;
    let wanted = name.trim().to_lowercase();
    let entities = held.record.entities.iter();
    // A surname will do where only one bears it.
    let ends = format!(" {wanted}");
    let called = |name: &str| {
        let name = name.to_lowercase();
        name == wanted || name.ends_with(&ends)
    };
    let known = entities.filter(|e| {
        let mut names = e.aliases.iter().chain([&e.name]);
        !wanted.is_empty() && names.any(|n| called(n))
    });
    let mut known = known.map(|e| e.name.clone());
    match (known.next(), known.next()) {
        (Some(name), None) => Ok(Appearance { report, name }),
        _ => Err(unknown()),
    }
}
