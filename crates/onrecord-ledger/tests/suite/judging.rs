//! What people say of entries: laid over them, kept through new readings.

use onrecord_ledger::{
    Anchor, Correction, Entry, EntryRef, Judgement, Ledger, LedgerError, Query, Show, Sum, Verdict,
};
use onrecord_model::CommitmentStatus;

use super::records::story;
use super::{ask, check, some};

const TEXT: &str = "Ada Oko said: the harbour will open\n\
    Bo Oko said: it will not\n\
    Peru will give Brackwater $600 million for the breakwater\n";
const OPEN: &str = "Ada Oko: the harbour will open";
const NOT: &str = "Bo Oko: it will not";
const GIVE: &str = "Peru: the breakwater";

fn desk(at: &str) -> (Ledger, Vec<Entry>) {
    let ledger = Ledger::open(at).unwrap();
    ledger.file(&[story(TEXT, "2031-03-04").filing()]).unwrap();
    let entries = ledger.entries(&ask()).unwrap().entries;
    assert_eq!(entries.len(), 3);
    (ledger, entries)
}

fn says(of: &EntryRef, verdict: Verdict, minute: u32) -> Judgement {
    Judgement {
        of: of.clone(),
        verdict,
        author: "Cy Desk".to_owned(),
        at: format!("2031-03-05T09:{minute:02}:00Z").parse().unwrap(),
    }
}

pub(crate) fn a_rejected_entry_is_hidden(at: &str) {
    let (ledger, entries) = desk(at);
    let reject = says(&entries[1].at, Verdict::Reject, 0);
    ledger.judge(&reject).unwrap();
    ledger.judge(&reject).unwrap();
    check(&ledger, &ask(), &[GIVE, OPEN]);
    let all = Query {
        show: Show {
            rejected: true,
            ..Show::default()
        },
        ..ask()
    };
    check(&ledger, &all, &[GIVE, NOT, OPEN]);
    assert_eq!(
        ledger.entries(&all).unwrap().entries[1].judgements,
        std::slice::from_ref(&reject)
    );
    assert_eq!(ledger.judgements(None).unwrap(), [reject]);
    ledger
        .judge(&says(&entries[1].at, Verdict::Accept, 1))
        .unwrap();
    check(&ledger, &ask(), &[GIVE, NOT, OPEN]);
    assert_eq!(
        ledger
            .judgements(Some(&entries[1].at.report))
            .unwrap()
            .len(),
        2
    );
}

pub(crate) fn a_corrected_entry_is_found_as_corrected(at: &str) {
    let (ledger, entries) = desk(at);
    let correction = Correction {
        status: Some(CommitmentStatus::Signed),
        by: Some(vec!["Chile".into()]),
        amounts: Some(vec![Sum::of("6", "USD")]),
        time: some("2032-01"),
        ..Correction::default()
    };
    ledger
        .judge(&says(&entries[0].at, Verdict::Correct(correction), 0))
        .unwrap();
    let by = |name: &str| Query {
        by: some(name),
        ..ask()
    };
    check(&ledger, &by("Peru"), &[]);
    check(&ledger, &by("Chile"), &["Chile: the breakwater"]);
    check(
        &ledger,
        &Query {
            statuses: vec![CommitmentStatus::Announced],
            ..ask()
        },
        &[],
    );
    let signed = Query {
        statuses: vec![CommitmentStatus::Signed],
        ..ask()
    };
    let found = ledger.entries(&signed).unwrap().entries.pop().unwrap();
    let as_read = found.as_read.clone().unwrap();
    assert_eq!(
        (as_read.by[0].name.as_str(), as_read.status),
        ("Peru", Some(CommitmentStatus::Announced))
    );
    assert_eq!(found.time.as_deref(), Some("2032-01"));
    // The record is as it was read.
    let held = ledger.get(&entries[0].at.report).unwrap().unwrap();
    assert_eq!(held.record, story(TEXT, "2031-03-04").record());
}

