//! Searches that are kept, and what is new to them.

use std::sync::atomic::{AtomicUsize, Ordering};

use onrecord_ledger::{Between, Ledger, Moment, Query, Search};

use super::filing::file;
use super::records::story;
use super::{ask, check, some};

/// A search by a speaker.
pub(crate) fn search(name: &str, by: &str) -> Search {
    Search {
        name: name.to_owned(),
        query: Query {
            by: some(by),
            ..ask()
        },
        author: some("Cy Desk"),
        made: "2031-03-05T09:00:00Z".parse().unwrap(),
        looked: None,
    }
}

fn since(moment: Moment) -> Query {
    Query {
        came: Between {
            after: Some(moment),
            until: None,
        },
        ..ask()
    }
}

pub(crate) fn a_search_is_kept_by_its_name(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let (oko, red) = (search("oko", "Oko"), search("Red Guild's", "Red Guild"));
    ledger.keep(&oko).unwrap();
    ledger.keep(&red).unwrap();
    ledger.keep(&oko).unwrap();
    let again = Ledger::open(at).unwrap();
    assert_eq!(again.searches().unwrap(), [red.clone(), oko.clone()]);
    assert_eq!(again.search("oko").unwrap(), Some(oko));
    let other = ledger.keep(&search("oko", "Red Guild")).unwrap_err();
    assert!(
        other.to_string().contains("another search `oko`"),
        "{other}"
    );
    assert!(ledger.keep(&search(" ", "Oko")).is_err());
    assert!(ledger.keep(&search("nobody", "...")).is_err());
    assert!(ledger.forget("oko").unwrap());
    assert!(!ledger.forget("oko").unwrap());
    assert!(!ledger.looked("oko", ledger.moment().unwrap()).unwrap());
    assert_eq!(ledger.searches().unwrap(), [red]);
}

pub(crate) fn all_that_is_asked_is_kept(at: &str) {
    use onrecord_ledger::{Amounts, Days, EntryKind, OnWhoseWord, Show, Sort, Where};
    let ledger = Ledger::open(at).unwrap();
    let day = |d: &str| Some(d.parse().unwrap());
    let query = Query {
        kinds: vec![EntryKind::Event, EntryKind::Commitment],
        to: some("Peru"),
        about: some("wikidata:Q42"),
        events: vec![onrecord_model::EventType::Aid],
        commitments: vec![onrecord_model::CommitmentKind::Aid],
        cues: vec![onrecord_model::CueKind::Deny],
        statuses: vec![onrecord_model::CommitmentStatus::Signed],
        word: Some(OnWhoseWord::Named("Oko".into())),
        min_confidence: Some(0.85),
        published: Days {
            from: day("2031-03-01"),
            to: None,
        },
        time: Days {
            from: None,
            to: day("2031-04-01"),
        },
        place: Some(Where::Within {
            lat: -12.05,
            lon: -77.1,
            km: 50.0,
        }),
        amount: Some(Amounts {
            unit: "USD".into(),
            least: some("1000.5"),
            most: None,
        }),
        outlet: some("Bay Post"),
        words: some("pier* \"long range\""),
        text: some("harbour"),
        report: some("sha256:0"),
        show: Show {
            superseded: true,
            ..Show::default()
        },
        sort: Sort::Largest,
        ..ask()
    };
    let all = Search {
        query,
        ..search("all", "Oko")
    };
    ledger.keep(&all).unwrap();
    assert_eq!(ledger.search("all").unwrap(), Some(all));
}

pub(crate) fn new_is_what_came_since(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let first = story("Ada Oko said: one\n", "2031-03-04");
    let second = story("Ada Oko said: two\n", "2031-03-03");
    let third = story("Ada Oko said: three\n", "2031-03-05");
    file(&ledger, &[&first, &second]);
    let before = ledger.moment().unwrap();
    check(&ledger, &since(before), &[]);
    check(
        &ledger,
        &since(Moment::default()),
        &["Ada Oko: one", "Ada Oko: two"],
    );
    // Published first, filed last.
    let old = story("Ada Oko said: old\n", "2031-01-01");
    file(&ledger, &[&third, &old]);
    check(&ledger, &since(before), &["Ada Oko: three", "Ada Oko: old"]);
    let between = ledger.moment().unwrap();
    // Filed again, nothing came; read anew, it did.
    file(&ledger, &[&first]);
    check(&ledger, &since(between), &[]);
    file(&ledger, &[&first.clone().read_by("0.2.0")]);
    check(&ledger, &since(between), &["Ada Oko: one"]);
    let until = Query {
        came: Between {
            after: Some(before),
            until: Some(between),
        },
        ..ask()
    };
    check(&ledger, &until, &["Ada Oko: three", "Ada Oko: old"]);
    let words = Query {
        words: some("on*"),
        ..since(before)
    };
    check(&ledger, &words, &["Ada Oko: one"]);
}

