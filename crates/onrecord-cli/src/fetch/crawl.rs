//! What is asked for, from the URLs given to the last page of their feeds.
//!
//! Everything is a job in the queue: a URL given, a page of a feed, the next hop of a redirect, a second
//! try after a pause. So every request passes the same gates in [`Crawl::step`]: what the URL itself
//! tells, what `robots.txt` says, and the pause its host asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::time::{Duration, Instant};

use reqwest::{StatusCode, header};
use url::Url;

use super::archive::{Archive, Known};
use super::client::{Answer, Client, Validators};
use super::failure::Failure;
use super::feeds::{self, Found};
use super::queue::{Queue, Turn};
use super::robots::{self, Rules};
use super::warc::{self, Warc};
use crate::Outcome;
use crate::trouble::{Trouble, put, say};

/// Redirects followed for one URL.
const HOPS: usize = 5;
/// How deep sitemaps may lie in indexes.
const DEPTH: usize = 3;
/// Sitemaps asked for in one index and the indexes in it.
const SITEMAPS: usize = 50;
/// The longest pause that is waited out.
const LONGEST: Duration = Duration::from_mins(2);

/// How to go about it.
#[derive(Clone, Debug)]
pub(crate) struct Manner {
    /// The name given to servers.
    pub(crate) agent: String,
    /// The pause between requests to one host, at least.
    pub(crate) delay: Duration,
    /// Pages of one feed.
    pub(crate) limit: usize,
    /// Bytes of a packed sitemap when unpacked.
    pub(crate) size: usize,
    /// Whether pages of feeds are left out.
    pub(crate) feed_only: bool,
    /// Whether only failures are said.
    pub(crate) quiet: bool,
}

/// One URL to ask for.
#[derive(Clone, Debug)]
struct Job {
    url: Url,
    role: Role,
    /// The URLs that redirected here.
    via: Vec<Url>,
    /// Whether its host has put it off once already.
    put_off: bool,
}

/// Why a URL is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// It was given.
    Named,
    /// An index of sitemaps lists it.
    Sitemap {
        /// Whose pages it lists.
        feed: usize,
        /// In how many indexes it lies.
        depth: usize,
    },
    /// A feed or sitemap lists it: a page, whatever it holds.
    Item,
}

/// What may still be asked for of a feed, or of a sitemap with all that lie in it.
#[derive(Clone, Copy, Debug)]
struct Budget {
    pages: usize,
    sitemaps: usize,
}

/// What became of the URLs.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    kept: usize,
    same: usize,
    skipped: usize,
    failed: usize,
}

/// What ends a job early.
enum Stop {
    /// This URL.
    Url(Failure),
    /// Everything.
    All(io::Error),
}

impl From<Failure> for Stop {
    fn from(why: Failure) -> Self {
        Self::Url(why)
    }
}

/// A run.
pub(crate) struct Crawl {
    client: Client,
    manner: Manner,
    archive: Option<Archive>,
    warc: Warc,
    queue: Queue<Job>,
    /// By origin.
    rules: BTreeMap<String, Rules>,
    /// All URLs that are or were in the queue.
    seen: BTreeSet<Url>,
    feeds: Vec<Budget>,
    tally: Tally,
    began: Instant,
}

impl Crawl {
    /// A run that has nothing to do yet.
    pub(crate) fn new(
        client: Client,
        manner: Manner,
        archive: Option<Archive>,
        warc: Warc,
    ) -> Self {
        Self {
            client,
            manner,
            archive,
            warc,
            queue: Queue::new(),
            rules: BTreeMap::new(),
            seen: BTreeSet::new(),
            feeds: Vec::new(),
            tally: Tally::default(),
            began: instant(),
        }
    }

    /// Counts words that are no URL.
    pub(crate) fn refused(&mut self, words: usize) {
        self.tally.failed += words;
    }

    /// Adds a URL given by whoever runs the command.
    pub(crate) fn name(&mut self, url: Url) {
        self.add(url, Role::Named);
    }

    /// Adds a URL, unless it was there before; says whether it was new.
    fn add(&mut self, url: Url, role: Role) -> bool {
        let new = self.seen.insert(url.clone());
        if new {
            let host = host(&url).to_owned();
            let job = Job {
                url,
                role,
                via: Vec::new(),
                put_off: false,
            };
            self.queue.push(&host, job);
        }
        new
    }

