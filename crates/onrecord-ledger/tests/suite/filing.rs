//! Filing: idempotent, superseding, whole.

use std::sync::atomic::{AtomicUsize, Ordering};

use onrecord_ledger::{Filing, Ledger, Origin, Outcome, Query, Show};

use super::records::{Story, story};
use super::{ask, check, some};

const HARBOUR: &str = "Ada Oko said: the harbour will open\nPeru will give Brackwater $600 million for the breakwater\n";

pub(crate) fn file(ledger: &Ledger, stories: &[&Story]) -> Vec<Outcome> {
    let filings: Vec<Filing> = stories.iter().map(|s| s.filing()).collect();
    ledger
        .file(&filings)
        .unwrap()
        .iter()
        .map(|f| f.outcome)
        .collect()
}

pub(crate) fn the_same_twice_changes_nothing(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let s = story(HARBOUR, "2031-03-04");
    assert_eq!(file(&ledger, &[&s, &s]), [Outcome::New, Outcome::Present]);
    let before = (ledger.size().unwrap(), ledger.get(&s.id()).unwrap());
    assert_eq!(file(&ledger, &[&s]), [Outcome::Present]);
    assert_eq!(
        (ledger.size().unwrap(), ledger.get(&s.id()).unwrap()),
        before
    );
    assert_eq!((before.0.reports, before.0.entries), (1, 2));
    check(
        &ledger,
        &ask(),
        &["Peru: the breakwater", "Ada Oko: the harbour will open"],
    );
}

pub(crate) fn a_newer_reader_supersedes_an_older(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let old = story(HARBOUR, "2031-03-04").read_by("0.9.0").sure(0.5);
    let new = story(HARBOUR, "2031-03-04").read_by("0.10.0").sure(0.7);
    assert_eq!(file(&ledger, &[&old]), [Outcome::New]);
    assert_eq!(file(&ledger, &[&new]), [Outcome::Reread]);
    assert_eq!(file(&ledger, &[&old]), [Outcome::Present]);
    let older = story(HARBOUR, "2031-03-04").read_by("0.8.2");
    assert_eq!(file(&ledger, &[&older]), [Outcome::Outdated]);
    let held = ledger.get(&old.id()).unwrap().unwrap();
    assert_eq!(held.record, new.record());
    let read: Vec<&str> = held
        .readings
        .iter()
        .map(|r| r.reader.version.as_str())
        .collect();
    assert_eq!(read, ["0.9.0", "0.10.0"]);
    assert_eq!(ledger.reading(&old.id(), 0).unwrap().unwrap(), old.record());
    assert_eq!(ledger.reading(&old.id(), 2).unwrap(), None);
    let sure = Query {
        min_confidence: Some(0.6),
        ..ask()
    };
    check(
        &ledger,
        &sure,
        &["Peru: the breakwater", "Ada Oko: the harbour will open"],
    );
    let word = Query {
        words: some("harbour"),
        ..ask()
    };
    check(&ledger, &word, &["Ada Oko: the harbour will open"]);
    assert_eq!(ledger.size().unwrap().entries, 2);
}

pub(crate) fn one_text_may_have_many_carriers(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let here = story(HARBOUR, "2031-03-04").from("Bay Post", "https://bay.example/1");
    let there = story(HARBOUR, "2031-03-05").from("Hill Echo", "https://hill.example/9");
    assert_eq!(
        file(&ledger, &[&here, &there]),
        [Outcome::New, Outcome::Carried]
    );
    let third = story(HARBOUR, "2031-03-04").from("Dune Sun", "https://dune.example/3");
    assert_eq!(file(&ledger, &[&third]), [Outcome::Carried]);
    assert_eq!(
        file(&ledger, &[&there, &third]),
        [Outcome::Present, Outcome::Present]
    );
    for outlet in ["bay post", "Hill Echo", "DUNE SUN", "bay", "Echo"] {
        let query = Query {
            outlet: some(outlet),
            by: some("Peru"),
            ..ask()
        };
        check(&ledger, &query, &["Peru: the breakwater"]);
    }
    let found = ledger.entries(&ask()).unwrap().entries;
    assert_eq!(found[0].outlets.len(), 3);
    assert_eq!(
        ledger.get(&here.id()).unwrap().unwrap().record,
        here.record()
    );
}

