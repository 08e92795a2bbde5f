//! Builds the lexicon's tables from their sources.

use anyhow::{Result, bail};

/// Builds every table.
pub(crate) fn run() -> Result<()> {
    bail!("not built yet: `lexicon`")
}
