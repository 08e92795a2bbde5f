//! Why a URL was not fetched, in words that say what to do.
//!
//! A failure is about one URL; what stops the whole command is a [`crate::trouble::Trouble`].

use std::time::Duration;

use reqwest::StatusCode;

use super::address::NotPublic;

/// Why one URL was not fetched.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Words that are no URL.
    #[error("is no URL; write it whole, as https://example.org/news")]
    NoUrl,
    /// `ftp:`, `file:` and so on.
    #[error("only http and https are fetched, not `{0}`")]
    Scheme(String),
    /// A name and password in the URL: they would stand in the archive.
    #[error("holds a user name or password, which would be kept in the archive; leave it out")]
    Password,
    /// An address inside somebody's network.
    #[error(transparent)]
    Address(#[from] NotPublic),
    /// The name has no address.
    #[error("no address is known for `{0}`; check the name and the network")]
    UnknownHost(String),
    /// The host asks not to.
    #[error("robots.txt forbids it to `{0}`")]
    Robots(String),
    /// Nobody can tell what the host asks.
    #[error("robots.txt cannot be had ({0}), so nothing is fetched from there")]
    RobotsUnknown(String),
    /// Any answer but the page.
    #[error("answered {0}")]
    Status(StatusCode),
    /// A redirect that names no URL.
    #[error("answered {0} without saying where to go")]
    Nowhere(StatusCode),
    /// One redirect too many.
    #[error("redirected more than {0} times")]
    Hops(usize),
    /// Redirects in a circle.
    #[error("redirects in a circle, back to `{0}`")]
    Circle(String),
    /// A body over the limit.
    #[error("is larger than {0} bytes; `--max-size` raises the limit")]
    TooLarge(usize),
    /// Nobody at the door.
    #[error("no connection within {} s; the host is down or out of reach", .0.as_secs_f32())]
    Connect(Duration),
    /// Too slow.
    #[error("no whole answer within {} s; `--timeout` gives it longer", .0.as_secs_f32())]
    Timeout(Duration),
    /// The host asks for a longer wait than a run should last.
    #[error("the host asks to wait {} s; come back later", .0.as_secs())]
    Wait(Duration),
    /// A body that does not unpack.
    #[error("the answer is damaged: {0}")]
    Damaged(String),
    /// A feed or sitemap that cannot be read; it is kept all the same.
    #[error("looks like a {kind} and cannot be read as one: {why}")]
    Feed {
        /// What it looks like.
        kind: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// TLS without any authority to trust.
    #[error("no certificate authorities are installed here; install `ca-certificates`")]
    NoAuthorities,
    /// Anything else on the way there and back.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
}
