//! Mail (`.eml`): a newsletter's plain text, or its page where it has no other, under its
//! subject.
//!
//! What is quoted from earlier mail and the signature are kept and told apart (`history`); a mail
//! that is passed on is the report, with its own sender, day and subject. Attached texts, pages
//! and mails are further reports; what else is attached is counted.
//!
//! Left out: what pages quote, and a mail with several stories, which is one report.

mod headers;
mod history;
mod lines;

use std::ops::Range;

use mail_parser::{Address, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use onrecord_model::{AlignedText, Envelope, Metadata, Problem, ProblemKind, SegmentLabel, Stamp};

use self::history::Body;
use self::lines::Flow;
use super::moment;
use crate::draft::{Block, Draft, Piece};
use crate::{bounds, html};

/// Words over a mail that is passed on are a note about it while they are no more than this.
const NOTE_WORDS: usize = 40;
/// Parts of a mail that are looked through for one that does not end.
const PARTS: usize = 256;
/// Clocks that are wrong by more days than this are not believed.
const CLOCKS_APART: i32 = 2;
/// Mails in mails, no deeper.
const DEEPEST: usize = 4;

/// Headers that open a mail.
const HEADERS: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
    "content-type",
    "reply-to",
    "list-id",
    "sender",
    "x-mailer",
];

/// Whether bytes are a mail: lines of headers from the first one on, a sender among them, and
/// hardly a line among them that is none.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    let Some(names) = headers::names(bytes) else {
        return false;
    };
    let is = |name: &str, wanted: &str| name.eq_ignore_ascii_case(wanted);
    let known = names.iter().filter(|n| HEADERS.iter().any(|h| is(n, h)));
    known.count() >= 3 && names.iter().any(|n| is(n, "from"))
}

/// Reads a mail with what is attached to it; the places of its words are bytes of it.
pub(crate) fn read(bytes: &[u8]) -> Draft {
    let before = headers::before(bytes);
    let mut draft = whole(&headers::mended(&bytes[before..]));
    draft.move_places(|place| place.start + before..place.end + before);
    draft
}

fn whole(bytes: &[u8]) -> Draft {
    let parser = MessageParser::default();
    let Some(message) = parser.parse(bytes) else {
        let why = "the mail could not be read";
        return Draft {
            problems: vec![Problem::new(ProblemKind::Malformed, why)],
            ..Draft::default()
        };
    };
    let mut open = Vec::new();
    unclosed(&message, bytes, &mut open);
    if open.is_empty() {
        return mail(&message, bytes, 0);
    }
    // The parser takes no part for text whose end it does not see.
    let mut whole = bytes.to_vec();
    for boundary in open.iter().rev() {
        whole.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    }
    let mut draft = match parser.parse(&whole) {
        Some(closed) => mail(&closed, bytes, 0),
        None => mail(&message, bytes, 0),
    };
    let why = "the mail is cut short: the line that ends its parts is missing";
    let problem = Problem::new(ProblemKind::Malformed, why);
    draft.problems.push(problem);
    draft
}

/// The boundaries of parts that are opened and not closed, outer ones first.
fn unclosed(message: &Message<'_>, bytes: &[u8], open: &mut Vec<String>) {
    for part in message.parts.iter().take(PARTS) {
        if open.len() == PARTS {
            return;
        }
        let kind = part.content_type();
        let boundary = kind
            .filter(|k| k.ctype().eq_ignore_ascii_case("multipart"))
            .and_then(|k| k.attribute("boundary"));
        if let Some(boundary) = boundary
            && !open.iter().any(|b| b == boundary)
            && holds(bytes, format!("--{boundary}").as_bytes())
            && !holds(bytes, format!("--{boundary}--").as_bytes())
        {
            open.push(boundary.to_owned());
        }
        if let PartType::Message(inner) = &part.body
            && part.encoding == Encoding::None
        {
            unclosed(inner, bytes, open);
        }
    }
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(bytes, words).is_some()
}

