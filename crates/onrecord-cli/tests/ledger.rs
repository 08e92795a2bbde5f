//! A ledger on the command line: killed while it files, taken over from an export, filed into by
//! two at once.

#![expect(
    clippy::disallowed_methods,
    reason = "what a ledger exports is read from its files"
)]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use onrecord_columns::{EntryRow, Table};
use onrecord_ledger::{Correction, Filing, Judgement, Ledger, Origin, Query, Sum, Verdict};
use serde_json::Value;

fn onrecord() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.env_remove("ONRECORD_LEDGER").stdin(Stdio::piped());
    command
}

/// A line of JSON for each report: no two alike, each third at an address that had another.
fn lines(reports: usize) -> Vec<String> {
    let line = |i: usize| {
        let address = format!("https://baltic.example/{}", i - i % 3 / 2);
        let text = format!(
            "Estonia will pay the harbour of Paldiski {} million euros, Mayor Tiina Rebane said on \
             Friday.\n\n\"The {i} boats are safe,\" Rebane told reporters.",
            i + 2,
        );
        let report = serde_json::json!({
            "url": address, "outlet": "Baltic Post", "published": "2031-03-14",
            "headline": format!("Pier {i} to be mended"), "text": text,
            // What a stream is, is told by its first 64 KiB.
            "padding": "x".repeat(2000),
        });
        format!("{report}\n")
    };
    (0..reports).map(line).collect()
}

fn file(paths: &[&Path], ledger: &Path) -> Output {
    let mut command = onrecord();
    command.arg("file").args(paths).arg("--ledger").arg(ledger);
    command.output().expect("the command runs")
}

fn summary(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// All that a ledger holds, but for when it was filed.
fn all_of(ledger: &Path, folder: &Path) -> Vec<Value> {
    let ledger = Ledger::open(ledger.to_str().expect("a path")).expect("a ledger");
    ledger.check().expect("it is sound");
    ledger.export(folder).expect("exported");
    let mut all = Vec::new();
    for name in ["reports.jsonl", "versions.jsonl", "judgements.jsonl"] {
        let text = fs::read_to_string(folder.join(name)).expect("an export");
        all.extend(text.lines().map(|l| {
            let mut value: Value = serde_json::from_str(l).expect("JSON");
            forget_when(&mut value);
            value
        }));
    }
    all
}

fn forget_when(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("filed");
            members.values_mut().for_each(forget_when);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_when),
        _ => {}
    }
}

/// Begins to file what it is given on stdin.
fn begin(ledger: &Path) -> Child {
    let mut command = onrecord();
    command.args(["file", "-", "--ledger"]).arg(ledger);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs")
}

/// Waits until a ledger holds more reports than it did; gives back how many.
fn wait_for_more(ledger: &Path, than: u64) -> u64 {
    for _ in 0..1200 {
        sleep(Duration::from_millis(100));
        let path = ledger.to_str().expect("a path");
        let size = ledger
            .exists()
            .then(|| Ledger::open(path).and_then(|l| l.size()));
        if let Some(Ok(size)) = size
            && size.reports > than
        {
            return size.reports;
        }
    }
    panic!("nothing was filed in two minutes");
}

