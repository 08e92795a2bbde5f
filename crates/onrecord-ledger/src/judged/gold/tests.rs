use super::*;
use crate::Verdict;

const JSON: &str = include_str!("../../../tests/data/harbour-loan.json");

/// The gold standard of a record of which all was accepted but for what is said.
fn check(said: &[(&str, Verdict)]) -> (Record, Value) {
    let record = Record::from_json(JSON).unwrap();
    let mut entries = Entry::of(&record);
    for e in &mut entries {
        let found = said.iter().find(|(id, _)| *id == e.id);
        e.judgements.push(Judgement {
            of: e.at.clone(),
            verdict: found.map_or(Verdict::Accept, |(_, v)| v.clone()),
            author: "Ann".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        });
    }
    let gold = Gold::of(&record, &entries, None);
    assert_eq!((gold.answered, gold.open), (entries.len(), 0));
    (record, gold.json)
}

fn ids(gold: &Value, part: &str) -> Vec<String> {
    let part = gold[part].as_array().unwrap().iter();
    part.map(|x| x["id"].as_str().unwrap().to_owned()).collect()
}

/// Where the scorer finds words: where they stand first.
fn found(record: &Record, words: &Value) -> usize {
    record
        .report
        .text
        .as_str()
        .find(words.as_str().unwrap())
        .unwrap()
}

#[test]
fn all_that_is_accepted_is_there_and_found_again() {
    let (record, gold) = check(&[]);
    let text = record.report.text.as_str();
    for (s, g) in record
        .statements
        .iter()
        .zip(gold["statements"].as_array().unwrap())
    {
        assert_eq!(found(&record, &g["cue"]), s.cue.span.range().start as usize);
        for (span, words) in s.content.iter().zip(g["content"].as_array().unwrap()) {
            let at = found(&record, words);
            let (start, end) = (span.range().start as usize, span.range().end as usize);
            assert!(at <= start && end <= at + words.as_str().unwrap().len());
        }
    }
    for (v, g) in record.events.iter().zip(gold["events"].as_array().unwrap()) {
        assert_eq!(
            found(&record, &g["trigger"]),
            v.trigger.range().start as usize
        );
    }
    for (o, g) in record
        .commitments
        .iter()
        .zip(gold["commitments"].as_array().unwrap())
    {
        let at = |s: &Span| json!(s.range().start);
        let cue = (!g["cue"].is_null()).then(|| found(&record, &g["cue"]));
        assert_eq!(json!(cue), json!(o.cue.as_ref().map(at)));
        let told = g["parties"].as_array().into_iter().flatten();
        assert_eq!(told.clone().count(), o.parties.len());
        for (p, g) in o.parties.iter().zip(told) {
            assert_eq!(json!(found(&record, &g["text"])), at(&p.span));
            assert_eq!(g["role"], p.role.as_str());
        }
    }
    for (e, g) in record
        .entities
        .iter()
        .zip(gold["entities"].as_array().unwrap())
    {
        for (m, words) in e.mentions.iter().zip(g["mentions"].as_array().unwrap()) {
            assert_eq!(found(&record, words), m.span.range().start as usize);
        }
    }
    for (t, g) in record.times.iter().zip(gold["times"].as_array().unwrap()) {
        let from = if g["in"].is_null() {
            0
        } else {
            found(&record, &g["in"])
        };
        let at = from + text[from..].find(g["quote"].as_str().unwrap()).unwrap();
        assert_eq!(at, t.span.range().start as usize);
    }
    for (s, g) in record
        .report
        .segments
        .iter()
        .zip(gold["report"]["segments"].as_array().unwrap())
    {
        assert_eq!(found(&record, &g["starts"]), s.range().start as usize);
    }
    assert_eq!(gold["judged"]["by"], json!(["Ann"]));
    assert!(
        gold["statements"]
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["optional"].is_null())
    );
}

