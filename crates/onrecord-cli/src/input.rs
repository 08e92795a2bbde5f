//! Where reports come from: files, folders, stdin.

use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use crate::trouble::Trouble;

/// One report to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Input {
    /// What is piped in.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// What to call it in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "stdin".into(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Its bytes.
    #[expect(clippy::disallowed_methods, reason = "the command reads files")]
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Trouble> {
        let (path, result) = match self {
            Self::File(path) => (path.clone(), fs::read(path)),
            Self::Stdin => {
                let mut bytes = Vec::new();
                let result = io::stdin().read_to_end(&mut bytes).map(|_| bytes);
                (PathBuf::from("-"), result)
            }
        };
        result.map_err(|why| Trouble::Unreadable { path, why })
    }
}

/// The reports behind the paths, and whether they may be several.
pub(crate) struct Inputs {
    /// In the order given; a path that cannot be used keeps its place as trouble.
    pub(crate) inputs: Vec<Result<Input, Trouble>>,
    /// Several paths, or a folder.
    pub(crate) many: bool,
}

/// Finds the reports behind the paths: a folder stands for its `.txt` files, sorted.
///
/// # Errors
/// When there is no path and nothing is piped in.
pub(crate) fn expand(paths: &[PathBuf]) -> Result<Inputs, Trouble> {
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Trouble::NoPath);
        }
        return Ok(Inputs {
            inputs: vec![Ok(Input::Stdin)],
            many: false,
        });
    }
    let mut inputs = Vec::new();
    let mut many = paths.len() > 1;
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Ok(Input::Stdin));
        } else if path.is_dir() {
            many = true;
            inputs.extend(folder(path));
        } else if path.exists() {
            inputs.push(Ok(Input::File(path.clone())));
        } else {
            inputs.push(Err(Trouble::Missing(path.clone())));
        }
    }
    Ok(Inputs { inputs, many })
}

fn folder(path: &Path) -> Vec<Result<Input, Trouble>> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(why) => {
            let path = path.to_owned();
            return vec![Err(Trouble::Unreadable { path, why })];
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.is_file() && p.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")))
        .collect();
    files.sort();
    if files.is_empty() {
        return vec![Err(Trouble::NoReports(path.to_owned()))];
    }
    files.into_iter().map(|f| Ok(Input::File(f))).collect()
}
