//! Finding: every filter, each order, pages, and that the index finds what a plain look does.

use onrecord_ledger::{
    Amounts, Days, Entry, EntryKind, Filing, Ledger, OnWhoseWord, Query, Sort, Where,
};
use onrecord_model::{CommitmentKind, CommitmentStatus, CueKind, EventType};

use super::records::story;
use super::{ask, check, short, some};

const WAR: &str = "Ada Oko said: the [Red Guild] will strike the northern bridge\n\
    ?a clerk said: nothing is decided\n\
    Red Guild hit Blue Guild at @Oxmoor on 2031-02-27\n";
const AID: &str = "Ada Oko said: help is on its way\n\
    Peru will give Ada Oko $600 million for the northern bridge\n\
    Chile will give Brackwater $75 million for long range ferries\n";
const OLD: &str = "Red Guild hit Ada Oko at @Kirkholm Bay on 2029\n\
    Bo Oko said: ferries long out of range\n";

const STRIKE: &str = "Ada Oko: the [Red Guild] will strike the northern bridge";
const CLERK: &str = "?a clerk: nothing is decided";
const HELP: &str = "Ada Oko: help is on its way";
const BRIDGE: &str = "Peru: the northern bridge";
const FERRIES: &str = "Chile: long range ferries";
const RANGE: &str = "Bo Oko: ferries long out of range";
const HIT: &str = "Red Guild: hit";

fn desk(at: &str) -> Ledger {
    let ledger = Ledger::open(at).unwrap();
    let batch: Vec<Filing> = [
        story(WAR, "2031-03-04")
            .from("Bay Post", "https://bay.example/1")
            .sure(0.8),
        story(AID, "2031-04-01")
            .from("Hill Echo", "https://hill.example/1")
            .sure(0.6),
        story(OLD, "").from("", "attic/old.txt").sure(0.95),
    ]
    .iter()
    .map(super::records::Story::filing)
    .collect();
    ledger.file(&batch).unwrap();
    ledger
}

pub(crate) fn by_kind_name_and_word(at: &str) {
    let ledger = desk(at);
    let kinds = |k: &[EntryKind]| Query {
        kinds: k.to_vec(),
        ..ask()
    };
    check(&ledger, &kinds(&[EntryKind::Event]), &[HIT, HIT]);
    check(
        &ledger,
        &kinds(&[EntryKind::Commitment, EntryKind::Event]),
        &[FERRIES, BRIDGE, HIT, HIT],
    );
    check(
        &ledger,
        &Query {
            by: some("ada oko"),
            ..ask()
        },
        &[HELP, STRIKE],
    );
    check(
        &ledger,
        &Query {
            by: some("Ada Oko"),
            words: some("strike"),
            ..ask()
        },
        &[STRIKE],
    );
    check(
        &ledger,
        &Query {
            about: some("Red Guild"),
            ..ask()
        },
        &[HIT, STRIKE, HIT],
    );
    check(
        &ledger,
        &Query {
            to: some("Ada Oko"),
            ..ask()
        },
        &[BRIDGE, HIT],
    );
    check(
        &ledger,
        &Query {
            events: vec![EventType::Assault],
            ..ask()
        },
        &[HIT, HIT],
    );
    check(
        &ledger,
        &Query {
            events: vec![EventType::Aid],
            ..ask()
        },
        &[],
    );
    check(
        &ledger,
        &Query {
            cues: vec![CueKind::Say],
            events: vec![EventType::Assault],
            ..ask()
        },
        &[HELP, HIT, CLERK, STRIKE, HIT, RANGE],
    );
    check(
        &ledger,
        &Query {
            commitments: vec![CommitmentKind::Aid],
            ..ask()
        },
        &[FERRIES, BRIDGE],
    );
    check(
        &ledger,
        &Query {
            statuses: vec![CommitmentStatus::Announced, CommitmentStatus::Signed],
            ..ask()
        },
        &[FERRIES, BRIDGE],
    );
    check(
        &ledger,
        &Query {
            statuses: vec![CommitmentStatus::Signed],
            ..ask()
        },
        &[],
    );
}

pub(crate) fn by_name_whole_and_link(at: &str) {
    let ledger = desk(at);
    let by = |name: &str| Query {
        by: some(name),
        ..ask()
    };
    check(&ledger, &by("Oko"), &[HELP, STRIKE, RANGE]);
    check(&ledger, &by("Ada"), &[]);
    check(&ledger, &by("wikidata:Q9"), &[HIT, HIT]);
    check(&ledger, &by("a clerk"), &[CLERK]);
}