    /// Works until the queue is empty.
    ///
    /// # Errors
    /// When an answer cannot be written.
    pub(crate) async fn all(&mut self) -> Result<(), Trouble> {
        loop {
            match self.queue.turn(self.began.elapsed()) {
                Turn::Done => return Ok(()),
                Turn::Wait(host, pause) if pause > LONGEST => {
                    for job in self.queue.give_up(&host) {
                        self.fail(&job, &Failure::Wait(pause));
                    }
                }
                Turn::Wait(_, pause) => tokio::time::sleep(pause).await,
                Turn::Job(job) => match self.step(job.clone()).await {
                    Ok(()) => {}
                    Err(Stop::Url(why)) => self.fail(&job, &why),
                    Err(Stop::All(why)) => return Err(Trouble::Writing(why)),
                },
            }
        }
    }

    /// Says what became of it all.
    pub(crate) fn sum_up(&self) {
        let Tally {
            kept,
            same,
            skipped,
            failed,
        } = self.tally;
        if !self.manner.quiet {
            let all = kept + same + skipped + failed;
            say(&format_args!(
                "{all} asked for: {kept} kept, {same} not changed, {skipped} skipped, {failed} failed"
            ));
        }
    }

    /// Closes the archive, and says what became of it all as one word.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub(crate) fn close(self) -> Result<Outcome, Trouble> {
        self.warc.close()?;
        let Tally {
            kept, same, failed, ..
        } = self.tally;
        Ok(match (failed, kept, same) {
            (0, 0, _) => Outcome::Nothing,
            (0, ..) => Outcome::Found,
            (_, 0, 0) => Outcome::Trouble,
            _ => Outcome::Partly,
        })
    }

    /// Takes a job one request further.
    async fn step(&mut self, mut job: Job) -> Result<(), Stop> {
        self.client.may_ask(&job.url)?;
        if let Role::Sitemap { feed, .. } = job.role
            && self.feeds[feed].pages == 0
        {
            self.skip(&job.url, "`--limit` is reached");
            return Ok(());
        }
        let origin = job.url.origin().ascii_serialization();
        let Some(rules) = self.rules.get(&origin) else {
            let rules = self.ask_rules(&job.url).await;
            self.rules.insert(origin, rules);
            let host = host(&job.url).to_owned();
            self.queue.put_back(&host, job);
            return Ok(());
        };
        rules.check(&job.url, &self.manner.agent)?;
        let pause = rules.delay().unwrap_or_default();
        let known = self.known(&job.url).cloned();
        let validators = known.as_ref().map(|k| k.validators.clone());
        let conditional = validators
            .as_ref()
            .is_some_and(|v| *v != Validators::default());
        let asked = self
            .client
            .page(&job.url, &validators.unwrap_or_default())
            .await;
        self.rest(&job.url, pause);
        let answer = asked?;
        match answer.status {
            StatusCode::OK => self.keep(&job, &answer, known.as_ref()),
            StatusCode::NOT_MODIFIED if conditional => self.same(&job, "304"),
            status if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
                self.redirect(&job, &answer)
            }
            status @ (StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) => {
                let pause = retry_after(&answer).ok_or(Failure::Status(status))?;
                self.rest(&job.url, pause);
                if job.put_off {
                    return Err(Failure::Status(status).into());
                }
                let words = "asked to come back later";
                self.say(status.as_str(), "", &job.url, words);
                job.put_off = true;
                let host = host(&job.url).to_owned();
                self.queue.put_back(&host, job);
                Ok(())
            }
            status => Err(Failure::Status(status).into()),
        }
    }

    /// Asks a host for its rules, following redirects as RFC 9309 says.
    async fn ask_rules(&mut self, url: &Url) -> Rules {
        let Some(mut at) = robots::address(url) else {
            return Rules::Free;
        };
        for _ in 0..=HOPS {
            let answer = match self.client.robots(&at).await {
                Ok(answer) => answer,
                Err(why) => return Rules::Failed(why),
            };
            self.rest(&at, Duration::ZERO);
            if !answer.status.is_redirection() {
                return Rules::of(answer.status, &answer.body, &self.manner.agent);
            }
            let Some(next) = target(&at, &answer) else {
                break;
            };
            at = next;
        }
        // What leads nowhere is not there.
        Rules::Free
    }

    /// Lets the host of a URL rest for the pause, and for our own at least.
    fn rest(&mut self, url: &Url, pause: Duration) {
        let until = self
            .began
            .elapsed()
            .saturating_add(pause.max(self.manner.delay));
        self.queue.rest(host(url), until);
    }

    /// Keeps an answer that is new, and adds what it lists.
    fn keep(&mut self, job: &Job, answer: &Answer, known: Option<&Known>) -> Result<(), Stop> {
        if known.is_some_and(|k| k.digest == warc::digest(&answer.body)) {
            return self.same(job, "200");
        }
        self.warc.keep(&job.url, answer).map_err(Stop::All)?;
        let size = answer.body.len().to_string();
        self.say("200", &size, &job.url, "");
        // A list that cannot be read is kept too, and counted once: as what failed.
        self.list(job, &answer.body)?;
        self.tally.kept += 1;
        Ok(())
    }

    /// Counts what did not change, and adds what it lists: its pages may not all have been had.
    fn same(&mut self, job: &Job, status: &str) -> Result<(), Stop> {
        self.say(status, "", &job.url, "not changed");
        if job.role != Role::Item {
            let body = self.archive.as_ref().and_then(|a| a.body(job.url.as_str()));
            self.list(job, &body.unwrap_or_default())?;
        }
        self.tally.same += 1;
        Ok(())
    }

    /// Adds the pages that a feed lists.
    fn list(&mut self, job: &Job, body: &[u8]) -> Result<(), Stop> {
        let (feed, depth) = match job.role {
            Role::Item => return Ok(()),
            Role::Named => {
                self.feeds.push(Budget {
                    pages: self.manner.limit,
                    sitemaps: SITEMAPS,
                });
                (self.feeds.len() - 1, 0)
            }
            Role::Sitemap { feed, depth } => (feed, depth),
        };
        let found = feeds::look(&job.url, body, self.manner.size)?;
        if self.manner.feed_only {
            return Ok(());
        }
        match found {
            Found::Page => Ok(()),
            Found::Pages(urls) => {
                let left = self.feeds[feed].pages;
                self.feeds[feed].pages = self.some(&job.url, urls, Role::Item, left);
                Ok(())
            }
            Found::Sitemaps(_) if depth == DEPTH => Err(Failure::Feed {
                kind: "sitemap",
                why: format!("it lies in more than {DEPTH} others"),
            }
            .into()),
            Found::Sitemaps(urls) => {
                let left = self.feeds[feed].sitemaps;
                let role = Role::Sitemap {
                    feed,
                    depth: depth + 1,
                };
                self.feeds[feed].sitemaps = self.some(&job.url, urls, role, left);
                Ok(())
            }
        }
    }

    /// Adds as many new URLs as are left to ask for; says how many are left then.
    fn some(&mut self, list: &Url, urls: Vec<Url>, role: Role, mut left: usize) -> usize {
        let all = urls.len();
        for (i, url) in urls.into_iter().enumerate() {
            if left == 0 {
                self.say(
                    "",
                    "",
                    list,
                    &format!("lists {all}; the first {i} are asked for"),
                );
                break;
            }
            left -= usize::from(self.add(url, role));
        }
        left
    }

    /// Adds the next hop.
    fn redirect(&mut self, job: &Job, answer: &Answer) -> Result<(), Stop> {
        let next = target(&job.url, answer).ok_or(Failure::Nowhere(answer.status))?;
        let mut via = job.via.clone();
        via.push(job.url.clone());
        if via.contains(&next) {
            return Err(Failure::Circle(next.into()).into());
        }
        if via.len() > HOPS {
            return Err(Failure::Hops(HOPS).into());
        }
        self.say(
            answer.status.as_str(),
            "",
            &job.url,
            &format!("leads to {next}"),
        );
        // A page that another URL led to, or that is still to come, is asked for once.
        if self.seen.insert(next.clone()) {
            let host = host(&next).to_owned();
            let hop = Job {
                url: next,
                role: job.role,
                via,
                put_off: false,
            };
            self.queue.put_back(&host, hop);
        } else {
            self.tally.skipped += 1;
        }
        Ok(())
    }

    fn known(&self, url: &Url) -> Option<&Known> {
        self.archive.as_ref().and_then(|a| a.known(url.as_str()))
    }

    /// Counts a URL that was not fetched, and says why. What a host forbids in its own feed is no trouble.
    fn fail(&mut self, job: &Job, why: &Failure) {
        if matches!(why, Failure::Robots(_)) && job.role == Role::Item {
            self.skip(&job.url, &why.to_string());
            return;
        }
        self.tally.failed += 1;
        // Some of the words may be the server's, and none of them are for the terminal to obey.
        let why = why.to_string().replace(char::is_control, " ");
        match job.via.first() {
            Some(first) => say(&format_args!(
                "`{first}`: `{}`, where it leads: {why}",
                job.url
            )),
            None => say(&format_args!("`{}`: {why}", job.url)),
        }
    }

    fn skip(&mut self, url: &Url, why: &str) {
        self.tally.skipped += 1;
        self.say("", "", url, &format!("skipped: {why}"));
    }

    /// One line about a URL.
    fn say(&self, status: &str, size: &str, url: &Url, words: &str) {
        if !self.manner.quiet {
            let gap = if words.is_empty() { "" } else { "  " };
            put(&format!("{status:>3} {size:>9}  {url}{gap}{words}\n"));
        }
    }
}

