//! Scores `furniture`.

use anyhow::Result;

use super::{Figure, Shared, Task};

/// The task.
pub(crate) const TASK: Task = Task {
    name: "furniture",
    run,
};

fn run(_shared: &Shared, _quick: bool) -> Result<Vec<Figure>> {
    Ok(Vec::new())
}
