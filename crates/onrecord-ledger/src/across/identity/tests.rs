use onrecord_model::Record;
use serde_json::{Value, json};

use super::{Appearance, Evidence, Identities, Identity, Said};

/// A report of one person or organisation: `kind name, title of whom; also`, and what is known.
struct Seen {
    day: &'static str,
    name: &'static str,
    kind: &'static str,
    also: &'static [&'static str],
    office: Option<(&'static str, &'static str)>,
    country: &'static str,
    link: &'static str,
}

fn person(day: &'static str, name: &'static str) -> Seen {
    Seen {
        day,
        name,
        kind: "person",
        also: &[],
        office: None,
        country: "",
        link: "",
    }
}

impl Seen {
    const fn of_kind(mut self, kind: &'static str, also: &'static [&'static str]) -> Self {
        self.kind = kind;
        self.also = also;
        self
    }

    const fn holds(mut self, title: &'static str, of: &'static str) -> Self {
        self.office = Some((title, of));
        self
    }

    const fn of(mut self, country: &'static str) -> Self {
        self.country = country;
        self
    }

    const fn linked(mut self, id: &'static str) -> Self {
        self.link = id;
        self
    }

    fn record(&self) -> Record {
        let (title, of) = self.office.unwrap_or(("", ""));
        let text = format!("{} {of} {} {title}", self.name, self.also.join(" "));
        let span = |words: &str| {
            let at = text.find(words).unwrap();
            let start = text[..at].chars().count();
            json!({"start": start, "end": start + words.chars().count(), "quote": words})
        };
        let mention = |words: &str| {
            let mut m = span(words);
            m["form"] = json!("name");
            m
        };
        let names = [self.name].into_iter().chain(self.also.iter().copied());
        let mut entity = json!({"id": "e1", "kind": self.kind, "name": self.name,
            "aliases": self.also, "mentions": names.map(mention).collect::<Vec<_>>()});
        let mut entities: Vec<Value> = Vec::new();
        if !title.is_empty() {
            entity["roles"] = json!([{"title": title, "of": "e2", "span": span(title)}]);
            entities.push(
                json!({"id": "e2", "kind": "organization", "name": of, "mentions": [mention(of)]}),
            );
        }
        if !self.country.is_empty() {
            entity["country"] = json!(self.country);
        }
        if !self.link.is_empty() {
            entity["links"] = json!([{"scheme": "wikidata", "id": self.link, "confidence": 0.95}]);
        }
        entities.insert(0, entity);
        let end = text.chars().count();
        let whole = json!({
            "report": {"id": format!("test:{} {text} {}", self.day, self.link), "text": text, "language": "en",
                "published": {"value": self.day, "precision": "day", "basis": "metadata", "evidence": []},
                "segments": [{"label": "body", "start": 0, "end": end}]},
            "entities": entities, "statements": [], "events": [], "commitments": [], "times": [],
            "places": [], "amounts": [], "reader": {"version": "1", "models": []}});
        Record::from_json(&whole.to_string()).unwrap()
    }
}

/// The days of those who are one, and why.
fn check(all: &[Seen], said: &[Said], want: &[(&[&str], &[Evidence])]) {
    let mut records: Vec<Record> = all.iter().map(Seen::record).collect();
    let told = |records: &[Record]| -> Vec<(Vec<String>, Vec<Evidence>)> {
        let found = Identities::of(records, said);
        let ours = |i: &&Identity| i.kind.as_str() == all[0].kind && i.name != "Bank";
        let days = |i: &Identity| {
            let days = i.appearances.iter().map(|a| a.report[5..15].to_owned());
            let mut why: Vec<Evidence> = i.joins.iter().map(|j| j.why).collect();
            why.sort_unstable();
            (days.collect(), why)
        };
        found.all().iter().filter(ours).map(days).collect()
    };
    let found = told(&records);
    let want: Vec<(Vec<String>, Vec<Evidence>)> = want
        .iter()
        .map(|(days, why)| {
            (
                days.iter().map(|d| format!("2031-{d}")).collect(),
                why.to_vec(),
            )
        })
        .collect();
    assert_eq!(found, want);
    records.reverse();
    assert_eq!(
        told(&records),
        found,
        "the order of reports changes who is who"
    );
}

#[test]
fn one_full_name_is_one_person_unless_something_speaks_against_it() {
    let all = [
        person("2031-01-01", "Ilze Kalve"),
        person("2031-01-02", "Ilze Kalve"),
        person("2031-01-03", "Marta Kalve"),
        person("2031-01-04", "Kalve"),
    ];
    check(
        &all,
        &[],
        &[
            (&["01-01", "01-02"], &[Evidence::Name]),
            (&["01-03"], &[]),
            (&["01-04"], &[]),
        ],
    );
    let abroad = [
        person("2031-01-01", "John Marsh").of("GBR"),
        person("2031-01-02", "John Marsh").of("USA"),
        person("2031-01-03", "John Marsh"),
    ];
    check(
        &abroad,
        &[],
        &[(&["01-01"], &[]), (&["01-02"], &[]), (&["01-03"], &[])],
    );
    let registers = [
        person("2031-01-01", "John Marsh").linked("Q1"),
        person("2031-01-02", "John Marsh").linked("Q2"),
    ];
    check(&registers, &[], &[(&["01-01"], &[]), (&["01-02"], &[])]);
}

#[test]
fn an_office_joins_a_bare_surname_and_an_initial() {
    let all = [
        person("2031-01-01", "Nkechi Adeyemi").holds("Governor", "Bank"),
        person("2031-01-02", "N. Adeyemi").holds("governor", "Bank"),
        person("2031-01-03", "Adeyemi").holds("Governor", "Bank"),
        person("2031-01-04", "Tunde Adeyemi").holds("Governor", "Bank"),
        person("2031-01-05", "Adeyemi").holds("Striker", "Bank"),
    ];
    // The bare surname could be either governor's: it is nobody's.
    check(
        &all,
        &[],
        &[
            (&["01-01", "01-02"], &[Evidence::Office]),
            (&["01-03"], &[]),
            (&["01-04"], &[]),
            (&["01-05"], &[]),
        ],
    );
    check(
        &all[..3],
        &[],
        &[(
            &["01-01", "01-02", "01-03"],
            &[Evidence::Office, Evidence::Office],
        )],
    );
}

#[test]
fn a_minister_and_a_sprinter_of_one_name_are_two() {
    let all = [
        person("2031-01-01", "Jaan Tamm").holds("Energy Minister", "Bank"),
        person("2031-01-02", "Jaan Tamm").holds("sprinter", "Bank"),
        person("2031-01-03", "Jaan Tamm").holds("President", "Bank"),
        person("2031-01-04", "Jaan Tamm").holds("sprinter", "Bank"),
    ];
    check(
        &all,
        &[],
        &[
            (&["01-01", "01-03"], &[Evidence::Name]),
            (&["01-02", "01-04"], &[Evidence::Name]),
        ],
    );
}

#[test]
fn a_transliteration_needs_more_than_itself() {
    let spelled = |country: &'static str| {
        [
            person("2031-01-01", "Dmytro Koval").of(country),
            person("2031-01-02", "Dmitro Kowal").of(country),
        ]
    };
    check(
        &spelled("UKR"),
        &[],
        &[(&["01-01", "01-02"], &[Evidence::Spelling])],
    );
    check(&spelled(""), &[], &[(&["01-01"], &[]), (&["01-02"], &[])]);
}