#[test]
fn killed_at_any_moment_it_goes_on_where_it_was() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    let lines = lines(90);
    let whole: PathBuf = at("whole.jsonl");
    fs::write(&whole, lines.concat()).expect("written");

    let broken = at("broken.db");
    let mut there = 0;
    // Of the stream only a part has come when it is killed, so it is always in the middle.
    for part in [45, 70] {
        let mut child = begin(&broken);
        let mut stdin = child.stdin.take().expect("a pipe");
        let given = lines[..part].concat();
        stdin.write_all(given.as_bytes()).expect("taken");
        stdin.flush().expect("taken");
        let filed = wait_for_more(&broken, there);
        child.kill().expect("killed");
        child.wait().expect("ended");
        let path = broken.to_str().expect("a path");
        let ledger = Ledger::open(path).expect("a ledger");
        ledger.check().expect("it is sound");
        there = ledger.size().expect("a size").reports;
        assert!(filed <= there && there <= part as u64, "{filed} {there}");
    }
    let said = summary(&file(&[&whole], &broken));
    let rest = 90 - there;
    assert!(
        said.starts_with(&format!("{rest} filed, {there} already there, ")),
        "{said}"
    );

    let unbroken = at("unbroken.db");
    let said = summary(&file(&[&whole], &unbroken));
    assert_eq!(
        said,
        "90 filed, 0 already there, 30 superseded, 0 unread, 0 broken"
    );
    let (a, b) = (all_of(&broken, &at("a")), all_of(&unbroken, &at("b")));
    assert_eq!(a.len(), 120);
    assert!(a == b, "the ledgers differ");
}

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
    assert!(said.starts_with("6 filed, 0 already there, "), "{said}");
    let said = summary(&file(&[&at("export")], &other));
    assert!(said.starts_with("0 filed, 6 already there, "), "{said}");
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
    assert!(said.starts_with("6 filed, 0 already there, "), "{said}");
    let said = summary(&file(&[&at("tables")], &other));
    assert!(said.starts_with("0 filed, 6 already there, "), "{said}");
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
            amounts: Some(vec![Sum {
                value: "7".to_owned(),
                unit: "boats".to_owned(),
            }]),
            ..Correction::default()
        }),
        Verdict::Correct(Correction::default()),
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
    assert!(said.starts_with("2 filed, 0 already there, "), "{said}");
}

#[test]
fn one_file_under_two_paths_is_one() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::create_dir_all(at("day")).expect("made");
    let story = "Pier to be mended\n\nTALLINN (Reuters) - The pier will be mended by Friday, \
        Mayor Tiina Rebane said.\n";
    fs::write(at("day/pier.txt"), story).expect("written");
    let from = |folder: &str, path: &str| {
        let mut command = onrecord();
        command.current_dir(at(folder)).args(["file", path]);
        command.arg("--ledger").arg(at("news.db"));
        summary(&command.output().expect("the command runs"))
    };
    let none = "0 superseded, 0 unread, 0 broken";
    assert_eq!(
        from(".", "day/pier.txt"),
        format!("1 filed, 0 already there, {none}")
    );
    let whole = at("day/pier.txt");
    let whole = whole.to_str().expect("a path");
    for (folder, path) in [
        ("day", "pier.txt"),
        ("day", "../day/pier.txt"),
        (".", whole),
    ] {
        assert_eq!(
            from(folder, path),
            format!("0 filed, 1 already there, {none}"),
            "{path}"
        );
    }
    // Shown from the folder where one is; the agency stands where no outlet is named.
    let mut command = onrecord();
    command
        .current_dir(at("day"))
        .args(["find", "pier", "--csv", "--ledger"]);
    let found = command
        .arg(at("news.db"))
        .output()
        .expect("the command runs");
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(found.contains(",pier.txt,Reuters,"), "{found}");
}

#[test]
fn what_comes_with_a_report_may_be_given_later() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    let story =
        "Pier to be mended\n\nThe pier will be mended by Friday, Mayor Tiina Rebane said.\n";
    fs::write(at("pier.txt"), story).expect("written");
    let ledger = at("news.db");
    let with = |more: &[&str]| {
        let mut command = onrecord();
        command.arg("file").arg(at("pier.txt")).args(more);
        command.arg("--ledger").arg(&ledger);
        summary(&command.output().expect("the command runs"))
    };
    let none = "0 superseded, 0 unread, 0 broken";
    assert_eq!(with(&[]), format!("1 filed, 0 already there, {none}"));
    assert_eq!(with(&[]), format!("0 filed, 1 already there, {none}"));
    let day = ["--published", "2031-03-12"];
    assert_eq!(
        with(&day),
        format!("0 filed, 0 already there, {none}, 1 read anew")
    );
    assert_eq!(with(&day), format!("0 filed, 1 already there, {none}"));
    let carrier = [
        "--url",
        "https://baltic.example/pier",
        "--outlet",
        "Baltic Post",
    ];
    assert_eq!(
        with(&carrier),
        format!("0 filed, 0 already there, {none}, 1 also from elsewhere")
    );
    assert_eq!(with(&carrier), format!("0 filed, 1 already there, {none}"));
}

