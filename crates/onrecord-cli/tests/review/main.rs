//! Judging at the keyboard and what comes of it: a terminal that is really one, a ledger that is
//! really there, and the scorer that reads the gold standard.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "what cannot be had fails the test, helpers too"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "answers have their time, and what is written is read again"
)]

mod missing;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use onrecord_ledger::{Entry, Judgement, Ledger, Query, Show, Sort, Verdict, standing};
use pty_process::Size;
use pty_process::blocking::{Command as OnPty, Pty, open};
use serde_json::Value;

const WAIT: Duration = Duration::from_secs(30);
const ROWS: u16 = 16;
const COLUMNS: u16 = 60;

/// A folder with a ledger of the examples.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new(reports: &[&str]) -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let paths = reports
            .iter()
            .map(|r| repository().join("examples").join(r));
        let output = desk.onrecord("file").args(paths).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        desk
    }

    fn at(&self) -> PathBuf {
        self.folder.path().join("news.db")
    }

    fn onrecord(&self, command: &str) -> Command {
        let mut run = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        run.env_remove("ONRECORD_REVIEWER").arg(command);
        run.arg("--ledger").arg(self.at());
        run
    }

    fn ledger(&self) -> Ledger {
        Ledger::open(self.at().to_str().unwrap()).unwrap()
    }

    /// All entries, in the order of their records.
    fn entries(&self) -> Vec<Entry> {
        let query = Query {
            sort: Sort::Oldest,
            show: Show {
                rejected: true,
                merged: true,
                superseded: true,
            },
            limit: 10_000,
            ..Query::default()
        };
        self.ledger().entries(&query).unwrap().entries
    }

    fn judge(&self, entries: &[Entry], author: &str, verdict: &Verdict) {
        let judgements: Vec<Judgement> = entries
            .iter()
            .map(|e| Judgement {
                of: e.at.clone(),
                verdict: verdict.clone(),
                author: author.to_owned(),
                at: jiff::Timestamp::now(),
            })
            .collect();
        self.ledger().judge_all(&judgements).unwrap();
    }

    /// What stands of what people said, as `Ann Accept`.
    fn stands(&self) -> Vec<String> {
        let said = standing(self.ledger().judgements(None).unwrap());
        let short = |j: &Judgement| {
            let verdict = format!("{:?}", j.verdict);
            format!("{} {}", j.author, verdict.split([' ', '(']).next().unwrap())
        };
        said.iter().map(short).collect()
    }
}

/// `onrecord review` at a terminal.
struct Sitting {
    child: Child,
    /// Its other end; none when it hung up.
    terminal: Option<Arc<Pty>>,
    /// What it wrote, and what a terminal makes of it.
    written: Arc<Mutex<(Vec<u8>, vt100::Parser)>>,
}

impl Sitting {
    fn begin(desk: &Desk, args: &[&str]) -> Self {
        let (terminal, end) = open().unwrap();
        terminal.resize(Size::new(ROWS, COLUMNS)).unwrap();
        let command = OnPty::new(env!("CARGO_BIN_EXE_onrecord"));
        let command = command
            .arg("review")
            .arg("--ledger")
            .arg(desk.at())
            .args(args);
        let command = command.env("TERM", "xterm-256color").env_remove("NO_COLOR");
        let child = command.spawn(end).unwrap();
        let terminal = Arc::new(terminal);
        let parser = vt100::Parser::new(ROWS, COLUMNS, 0);
        let written = Arc::new(Mutex::new((Vec::new(), parser)));
        let (from, into) = (Arc::downgrade(&terminal), Arc::clone(&written));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // An error is the end: the other side is gone, or this one hung up.
            while let Some(from) = from.upgrade()
                && let Ok(n @ 1..) = (&*from).read(&mut bytes)
            {
                let mut written = into.lock().unwrap();
                written.0.extend(&bytes[..n]);
                written.1.process(&bytes[..n]);
            }
        });
        Self {
            child,
            terminal: Some(terminal),
            written,
        }
    }

    fn screen(&self) -> String {
        self.written.lock().unwrap().1.screen().contents()
    }

    fn is_full_screen(&self) -> bool {
        self.written.lock().unwrap().1.screen().alternate_screen()
    }

    /// Waits until words are on the screen.
    fn sees(&self, words: &str) -> &Self {
        let begun = Instant::now();
        while !self.screen().contains(words) {
            assert!(
                begun.elapsed() < WAIT,
                "no `{words}` on:\n{}",
                self.screen()
            );
            sleep(Duration::from_millis(10));
        }
        self
    }

    fn keys(&self, keys: &str) -> &Self {
        let terminal = self.terminal.as_ref().unwrap();
        (&**terminal).write_all(keys.as_bytes()).unwrap();
        self
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill")
            .args(["-s", name, &id])
            .status()
            .unwrap();
        assert!(killed.success());
    }

    fn ends(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < WAIT, "it goes on:\n{}", self.screen());
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Sitting {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn answers_are_kept_and_not_asked_for_again() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    let all = desk.entries().len();
    let mut ann = Sitting::begin(&desk, &["--reviewer", "Ann"]);
    ann.sees(&format!("1 of {all}")).sees("statement").keys("a");
    ann.sees(&format!("2 of {all}")).keys("x");
    ann.sees(&format!("3 of {all}")).keys("\u{7f}");
    ann.sees("taken back").sees(&format!("2 of {all}"));
    // On the screen as given is in the ledger.
    assert_eq!(desk.stands(), ["Ann Accept"]);
    ann.keys("e").sees("s save").keys("\r").sees("say tell");
    ann.keys("conf\r").sees("* what").sees("confirm").keys("s");
    ann.sees(&format!("3 of {all}")).keys(" ");
    ann.sees(&format!("4 of {all}"))
        .keys("nask her\r")
        .sees("noted");
    ann.keys("q");
    assert_eq!(ann.ends().code(), Some(0));
    ann.sees("answered 2 entries, all kept").sees("to go");
    assert!(!ann.is_full_screen());
    assert_eq!(desk.stands(), ["Ann Accept", "Ann Correct", "Ann Note"]);

    // What was answered is not asked again; skipped and noted entries are.
    let mut again = Sitting::begin(&desk, &["--reviewer", "Ann"]);
    again.sees(&format!("1 of {}", all - 2)).keys("q");
    assert_eq!(again.ends().code(), Some(1));
    let mut again = Sitting::begin(&desk, &["--reviewer", "Ann", "--again"]);
    again
        .sees(&format!("1 of {all}"))
        .sees("accepted")
        .keys("x");
    again.sees(&format!("2 of {all}")).keys("\u{3}");
    assert_eq!(again.ends().code(), Some(0));
    assert_eq!(desk.stands(), ["Ann Correct", "Ann Note", "Ann Reject"]);
}

