//! What programs ask and get.

use onrecord::Envelope;

use crate::client::{reader, room};

const REPORT: &str = include_str!("../../../../examples/harbour-loan.txt");

#[test]
fn a_record_comes_as_the_command_prints_it() {
    let room = room(false, false);
    let answer = room.ask(
        "POST",
        "/api/read",
        &[("content-type", "application/x-www-form-urlencoded")],
        REPORT.as_bytes(),
    );
    let record = reader().read(REPORT.as_bytes(), &Envelope::default());
    let json = onrecord_page::harmless_json(&serde_json::to_string(&record).unwrap()) + "\n";
    assert_eq!((answer.status, answer.text()), (200, json));
    let body = serde_json::json!({"text": REPORT, "outlet": "Bay Post", "published": "2031-03-05", "url": "https://bay.example/1"});
    let kind = ("content-type", "application/json; charset=utf-8");
    let answer = room
        .ask("POST", "/api/read", &[kind], body.to_string().as_bytes())
        .json();
    assert_eq!(answer["report"]["outlet"], "Bay Post");
    assert_eq!(answer["report"]["url"], "https://bay.example/1");
}

#[test]
fn what_cannot_be_read_says_which_field() {
    let room = room(false, false);
    let kind = ("content-type", "application/json");
    for (body, field) in [
        ("", "body"),
        ("{", "body"),
        ("[]", "body"),
        ("{\"text\": 1}", "body"),
        ("{\"text\": \"a\", \"other\": 1}", "body"),
        ("{\"text\": \" \"}", "text"),
        ("{\"text\": \"a\", \"published\": \"soon\"}", "published"),
        ("{\"text\": \"a\", \"url\": \"javascript:alert(1)\"}", "url"),
    ] {
        let answer = room.ask("POST", "/api/read", &[kind], body.as_bytes());
        assert_eq!(
            (answer.status, answer.json()["field"].as_str()),
            (400, Some(field)),
            "{body}"
        );
    }
    let form = ("content-type", "multipart/form-data; boundary=a");
    assert_eq!(
        room.ask("POST", "/api/file", &[form], b"text=a").status,
        415
    );
    assert_eq!(room.ask("POST", "/api/read", &[], b"").status, 400);
    let noise: Vec<u8> = (0..=255).cycle().take(4000).collect();
    assert_eq!(room.ask("POST", "/api/read", &[], &noise).status, 200);
    assert_eq!(room.ask("POST", "/api/file", &[], &noise).status, 422);
}

#[test]
fn what_is_filed_is_found_at_once() {
    let room = room(false, false);
    let report = "Ferry to sail\n\nBRACKWATER, March 6, 2031 (Example Wire) - Mayor Ada Oko said on Thursday that the ferry would sail.\n";
    let filed = room.ask("POST", "/api/file", &[], report.as_bytes());
    let told = filed.json();
    assert_eq!(
        (filed.status, told["outcome"].as_str()),
        (201, Some("filed")),
        "{told}"
    );
    let again = room.ask("POST", "/api/file", &[], report.as_bytes());
    assert_eq!(
        (again.status, again.json()["outcome"].as_str()),
        (200, Some("present"))
    );
    let link = told["link"].as_str().unwrap();
    assert!(room.get(link).text().contains("Ferry to sail"));
    assert!(room.get("/find?by=Oko").text().contains("1 entry"));
    assert!(room.get("/").text().contains("Ferry to sail"));
}

#[test]
fn who_has_it_already_is_told_so() {
    let room = room(false, false);
    for path in [
        "/report/ca0feda2.json",
        "/find.csv",
        "/",
        "/tracker.parquet",
    ] {
        let first = room.get(path);
        let tag = first.header("etag").unwrap().to_owned();
        let again = room.ask(
            "GET",
            path,
            &[("accept", "text/html"), ("if-none-match", &tag)],
            b"",
        );
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let other = room.ask("GET", path, &[("if-none-match", "W/\"0\"")], b"");
        assert_eq!(other.status, 200);
    }
}

#[test]
fn answers_are_compressed_for_who_takes_it() {
    let room = room(false, false);
    let plain = room.get("/report/ca0feda2");
    let packed = room.ask(
        "GET",
        "/report/ca0feda2",
        &[("accept-encoding", "gzip")],
        b"",
    );
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert!(packed.body.len() * 3 < plain.body.len());
    assert!(plain.body.len() < 150_000);
    let head = room.ask("HEAD", "/report/ca0feda2", &[], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
}
