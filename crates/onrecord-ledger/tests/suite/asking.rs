//! Asking: words and phrases, order and pages, filters together, and that the index finds what
//! a plain look at every entry does.

use onrecord_ledger::{Amounts, Entry, EntryKind, Ledger, Near, OnWhoseWord, Part, Query, Sort};
use onrecord_model::CommitmentStatus;

use super::finding::{AID, BRIDGE, CLERK, FERRIES, HELP, HIT, RANGE, STRIKE, days, desk};
use super::records::story;
use super::{ask, check, short, some};

pub(crate) fn whom_a_name_may_mean(at: &str) {
    let ledger = desk(at);
    let names = |near: Vec<Near>| -> Vec<(String, u64)> {
        near.into_iter().map(|n| (n.name, n.entries)).collect()
    };
    let meant = |part, name: &str| {
        let meant = ledger.meant(part, name).unwrap();
        (names(meant.taken), names(meant.near))
    };
    let oko = || vec![("Ada Oko".to_owned(), 2)];
    assert_eq!(meant(Part::By, "ad"), (oko(), vec![]));
    assert_eq!(meant(Part::By, "the Ada O"), (oko(), vec![]));
    assert_eq!(meant(Part::By, "Ada Okko"), (vec![], oko()));
    assert_eq!(meant(Part::By, "Zebulon"), (vec![], vec![]));
    assert_eq!(meant(Part::By, "..."), (vec![], vec![]));
    let bay = vec![("Kirkholm Bay".to_owned(), 1)];
    assert_eq!(meant(Part::Place, "Kirk"), (bay, vec![]));
    let mut query = Part::By.query("ad");
    check(&ledger, &query, &[]);
    query.taken.insert(Part::By, vec!["Ada Oko".to_owned()]);
    check(&ledger, &query, &[HELP, STRIKE]);
}

pub(crate) fn by_phrase_and_beginning(at: &str) {
    let ledger = desk(at);
    let words = |w: &str| Query {
        words: some(w),
        ..ask()
    };
    check(&ledger, &words("long range"), &[FERRIES, RANGE]);
    check(&ledger, &words("\"long range\""), &[FERRIES]);
    check(&ledger, &words("ferr*"), &[FERRIES, RANGE]);
    check(&ledger, &words("NORTHERN brid*"), &[BRIDGE, STRIKE]);
    // Beginnings of facets, and of no word here.
    check(&ledger, &words("commit*"), &[]);
    check(&ledger, &words("outl* ferr*"), &[]);
    check(&ledger, &words("northern \"the bridge\""), &[]);
    check(&ledger, &words("guild; drop"), &[]);
    check(&ledger, &words("by=ada"), &[]);
}

pub(crate) fn by_words_of_the_report(at: &str) {
    let ledger = desk(at);
    let text = |w: &str| Query {
        text: some(w),
        kinds: vec![EntryKind::Statement],
        ..ask()
    };
    check(&ledger, &text("oxmoor"), &[CLERK, STRIKE]);
    check(&ledger, &text("bridge"), &[HELP, CLERK, STRIKE]);
    check(&ledger, &text("\"long range\""), &[HELP]);
    check(
        &ledger,
        &Query {
            words: some("decided"),
            ..text("bridge")
        },
        &[CLERK],
    );
}

pub(crate) fn of_one_report(at: &str) {
    let ledger = desk(at);
    let id = story(AID, "2031-04-01").id();
    let of = Query {
        report: Some(id),
        ..ask()
    };
    check(&ledger, &of, &[FERRIES, BRIDGE, HELP]);
    check(
        &ledger,
        &Query {
            by: some("Peru"),
            ..of
        },
        &[BRIDGE],
    );
    assert!(
        ledger
            .entries(&Query {
                report: some("sha256:0"),
                ..ask()
            })
            .is_err()
    );
}

pub(crate) fn sorted_and_paged(at: &str) {
    let ledger = desk(at);
    let pages = |query: &Query| {
        let mut all: Vec<String> = Vec::new();
        let mut query = Query {
            limit: 2,
            ..query.clone()
        };
        loop {
            let page = ledger.entries(&query).unwrap();
            all.extend(page.entries.iter().map(short));
            assert!(page.entries.len() <= 2);
            let Some(next) = page.next else {
                return all;
            };
            query.after = Some(next);
        }
    };
    let newest = [FERRIES, BRIDGE, HELP, HIT, CLERK, STRIKE, HIT, RANGE];
    assert_eq!(pages(&ask()), newest);
    let oldest: Vec<&str> = newest.into_iter().rev().collect();
    assert_eq!(
        pages(&Query {
            sort: Sort::Oldest,
            ..ask()
        }),
        oldest
    );
    let surest = Query {
        sort: Sort::Surest,
        ..ask()
    };
    assert_eq!(
        pages(&surest),
        [HIT, RANGE, HIT, CLERK, STRIKE, FERRIES, BRIDGE, HELP]
    );
    let surest = Query {
        words: some("the"),
        ..surest
    };
    assert_eq!(pages(&surest), [STRIKE, BRIDGE]);
    let largest = Amounts {
        unit: "USD".into(),
        ..Amounts::default()
    };
    let largest = Query {
        sort: Sort::Largest,
        amount: Some(largest),
        ..ask()
    };
    assert_eq!(pages(&largest), [BRIDGE, FERRIES]);
    assert_eq!(
        pages(&Query {
            words: some("\"northern bridge\""),
            ..ask()
        }),
        [BRIDGE, STRIKE]
    );
    let bad = Query {
        after: some("nonsense"),
        ..ask()
    };
    assert!(
        ledger
            .entries(&bad)
            .unwrap_err()
            .to_string()
            .contains("not the end of a page")
    );
}

