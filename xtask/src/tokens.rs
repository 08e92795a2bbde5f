//! Prints the sentences and tokens of a report.

use std::path::Path;

use anyhow::{Result, bail};

/// Prints one sentence a line.
pub(crate) fn run(file: &Path) -> Result<()> {
    bail!("not built yet: `tokens {}`", file.display())
}
