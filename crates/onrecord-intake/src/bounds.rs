//! How large one report may be before the rest of it is left out: what is larger is no report, and each of
//! its bytes costs memory many times over.
//!
//! Left out: how much of a report's words is analysed ([`crate::ANALYSED`]; the language pipeline counts
//! words), and what archives unpack to (`members`).

use onrecord_model::{Problem, ProblemKind};

use crate::draft::Draft;

/// Bytes of a page that are read. The largest that people write are a tenth of it.
pub(crate) const PAGE: usize = 4 << 20;
/// Bytes of a text, or of the words of a report in any format, that are kept.
pub(crate) const TEXT: usize = 8 << 20;

/// Blocks of a page that are looked at: each is weighed by itself and against those around it.
pub(crate) const BLOCKS: usize = 20_000;

/// What is to be said of a page with so many blocks.
pub(crate) fn blocks(of: usize) -> Option<Problem> {
    let why = || format!("only the first {BLOCKS} of {of} blocks of a page were looked at");
    (of > BLOCKS).then(|| Problem::new(ProblemKind::TooLong, why()))
}

/// The head of some markup that is read, and what is to be said of the rest.
pub(crate) fn page(markup: &str) -> (&str, Option<Problem>) {
    let head = head(markup, PAGE);
    let told = (head.len() < markup.len()).then(|| too_long("page", PAGE, markup.len()));
    (head, told)
}

/// The head of the bytes of a page or a plain text; a list of reports is as long as it is.
pub(crate) fn bytes(bytes: &[u8]) -> (&[u8], Option<Problem>) {
    let start = bytes.get(..4096).unwrap_or(bytes).trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let most = match start.first() {
        Some(b'{' | b'[') => return (bytes, None),
        Some(b'<') if !crate::formats::is_page(&String::from_utf8_lossy(start)) => {
            return (bytes, None);
        }
        Some(b'<') => PAGE,
        _ => TEXT,
    };
    let Some(mut head) = bytes.get(..most).filter(|_| bytes.len() > most) else {
        return (bytes, None);
    };
    // A character of UTF-8 is not cut; in other encodings that looks at a few bytes for nothing.
    while head.len() + 4 > most && bytes.get(head.len()).is_some_and(|b| b & 0xc0 == 0x80) {
        head = &head[..head.len() - 1];
    }
    (head, Some(too_long("input", most, bytes.len())))
}

/// A draft whose words are no more than are kept.
pub(crate) fn draft(mut draft: Draft) -> Draft {
    let mut room = TEXT;
    let mut whole = 0;
    for piece in draft.blocks.iter_mut().flat_map(|b| &mut b.pieces) {
        whole += piece.text.len();
        let kept = head(&piece.text, room).len();
        if kept < piece.text.len() {
            if let Some(place) = piece
                .source
                .as_mut()
                .filter(|s| s.len() == piece.text.len())
            {
                place.end = place.start + kept;
            }
            piece.text.truncate(kept);
        }
        room -= kept;
    }
    if whole > TEXT {
        for block in &mut draft.blocks {
            block.pieces.retain(|p| !p.text.is_empty());
        }
        draft.blocks.retain(|b| !b.pieces.is_empty());
        draft.problems.push(too_long("text", TEXT, whole));
    }
    draft
}

/// The beginning of a text, up to a number of bytes.
fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn too_long(what: &str, most: usize, of: usize) -> Problem {
    let why = format!(
        "only the first {} MiB of a {what} of {of} bytes were read",
        most >> 20
    );
    Problem::new(ProblemKind::TooLong, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_as_long_as_it_is_and_a_report_is_not() {
        let long = |start: &str| [start.as_bytes(), &b"It rained. ".repeat(TEXT / 8)].concat();
        for list in ["{\"a\":", " [{", "<?xml version=\"1.0\"?><rss>", "<rss>"] {
            assert!(bytes(&long(list)).1.is_none(), "{list}");
        }
        for (report, most) in [("<html>", PAGE), ("<!doctype html>", PAGE), ("Rain", TEXT)] {
            let whole = long(report);
            let (head, told) = bytes(&whole);
            assert!(head.len() <= most && told.is_some(), "{report}");
        }
        assert!(bytes(b"It rained.").1.is_none());
    }

    #[test]
    fn no_character_is_cut() {
        let whole = "é".repeat(TEXT);
        let (kept, told) = bytes(&whole.as_bytes()[1..]);
        assert!(told.is_some() && std::str::from_utf8(&kept[1..]).is_ok());
        let (kept, _) = page(&whole);
        assert!(kept.len() <= PAGE && kept.ends_with('é'));
    }
}
