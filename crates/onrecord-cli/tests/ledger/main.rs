//! A ledger on the command line: killed while it files, taken over from an export, filed into by
//! two at once.

#![expect(
    clippy::disallowed_methods,
    reason = "what a ledger exports is read from its files"
)]

mod desk;
mod export;
#[cfg(unix)]
mod stream;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use onrecord_ledger::Ledger;

use desk::{all_of, file, lines, onrecord, summary};

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
        said.starts_with(&format!("90 read: {rest} filed, {there} already there, ")),
        "{said}"
    );

    let unbroken = at("unbroken.db");
    let said = summary(&file(&[&whole], &unbroken));
    assert_eq!(
        said,
        "90 read: 90 filed, 0 already there, 0 unread, 0 broken; 30 earlier versions superseded"
    );
    let (a, b) = (all_of(&broken, &at("a")), all_of(&unbroken, &at("b")));
    assert_eq!(a.len(), 120);
    assert!(a == b, "the ledgers differ");
}

#[test]
fn killed_while_it_is_made_a_ledger_opens() {
    let room = tempfile::tempdir().expect("a folder");
    for turn in 0..20 {
        let ledger = room.path().join(format!("{turn}.db"));
        let mut child = begin(&ledger);
        for _ in 0..300_000 {
            if ledger.exists() {
                break;
            }
            sleep(Duration::from_micros(100));
        }
        sleep(Duration::from_micros(turn * 300));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let opened = Ledger::open(ledger.to_str().expect("a path"));
        opened.expect("a ledger").check().expect("it is sound");
    }
}

#[test]
#[cfg(unix)]
fn an_archived_ledger_is_looked_at() {
    use std::os::unix::fs::PermissionsExt as _;
    let room = tempfile::tempdir().expect("a folder");
    let archive = room.path().join("archive");
    let ledger = archive.join("news.db");
    let day = room.path().join("day.jsonl");
    fs::write(&day, lines(2).concat()).expect("written");
    fs::create_dir(&archive).expect("made");
    summary(&file(&[&day], &ledger));
    let allow = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    };
    allow(&ledger, 0o444);
    allow(&archive, 0o555);
    let mut find = onrecord();
    let found = find.args(["find", "--count", "--ledger"]).arg(&ledger);
    let found = found.output().expect("the command runs");
    fs::write(&day, lines(3).concat()).expect("written");
    let refused = file(&[&day], &ledger);
    // Who may do everything is refused nothing.
    let everything = File::create(archive.join("new")).is_ok();
    allow(&archive, 0o755);
    assert_eq!(found.status.code(), Some(0), "{found:?}");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        everything || said.contains("news.db` may not be written to"),
        "{said}"
    );
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
    let none = "0 unread, 0 broken";
    assert_eq!(
        from(".", "day/pier.txt"),
        format!("1 read: 1 filed, 0 already there, {none}")
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
            format!("1 read: 0 filed, 1 already there, {none}"),
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
    assert!(
        found.contains(",pier.txt,") && found.contains(",Reuters,"),
        "{found}"
    );
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
    let none = "0 unread, 0 broken";
    assert_eq!(
        with(&[]),
        format!("1 read: 1 filed, 0 already there, {none}")
    );
    assert_eq!(
        with(&[]),
        format!("1 read: 0 filed, 1 already there, {none}")
    );
    let day = ["--published", "2031-03-12"];
    assert_eq!(
        with(&day),
        format!("1 read: 0 filed, 0 already there, 1 read anew, {none}")
    );
    assert_eq!(
        with(&day),
        format!("1 read: 0 filed, 1 already there, {none}")
    );
    let carrier = [
        "--url",
        "https://baltic.example/pier",
        "--outlet",
        "Baltic Post",
    ];
    assert_eq!(
        with(&carrier),
        format!("1 read: 0 filed, 0 already there, 1 also from elsewhere, {none}")
    );
    assert_eq!(
        with(&carrier),
        format!("1 read: 0 filed, 1 already there, {none}")
    );
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
            assert!(
                said.starts_with("30 read: 30 filed, 0 already there, "),
                "{said}"
            );
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

/// What was read is what became of it: nothing is counted twice, nothing left out.
#[test]
fn counts_add_up() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    fs::create_dir_all(at("mixed")).expect("made");
    let write = |name: &str, bytes: &[u8]| {
        fs::write(at("mixed").join(name), bytes).expect("written");
    };
    let story = |mayor: &str| {
        format!("Pier to be mended\n\nThe pier will be mended by Friday, Mayor {mayor} said.\n")
    };
    write("a.txt", story("Tiina Rebane").as_bytes());
    // The same once more, something without text, bytes that are no text, an archive that is cut.
    write("b.txt", story("Tiina Rebane").as_bytes());
    write("c.txt", b"  \n");
    write("d.bin", &[0, 159, 146, 150, 0, 1, 2, 3]);
    write("e.zip", b"PK\x03\x04\x14\x00broken");
    // Two versions at one address, and a line that is no report.
    let row = |text: &str| format!("{{\"url\":\"https://wire.example/pier\",\"text\":{text:?}}}\n");
    let rows = [row(&story("Ada Oko")), row(&story("Ada Okonjo"))].concat();
    write("f.jsonl", format!("{rows}{{not json\n").as_bytes());
    for turn in 0..2 {
        let mut command = onrecord();
        command.arg("file").arg(at("mixed")).arg("missing.txt");
        let out = command.arg("--ledger").arg(at("news.db"));
        let out = out.output().expect("the command runs");
        let said = String::from_utf8_lossy(&out.stdout).trim().to_owned();
        let numbers = |words: &str| -> Vec<u64> {
            let words = words.split(|c: char| !c.is_ascii_digit());
            words.filter_map(|w| w.parse().ok()).collect()
        };
        let (all, parts) = said.split_once(" read: ").expect("a sum");
        let parts = parts.split(';').next().unwrap_or_default();
        assert_eq!(
            numbers(all)[0],
            numbers(parts).iter().sum::<u64>(),
            "{said}"
        );
        let want = if turn == 0 { "4 filed, " } else { "0 filed, " };
        assert!(parts.starts_with(want), "{said}");
    }
}

