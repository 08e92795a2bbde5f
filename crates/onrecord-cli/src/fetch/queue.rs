//! Whose turn it is: one request at a time, and a pause before each next one to the same host.
//!
//! While one host rests another is asked; of those that are ready the one that has rested longest
//! comes first, and within a host URLs keep their order. Time is an argument: how long the run has
//! lasted.

use std::collections::VecDeque;
use std::time::Duration;

/// Jobs by host.
#[derive(Debug)]
pub(crate) struct Queue<J> {
    hosts: Vec<Host<J>>,
}

#[derive(Debug)]
struct Host<J> {
    name: String,
    /// When it may be asked again.
    ready: Duration,
    jobs: VecDeque<J>,
}

/// What to do now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Turn<J> {
    /// This.
    Job(J),
    /// Nothing yet: this host is the first to be ready, and so much later.
    Wait(String, Duration),
    /// Nothing more.
    Done,
}

impl<J> Queue<J> {
    /// An empty queue.
    pub(crate) const fn new() -> Self {
        Self { hosts: Vec::new() }
    }

    fn host(&mut self, name: &str) -> &mut Host<J> {
        let known = self.hosts.iter().position(|h| h.name == name);
        let at = known.unwrap_or_else(|| {
            self.hosts.push(Host {
                name: name.into(),
                ready: Duration::ZERO,
                jobs: VecDeque::new(),
            });
            self.hosts.len() - 1
        });
        &mut self.hosts[at]
    }

    /// Adds a job behind the others of its host.
    pub(crate) fn push(&mut self, host: &str, job: J) {
        self.host(host).jobs.push_back(job);
    }

    /// Adds a job before the others of its host.
    pub(crate) fn put_back(&mut self, host: &str, job: J) {
        self.host(host).jobs.push_front(job);
    }

    /// Lets a host rest until `ready`.
    pub(crate) fn rest(&mut self, host: &str, ready: Duration) {
        let host = self.host(host);
        host.ready = host.ready.max(ready);
    }

    /// Takes all jobs of a host out.
    pub(crate) fn give_up(&mut self, host: &str) -> Vec<J> {
        self.host(host).jobs.drain(..).collect()
    }

    /// Whose turn it is.
    pub(crate) fn turn(&mut self, now: Duration) -> Turn<J> {
        let waiting = self.hosts.iter_mut().filter(|h| !h.jobs.is_empty());
        let Some(host) = waiting.min_by_key(|h| h.ready) else {
            return Turn::Done;
        };
        match host.ready.checked_sub(now) {
            Some(pause) if !pause.is_zero() => Turn::Wait(host.name.clone(), pause),
            _ => host.jobs.pop_front().map_or(Turn::Done, Turn::Job),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn hosts_take_turns_and_rest() {
        let mut queue = Queue::new();
        for (host, job) in [("a", 1), ("a", 2), ("a", 3), ("b", 4)] {
            queue.push(host, job);
        }
        assert_eq!(queue.turn(s(0)), Turn::Job(1));
        queue.rest("a", s(2));
        assert_eq!(queue.turn(s(1)), Turn::Job(4));
        queue.rest("b", s(3));
        assert_eq!(queue.turn(s(1)), Turn::Wait("a".into(), s(1)));
        assert_eq!(queue.turn(s(2)), Turn::Job(2));
        queue.rest("a", s(60));
        queue.rest("a", s(4));
        queue.put_back("a", 2);
        assert_eq!(queue.turn(s(4)), Turn::Wait("a".into(), s(56)));
        assert_eq!(queue.give_up("a"), [2, 3]);
        assert_eq!(queue.turn(s(4)), Turn::Done);
    }
}
