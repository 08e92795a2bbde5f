//! Finding: every filter.

use onrecord_ledger::{Amounts, Days, EntryKind, Filing, Ledger, OnWhoseWord, Query, Sort, Where};
use onrecord_model::{CommitmentKind, CommitmentStatus, CueKind, EventType};

use super::records::story;
use super::{ask, check, some};

pub(super) const WAR: &str = "Ada Oko said: the [Red Guild] will strike the northern bridge\n\
    ?a clerk said: nothing is decided\n\
    Red Guild hit Blue Guild at @Oxmoor on 2031-02-27\n";
pub(super) const AID: &str = "Ada Oko said: help is on its way\n\
    Peru will give Ada Oko $600 million for the northern bridge\n\
    Chile will give Brackwater $75 million for long range ferries\n";
pub(super) const OLD: &str = "Red Guild hit Ada Oko at @Kirkholm Bay on 2029\n\
    Bo Oko said: ferries long out of range\n";

pub(super) const STRIKE: &str = "Ada Oko: the [Red Guild] will strike the northern bridge";
pub(super) const CLERK: &str = "?a clerk: nothing is decided";
pub(super) const HELP: &str = "Ada Oko: help is on its way";
pub(super) const BRIDGE: &str = "Peru: the northern bridge";
pub(super) const FERRIES: &str = "Chile: long range ferries";
pub(super) const RANGE: &str = "Bo Oko: ferries long out of range";
pub(super) const HIT: &str = "Red Guild: hit";

pub(super) fn desk(at: &str) -> Ledger {
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
    // By the words that carry a commitment's status.
    check(
        &ledger,
        &Query {
            words: some("\"will give\""),
            ..ask()
        },
        &[FERRIES, BRIDGE],
    );
    check(
        &ledger,
        &Query {
            to: some("Ada Oko"),
            ..ask()
        },
        &[BRIDGE, HIT],
    );
}

pub(crate) fn by_type_and_status(at: &str) {
    let ledger = desk(at);
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

pub(super) fn days(from: &str, to: &str) -> Days {
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
    // All places are of one country.
    let country = |code: &str| Query {
        place: Some(Where::Country {
            name: "Oxmoor".into(),
            code: code.into(),
        }),
        ..ask()
    };
    check(&ledger, &country("XXX"), &[HIT, HIT]);
    check(&ledger, &country("YYY"), &[HIT]);
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
    for part in ["post", "bay", "bay po", "po"] {
        let outlet = some(part);
        let query = Query { outlet, ..ask() };
        check(&ledger, &query, &[HIT, CLERK, STRIKE]);
    }
    let sure = |least| Query {
        min_confidence: Some(least),
        kinds: vec![EntryKind::Event],
        ..ask()
    };
    check(&ledger, &sure(0.8), &[HIT, HIT]);
    check(&ledger, &sure(0.81), &[HIT]);
    check(&ledger, &sure(1.0), &[]);
}