pub(crate) fn a_later_text_at_an_address_is_a_later_version(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let url = "https://bay.example/1";
    let first = story("Ada Oko said: four died\n", "2031-03-04").from("Bay Post", url);
    let second = story("Ada Oko said: three died\n", "2031-03-05").from("Bay Post", url);
    file(&ledger, &[&first]);
    let filed = ledger.file(&[second.filing()]).unwrap();
    assert_eq!(
        (filed[0].outcome, &filed[0].supersedes),
        (Outcome::New, &vec![first.id()])
    );
    check(&ledger, &ask(), &["Ada Oko: three died"]);
    let all = Query {
        show: Show {
            superseded: true,
            ..Show::default()
        },
        ..ask()
    };
    check(
        &ledger,
        &all,
        &["Ada Oko: three died", "Ada Oko: four died"],
    );
    assert!(ledger.entries(&all).unwrap().entries[1].superseded);
    let held = ledger.get(&first.id()).unwrap().unwrap();
    assert_eq!((held.earlier, held.later), (vec![], vec![second.id()]));
    // A newer reader does not bring the old version back.
    file(&ledger, &[&first.clone().read_by("0.2.0")]);
    check(&ledger, &ask(), &["Ada Oko: three died"]);
    // A file by one name is no address: what lies there later is another report.
    let (a, b) = (
        story("Ada Oko said: one\n", "2031-04-01"),
        story("Ada Oko said: two\n", "2031-04-01"),
    );
    file(
        &ledger,
        &[&a.from("", "in/today.txt"), &b.from("", "in/today.txt")],
    );
    assert_eq!(ledger.entries(&ask()).unwrap().entries.len(), 3);
}

pub(crate) fn an_undated_text_is_of_the_day_it_was_filed(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let url = "https://bay.example/1";
    let first = story("Ada Oko said: four died\n", "2031-03-04").from("Bay Post", url);
    let second = story("Ada Oko said: three died\n", "").from("Bay Post", url);
    file(&ledger, &[&first, &second]);
    check(&ledger, &ask(), &["Ada Oko: three died"]);
    assert_eq!(ledger.report(url).unwrap(), second.id());
}

pub(crate) fn versions_may_be_filed_in_any_order(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let url = "https://bay.example/1";
    let of = |day| story(&format!("Ada Oko said: {day}\n"), day).from("Bay Post", url);
    let (a, b, c) = (of("2031-03-01"), of("2031-03-02"), of("2031-03-03"));
    file(&ledger, &[&c]);
    file(&ledger, &[&a, &b]);
    check(&ledger, &ask(), &["Ada Oko: 2031-03-03"]);
    let held = ledger.get(&b.id()).unwrap().unwrap();
    assert_eq!((held.earlier, held.later), (vec![a.id()], vec![c.id()]));
}

pub(crate) fn a_summary_never_replaces_a_report(at: &str) {
    let url = |n: usize| format!("https://bay.example/{n}");
    let of = |n: usize, words: &str, day, kind: Option<&str>| {
        let story = story(&format!("Ada Oko said: {words} {n}\n"), day).from("Bay Post", &url(n));
        kind.map_or(story.clone(), |kind| story.with_problem(kind))
    };
    let ledger = Ledger::open(at).unwrap();
    // Each order in which a feed, the page, the feed again and a login in the page's place may come.
    let orders = (0..24).map(|n| {
        let mut left = vec![0, 1, 2, 3];
        [n / 6, n / 2 % 3, n % 2, 0].map(|at| left.remove(at))
    });
    for (n, order) in orders.enumerate() {
        let four = [
            of(n, "a summary", "2031-03-04", Some("excerpt")),
            of(n, "the whole", "", None),
            of(n, "a longer summary", "2031-03-05", Some("excerpt")),
            of(n, "log in", "2031-03-06", Some("no_article")),
        ];
        for i in order {
            file(&ledger, &[&four[i]]);
        }
        assert_eq!(ledger.report(&url(n)).unwrap(), four[1].id(), "{order:?}");
        let held = ledger.get(&four[1].id()).unwrap().unwrap();
        assert!(held.later.is_empty(), "{order:?}");
        for part in [&four[0], &four[2], &four[3]] {
            let held = ledger.get(&part.id()).unwrap().unwrap();
            assert!(!held.later.is_empty(), "{order:?}");
        }
    }
    // A correction is as full, and comes later.
    let later = of(0, "the whole, corrected", "2031-07-01", None);
    file(&ledger, &[&later]);
    assert_eq!(ledger.report(&url(0)).unwrap(), later.id());
}