pub(crate) fn a_new_carrier_is_news_of_outlets(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let first = story("Ada Oko said: one\n", "2031-03-04");
    file(&ledger, &[&first]);
    let before = ledger.moment().unwrap();
    file(
        &ledger,
        &[&first.from("Hill Echo", "https://hill.example/7")],
    );
    check(&ledger, &since(before), &[]);
    let carried = Query {
        outlet: some("Hill Echo"),
        ..since(before)
    };
    check(&ledger, &carried, &["Ada Oko: one"]);
}

pub(crate) fn a_search_never_looks_back(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    ledger.keep(&search("oko", "Oko")).unwrap();
    let early = ledger.moment().unwrap();
    let first = story("Ada Oko said: one\n", "2031-03-04");
    file(&ledger, &[&first]);
    let late = ledger.moment().unwrap();
    assert!(ledger.looked("oko", late).unwrap());
    assert!(ledger.looked("oko", early).unwrap());
    let kept = ledger.search("oko").unwrap().unwrap();
    assert_eq!(kept.looked, Some(late));
    // To keep it again changes nothing.
    ledger.keep(&search("oko", "Oko")).unwrap();
    assert_eq!(ledger.search("oko").unwrap().unwrap().looked, Some(late));
}

/// Two file at once while a third looks at what is new: it sees every report once.
pub(crate) fn nothing_is_missed_while_two_file(at: &str) {
    const REPORTS: usize = 40;
    let ledger = Ledger::open(at).unwrap();
    ledger.keep(&search("oko", "Oko")).unwrap();
    let done = AtomicUsize::new(0);
    let mut seen = Vec::new();
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let done = &done;
            scope.spawn(move || {
                let ledger = Ledger::open(at).unwrap();
                for n in 0..REPORTS {
                    // Their clocks differ by years.
                    let filed = ["2031-06-01T12:00:00Z", "1999-06-01T12:00:00Z"][writer];
                    let mut one = story(&format!("Ada Oko said: {writer} {n}\n"), "2031-03-04");
                    one.filed = filed;
                    file(&ledger, &[&one]);
                }
                done.fetch_add(1, Ordering::SeqCst);
            });
        }
        loop {
            let last = done.load(Ordering::SeqCst) == 2;
            let kept = ledger.search("oko").unwrap().unwrap();
            let now = ledger.moment().unwrap();
            let query = Query {
                came: Between {
                    after: kept.looked,
                    until: Some(now),
                },
                limit: 1000,
                ..kept.query
            };
            let page = ledger.entries(&query).unwrap();
            seen.extend(page.entries.into_iter().map(|e| e.at.anchor.quote));
            ledger.looked("oko", now).unwrap();
            if last {
                break;
            }
        }
    });
    seen.sort();
    let before = seen.len();
    seen.dedup();
    assert_eq!((seen.len(), before), (2 * REPORTS, 2 * REPORTS));
}

pub(crate) fn searches_are_carried_along(at: &str, other: &str) {
    let ledger = Ledger::open(at).unwrap();
    let first = story("Ada Oko said: one\n", "2031-03-04");
    let second = story("Ada Oko said: two\n", "2031-03-03");
    file(&ledger, &[&first, &second]);
    file(&ledger, &[&first.clone().read_by("0.2.0")]);
    for name in ["looked", "never", "once"] {
        ledger.keep(&search(name, "Oko")).unwrap();
    }
    ledger.looked("once", ledger.moment().unwrap()).unwrap();
    file(&ledger, &[&story("Ada Oko said: three\n", "2031-03-05")]);
    ledger.looked("looked", ledger.moment().unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    ledger.export(folder.path()).unwrap();
    let copy = Ledger::open(other).unwrap();
    copy.import(folder.path()).unwrap();
    copy.import(folder.path()).unwrap();
    let new = |name: &str| {
        let search = copy.search(name).unwrap().unwrap();
        let came = Between {
            after: search.looked,
            until: None,
        };
        copy.count(&Query {
            came,
            ..search.query
        })
        .unwrap()
    };
    assert_eq!([new("looked"), new("never"), new("once")], [0, 3, 1]);
    // What came to a ledger of its own order was not looked at there.
    let third = tempfile::tempdir().unwrap();
    let third = third.path().join("third.ledger");
    let third = Ledger::open(third.to_str().unwrap()).unwrap();
    file(&third, &[&story("Ada Oko said: four\n", "2031-03-05")]);
    third.import(folder.path()).unwrap();
    assert_eq!(third.search("looked").unwrap().unwrap().looked, None);
    // Exports of older programs have no searches.
    std::fs::remove_file(folder.path().join("searches.jsonl")).unwrap();
    let fourth = tempfile::tempdir().unwrap();
    let fourth = fourth.path().join("fourth.ledger");
    let fourth = Ledger::open(fourth.to_str().unwrap()).unwrap();
    fourth.import(folder.path()).unwrap();
    assert_eq!(fourth.size().unwrap().reports, 3);
    assert!(fourth.searches().unwrap().is_empty());
}
