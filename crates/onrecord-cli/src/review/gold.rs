//! `onrecord gold`: what people judged, as a gold standard that a scorer reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use onrecord_ledger::judged::gold::Gold;
use onrecord_ledger::{Entry, Held, Ledger};

use super::of_report;
use crate::args::GoldArgs;
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger};

/// Digits of a report's id in the name of its folder.
const DIGITS: usize = 12;

/// Writes a folder for each report that was judged.
///
/// # Errors
/// When there is no ledger, the folder holds something, or a file cannot be written.
pub(crate) fn run(args: &GoldArgs) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let folder = &args.folder;
    let mut files = folder.read_dir().into_iter().flatten();
    if files.next().is_some() || folder.is_file() {
        return Err(Trouble::NotEmpty(folder.clone()));
    }
    let mut names = BTreeSet::new();
    for report in judged(&ledger)? {
        let Some(held) = ledger.get(&report)? else {
            continue;
        };
        let entries = of_report(&ledger, &report)?;
        let gold = Gold::of(&held.record, &entries, args.reviewer.as_deref());
        if gold.answered == 0 {
            continue;
        }
        if gold.open > 0 && !args.partial {
            say(&format_args!(
                "left out `{}`: {} of its {} entries are not answered yet (see --partial)",
                place(&held, &entries),
                gold.open,
                gold.open + gold.answered,
            ));
            continue;
        }
        let name = name(&held, &names);
        write(&folder.join(&name), &name, &held, gold)?;
        names.insert(name);
    }
    say(&format_args!(
        "wrote {} into `{}`",
        crate::ledger::counted(names.len() as u64),
        folder.display()
    ));
    super::recall::tell(&ledger, args.reviewer.as_deref())?;
    Ok(if names.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// The reports of which somebody judged something.
fn judged(ledger: &Ledger) -> Result<BTreeSet<String>, Trouble> {
    let judgements = ledger.judgements(None)?.into_iter();
    Ok(judgements.map(|j| j.of.report).collect())
}

fn place(held: &Held, entries: &[Entry]) -> String {
    let first = entries.first().map(crate::find::location);
    first.unwrap_or_else(|| held.record.report.id.clone())
}

/// A name for a report's folder: its day, and as much of its id as tells it apart.
fn name(held: &Held, taken: &BTreeSet<String>) -> String {
    let report = &held.record.report;
    let id = report.id.rsplit(':').next().unwrap_or_default();
    let id: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let day = report.day().map_or("undated".to_owned(), |d| d.to_string());
    let short = format!("{day}-{}", &id[..DIGITS.min(id.len())]);
    let numbered = (2..).map(|n| format!("{short}-{n}"));
    let mut names = [short.clone()].into_iter().chain(numbered);
    names.find(|n| !taken.contains(n)).unwrap_or(short)
}

fn write(folder: &Path, name: &str, held: &Held, mut gold: Gold) -> Result<(), Trouble> {
    let unwritable = |path: &Path| {
        let path = path.to_owned();
        |why| Trouble::Unwritten { path, why }
    };
    fs::create_dir_all(folder).map_err(unwritable(folder))?;
    gold.json["id"] = name.into();
    let json = serde_json::to_string_pretty(&gold.json).map_err(std::io::Error::from)?;
    let record = serde_json::to_string(&held.record).map_err(std::io::Error::from)?;
    for (name, words) in [
        ("gold.json", json + "\n"),
        ("report.txt", held.record.report.text.as_str().to_owned()),
        ("record.json", record + "\n"),
    ] {
        let path = folder.join(name);
        fs::write(&path, words).map_err(unwritable(&path))?;
    }
    Ok(())
}
