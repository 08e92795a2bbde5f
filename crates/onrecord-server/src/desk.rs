//! What every request is answered with: the ledger, the reader, and how many may use them at once.
//!
//! Both block their thread, so they are used on threads of their own, and no more of these at a time
//! than keep the machine busy. Whoever hangs up before the answer does not make room before its work
//! is done.

use std::sync::{Arc, OnceLock};
use std::thread::available_parallelism;

use jiff::Timestamp;
use onrecord::{Envelope, Reader, Record};
use onrecord_ledger::Ledger;
use tokio::sync::Semaphore;

use crate::Options;
use crate::access::Access;
use crate::problem::Problem;

/// Threads that may block at once.
pub(crate) const THREADS: usize = 64;
/// Looks into the ledger at once.
const LOOKS: usize = 16;
/// Requests that wait for one of either; more are sent away.
const WAITING: usize = 512;

/// What every request is answered with.
pub(crate) struct Desk {
    ledger: Ledger,
    reader: OnceLock<Option<Reader>>,
    looks: Arc<Semaphore>,
    reads: Arc<Semaphore>,
    waiting: Semaphore,
    /// Who may come in.
    pub(crate) access: Access,
    /// Names under which it is reached.
    pub(crate) hosts: Vec<String>,
    /// Whether there is nothing but the examples.
    pub(crate) examples: bool,
    now: fn() -> Timestamp,
    tell: fn(&str),
}

impl Desk {
    /// Sets everything out.
    pub(crate) fn new(options: Options) -> Self {
        let cores = available_parallelism().map_or(2, usize::from);
        Self {
            ledger: options.ledger,
            reader: OnceLock::new(),
            looks: Arc::new(Semaphore::new(LOOKS)),
            reads: Arc::new(Semaphore::new(cores)),
            waiting: Semaphore::new(WAITING),
            access: Access::new(options.token),
            hosts: options.hosts,
            examples: options.examples,
            now: options.now,
            tell: options.tell,
        }
    }

    /// Loads the reader beside what else is done: who reads first does not wait for it.
    pub(crate) fn warm(self: &Arc<Self>) {
        let desk = Arc::clone(self);
        drop(tokio::task::spawn_blocking(move || {
            desk.reader();
        }));
    }

    fn reader(&self) -> Option<&Reader> {
        self.reader.get_or_init(|| Reader::new().ok()).as_ref()
    }

    /// Now.
    pub(crate) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Says what went wrong to whoever runs the server.
    pub(crate) fn tell(&self, what: &str) {
        (self.tell)(what);
    }

    /// Looks into the ledger, or files in it.
    ///
    /// # Errors
    /// What `f` says, or that too many ask.
    pub(crate) async fn look<T: Send + 'static>(
        self: &Arc<Self>,
        f: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let desk = Arc::clone(self);
        self.aside(&self.looks, move || f(&desk.ledger)).await
    }

    /// Reads a report.
    ///
    /// # Errors
    /// When too many ask.
    pub(crate) async fn read(
        self: &Arc<Self>,
        bytes: Vec<u8>,
        envelope: Envelope,
    ) -> Result<Record, Problem> {
        let desk = Arc::clone(self);
        let read = move || match desk.reader() {
            Some(reader) => Ok(reader.read(&bytes, &envelope)),
            None => Err(Problem::failed(
                "the reader could not be started".to_owned(),
            )),
        };
        self.aside(&self.reads, read).await
    }

    async fn aside<T: Send + 'static>(
        &self,
        gate: &Arc<Semaphore>,
        f: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(waiting) = self.waiting.try_acquire() else {
            return Err(Problem::busy());
        };
        let turn = Arc::clone(gate).acquire_owned().await;
        drop(waiting);
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            f()
        });
        let lost = || Problem::failed("an answer ended before it was whole".to_owned());
        work.await.unwrap_or_else(|_| Err(lost()))
    }
}
