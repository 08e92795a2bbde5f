//! The stories of `cases/across`: their reports in one ledger, and what is known across them.
//!
//! A case holds its reports under headings `### id · day · outlet · address`, and tables of what
//! the ledger must answer. All cases are filed into one ledger, in their order and in the reverse;
//! both must answer alike. `UPDATE_CASES=1` rewrites the tables; a person reads the diff.

mod sheet;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::{Envelope, Reader, Record};
use onrecord_ledger::across::corroboration::{Corroboration, Source};
use onrecord_ledger::across::tracker::{Row, Terms};
use onrecord_ledger::across::versions;
use onrecord_ledger::{Entry, EntryKind, Filing, Ledger, Origin, Sum};

use sheet::{SHEET, is_kept};

/// A file of `cases/across`.
struct Case {
    path: PathBuf,
    whole: String,
    reports: Vec<Given>,
}

/// A report of a case.
struct Given {
    id: String,
    day: String,
    outlet: String,
    url: String,
    text: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/across");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases")
        .map(|f| f.expect("a file").path())
        .collect();
    paths.sort();
    paths.into_iter().map(case).collect()
}

#[expect(clippy::disallowed_methods, reason = "cases are files")]
fn case(path: PathBuf) -> Case {
    let whole = fs::read_to_string(&path).expect("a case");
    let mut reports = Vec::new();
    for part in whole.split("\n### ").skip(1) {
        let (head, rest) = part.split_once('\n').expect("a heading");
        let head: Vec<&str> = head.split(" · ").collect();
        let [id, day, outlet, url] = head[..] else {
            panic!("{}: `{head:?}` is no heading", path.display());
        };
        let text = rest.split("```text\n").nth(1).expect("a fence");
        let text = text.split("\n```").next().expect("its end");
        reports.push(Given {
            id: id.to_owned(),
            day: day.to_owned(),
            outlet: outlet.to_owned(),
            url: url.to_owned(),
            text: format!("{text}\n"),
        });
    }
    Case {
        path,
        whole,
        reports,
    }
}

/// A ledger of all cases' reports.
struct Desk {
    ledger: Ledger,
    /// The reports' names in their cases, by their ids.
    names: BTreeMap<String, String>,
    _room: tempfile::TempDir,
}

fn desk(records: &[(&Given, Record)], reversed: bool) -> Desk {
    let room = tempfile::tempdir().expect("a folder");
    let path = room.path().join("news.db");
    let ledger = Ledger::open(path.to_str().expect("a path")).expect("a ledger");
    let mut names = BTreeMap::new();
    let mut filings = Vec::new();
    for (given, record) in records {
        names.insert(record.report.id.clone(), given.id.clone());
        let filed = format!("{}T12:00:00Z", given.day);
        let origin = Origin {
            location: given.url.clone(),
            outlet: Some(given.outlet.clone()),
            filed: filed.parse().expect("a day"),
        };
        filings.push(Filing::new(record.clone(), origin).expect("a filing"));
    }
    if reversed {
        filings.reverse();
    }
    for filing in filings {
        ledger.file(&[filing]).expect("filed");
    }
    Desk {
        ledger,
        names,
        _room: room,
    }
}

impl Desk {
    fn named(&self, report: &str) -> &str {
        &self.names[report]
    }

