//! What every task reads from: the data, the scorers, the reader.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use onrecord::{Envelope, Reader};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The development data beside the checkout, with a reader and a place for scratch files.
pub(crate) struct Shared {
    root: PathBuf,
    reader: Reader,
    scratch: PathBuf,
}

impl Shared {
    /// Looks for `../shared` beside the checkout; `None` when it is not there.
    pub(crate) fn find() -> Result<Option<Self>> {
        let root = repository().join("../shared");
        // A worktree lies one folder deeper than the checkout it belongs to.
        let deeper = repository().join("../../shared");
        let Some(root) = [root, deeper]
            .into_iter()
            .find(|r| r.join("tools").is_dir())
        else {
            return Ok(None);
        };
        // Kept after the run: a miss is looked at in what was predicted.
        let scratch = repository().join("target/score");
        fs::create_dir_all(&scratch)?;
        Ok(Some(Self {
            root: root.canonicalize()?,
            reader: Reader::new()?,
            scratch,
        }))
    }

    /// The reader under test.
    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// A file of the data: `data/time/tbaq-timebank.jsonl.gz`.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A place for a scratch file; the name must be the task's own.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.scratch.join(name)
    }

    /// A text file, unpacked when its name ends in `.gz`.
    pub(crate) fn text(&self, relative: &str) -> Result<String> {
        let path = self.path(relative);
        let bytes = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        if path.extension().is_none_or(|e| e != "gz") {
            return Ok(String::from_utf8(bytes)?);
        }
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
        Ok(text)
    }

    /// The rows of a JSON Lines file, packed or not.
    pub(crate) fn rows<T: DeserializeOwned>(&self, relative: &str) -> Result<Vec<T>> {
        let row = |(i, line)| {
            serde_json::from_str(line).with_context(|| format!("`{relative}` line {}", i + 1))
        };
        let text = self.text(relative)?;
        let lines = text.lines().enumerate();
        lines
            .filter(|(_, l)| !l.trim().is_empty())
            .map(row)
            .collect()
    }

    /// Writes rows as a JSON Lines scratch file.
    pub(crate) fn write_rows<T: serde::Serialize>(
        &self,
        name: &str,
        rows: &[T],
    ) -> Result<PathBuf> {
        let mut out = String::new();
        for row in rows {
            out += &serde_json::to_string(row)?;
            out.push('\n');
        }
        let path = self.scratch(name);
        fs::write(&path, out)?;
        Ok(path)
    }

    /// Runs a scorer of `tools/` with `--json` and returns what it prints.
    pub(crate) fn scorer(&self, name: &str, args: &[&Path]) -> Result<Value> {
        Self::python(&self.path("tools").join(name), args, &["--json"])
    }

    /// Runs a program with files and words and returns the JSON it prints.
    pub(crate) fn python(program: &Path, files: &[&Path], words: &[&str]) -> Result<Value> {
        let out = Command::new("python3")
            .arg(program)
            .args(files)
            .args(words)
            .output()
            .context("cannot run `python3`")?;
        let name = program.display();
        if !out.status.success() {
            let said = [out.stdout, out.stderr].concat();
            bail!("`{name}` failed: {}", String::from_utf8_lossy(&said).trim());
        }
        serde_json::from_slice(&out.stdout).with_context(|| format!("`{name}` printed no JSON"))
    }
}

/// An envelope with a day of publication.
pub(crate) fn published(day: Option<&str>) -> Result<Envelope> {
    Ok(Envelope {
        published: day.map(str::parse).transpose()?,
        ..Envelope::default()
    })
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