pub(crate) fn what_one_store_cannot_keep_the_other_does_not(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let long = |c: char| format!("https://bay.example/{}{c}", "a/é".repeat(7000));
    let odd = story("Ada Oko said: one\n", "2031-04-01")
        .from("Bay\u{0}Post\u{7f}", "https://bay.example/\u{0}1");
    let (a, b) = (
        story("Ada Oko said: two\n", "2031-04-02").from("Bay Post", &long('a')),
        story("Ada Oko said: three\n", "2031-04-03").from("Bay Post", &long('b')),
    );
    let endless: &'static str = Box::leak("Post ".repeat(4000).into_boxed_str());
    let c = story("Ada Oko said: four\n", "2031-04-04").from(endless, "https://bay.example/4");
    let fine =
        story("Ada Oko said: five\n", "2031-04-05").from("Bay Post", "https://bay.example/5");
    let outcomes = file(&ledger, &[&odd, &a, &b, &c, &fine]);
    assert_eq!(outcomes, [Outcome::New; 5]);
    assert_eq!(
        file(&ledger, &[&odd, &a, &b, &c, &fine]),
        [Outcome::Present; 5]
    );
    let held = ledger.get(&odd.id()).unwrap().unwrap();
    assert_eq!(held.carriers[0].outlet.as_deref(), Some("BayPost"));
    assert_eq!(held.carriers[0].location, "https://bay.example/1");
    // Two addresses that begin alike stay two.
    let held = ledger.get(&a.id()).unwrap().unwrap();
    assert!(held.later.is_empty() && held.carriers[0].location.len() < 2000);
}

pub(crate) fn a_link_can_be_said(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let (a, b) = (
        story("Ada Oko said: one\n", "2031-04-01"),
        story("Ada Oko said: two\n", "2031-04-02"),
    );
    file(&ledger, &[&a, &b]);
    ledger.supersede(&a.id(), &b.id()).unwrap();
    ledger.supersede(&b.id(), &a.id()).unwrap();
    check(&ledger, &ask(), &["Ada Oko: two"]);
    assert!(ledger.supersede(&a.id(), "sha256:0").is_err());
}

pub(crate) fn a_batch_is_filed_whole_or_not_at_all(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let s = story(HARBOUR, "2031-03-04");
    let mut record = s.record();
    "sha256:0".clone_into(&mut record.report.id);
    let origin = onrecord_ledger::Origin {
        location: "x".into(),
        outlet: None,
        filed: "2031-01-01T00:00:00Z".parse().unwrap(),
    };
    let refused = Filing::new(record, origin.clone()).unwrap_err().to_string();
    assert!(
        refused.contains("its id is not that of its text"),
        "{refused}"
    );
    let mut record = s.record();
    record.report.text = onrecord_model::Text::new(
        "Something else entirely, and longer than what was there before it, to be sure of it\n",
    );
    assert!(
        Filing::new(record, origin)
            .unwrap_err()
            .to_string()
            .contains("does not read")
    );
    assert_eq!(ledger.size().unwrap().reports, 0);
}

pub(crate) fn a_record_is_held_as_it_came(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let s = story("Ünal Şahin said: “peace” – 🕊 now\n", "");
    file(&ledger, &[&s]);
    let held = ledger.get(&s.id()).unwrap().unwrap();
    assert_eq!(held.record, s.record());
    assert_eq!(
        held.record.statements[0].content[0].range().len(),
        "“peace” – 🕊 now".len()
    );
    assert_eq!(ledger.get("sha256:0").unwrap(), None);
    check(
        &ledger,
        &Query {
            by: some("UNAL SAHIN"),
            ..ask()
        },
        &["Ünal Şahin: “peace” – 🕊 now"],
    );
}

