//! Mails made up here, each with one trait of mail.

use onrecord_model::{ProblemKind, SegmentLabel, TextRange};

use super::*;

const HEAD: &str = "From: Harbor Post <news@harborpost.example>\r\nDate: Tue, 4 Mar 2031 10:00:00 +0000\r\nSubject: Ferry reopens\r\nMIME-Version: 1.0\r\n";

fn of(rest: &str) -> Draft {
    let mail = format!("{HEAD}{rest}")
        .replace("\r\n", "\n")
        .replace('\n', "\r\n");
    assert!(is_mail(mail.as_bytes()));
    read(mail.as_bytes())
}

fn texts(draft: &Draft, label: Option<SegmentLabel>) -> Vec<String> {
    let blocks = draft.blocks.iter().filter(|b| b.label == label);
    blocks.map(Block::text).collect()
}

fn kinds(draft: &Draft) -> Vec<ProblemKind> {
    draft.problems.iter().map(|p| p.kind).collect()
}

const ASIDE: Option<SegmentLabel> = Some(SegmentLabel::Boilerplate);
const TITLE: Option<SegmentLabel> = Some(SegmentLabel::Headline);

#[test]
fn flowed_text_is_read_in_whole_paragraphs() {
    let draft = of(
        "Content-Type: text/plain; format=flowed; delsp=yes\n\nThe mayor said \n that the ferry  \nsails again.\nIt is free.\n",
    );
    let want = ["The mayor saidthat the ferry sails again.", "It is free."];
    assert_eq!(texts(&draft, None), want);
    let draft = of(
        "Content-Type: text/plain; charset=utf-8; Format=Flowed\n\nThe mayor said that \nthe ferry sails.\n",
    );
    assert_eq!(
        texts(&draft, None),
        ["The mayor said that the ferry sails."]
    );
}

#[test]
fn what_is_quoted_and_the_signature_are_aside() {
    let draft = of(
        "\nThe ferry sails on Monday.\n\nOn Mon, Mar 3, 2031 at 9:00 AM Lena Marsh\n<lena@harborpost.example> wrote:\n\n> The pier will be sold, the mayor said.\n>\n> > Will it?\n\nThe pier stays.\n\n-- \nJoe Tran\nPort Office\n",
    );
    let own = ["The ferry sails on Monday.", "The pier stays."];
    assert_eq!(texts(&draft, None), own);
    let aside = texts(&draft, ASIDE).join("|");
    for words in [
        "On Mon, Mar 3",
        "wrote:",
        "The pier will be sold",
        "Will it?",
        "Port Office",
    ] {
        assert!(aside.contains(words), "{words}: {aside}");
    }
    // Under a rule that only looks like a signature's.
    let long = "A line of the report.\n".repeat(30);
    let draft = of(&format!("\nThe ferry sails.\n\n-- \n{long}"));
    assert_eq!(texts(&draft, ASIDE), [""; 0]);
}

#[test]
fn a_mail_passed_on_is_the_report() {
    for (mark, quote) in [
        ("---------- Forwarded message ---------", ""),
        ("Begin forwarded message:\n", "> "),
    ] {
        let inner = "From: Pier Desk <desk@pier.example>\nDate: Sun, Mar 2, 2031 at 8:15 AM\nSubject: Pier is sold to\n the city\nTo: <news@harborpost.example>\n\nThe mayor said the pier was sold.\n> It was not for sale.\n";
        let inner: Vec<String> = inner.lines().map(|l| format!("{quote}{l}")).collect();
        let inner = inner.join("\n");
        let draft = of(&format!("\nFor your information.\n\n{mark}\n{inner}"));
        assert_eq!(texts(&draft, TITLE), ["Pier is sold to the city"]);
        assert_eq!(texts(&draft, None), ["The mayor said the pier was sold."]);
        assert!(texts(&draft, ASIDE).contains(&"For your information.".to_owned()));
        assert!(texts(&draft, ASIDE).contains(&"It was not for sale.".to_owned()));
        assert_eq!(draft.envelope.outlet.as_deref(), Some("Pier Desk"));
        let day = draft.envelope.published.map(|d| d.to_string());
        assert!(day.is_some_and(|d| d.starts_with("2031-03-02")));
    }
}

#[test]
fn a_report_over_a_mail_passed_on_stays_one() {
    let report = "The mayor said that the ferry sails. ".repeat(8);
    let draft = of(&format!(
        "\n{report}\n\n---------- Forwarded message ---------\nFrom: Pier Desk <d@pier.example>\nSubject: Pier sold\n\nIt was sold.\n"
    ));
    assert_eq!(texts(&draft, TITLE), ["Ferry reopens"]);
    assert_eq!(texts(&draft, None), [report.trim()]);
    assert_eq!(texts(&draft.further[0], TITLE), ["Pier sold"]);
    assert_eq!(texts(&draft.further[0], None), ["It was sold."]);
    assert_eq!(draft.further[0].envelope.published, None);
}

const MIXED: &str = "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nThe ferry sails.\n";