pub(crate) fn by_word_of_whom(at: &str) {
    let ledger = desk(at);
    let word = |word| Query {
        word: Some(word),
        ..ask()
    };
    check(&ledger, &word(OnWhoseWord::Reporter), &[HIT, HIT]);
    check(
        &ledger,
        &word(OnWhoseWord::Source),
        &[FERRIES, BRIDGE, HELP, CLERK, STRIKE, RANGE],
    );
    check(
        &ledger,
        &word(OnWhoseWord::Named("Oko".into())),
        &[FERRIES, BRIDGE, HELP, STRIKE, RANGE],
    );
}

fn days(from: &str, to: &str) -> Days {
    Days {
        from: from.parse().ok(),
        to: to.parse().ok(),
    }
}

pub(crate) fn by_day_of_publication(at: &str) {
    let ledger = desk(at);
    let published = |from, to| Query {
        published: days(from, to),
        kinds: vec![EntryKind::Statement],
        ..ask()
    };
    check(&ledger, &published("", ""), &[HELP, CLERK, STRIKE, RANGE]);
    check(
        &ledger,
        &published("2031-03-04", "2031-03-04"),
        &[CLERK, STRIKE],
    );
    check(&ledger, &published("2031-03-05", ""), &[HELP]);
    check(&ledger, &published("", "2031-03-31"), &[CLERK, STRIKE]);
    let word = Query {
        words: some("the"),
        published: days("2031-03-05", ""),
        ..ask()
    };
    check(&ledger, &word, &[BRIDGE]);
}

pub(crate) fn by_own_time(at: &str) {
    let ledger = desk(at);
    let time = |from, to| Query {
        time: days(from, to),
        ..ask()
    };
    check(&ledger, &time("2031-02-27", "2031-02-27"), &[HIT]);
    check(&ledger, &time("2031-02-28", ""), &[]);
    check(&ledger, &time("", "2029-06-30"), &[HIT]);
    check(&ledger, &time("2029-06-30", "2031-12-31"), &[HIT, HIT]);
    check(&ledger, &time("1900-01-01", "2100-01-01"), &[HIT, HIT]);
}

pub(crate) fn by_place_and_distance(at: &str) {
    let ledger = desk(at);
    let within = |lat, lon, km| Query {
        place: Some(Where::Within { lat, lon, km }),
        ..ask()
    };
    check(
        &ledger,
        &Query {
            place: Some(Where::Named("kirkholm bay".into())),
            ..ask()
        },
        &[HIT],
    );
    // Oxmoor lies at 6 N 6 W, Kirkholm Bay at 12 N 12 W.
    check(&ledger, &within(6.0, -6.0, 1.0), &[HIT]);
    check(&ledger, &within(7.0, -6.0, 111.0), &[]);
    check(&ledger, &within(7.0, -6.0, 112.0), &[HIT]);
    check(&ledger, &within(9.0, -9.0, 480.0), &[HIT, HIT]);
    check(&ledger, &within(-40.0, 170.0, 19_000.0), &[HIT, HIT]);
    assert!(ledger.entries(&within(91.0, 0.0, 1.0)).is_err());
}

pub(crate) fn by_amount(at: &str) {
    let ledger = desk(at);
    let amount = |unit: &str, least: &str, most: &str| Query {
        amount: Some(Amounts {
            unit: unit.into(),
            least: (!least.is_empty()).then(|| least.into()),
            most: (!most.is_empty()).then(|| most.into()),
        }),
        ..ask()
    };
    check(&ledger, &amount("USD", "", ""), &[FERRIES, BRIDGE]);
    check(
        &ledger,
        &amount("usd", "600000000", "600000000.00"),
        &[BRIDGE],
    );
    check(&ledger, &amount("USD", "75000001", ""), &[BRIDGE]);
    check(&ledger, &amount("USD", "", "599999999.99"), &[FERRIES]);
    check(&ledger, &amount("EUR", "8000000", ""), &[BRIDGE]);
    check(&ledger, &amount("GBP", "", ""), &[]);
    let largest = Query {
        sort: Sort::Largest,
        ..amount("EUR", "0", "")
    };
    check(&ledger, &largest, &[BRIDGE, FERRIES]);
    let largest = Query {
        by: some("Chile"),
        ..largest
    };
    check(&ledger, &largest, &[FERRIES]);
}

pub(crate) fn by_outlet_and_confidence(at: &str) {
    let ledger = desk(at);
    check(
        &ledger,
        &Query {
            outlet: some("bay post"),
            ..ask()
        },
        &[HIT, CLERK, STRIKE],
    );
    let sure = |least| Query {
        min_confidence: Some(least),
        kinds: vec![EntryKind::Event],
        ..ask()
    };
    check(&ledger, &sure(0.8), &[HIT, HIT]);
    check(&ledger, &sure(0.81), &[HIT]);
    check(&ledger, &sure(1.0), &[]);
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
