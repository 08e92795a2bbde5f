//! What people add and say otherwise: on words of the report, beside the record.

use onrecord_ledger::judged::recall::recall;
use onrecord_ledger::{
    Correction, Entry, EntryKind, EntryRef, Judgement, Ledger, LedgerError, Query, Sum, Verdict,
    stands,
};
use onrecord_model::{CommitmentStatus, Qualifier, Span};

use super::records::story;
use super::{ask, check, some};

const TEXT: &str = "Ada Oko said: the harbour will open\n\
    Peru will lend Brackwater “600 million”\n\
    Ada Oko said: it will rain\n";

fn desk(at: &str) -> Ledger {
    let ledger = Ledger::open(at).unwrap();
    ledger.file(&[story(TEXT, "2031-03-04").filing()]).unwrap();
    ledger
}

fn words(words: &str) -> Span {
    stands(&story(TEXT, "").record().report.text, words, 0).unwrap()
}

fn says(of: &EntryRef, verdict: Verdict, minute: u32) -> Judgement {
    Judgement {
        of: of.clone(),
        verdict,
        author: "Cy Desk".to_owned(),
        at: format!("2031-03-05T09:{minute:02}:00Z").parse().unwrap(),
    }
}

fn loan() -> Correction {
    Correction {
        what: some("aid"),
        status: Some(CommitmentStatus::Announced),
        by: Some(vec!["Peru".into()]),
        to: Some(vec!["oko".into()]),
        amounts: Some(vec![Sum::of("600000000", "USD")]),
        due: some("2032"),
        ..Correction::default()
    }
}

fn added(what: &Correction, minute: u32) -> Judgement {
    let report = story(TEXT, "").id();
    let on = words("Peru will lend Brackwater \"600 million\"");
    let of = EntryRef::on(&report, EntryKind::Commitment, &on, what);
    says(&of, Verdict::Add(what.clone()), minute)
}

fn of_peru() -> Query {
    Query {
        by: some("Peru"),
        statuses: vec![CommitmentStatus::Announced],
        ..ask()
    }
}

pub(crate) fn a_person_adds_what_was_missed(at: &str) {
    let ledger = desk(at);
    let add = added(&loan(), 0);
    ledger.judge(&add).unwrap();
    ledger.judge(&add).unwrap();
    let all = "Peru: Peru will lend Brackwater “600 million”";
    check(&ledger, &of_peru(), &[all]);
    let found = ledger.entries(&of_peru()).unwrap().entries.pop().unwrap();
    assert_eq!(found.added_by.as_deref(), Some("Cy Desk"));
    assert_eq!(
        (found.due.as_deref(), found.time.as_deref()),
        (Some("2032"), Some("2032"))
    );
    assert_eq!(ledger.entry(&found.handle()).unwrap(), found);
    // A name is that of the report's own.
    assert_eq!(found.to[0].name, "Ada Oko");
    assert_eq!(found.judgements, std::slice::from_ref(&add));
    let money = Query {
        amount: Some(onrecord_ledger::Amounts {
            unit: "USD".into(),
            least: some("500000000"),
            most: None,
        }),
        ..ask()
    };
    check(&ledger, &money, &[all]);
    assert_eq!(ledger.size().unwrap().entries, 3);
    ledger.check().unwrap();
    // Never in the record; found again when the indexes are made anew.
    let held = ledger.get(&add.of.report).unwrap().unwrap();
    assert_eq!(held.record, story(TEXT, "2031-03-04").record());
    ledger.rebuild().unwrap();
    ledger.check().unwrap();
    check(&ledger, &of_peru(), &[all]);
    // Followed and judged as any other.
    assert!(ledger.thread(&found).unwrap().is_some());
    assert!(ledger.timeline(&of_peru()).unwrap().happenings.len() == 1);
    let due = Verdict::Correct(Correction {
        due: some(""),
        ..Correction::default()
    });
    ledger.judge(&says(&found.at, due, 1)).unwrap();
    let corrected = ledger.entries(&of_peru()).unwrap().entries.pop().unwrap();
    assert_eq!(
        (corrected.due, corrected.as_read.unwrap().due),
        (None, some("2032"))
    );
    ledger.judge(&says(&found.at, Verdict::Reject, 2)).unwrap();
    check(&ledger, &of_peru(), &[]);
    ledger.judge(&says(&found.at, Verdict::Accept, 3)).unwrap();
    // Taking back takes it out.
    let back = Verdict::Withdraw { said_at: add.at };
    ledger.judge(&says(&found.at, back, 4)).unwrap();
    check(
        &ledger,
        &ask(),
        &["Ada Oko: it will rain", "Ada Oko: the harbour will open"],
    );
    assert_eq!(ledger.judgements(None).unwrap().len(), 5);
    ledger.check().unwrap();
}