pub(crate) fn a_merged_entry_is_hidden(at: &str) {
    let (ledger, entries) = desk(at);
    let into = entries[2].at.clone();
    ledger
        .judge(&says(&entries[1].at, Verdict::Merge { into }, 0))
        .unwrap();
    check(&ledger, &ask(), &[GIVE, OPEN]);
    check(
        &ledger,
        &Query {
            show: Show {
                merged: true,
                ..Show::default()
            },
            ..ask()
        },
        &[GIVE, NOT, OPEN],
    );
}

pub(crate) fn a_judgement_survives_a_new_reading(at: &str) {
    let (ledger, entries) = desk(at);
    ledger
        .judge(&says(&entries[1].at, Verdict::Reject, 0))
        .unwrap();
    let note = Verdict::Note {
        text: "ask Ada".into(),
    };
    ledger.judge(&says(&entries[2].at, note, 1)).unwrap();
    // The newer reader misses the first statement and ends the second one word earlier, so that
    // every id is another.
    let newer = story(TEXT, "2031-03-04").read_by("0.2.0");
    let mut record = newer.record();
    record.statements.remove(0);
    let s = &mut record.statements[0];
    s.id = onrecord_model::StatementId(1);
    let range = s.content[0].range();
    let text = record.report.text.clone();
    let shorter = onrecord_model::TextRange::new(range.start, range.end - 4);
    s.content[0] = text.span(shorter).unwrap();
    record.commitments[0].basis.clear();
    let origin = onrecord_ledger::Origin {
        location: newer.location.clone(),
        outlet: None,
        filed: "2031-06-02T00:00:00Z".parse().unwrap(),
    };
    ledger
        .file(&[onrecord_ledger::Filing::new(record, origin).unwrap()])
        .unwrap();
    check(&ledger, &ask(), &[GIVE]);
    check(
        &ledger,
        &Query {
            show: Show {
                rejected: true,
                ..Show::default()
            },
            ..ask()
        },
        &[GIVE, "Bo Oko: it will"],
    );
    // The note's statement is gone; the note is not.
    assert_eq!(ledger.judgements(Some(&newer.id())).unwrap().len(), 2);
}

pub(crate) fn a_judgement_without_its_entry_is_kept(at: &str) {
    let (ledger, entries) = desk(at);
    ledger
        .judge(&says(&entries[2].at, Verdict::Reject, 0))
        .unwrap();
    let mut record = story(TEXT, "2031-03-04").read_by("0.2.0").record();
    record.statements.clear();
    record.commitments[0].basis.clear();
    let origin = |day: &str| onrecord_ledger::Origin {
        location: "reports/2031-03-04.txt".into(),
        outlet: None,
        filed: format!("{day}T00:00:00Z").parse().unwrap(),
    };
    ledger
        .file(&[onrecord_ledger::Filing::new(record, origin("2031-06-02")).unwrap()])
        .unwrap();
    assert_eq!(ledger.judgements(None).unwrap().len(), 1);
    // A reader newer still finds the statement again, and the judgement finds it.
    let found = story(TEXT, "2031-03-04").read_by("0.3.0").record();
    ledger
        .file(&[onrecord_ledger::Filing::new(found, origin("2031-06-03")).unwrap()])
        .unwrap();
    check(&ledger, &ask(), &[GIVE, NOT]);
}

pub(crate) fn what_is_not_there_cannot_be_judged(at: &str) {
    let (ledger, entries) = desk(at);
    let nowhere = EntryRef {
        anchor: Anchor {
            start: 1000,
            end: 1004,
            ..entries[0].at.anchor.clone()
        },
        ..entries[0].at.clone()
    };
    let refused = |j: &Judgement| ledger.judge(j).unwrap_err();
    assert!(matches!(
        refused(&says(&nowhere, Verdict::Reject, 0)),
        LedgerError::Judgement(_)
    ));
    let elsewhere = EntryRef {
        report: "sha256:0".into(),
        ..entries[0].at.clone()
    };
    assert!(matches!(
        refused(&says(&elsewhere, Verdict::Reject, 0)),
        LedgerError::NoReport(_)
    ));
    let nobody = Judgement {
        author: " ".into(),
        ..says(&entries[0].at, Verdict::Reject, 0)
    };
    assert!(matches!(refused(&nobody), LedgerError::Judgement(_)));
    assert!(ledger.judgements(None).unwrap().is_empty());
}

