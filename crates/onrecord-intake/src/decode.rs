//! Bytes to canonical text: byte order marks, UTF-8, UTF-16, the legacy encodings, newlines.
//!
//! The text is exactly the input with `\r\n` and a lone `\r` written as `\n`; control characters
//! and NULs stay. What is not text (an image, an archive) gives the empty text and a problem.
//!
//! Left out: charset labels of HTTP. The alignment of
//! UTF-16 and of multi-byte legacy text maps every place to the start of the input: runs are
//! copies, and there is nothing to copy.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use onrecord_model::{AlignedText, AlignedTextBuilder, Problem, ProblemKind};

/// More than this many bytes are not taken in at all: places in a text are 32 bits wide.
pub(crate) const MOST: usize = 1 << 30;
/// How much of the input the detector of legacy encodings looks at.
const LOOK: usize = 1 << 16;

/// Decodes bytes; `declared` is the encoding their markup says they are in, which is believed
/// where the bytes do not say otherwise.
pub(crate) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> (AlignedText, Vec<Problem>) {
    let mut problems = Vec::new();
    let taken = bytes.get(..MOST).unwrap_or(bytes);
    if taken.len() < bytes.len() {
        let why = format!("only the first {MOST} bytes were taken in");
        problems.push(Problem::new(ProblemKind::TooLong, why));
    }
    if taken.is_empty() {
        problems.push(Problem::new(ProblemKind::Empty, "there is no text"));
        return (AlignedText::identity(""), problems);
    }
    match choose(taken) {
        Choice::Encoded(guess) => {
            // Every label of Latin-1 means Windows-1252 in markup; a label of UTF-8 on other
            // bytes is wrong.
            let fits = declared.filter(|d| *d != encoding_rs::UTF_8 && d.is_ascii_compatible());
            let encoding = fits.unwrap_or(guess);
            if fits.is_none() {
                let why = format!("the text was read as {}", encoding.name());
                problems.push(Problem::new(ProblemKind::Encoding, why));
            }
            (legacy(taken, encoding), problems)
        }
        Choice::Utf8(skip) => {
            let mut out = AlignedText::builder();
            utf8(&taken[skip..], skip, &mut out, &mut problems);
            (out.finish(), problems)
        }
        Choice::Utf16(encoding) => (legacy(taken, encoding), problems),
        Choice::Utf32(order) => (utf32(&taken[4..], order, &mut problems), problems),
        Choice::Binary(what) => {
            let why = format!("the input is {what}, not text");
            problems.push(Problem::new(ProblemKind::Binary, why));
            (AlignedText::identity(""), problems)
        }
    }
}

/// What bytes are that are not text.
pub(crate) fn binary(head: &[u8]) -> Option<&'static str> {
    match choose(head) {
        Choice::Binary(what) => Some(what),
        _ => None,
    }
}

/// The form of UTF-16 that a text which begins so is in.
pub(crate) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match choose(head) {
        Choice::Utf16(encoding) => Some(encoding),
        _ => None,
    }
}