pub(crate) fn what_was_added_is_one_with_what_is_read_later(at: &str) {
    let ledger = desk(at);
    ledger.judge(&added(&loan(), 0)).unwrap();
    // The newer reader finds it, on one word less, and takes it for a sale by nobody.
    let mut record = story(TEXT, "2031-03-04").read_by("0.2.0").record();
    let on = words("will lend Brackwater \"600 million\"");
    let read = serde_json::json!({"id": "c1", "kind": "sale", "status": "announced",
        "factuality": {"certainty": "certain", "polarity": "positive"}, "by": [], "to": [], "with": [],
        "object": on, "basis": ["reporter"], "confidence": 0.5});
    record
        .commitments
        .push(serde_json::from_value(read).unwrap());
    let origin = story(TEXT, "2031-03-04").filing().origin().clone();
    ledger
        .file(&[onrecord_ledger::Filing::new(record, origin).unwrap()])
        .unwrap();
    let all = ledger.entries(&of_peru()).unwrap().entries;
    let all: Vec<(&str, &str, bool)> = all
        .iter()
        .map(|e| (e.id.as_str(), e.what.as_str(), e.added_by.is_none()))
        .collect();
    assert_eq!(all, [("c1", "aid", true)]);
    ledger.check().unwrap();
}

pub(crate) fn what_is_no_entry_cannot_be_added(at: &str) {
    let ledger = desk(at);
    let refused = |j: &Judgement, want: &str| {
        let refused = ledger.judge(j).unwrap_err();
        assert!(matches!(refused, LedgerError::Judgement(_)), "{refused}");
        assert!(refused.to_string().contains(want), "{refused}");
    };
    let mut elsewhere = added(&loan(), 0);
    elsewhere.of.anchor.start += 1;
    elsewhere.of.anchor.end += 1;
    refused(
        &elsewhere,
        "has no words `Peru will lend Brackwater “600 million”` there",
    );
    let vague = Correction {
        status: None,
        ..loan()
    };
    refused(&added(&vague, 0), "needs its status");
    let unknown = Correction {
        what: some("lunch"),
        ..loan()
    };
    refused(&added(&unknown, 0), "needs its kind");
    let condition = Correction {
        condition: some("if it rains"),
        ..loan()
    };
    refused(&added(&condition, 0), "no words `if it rains`");
    ledger.judge(&added(&loan(), 1)).unwrap();
    refused(&added(&loan(), 2), "has that entry already, as `a1`");
    let of = added(&loan(), 0).of;
    refused(
        &says(
            &of,
            Verdict::Part {
                from: Some(of.clone()),
            },
            3,
        ),
        "named twice",
    );
    let statement = ledger.entries(&ask()).unwrap().entries;
    let statement = statement.iter().find(|e| e.at.kind == EntryKind::Statement);
    let with = statement.unwrap().at.clone();
    refused(&says(&of, Verdict::Join { with }, 4), "is no commitment");
    let mut gone = of.clone();
    gone.report = "sha256:none".into();
    let refused = ledger.judge(&says(&of, Verdict::Join { with: gone }, 5));
    assert!(matches!(refused, Err(LedgerError::NoReport(_))));
}

