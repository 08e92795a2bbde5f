//! `onrecord fetch`: URLs in, a web archive out, politely.
//!
//! ```text
//! onrecord fetch --out news.warc.gz https://example.org/feed
//! onrecord fetch https://example.org/a | onrecord read -
//! ```
//!
//! Reading itself never asks the network; this command is the only part that does. [`crawl`] says what
//! is asked for, [`queue`] when, [`robots`] and [`address`] what may not be, [`client`] asks,
//! [`feeds`] finds pages in feeds, [`warc`] writes and [`archive`] reads back what is written.
//!
//! Left out: crawling. Links in pages are not followed; that belongs to crawlers.

mod address;
mod archive;
mod client;
mod crawl;
mod failure;
mod feeds;
mod queue;
mod robots;
mod warc;

use std::future::{Future, poll_fn};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::pin::pin;
use std::task::Poll;

use url::Url;

use crate::Outcome;
use crate::args::FetchArgs;
use crate::trouble::{Trouble, say};

use archive::Archive;
pub(crate) use archive::ArchiveError;
use client::{Client, Limits};
use crawl::{Crawl, Manner};
use failure::Failure;
use warc::{Sink, Warc};

/// Fetches.
///
/// # Errors
/// When the archive cannot be added to, or nothing can be fetched at all. A URL that cannot be fetched
/// is said on stderr and the others go on.
pub(crate) fn run(args: &FetchArgs) -> Result<Outcome, Trouble> {
    let mut urls = Vec::new();
    let mut bad = 0_usize;
    for words in &args.urls {
        match url(words) {
            Ok(url) => urls.push(url),
            Err(why) => {
                say(&format_args!("`{words}`: {why}"));
                bad += 1;
            }
        }
    }
    if urls.is_empty() {
        return Ok(Outcome::Trouble);
    }
    let (archive, sink) = open(args)?;
    let client = Client::new(Limits {
        agent: args.user_agent.clone(),
        size: args.max_size,
        time: args.timeout,
        allow_private: args.allow_private,
    })
    .map_err(Trouble::Network)?;
    let manner = Manner {
        agent: args.user_agent.clone(),
        delay: args.delay,
        limit: args.limit as usize,
        size: args.max_size,
        feed_only: args.feed_only,
        quiet: args.quiet,
    };
    let warc = Warc::new(sink, args.user_agent.clone());
    let mut crawl = Crawl::new(client, manner, archive, warc);
    crawl.refused(bad);
    for url in urls {
        crawl.name(url);
    }
    let ended = to_its_end(&mut crawl);
    if ended.is_ok() {
        crawl.sum_up();
    }
    let closed = crawl.close();
    let whole = ended?;
    Ok(match closed? {
        outcome if whole => outcome,
        // Stopped before its end.
        Outcome::Found | Outcome::Partly => Outcome::Partly,
        Outcome::Nothing | Outcome::Trouble => Outcome::Trouble,
    })
}

/// Runs until there is nothing more to fetch, or until Ctrl-C; says which.
fn to_its_end(crawl: &mut Crawl) -> Result<bool, Trouble> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(unless(crawl.all(), tokio::signal::ctrl_c()));
    // A name that is still being looked up is nobody's concern any more.
    runtime.shutdown_background();
    if let Some(result) = ended {
        return result.map(|()| true);
    }
    say(&"stopped; what was fetched is kept");
    Ok(false)
}

/// What `work` comes to, unless `stop` comes first. Records are written without a pause in between, so
/// stopping never falls into one.
async fn unless<T>(work: impl Future<Output = T>, stop: impl Future) -> Option<T> {
    let mut work = pin!(work);
    let mut stop = pin!(stop);
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        stop.as_mut().poll(context).map(|_| None)
    })
    .await
}

/// Where records go, and what is there already.
fn open(args: &FetchArgs) -> Result<(Option<Archive>, Sink), Trouble> {
    let piped = args.out.as_deref().filter(|p| *p != Path::new("-"));
    let Some(path) = piped else {
        if io::stdout().is_terminal() {
            return Err(Trouble::Terminal);
        }
        return Ok((None, Sink::Stdout(io::stdout())));
    };
    let made = (!path.exists()).then(|| path.to_owned());
    let (archive, file, cut) = Archive::open(path)?;
    if let Some(cut) = cut {
        let name = path.display();
        say(&format_args!(
            "`{name}` ended in a record that was never finished; its {} bytes were cut off",
            cut.bytes
        ));
    }
    Ok((Some(archive), Sink::File(file, made)))
}

/// The URL that the words are.
fn url(words: &str) -> Result<Url, Failure> {
    let mut url = Url::parse(words).map_err(|_| Failure::NoUrl)?;
    client::check(&url)?;
    url.set_fragment(None);
    Ok(url)
}
