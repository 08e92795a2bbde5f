use jiff::civil::{Date, date};
use onrecord_model::Record;
use serde_json::{Value, json};

use super::*;
use crate::across::reports::Reports;
use crate::across::testing::{Tale, tale};
use crate::across::threads::threads;

/// One report of a pledge of boats by Oria to Belmar, and what else its commitment says.
fn report(day: &'static str, status: &str, object: &str, more: impl Into<Value>) -> Tale {
    let text = format!("Oria and Belmar: {object} for fishing boats, said Ada Oko on {day}.");
    let mut out = tale(&text, day, "Post").says("Ada Oko", "say", "indirect", object);
    out = out.binds(["aid", status], "Oria", "Belmar", object, &["s1"]);
    let commitment = out.commitments[0].as_object_mut().unwrap();
    let Value::Object(more) = more.into() else {
        panic!("members are an object")
    };
    commitment.extend(more);
    out
}

fn rows(reports: &[Tale], terms: &Terms) -> Vec<Row> {
    let records: Vec<Record> = reports.iter().map(Tale::record).collect();
    let entries: Vec<Entry> = records.iter().flat_map(Entry::of).collect();
    let all = threads(&entries, &Reports::of(&records));
    all.iter()
        .filter_map(|t| row(t, &entries, &records, terms))
        .collect()
}