pub(crate) fn words_and_terms_are_corrected(at: &str) {
    let ledger = desk(at);
    ledger.judge(&added(&loan(), 0)).unwrap();
    let entry = ledger.entries(&of_peru()).unwrap().entries.pop().unwrap();
    let correction = Correction {
        since: some("2031-03"),
        condition: some("it will rain"),
        qualifier: Some(Qualifier::UpTo),
        source: Some(vec!["Ada Oko".into()]),
        words: Some(words("lend Brackwater")),
        place: Some(vec!["Brackwater".into()]),
        ..Correction::default()
    };
    ledger
        .judge(&says(&entry.at, Verdict::Correct(correction), 1))
        .unwrap();
    let found = ledger.entries(&of_peru()).unwrap().entries.pop().unwrap();
    assert_eq!(found.at, entry.at);
    assert_eq!(found.rests_on().2, "lend Brackwater");
    assert_eq!(
        (found.words.len(), found.words[0].quote()),
        (1, "lend Brackwater")
    );
    assert_eq!(
        (found.due.as_deref(), found.since.as_deref()),
        (Some("2032"), Some("2031-03"))
    );
    assert_eq!(found.condition.as_deref(), Some("it will rain"));
    assert_eq!(found.amounts[0].qualifier, Some(Qualifier::UpTo));
    assert_eq!(
        (found.reporter, found.word[0].name.as_str()),
        (false, "Ada Oko")
    );
    assert_eq!(found.places[0].name, "Brackwater");
    let named = Query {
        words: some("600"),
        ..of_peru()
    };
    check(&ledger, &named, &[]);
    // What stands elsewhere is refused.
    let text = story("Peru will lend\n", "").record().report.text;
    let other = stands(&text, "will lend", 0);
    let correction = Correction {
        words: other,
        ..Correction::default()
    };
    let refused = ledger.judge(&says(&entry.at, Verdict::Correct(correction), 2));
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("has no words `will lend` there")
    );
}

pub(crate) fn sentences_are_searched(at: &str) {
    let ledger = desk(at);
    let drawn = ledger.sample(&ask(), 10, 1).unwrap();
    assert_eq!(drawn.len(), 3);
    assert_eq!(ledger.sample(&ask(), 2, 1).unwrap(), drawn[..2]);
    let later = Query {
        published: onrecord_ledger::Days {
            from: Some("2031-03-05".parse().unwrap()),
            to: None,
        },
        ..ask()
    };
    assert!(ledger.sample(&later, 10, 1).unwrap().is_empty());
    let outlet = |name: &str| Query {
        outlet: some(name),
        ..ask()
    };
    assert_eq!(ledger.sample(&outlet("wire"), 10, 1).unwrap().len(), 3);
    assert!(ledger.sample(&outlet("Post"), 10, 1).unwrap().is_empty());
    let before: Vec<Entry> = ledger.entries(&ask()).unwrap().entries;
    for (d, minute) in drawn.iter().zip(0..) {
        for kind in [EntryKind::Statement, EntryKind::Commitment] {
            let of = EntryRef::searched(&d.report, kind, &d.words);
            ledger.judge(&says(&of, Verdict::Searched, minute)).unwrap();
        }
    }
    // Said of words, it is said of no entry.
    assert_eq!(ledger.entries(&ask()).unwrap().entries, before);
    ledger.judge(&added(&loan(), 9)).unwrap();
    let entries = ledger.entries(&ask()).unwrap().entries;
    let told = recall(&ledger.judgements(None).unwrap(), &entries);
    let all = told[0].all;
    assert_eq!(
        (all.sentences, all.found, all.missed, all.open),
        (3, 2, 1, 2)
    );
    assert_eq!(told[0].kinds.len(), 2);
    assert_eq!(told[0].kinds[1].1.recall(), Some(0.0));
    let mut nowhere = EntryRef::searched(&drawn[0].report, EntryKind::Event, &drawn[0].words);
    nowhere.anchor.quote = "other words".into();
    assert!(ledger.judge(&says(&nowhere, Verdict::Searched, 9)).is_err());
}
