//! One sample of each format in `formats/`, read and written down; and the way back from each
//! word to its bytes.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::PathBuf;

use onrecord_intake::{ColumnMap, Input, Intake, Item, take_in_all, walk};
use onrecord_model::{Envelope, TextRange};

fn samples() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../formats");
    let mut all: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the samples are there")
        .map(|e| e.expect("a sample").path())
        .filter(|p| p.is_file() && p.extension().is_none_or(|e| e != "md"))
        .collect();
    all.sort();
    assert!(all.len() > 10, "the samples are gone");
    all
}

/// What was read, for a person to review.
fn digest(name: &str, intake: &Intake) -> String {
    let r = &intake.report;
    let mut out = format!("# {name}\n");
    let mut field = |what: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = writeln!(out, "{what}: {value}");
        }
    };
    field("language", Some(r.language.clone()));
    let published = r.published.as_ref();
    field(
        "published",
        published.map(|p| format!("{} ({:?})", p.value, p.basis)),
    );
    field("outlet", r.outlet.clone());
    field("agency", r.agency.clone());
    field("url", r.url.clone());
    let names: Vec<&str> = r.byline.iter().map(|b| b.name.as_str()).collect();
    field("byline", Some(names.join(", ")));
    field("dateline", r.dateline.as_ref().map(|d| d.place.clone()));
    field(
        "version",
        r.version.as_ref().map(|v| format!("{:?}", v.kind)),
    );
    if !r.metadata.is_empty() {
        field("metadata", serde_json::to_string(&r.metadata).ok());
    }
    for problem in &intake.problems {
        field("problem", Some(problem.message.clone()));
    }
    for segment in &r.segments {
        let words = r.text.slice(segment.range()).trim();
        let _ = writeln!(out, "{:?} | {words}", segment.label);
    }
    out
}

#[test]
fn every_sample_reads_as_written_down() {
    for path in samples() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut text = String::new();
        let map = ColumnMap::default();
        let _ = walk(
            &name,
            Input::File(File::open(&path).unwrap()),
            &map,
            &mut |item| {
                match item {
                    Item::Member(member) => {
                        for intake in member.reports(&Envelope::default(), &map) {
                            assert!(intake.report.tiles(), "{name}");
                            text.push_str(&digest(&member.name, &intake));
                            text.push('\n');
                        }
                    }
                    other => {
                        let _ = writeln!(text, "{other:?}");
                    }
                }
                ControlFlow::Continue(())
            },
        );
        insta::assert_snapshot!(name, text);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the tests read samples")]
fn every_word_leads_back_to_its_bytes() {
    let mut seen = 0;
    for path in samples() {
        let bytes = fs::read(&path).unwrap();
        if bytes.starts_with(b"\x1f\x8b") || path.extension().is_some_and(|e| e == "csv") {
            continue;
        }
        for intake in take_in_all(&bytes, &Envelope::default(), &ColumnMap::default()) {
            let text = intake.report.text.as_str();
            for word in text.split_whitespace() {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                let range = TextRange::of(start, start + word.len());
                let there = intake.aligned.source(range).usizes();
                let there = String::from_utf8_lossy(&bytes[there]).into_owned();
                // An entity or escape stands for its word; a headline may come from an attribute.
                let same = there == word;
                let spelt = there.contains(['&', '\\', '=']);
                let lent = there.is_empty() || !text[start..].contains('\n') || start < 90;
                assert!(
                    same || spelt || lent,
                    "{path:?}: `{word}` leads to `{there}`"
                );
                seen += usize::from(same);
            }
        }
    }
    assert!(seen > 500, "only {seen} words lead back");
}
