//! What is known across reports: looked up, gathered and decided the same in both stores.

use onrecord_ledger::across::bonds::Stale;
use onrecord_ledger::across::identity::{Appearance, Said};
use onrecord_ledger::across::tracker::Terms;
use onrecord_ledger::{EntryRef, Identification, Ledger, LedgerError, Query};

use super::filing::file;
use super::records::{Story, story};

fn pledge(day: &'static str, outlet: &'static str) -> Story {
    let text = format!("Red Guild will give Bo Oko $5 million for boats\nTold on {day}\n");
    story(&text, day).from(outlet, &format!("https://{day}.example/1"))
}

pub(crate) fn reports_and_entries_are_looked_up(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let url = "https://bay.example/1";
    let first = story("Ada Oko said: four died\n", "2031-03-04").from("Bay Post", url);
    let second = story("Ada Oko said: three died\n", "2031-03-05").from("Bay Post", url);
    file(&ledger, &[&second, &first]);
    let id = second.id();
    let digits = id.strip_prefix("sha256:").unwrap();
    for words in [&id, digits, &digits[..8], &digits[..8].to_uppercase(), url] {
        assert_eq!(ledger.report(words).unwrap(), id, "{words}");
    }
    for words in [
        "",
        "sha",
        "ffff",
        &digits[..3],
        "https://bay.example/2",
        "%",
        "____",
    ] {
        let refused = ledger.report(words).unwrap_err();
        assert!(
            matches!(refused, LedgerError::NoReport(_)),
            "{words}: {refused}"
        );
    }
    let entry = ledger.entry(&format!("{url}:s1")).unwrap();
    assert_eq!(entry.handle(), format!("{}:s1", &digits[..8]));
    assert_eq!(ledger.entry(&entry.handle()).unwrap(), entry);
    let old = ledger.entry(&format!("{}:s1", first.id())).unwrap();
    assert!(old.superseded);
    for words in ["s1", &format!("{url}:s2"), &format!("{url}:")] {
        assert!(
            matches!(ledger.entry(words), Err(LedgerError::NoEntry(_))),
            "{words}"
        );
    }
}

pub(crate) fn a_beginning_of_several_reports_is_told(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    // Of so many reports two begin alike: 16 to the power of 4 is 65,536.
    let stories: Vec<Story> = (0..700)
        .map(|n| story(&format!("Ada Oko said: {n} died\n"), "2031-03-04"))
        .collect();
    file(&ledger, &stories.iter().collect::<Vec<_>>());
    let mut beginnings: Vec<String> = stories.iter().map(|s| s.id()[7..11].to_owned()).collect();
    beginnings.sort();
    let twice = beginnings.windows(2).find(|w| w[0] == w[1]).unwrap();
    let refused = ledger.report(&twice[0]).unwrap_err();
    assert!(matches!(refused, LedgerError::Several(_)), "{refused}");
}

