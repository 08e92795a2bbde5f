use onrecord_model::Record;
use proptest::prelude::*;
use serde_json::json;

use super::{Corroboration, Source, behind};
use crate::across::reports::Reports;
use crate::across::testing::{Tale, tale};
use crate::store::Entry;

/// What stands behind the first entry of the first record with this id.
pub(super) fn behind_first(id: &str, tales: &[Tale]) -> Corroboration {
    let records: Vec<Record> = tales.iter().map(Tale::record).collect();
    let entries: Vec<Entry> = records.iter().flat_map(Entry::of).collect();
    let entry = entries.iter().find(|e| e.id == id).unwrap();
    behind(entry, &entries, &Reports::of(&records))
}

fn check(id: &str, tales: &[Tale], reports: usize, sources: &[Source], denied_by: &[Source]) {
    let found = behind_first(id, tales);
    assert_eq!(found.reports.len(), reports, "{found:?}");
    assert_eq!(found.copies, 0);
    assert_eq!(found.sources, sources);
    assert_eq!(found.denied_by, denied_by);
}

pub(super) fn named(name: &str) -> Source {
    Source::Named(name.to_owned())
}

pub(super) fn reporter(name: &str) -> Source {
    Source::Reporter(name.to_owned())
}

/// A pledge on somebody's word.
fn pledge(who: &str, euros: &str, day: &'static str, outlet: &'static str) -> Tale {
    let name = who.trim_start_matches('?');
    let content = format!("Oria will lend Belmar {euros} euros");
    let text = format!("{content}, {name} said.");
    tale(&text, day, outlet)
        .says(who, "say", "indirect", &content)
        .pledges("Oria", "Belmar", euros, &["reporter", "s1"])
}

fn denial(who: &str, euros: &str, day: &'static str) -> Tale {
    let content = format!("Oria would lend Belmar {euros} euros");
    let text = format!("{who} denied that {content}.");
    tale(&text, day, "Gazette")
        .says(who, "deny", "indirect", &content)
        .pledges("Oria", "Belmar", euros, &["s1"])
}

#[test]
fn a_pledge_on_the_word_of_two_has_two_sources() {
    let all = [
        pledge("Ada Oko", "25000000", "2031-03-12", "Post"),
        pledge("Ben Iru", "25000000", "2031-03-13", "Mail"),
        pledge("Ada Oko", "7000000", "2031-03-13", "Mail"),
        pledge("Ben Iru", "25000000", "2031-05-13", "Times"),
        pledge("Cai Umo", "25000000", "", "Times"),
    ];
    check("c1", &all, 2, &[named("Ada Oko"), named("Ben Iru")], &[]);
}

#[test]
fn one_speaker_in_two_reports_is_one_source_however_spelt() {
    let all = [
        pledge("Zoé Łem", "25000000", "2031-03-12", "Post"),
        pledge("ZOE ŁEM", "25000000", "2031-03-13", "Mail"),
        pledge("Łem", "25000000", "2031-03-13", "Times"),
    ];
    check("c1", &all, 3, &[named("Zoé Łem")], &[]);
}

#[test]
fn all_who_go_unnamed_are_one() {
    let all = [
        pledge("?a diplomat", "25000000", "2031-03-12", "Post"),
        pledge("?an official", "25000000", "2031-03-13", "Mail"),
    ];
    let unnamed = Source::Unnamed("a diplomat".to_owned());
    check("c1", &all, 2, &[unnamed], &[]);
}

#[test]
pub(super) fn reporters_count_where_nobody_is_named() {
    let own = |day, outlet| {
        let text = format!("Oria will lend Belmar 25000000 euros, as {outlet} learnt by {day}.");
        tale(&text, day, outlet).pledges("Oria", "Belmar", "25000000", &["reporter"])
    };
    let all = [
        own("2031-03-12", "Post"),
        own("2031-03-13", "Mail"),
        own("2031-03-14", "Mail"),
    ];
    check("c1", &all, 3, &[reporter("Mail"), reporter("Post")], &[]);
}