fn mail(message: &Message<'_>, bytes: &[u8], depth: usize) -> Draft {
    let (body, mut draft) = body(message, bytes);
    draft.blocks.extend(body.blocks);
    let own = envelope(message);
    draft.problems.extend(doubt(message));
    let subject = message.subject();
    if let Some(forwarded) = body.forwarded {
        let said = draft.blocks.iter().filter(|b| b.label.is_none());
        let words: usize = said.map(|b| b.text().split_whitespace().count()).sum();
        let inner = Draft {
            blocks: forwarded.blocks,
            envelope: forwarded.envelope,
            ..Draft::default()
        };
        if words > NOTE_WORDS {
            draft.further.push(inner);
            draft = under(draft, subject, own);
        } else {
            let note = draft.blocks.into_iter();
            let note = note.map(|b| b.labelled(SegmentLabel::Boilerplate));
            draft.blocks = note.chain(inner.blocks).collect();
            let mut said = inner.envelope;
            said.metadata.uri = own.metadata.uri;
            draft = under(draft, subject, said);
        }
    } else {
        draft = under(draft, subject, own);
    }
    attached(message, bytes, depth, &mut draft);
    if draft.blocks.iter().all(|b| b.label.is_some()) && !draft.further.is_empty() {
        // Nothing but what is attached.
        let mut first = draft.further.remove(0);
        first.problems.extend(draft.problems);
        first.further.extend(draft.further);
        return first;
    }
    if !draft
        .blocks
        .iter()
        .any(|b| b.label != Some(SegmentLabel::Headline))
    {
        let why = "the mail holds no text";
        draft.problems.push(Problem::new(ProblemKind::NoText, why));
    }
    draft
}

/// The words of a mail itself: its plain text, or its page with what the page says of itself.
fn body(message: &Message<'_>, bytes: &[u8]) -> (Body, Draft) {
    let mut body = Body::default();
    for part in message.text_bodies() {
        let PartType::Text(words) = &part.body else {
            continue;
        };
        let text = placed(words, bytes, place(part));
        let read = history::read(&text, Flow::of(part));
        match &mut body.forwarded {
            Some(forwarded) => forwarded.blocks.extend(read.blocks),
            None => body.blocks.extend(read.blocks),
        }
        body.forwarded = body.forwarded.or(read.forwarded);
    }
    let mut draft = Draft::default();
    if body.blocks.is_empty() && body.forwarded.is_none() {
        let pages = message.html_bodies().chain(message.text_bodies());
        let mut cut = Vec::new();
        for page in pages.filter_map(|p| page(p, bytes)) {
            if !page.blocks.is_empty() {
                draft = page;
                break;
            }
            // A page without words may have had them behind what is read of it.
            let long = |p: &Problem| p.kind == ProblemKind::TooLong && !cut.contains(p);
            let long: Vec<Problem> = page.problems.into_iter().filter(long).collect();
            cut.extend(long);
        }
        draft.problems.extend(cut);
    }
    (body, draft)
}

/// The bytes of a part.
fn place(part: &MessagePart<'_>) -> Range<usize> {
    part.offset_body as usize..part.offset_end as usize
}

fn page(part: &MessagePart<'_>, bytes: &[u8]) -> Option<Draft> {
    let PartType::Html(page) = &part.body else {
        return None;
    };
    let (page, cut) = bounds::page(page);
    let text = placed(page, bytes, place(part));
    let mut draft = html::read(text.text().as_str()).lowered(&text);
    draft.problems.extend(cut);
    Some(draft)
}

/// A draft under the subject of its mail, where it has no headline of its own, with what the
/// mail says of it.
fn under(mut draft: Draft, subject: Option<&str>, envelope: Envelope) -> Draft {
    let titled = |b: &Block| b.label == Some(SegmentLabel::Headline);
    if let Some(subject) = subject
        && !draft.blocks.iter().any(titled)
    {
        let (text, source) = (subject.to_owned(), None);
        let block = Block::folded(&[Piece { text, source }]);
        let block = block.map(|b| b.labelled(SegmentLabel::Headline));
        draft.blocks.splice(0..0, block);
    }
    draft.envelope = envelope.or(draft.envelope);
    draft
}

fn envelope(message: &Message<'_>) -> Envelope {
    let sender = message.from().and_then(Address::first);
    let name = sender.and_then(|s| s.name().or_else(|| s.address()));
    Envelope {
        published: written(message).or_else(|| received(message)),
        outlet: name.map(str::to_owned),
        metadata: Metadata {
            uri: message.message_id().map(str::to_owned),
            ..Metadata::default()
        },
        ..Envelope::default()
    }
}

/// When a mail was written, as it says; `None` where no mail that was received then was.
fn written(message: &Message<'_>) -> Option<Stamp> {
    let written = moment::read(&message.date()?.to_rfc3339())?;
    let late = |received: Stamp| {
        let days = received.day().until(written.day()).map(|d| d.get_days());
        days.is_ok_and(|days| days > CLOCKS_APART)
    };
    (!received(message).is_some_and(late)).then_some(written)
}