#[test]
fn attached_texts_and_mails_are_further_reports_and_the_rest_is_counted() {
    let draft = of(&format!(
        "{MIXED}--b\nContent-Type: text/plain; name=\"r.txt\"\nContent-Disposition: attachment; filename=\"r.txt\"\nContent-Transfer-Encoding: base64\n\nUGllciBzaHV0CgpUaGUgcGllciBicm9rZS4K\n--b\nContent-Type: message/rfc822\n\nFrom: Pier Desk <d@pier.example>\nSubject: Pier sold\nDate: Sun, 2 Mar 2031 08:00:00 +0000\n\nIt was sold.\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"r.pdf\"\n\n%PDF\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n"
    ));
    assert_eq!(texts(&draft, None), ["The ferry sails."]);
    assert_eq!(draft.further.len(), 2);
    let file = texts(&draft.further[0], None);
    assert_eq!(file, ["Pier shut", "The pier broke."]);
    assert_eq!(
        draft.further[0].envelope.outlet.as_deref(),
        Some("Harbor Post")
    );
    assert_eq!(texts(&draft.further[1], TITLE), ["Pier sold"]);
    assert_eq!(texts(&draft.further[1], None), ["It was sold."]);
    assert_eq!(kinds(&draft), [ProblemKind::Excerpt]);
    assert!(draft.problems[0].message.starts_with("2 attachments were"));
}

#[test]
fn a_mail_that_only_carries_a_mail_is_that_mail() {
    let draft = of(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nFrom: Pier Desk <d@pier.example>\nSubject: Pier sold\n\nIt was sold.\n--b--\n",
    );
    assert_eq!(texts(&draft, TITLE), ["Pier sold"]);
    assert_eq!(texts(&draft, None), ["It was sold."]);
    assert!(draft.further.is_empty() && draft.problems.is_empty());
}

#[test]
fn a_mail_cut_short_gives_its_text() {
    let draft = of(MIXED);
    assert_eq!(texts(&draft, None), ["The ferry sails."]);
    assert_eq!(kinds(&draft), [ProblemKind::Malformed]);
    let nested = "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=C3=A9 sails =\nagain";
    let draft = of(nested);
    assert_eq!(texts(&draft, None), ["The café sails again"]);
    // Wherever it is cut, it is read without a fault.
    let whole = format!("{HEAD}{nested}");
    for end in (0..whole.len()).rev().step_by(7) {
        let _ = crate::take_in_all(
            &whole.as_bytes()[..end],
            &Envelope::default(),
            &crate::ColumnMap::default(),
        );
    }
}

#[test]
fn places_lead_to_the_words() {
    let mail = format!(
        "{HEAD}Content-Type: text/plain; format=flowed\r\n\r\nThe ferry \r\nsails.\r\n> No.\r\n"
    );
    let taken = crate::take_in(mail.as_bytes(), &Envelope::default());
    let text = taken.aligned.text().as_str();
    for words in ["The ferry", "sails.", "No."] {
        let at = text.find(words).unwrap();
        let place = taken.aligned.source(TextRange::of(at, at + words.len()));
        assert_eq!(&mail[place.usizes()], words);
    }
}

#[test]
fn odd_lines_among_the_headers_cost_nothing() {
    let parts =
        "--b\n\nThe ferry sails.\n--b\nContent-Type: text/html\n\n<p>The ferry sails.</p>\n--b--\n";
    for head in [
        "Content-Type: multipart/alternative;\nboundary=\"b\"\n",
        "Content-Type: multipart/alternative;\nboundary=b;\ncharset=utf-8\n",
        "Status RO\nContent-Type: multipart/alternative; boundary=b\n",
        "Subject : Pier\nContent-Type : multipart/alternative; boundary=b\n",
    ] {
        let draft = of(&format!("{head}\n{parts}"));
        assert_eq!(texts(&draft, None), ["The ferry sails."], "{head}");
        assert_eq!(draft.envelope.outlet.as_deref(), Some("Harbor Post"));
    }
    for before in [
        "From desk@harborpost.example\n",
        "\u{feff}",
        "\r\n\n",
        ">From a@b Tue\n",
    ] {
        let mail = format!("{before}{HEAD}\nThe ferry sails.\n");
        assert!(is_mail(mail.as_bytes()), "{before}");
        let taken = crate::take_in(mail.as_bytes(), &Envelope::default());
        assert_eq!(
            taken.report.text.as_str(),
            "Ferry reopens\n\nThe ferry sails."
        );
        let place = taken.aligned.source(TextRange::new(15, 31)).usizes();
        assert_eq!(&mail[place], "The ferry sails.");
    }
}

#[test]
fn a_day_that_no_server_saw_is_doubted() {
    let of = |date: &str, received: &str| {
        let mail = format!(
            "{received}From: Harbor Post <news@harborpost.example>\nTo: a@b.example\nSubject: Ferry\nDate: {date}\n\nThe ferry sails.\n"
        );
        assert!(is_mail(mail.as_bytes()));
        let draft = read(mail.as_bytes());
        let day = draft
            .envelope
            .published
            .as_ref()
            .map(|p| p.day().to_string());
        (day, kinds(&draft))
    };
    let received = "Received: from a.example by b.example; Tue, 04 Mar 2031 10:00:00 +0000\n";
    let day = |day: &str| Some(day.to_owned());
    let doubted = (day("2031-03-04"), vec![ProblemKind::PublishedContradiction]);
    assert_eq!(of("Tue, 04 Mar 3609 10:00:00 +0000", received), doubted);
    assert_eq!(of("Sat, 08 Mar 2031 10:00:00 +0000", received), doubted);
    assert_eq!(
        of("Mon, 03 Mar 2031 10:00:00 +0000", received),
        (day("2031-03-03"), vec![])
    );
    assert_eq!(
        of("Thu, 01 Feb 2029 10:00:00 +0000", received),
        (day("2029-02-01"), vec![])
    );
    let unknown = (None, vec![ProblemKind::PublishedUnknown]);
    assert_eq!(of("Tue, 04 Mar 3609 10:00:00 +0000", ""), unknown);
}