/// What a table calls its rows, and who signed them, stands beside every entry, however it is printed.
#[test]
fn own_ids_travel_into_every_output() {
    let room = tempfile::tempdir().expect("a folder");
    let at = |name: &str| room.path().join(name);
    let table = "case,desk,tongue,day,body\n\
        CASE-17,Imelda Quist,en,2031-03-14,\"Norway will pay Estonia 4 million euros by June, Prime \
        Minister Ola Brekke said on Friday.\"\n";
    fs::write(at("table.csv"), table).expect("written");
    let map = "text=body,published=day,id=case,author=desk,language=tongue";
    let run = |args: &[&str]| {
        let mut command = onrecord();
        command.current_dir(room.path()).args(args);
        let out = command.output().expect("the command runs");
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(0), "{args:?}: {said}");
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    run(&["file", "table.csv", "--map", map, "--ledger", "news.db"]);
    let whole = |said: &str| said.contains("CASE-17") && said.contains("Imelda Quist");
    for form in ["--json", "--csv"] {
        for command in ["quotes", "commitments", "events"] {
            let said = run(&[command, "table.csv", "--map", map, form]);
            assert!(whole(&said), "{command} {form}: {said}");
        }
        for command in ["find", "timeline"] {
            let said = run(&[command, form, "--ledger", "news.db"]);
            assert!(whole(&said), "{command} {form}: {said}");
        }
        let story = run(&["find", "--csv", "--limit", "1", "--ledger", "news.db"]);
        let report = story.lines().nth(1).and_then(|l| l.split(':').next());
        let report = report.expect("an entry");
        let said = run(&["story", report, form, "--ledger", "news.db"]);
        assert!(whole(&said), "story {form}: {said}");
        let said = run(&["tracker", form, "--ledger", "news.db"]);
        assert!(said.contains("CASE-17"), "tracker {form}: {said}");
    }
    let said = run(&["find", "--json-ld", "--ledger", "news.db"]);
    assert!(said.contains("CASE-17"), "{said}");
    run(&["find", "--parquet", "found.parquet", "--ledger", "news.db"]);
    run(&[
        "tracker",
        "--parquet",
        "sheet.parquet",
        "--ledger",
        "news.db",
    ]);
    run(&["export", "tables", "--parquet", "--ledger", "news.db"]);
    for name in [
        "found.parquet",
        "sheet.parquet",
        "tables/commitments.parquet",
        "tables/records.parquet",
    ] {
        let bytes = fs::read(at(name)).expect("a table");
        let holds = bytes.windows(7).any(|w| w == b"CASE-17");
        assert!(holds, "{name}");
    }
}
