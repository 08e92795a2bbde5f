//! The process that reads, as those see it who ask.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::wire::{self, Answer, Ask, Greeting};

/// The longest that one answer is waited for: a hundred times what the slowest report takes on a slow
/// machine, so that nothing is given up because others keep the machine busy.
const LONGEST: Duration = Duration::from_mins(5);

/// The argument that makes this program the one that reads.
pub(crate) const COMMAND: &str = "worker";

/// The program that is this command, and the arguments before its own.
static AGAIN: OnceLock<Vec<OsString>> = OnceLock::new();

/// Says how this command is started once more. What was said first holds.
pub(crate) fn started_by(again: Vec<OsString>) {
    AGAIN.get_or_init(|| again);
}

/// The process ended before it answered; how.
pub(crate) struct Gone(pub(crate) String);

/// Who waits for an answer; `None` once nobody will answer.
type Waiting = Arc<Mutex<Option<HashMap<u64, SyncSender<Vec<u8>>>>>>;

/// A process that reads.
pub(crate) struct Link {
    child: Mutex<Child>,
    to: Mutex<BufWriter<ChildStdin>>,
    waiting: Waiting,
    next: AtomicU64,
}

impl Link {
    /// Starts a process.
    ///
    /// # Errors
    /// When the system starts none.
    pub(crate) fn open(greeting: &Greeting) -> io::Result<Self> {
        let (program, before) = AGAIN
            .get()
            .and_then(|again| again.split_first())
            .ok_or(io::ErrorKind::NotFound)?;
        let mut command = Command::new(program);
        command
            .args(before)
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        #[cfg(unix)]
        {
            // Who stops the run at the terminal stops this process, which ends the other one.
            use std::os::unix::process::CommandExt as _;
            command.process_group(0);
        }
        let mut child = command.spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut to = BufWriter::new(to);
        wire::send(&mut to, 0, &wire::header(greeting)?, &[])?;
        let waiting: Waiting = Arc::new(Mutex::new(Some(HashMap::new())));
        let heard = waiting.clone();
        thread::spawn(move || {
            let mut from = BufReader::new(from);
            while let Ok(Some(frame)) = wire::receive(&mut from) {
                let asker = held(&heard).as_mut().and_then(|w| w.remove(&frame.number));
                // One who waited too long is gone.
                let _ = asker.map(|a| a.send(frame.header));
            }
            // Whoever still waits is told by the end of the way to him.
            held(&heard).take();
        });
        Ok(Self {
            child: Mutex::new(child),
            to: Mutex::new(to),
            waiting,
            next: AtomicU64::new(1),
        })
    }

    /// Whether it still answers.
    pub(crate) fn is_open(&self) -> bool {
        held(&self.waiting).is_some()
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// When the process ends first, or takes too long and is ended.
    pub(crate) fn ask(&self, ask: &Ask<'_>, raw: &[u8]) -> Result<Answer, Gone> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, answer) = sync_channel(1);
        match held(&self.waiting).as_mut() {
            Some(waiting) => waiting.insert(number, sender),
            None => return Err(self.gone("it ended before")),
        };
        let header = wire::header(ask).map_err(|e| Gone(e.to_string()))?;
        if wire::send(&mut *held(&self.to), number, &header, raw).is_err() {
            return Err(self.gone("it ended"));
        }
        let answer = answer.recv_timeout(LONGEST).map_err(|why| match why {
            RecvTimeoutError::Timeout => self.gone("it took more than five minutes"),
            RecvTimeoutError::Disconnected => self.gone("it ended"),
        })?;
        serde_json::from_slice(&answer).map_err(|e| Gone(e.to_string()))
    }

    /// Ends the process, and tells how it ended where that says more than `why`.
    fn gone(&self, why: &str) -> Gone {
        let mut child = held(&self.child);
        let _ = child.kill();
        match child.wait() {
            Ok(status) if why == "it ended" => Gone(status.to_string()),
            _ => Gone(why.to_owned()),
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let mut child = held(&self.child);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// What a lock guards, also when somebody left it in a panic: it is whole at every moment.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
