//! What is known across reports: looked up, gathered and decided the same in both stores.

use onrecord_ledger::across::identity::{Appearance, Said};
use onrecord_ledger::{Identification, Ledger, LedgerError};

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