#[test]
fn who_denies_it_is_told_and_is_no_source() {
    let all = [
        pledge("Ada Oko", "25000000", "2031-03-12", "Post"),
        denial("Cai Umo", "25000000", "2031-03-14"),
        denial("Dov Eri", "7000000", "2031-03-14"),
    ];
    check("c1", &all, 1, &[named("Ada Oko")], &[named("Cai Umo")]);
    check("s1", &all, 1, &[named("Ada Oko")], &[named("Cai Umo")]);
}

#[test]
fn a_denial_without_the_promise_read_in_it_counts() {
    let mut against = denial("Cai Umo", "25000000", "2031-03-14");
    against.commitments.clear();
    let all = [pledge("Ada Oko", "25000000", "2031-03-12", "Post"), against];
    check("c1", &all, 1, &[named("Ada Oko")], &[named("Cai Umo")]);
}

#[test]
fn what_may_be_is_not_what_is() {
    let mut asked = pledge("Ben Iru", "25000000", "2031-03-13", "Mail");
    for entry in asked.commitments.iter_mut().chain(&mut asked.statements) {
        entry["factuality"]["certainty"] = json!("possible");
    }
    let mut open = denial("Cai Umo", "25000000", "2031-03-14");
    for entry in open.commitments.iter_mut().chain(&mut open.statements) {
        entry["factuality"]["certainty"] = json!("unknown");
    }
    let all = [
        pledge("Ada Oko", "25000000", "2031-03-12", "Post"),
        asked,
        open,
    ];
    check("c1", &all, 1, &[named("Ada Oko")], &[]);
}

#[test]
fn a_quotation_is_the_same_when_its_words_are() {
    let says = |who: &str, words: &str, outlet| {
        let text = format!("{who} said: {words}");
        tale(&text, "2031-03-12", outlet).says(who, "say", "direct", words)
    };
    let all = [
        says(
            "Ada Oko",
            "“We’ll never give up this harbour, never.”",
            "Post",
        ),
        says("Ada Oko", "\"We'll never give up this harbour.\"", "Mail"),
        says("Ada Oko", "“We will give up this harbour.”", "Times"),
        says(
            "Ben Iru",
            "“We’ll never give up this harbour, never.”",
            "Times",
        ),
    ];
    check("s1", &all, 2, &[named("Ada Oko")], &[]);
}

#[test]
fn a_copy_is_one_telling() {
    let filler: Vec<String> = (0..60).map(|i| format!("word{i}")).collect();
    let own = |end: &str, outlet| {
        let text = format!(
            "Oria will lend Belmar 25000000 euros. {}{end}",
            filler.join(" ")
        );
        tale(&text, "2031-03-12", outlet).pledges("Oria", "Belmar", "25000000", &["reporter"])
    };
    let all = [
        own("", "Post"),
        own(" more", "Mail"),
        pledge("Ada Oko", "25000000", "2031-03-13", "Times"),
    ];
    let found = behind_first("c1", &all);
    assert_eq!((found.reports.len(), found.copies), (3, 1));
    assert_eq!(found.sources.len(), 2);
}

#[test]
fn an_entry_without_its_record_has_nothing_behind_it() {
    let record = pledge("Ada Oko", "25000000", "2031-03-12", "Post").record();
    for entry in Entry::of(&record) {
        assert_eq!(
            behind(&entry, &[], &Reports::of(&[])),
            Corroboration::default()
        );
    }
}

