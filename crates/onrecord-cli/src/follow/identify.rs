//! `onrecord same` and `onrecord apart`: what a person says of who is who.

use onrecord::model::{Entity, EntityKind, MentionForm};
use onrecord_ledger::across::identity::{Appearance, Said};
use onrecord_ledger::{Identification, Ledger, LedgerError};

use crate::args::IdentifyArgs;
use crate::clock::now;
use crate::trouble::{Trouble, say};
use crate::{Outcome, ledger};

/// Keeps what a person says.
///
/// # Errors
/// When there is no ledger, a report has nobody of that name, a person is said to be something
/// else, or the ledger cannot be written to.
pub(crate) fn identify(args: &IdentifyArgs, same: bool) -> Result<Outcome, Trouble> {
    let ledger = ledger::existing(&args.ledger)?;
    let (one, kind) = appearance(&ledger, &args.one)?;
    let (other, other_kind) = appearance(&ledger, &args.other)?;
    let persons = [kind, other_kind].map(|k| k == EntityKind::Person);
    if same && persons[0] != persons[1] {
        let (one, other) = (args.one.clone(), args.other.clone());
        return Err(Trouble::Unlike(
            one,
            other,
            kind.as_str(),
            other_kind.as_str(),
        ));
    }
    let said = Said { one, other, same };
    let how = if same { "one" } else { "two" };
    let words = format!("`{}` and `{}` are {how}", args.one, args.other);
    ledger.identify(&Identification {
        said,
        author: args.reviewer.name.clone(),
        at: now(),
    })?;
    say(&words);
    Ok(Outcome::Found)
}

/// `3fa9c2d1:Alba Noriega`.
fn appearance(ledger: &Ledger, words: &str) -> Result<(Appearance, EntityKind), Trouble> {
    let unknown = || Trouble::NoAppearance(words.to_owned());
    let (report, name) = words.rsplit_once(':').ok_or_else(unknown)?;
    let report = ledger.report(report)?;
    let held = ledger.get(&report)?;
    let held = held.ok_or_else(|| LedgerError::NoReport(report.clone()))?;
    let mut known = called(&held.record.entities, name).into_iter();
    match (known.next(), known.next()) {
        (Some(entity), None) => Ok((
            Appearance {
                report,
                name: entity.name.clone(),
            },
            entity.kind,
        )),
        _ => Err(unknown()),
    }
}

/// Those a report calls so, in any form it has; where none is, those whose name ends so: a surname
/// will do where only one bears it.
fn called<'e>(entities: &'e [Entity], name: &str) -> Vec<&'e Entity> {
    let wanted = name.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let those = |fits: &dyn Fn(&str) -> bool| {
        let any = |e: &&Entity| forms(e).any(|form| fits(&form.to_lowercase()));
        entities.iter().filter(any).collect::<Vec<_>>()
    };
    let named = those(&|form| form == wanted);
    if named.is_empty() {
        let end = format!(" {wanted}");
        return those(&|form| form.ends_with(&end));
    }
    named
}

/// What a report calls somebody; "he" is anybody's, and a capital that stands for its state is both.
fn forms(entity: &Entity) -> impl Iterator<Item = &str> {
    let mentions = entity.mentions.iter();
    let mentions = mentions.filter(|m| m.form != MentionForm::Pronoun && !m.metonym);
    let names = entity.aliases.iter().chain([&entity.name]);
    names
        .map(String::as_str)
        .chain(mentions.map(|m| m.span.quote()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::model::Record;

    #[test]
    fn somebody_is_found_in_any_form_of_the_report() {
        let json = include_str!("../../../../examples/harbour-loan.json");
        let entities = Record::from_json(json).unwrap().entities;
        let check = |name: &str, want: &[&str]| {
            let got: Vec<&str> = called(&entities, name)
                .iter()
                .map(|e| e.name.as_str())
                .collect();
            assert_eq!(got, want, "{name}");
        };
        for entity in &entities {
            let mut forms = forms(entity);
            let form = forms.all(|f| called(&entities, f).iter().any(|e| e.id == entity.id));
            assert!(form, "{}", entity.name);
        }
        check("alba noriega", &["Alba Noriega"]);
        check("NORIEGA", &["Alba Noriega"]);
        check("Republic of Peru", &["Peru"]);
        check("Investment Bank", &["European Investment Bank"]);
        check("she", &[]);
        check(" ", &[]);
        check("Nobody", &[]);
    }
}