enum Choice {
    /// UTF-8 behind this many bytes of mark.
    Utf8(usize),
    Utf16(&'static Encoding),
    /// Behind its mark: how four bytes are a number.
    Utf32(fn([u8; 4]) -> u32),
    Encoded(&'static Encoding),
    Binary(&'static str),
}

/// Files that begin like this are never text, whatever their other bytes look like.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
];

fn choose(bytes: &[u8]) -> Choice {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Choice::Utf8(3);
    }
    // Before UTF-16, whose mark it begins with.
    if bytes.starts_with(b"\xff\xfe\0\0") {
        return Choice::Utf32(u32::from_le_bytes);
    }
    if bytes.starts_with(b"\0\0\xfe\xff") {
        return Choice::Utf32(u32::from_be_bytes);
    }
    if bytes.starts_with(b"\xff\xfe") {
        return Choice::Utf16(UTF_16LE);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Choice::Utf16(UTF_16BE);
    }
    if let Some(&(_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Choice::Binary(what);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Choice::Utf16(encoding);
    }
    let head = bytes.get(..LOOK).unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_ok() {
        // A file of control characters is valid UTF-8 and still no text.
        return if controls(head) * 3 > head.len() && head.len() > 16 {
            Choice::Binary("binary data")
        } else {
            Choice::Utf8(0)
        };
    }
    if controls(head) * 20 > head.len() {
        return Choice::Binary("binary data");
    }
    if mostly_utf8(bytes) {
        return Choice::Utf8(0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // English news outside Unicode is Windows-1252 or its subset Latin-1 but for the odd name:
    // a few high bytes in much ASCII are its quotes, dashes and accents.
    let high = head.iter().filter(|b| **b >= 0x80).count();
    if high * 20 < head.len() {
        return Choice::Encoded(WINDOWS_1252);
    }
    Choice::Encoded(guess)
}

/// Bytes that text does not hold; the marks of old wires (SOH, STX, ETX, EOT, ESC) are allowed.
fn controls(bytes: &[u8]) -> usize {
    let odd = |b: &u8| matches!(b, 0 | 5..=8 | 14..=26 | 28..=31 | 127);
    bytes.iter().filter(|b| odd(b)).count()
}

/// A text in ASCII letters stored two bytes each shows a zero in every other place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..512).unwrap_or(bytes);
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |odd: usize| head.chunks_exact(2).filter(|c| c[odd] == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    if low * 10 > pairs * 7 && high * 10 < pairs {
        return Some(UTF_16LE);
    }
    (high * 10 > pairs * 7 && low * 10 < pairs).then_some(UTF_16BE)
}

/// Damaged UTF-8 (a cut character, a stray byte) still has far more whole characters than faults.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut faults) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    whole > faults * 3
}

/// Copies UTF-8, writing newlines as `\n` and faults as U+FFFD.
fn utf8(bytes: &[u8], skip: usize, out: &mut AlignedTextBuilder, problems: &mut Vec<Problem>) {
    let mut at = skip;
    let mut faults = 0usize;
    for chunk in bytes.utf8_chunks() {
        newlines(chunk.valid(), at, out);
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            out.replace("\u{fffd}");
            at += chunk.invalid().len();
            faults += 1;
        }
    }
    if faults > 0 {
        let why = format!("{faults} faults in the UTF-8 were replaced");
        problems.push(Problem::new(ProblemKind::Encoding, why));
    }
}

/// Copies a piece that stands at byte `at` of the input, folding `\r\n` and `\r` to `\n`.
fn newlines(piece: &str, at: usize, out: &mut AlignedTextBuilder) {
    let mut from = 0;
    while let Some(i) = piece.get(from..).and_then(|p| p.find('\r')) {
        let cr = from + i;
        out.copy(&piece[from..cr], at + from);
        if piece.as_bytes().get(cr + 1) == Some(&b'\n') {
            from = cr + 1;
        } else {
            out.replace("\n");
            from = cr + 1;
        }
    }
    out.copy(piece.get(from..).unwrap_or_default(), at + from);
}

/// Decodes UTF-32; what is no character is U+FFFD.
fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32, problems: &mut Vec<Problem>) -> AlignedText {
    let mut faults = bytes.len() % 4;
    let mut text = String::with_capacity(bytes.len() / 4);
    for four in bytes.chunks_exact(4) {
        let c = four.try_into().ok().map(number).and_then(char::from_u32);
        faults += usize::from(c.is_none());
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if faults > 0 {
        let why = format!("{faults} faults in the UTF-32 were replaced");
        problems.push(Problem::new(ProblemKind::Encoding, why));
    }
    let mut out = AlignedText::builder();
    out.replace(&text.replace("\r\n", "\n").replace('\r', "\n"));
    out.finish()
}

/// Decodes a legacy encoding; ASCII stretches of a single-byte one are copies.
fn legacy(bytes: &[u8], encoding: &'static Encoding) -> AlignedText {
    let mut out = AlignedText::builder();
    if !encoding.is_single_byte() {
        let (text, _, _) = encoding.decode(bytes);
        out.replace(&text.replace("\r\n", "\n").replace('\r', "\n"));
        return out.finish();
    }
    let mut at = 0;
    for run in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        if let Ok(ascii) = std::str::from_utf8(run) {
            newlines(ascii, at, &mut out);
        } else {
            let (text, _) = encoding.decode_without_bom_handling(run);
            out.replace(&text);
        }
        at += run.len();
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, kinds: &[ProblemKind]) {
        let (aligned, problems) = decode(bytes, None);
        assert_eq!(aligned.text().as_str(), text);
        let found: Vec<_> = problems.iter().map(|p| p.kind).collect();
        assert_eq!(found, kinds, "{problems:?}");
    }

    #[test]
    fn plain_text_is_kept_to_the_letter() {
        check(
            b"One.\n\n\tTwo \x00 three.\n",
            "One.\n\n\tTwo \0 three.\n",
            &[],
        );
        check(b"a\r\nb\rc\n\r\n", "a\nb\nc\n\n", &[]);
        check("Zoë – “yes”".as_bytes(), "Zoë – “yes”", &[]);
        check("\u{feff}Mayor".as_bytes(), "Mayor", &[]);
    }

    #[test]
    fn other_encodings_are_read() {
        let utf16: Vec<u8> = "Mayor Zoë quits"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&utf16, "Mayor Zoë quits", &[]);
        let marked: Vec<u8> = b"\xfe\xff"
            .iter()
            .copied()
            .chain("Zoë".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        check(&marked, "Zoë", &[]);
        for order in [u32::to_le_bytes, u32::to_be_bytes] {
            let utf32: Vec<u8> = "\u{feff}Zoë 🕊\r\n"
                .chars()
                .flat_map(|c| order(u32::from(c)))
                .collect();
            check(&utf32, "Zoë 🕊\n", &[]);
            let cut = &utf32[..utf32.len() - 2];
            check(cut, "Zoë 🕊\n", &[ProblemKind::Encoding]);
        }
        check(
            b"\x93We will stay,\x94 the mayor said of the harbour caf\xe9 in the old town.",
            "“We will stay,” the mayor said of the harbour café in the old town.",
            &[ProblemKind::Encoding],
        );
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "“Zoë” “Ángel” “Ødegård” – all came".as_bytes().to_vec();
        bytes.truncate(bytes.len());
        bytes.push(0xe2);
        check(
            &bytes,
            "“Zoë” “Ángel” “Ødegård” – all came\u{fffd}",
            &[ProblemKind::Encoding],
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "", &[ProblemKind::Binary]);
        check(
            &[0xfa, 0x01, 0x00, 0x1e].repeat(40),
            "",
            &[ProblemKind::Binary],
        );
        check(&[0; 64], "", &[ProblemKind::Binary]);
        check(b"", "", &[ProblemKind::Empty]);
    }

    #[test]
    fn places_lead_back_to_the_bytes() {
        let source = b"caf\xe9 owners\r\nmet the mayor in the long hall of the old town on Monday";
        let (aligned, _) = decode(source, None);
        let at = aligned.text().as_str().find("mayor").unwrap();
        let back = aligned.source(onrecord_model::TextRange::of(at, at + 5));
        assert_eq!(&source[back.usizes()], b"mayor");
    }
}
