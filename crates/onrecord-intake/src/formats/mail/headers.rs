//! The lines over a mail, and what programs do wrong in them: a parameter that goes on in a line
//! of its own without the space before it, a line that is no header among the others, empty lines
//! or a mark before the first.
//!
//! A parser of mail loses the parts behind such a line. It is mended in place, byte for byte, so
//! that the places of all words stay what they are.

/// Headers are looked for in no more bytes than these.
const HEAD: usize = 16_384;
/// And in no more lines.
const LINES: usize = 200;

/// A line over a mail.
#[derive(Clone, Copy, Debug)]
struct Line<'b> {
    /// Its first byte in the mail.
    at: usize,
    bytes: &'b [u8],
    /// The name of its header.
    name: Option<&'b str>,
    /// It goes on with the header before it, as it should or without its space.
    goes_on: bool,
}

impl Line<'_> {
    /// Whether it is no header and goes on with none.
    fn is_odd(&self) -> bool {
        self.name.is_none() && !self.goes_on
    }

    fn is_indented(&self) -> bool {
        self.bytes.starts_with(b" ") || self.bytes.starts_with(b"\t")
    }
}

/// The lines of the headers that bytes begin with.
fn lines(bytes: &[u8]) -> Vec<Line<'_>> {
    let mut at = 0;
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let mut out: Vec<Line<'_>> = Vec::new();
    let mut open = false;
    for line in head.split_inclusive(|b| *b == b'\n').take(LINES) {
        let words = line.trim_ascii_end();
        if words.is_empty() {
            break;
        }
        let indented = line.starts_with(b" ") || line.starts_with(b"\t");
        let name = if indented { None } else { name(words) };
        let goes_on = !out.is_empty() && (indented || open && is_parameter(words));
        out.push(Line {
            at,
            bytes: line,
            name: name.filter(|_| !goes_on),
            goes_on,
        });
        // "Content-Type: text/plain;": a parameter follows.
        open = words.ends_with(b";");
        at += line.len();
    }
    out
}

/// The names of the headers that bytes begin with; `None` where too many lines among them are no
/// headers, or one stands behind the last, for then it is the text that begins.
pub(super) fn names(bytes: &[u8]) -> Option<Vec<&str>> {
    let lines = lines(&bytes[before(bytes)..]);
    let names: Vec<&str> = lines.iter().filter_map(|l| l.name).collect();
    let odd = lines.iter().filter(|l| l.is_odd()).count();
    let ends = lines.last().is_some_and(|l| !l.is_odd());
    (ends && odd * 4 <= names.len()).then_some(names)
}

/// Bytes before the first line: a mark of UTF-8, empty lines.
pub(super) fn before(bytes: &[u8]) -> usize {
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = rest.iter().position(|b| !matches!(b, b'\r' | b'\n'));
    bytes.len() - rest.len() + start.unwrap_or(0)
}

/// The name before the colon of a header.
fn name(line: &[u8]) -> Option<&str> {
    let end = line.iter().position(|b| *b == b':')?;
    let name = line[..end].trim_ascii_end();
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let sound = !name.is_empty() && name.iter().all(is_name);
    sound.then(|| std::str::from_utf8(name).ok()).flatten()
}

/// Whether a line is a parameter of a header: `boundary="b"`.
fn is_parameter(line: &[u8]) -> bool {
    let end = line.iter().position(|b| *b == b'=');
    let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'*');
    end.is_some_and(|end| end > 0 && line[..end].trim_ascii_end().iter().all(is_name))
}

/// The bytes of a mail with its headers mended; as many as before.
pub(super) fn mended(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for line in lines(bytes) {
        let end = line.at + line.bytes.trim_ascii_end().len();
        if line.goes_on && !line.is_indented() {
            // Its line is joined to the one before.
            let broken = out[..line.at].trim_ascii_end().len();
            out[broken..line.at].fill(b' ');
        } else if line.is_odd() {
            hide(&mut out[line.at..end]);
        } else if let Some(name) = line.name {
            // "Subject : ..."
            let from = line.at + name.len();
            let colon = out[from..end].iter().position(|b| *b == b':').unwrap_or(0);
            if colon > 0 {
                out[from..=from + colon].rotate_right(1);
            }
        }
    }
    out
}

/// Makes a line a header that nobody reads.
fn hide(line: &mut [u8]) {
    match line {
        [] => {}
        [one] => *one = b' ',
        [first, second, rest @ ..] => {
            (*first, *second) = (b'X', b':');
            rest.fill(b'x');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_lines_are_borne_among_headers_and_nowhere_else() {
        let is = |mail: &str| names(mail.as_bytes()).is_some();
        assert!(is("From: a\nTo: b\nodd\nSubject: c\nDate: d\n\nText."));
        assert!(is("\u{feff}\r\n\nFrom: a\nTo: b\n\nText."));
        assert!(!is(
            "From: a\nTo: b\nSubject: c\nDate: d\nThe text begins at once.\n"
        ));
        assert!(!is(
            "From: a\nThe mayor spoke.\nSubject: c\nHe left.\nDate: d\n"
        ));
        assert!(!is(""));
    }

    #[test]
    fn headers_are_mended_in_place() {
        for (mail, want) in [
            (
                "From: a\r\nContent-Type: text/plain;\r\ncharset=utf-8\r\n\r\nx=1",
                "From: a\r\nContent-Type: text/plain;  charset=utf-8\r\n\r\nx=1",
            ),
            (
                "From: a\nA: b;\n c=d\n\nOdd.",
                "From: a\nA: b;\n c=d\n\nOdd.",
            ),
            ("From a@b\nFrom: a\n\n", "X:xxxxxx\nFrom: a\n\n"),
            (
                "From: a\nNo header here\nTo: b\n\nNo header here\n",
                "From: a\nX:xxxxxxxxxxxx\nTo: b\n\nNo header here\n",
            ),
            ("From: a\nSubject : b\n\n", "From: a\nSubject: b\n\n"),
        ] {
            let mended = String::from_utf8(mended(mail.as_bytes())).unwrap();
            assert_eq!(mended.len(), mail.len());
            assert_eq!(mended.replace("Subject:  b", "Subject: b"), want);
        }
    }
}
