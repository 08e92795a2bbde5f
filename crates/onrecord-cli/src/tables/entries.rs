//! An entry as a row of a table.

use onrecord_columns::{AmountOf, EntryRow, PlaceOf};
use onrecord_ledger::{Entry, Who, quoted};

use crate::find::kind;

/// The row of an entry: names as they are, for whoever reads it is a program.
pub(crate) fn row(e: &Entry) -> EntryRow {
    let place = |at: &onrecord_ledger::At| PlaceOf {
        name: at.name.clone(),
        lat: at.position.map(|(lat, _)| lat),
        lon: at.position.map(|(_, lon)| lon),
    };
    let amount = |sum: &onrecord_ledger::Sum| AmountOf {
        value: sum.value.clone(),
        unit: sum.unit.clone(),
        qualifier: sum.qualifier.map(|q| q.to_string()),
        basis: sum.basis.map(|b| b.to_string()),
    };
    let sum = e.amounts.first();
    EntryRow {
        handle: e.handle(),
        link: e.link().map(str::to_owned),
        outlet: e.outlets.first().cloned(),
        with: names(&e.with),
        due: e.due.clone(),
        since: e.since.clone(),
        condition: e.condition.clone(),
        part_of: e.part_of.clone(),
        amount: sum.map(|s| s.value.clone()),
        unit: sum.map(|s| s.unit.clone()),
        qualifier: sum.and_then(|s| s.qualifier).map(|q| q.to_string()),
        amount_basis: sum.and_then(|s| s.basis).map(|b| b.to_string()),
        report: e.at.report.clone(),
        location: e.locations.first().cloned(),
        outlets: e.outlets.clone(),
        agency: e.agency.clone(),
        published: e.published,
        headline: e.headline.clone(),
        own_id: e.own.own_id.clone(),
        authors: e.own.authors.clone(),
        language: Some(e.own.language.clone()).filter(|l| !l.is_empty()),
        kind: kind(e.at.kind).to_owned(),
        id: e.id.clone(),
        what: e.what.clone(),
        status: e.status.map(|s| s.to_string()),
        cue: e.cue.as_ref().map(|c| c.quote().to_owned()),
        phase: e.phase.map(|p| p.to_string()),
        certainty: e.factuality.certainty.to_string(),
        polarity: e.factuality.polarity.to_string(),
        by: names(&e.by),
        to: names(&e.to),
        about: names(&e.about),
        reporter: e.reporter,
        on_the_word_of: names(&e.word),
        time: e.time.clone(),
        places: e.places.iter().map(place).collect(),
        sums: e.amounts.iter().map(amount).collect(),
        words: quoted(&e.words),
        start: e.rests_on().0,
        end: e.rests_on().1,
        spans: e.words.clone(),
        confidence: e.confidence,
        superseded: e.superseded,
        judged: e.judgements.len() as u32,
    }
}

pub(super) fn names(who: &[Who]) -> Vec<String> {
    who.iter().map(|w| w.name.clone()).collect()
}
