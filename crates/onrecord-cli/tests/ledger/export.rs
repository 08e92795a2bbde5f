//! Exports: the same ledger again, from JSON Lines and from Parquet, and tables written whole.

use std::fs::{self, File};
use std::path::Path;

use onrecord_columns::Table;
use onrecord_ledger::{
    Correction, Entry, EntryKind, EntryRef, EntryRow, Filing, Judgement, Ledger, Origin, Query,
    Sum, Verdict,
};

use crate::desk::{all_of, file, lines, onrecord, summary};

#[test]
fn an_export_makes_the_same_ledger() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::write(at("day.jsonl"), lines(6).concat()).expect("written");
    let (one, other) = (at("one.db"), at("other.db"));
    summary(&file(&[&at("day.jsonl")], &one));
    let export = |folder: &Path| {
        let mut command = onrecord();
        command.arg("export").arg(folder).arg("--ledger").arg(&one);
        command.output().expect("the command runs").status.code()
    };
    assert_eq!(export(&at("export")), Some(0));
    // Never over what is there.
    assert_eq!(export(&at("export")), Some(2));
    let said = summary(&file(&[&at("export")], &other));
    assert!(
        said.starts_with("6 read: 6 filed, 0 already there, "),
        "{said}"
    );
    let said = summary(&file(&[&at("export")], &other));
    assert!(
        said.starts_with("6 read: 0 filed, 6 already there, "),
        "{said}"
    );
    let read = |folder: &str, name: &str| fs::read(at(folder).join(name)).expect("an export");
    all_of(&other, &at("again"));
    for name in ["reports.jsonl", "versions.jsonl", "judgements.jsonl"] {
        assert!(read("export", name) == read("again", name), "{name}");
    }
}

#[test]
fn an_export_in_parquet_makes_the_same_ledger() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::write(at("day.jsonl"), lines(6).concat()).expect("written");
    let (one, other) = (at("one.db"), at("other.db"));
    summary(&file(&[&at("day.jsonl")], &one));
    judged_and_read_again(&one);
    let export = |folder: &str| {
        let mut command = onrecord();
        command.arg("export").arg(at(folder)).arg("--parquet");
        command.arg("--ledger").arg(&one);
        let output = command.output().expect("the command runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert_eq!(export("tables").0, Some(0));
    // Never over what is there.
    assert_eq!(export("tables").0, Some(2));
    let said = summary(&file(&[&at("tables")], &other));
    assert!(
        said.starts_with("6 read: 6 filed, 0 already there, "),
        "{said}"
    );
    let said = summary(&file(&[&at("tables")], &other));
    assert!(
        said.starts_with("6 read: 0 filed, 6 already there, "),
        "{said}"
    );
    all_of(&one, &at("lines"));
    all_of(&other, &at("again"));
    for name in ["reports.jsonl", "versions.jsonl", "judgements.jsonl"] {
        let read = |folder: &str| fs::read(at(folder).join(name)).expect("an export");
        assert!(!read("lines").is_empty(), "{name}");
        assert!(read("lines") == read("again"), "{name}");
    }
    // What was interrupted is told, and made anew; tables that are not of one export are refused.
    fs::create_dir_all(at("broken/.partial")).expect("made");
    fs::write(at("broken/.partial/records.parquet"), "PAR1").expect("written");
    fs::write(at("broken/entries.parquet"), "PAR1").expect("written");
    let refused = file(&[&at("broken")], &at("new.db"));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    let (code, said) = export("broken");
    assert_eq!(code, Some(0), "{said}");
    fs::copy(at("broken/readings.parquet"), at("broken/carriers.parquet")).expect("copied");
    let refused = file(&[&at("broken")], &at("new.db"));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("holds readings, not carriers"), "{said}");
}

