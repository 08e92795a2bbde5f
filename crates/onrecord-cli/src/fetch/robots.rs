//! What a host asks of programs: `robots.txt`, as RFC 9309 says it is to be read.
//!
//! A file that is there is obeyed. One that is not there (4xx) asks nothing. One that cannot be
//! had (5xx, 429, no connection) forbids everything, because nobody can tell what it asks.
//! The rules themselves are read by `texting_robots`; `Crawl-delay` is obeyed although no RFC
//! names it.

use std::time::Duration;

use reqwest::StatusCode;
use texting_robots::Robot;
use url::Url;

use super::failure::Failure;

/// How much of a `robots.txt` is read; RFC 9309 asks for at least this.
pub(crate) const MOST: usize = 500 * 1024;

/// What a host asks.
#[derive(Debug)]
pub(crate) enum Rules {
    /// Nothing.
    Free,
    /// These rules.
    Robot(Box<Robot>),
    /// Nobody can tell, because the server does not say.
    Unknown(String),
    /// Nobody can tell, because there is no server to be had.
    Failed(Failure),
}

impl Rules {
    /// Reads an answer to the request for `robots.txt`.
    pub(crate) fn of(status: StatusCode, body: &[u8], agent: &str) -> Self {
        if status.is_success() {
            return match Robot::new(token(agent), &alike(whole_lines(body))) {
                Ok(robot) => Self::Robot(Box::new(robot)),
                Err(_) => Self::Unknown("it cannot be read".into()),
            };
        }
        if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
            return Self::Free;
        }
        Self::Unknown(status.to_string())
    }

    /// Whether the URL may be fetched.
    ///
    /// # Errors
    /// When it may not.
    pub(crate) fn check(&self, url: &Url, agent: &str) -> Result<(), Failure> {
        match self {
            Self::Free => Ok(()),
            Self::Robot(robot) if robot.allowed(&alike_url(url)) => Ok(()),
            Self::Robot(_) => Err(Failure::Robots(token(agent).into())),
            Self::Unknown(why) => Err(Failure::RobotsUnknown(why.clone())),
            Self::Failed(why) => Err(why.clone()),
        }
    }

    /// The wait it asks for between requests.
    pub(crate) fn delay(&self) -> Option<Duration> {
        match self {
            Self::Robot(robot) => robot
                .delay
                .and_then(|s| Duration::try_from_secs_f32(s).ok()),
            Self::Free | Self::Unknown(_) | Self::Failed(_) => None,
        }
    }
}

/// Where the rules for a URL stand.
pub(crate) fn address(url: &Url) -> Option<Url> {
    let mut robots = url.join("/robots.txt").ok()?;
    robots.set_query(None);
    Some(robots)
}

/// The name that `robots.txt` knows a program by: `onrecord` of `onrecord/0.1 (+https://…)`.
pub(crate) fn token(agent: &str) -> &str {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
    agent.split(ends).next().unwrap_or_default()
}

/// All lines but a last one that the limit cut: half a rule is another rule.
fn whole_lines(body: &[u8]) -> &[u8] {
    if body.len() < MOST {
        return body;
    }
    let last = body.iter().rposition(|b| *b == b'\n');
    &body[..last.unwrap_or(0)]
}

/// Bytes with each escape written one way (RFC 9309, 2.2.2): `%6F` is the letter it stands for, and what
/// must stay escaped has large digits.
fn alike(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, behind)) = rest.split_first() {
        let digit = |i: usize| Some(char::from(*behind.get(i)?).to_digit(16)? as u8);
        let escaped = (first == b'%').then(|| Some(digit(0)? * 16 + digit(1)?));
        rest = behind;
        match escaped.flatten() {
            Some(b) if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => out.push(b),
            Some(b) => out.extend(format!("%{b:02X}").bytes()),
            None => {
                out.push(first);
                continue;
            }
        }
        rest = &behind[2..];
    }
    out
}

fn alike_url(url: &Url) -> String {
    String::from_utf8_lossy(&alike(url.as_str().as_bytes())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(rules: &Rules, path: &str) -> bool {
        let url = Url::parse("https://example.org")
            .unwrap()
            .join(path)
            .unwrap();
        rules.check(&url, "onrecord/0.1.0").is_ok()
    }

    fn read(text: &str) -> Rules {
        Rules::of(
            StatusCode::OK,
            text.as_bytes(),
            "onrecord/0.1.0 (+https://x)",
        )
    }

    #[test]
    fn rules_are_those_of_our_name_or_of_everyone() {
        let ours = read(
            "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nDisallow: /private\nCrawl-delay: 2.5\n",
        );
        assert!(allowed(&ours, "/news"));
        assert!(!allowed(&ours, "/private/a"));
        assert_eq!(ours.delay(), Some(Duration::from_millis(2500)));
        let everyone = read("User-agent: *\nDisallow: /a\nAllow: /a/b\n");
        assert!(!allowed(&everyone, "/a"));
        assert!(allowed(&everyone, "/a/b"));
        assert_eq!(everyone.delay(), None);
    }

    #[test]
    fn an_escaped_letter_is_the_letter() {
        let rules =
            read("User-agent: *\nDisallow: /%6Fk\nDisallow: /a%2fb\nDisallow: /caf%c3%A9\n");
        for path in [
            "/ok",
            "/%6fk",
            "/%6F%6B",
            "/o%6B/x",
            "/a%2Fb",
            "/a%2fb",
            "/caf\u{e9}",
        ] {
            assert!(!allowed(&rules, path), "{path}");
        }
        for path in ["/o", "/a/b", "/%"] {
            assert!(allowed(&rules, path), "{path}");
        }
    }

    #[test]
    fn what_is_not_there_asks_nothing_and_what_cannot_be_had_forbids() {
        let of = |status: u16| Rules::of(StatusCode::from_u16(status).unwrap(), b"", "onrecord");
        assert!(allowed(&of(404), "/"));
        assert!(allowed(&of(403), "/"));
        assert!(!allowed(&of(429), "/"));
        assert!(!allowed(&of(503), "/"));
    }

    #[test]
    fn odd_bytes_and_delays_do_no_harm() {
        assert!(allowed(&read("\u{feff}\0<html>"), "/"));
        for delay in ["-1", "NaN", "inf", "1e30", "soon"] {
            let rules = read(&format!("User-agent: *\nCrawl-delay: {delay}\n"));
            assert!(allowed(&rules, "/"));
            assert!(
                rules.delay().is_none_or(|d| d > Duration::from_secs(1000)),
                "{delay}"
            );
        }
    }

    #[test]
    fn a_rule_cut_in_half_is_left_out() {
        let mut text = b"User-agent: *\nDisallow: /a\n".to_vec();
        text.resize(MOST - 10, b'#');
        text.extend_from_slice(b"\nAllow: /a");
        assert_eq!(text.len(), MOST);
        let rules = Rules::of(StatusCode::OK, &text, "onrecord");
        assert!(!allowed(&rules, "/ab"));
    }

    #[test]
    fn a_token_is_the_name_alone() {
        assert_eq!(
            token("Daily-Reader/2.0 (+https://example.org)"),
            "Daily-Reader"
        );
        assert_eq!(token("onrecord"), "onrecord");
    }
}