#[test]
fn what_is_rejected_is_left_out_with_what_points_at_it() {
    let (record, gold) = check(&[("s1", Verdict::Reject), ("v1", Verdict::Reject)]);
    assert_eq!(
        gold["statements"].as_array().unwrap().len(),
        record.statements.len() - 1
    );
    assert!(!ids(&gold, "statements").contains(&"s1".to_owned()));
    assert!(!ids(&gold, "events").contains(&"v1".to_owned()));
    let pointing = serde_json::to_string(&[&gold["events"], &gold["commitments"]]).unwrap();
    assert!(!pointing.contains("\"s1\""));
}

#[test]
fn what_is_merged_points_at_what_stands_for_it() {
    let record = Record::from_json(JSON).unwrap();
    let entries = Entry::of(&record);
    let leaning = record.commitments.iter().find_map(|c| match c.basis[..] {
        [Basis::Statement(id)] => Some((c.id.to_string(), id.to_string())),
        _ => None,
    });
    let (leaning, id) = leaning.unwrap();
    let other = entries.iter().find(|e| e.id != id).unwrap();
    let into = other.at.clone();
    let (_, gold) = check(&[(&id, Verdict::Merge { into })]);
    let commitments = gold["commitments"].as_array().unwrap();
    let c = commitments
        .iter()
        .find(|c| c["id"] == leaning.as_str())
        .unwrap();
    assert_eq!(c["basis"], json!([other.id]));
    assert!(!ids(&gold, "statements").contains(&id));
}

#[test]
fn what_is_corrected_is_as_people_said() {
    let correction = Correction {
        what: Some("sale".into()),
        status: Some(onrecord_model::CommitmentStatus::Signed),
        by: Some(vec!["noriega".into(), "Brackwater Council".into()]),
        time: Some("2032-05".into()),
        amounts: Some(vec![Sum::of("40", "engineers"), Sum::of("7.5", "EUR")]),
        ..Correction::default()
    };
    let told = Verdict::Correct(Correction {
        by: Some(vec![]),
        ..Correction::default()
    });
    let (record, gold) = check(&[("c1", Verdict::Correct(correction)), ("s2", told)]);
    let c = &gold["commitments"][0];
    assert_eq!(
        (&c["kind"], &c["status"], &c["since"]),
        (&json!("sale"), &json!("signed"), &json!("2032-05"))
    );
    // Who was read as bound is gone; for whom it is nobody corrected.
    assert_eq!(
        c["parties"],
        json!([{"role": "to", "text": "the port of Brackwater"}])
    );
    let noriega = record
        .entities
        .iter()
        .find(|e| e.name == "Alba Noriega")
        .unwrap();
    assert_eq!(c["by"], json!([noriega.id, "n1"]));
    let brought = gold["entities"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&brought["id"], &brought["name"]),
        (&json!("n1"), &json!("Brackwater Council"))
    );
    assert_eq!(
        (&c["amount"]["value"], &c["amount"]["unit"]),
        (&json!("40"), &json!("engineers"))
    );
    assert_eq!(
        c["amount"]["restated"],
        json!([{"value": "7.5", "currency": "EUR"}])
    );
    assert_eq!(gold["statements"][1]["source"], json!({"kind": "implicit"}));
}

#[test]
fn what_nobody_judged_is_optional() {
    let record = Record::from_json(JSON).unwrap();
    let mut entries = Entry::of(&record);
    let of = entries[0].at.clone();
    entries[0].judgements.push(Judgement {
        of,
        verdict: Verdict::Accept,
        author: "Bo".into(),
        at: jiff::Timestamp::UNIX_EPOCH,
    });
    let gold = Gold::of(&record, &entries, Some("Bo"));
    assert_eq!((gold.answered, gold.open), (1, entries.len() - 1));
    assert!(gold.json["statements"][0]["optional"].is_null());
    assert_eq!(gold.json["statements"][1]["optional"], json!(true));
    let others = Gold::of(&record, &entries, Some("Ann"));
    assert_eq!(
        (others.answered, others.json["judged"]["by"].clone()),
        (0, json!([]))
    );
}
