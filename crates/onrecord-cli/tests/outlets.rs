//! What comes out: records that fit the schema, the same in a batch as alone, pipes that close.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use onrecord_ledger::{Entry, json_ld};
use serde_json::Value;

const STORY: &str = "\
Ferry line to Saaremaa reopens

By Mari Kask

TALLINN, March 10 (Northern Wire) - Transport Minister Jaan Org said on Tuesday the ferry line \
to Saaremaa would reopen next week.

\"The ice has gone,\" Org told reporters. Estonia will pay 2 million euros to the operator.
";

fn onrecord() -> Command {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
}

fn stdout(command: &mut Command) -> String {
    let out = command.output().expect("the command runs");
    String::from_utf8(out.stdout).expect("text")
}

/// A folder of reports that differ.
fn folder(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for i in 0..count {
        let story = STORY.replace("2 million", &format!("{} million", i + 2));
        fs::write(folder.path().join(format!("r{i:03}.txt")), story).expect("written");
    }
    folder
}

#[test]
fn a_record_fits_the_schema() {
    let schema: Value = serde_json::from_str(&stdout(onrecord().arg("schema"))).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let folder = folder(1);
    let json = stdout(onrecord().args(["read", "--json"]).arg(folder.path()));
    let record: Value = serde_json::from_str(&json).expect("JSON");
    let wrong: Vec<String> = validator
        .iter_errors(&record)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    let hand = include_str!("../../onrecord-page/tests/fixtures/record.json");
    assert!(validator.is_valid(&serde_json::from_str(hand).expect("JSON")));
}

/// Places in a record whose words are not those at that place in its text.
fn misplaced(value: &Value, text: &[char], out: &mut Vec<String>) {
    let place = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
    if let (Some(start), Some(end), Some(quote)) = (
        place(&value["start"]),
        place(&value["end"]),
        value["quote"].as_str(),
    ) {
        let there: Option<String> = text.get(start..end).map(|c| c.iter().collect());
        if there.as_deref() != Some(quote) {
            out.push(format!("{start}..{end} {quote:?} is {there:?}"));
        }
    }
    match value {
        Value::Object(fields) => fields.values().for_each(|v| misplaced(v, text, out)),
        Value::Array(items) => items.iter().for_each(|v| misplaced(v, text, out)),
        _ => {}
    }
}

#[test]
fn every_character_comes_out_as_it_went_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let read = |text: &str| -> Value {
        let path = folder.path().join("report.txt");
        fs::write(&path, text).expect("written");
        let json = stdout(onrecord().args(["read", "--json"]).arg(&path));
        serde_json::from_str(&json).expect("JSON")
    };
    // Spans stand behind characters that act on a terminal.
    let odd = STORY
        .replace("TALLINN", "\u{7f}TALLINN")
        .replace("to Saaremaa", "to\u{7f}\u{9b}31m\u{85} Saaremaa");
    let record = read(&format!("{odd}\n\u{7f}\n"));
    assert_eq!(record["report"]["text"], format!("{odd}\n\u{7f}\n"));
    let text: Vec<char> = record["report"]["text"]
        .as_str()
        .expect("a text")
        .chars()
        .collect();
    let mut wrong = Vec::new();
    misplaced(&record, &text, &mut wrong);
    assert_eq!(wrong, Vec::<String>::new());
    let last = record["report"]["segments"]
        .as_array()
        .and_then(|s| s.last());
    assert_eq!(last.map(|s| s["end"].clone()), Some(text.len().into()));
    // All of Unicode, behind what is analysed; a lone `\r` is a line break and read as one.
    let mut all = format!("{STORY}{}", "\n".repeat(512 * 1024));
    all.extend((char::MIN..=char::MAX).filter(|c| *c != '\r'));
    let record = read(&all);
    let same = record["report"]["text"].as_str() == Some(all.as_str());
    assert!(same, "the text is not the one that was read");
}

#[test]
fn a_batch_is_read_as_each_alone() {
    let folder = folder(70);
    let batch = stdout(onrecord().arg("read").arg(folder.path()));
    assert_eq!(batch.lines().count(), 70);
    for (i, line) in batch.lines().enumerate().step_by(23) {
        let path = folder.path().join(format!("r{i:03}.txt"));
        let alone = stdout(onrecord().args(["read", "--json"]).arg(path));
        assert_eq!(alone.trim_end(), line);
    }
}

#[test]
fn stdin_is_read_like_a_file() {
    let folder = folder(1);
    let path = folder.path().join("r000.txt");
    let piped = fs::File::open(&path).expect("opened");
    let from_stdin = stdout(onrecord().args(["read", "--json", "-"]).stdin(piped));
    let from_file = stdout(onrecord().args(["read", "--json"]).arg(&path));
    assert_eq!(from_stdin, from_file);
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let folder = folder(70);
    let mut child = onrecord()
        .arg("read")
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    reader.read_line(&mut first).expect("a line");
    drop(reader);
    let out = child.wait_with_output().expect("it ends");
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
}

#[test]
fn no_page_is_wider_than_asked() {
    let folder = folder(1);
    let path = folder.path().join("r000.txt");
    for width in ["20", "40", "80"] {
        let page = stdout(onrecord().args(["read", "--width", width]).arg(&path));
        let columns: usize = width.parse().expect("a number");
        for line in page.lines() {
            assert!(line.chars().count() <= columns, "{width}: {line}");
        }
    }
}

#[test]
fn no_colour_unless_asked() {
    let folder = folder(1);
    let path = folder.path().join("r000.txt");
    assert!(!stdout(onrecord().arg("read").arg(&path)).contains('\u{1b}'));
    let asked = stdout(onrecord().args(["read", "--color", "always"]).arg(&path));
    assert!(asked.contains('\u{1b}'));
    let never = onrecord()
        .args(["read", "--color", "auto"])
        .arg(&path)
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs");
    assert!(!never.stdout.contains(&0x1b));
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(onrecord().args(["completions", shell])).contains("onrecord"));
    }
    assert!(stdout(onrecord().arg("man")).contains("onrecord"));
    assert!(Path::new(env!("CARGO_BIN_EXE_onrecord")).exists());
}

#[test]
fn linked_data_is_one_document_of_every_report() {
    let folder = folder(3);
    let mut command = onrecord();
    let document = stdout(command.args(["read", "--json-ld"]).arg(folder.path()));
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let mut command = onrecord();
    let records = stdout(command.args(["read", "--json"]).arg(folder.path()));
    let mut nodes = Vec::new();
    for line in records.lines() {
        let record = onrecord::Record::from_json(line).expect("a record");
        nodes.extend(json_ld::nodes(&record, &Entry::of(&record)));
    }
    assert!(nodes.iter().filter(|n| n["@type"] == "Quotation").count() >= 3);
    assert_eq!(document, json_ld::document(nodes));
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut command = onrecord();
    let empty = stdout(command.args(["read", "--json-ld"]).arg(file.path()));
    let empty: Value = serde_json::from_str(&empty).expect("JSON");
    assert_eq!(empty["@graph"][0]["@type"], "NewsArticle");
}
