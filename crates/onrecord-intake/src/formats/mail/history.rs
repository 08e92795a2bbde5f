//! What in a mail's plain text is not its own report: lines quoted from earlier mail, the line
//! that introduces them, the signature, and the mail that it passes on.
//!
//! ```text
//! It sails on Monday.                       its own
//! On Tue, Mar 4, 2031, Lena Marsh wrote:    aside
//! > Does it sail?                           aside
//! -- ␠                                      aside, to the end
//! ```
//!
//! Left out: mail programs that quote without marks, and marks in languages other than English.

use std::ops::Range;

use onrecord_model::{AlignedText, Envelope, SegmentLabel};

use super::lines::{self, Flow, Line};
use crate::draft::Block;
use crate::formats::moment;

/// A signature is not longer, in lines; what is longer is text under a rule.
const SIGNATURE_LINES: usize = 20;

/// The plain text of a mail.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its words, with those aside from the report labelled.
    pub(super) blocks: Vec<Block>,
    /// The mail it passes on.
    pub(super) forwarded: Option<Forwarded>,
}

/// A mail under "Forwarded message".
#[derive(Debug)]
pub(super) struct Forwarded {
    /// Its headers and its words.
    pub(super) blocks: Vec<Block>,
    /// Who sent it, and when.
    pub(super) envelope: Envelope,
}

/// Reads plain text; places are in what the text was made from.
pub(super) fn read(text: &AlignedText, flow: Flow) -> Body {
    let all = lines::lines(text.text().as_str(), flow);
    let Some(found) = find_forwarded(&all) else {
        let blocks = labelled(text, &all, 0, flow);
        let forwarded = None;
        return Body { blocks, forwarded };
    };
    let mut blocks = labelled(text, &all[..found.mark], 0, flow);
    let marks = lines::blocks(text, &all[found.mark..=found.mark], flow);
    blocks.extend(marks.into_iter().map(aside));
    let mut inner = Vec::new();
    let mut envelope = Envelope::default();
    for (name, range) in &found.headers {
        let header = header(text, &all[range.clone()], name == "subject");
        let words = header.as_ref().map(Block::text).unwrap_or_default();
        let value = words.split_once(':').map_or("", |(_, v)| v);
        match name.as_str() {
            "from" => envelope.outlet = sender(value),
            "date" | "sent" => envelope.published = moment(plain(value)),
            _ => {}
        }
        let label = if name == "subject" {
            SegmentLabel::Headline
        } else {
            SegmentLabel::Boilerplate
        };
        inner.extend(header.map(|b| b.labelled(label)));
    }
    let depth = all[found.mark + 1..found.end]
        .iter()
        .find(|l| !l.is_blank())
        .map_or(0, |l| l.depth);
    inner.extend(labelled(text, &all[found.end..], depth, flow));
    let blocks_of = Forwarded {
        blocks: inner,
        envelope,
    };
    Body {
        blocks,
        forwarded: Some(blocks_of),
    }
}

fn aside(block: Block) -> Block {
    block.labelled(SegmentLabel::Boilerplate)
}