fn the_row(reports: &[Tale], terms: &Terms) -> Row {
    let mut all = rows(reports, terms);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

fn sums(row: &Row) -> [String; 3] {
    [row.promised, row.delivered, row.left].map(|s| s.map(|s| s.to_string()).unwrap_or_default())
}

/// What reports in the order of their days make of a thread: how far it is, since when, and its sums.
fn check(reports: &[Tale], status: CommitmentStatus, since: &str, wanted: [&str; 3]) {
    let row = the_row(reports, &Terms::default());
    let found = (row.status, row.status_since.as_deref(), sums(&row));
    assert_eq!(found, (status, Some(since), wanted.map(str::to_owned)));
}

use CommitmentStatus::{Announced, Delayed, Delivered, RuledOut, Signed};

#[test]
fn what_is_retold_is_no_step_back() {
    let signed = || {
        [
            report("2031-03-01", "announced", "48 euros", json!({})),
            report("2031-04-01", "signed", "48 euros", json!({})),
            report("2031-05-01", "announced", "48 euros", json!({})),
        ]
    };
    check(&signed(), Signed, "2031-04-01", ["48", "", ""]);
    let late = [report("2031-05-09", "delayed", "48 euros", json!({}))];
    let late: Vec<Tale> = signed().into_iter().chain(late).collect();
    check(&late, Delayed, "2031-05-09", ["48", "", ""]);
    let again = [report("2031-06-09", "signed", "48 euros", json!({}))];
    let again: Vec<Tale> = late.into_iter().chain(again).collect();
    check(&again, Delayed, "2031-05-09", ["48", "", ""]);
}

#[test]
fn who_said_no_may_think_better_of_it() {
    let turned = [
        report("2031-03-01", "ruled_out", "48 euros", json!({})),
        report("2031-05-01", "announced", "48 euros", json!({})),
    ];
    check(&turned, Announced, "2031-05-01", ["48", "", ""]);
    let [no, _] = turned;
    let asked = report("2031-05-01", "requested", "48 euros", json!({}));
    check(&[no, asked], RuledOut, "2031-03-01", ["", "", ""]);
}

#[test]
fn a_refusal_unless_something_happens_takes_nothing_back() {
    let law = |text: &str| json!({"start": 0, "end": text.chars().count(), "quote": text});
    let unless = |status| {
        let mut out = report("2031-05-01", status, "48 euros", json!({}));
        // Words of the report's own.
        out.commitments[0]["condition"] = law("Oria and Belmar");
        out
    };
    let told = || report("2031-03-01", "signed", "48 euros", json!({}));
    check(
        &[told(), unless("ruled_out")],
        Signed,
        "2031-03-01",
        ["48", "", ""],
    );
    assert_eq!(
        the_row(&[told(), unless("ruled_out")], &Terms::default()).condition,
        None
    );
    // Where nothing was promised, the refusal is what there is.
    check(&[unless("ruled_out")], RuledOut, "2031-05-01", ["", "", ""]);
    // What stops it does, on whatever condition.
    check(
        &[told(), unless("suspended")],
        CommitmentStatus::Suspended,
        "2031-05-01",
        ["48", "", ""],
    );
}

#[test]
fn what_is_said_not_to_be_so_moves_nothing() {
    let so = report("2031-03-01", "announced", "48 euros", json!({}));
    let not = json!({"factuality": {"certainty": "certain", "polarity": "negative"}});
    let unpaid = report("2031-05-01", "delivered", "48 euros", not);
    check(&[so, unpaid], Announced, "2031-03-01", ["48", "", ""]);
}

#[test]
fn a_step_has_its_own_day_where_it_names_one() {
    let paid = report(
        "2031-05-07",
        "delivered",
        "48 euros",
        json!({"since": {"value": "2031-05-05"}}),
    );
    check(&[paid], Delivered, "2031-05-05", ["48", "48", "0"]);
    let long_ago = report(
        "2031-05-07",
        "delivered",
        "48 euros",
        json!({"since": {"value": "2030"}}),
    );
    check(&[long_ago], Delivered, "2030", ["48", "48", "0"]);
    let to_come = report(
        "2031-05-07",
        "announced",
        "48 euros",
        json!({"since": {"value": "2031-06-01"}}),
    );
    check(&[to_come], Announced, "2031-05-07", ["48", "", ""]);
}

#[test]
fn payments_of_different_days_add_up_and_so_far_is_all() {
    let pledge = || report("2031-03-01", "announced", "48 euros", json!({}));
    let paid =
        |day, object, on: &str| report(day, "delivered", object, json!({"since": {"value": on}}));
    let twice = [
        pledge(),
        paid("2031-04-02", "12 euros", "2031-04-01"),
        paid("2031-04-03", "12 euros", "2031-04-01"),
        paid("2031-05-02", "6 euros", "2031-05-01"),
    ];
    check(&twice, Delivered, "2031-05-01", ["48", "18", "30"]);
    let so_far = [
        pledge(),
        report("2031-04-02", "delivered", "12 euros", json!({})),
        report("2031-05-02", "delivered", "20 euros", json!({})),
        paid("2031-06-02", "6 euros", "2031-06-01"),
    ];
    check(&so_far, Delivered, "2031-06-01", ["48", "26", "22"]);
    // More than was promised: of what, nobody knows.
    let more = [
        pledge(),
        report("2031-04-02", "delivered", "60 euros", json!({})),
    ];
    check(&more, Delivered, "2031-04-02", ["48", "60", ""]);
}

#[test]
fn of_parts_alone_nobody_knows_the_whole() {
    let text = "Oria will send Belmar 48 euros, 12 euros by May, said Ada Oko.";
    let mut both = tale(text, "2031-03-01", "Post").says("Ada Oko", "say", "indirect", text);
    both = both.binds(["aid", "announced"], "Oria", "Belmar", "48 euros", &["s1"]);
    both = both.binds(["aid", "announced"], "Oria", "Belmar", "12 euros", &["s1"]);
    let whole = both.commitments[0]["object"].clone();
    both.commitments[1]["part_of"] = whole.clone();
    let promised = |t: &Tale| -> Vec<Option<String>> {
        let all = rows(std::slice::from_ref(t), &Terms::default());
        all.iter()
            .map(|r| r.promised.map(|p| p.to_string()))
            .collect()
    };
    assert!(promised(&both).contains(&Some("48".to_owned())));
    both.commitments.remove(0);
    assert_eq!(promised(&both), [Some("12".to_owned())]);
}

#[test]
fn what_is_due_next_is_what_was_named_last_and_is_not_paid() {
    let due = |day, status, object, value: &str| {
        report(day, status, object, json!({"due": {"value": value}}))
    };
    let on = |as_of: Date| Terms {
        as_of: Some(as_of),
        ..Terms::default()
    };
    let vote = [
        due("2031-03-01", "announced", "48 euros", "2031-04-10"),
        due("2031-03-20", "delayed", "48 euros", "2031-04"),
    ];
    let row = the_row(&vote, &on(date(2031, 4, 30)));
    assert_eq!(
        (row.next_due.as_deref(), row.overdue),
        (Some("2031-04"), false)
    );
    assert_eq!(row.next_due_day, Some(date(2031, 4, 30)));
    assert!(the_row(&vote, &on(date(2031, 5, 1))).overdue);
    assert!(!the_row(&vote, &Terms::default()).overdue);
    let paid = report("2031-05-02", "delivered", "48 euros", json!({}));
    let vote: Vec<Tale> = vote.into_iter().chain([paid]).collect();
    let row = the_row(&vote, &on(date(2031, 6, 1)));
    assert_eq!((row.next_due, row.overdue), (None, false));
    // "The first instalment" was what was paid; the rest has its own day.
    let part = |mut t: Tale| {
        t.commitments[0]["part_of"] = json!({"start": 0, "end": 4, "quote": "Oria"});
        t
    };
    let parts = || {
        [
            report("2031-03-01", "announced", "48 euros", json!({})),
            part(due(
                "2031-03-10",
                "delayed",
                "the first instalment",
                "2031-04",
            )),
            part(due("2031-03-20", "announced", "36 euros", "2031-10-01")),
        ]
    };
    let next = |told: &[Tale]| the_row(told, &on(date(2031, 6, 1))).next_due;
    assert_eq!(next(&parts()).as_deref(), Some("2031-04"));
    let paid = part(report("2031-05-02", "delivered", "12 euros", json!({})));
    let paid: Vec<Tale> = parts().into_iter().chain([paid]).collect();
    assert_eq!(next(&paid).as_deref(), Some("2031-10-01"));
    // Who asks is not late.
    let asked = [due("2031-03-01", "requested", "48 euros", "2031-04-10")];
    assert!(!the_row(&asked, &on(date(2031, 6, 1))).overdue);
}

#[test]
fn a_denial_stands_beside_the_step_and_decides_nothing() {
    let content = "Oria would give Belmar 48 euros for fishing boats";
    let denial = tale(
        &format!("Ben Iru denied that {content}."),
        "2031-03-03",
        "Star",
    )
    .says("Ben Iru", "deny", "indirect", content)
    .binds(
        ["aid", "ruled_out"],
        "Oria",
        "Belmar",
        "48 euros for fishing boats",
        &["s1"],
    );
    let told = report("2031-03-01", "announced", "48 euros", json!({}));
    let row = the_row(&[told, denial], &Terms::default());
    assert_eq!((row.status, row.contradicted), (Announced, true));
    assert_eq!(row.denied_by, ["Ben Iru (announced)"]);
    assert_eq!(
        (row.on_the_word_of, row.independent_sources),
        (vec!["Ada Oko".to_owned()], 1)
    );
}

#[test]
fn a_rate_is_given_or_stated_and_never_made_up() {
    let terms = |given: &[(&str, &str)]| Terms {
        currency: Some("USD".to_owned()),
        rates: given
            .iter()
            .map(|(from, value)| Rate::of(from, value, date(2031, 3, 1)).unwrap())
            .collect(),
        ..Terms::default()
    };
    let plain = || [report("2031-03-01", "announced", "48 euros", json!({}))];
    let row = the_row(&plain(), &terms(&[("NOK", "0.1")]));
    assert_eq!(
        (row.promised_in, row.exchange_rate, row.currency_in),
        (None, None, None)
    );
    let row = the_row(&plain(), &terms(&[("EUR", "1.125")]));
    assert_eq!(
        row.promised_in.map(|d| d.to_string()).as_deref(),
        Some("54")
    );
    assert_eq!(
        (row.exchange_rate_source.as_deref(), row.exchange_rate_day),
        (Some("given"), Some(date(2031, 3, 1)))
    );
    let mut pair = plain();
    let amount = &mut pair[0].commitments[0]["amount"];
    amount["restated"] = json!([{"value": "55", "currency": "USD", "basis": "stated"}]);
    let row = the_row(&pair, &terms(&[]));
    assert_eq!(
        row.promised_in.map(|d| d.to_string()).as_deref(),
        Some("55")
    );
    assert_eq!(
        row.exchange_rate_source.as_deref(),
        Some(row.handle.as_str())
    );
    // What the reader worked out at another's rate is nobody's statement.
    let mut computed = plain();
    let amount = &mut computed[0].commitments[0]["amount"];
    amount["restated"] = json!([{"value": "55", "currency": "USD", "basis": "computed"}]);
    assert_eq!(the_row(&computed, &terms(&[])).promised_in, None);
}
