//! What asks a run to end: a signal. The run takes in no more, keeps what it has read, says so, and then
//! ends as the signal would have ended it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::{flag, low_level};

/// Whether a run was asked to end.
#[derive(Debug)]
pub(crate) struct Stop {
    /// The signal; 0 before one came.
    asked: Arc<AtomicUsize>,
}

impl Stop {
    /// Listens from now on. Whoever asks a second time is not kept waiting: it ends at once.
    ///
    /// # Errors
    /// When the system does not let it listen.
    pub(crate) fn listen() -> io::Result<Self> {
        let asked = Arc::new(AtomicUsize::new(0));
        let again = Arc::new(AtomicBool::new(false));
        let ignored = ignored();
        for (signal, _) in SIGNALS {
            // What `nohup` or a shell in the background takes from us, we do not take back.
            if ignored & (1 << (signal - 1)) != 0 {
                continue;
            }
            flag::register_conditional_default(*signal, Arc::clone(&again))?;
            flag::register(*signal, Arc::clone(&again))?;
            flag::register_usize(*signal, Arc::clone(&asked), *signal as usize)?;
        }
        Ok(Self { asked })
    }

    /// The name of the signal that asked for it.
    pub(crate) fn signal(&self) -> Option<&'static str> {
        let asked = self.asked.load(Ordering::Relaxed);
        let known = SIGNALS.iter().find(|(s, _)| *s as usize == asked);
        known.map(|(_, name)| *name)
    }

    /// Ends as the signal that asked for it would have.
    pub(crate) fn end(&self) {
        let _ = low_level::emulate_default_handler(self.asked.load(Ordering::Relaxed) as i32);
    }
}

/// Signals that were ignored when the program began, as bits from 1 on; none where that is not told.
#[expect(clippy::disallowed_methods, reason = "the system tells it in a file")]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = status.lines().find_map(|l| l.strip_prefix("SigIgn:"));
    bits.and_then(|b| u64::from_str_radix(b.trim(), 16).ok())
        .unwrap_or_default()
}

#[cfg(unix)]
const SIGNALS: &[(i32, &str)] = {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    &[(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGHUP, "SIGHUP")]
};

#[cfg(not(unix))]
const SIGNALS: &[(i32, &str)] = {
    use signal_hook::consts::{SIGINT, SIGTERM};
    &[(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")]
};
