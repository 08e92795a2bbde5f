//! The command, and reports to file.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use onrecord_ledger::Ledger;
use serde_json::Value;

pub(crate) fn onrecord() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.env_remove("ONRECORD_LEDGER").stdin(Stdio::piped());
    command
}

/// A line of JSON for each report: no two alike, each third at an address that had another.
pub(crate) fn lines(reports: usize) -> Vec<String> {
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
        });
        format!("{report}\n")
    };
    (0..reports).map(line).collect()
}

pub(crate) fn file(paths: &[&Path], ledger: &Path) -> Output {
    let mut command = onrecord();
    command.arg("file").args(paths).arg("--ledger").arg(ledger);
    command.output().expect("the command runs")
}

pub(crate) fn summary(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// All that a ledger holds, but for when it was filed.
pub(crate) fn all_of(ledger: &Path, folder: &Path) -> Vec<Value> {
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

pub(crate) fn forget_when(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("filed");
            members.values_mut().for_each(forget_when);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_when),
        _ => {}
    }
}
