use std::collections::BTreeSet;

use onrecord_model::{Basis, SourceKind, Text};

use super::*;
use crate::{Correction, EntryKind, Judgement, Verdict};

const HARBOUR: &str = include_str!("../../tests/data/harbour-loan.json");

fn record() -> Record {
    Record::from_json(HARBOUR).unwrap()
}

fn all(record: &Record) -> Vec<Value> {
    nodes(record, &Entry::of(record))
}

/// The claims, each with its entry.
fn claims(record: &Record) -> Vec<(Entry, Value)> {
    let entries = Entry::of(record);
    let nodes = nodes(record, &entries);
    let claims = nodes.into_iter().skip(1).step_by(2);
    entries.into_iter().zip(claims).collect()
}

fn names(who: &Value) -> Vec<&str> {
    let who = who.as_array().into_iter().flatten();
    who.filter_map(|w| w["name"].as_str().or(w["description"].as_str()))
        .collect()
}

#[test]
fn a_direct_quotation_is_its_speakers_and_part_of_the_article() {
    let record = record();
    let (_, said) = &claims(&record)
        .into_iter()
        .find(|(_, c)| c["@type"] == "Quotation")
        .unwrap();
    assert_eq!(names(&said["creator"]), ["Alba Noriega"]);
    assert_eq!(said["creator"][0]["@type"], "Person");
    assert_eq!(said["isPartOf"]["@id"], record.report.id);
    assert!(said["text"].as_str().unwrap().starts_with('“'), "{said}");
    assert_eq!(said["author"], Value::Null);
}

#[test]
fn what_is_attributed_is_the_sources_and_the_rest_the_reports() {
    let record = record();
    let voice = ["Imelda Quist", "Rafe Sonderby"];
    let (mut attributed, mut own) = (0, 0);
    for (entry, claim) in claims(&record) {
        if claim["@type"] != "Claim" {
            continue;
        }
        let authors = names(&claim["author"]);
        let sources: Vec<&str> = entry.word.iter().map(|w| w.name.as_str()).collect();
        if entry.reporter {
            own += 1;
            assert!(
                authors.starts_with(&voice) && authors.ends_with(&sources),
                "{claim}"
            );
        } else {
            attributed += 1;
            assert_eq!(authors, sources, "{claim}");
            assert_eq!(names(&claim["claimInterpreter"]), voice);
        }
        assert_eq!(claim["appearance"]["@id"], record.report.id);
    }
    assert!(attributed > 3 && own > 0, "{attributed} {own}");
}

