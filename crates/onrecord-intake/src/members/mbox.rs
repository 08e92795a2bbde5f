//! Mailboxes (`mbox`): mails one behind the other, each under a line `From a@b Tue Mar 4 ...`.
//!
//! ```text
//! From lena@example.org Tue Mar  4 10:00:00 2031
//! Subject: Ferry reopens
//!
//! >From today the ferry sails.      escaped: the mail says "From today"
//! ```
//!
//! Source: RFC 4155 and the `mboxrd` way of escaping. Left out: what the line says, which is
//! who handed the mail on and when, not who wrote it.

use std::io::{self, BufReader};
use std::ops::ControlFlow;

use super::lines::line;
use super::{LARGEST, Member, Source, Walk};

/// Whether what begins so is a mailbox: the line over a mail, and a header right under it.
pub(super) fn is_mbox(head: &[u8]) -> bool {
    let mut lines = head.splitn(3, |b| *b == b'\n');
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let name = second.split(|b| *b == b':').next().unwrap_or_default();
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let headed = !name.is_empty() && name.len() < second.len() && name.iter().all(is_name);
    is_postmark(first) && headed
}

/// Whether a line stands over a mail: `From `, an address, a day with a time and a year.
fn is_postmark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let Ok(rest) = std::str::from_utf8(rest) else {
        return false;
    };
    let words: Vec<&str> = rest.split_whitespace().skip(1).collect();
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let is_time = |w: &&str| {
        let parts: Vec<&str> = w.split(':').collect();
        let is_number = |p: &&str| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit());
        matches!(parts.len(), 2 | 3) && parts.iter().all(is_number)
    };
    let is_year = |w: &&str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    words.first().is_some_and(|w| days.contains(w))
        && words.iter().any(is_time)
        && words.iter().any(is_year)
        && words.len() <= 8
}

/// A line as its mail has it: one mark less before `From `.
fn unescaped(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|b| **b == b'>').count();
    let escaped = marks > 0 && line[marks..].starts_with(b"From ");
    &line[usize::from(escaped)..]
}

impl Walk<'_> {
    /// Hands on each mail as a member.
    pub(super) fn mbox(&mut self, name: &str, stream: impl Source) -> ControlFlow<()> {
        let mut reader = BufReader::with_capacity(1 << 18, stream);
        let mut mail = Mail::default();
        // A postmark stands at the beginning or behind a blank line.
        let mut apart = true;
        loop {
            match line(&mut reader) {
                Ok(None) => return self.mail(name, mail),
                Ok(Some(line)) if apart && is_postmark(&line) => {
                    let next = mail.number + 1;
                    self.mail(name, std::mem::take(&mut mail))?;
                    mail.number = next;
                    apart = false;
                }
                Ok(Some(line)) => {
                    apart = line.trim_ascii().is_empty();
                    mail.push(unescaped(&line));
                }
                Err(why) => {
                    if why.kind() == io::ErrorKind::FileTooLarge {
                        mail.is_too_large = true;
                        continue;
                    }
                    let of = format!("{name}: mail {}", mail.number);
                    self.mail(name, mail)?;
                    return self.broken(&of, &format!("the end is missing: {why}"));
                }
            }
        }
    }

    fn mail(&mut self, name: &str, mail: Mail) -> ControlFlow<()> {
        let of = format!("{name}: mail {}", mail.number);
        if mail.is_too_large {
            let why = format!("it is larger than {} MiB", LARGEST >> 20);
            return self.broken(&of, &why);
        }
        if mail.bytes.trim_ascii().is_empty() {
            return ControlFlow::Continue(());
        }
        self.member(Member::bytes(&of, mail.bytes))
    }
}

/// A mail that is being read.
#[derive(Default)]
struct Mail {
    number: u64,
    bytes: Vec<u8>,
    is_too_large: bool,
}

impl Mail {
    fn push(&mut self, line: &[u8]) {
        if self.is_too_large || (self.bytes.len() + line.len()) as u64 > LARGEST {
            self.is_too_large = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ColumnMap, Input, Item, walk};
    use onrecord_model::Envelope;

    const BOX: &str = "From lena@harborpost.example Tue Mar  4 10:00:00 2031\n\
        From: Lena Marsh <lena@harborpost.example>\nDate: Tue, 4 Mar 2031 10:00:00 +0000\n\
        Subject: Ferry reopens\nMessage-ID: <1@harborpost.example>\n\n\
        >From today the ferry sails.\n>>From here.\n\nFrom Monday it is free, said Mr. Tran.\n\n\
        From - Wed Mar 05 11:30:00 +0000 2031\r\n\
        From: Pier Desk <desk@pier.example>\r\nDate: Wed, 5 Mar 2031 11:30:00 +0000\r\n\
        Subject: Pier shut\r\n\r\nThe pier broke.\r\n";

    fn members(bytes: &[u8]) -> Vec<Member> {
        let mut out = Vec::new();
        let input = Input::bytes(bytes.to_vec());
        let _ = walk("march", input, &ColumnMap::default(), &mut |item| {
            match item {
                Item::Member(member) => out.push(*member),
                other => panic!("{other:?}"),
            }
            ControlFlow::Continue(())
        });
        out
    }

    #[test]
    fn each_mail_of_a_mailbox_is_a_member() {
        let found = members(BOX.as_bytes());
        let names: Vec<&str> = found.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["march: mail 1", "march: mail 2"]);
        let read = |m: &Member| m.reports(&Envelope::default(), &ColumnMap::default());
        let reports: Vec<_> = found.iter().flat_map(read).map(|i| i.report).collect();
        assert_eq!(reports.len(), 2);
        let first = reports[0].text.as_str();
        assert!(
            first.starts_with("Ferry reopens\n\nFrom today the ferry sails."),
            "{first}"
        );
        assert!(
            first.ends_with("From Monday it is free, said Mr. Tran."),
            "{first}"
        );
        assert_eq!(reports[1].text.as_str(), "Pier shut\n\nThe pier broke.");
        assert_eq!(reports[1].outlet.as_deref(), Some("Pier Desk"));
    }

    #[test]
    fn prose_that_begins_like_a_mailbox_is_none() {
        for text in [
            "From Harbourtown on Tue the ferry sails at 10:00 in 2031\nThe mayor said so.\n",
            "From lena@a.example Tue Mar  4 10:00:00 2031\nThe mayor said so.\n",
            "From today the ferry sails\nSubject: none\n",
        ] {
            assert!(!is_mbox(text.as_bytes()), "{text}");
        }
        assert!(is_mbox(BOX.as_bytes()));
    }
}