#[test]
fn an_acronym_that_one_report_spells_out_is_known_in_another() {
    let union = |day, name| person(day, name).of_kind("organization", &[]);
    let spelled = person("2031-01-01", "Baltic Dockers Union").of_kind("organization", &["BDU"]);
    let all = [
        spelled,
        union("2031-01-02", "BDU"),
        union("2031-01-03", "Baltic Bakers Union"),
    ];
    check(
        &all,
        &[],
        &[
            (&["01-01", "01-02"], &[Evidence::Acronym]),
            (&["01-03"], &[]),
        ],
    );
    let ministries = [
        union("2031-01-01", "Defence Ministry").of("EST"),
        union("2031-01-02", "Defence Ministry").of("LVA"),
        union("2031-01-03", "Defence Ministry"),
        union("2031-01-04", "Defence Ministry").of("EST"),
    ];
    check(
        &ministries,
        &[],
        &[
            (&["01-01", "01-04"], &[Evidence::Name]),
            (&["01-02"], &[]),
            (&["01-03"], &[]),
        ],
    );
}

#[test]
fn a_person_has_the_last_word() {
    let all = [
        person("2031-01-01", "Ilze Kalve"),
        person("2031-01-02", "Ilze Kalve"),
        person("2031-01-03", "Ilze Bergs"),
    ];
    let at = |i: usize| Appearance {
        report: all[i].record().report.id,
        name: all[i].name.to_owned(),
    };
    let said = |one: usize, other: usize, same: bool| Said {
        one: at(one),
        other: at(other),
        same,
    };
    let apart = [said(0, 1, false), said(0, 2, true)];
    check(
        &all,
        &apart,
        &[
            (&["01-01", "01-03"], &[Evidence::Person]),
            (&["01-02"], &[]),
        ],
    );
    let chain = [said(1, 2, true), said(0, 2, true), said(0, 1, false)];
    check(
        &all,
        &chain,
        &[
            (&["01-01", "01-03"], &[Evidence::Person]),
            (&["01-02"], &[]),
        ],
    );
    let taken_back = [said(0, 1, false), said(1, 0, true)];
    check(
        &all,
        &taken_back,
        &[
            (&["01-01", "01-02"], &[Evidence::Person]),
            (&["01-03"], &[]),
        ],
    );
}
