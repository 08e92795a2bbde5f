//! What the pages hold.

use crate::client::{Room, part, room};

/// Every page of a room, and its twins.
fn all(room: &Room) -> (Vec<String>, Vec<String>) {
    let mut pages: Vec<String> = [
        "/",
        "/find",
        "/tracker",
        "/read",
        "/find?by=norjega",
        "/tracker?in=EUR&rate=USD=0.9@2031-03-04",
    ]
    .map(str::to_owned)
    .into();
    let mut twins: Vec<String> = [
        "/find.json",
        "/find.csv",
        "/tracker.json",
        "/tracker.csv",
        "/find.parquet",
        "/tracker.parquet",
        "/tracker.xlsx",
    ]
    .map(str::to_owned)
    .into();
    let found = room.get("/find.json?limit=1000").json();
    for e in found["entries"].as_array().unwrap() {
        let handle = e["handle"].as_str().unwrap();
        let report = format!("/report/{}", handle.split(':').next().unwrap());
        if !pages.contains(&report) {
            twins.push(format!("{report}.json"));
            twins.push(format!("{report}.parquet"));
            pages.push(format!("{report}?at=0-20"));
            pages.push(report);
        }
        for side in ["by", "to", "about"] {
            for who in e[side].as_array().into_iter().flatten() {
                let who = format!("/who/{}", part(who["name"].as_str().unwrap()));
                if !pages.contains(&who) {
                    twins.push(format!("{who}.json"));
                    pages.push(who);
                }
            }
        }
        let named = |side: &str| !e[side].as_array().unwrap().is_empty();
        if e["kind"] == "commitment" && (named("by") || named("to")) {
            pages.push(format!("/thread/{handle}"));
            twins.push(format!("/thread/{handle}.json"));
            twins.push(format!("/thread/{handle}.csv"));
        }
    }
    (pages, twins)
}

#[test]
fn markup_in_a_report_is_shown_and_not_obeyed() {
    let room = room(true, false);
    let (pages, twins) = all(&room);
    assert!(pages.len() > 20 && twins.len() > 20, "{pages:?}");
    for page in &pages {
        let answer = room.get(page);
        let text = answer.text();
        assert_eq!(answer.status, 200, "{page}: {text}");
        for wrong in [
            "<script>",
            "<img",
            "<svg",
            "href=\"javascript",
            "href='",
            "<!-- will",
            "\u{202e}",
            "style=\"",
            " onload=\"",
            " onerror=\"",
        ] {
            assert!(!text.contains(wrong), "{page}: {wrong}");
        }
    }
    for twin in &twins {
        let answer = room.get(twin);
        assert_eq!(answer.status, 200, "{twin}: {}", answer.text());
        let kind = answer.header("content-type").unwrap();
        assert!(!kind.contains("html"), "{twin}");
        if kind.starts_with("application/json") {
            answer.json();
        }
        if kind.starts_with("text/csv") {
            let text = answer.text();
            let cells = text.lines().flat_map(|l| l.split(','));
            for cell in cells {
                let cell = cell.trim_start_matches('"');
                assert!(!cell.starts_with(['=', '@']), "{twin}: {cell}");
            }
        }
    }
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let room = room(false, false);
    let (pages, _) = all(&room);
    let mut seen: Vec<String> = Vec::new();
    for page in &pages {
        let text = room.get(page).text();
        for link in text.split(" href=\"").skip(1) {
            let link = link.split('"').next().unwrap().replace("&#38;", "&");
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            if path.is_empty() {
                assert!(
                    text.contains(&format!("id=\"{anchor}\"")),
                    "{page}: #{anchor}"
                );
            } else if path.starts_with('/') && !seen.contains(&link) {
                let answer = room.get(path);
                assert_eq!(answer.status, 200, "{page}: {link}");
                let there =
                    anchor.is_empty() || answer.text().contains(&format!("id=\"{anchor}\""));
                assert!(there, "{page}: {link}");
                seen.push(link);
            }
        }
    }
    assert!(seen.len() > 50, "{}", seen.len());
}

#[test]
fn a_permalink_selects_its_words() {
    let room = room(false, false);
    let text = room.get("/report/ca0feda2?at=0-4").text();
    assert!(text.contains("data-id=\"at\" id=\"w-at\""), "{text}");
    assert!(text.contains("selects <a href=\"#w-at\">“Peru”</a>"));
    for wrong in [
        "x",
        "4-4",
        "5-4",
        "0-99999999",
        "0-99999999999",
        "-",
        "0-4-5",
    ] {
        let answer = room.ask("GET", &format!("/report/ca0feda2?at={wrong}"), &[], b"");
        assert_eq!(
            (answer.status, answer.json()["field"].as_str()),
            (400, Some("at")),
            "{wrong}"
        );
    }
}

#[test]
fn rows_are_sorted_by_the_address() {
    let room = room(false, false);
    let names = |sort: &str| {
        let rows = room.get(&format!("/tracker.json?sort={sort}")).json();
        let rows = rows["rows"].as_array().unwrap().clone();
        let names = |r: &serde_json::Value| serde_json::from_value::<Vec<String>>(r["by"].clone());
        rows.iter().map(|r| names(r).unwrap()).collect::<Vec<_>>()
    };
    let (up, mut down) = (names("by"), names("-by"));
    assert!(up.is_sorted() && up.len() > 1);
    down.reverse();
    assert_eq!(up, down);
    let text = room.get("/tracker?sort=by").text();
    assert!(
        text.contains("aria-sort=\"ascending\"><a href=\"/tracker?sort=-by\""),
        "{text}"
    );
}

#[test]
fn sums_are_told_in_one_currency_with_their_rate() {
    let room = room(false, false);
    let text = room
        .get("/tracker?in=EUR&rate=USD%3D0.5%402031-03-04")
        .text();
    assert!(text.contains("<th scope=\"row\">EUR</th>"), "{text}");
    assert!(text.contains("at 0.5 of 2031-03-04, given"), "{text}");
}

#[test]
fn a_question_is_paged_to_its_end() {
    let room = room(false, false);
    let all = room.handles("statement,event,commitment");
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = room
            .get(&format!("/find.json?limit=7&after={after}"))
            .json();
        let entries = page["entries"].as_array().unwrap().iter();
        seen.extend(entries.map(|e| e["handle"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        next.clone_into(&mut after);
    }
    assert_eq!(seen, all);
    assert!(room.get("/find?limit=7").text().contains("rel=\"next\""));
}