/// When a server took it in.
fn received(message: &Message<'_>) -> Option<Stamp> {
    let date = message.received()?.date()?;
    moment::read(&date.to_rfc3339())
}

/// Why the day that a mail names is not believed.
fn doubt(message: &Message<'_>) -> Option<Problem> {
    let said = message.date()?.to_rfc3339();
    if written(message).is_some() {
        return None;
    }
    Some(if let Some(received) = received(message) {
        let why = format!(
            "the mail says `{said}` and was received on `{}`",
            received.day()
        );
        Problem::new(ProblemKind::PublishedContradiction, why)
    } else {
        let why = format!("the mail says `{said}`, which is no day of a report");
        Problem::new(ProblemKind::PublishedUnknown, why)
    })
}

/// Reads what is attached as further reports, and tells how much of it was not read.
fn attached(message: &Message<'_>, bytes: &[u8], depth: usize, draft: &mut Draft) {
    let mut unread = 0_usize;
    for part in message.attachments() {
        match &part.body {
            PartType::InlineBinary(_) | PartType::Multipart(_) => {}
            _ if is_signature(part) => {}
            PartType::Message(inner) if depth < DEEPEST => {
                let mut inner = nested(inner, part, bytes, depth + 1);
                let further = std::mem::take(&mut inner.further);
                draft.further.push(inner);
                draft.further.extend(further);
            }
            PartType::Text(_) | PartType::Html(_) => match file(part, bytes) {
                Some(mut read) => {
                    // Whoever sends a report along sends it that day.
                    let own = envelope(message);
                    read.envelope.published = read.envelope.published.or(own.published);
                    read.envelope.outlet = read.envelope.outlet.or(own.outlet);
                    draft.further.push(read);
                }
                None => unread += 1,
            },
            _ => unread += 1,
        }
    }
    if unread > 0 {
        let many = if unread == 1 { " was" } else { "s were" };
        let why = format!("{unread} attachment{many} not read: only text, pages and mails are");
        let problem = Problem::new(ProblemKind::Excerpt, why);
        draft.problems.push(problem);
    }
}

/// The proof that a mail is its sender's, which holds no words.
fn is_signature(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type().and_then(|k| k.subtype());
    kind.is_some_and(|k| k.to_ascii_lowercase().ends_with("-signature"))
}

/// A mail in a mail.
fn nested(inner: &Message<'_>, part: &MessagePart<'_>, bytes: &[u8], depth: usize) -> Draft {
    if part.encoding == Encoding::None {
        return mail(inner, bytes, depth);
    }
    let mut draft = mail(inner, &inner.raw_message, depth);
    draft.move_places(|_| place(part));
    draft
}

/// An attached text or page.
fn file(part: &MessagePart<'_>, bytes: &[u8]) -> Option<Draft> {
    let kind = part.content_type();
    let subtype = kind.and_then(|k| k.subtype()).unwrap_or("plain");
    let read = match &part.body {
        PartType::Text(words) if subtype.eq_ignore_ascii_case("plain") => {
            let text = placed(words, bytes, place(part));
            let flow = Flow::of(part);
            let whole = lines::lines(text.text().as_str(), flow);
            Draft::of(lines::blocks(&text, &whole, flow))
        }
        PartType::Html(_) => page(part, bytes)?,
        _ => return None,
    };
    (!read.blocks.is_empty()).then_some(read)
}

/// Decoded words with their places: to the letter where they stand so in the mail, else the
/// part they come from.
fn placed(words: &str, bytes: &[u8], raw: std::ops::Range<usize>) -> AlignedText {
    let mut out = AlignedText::builder();
    // The end may be one that was put there.
    let raw = raw.start.min(bytes.len())..raw.end.min(bytes.len());
    let part = bytes.get(raw.clone()).unwrap_or_default();
    let mut at = 0;
    for line in words.split_inclusive('\n') {
        let core = line.trim_end_matches(['\r', '\n']);
        let found = part.get(at..).and_then(|rest| find(rest, core.as_bytes()));
        match found {
            Some(i) if !core.is_empty() => {
                out.copy(core, raw.start + at + i);
                at += i + core.len();
            }
            _ => out.stand_for(core, raw.clone()),
        }
        if line.ends_with('\n') {
            out.replace("\n");
        }
    }
    out.finish()
}

/// Where a line stands within the next few kilobytes.
fn find(rest: &[u8], line: &[u8]) -> Option<usize> {
    let near = rest.get(..rest.len().min(line.len() + 4096))?;
    memchr::memmem::find(near, line)
}

#[cfg(test)]
mod tests;
