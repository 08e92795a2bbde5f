//! The room over its own port: what pages hold, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test that fails ends so")]

mod api;
mod client;
mod doors;
mod pages;
