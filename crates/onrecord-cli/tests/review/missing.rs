//! What the reader missed, and which threads are one: said, taken back, measured.

use onrecord_ledger::{Entry, EntryKind};
use serde_json::Value;

use super::{Desk, Sitting, folders, json, run};

#[test]
fn what_the_reader_missed_is_added_at_the_desk_and_measured() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    let search = ["--reviewer", "Ann", "--missing", "2", "--seed", "3"];
    let mut ann = Sitting::begin(&desk, &search);
    ann.sees("1 of 2").sees("Is anything missing?").keys("+v");
    ann.sees("words of the report").keys("the\r");
    ann.sees("> * words").keys("q").sees("1 of 2");
    ann.keys("a").sees("2 of 2").keys("a");
    ann.sees("no more sentences").keys("q");
    assert_eq!(ann.ends().code(), Some(0));
    ann.sees("answered 2 sentences, all kept")
        .sees("Ann searched 2 sentences");
    assert_eq!(desk.stands(), ["Ann Searched"; 6]);
    let mut again = Sitting::begin(&desk, &search);
    again.sees("no sentence is asked for");
    assert_eq!(again.ends().code(), Some(1));
    let all = desk.entries();
    let report = all[0].at.report.clone();
    let add = |words: &str| {
        let mut add = desk.onrecord("add");
        add.args([
            &report, "--kind", "event", "--words", words, "--what", "consult",
        ]);
        run(add.args(["--reviewer", "Ann", "--by", "Noriega"]))
    };
    let (code, _, said) = add("eight months of talks");
    assert_eq!((code, said.contains("added `")), (Some(0), true), "{said}");
    assert_eq!(add("eight years of talks").0, Some(2));
    let (code, out, _) = run(&mut desk.onrecord("agreement"));
    assert_eq!(code, Some(0));
    assert!(out.starts_with("Ann searched 2 sentences: "), "{out}");
    let (_, out, _) = run(desk.onrecord("agreement").arg("--json"));
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&told["reviewer"], &told["recall"]["sentences"]),
        (&"Ann".into(), &2.into())
    );
    // It is in the gold, and no part of the record.
    let into = desk.folder.path().join("gold");
    let (code, _, said) = run(desk.onrecord("gold").arg(&into).arg("--partial"));
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Ann searched 2 sentences"), "{said}");
    let folder = &folders(&into)[0];
    let gold = json(&folder.join("gold.json"));
    let events = gold["events"].as_array().unwrap();
    let added: Vec<&Value> = events.iter().filter(|e| e["added"] == true).collect();
    assert_eq!((added.len(), &added[0]["type"]), (1, &"CONSULT".into()));
    assert_eq!(added[0]["trigger"], "eight months of talks");
    assert_eq!(added[0]["actors"].as_array().unwrap().len(), 1);
    assert_eq!(
        json(&folder.join("record.json"))["events"]
            .as_array()
            .unwrap()
            .len()
            + 1,
        events.len()
    );
    let refused = ["--reviewer", "Ann", "--missing", "2", "--by", "Peru"];
    let mut refused = Sitting::begin(&desk, &refused);
    refused.sees("draws sentences of reports");
    assert_eq!(refused.ends().code(), Some(2));
}

#[test]
fn threads_are_joined_and_told() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    let all = desk.entries();
    let promised: Vec<String> = all
        .iter()
        .filter(|e| e.at.kind == EntryKind::Commitment)
        .map(Entry::handle)
        .collect();
    let [one, .., other] = &promised[..] else {
        panic!("two")
    };
    let rows = || run(desk.onrecord("tracker").arg("--csv")).1.lines().count();
    let before = rows();
    let join = |more: &[&str]| {
        let mut join = desk.onrecord("join");
        run(join
            .args([one, other])
            .args(["--reviewer", "Ann"])
            .args(more))
    };
    assert_eq!(join(&[]).0, Some(0));
    assert_eq!(rows(), before - 1);
    let (_, out, _) = run(desk.onrecord("thread").arg(one).arg("--table"));
    let told = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("joined to “"), "{out}");
    assert_eq!(told.matches(" by Ann on ").count(), 1, "{out}");
    assert_eq!(join(&["--undo"]).0, Some(0));
    assert_eq!((rows(), join(&["--undo"]).0), (before, Some(1)));
}