pub(crate) fn what_is_taken_back_no_longer_counts(at: &str) {
    let (ledger, entries) = desk(at);
    let of = &entries[1].at;
    let reject = says(of, Verdict::Reject, 0);
    let correct = Verdict::Correct(Correction {
        by: Some(vec!["Di Oko".into()]),
        ..Correction::default()
    });
    let correct = says(of, correct, 1);
    let back = |j: &Judgement, minute| says(of, Verdict::Withdraw { said_at: j.at }, minute);
    for j in [&reject, &correct, &back(&reject, 2)] {
        ledger.judge(j).unwrap();
    }
    check(&ledger, &ask(), &[GIVE, "Di Oko: it will not", OPEN]);
    let stands = &ledger.entries(&ask()).unwrap().entries[1].judgements;
    assert_eq!(*stands, std::slice::from_ref(&correct));
    ledger.judge(&back(&correct, 3)).unwrap();
    check(&ledger, &ask(), &[GIVE, NOT, OPEN]);
    let found = &ledger.entries(&ask()).unwrap().entries[1];
    assert_eq!(*found, entries[1]);
    // All of it is kept, in its order.
    assert_eq!(ledger.judgements(None).unwrap().len(), 4);

    // Nobody takes back what another said, what was never said, or a taking back.
    let other = Judgement {
        author: "Di Desk".into(),
        ..back(&correct, 4)
    };
    for j in [
        other,
        back(&back(&reject, 2), 5),
        says(
            &entries[0].at,
            Verdict::Withdraw {
                said_at: back(&correct, 9).at,
            },
            6,
        ),
    ] {
        let refused = ledger.judge(&j).unwrap_err();
        assert!(matches!(refused, LedgerError::Judgement(_)), "{j:?}");
    }
    // Of several all are kept, or none.
    let several = [says(of, Verdict::Reject, 5), back(&reject, 6)];
    ledger.judge_all(&several).unwrap_err();
    check(&ledger, &ask(), &[GIVE, NOT, OPEN]);
    assert_eq!(ledger.judgements(None).unwrap().len(), 4);
    // It can be said again.
    ledger.judge(&says(of, Verdict::Reject, 7)).unwrap();
    check(&ledger, &ask(), &[GIVE, OPEN]);
}

pub(crate) fn judgements_of_one_person_can_be_laid_over(at: &str) {
    let (ledger, entries) = desk(at);
    let correct = |name: &str| {
        Verdict::Correct(Correction {
            to: Some(vec![name.into()]),
            ..Correction::default()
        })
    };
    let own = says(&entries[0].at, correct("Chile"), 0);
    let other = Judgement {
        author: "Di Desk".into(),
        ..says(&entries[0].at, correct("Brazil"), 1)
    };
    ledger.judge(&own).unwrap();
    ledger.judge(&other).unwrap();
    let found = || ledger.entries(&ask()).unwrap().entries[0].clone();
    let to = |e: &Entry| e.to.iter().map(|w| w.name.clone()).collect::<Vec<_>>();
    assert_eq!(to(&found()), ["Brazil"]);
    let seen = found().judged(vec![own.clone()]);
    assert_eq!(to(&seen), ["Chile"]);
    assert_eq!(seen.judgements, [own]);
    assert_eq!(found().unjudged(), entries[0]);
    // An empty time takes the time away.
    let time = |time: &str, minute| {
        let correction = Correction {
            time: some(time),
            ..Correction::default()
        };
        says(&entries[0].at, Verdict::Correct(correction), minute)
    };
    let timed = entries[0].clone().judged(vec![time("2032", 2)]);
    assert_eq!(timed.time.as_deref(), Some("2032"));
    let timeless = timed.judged(vec![time("2032", 2), time("", 3)]);
    assert_eq!(timeless.time, None);
}