/// What rests as one.
fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// Where a redirect leads.
fn target(from: &Url, answer: &Answer) -> Option<Url> {
    let location = answer.headers.get(header::LOCATION)?;
    let words = String::from_utf8_lossy(location.as_bytes());
    let mut next = from.join(&words).ok()?;
    next.set_fragment(None);
    Some(next)
}

/// The pause that an answer asks for: seconds, or an instant.
fn retry_after(answer: &Answer) -> Option<Duration> {
    let words = answer.headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = words.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(words.trim()).ok()?.timestamp();
    Some(
        then.duration_since(answer.at)
            .try_into()
            .unwrap_or(Duration::ZERO),
    )
}

#[expect(clippy::disallowed_methods, reason = "hosts rest between requests")]
fn instant() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::super::client::Limits;
    use super::super::warc::Sink;
    use super::super::warc::tests::answer;
    use super::*;
    use reqwest::header::HeaderValue;

    /// A run that refuses addresses inside networks, and writes to a file that is gone afterwards.
    fn crawl() -> Crawl {
        let limits = Limits {
            agent: "onrecord/0".into(),
            size: 1000,
            time: Duration::from_secs(5),
            allow_private: false,
        };
        let manner = Manner {
            agent: limits.agent.clone(),
            delay: Duration::ZERO,
            limit: 1,
            size: 1000,
            feed_only: false,
            quiet: true,
        };
        let sink = Sink::File(tempfile::tempfile().unwrap(), None);
        let warc = Warc::new(sink, limits.agent.clone());
        Crawl::new(Client::new(limits).unwrap(), manner, None, warc)
    }

    #[test]
    fn a_redirect_into_a_network_is_refused() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        for host in ["127.0.0.1", "localhost", "0x7f000001", "[::ffff:7f00:1]"] {
            let mut crawl = crawl();
            let job = Job {
                url: Url::parse("https://example.org/feed").unwrap(),
                role: Role::Named,
                via: Vec::new(),
                put_off: false,
            };
            let mut answer = answer("", "\"1\"");
            answer.status = StatusCode::FOUND;
            let inside = format!("http://{host}:{port}/secret");
            let inside = HeaderValue::from_str(&inside).unwrap();
            answer.headers.insert(header::LOCATION, inside);
            assert!(crawl.redirect(&job, &answer).is_ok());
            runtime.block_on(crawl.all()).unwrap();
            assert_eq!(crawl.tally.failed, 1, "{host}");
        }
        let asked = listener.accept().map_err(|e| e.kind());
        assert_eq!(
            asked.err(),
            Some(io::ErrorKind::WouldBlock),
            "nobody was connected to"
        );
    }

    #[test]
    fn pauses_are_seconds_or_instants() {
        // The answer is of 09:15:02.
        for (words, expected) in [
            ("120", Some(120)),
            ("Sun, 24 Aug 2025 09:16:02 GMT", Some(59)),
            ("Sun, 24 Aug 2025 09:00:00 GMT", Some(0)),
            ("soon", None),
        ] {
            let mut answer = answer("", "\"1\"");
            answer
                .headers
                .insert(header::RETRY_AFTER, HeaderValue::from_static(words));
            assert_eq!(
                retry_after(&answer).map(|d| d.as_secs()),
                expected,
                "{words}"
            );
        }
    }
}