pub(crate) fn a_report_may_come_to_be_dated(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    file(
        &ledger,
        &[
            &story(HARBOUR, ""),
            &story("Ada Oko said: later\n", "2031-03-05"),
        ],
    );
    let later = "Ada Oko: later";
    let (breakwater, harbour) = ("Peru: the breakwater", "Ada Oko: the harbour will open");
    check(&ledger, &ask(), &[later, breakwater, harbour]);
    let dated = Story {
        location: "reports/.txt".into(),
        ..story(HARBOUR, "2031-03-06")
    };
    assert_eq!(file(&ledger, &[&dated]), [Outcome::Reread]);
    check(&ledger, &ask(), &[breakwater, harbour, later]);
    check(
        &ledger,
        &Query {
            words: some("harbour"),
            ..ask()
        },
        &[harbour],
    );
}

pub(crate) fn a_report_tells_its_agency(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let s = story(HARBOUR, "2031-03-04").from("", "desk/harbour.txt");
    let mut record = serde_json::to_value(s.record()).unwrap();
    record["report"]["agency"] = "Example Wire".into();
    let record = onrecord_model::Record::from_json(&record.to_string()).unwrap();
    let origin = Origin {
        location: s.location.clone(),
        outlet: None,
        filed: s.filed.parse().unwrap(),
    };
    ledger
        .file(&[Filing::new(record, origin).unwrap()])
        .unwrap();
    for entry in ledger.entries(&ask()).unwrap().entries {
        assert_eq!(entry.agency.as_deref(), Some("Example Wire"));
        assert!(entry.outlets.is_empty());
    }
}

pub(crate) fn indexes_are_made_again(at: &str) {
    let ledger = super::carrying::desk(at);
    let every = Query {
        show: Show {
            rejected: true,
            merged: true,
            superseded: true,
        },
        ..ask()
    };
    let queries = [
        every.clone(),
        ask(),
        Query {
            words: some("died"),
            ..every.clone()
        },
        Query {
            outlet: some("Hill Echo"),
            ..every.clone()
        },
        Query {
            text: some("five"),
            ..every
        },
    ];
    let all = || queries.each_ref().map(|q| ledger.entries(q).unwrap());
    let before = all();
    assert!(before.iter().all(|page| !page.entries.is_empty()));
    ledger.rebuild().unwrap();
    ledger.check().unwrap();
    assert_eq!(all(), before);
    // What was made again can be changed again.
    let first = story("Ada Oko said: four died\nBo Oko said: five\n", "2031-03-04");
    let read = first
        .read_by("0.3.0")
        .from("Bay Post", "https://bay.example/1");
    assert_eq!(file(&ledger, &[&read]), [Outcome::Reread]);
    ledger.rebuild().unwrap();
    ledger.check().unwrap();
    assert_eq!(
        ledger.count(&queries[2]).unwrap(),
        before[2].entries.len() as u64
    );
}

pub(crate) fn opening_again_finds_what_was_filed(at: &str) {
    let s = story(HARBOUR, "2031-03-04");
    file(&Ledger::open(at).unwrap(), &[&s]);
    let again = Ledger::open(at).unwrap();
    assert_eq!(again.get(&s.id()).unwrap().unwrap().record, s.record());
    assert_eq!(file(&again, &[&s]), [Outcome::Present]);
}

/// Two writers and ten readers at once, all opening the same new ledger: nobody sees an error,
/// nobody sees half a batch.
pub(crate) fn writers_wait_and_readers_do_not(at: &str) {
    const BATCHES: usize = 12;
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let done = &done;
            scope.spawn(move || {
                let ledger = Ledger::open(at).unwrap();
                for batch in 0..BATCHES {
                    let two = [0, 1].map(|n| {
                        story(
                            &format!("Ada Oko said: {writer} {batch} {n}\n"),
                            "2031-03-04",
                        )
                        .filing()
                    });
                    ledger.file(&two).unwrap();
                }
                done.fetch_add(1, Ordering::SeqCst);
            });
        }
        for _ in 0..10 {
            let done = &done;
            scope.spawn(move || {
                let ledger = Ledger::open(at).unwrap();
                let query = Query {
                    by: some("Oko"),
                    limit: 100,
                    ..ask()
                };
                while done.load(Ordering::SeqCst) < 2 {
                    assert_eq!(ledger.entries(&query).unwrap().entries.len() % 2, 0);
                }
            });
        }
    });
    let ledger = Ledger::open(at).unwrap();
    assert_eq!(ledger.size().unwrap().reports, 4 * BATCHES as u64);
}