proptest! {
    #[test]
    fn the_order_of_reports_changes_nothing(
        picks in prop::collection::vec((0..4_usize, 0..2_usize, 0..3_usize, any::<bool>()), 1..9),
        turn in 0..9_usize,
    ) {
        let people = ["Ada Oko", "ADA OKO", "Oko", "?a diplomat"];
        let one = |(who, sum, outlet, denied): &(usize, usize, usize, bool)| {
            let euros = ["25000000", "7000000"][*sum];
            if *denied && *who < 3 {
                denial(people[*who], euros, "2031-03-13")
            } else {
                pledge(people[*who], euros, "2031-03-12", ["Post", "Mail", ""][*outlet])
            }
        };
        let mut records: Vec<Record> = picks.iter().map(|p| one(p).record()).collect();
        let first = Entry::of(&records[0]);
        let told = |records: &[Record]| -> Vec<Corroboration> {
            let entries: Vec<Entry> = records.iter().flat_map(Entry::of).collect();
            first.iter().map(|e| behind(e, &entries, &Reports::of(records))).collect()
        };
        let before = told(&records);
        let turn = turn % records.len();
        records.rotate_left(turn);
        records.reverse();
        prop_assert_eq!(before, told(&records));
    }

    #[test]
    fn whom_one_tells_with_tells_with_it(a in 0..4_usize, b in 0..4_usize, sums in 0..3_usize) {
        let people = ["Ada Oko", "ADA OKO", "Oko", "?a diplomat"];
        let euros = [("25000000", "25000000"), ("25000000", "7000000"), ("7000000", "7000000")];
        let two = [
            pledge(people[a], euros[sums].0, "2031-03-12", "Post").record(),
            pledge(people[b], euros[sums].1, "2031-03-13", "Mail").record(),
        ];
        let entries: Vec<Entry> = two.iter().flat_map(Entry::of).collect();
        let told = |record: &Record| {
            let own = Entry::of(record);
            let pledge = own.iter().find(|e| e.id == "c1").unwrap();
            behind(pledge, &entries, &Reports::of(&two))
        };
        let told = two.each_ref().map(told);
        prop_assert_eq!(told[0].reports.len(), told[1].reports.len());
        if told[0].reports.len() == 2 {
            prop_assert_eq!(&told[0], &told[1]);
        }
    }
}

#[test]
fn another_sum_in_the_same_words_is_told_otherwise() {
    let all = [
        pledge("Ada Oko", "25000000", "2031-03-12", "Post"),
        pledge("Ben Iru", "7000000", "2031-03-13", "Mail"),
        pledge("Ada Oko", "9000000", "2031-06-13", "Mail"),
        denial("Cai Umo", "7000000", "2031-03-14"),
    ];
    let found = behind_first("s1", &all);
    let others = found.otherwise.iter().map(|o| o.amounts[0].value.as_str());
    assert_eq!(others.collect::<Vec<_>>(), ["7000000"]);
    assert_eq!(found.otherwise[0].reports.len(), 1);
    assert_eq!(found.reports.len(), 1);
    // A commitment of which nothing is told but the sum may be another one.
    assert!(behind_first("c1", &all).otherwise.is_empty());
}

#[test]
fn what_is_turned_or_left_open_is_not_told() {
    let says = |content: &str, day| {
        let text = format!("{content}, Ada Oko said.");
        tale(&text, day, "Post").says("Ada Oko", "say", "indirect", content)
    };
    let all = [
        says(
            "Oria will lend Belmar money for the northern fishing fleet",
            "2031-03-12",
        ),
        says(
            "Oria will not lend Belmar money for the northern fishing fleet",
            "2031-03-13",
        ),
        says(
            "Oria should lend Belmar money for the northern fishing fleet",
            "2031-03-13",
        ),
        says(
            "Oria would lend Belmar money for the northern fishing fleet",
            "2031-03-14",
        ),
    ];
    assert_eq!(behind_first("s1", &all).reports.len(), 2);
}

#[test]
fn one_sum_for_two_ends_is_two() {
    let gives = |end: &str, day| {
        let object = format!("25 euros for {end}");
        let text = format!("Oria will give Belmar {object}.");
        tale(&text, day, "Post").binds(
            ["aid", "announced"],
            "Oria",
            "Belmar",
            &object,
            &["reporter"],
        )
    };
    let all = [
        gives("schools", "2031-03-12"),
        gives("boats", "2031-03-13"),
        gives("new schools", "2031-03-14"),
    ];
    assert_eq!(behind_first("c1", &all).reports.len(), 2);
}

#[test]
fn nobody_denies_what_he_says_in_one_report() {
    let text = "Oria will lend Belmar 25 euros, Ada Oko said. Ada Oko denied that Oria will lend Belmar 25 euros now.";
    let both = tale(text, "2031-03-12", "Post")
        .says(
            "Ada Oko",
            "say",
            "indirect",
            "Oria will lend Belmar 25 euros",
        )
        .says(
            "Ada Oko",
            "deny",
            "indirect",
            "Oria will lend Belmar 25 euros now",
        )
        .pledges("Oria", "Belmar", "25", &["s1"]);
    assert!(behind_first("c1", &[both]).denied_by.is_empty());
}