    fn list<'s>(&self, reports: impl IntoIterator<Item = &'s String>) -> String {
        let mut all: Vec<&str> = reports.into_iter().map(|r| self.named(r)).collect();
        all.sort_unstable();
        all.join(", ")
    }

    fn id(&self, name: &str) -> &str {
        let mut all = self.names.iter();
        let found = all.find(|(_, n)| *n == name);
        found.unwrap_or_else(|| panic!("no report `{name}`")).0
    }

    /// `a2 commitment: 48 million`: the entry of a report whose words begin so.
    fn entry(&self, words: &str) -> Entry {
        let (place, words) = words.split_once(": ").expect("a place and words");
        let (report, kind) = place.split_once(' ').expect("a report and a kind");
        let kind = match kind {
            "statement" => EntryKind::Statement,
            "event" => EntryKind::Event,
            "commitment" => EntryKind::Commitment,
            other => panic!("`{other}` is no kind"),
        };
        let all = self.ledger.entries_of(self.id(report)).expect("entries");
        let is = |e: &&Entry| e.at.kind == kind && e.at.anchor.quote.starts_with(words);
        let found = all.iter().find(is);
        let quotes: Vec<&str> = all.iter().map(|e| e.at.anchor.quote.as_str()).collect();
        found
            .unwrap_or_else(|| panic!("no `{words}` in {quotes:#?}"))
            .clone()
    }

    fn stands(&self, c: &Corroboration) -> [String; 5] {
        let names = |all: &[Source]| {
            let one = |s: &Source| match s {
                Source::Named(name) => name.clone(),
                Source::Reporter(name) => format!("the reporter of {name}"),
                Source::Unnamed(words) => format!("“{words}”"),
            };
            all.iter().map(one).collect::<Vec<_>>().join("; ")
        };
        [
            self.list(&c.reports),
            c.copies.to_string(),
            names(&c.sources),
            names(&c.denied_by),
            c.otherwise.iter().map(|o| sums(&o.amounts)).collect(),
        ]
    }

    /// The rows of a table, whose heading says what is asked; `rows` are those of the case.
    fn answer(
        &self,
        heading: &str,
        case: &Case,
        rows: &[Vec<String>],
    ) -> (Vec<&str>, Vec<Vec<String>>) {
        let (what, of) = heading.split_once(": ").unwrap_or((heading, ""));
        match what {
            "stories" => (vec!["reports"], self.stories(case)),
            "copies" => (vec!["report", "copy of", "edits"], self.copies(case)),
            "thread" => (
                vec![
                    "day",
                    "status",
                    "by",
                    "to",
                    "amounts",
                    "reports",
                    "copies",
                    "sources",
                    "denied by",
                    "note",
                ],
                self.thread(&self.entry(of)),
            ),
            "corroboration" => (
                vec![
                    "entry",
                    "reports",
                    "copies",
                    "sources",
                    "denied by",
                    "otherwise",
                ],
                rows.iter()
                    .map(|row| {
                        let found = self.ledger.corroboration(&self.entry(&row[0]));
                        let stands = self.stands(&found.expect("an answer"));
                        [row[0].clone()].into_iter().chain(stands).collect()
                    })
                    .collect(),
            ),
            "who" => (
                vec!["name", "also", "offices", "reports", "because of"],
                self.who(of),
            ),
            "sheet" => (SHEET.to_vec(), self.sheet(case, rows)),
            "no row" => (vec!["words", "open"], self.no_row(case, rows)),
            "history" => (vec!["from", "to", "change"], self.history(of)),
            "timeline" => (
                vec!["day", "kind", "what", "words", "reports"],
                self.timeline(case),
            ),
            other => panic!("`{other}` is no question"),
        }
    }

    fn stories(&self, case: &Case) -> Vec<Vec<String>> {
        let mut out: Vec<Vec<String>> = Vec::new();
        for given in &case.reports {
            let story = self.ledger.story(self.id(&given.id)).expect("a story");
            let row = vec![self.list(story.reports.iter().map(|r| &r.report))];
            if !out.contains(&row) {
                out.push(row);
            }
        }
        out
    }

    fn copies(&self, case: &Case) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        for given in &case.reports {
            let id = self.id(&given.id);
            let story = self.ledger.story(id).expect("a story");
            let own = story
                .reports
                .iter()
                .find(|r| r.report == id)
                .expect("itself");
            if let Some((of, difference)) = own.copy_of.as_ref().zip(own.difference.as_ref()) {
                let edits: Vec<&str> = difference.edits.iter().map(|e| e.as_str()).collect();
                out.push(vec![
                    given.id.clone(),
                    self.named(of).to_owned(),
                    edits.join(", "),
                ]);
            }
        }
        out
    }

    fn thread(&self, entry: &Entry) -> Vec<Vec<String>> {
        let followed = self
            .ledger
            .thread(entry)
            .expect("an answer")
            .expect("a thread");
        assert!(!followed.cut);
        let mut out = Vec::new();
        for step in &followed.thread.steps {
            for telling in &step.tellings {
                let mut notes = Vec::new();
                if step.denial {
                    notes.push("denial");
                }
                if telling.superseded {
                    notes.push("superseded");
                }
                let day = step.day.map(|d| d.to_string()).unwrap_or_default();
                let mut row = vec![
                    day,
                    step.status.to_string(),
                    step.by.join("; "),
                    step.to.join("; "),
                    sums(&telling.amounts),
                ];
                row.extend(self.stands(&telling.corroboration).into_iter().take(4));
                row.push(notes.join(", "));
                out.push(row);
            }
        }
        out
    }

    fn who(&self, name: &str) -> Vec<Vec<String>> {
        let people = self.ledger.who(name).expect("an answer").people;
        people
            .iter()
            .map(|p| {
                let i = &p.identity;
                let offices = i.offices.iter().map(|o| match &o.of {
                    Some(of) => format!("{} of {of}", o.title),
                    None => o.title.clone(),
                });
                let why = i.joins.iter().map(|j| j.why.as_str()).collect::<Vec<_>>();
                vec![
                    i.name.clone(),
                    i.also.join("; "),
                    offices.collect::<Vec<_>>().join("; "),
                    self.list(i.appearances.iter().map(|a| &a.report)),
                    why.join(", "),
                ]
            })
            .collect()
    }

    fn history(&self, report: &str) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        for change in self.ledger.history(self.id(report)).expect("a history") {
            let (from, to) = (self.named(&change.older), self.named(&change.newer));
            let mut row = |words: String| out.push(vec![from.to_owned(), to.to_owned(), words]);
            let quote = |s: &Option<onrecord::model::Span>| {
                s.as_ref()
                    .map_or("nothing".to_owned(), |s| format!("“{}”", s.quote()))
            };
            for r in change
                .changes
                .text
                .replaced
                .iter()
                .filter(|r| r.fact.is_some())
            {
                let fact = r.fact.map_or("", |f| f.as_str());
                row(format!("{fact}: {} to {}", quote(&r.was), quote(&r.now)));
            }
            for c in &change.changes.entries {
                row(match c {
                    versions::Change::Added { now } => format!("added {}", shown(now)),
                    versions::Change::Gone { was } => format!("gone {}", shown(was)),
                    versions::Change::Altered { was, now, fields } => {
                        let fields: Vec<&str> = fields.iter().map(|f| f.as_str()).collect();
                        format!(
                            "{} of {}: {} to {}",
                            fields.join(", "),
                            now.id,
                            shown(was),
                            shown(now)
                        )
                    }
                });
            }
        }
        out
    }

    /// The rows of the tracker whose first report is one of the case's.
    fn tracked(&self, case: &Case) -> Vec<Row> {
        let last = case.reports.iter().map(|g| g.day.as_str()).max();
        let terms = Terms {
            as_of: last.map(|day| day.parse().expect("a day")),
            ..Terms::default()
        };
        let query = onrecord_ledger::Query::default();
        let all = self.ledger.tracker(&query, &terms).expect("an answer").rows;
        let ours = |r: &Row| {
            let mut all = case.reports.iter();
            all.any(|g| r.first_link.as_deref() == Some(&g.url))
        };
        all.into_iter().filter(ours).collect()
    }

    /// Rows that a person keeps, each with whether the tracker does not have it.
    fn sheet(&self, case: &Case, rows: &[Vec<String>]) -> Vec<Vec<String>> {
        let all = self.tracked(case);
        let held = |wanted: &Vec<String>| {
            let open = !all.iter().any(|row| is_kept(row, wanted));
            let mut out = wanted[..SHEET.len() - 1].to_vec();
            out.push(if open { "open" } else { "" }.to_owned());
            out
        };
        rows.iter().map(held).collect()
    }

    /// Words of what is no commitment, each with whether the tracker takes it for one.
    fn no_row(&self, case: &Case, rows: &[Vec<String>]) -> Vec<Vec<String>> {
        let all = self.tracked(case);
        let held = |wanted: &Vec<String>| {
            let open = all.iter().any(|row| row.object.contains(&wanted[0]));
            vec![wanted[0].clone(), if open { "open" } else { "" }.to_owned()]
        };
        rows.iter().map(held).collect()
    }

    fn timeline(&self, case: &Case) -> Vec<Vec<String>> {
        let query = onrecord_ledger::Query {
            kinds: vec![EntryKind::Commitment],
            ..onrecord_ledger::Query::default()
        };
        let all = self.ledger.timeline(&query).expect("an answer").happenings;
        let ours = |r: &String| case.reports.iter().any(|g| g.id == self.named(r));
        all.iter()
            .filter(|h| h.corroboration.reports.iter().any(ours))
            .map(|h| {
                let day = h.day.map(|d| d.to_string()).unwrap_or_default();
                let status = h.entry.status.map(|s| s.to_string()).unwrap_or_default();
                let quote = h.entry.at.anchor.quote.clone();
                vec![
                    day,
                    h.entry.what.clone(),
                    status,
                    quote,
                    self.list(&h.corroboration.reports),
                ]
            })
            .collect()
    }
}

