//! Connections at rest, for both stores. Threads belong to the caller: as many connections are
//! opened as it uses at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Connections that nobody uses.
#[derive(Debug)]
pub(super) struct Idle<T>(Mutex<Vec<T>>);

impl<T> Idle<T> {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// One of them, if there is any.
    pub(super) fn take(&self) -> Option<T> {
        self.all().pop()
    }

    /// Lays one to rest.
    pub(super) fn rest(&self, connection: T) {
        self.all().push(connection);
    }

    // Taking and laying down leave no list half changed: one that a panic poisoned is sound.
    fn all(&self) -> MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