/// Adds to a ledger what filing does not: a second reading, a second carrier, judgements.
fn judged_and_read_again(ledger: &Path) {
    let ledger = Ledger::open(ledger.to_str().expect("a path")).expect("a ledger");
    let entries = ledger.entries(&Query::default()).expect("entries").entries;
    let at = |s: &str| s.parse().expect("a time");
    let held = ledger
        .get(&entries[0].at.report)
        .expect("read")
        .expect("held");
    let mut record = held.record;
    "99.0.0".clone_into(&mut record.reader.version);
    record.statements.truncate(1);
    let origin = Origin {
        location: "https://elsewhere.example/1".to_owned(),
        outlet: None,
        filed: at("2031-03-20T10:00:00.123456789Z"),
    };
    let filing = Filing::new(record, origin).expect("a record");
    ledger.file(&[filing]).expect("filed");
    let verdicts = [
        Verdict::Reject,
        Verdict::Accept,
        Verdict::Note {
            text: "as \"said\"".to_owned(),
        },
        Verdict::Merge {
            into: entries[1].at.clone(),
        },
        Verdict::Correct(Correction {
            by: Some(Vec::new()),
            about: Some(vec!["Tiina Rebane".to_owned()]),
            amounts: Some(vec![Sum::of("7", "boats")]),
            ..Correction::default()
        }),
        Verdict::Correct(Correction::default()),
        Verdict::Correct(Correction {
            due: Some("2032".to_owned()),
            since: Some(String::new()),
            source: Some(vec!["Tiina Rebane".to_owned()]),
            place: Some(Vec::new()),
            qualifier: Some(onrecord::model::Qualifier::UpTo),
            factuality: Some(onrecord::model::Factuality::FACT),
            words: entries[2].words.first().cloned(),
            ..Correction::default()
        }),
    ];
    for verdict in verdicts {
        let judgement = Judgement {
            of: entries[2].at.clone(),
            verdict,
            author: "desk".to_owned(),
            at: at("2031-03-21T10:00:00Z"),
        };
        ledger.judge(&judgement).expect("kept");
    }
    added_and_joined(&ledger, &entries);
}

/// Adds what people say of words and of threads.
fn added_and_joined(ledger: &Ledger, entries: &[Entry]) {
    let at = "2031-03-22T10:00:00Z".parse().expect("a time");
    let promised = entries
        .iter()
        .filter(|e| e.at.kind == EntryKind::Commitment);
    let promised: Vec<&Entry> = promised.filter(|e| e.id == "c1").take(2).collect();
    let [one, other] = promised[..] else {
        panic!("two commitments")
    };
    ledger.join(&one.at, &other.at, "desk", at).expect("kept");
    let at = "2031-03-23T10:00:00Z".parse().expect("a time");
    ledger.part(&one.at, None, "desk", at).expect("kept");
    let what = Correction {
        what: Some("AID".to_owned()),
        condition: Some(String::new()),
        ..Correction::default()
    };
    let words = one.words.first().expect("words");
    let verdicts = [
        (
            EntryRef::on(&one.at.report, EntryKind::Event, words, &what),
            Verdict::Add(what),
        ),
        (
            EntryRef::searched(&one.at.report, EntryKind::Event, words),
            Verdict::Searched,
        ),
    ];
    for (of, verdict) in verdicts {
        let judgement = Judgement {
            of,
            verdict,
            author: "desk".to_owned(),
            at,
        };
        ledger.judge(&judgement).expect("kept");
    }
}