pub(crate) fn a_commitment_is_followed(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let days = ["2031-03-04", "2031-03-05", "2031-06-01"];
    let stories = days.map(|day| pledge(day, "Bay Post"));
    let other = story(
        "Red Guild will give Bo Oko $9 million for nets\n",
        "2031-03-05",
    );
    file(&ledger, &[&stories[2], &other, &stories[0], &stories[1]]);
    let entry = ledger.entry(&format!("{}:c1", stories[1].id())).unwrap();
    let followed = ledger.thread(&entry).unwrap().unwrap();
    let steps = followed.thread.steps.iter();
    let told: Vec<_> = steps
        .map(|s| {
            (
                s.day.unwrap().to_string(),
                s.tellings[0].corroboration.reports.len(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("2031-03-04".to_owned(), 2), ("2031-06-01".to_owned(), 1)]
    );
    let corroboration = ledger.corroboration(&entry).unwrap();
    assert_eq!(corroboration.reports, [stories[0].id(), stories[1].id()]);
}

pub(crate) fn a_story_and_its_versions(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let url = "https://bay.example/1";
    let words: Vec<String> = (0..60).map(|i| format!("w{i}")).collect();
    let text = |n: &str| {
        let rest = words.join(" ");
        format!("Red Guild will give Bo Oko ${n} million for boats\n{rest}\n")
    };
    let first = story(&text("5"), "2031-03-04").from("Bay Post", url);
    let second = story(&text("6"), "2031-03-05").from("Bay Post", url);
    let alone = story("Wim Aster said: it rained\n", "2031-03-05");
    file(&ledger, &[&alone, &first, &second]);
    let told = ledger.story(&second.id()).unwrap().reports;
    let ids: Vec<&str> = told.iter().map(|r| r.report.as_str()).collect();
    assert_eq!(ids, [first.id(), second.id()]);
    assert_eq!(told[1].earlier, [first.id()]);
    assert_eq!(ledger.story(&alone.id()).unwrap().reports.len(), 1);
    let history = ledger.history(&first.id()).unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (&history[0].older, &history[0].newer),
        (&first.id(), &second.id())
    );
    assert!(!history[0].changes.entries.is_empty());
    assert!(ledger.history(&alone.id()).unwrap().is_empty());
    assert!(matches!(
        ledger.story("sha256:no"),
        Err(LedgerError::NoReport(_))
    ));
}

pub(crate) fn a_person_says_who_is_who(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let one = story("Ada Oko said: four died\n", "2031-03-04");
    let other = story("Ada Oko said: five died\n", "2031-03-05");
    file(&ledger, &[&one, &other]);
    let count = || ledger.who("Ada Oko").unwrap().people.len();
    assert_eq!(count(), 1);
    let seen = |s: &Story, name: &str| Appearance {
        report: s.id(),
        name: name.to_owned(),
    };
    let said = |same: bool, name: &str, at: &str| Identification {
        said: Said {
            one: seen(&one, name),
            other: seen(&other, "Ada Oko"),
            same,
        },
        author: "Cy Desk".to_owned(),
        at: at.parse().unwrap(),
    };
    let apart = said(false, "Ada Oko", "2031-03-05T09:00:00Z");
    ledger.identify(&apart).unwrap();
    ledger.identify(&apart).unwrap();
    assert_eq!(count(), 2);
    let together = said(true, "Ada Oko", "2031-03-06T09:00:00Z");
    ledger.identify(&together).unwrap();
    assert_eq!(count(), 1);
    assert_eq!(ledger.identifications().unwrap(), [apart.clone(), together]);
    let wim = story("Wim Aster said: six died\n", "2031-03-07");
    file(&ledger, &[&wim]);
    let alias = Identification {
        said: Said {
            one: seen(&wim, "Wim Aster"),
            other: seen(&one, "Ada Oko"),
            same: true,
        },
        ..apart.clone()
    };
    ledger.identify(&alias).unwrap();
    for name in ["Wim Aster", "Ada Oko"] {
        let people = ledger.who(name).unwrap().people;
        assert_eq!(people.len(), 1, "{name}");
        assert_eq!(people[0].identity.appearances.len(), 3, "{name}");
    }
    let nobody = said(true, "Bo Oko", "2031-03-06T09:00:00Z");
    assert!(ledger.identify(&nobody).is_err());
    let nameless = Identification {
        author: " ".to_owned(),
        ..apart
    };
    assert!(ledger.identify(&nameless).is_err());
}

/// The reports of a thread's steps, in their order.
fn reports_of(ledger: &Ledger, story: &Story) -> Vec<String> {
    let entry = ledger.entry(&format!("{}:c1", story.id())).unwrap();
    let followed = ledger.thread(&entry).unwrap().unwrap();
    let told = followed.thread.steps.into_iter().flat_map(|s| s.tellings);
    let entries = told.flat_map(|t| t.entries);
    entries.map(|e| e.report).collect()
}

fn rows(ledger: &Ledger) -> Vec<usize> {
    let sheet = ledger
        .tracker(&Query::default(), &Terms::default())
        .unwrap();
    let mut rows: Vec<usize> = sheet.rows.iter().map(|r| r.reports).collect();
    rows.sort_unstable();
    rows
}

fn lines(ledger: &Ledger) -> usize {
    ledger.timeline(&Query::default()).unwrap().happenings.len()
}

fn minute(n: u32) -> jiff::Timestamp {
    format!("2031-07-01T09:{n:02}:00Z").parse().unwrap()
}

/// The commitment of a story.
fn told(ledger: &Ledger, story: &Story) -> EntryRef {
    ledger.entry(&format!("{}:c1", story.id())).unwrap().at
}

pub(crate) fn a_person_joins_two_threads(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let boats = pledge("2031-03-04", "Bay Post");
    let nets = story(
        "Red Guild will give Bo Oko $9 million for nets\n",
        "2031-05-05",
    );
    // Of other parties: no question by names finds it.
    let ropes = story(
        "Wim Aster will give Di Umo $9 million for ropes\n",
        "2031-05-06",
    );
    file(&ledger, &[&boats, &nets, &ropes]);
    let (b, n, r) = (
        told(&ledger, &boats),
        told(&ledger, &nets),
        told(&ledger, &ropes),
    );
    assert_eq!(rows(&ledger), [1, 1, 1]);
    ledger.join(&b, &r, "Cy Desk", minute(0)).unwrap();
    ledger.join(&b, &r, "Cy Desk", minute(0)).unwrap();
    for story in [&boats, &ropes] {
        assert_eq!(reports_of(&ledger, story), [boats.id(), ropes.id()]);
    }
    assert_eq!(reports_of(&ledger, &nets), [nets.id()]);
    assert_eq!(rows(&ledger), [1, 2]);
    // Asked for by one side's names, a row tells the whole.
    let query = Query {
        by: Some("Wim Aster".to_owned()),
        ..Query::default()
    };
    let sheet = ledger.tracker(&query, &Terms::default()).unwrap();
    assert_eq!((sheet.rows.len(), sheet.rows[0].reports), (1, 2));
    // Two who tell it within a week, and as far come, tell it once.
    assert_eq!(lines(&ledger), 3);
    ledger.join(&n, &r, "Cy Desk", minute(1)).unwrap();
    assert_eq!(lines(&ledger), 2);
    assert_eq!(rows(&ledger), [3]);
    // It is kept with both, and taken back with both.
    assert_eq!(ledger.judgements(None).unwrap().len(), 4);
    assert!(
        ledger
            .unsay_thread(&r, Some(&b), "Cy Desk", minute(2))
            .unwrap()
    );
    assert!(
        !ledger
            .unsay_thread(&b, Some(&r), "Cy Desk", minute(3))
            .unwrap()
    );
    assert_eq!(reports_of(&ledger, &boats), [boats.id()]);
    assert_eq!(rows(&ledger), [1, 2]);
    // Who goes back to it says so after.
    ledger.part(&n, Some(&r), "Di Desk", minute(4)).unwrap();
    assert_eq!(rows(&ledger), [1, 1, 1]);
    ledger.join(&r, &n, "Cy Desk", minute(5)).unwrap();
    assert_eq!(rows(&ledger), [1, 2]);
    let refused = ledger.join(&b, &b, "Cy Desk", minute(6)).unwrap_err();
    assert!(matches!(refused, LedgerError::Judgement(_)), "{refused}");
}

pub(crate) fn a_person_parts_a_thread(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let days = ["2031-03-04", "2031-03-05", "2031-06-01"];
    let all = days.map(|day| pledge(day, "Bay Post"));
    file(&ledger, &all.iter().collect::<Vec<_>>());
    let at = all.each_ref().map(|s| told(&ledger, s));
    assert_eq!((rows(&ledger), lines(&ledger)), (vec![3], 2));
    ledger.part(&at[1], None, "Cy Desk", minute(0)).unwrap();
    assert_eq!(reports_of(&ledger, &all[1]), [all[1].id()]);
    assert_eq!(reports_of(&ledger, &all[0]), [all[0].id(), all[2].id()]);
    assert_eq!((rows(&ledger), lines(&ledger)), (vec![1, 2], 3));
    let said = ledger.thread(&ledger.entry(&format!("{}:c1", all[1].id())).unwrap());
    let said = said.unwrap().unwrap().thread.said;
    assert_eq!((said.len(), said[0].same, said[0].stale), (1, false, None));
    // Joined to one of them after, it is of that one's thread, and takes nobody along.
    ledger.join(&at[1], &at[2], "Cy Desk", minute(1)).unwrap();
    assert_eq!(rows(&ledger), [3]);
    assert!(
        ledger
            .unsay_thread(&at[1], Some(&at[2]), "Cy Desk", minute(2))
            .unwrap()
    );
    assert!(
        ledger
            .unsay_thread(&at[1], None, "Cy Desk", minute(3))
            .unwrap()
    );
    assert_eq!((rows(&ledger), lines(&ledger)), (vec![3], 2));
    // Two threads that are joined are one, whole, though one is of another end.
    let nets = story(
        "Red Guild will give Bo Oko $9 million for nets\n",
        "2031-06-02",
    );
    file(&ledger, &[&nets]);
    let n = told(&ledger, &nets);
    ledger.join(&n, &at[0], "Cy Desk", minute(6)).unwrap();
    assert_eq!(rows(&ledger), [4]);
    // Both hold: who is of one with a report's is not of one with what is near it.
    ledger.part(&n, Some(&at[1]), "Cy Desk", minute(7)).unwrap();
    assert_eq!(rows(&ledger), [2, 2]);
    assert!(
        ledger
            .unsay_thread(&n, Some(&at[0]), "Cy Desk", minute(8))
            .unwrap()
    );
    assert!(
        ledger
            .unsay_thread(&n, Some(&at[1]), "Cy Desk", minute(9))
            .unwrap()
    );
    assert_eq!(rows(&ledger), [1, 3]);
    ledger.part(&n, None, "Cy Desk", minute(10)).unwrap();
    // From one alone: the others stay together, whichever is nearest.
    ledger
        .part(&at[1], Some(&at[2]), "Cy Desk", minute(11))
        .unwrap();
    assert_eq!(rows(&ledger), [1, 1, 2]);
    assert_eq!(reports_of(&ledger, &all[0]), [all[0].id(), all[2].id()]);
}

pub(crate) fn what_was_said_of_threads_may_grow_stale(at: &str) {
    let ledger = Ledger::open(at).unwrap();
    let boats = pledge("2031-03-04", "Bay Post");
    let url = "https://hill.example/1";
    let nets = "Red Guild will give Bo Oko $9 million for nets\n";
    let older = story(nets, "2031-05-05").from("Hill Echo", url);
    file(&ledger, &[&boats, &older]);
    let (b, o) = (told(&ledger, &boats), told(&ledger, &older));
    ledger.join(&b, &o, "Cy Desk", minute(0)).unwrap();
    let stale = || {
        let entry = ledger.entry(&format!("{}:c1", boats.id())).unwrap();
        let thread = ledger.thread(&entry).unwrap().unwrap().thread;
        (
            thread.steps.len(),
            thread.said.iter().map(|s| s.stale).collect::<Vec<_>>(),
        )
    };
    assert_eq!(stale(), (2, vec![None, None]));
    let newer = story(&format!("{nets}Told anew\n"), "2031-05-06").from("Hill Echo", url);
    file(&ledger, &[&newer]);
    let superseded = Some(Stale::Superseded);
    assert_eq!(stale(), (2, vec![superseded, superseded]));
    assert_eq!(rows(&ledger), [3], "the newer version is of its thread");
    // Read anew, the other is found no more: it is told, and kept.
    let mut record = older.record();
    record.commitments.clear();
    "0.9.0".clone_into(&mut record.reader.version);
    let origin = older.filing().origin().clone();
    ledger
        .file(&[onrecord_ledger::Filing::new(record, origin).unwrap()])
        .unwrap();
    assert_eq!(stale(), (1, vec![Some(Stale::Gone)]));
    assert_eq!(ledger.judgements(None).unwrap().len(), 2);
}