/// Lines as blocks, with what is aside from the words at `depth` told.
fn labelled(text: &AlignedText, all: &[Line<'_>], depth: usize, flow: Flow) -> Vec<Block> {
    let asides = asides(all, depth);
    let mut out = Vec::new();
    let mut start = 0;
    for end in 1..=all.len() {
        if end < all.len() && asides[end] == asides[start] {
            continue;
        }
        let blocks = lines::blocks(text, &all[start..end], flow);
        if asides[start] {
            out.extend(blocks.into_iter().map(aside));
        } else {
            out.extend(blocks);
        }
        start = end;
    }
    out
}

/// Which lines are not what the writer of the words at `depth` says now.
fn asides(all: &[Line<'_>], depth: usize) -> Vec<bool> {
    let mut out: Vec<bool> = all
        .iter()
        .map(|l| l.depth != depth && !(l.is_blank() && l.depth < depth))
        .collect();
    for i in 1..all.len() {
        if all[i].depth > depth && all[i - 1].depth <= depth {
            for mark in &mut out[introduction(&all[..i])] {
                *mark = true;
            }
        }
    }
    let opens = |l: &Line<'_>| l.depth == depth && l.opens_signature();
    if let Some(at) = all.iter().rposition(opens) {
        let below = all[at + 1..].iter();
        let below = below.filter(|l| l.depth == depth && !l.is_blank()).count();
        if below <= SIGNATURE_LINES {
            out[at..].fill(true);
        }
    }
    out
}

/// The lines "On ..., X wrote:" that end a text.
fn introduction(all: &[Line<'_>]) -> Range<usize> {
    let Some(last) = all.iter().rposition(|l| !l.is_blank()) else {
        return 0..0;
    };
    let words = all[last].words.trim_end();
    if !words.ends_with("wrote:") && !words.ends_with("writes:") {
        return 0..0;
    }
    // Programs break it where it gets too long.
    let near = (last.saturating_sub(2)..=last).rev();
    let near = near.take_while(|i| !all[*i].is_blank());
    let first = near.into_iter().find(|i| all[*i].words.starts_with("On "));
    first.unwrap_or(last)..last + 1
}

/// Where a mail that is passed on begins.
struct Found {
    /// The line that says so.
    mark: usize,
    /// Its headers by name in small letters, with their lines.
    headers: Vec<(String, Range<usize>)>,
    /// The line behind them.
    end: usize,
}

fn find_forwarded(all: &[Line<'_>]) -> Option<Found> {
    (0..all.len()).find_map(|mark| {
        let line = &all[mark];
        if line.depth > 0 || !says_forwarded(line.words.trim()) {
            return None;
        }
        let (headers, end) = headers(all, mark + 1);
        let has = |name: &str| headers.iter().any(|(n, _)| n == name);
        (has("from") && headers.len() > 1).then_some(Found { mark, headers, end })
    })
}

fn says_forwarded(line: &str) -> bool {
    let words = line.trim_matches(['-', ' ']);
    (line.starts_with("---") && words.eq_ignore_ascii_case("forwarded message"))
        || line.eq_ignore_ascii_case("begin forwarded message:")
}

/// The headers from a line on, up to a blank one.
fn headers(all: &[Line<'_>], from: usize) -> (Vec<(String, Range<usize>)>, usize) {
    let mut out: Vec<(String, Range<usize>)> = Vec::new();
    for (i, line) in all.iter().enumerate().skip(from) {
        match header_name(line.words) {
            _ if line.is_blank() && out.is_empty() => {}
            Some(name) => out.push((name, i..i + 1)),
            None if line.is_blank() => return (out, i),
            None => match out.last_mut() {
                Some((_, range)) => range.end = i + 1,
                None => return (out, i),
            },
        }
    }
    (out, all.len())
}

fn header_name(line: &str) -> Option<String> {
    let known = [
        "from", "date", "sent", "subject", "to", "cc", "bcc", "reply-to",
    ];
    let (name, _) = line.split_once(':')?;
    let name = name.trim_matches(['*', ' ']).to_lowercase();
    known.contains(&name.as_str()).then_some(name)
}

/// The lines of a header as one block; only what it says where `bare`.
fn header(text: &AlignedText, lines: &[Line<'_>], bare: bool) -> Option<Block> {
    let mut out = AlignedText::builder();
    for (i, line) in lines.iter().enumerate() {
        let skip = match line.words.find(':') {
            Some(at) if bare && i == 0 => {
                let rest = &line.words[at + 1..];
                line.words.len() - rest.trim_start_matches(['*', ' ']).len()
            }
            _ => 0,
        };
        if i > 0 {
            out.replace(" ");
        }
        out.extend(text, line.start + skip..line.start + line.words.len());
    }
    crate::formats::paragraphs(&out.finish()).blocks.pop()
}

fn plain(value: &str) -> &str {
    value.trim_matches(['*', ' ', '"', '\''])
}

/// The name of a sender, or the address where there is none.
fn sender(value: &str) -> Option<String> {
    let value = plain(value);
    let (name, address) = value.split_once('<').unwrap_or((value, ""));
    let name = plain(name);
    let address = address.split('>').next().unwrap_or_default();
    let said = if name.is_empty() { address } else { name };
    (!said.is_empty()).then(|| said.to_owned())
}