#[test]
fn tables_are_written_whole_or_not_at_all() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::write(at("day.jsonl"), lines(3).concat()).expect("written");
    summary(&file(&[&at("day.jsonl")], &at("one.db")));
    let run = |args: &[&str]| {
        let mut command = onrecord();
        command.current_dir(room.path()).args(args);
        let output = command.output().expect("the command runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), said)
    };
    let find = ["find", "--ledger", "one.db", "--parquet"];
    let (code, said) = run(&[&find[..], &["entries.parquet"]].concat());
    assert_eq!(code, Some(0), "{said}");
    let open = |name: &str| File::open(at(name)).expect("a file");
    let rows: Vec<EntryRow> = onrecord_columns::rows(open("entries.parquet"), Table::Entries)
        .expect("a table")
        .map(|row| row.expect("a row"))
        .collect();
    assert!(
        said.contains(&format!("wrote {} entries into", rows.len())),
        "{said}"
    );
    assert!(
        rows.iter()
            .any(|r| r.by == ["Tiina Rebane"] && r.kind == "statement")
    );
    // Nothing found is an empty table.
    let (code, _) = run(&[&find[..], &["none.parquet", "nowhere"]].concat());
    assert_eq!(code, Some(1));
    let none = onrecord_columns::rows::<EntryRow>(open("none.parquet"), Table::Entries);
    assert_eq!(none.expect("a table").count(), 0);
    let (code, said) = run(&["read", "day.jsonl", "--parquet", "records.parquet"]);
    assert_eq!(
        (code, said.trim()),
        (Some(0), "onrecord: wrote 3 records into `records.parquet`")
    );
    let records: Vec<_> = onrecord_columns::records(open("records.parquet"))
        .expect("a table")
        .collect();
    assert!(records.len() == 3 && records.iter().all(Result::is_ok));
    // What is there stays when the new table does not come to its end.
    let before = fs::read(at("entries.parquet")).expect("a file");
    let (code, _) = run(&[
        &find[..],
        &["entries.parquet", "--near", "0,0", "--within", "-1"],
    ]
    .concat());
    assert_eq!(code, Some(2));
    assert!(fs::read(at("entries.parquet")).expect("a file") == before);
    for (path, why) in [
        ("-", "not to stdout"),
        (".", "is no file"),
        ("no/x", "cannot write"),
    ] {
        let (code, said) = run(&[&find[..], &[path]].concat());
        assert!(code == Some(2) && said.contains(why), "{said}");
    }
    let left = room.path().read_dir().expect("a folder").flatten();
    assert!(
        left.into_iter()
            .all(|f| !f.file_name().to_string_lossy().ends_with(".partial"))
    );
}

#[test]
fn records_are_filed_as_read_prints_them() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::write(at("day.jsonl"), lines(3).concat()).expect("written");
    let mut read = onrecord();
    let read = read.args(["read", "--json"]).arg(at("day.jsonl"));
    let records = read.output().expect("the command runs").stdout;
    fs::write(at("records.jsonl"), &records).expect("written");
    let said = summary(&file(&[&at("records.jsonl")], &at("one.db")));
    assert!(
        said.starts_with("3 read: 3 filed, 0 already there, "),
        "{said}"
    );
    let ledger = Ledger::open(at("one.db").to_str().expect("a path")).expect("a ledger");
    let mut held = 0;
    for line in String::from_utf8(records).expect("text").lines() {
        let record = onrecord::Record::from_json(line).expect("a record");
        let kept = ledger.get(&record.report.id).expect("read").expect("held");
        assert_eq!(kept.record, record);
        held += 1;
    }
    assert_eq!(held, 3);
    // The same again, and the reports themselves, are there already.
    let said = summary(&file(&[&at("records.jsonl")], &at("one.db")));
    assert!(
        said.starts_with("3 read: 0 filed, 3 already there, "),
        "{said}"
    );
    // A span that does not quote its text is no record.
    let lie = fs::read_to_string(at("records.jsonl")).expect("text");
    fs::write(
        at("lie.jsonl"),
        lie.replacen("Tiina Rebane", "Tiina Rebase", 1),
    )
    .expect("written");
    let refused = file(&[&at("lie.jsonl")], &at("one.db"));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        refused.status.code() == Some(2) && said.contains("is no record"),
        "{said}"
    );
}