fn shown(e: &Entry) -> String {
    let status = e.status.map(|s| format!("{s} ")).unwrap_or_default();
    format!("{status}“{}”", e.at.anchor.quote)
}

fn sums(all: &[Sum]) -> String {
    let one = |s: &Sum| format!("{} {}", s.unit, s.value);
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The tables of a case, each with its heading and the rows that stand there.
fn tables(case: &Case) -> Vec<(String, Vec<Vec<String>>)> {
    let mut out = Vec::new();
    let prose = case.whole.split("\n## ").skip(1);
    for part in prose {
        let (heading, rest) = part.split_once('\n').expect("a heading");
        let rest = rest.split("\n### ").next().expect("the table");
        let rows = rest.lines().filter(|l| l.starts_with('|')).skip(2);
        let cells = |l: &str| -> Vec<String> {
            let inner = l.trim_matches('|');
            inner.split('|').map(|c| c.trim().to_owned()).collect()
        };
        out.push((heading.trim().to_owned(), rows.map(cells).collect()));
    }
    out
}

fn written(heading: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = format!("## {heading}\n\n| {} |\n", head.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(head.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}

#[test]
fn what_is_known_across_reports_is_right() {
    let reader = Reader::new().expect("the reader");
    let cases = cases();
    let given: Vec<&Given> = cases.iter().flat_map(|c| &c.reports).collect();
    assert!(given.len() > 30, "{} reports", given.len());
    let records: Vec<(&Given, Record)> = given
        .iter()
        .map(|g| {
            let envelope = Envelope {
                published: Some(g.day.parse().expect("a day")),
                outlet: Some(g.outlet.clone()),
                url: Some(g.url.clone()),
                ..Envelope::default()
            };
            (*g, reader.read(g.text.as_bytes(), &envelope))
        })
        .collect();
    let desks = [desk(&records, false), desk(&records, true)];
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut wrong = String::new();
    for case in &cases {
        let stories = case.whole.find("\n## ").unwrap_or(case.whole.len());
        let mut whole = case.whole[..stories].trim_end().to_owned();
        for (heading, rows) in tables(case) {
            let [(head, found), (_, reversed)] =
                desks.each_ref().map(|d| d.answer(&heading, case, &rows));
            let name = case
                .path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned());
            let name = name.unwrap_or_default();
            let found = written(&heading, &head, &found);
            let reversed = written(&heading, &head, &reversed);
            if found != reversed {
                let _ = writeln!(wrong, "{name}, filed in reverse:\n{found}\n{reversed}");
            }
            if found != written(&heading, &head, &rows) {
                let want = written(&heading, &head, &rows);
                let _ = writeln!(wrong, "{name}: want\n{want}\nfound\n{found}");
            }
            let _ = write!(whole, "\n\n{}", found.trim_end());
        }
        if update {
            fs::write(&case.path, format!("{whole}\n")).expect("written");
        }
    }
    assert!(update || wrong.is_empty(), "{wrong}");
}
