//! Export and import: the same ledger again, once or twice.

use onrecord_ledger::across::identity::{Appearance, Said};
use onrecord_ledger::{Entry, Exported, Identification, Judgement, Ledger, Query, Show, Verdict};

use super::records::{Story, story};
pub(crate) use super::watching::searches_are_carried_along;
use super::{ask, watching};

/// What an export holds.
pub(crate) const FILES: [&str; 5] = [
    "reports.jsonl",
    "versions.jsonl",
    "judgements.jsonl",
    "searches.jsonl",
    "identifications.jsonl",
];

/// A ledger with readings, carriers, versions and judgements.
pub(crate) fn desk(at: &str) -> Ledger {
    let ledger = Ledger::open(at).unwrap();
    let url = "https://bay.example/1";
    let first = story("Ada Oko said: four died\nBo Oko said: five\n", "2031-03-04");
    let stories = [
        first.clone().from("Bay Post", url),
        story("Ada Oko said: three died\n", "2031-03-05").from("Bay Post", url),
        first.clone().from("Hill Echo", "https://hill.example/7"),
        first.read_by("0.2.0").from("Bay Post", url),
        story("Red Guild hit Bo Oko at @Oxmoor on 2031-02-27\n", "").from("", "attic/ü.txt"),
    ];
    for s in &stories {
        ledger.file(&[s.filing()]).unwrap();
    }
    let of = ledger.entries(&ask()).unwrap().entries[0].at.clone();
    let at = "2031-03-05T09:00:00Z".parse().unwrap();
    let verdict = Verdict::Reject;
    ledger
        .judge(&Judgement {
            of,
            verdict,
            author: "Cy Desk".into(),
            at,
        })
        .unwrap();
    let seen = |s: &Story| Appearance {
        report: s.id(),
        name: "Ada Oko".to_owned(),
    };
    let said = Said {
        one: seen(&stories[0]),
        other: seen(&stories[1]),
        same: false,
    };
    ledger
        .identify(&Identification {
            said,
            author: "Cy Desk".into(),
            at,
        })
        .unwrap();
    ledger.keep(&watching::search("oko", "Oko")).unwrap();
    ledger.looked("oko", ledger.moment().unwrap()).unwrap();
    ledger
}

fn everything(ledger: &Ledger) -> Vec<Entry> {
    let show = Show {
        rejected: true,
        merged: true,
        superseded: true,
    };
    ledger
        .entries(&Query {
            show,
            limit: 100,
            ..ask()
        })
        .unwrap()
        .entries
}

fn same(a: &Ledger, b: &Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let exports = ["a", "b"].map(|name| folder.path().join(name));
    a.export(&exports[0]).unwrap();
    b.export(&exports[1]).unwrap();
    for file in FILES {
        let [a, b] = exports
            .each_ref()
            .map(|e| std::fs::read_to_string(e.join(file)).unwrap());
        assert!(!a.is_empty(), "{file}");
        assert_eq!(a, b, "{file}");
    }
    assert_eq!(everything(a), everything(b));
    assert_eq!(a.size().unwrap(), b.size().unwrap());
}

pub(crate) fn an_export_is_the_same_ledger(at: &str, other: &str) {
    let (ledger, copy) = (desk(at), Ledger::open(other).unwrap());
    let folder = tempfile::tempdir().unwrap();
    ledger.export(folder.path()).unwrap();
    copy.import(folder.path()).unwrap();
    same(&ledger, &copy);
    copy.import(folder.path()).unwrap();
    same(&ledger, &copy);
}

pub(crate) fn a_ledger_can_move(at: &str, other: &str) {
    let (ledger, copy) = (desk(at), Ledger::open(other).unwrap());
    ledger.copy_into(&copy).unwrap();
    same(&ledger, &copy);
    assert_eq!(everything(&copy).len(), 4);
}

pub(crate) fn an_interrupted_export_is_told_and_made_anew(at: &str, other: &str) {
    let (ledger, copy) = (desk(at), Ledger::open(other).unwrap());
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("export");
    // As a kill leaves it: begun, and in the middle of the moves at the end.
    std::fs::create_dir_all(folder.join(".partial")).unwrap();
    std::fs::write(folder.join(".partial/reports.jsonl"), "{\"read").unwrap();
    for moved in ["", "versions.jsonl"] {
        if !moved.is_empty() {
            std::fs::write(folder.join(moved), "").unwrap();
        }
        assert_eq!(Exported::of(&folder), Exported::Partial);
        let refused = copy.import(&folder).unwrap_err().to_string();
        assert!(refused.contains("interrupted"), "{refused}");
    }
    std::fs::write(folder.join("diary.txt"), "").unwrap();
    assert_eq!(Exported::of(&folder), Exported::Nothing);
    std::fs::remove_file(folder.join("diary.txt")).unwrap();
    ledger.export(&folder).unwrap();
    assert_eq!(Exported::of(&folder), Exported::Whole);
    copy.import(&folder).unwrap();
    same(&ledger, &copy);
    assert_eq!(Exported::of(room.path()), Exported::Nothing);
}

pub(crate) fn a_broken_export_is_said(at: &str, _: &str) {
    let ledger = Ledger::open(at).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let refused = || ledger.import(folder.path()).unwrap_err().to_string();
    assert!(refused().contains("reports.jsonl"));
    std::fs::write(
        folder.path().join("reports.jsonl"),
        "{\"readings\":[],\"carriers\":[]}\n{}\n",
    )
    .unwrap();
    // All files are looked for before the first report is filed.
    for name in ["versions.jsonl", "judgements.jsonl"] {
        assert!(refused().contains(name), "{}", refused());
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    assert!(refused().contains("line 2"), "{}", refused());
}