pub(crate) fn filters_join(at: &str) {
    let ledger = desk(at);
    let query = Query {
        kinds: vec![EntryKind::Commitment],
        by: some("Peru"),
        to: some("Oko"),
        about: some("Ada Oko"),
        statuses: vec![CommitmentStatus::Announced],
        word: Some(OnWhoseWord::Source),
        min_confidence: Some(0.5),
        published: days("2031-01-01", "2031-12-31"),
        amount: Some(Amounts {
            unit: "USD".into(),
            least: some("1000"),
            most: None,
        }),
        outlet: some("Hill Echo"),
        words: some("bridge"),
        text: some("ferries"),
        ..ask()
    };
    check(&ledger, &query, &[BRIDGE]);
    check(
        &ledger,
        &Query {
            outlet: some("Bay Post"),
            ..query
        },
        &[],
    );
}

pub(crate) fn what_cannot_be_asked_is_said(at: &str) {
    let ledger = desk(at);
    let refused = |query: Query| ledger.entries(&query).unwrap_err().to_string();
    assert!(
        refused(Query {
            by: some("—"),
            ..ask()
        })
        .contains("`—` holds no letter")
    );
    assert!(
        refused(Query {
            words: some("\"\""),
            ..ask()
        })
        .contains("holds no word")
    );
    assert!(
        refused(Query {
            sort: Sort::Largest,
            ..ask()
        })
        .contains("which currency")
    );
    let amount = Amounts {
        unit: "USD".into(),
        least: some("1e9"),
        most: None,
    };
    assert!(
        refused(Query {
            amount: Some(amount),
            ..ask()
        })
        .contains("not a decimal")
    );
}

/// Many small reports; each question is also answered by going through all entries by hand.
pub(crate) fn as_a_plain_filter_finds(at: &str) {
    const NAMES: [&str; 4] = ["Ada Oko", "Peru", "Red Guild", "Bo Oko"];
    const DAYS: [&str; 5] = ["2030-12-31", "2031-01-01", "2031-01-02", "2031-06-30", ""];
    let ledger = Ledger::open(at).unwrap();
    let mut batch = Vec::new();
    for n in 0..60usize {
        let (a, b) = (NAMES[n % 4], NAMES[(n / 4) % 4]);
        let text = format!(
            "{a} said: matter {n} of [{b}] is river{}\n{b} will give {a} ${} million for hill {n}\n{a} hit {b} at @Oxmoor on 2031-0{}-11\n",
            n % 7,
            n * 37 % 100 + 1,
            n % 9 + 1
        );
        let sure = (n % 10) as f32 / 10.0;
        batch.push(
            story(&text, DAYS[n % 5])
                .from("Bay Post", &format!("in/{n}"))
                .sure(sure)
                .filing(),
        );
    }
    for part in batch.chunks(7) {
        ledger.file(part).unwrap();
    }
    let all = |query: &Query| {
        ledger
            .entries(&Query {
                limit: 1000,
                ..query.clone()
            })
            .unwrap()
            .entries
    };
    let everything = all(&ask());
    assert_eq!(everything.len(), 180);
    let hand = |query: &Query, plain: &dyn Fn(&Entry) -> bool| {
        let want: Vec<Entry> = everything.iter().filter(|e| plain(e)).cloned().collect();
        assert!(!want.is_empty());
        assert_eq!(all(query), want, "{query:?}");
        assert_eq!(ledger.count(query).unwrap(), want.len() as u64, "{query:?}");
    };
    for name in NAMES {
        hand(
            &Query {
                by: some(name),
                ..ask()
            },
            &|e| e.by.iter().any(|w| w.name == name),
        );
        hand(
            &Query {
                about: some(name),
                min_confidence: Some(0.5),
                ..ask()
            },
            &|e| e.confidence >= 0.5 && e.about.iter().any(|w| w.name == name),
        );
    }
    let words = Query {
        words: some("river3"),
        ..ask()
    };
    hand(&words, &|e| e.at.anchor.quote.ends_with("river3"));
    let published = Query {
        published: days("2031-01-01", "2031-01-31"),
        ..ask()
    };
    hand(&published, &|e| {
        e.published
            .is_some_and(|d| d.to_string().starts_with("2031-01"))
    });
    let time = Query {
        time: days("2031-03-11", "2031-05-10"),
        ..ask()
    };
    hand(&time, &|e| {
        matches!(e.time.as_deref(), Some("2031-03-11" | "2031-04-11"))
    });
}