#[test]
fn where_nobody_is_named_nobody_is_the_author() {
    let mut record = record();
    record.statements[0].source.kind = SourceKind::Implicit;
    record.statements[0].source.entity = None;
    record.statements[0].source.span = None;
    let id = record.statements[0].id;
    record.events.truncate(1);
    record.events[0].basis = vec![Basis::Statement(id)];
    let claims = claims(&record);
    let of = |kind| {
        claims
            .iter()
            .find(|(e, _)| e.at.kind == kind)
            .map(|(_, c)| c)
    };
    let (said, event) = (
        of(EntryKind::Statement).unwrap(),
        of(EntryKind::Event).unwrap(),
    );
    assert_eq!(
        (&said["author"], &said["creator"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(event["author"], Value::Null);
    assert_eq!(event["isBasedOn"][0]["@id"], said["@id"]);
}

#[test]
fn an_action_is_never_said_to_be_done() {
    let record = record();
    let mut actions = 0;
    for (entry, claim) in claims(&record) {
        if entry.at.kind == EntryKind::Statement {
            continue;
        }
        actions += 1;
        let action = &claim["about"];
        assert_eq!(action["@type"], "Action");
        assert_eq!(action["actionStatus"], Value::Null);
        for whose in [&claim, action] {
            let said = whose["additionalProperty"].as_array().unwrap();
            let certainty = said.iter().find(|p| p["name"] == "certainty").unwrap();
            assert_eq!(certainty["value"], entry.factuality.certainty.as_str());
        }
        let status = action["additionalProperty"].as_array().unwrap().iter();
        let status: Vec<_> = status.filter(|p| p["name"] == "status").collect();
        assert_eq!(status.len(), usize::from(entry.status.is_some()));
    }
    assert!(actions > 3);
}

#[test]
fn a_commitment_tells_its_cue_and_those_whom_words_alone_tell() {
    let record = record();
    let claims = claims(&record);
    let kept = claims.iter().filter(|(e, _)| e.status.is_some());
    let cues: Vec<Vec<&str>> = kept
        .clone()
        .map(|(_, c)| {
            let said = c["about"]["additionalProperty"].as_array().unwrap().iter();
            let cues = said.filter(|p| p["name"] == "cue");
            cues.map(|p| p["value"].as_str().unwrap()).collect()
        })
        .collect();
    // The second is as an older reader left it.
    assert_eq!(cues, [vec!["will lend"], vec![]]);
    let (entry, claim) = kept.clone().next().unwrap();
    assert_eq!(names(&claim["about"]["agent"]), ["Peru"]);
    let to = &claim["about"]["participant"];
    let port = json!([{"@type": "Thing", "description": "the port of Brackwater"}]);
    assert_eq!(*to, port);
    // A person who says to whom it is says more than the words.
    let mut corrected = entry.clone();
    corrected.to = vec![crate::Who::named("Brackwater Port Authority")];
    corrected.as_read = Some(Box::new(entry.clone()));
    let nodes = nodes(&record, &[corrected]);
    let to = &nodes[1]["about"]["participant"];
    assert_eq!(names(to), ["Brackwater Port Authority"]);
}

#[test]
fn a_place_that_is_only_named_is_not_where_it_was_said() {
    let mut record = record();
    let named = |e: &Entry| !e.places.is_empty();
    record.statements.iter_mut().for_each(|s| s.place = None);
    let (_, said) = &claims(&record).into_iter().find(|(e, _)| named(e)).unwrap();
    assert_eq!(said["locationCreated"], Value::Null);
    let place = said["contentLocation"][0]["name"].as_str().unwrap();
    let place = record.entities.iter().find(|e| e.name == place).unwrap().id;
    record
        .statements
        .iter_mut()
        .for_each(|s| s.place = Some(place));
    let (_, said) = &claims(&record)[0];
    assert_eq!(said["locationCreated"][0]["@type"], "Place");
    assert_eq!(said["contentLocation"], Value::Null);
}

#[test]
fn every_annotation_finds_its_words() {
    let record = record();
    let text: Vec<char> = record.report.text.as_str().chars().collect();
    let mut targets = 0;
    for node in all(&record).iter().skip(2).step_by(2) {
        assert_eq!(node["type"], "Annotation");
        for target in node["target"].as_array().unwrap() {
            targets += 1;
            let (place, quote) = (&target["selector"][0], &target["selector"][1]);
            let at = |name: &str| place[name].as_u64().unwrap() as usize;
            let part = |name: &str| quote[name].as_str().unwrap();
            let words: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(words, part("exact"));
            let whole = [part("prefix"), part("exact"), part("suffix")].concat();
            let from = at("start") - part("prefix").chars().count();
            let there: String = text[from..].iter().take(whole.chars().count()).collect();
            assert_eq!(whole, there);
            let around = part("prefix").chars().count();
            assert_eq!(around, 32.min(at("start")));
        }
    }
    assert!(targets > 10);
}

#[test]
fn every_id_is_somebodys_and_one_alone() {
    let mut record = record();
    // Two statements on the same words are two.
    let mut twin = record.statements[0].clone();
    twin.id = onrecord_model::StatementId(999);
    record.statements.push(twin);
    let nodes = all(&record);
    let id = |n: &Value| n["@id"].as_str().or(n["id"].as_str()).map(str::to_owned);
    let ids: Vec<String> = nodes.iter().filter_map(id).collect();
    assert_eq!(ids.len(), nodes.len());
    let once: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(once.len(), ids.len());
    for node in &nodes {
        for member in ["isPartOf", "isBasedOn", "appearance"] {
            let named = node[member]
                .as_array()
                .map_or(std::slice::from_ref(&node[member]), |a| a);
            for name in named.iter().filter_map(|n| n["@id"].as_str()) {
                assert!(once.contains(&name.to_owned()), "{name}");
            }
        }
        if let Some(body) = node["body"].as_str() {
            assert!(once.contains(&body.to_owned()), "{body}");
        }
    }
    assert!(
        ids.iter()
            .all(|id| !id.contains(' ') && id.matches('#').count() < 2)
    );
}

#[test]
fn what_a_person_corrected_says_so() {
    let record = record();
    let mut entry = Entry::of(&record).remove(0);
    let said = |verdict| Judgement {
        of: entry.at.clone(),
        verdict,
        author: "desk".to_owned(),
        at: "2031-03-05T08:00:00Z".parse().unwrap(),
    };
    let note = "called back".to_owned();
    entry.judgements = vec![
        said(Verdict::Correct(Correction::default())),
        said(Verdict::Note { text: note }),
        said(Verdict::Accept),
    ];
    let nodes = nodes(&record, &[entry]);
    assert_eq!(nodes[1]["correction"][0]["author"]["name"], "desk");
    assert_eq!(nodes[1]["comment"][0]["text"], "called back");
    assert_eq!(nodes[1]["comment"].as_array().unwrap().len(), 1);
}

#[test]
fn a_report_of_which_little_is_known_has_little() {
    let mut report = Report::bare(Text::new("Rain fell."));
    report.id = "sha256:0".into();
    let nodes = article(&report, &[]);
    let known: Vec<&String> = nodes.as_object().unwrap().keys().collect();
    assert_eq!(known, ["@id", "@type", "identifier", "inLanguage"]);
}