#[test]
fn every_table_of_an_export_says_what_it_is_of() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::write(at("day.jsonl"), lines(4).concat()).expect("written");
    summary(&file(&[&at("day.jsonl")], &at("one.db")));
    let mut command = onrecord();
    command.arg("export").arg(at("tables")).arg("--parquet");
    let output = command.arg("--ledger").arg(at("one.db")).output();
    assert_eq!(output.expect("the command runs").status.code(), Some(0));
    let of = |table: Table| -> Vec<serde_json::Value> {
        let path = at("tables").join(format!("{}.parquet", table.name()));
        let all = onrecord_columns::rows(File::open(path).expect("a file"), table);
        all.expect("a table")
            .map(|row| row.expect("a row"))
            .collect()
    };
    let commitments = of(Table::Commitments);
    let paid = commitments
        .iter()
        .find(|c| c["unit"] == "EUR")
        .expect("a sum");
    assert_eq!(paid["amount_basis"], "stated");
    assert!(
        paid["amount"]
            .as_str()
            .is_some_and(|a| a.ends_with("000000")),
        "{paid}"
    );
    assert!(paid["independent_sources"].as_u64() >= Some(1), "{paid}");
    let threads = of(Table::Threads);
    let handles: Vec<&serde_json::Value> = threads.iter().map(|t| &t["handle"]).collect();
    assert!(handles.contains(&&paid["thread"]), "{paid} in {handles:?}");
    let statements = of(Table::Statements);
    let said = statements.iter().find(|s| s["by"][0] == "Tiina Rebane");
    let said = said.expect("a statement");
    assert_eq!(
        (&said["source_kind"], &said["cue_lemma"]),
        (&"named".into(), &"tell".into())
    );
    let who = of(Table::Entities);
    let mayor = who
        .iter()
        .find(|e| e["name"] == "Tiina Rebane")
        .expect("somebody");
    assert_eq!(mayor["identity"], said["identity"]);
    assert!(of(Table::Entries).len() >= statements.len() + commitments.len());
}

#[test]
#[cfg(unix)]
fn a_table_takes_no_other_files_place() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::write(at("day.jsonl"), lines(2).concat()).expect("written");
    summary(&file(&[&at("day.jsonl")], &at("one.db")));
    std::os::unix::fs::symlink("one.db", at("link.parquet")).expect("linked");
    fs::write(at("empty.parquet"), "").expect("written");
    for name in [
        "one.db",
        "one.db-wal",
        "link.parquet",
        "day.jsonl",
        "empty.parquet",
    ] {
        // The log of the ledger is there while it is open.
        let _held = Ledger::open(at("one.db").to_str().expect("a path")).expect("a ledger");
        for command in [
            &["find", "--ledger", "one.db"][..],
            &["find", "nowhere", "--ledger", "one.db"],
            &["read", "day.jsonl"],
        ] {
            let before = fs::read(at(name)).expect("a file");
            let mut run = onrecord();
            run.current_dir(room.path()).args(command);
            let output = run.args(["--parquet", name]).output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{name}: {said}");
            assert!(
                said.contains("is there and is no Parquet file"),
                "{name}: {said}"
            );
            assert!(fs::read(at(name)).expect("a file") == before, "{name}");
        }
    }
    let ledger = Ledger::open(at("one.db").to_str().expect("a path")).expect("a ledger");
    ledger.check().expect("it is sound");
    assert_eq!(ledger.size().expect("a size").reports, 2);
}

#[test]
fn an_interrupted_export_is_said_and_made_anew() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::write(at("day.jsonl"), lines(2).concat()).expect("written");
    summary(&file(&[&at("day.jsonl")], &at("one.db")));
    fs::create_dir_all(at("export/.partial")).expect("made");
    let refused = file(&[&at("export")], &at("other.db"));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    let mut command = onrecord();
    command
        .arg("export")
        .arg(at("export"))
        .arg("--ledger")
        .arg(at("one.db"));
    let code = command.output().expect("the command runs").status.code();
    assert_eq!(code, Some(0));
    let said = summary(&file(&[&at("export")], &at("other.db")));
    assert!(
        said.starts_with("2 read: 2 filed, 0 already there, "),
        "{said}"
    );
}