#[test]
fn nobody_sees_what_others_said() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    let all = desk.entries();
    desk.judge(&all[..1], "Ann", &Verdict::Reject);
    let mut bo = Sitting::begin(&desk, &["--reviewer", "Bo", "--kind", "statement"]);
    bo.sees("1 of ").sees("s1 statement");
    assert!(!bo.screen().contains("rejected"), "{}", bo.screen());
    bo.keys("q");
    bo.ends();
    let shown = ["--reviewer", "Bo", "--kind", "statement", "--show-others"];
    let mut bo = Sitting::begin(&desk, &shown);
    bo.sees("Ann: rejected").keys("q");
    bo.ends();
}

#[test]
fn a_signal_gives_the_terminal_back_and_loses_nothing() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    for (i, signal) in ["TERM", "INT", "HUP", "KILL"].iter().enumerate() {
        let name = format!("R{i}");
        let mut sitting = Sitting::begin(&desk, &["--reviewer", &name]);
        sitting.sees("1 of ").keys("a").sees("2 of ");
        assert!(sitting.is_full_screen());
        sitting.signal(signal);
        let status = sitting.ends();
        assert_eq!(desk.stands().last().unwrap(), &format!("{name} Accept"));
        if *signal != "KILL" {
            assert_eq!(status.code(), Some(0), "{signal}");
            sitting.sees("all kept");
            assert!(!sitting.is_full_screen(), "{signal}");
        }
    }
}

#[test]
fn a_hangup_ends_it_and_loses_nothing() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    let mut sitting = Sitting::begin(&desk, &["--reviewer", "Ann"]);
    sitting.sees("1 of ").keys("a").sees("2 of ");
    // The reader holds the terminal until it has read once more: drawing anew makes it.
    sitting.terminal = None;
    sitting.signal("WINCH");
    sitting.ends();
    assert_eq!(desk.stands(), ["Ann Accept"]);
}

#[test]
fn a_report_cannot_act_on_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("hostile.txt");
    let text = "Ferry \u{1b}]0;owned\u{7}line to reopen, minister says\n\n\
                The \u{1b}[2Jferry line will reopen on Monday, Transport Minister Ada\u{202e} Oko said on \
                Friday.\n\nOko told reporters that\u{9b}31m the line would carry 400 cars.\n";
    fs::write(&report, text).unwrap();
    let desk = Desk::new(&[report.to_str().unwrap()]);
    let mut sitting = Sitting::begin(&desk, &["--reviewer", "\u{1b}[31mAnn"]);
    sitting.sees("1 of ").sees("Ada").keys("m");
    sleep(Duration::from_millis(300));
    sitting.keys("qq");
    sitting.ends();
    let written = sitting.written.lock().unwrap();
    let written = String::from_utf8_lossy(&written.0);
    for bad in ["\u{1b}]0;", "\u{7}", "\u{202e}", "\u{9b}", "\u{1b}[31mAnn"] {
        assert!(!written.contains(bad), "{bad:?}");
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    let check = |command: &mut Command, want: &str| {
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(want), "{said}");
    };
    check(&mut desk.onrecord("review"), "no reviewer given");
    let mut piped = desk.onrecord("review");
    check(
        piped.args(["--reviewer", "Ann"]),
        "there is none; run it without pipes",
    );
    let mut full = desk.onrecord("gold");
    check(full.arg(desk.folder.path()), "is not empty");
}

fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let words = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), words(stdout), words(stderr))
}

#[test]
fn people_are_compared() {
    let desk = Desk::new(&["harbour-loan.txt"]);
    let all = desk.entries();
    let (code, _, said) = run(&mut desk.onrecord("agreement"));
    assert_eq!(code, Some(1));
    assert!(said.contains("no two people"), "{said}");
    desk.judge(&all[..10], "Ann", &Verdict::Accept);
    desk.judge(&all[..5], "Bo", &Verdict::Accept);
    desk.judge(&all[5..8], "Bo", &Verdict::Reject);
    let (code, out, _) = run(&mut desk.onrecord("agreement"));
    assert_eq!(code, Some(0));
    // Ann accepted all eight, Bo five of them: as often as chance has it.
    let want = "Ann and Bo: 8 entries, 5 answered alike (62%), kappa 0.00\n";
    assert!(out.starts_with(want), "{out}");
    assert!(out.contains("statements: 8 entries"), "{out}");
    let told: Vec<&str> = out.split_whitespace().collect();
    assert_eq!(
        told.join(" ")
            .matches("Ann: accepted; Bo: rejected")
            .count(),
        3,
        "{out}"
    );
    let (_, out, _) = run(desk.onrecord("agreement").arg("--json"));
    let pair: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (
            &pair["all"]["same"],
            pair["differences"].as_array().unwrap().len()
        ),
        (&5.into(), 3)
    );
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The folders of a gold standard.
fn folders(gold: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(gold)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    folders.sort();
    folders
}

const EXAMPLES: [&str; 3] = ["clinic-strike.txt", "harbour-loan.txt", "river-treaty.txt"];

#[test]
fn what_people_judged_is_a_gold_standard() {
    let desk = Desk::new(&EXAMPLES);
    let all = desk.entries();
    let of = |e: &Entry| e.at.report.clone();
    let first: Vec<Entry> = all
        .iter()
        .filter(|e| of(e) == of(&all[0]))
        .cloned()
        .collect();
    desk.judge(&first[1..], "Ann", &Verdict::Accept);
    let into = desk.folder.path().join("gold");
    let (code, _, said) = run(desk.onrecord("gold").arg(&into));
    assert_eq!(code, Some(1));
    assert!(
        said.contains(&format!(
            "1 of its {} entries are not answered",
            first.len()
        )),
        "{said}"
    );
    desk.judge(&first[..1], "Bo", &Verdict::Reject);
    let (code, _, said) = run(desk.onrecord("gold").arg(&into));
    assert_eq!(
        (code, said.contains("wrote 1 report ")),
        (Some(0), true),
        "{said}"
    );
    let folders = folders(&into);
    assert_eq!(folders.len(), 1);
    let gold = json(&folders[0].join("gold.json"));
    assert_eq!(gold["judged"]["by"], serde_json::json!(["Ann", "Bo"]));
    let held = desk.ledger().get(&of(&all[0])).unwrap().unwrap().record;
    let statements = gold["statements"].as_array().unwrap().len();
    assert_eq!(statements, held.statements.len() - 1);
    let text = fs::read_to_string(folders[0].join("report.txt")).unwrap();
    assert_eq!(text, held.report.text.as_str());
    let record = fs::read_to_string(folders[0].join("record.json")).unwrap();
    assert_eq!(onrecord::Record::from_json(&record).unwrap(), held);
    // By Ann alone, one entry is open.
    let alone = desk.folder.path().join("ann");
    let (code, ..) =
        run(desk
            .onrecord("gold")
            .arg(&alone)
            .args(["--reviewer", "Ann", "--partial"]));
    assert_eq!(code, Some(0));
    let gold = json(&self::folders(&alone)[0].join("gold.json"));
    let optional = gold["statements"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| s["optional"] == true);
    assert_eq!(optional.count(), 1);
}

#[test]
fn a_scorer_finds_an_accepted_record_right() {
    let scorer = repository().join("../shared/tools/score_record.py");
    if !scorer.exists() || Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: needs python3 and ../shared/tools/score_record.py beside the checkout");
        return;
    }
    let desk = Desk::new(&EXAMPLES);
    desk.judge(&desk.entries(), "Ann", &Verdict::Accept);
    let into = desk.folder.path().join("gold");
    assert_eq!(run(desk.onrecord("gold").arg(&into)).0, Some(0));
    let folders = folders(&into);
    assert_eq!(folders.len(), 3);
    for folder in folders {
        let files = ["gold.json", "report.txt", "record.json"].map(|f| folder.join(f));
        let (code, out, said) = run(Command::new("python3")
            .arg(&scorer)
            .args(files)
            .arg("--misses"));
        assert_eq!(code, Some(0), "{said}");
        let score = out.trim().rsplit(' ').next().unwrap();
        let score: f64 = score.parse().unwrap();
        assert!(score >= 0.995, "{out}");
    }
}
