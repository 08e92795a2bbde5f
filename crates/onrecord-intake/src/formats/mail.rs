//! Mail (`.eml`): a newsletter's plain text, or its page where it has no other, under its subject.
//!
//! Left out: attachments; a mail with several stories is one report.

use mail_parser::{Address, MessageParser, PartType};
use onrecord_model::{
    AlignedText, Envelope, Metadata, Problem, ProblemKind, SegmentLabel, TextRange,
};

use super::moment;
use super::newsml::paragraphs;
use crate::draft::{Block, Draft, Piece};
use crate::html;

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

/// Whether bytes are a mail: lines of headers from the first one on, a sender among them.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..16_384).unwrap_or(bytes);
    let lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end);
    let lines = lines.take_while(|l| !l.is_empty()).take(200);
    let mut names = Vec::new();
    for line in lines.filter(|l| !l.starts_with(b" ") && !l.starts_with(b"\t")) {
        let Some(end) = line.iter().position(|b| *b == b':') else {
            return false;
        };
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if end == 0 || !line[..end].iter().all(is_name) {
            return false;
        }
        names.push(String::from_utf8_lossy(&line[..end]).to_lowercase());
    }
    let known = names.iter().filter(|n| HEADERS.contains(&n.as_str()));
    names.iter().any(|n| n == "from") && known.count() >= 3
}

/// Reads a mail; the places of its words are bytes of it.
pub(crate) fn read(bytes: &[u8]) -> Draft {
    let Some(message) = MessageParser::default().parse(bytes) else {
        let why = "the mail could not be read";
        return Draft {
            problems: vec![Problem::new(ProblemKind::Malformed, why)],
            ..Draft::default()
        };
    };
    let mut draft = Draft::default();
    let bodies = message.text_bodies().chain(message.html_bodies());
    for part in bodies {
        let raw = part.offset_body as usize..part.offset_end as usize;
        let read = match &part.body {
            PartType::Text(words) => {
                let text = placed(words, bytes, raw);
                paragraphs(&text)
            }
            PartType::Html(page) => {
                let text = placed(page, bytes, raw);
                html::read(text.text().as_str()).lowered(&text)
            }
            _ => continue,
        };
        if !read.blocks.is_empty() {
            draft = read;
            break;
        }
    }
    if draft.blocks.is_empty() {
        let why = "the mail holds no text";
        draft.problems.push(Problem::new(ProblemKind::NoText, why));
    }
    if let Some(subject) = message.subject() {
        let titled = |b: &&Block| b.label == Some(SegmentLabel::Headline);
        if draft.blocks.iter().find(titled).is_none() {
            let (text, source) = (subject.to_owned(), None);
            let block = Block::folded(&[Piece { text, source }]);
            let block = block.map(|b| b.labelled(SegmentLabel::Headline));
            draft.blocks.splice(0..0, block);
        }
    }
    let sender = message.from().and_then(Address::first);
    let name = sender.and_then(|s| s.name().or_else(|| s.address()));
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    let id = message.message_id().map(str::to_owned);
    let own = Envelope {
        published: date.and_then(|d| moment::read(&d)),
        outlet: name.map(str::to_owned),
        metadata: Metadata {
            uri: id,
            ..Metadata::default()
        },
        ..Envelope::default()
    };
    draft.envelope = own.or(draft.envelope);
    draft
}

/// Decoded words with their places: to the letter where they stand so in the mail, else the
/// part they come from.
fn placed(words: &str, bytes: &[u8], raw: std::ops::Range<usize>) -> AlignedText {
    let mut out = AlignedText::builder();
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
    let text = out.finish();
    debug_assert!(
        text.source(TextRange::of(0, text.text().as_str().len()))
            .usizes()
            .end
            <= bytes.len()
    );
    text
}

/// Where a line stands within the next few kilobytes.
fn find(rest: &[u8], line: &[u8]) -> Option<usize> {
    let near = rest.get(..rest.len().min(line.len() + 4096))?;
    near.windows(line.len().max(1)).position(|w| w == line)
}