#[test]
fn two_may_file_at_once() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    let lines = lines(12);
    fs::write(at("a.jsonl"), lines[..8].concat()).expect("written");
    fs::write(at("b.jsonl"), lines[4..].concat()).expect("written");
    // Both begin the ledger: who comes second must wait, whenever that is.
    for turn in 0..10 {
        let ledger = at(&format!("{turn}.db"));
        let children = ["a.jsonl", "b.jsonl"].map(|name| {
            let mut command = onrecord();
            command.arg("file").arg(at(name)).arg("--ledger");
            command.arg(&ledger);
            command.stdout(File::create(at("out")).expect("a file"));
            command.spawn().expect("the command runs")
        });
        for mut child in children {
            assert_eq!(child.wait().expect("it ends").code(), Some(0));
        }
        let ledger = Ledger::open(ledger.to_str().expect("a path")).expect("a ledger");
        ledger.check().expect("it is sound");
        assert_eq!(ledger.size().expect("a size").reports, 12);
    }
}

#[test]
fn two_file_and_ten_find_at_once() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    let lines = lines(61);
    let ledger = at("news.db");
    for (name, part) in [("first", 0..1), ("a", 1..31), ("b", 31..61)] {
        fs::write(at(name).with_extension("jsonl"), lines[part].concat()).expect("written");
    }
    summary(&file(&[&at("first.jsonl")], &ledger));
    let done = AtomicBool::new(false);
    let looks = thread::scope(|scope| {
        let find = || {
            let mut looks = 0;
            while !done.load(Ordering::SeqCst) || looks == 0 {
                let mut command = onrecord();
                command.args(["find", "--by", "rebane", "--ledger"]);
                let found = command.arg(&ledger).output().expect("the command runs");
                let said = String::from_utf8_lossy(&found.stderr);
                assert_eq!((found.status.code(), &*said), (Some(0), ""));
                looks += 1;
            }
            looks
        };
        let finders: Vec<_> = (0..10).map(|_| scope.spawn(find)).collect();
        let writers = ["a.jsonl", "b.jsonl"].map(|name| {
            let (from, ledger) = (at(name), &ledger);
            scope.spawn(move || summary(&file(&[&from], ledger)))
        });
        for writer in writers {
            let said = writer.join().expect("it files");
            assert!(said.starts_with("30 filed, 0 already there, "), "{said}");
        }
        done.store(true, Ordering::SeqCst);
        finders
            .into_iter()
            .map(|f| f.join().expect("it finds"))
            .sum::<u32>()
    });
    assert!(looks >= 10, "{looks}");
    let ledger = Ledger::open(ledger.to_str().expect("a path")).expect("a ledger");
    ledger.check().expect("it is sound");
    assert_eq!(ledger.size().expect("a size").reports, 61);
}

/// Finds what is new to a saved search into a pipe that nobody reads.
#[test]
fn what_nobody_read_is_new_again() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    let ledger = at("news.db");
    let find = |more: &[&str]| {
        let mut command = onrecord();
        command.arg("find").args(more).arg("--ledger").arg(&ledger);
        command
    };
    let new = ["--saved", "mayor", "--new"];
    let count = || {
        let shown = find(&new).arg("--peek").output().expect("the command runs");
        String::from_utf8_lossy(&shown.stdout).lines().count()
    };
    fs::write(at("day.jsonl"), lines(4).concat()).expect("written");
    summary(&file(&[&at("day.jsonl")], &ledger));
    let save = find(&["--by", "rebane", "--save", "mayor"]).output();
    assert_eq!(save.expect("the command runs").status.code(), Some(0));
    assert_eq!(count(), 0);
    fs::write(at("day.jsonl"), lines(40).concat()).expect("written");
    summary(&file(&[&at("day.jsonl")], &ledger));
    let all = count();
    assert!(all > 30, "{all}");
    let mut child = find(&new).stdout(Stdio::piped()).spawn().expect("it runs");
    // Nobody will read: what is written meets a closed pipe.
    drop(child.stdout.take());
    child.wait().expect("it ends");
    assert_eq!(count(), all);
    // A full disk is no reader either.
    if let Ok(full) = File::options().write(true).open("/dev/full") {
        let failed = find(&new).stdout(full).status().expect("it runs");
        assert_eq!(failed.code(), Some(2));
        assert_eq!(count(), all);
    }
    let shown = find(&new).output().expect("the command runs");
    assert_eq!(String::from_utf8_lossy(&shown.stdout).lines().count(), all);
    assert_eq!(count(), 0);
}
