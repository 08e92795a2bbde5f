//! This thread's time on the CPU: what other programs do on a busy machine does not count.

use std::fs;
use std::time::Instant;

use anyhow::{Context as _, Result};

/// A moment. The wall clock where the system does not tell the CPU's.
pub(crate) enum Clock {
    Cpu(u64),
    Wall(Instant),
}

impl Clock {
    pub(crate) fn now() -> Result<Self> {
        Ok(match cpu_nanoseconds()? {
            Some(n) => Self::Cpu(n),
            None => Self::Wall(Instant::now()),
        })
    }

    /// Seconds since.
    pub(crate) fn elapsed(&self) -> Result<f64> {
        Ok(match self {
            Self::Cpu(before) => {
                let now = cpu_nanoseconds()?.context("the CPU clock went away")?;
                (now - before) as f64 / 1e9
            }
            Self::Wall(before) => before.elapsed().as_secs_f64(),
        })
    }
}

/// Linux tells how long a thread ran, in nanoseconds, as the first number of `schedstat`.
fn cpu_nanoseconds() -> Result<Option<u64>> {
    let Ok(stat) = fs::read_to_string("/proc/thread-self/schedstat") else {
        return Ok(None);
    };
    let first = stat.split_whitespace().next();
    Ok(first.map(str::parse).transpose()?)
}
