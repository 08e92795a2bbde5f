//! IPTC 7901, the frame of old text wires: a header line behind SOH, a slug over STX, the story,
//! ETX and the time it was sent.
//!
//! The text stays as it came; the frame only tells what its lines are. ANPA 1312 marks its lines
//! with `^` and `<`, which `structure` reads.
//!
//! Source: IPTC 7901, "The IPTC recommended message format", 1995.

use onrecord_model::SegmentLabel;

use crate::layout::{self, Unit};
use crate::version;

const STX: char = '\u{2}';
const ETX: char = '\u{3}';

/// The units of a framed text; `None` for any other.
pub(crate) fn units(text: &str) -> Option<Vec<Unit>> {
    let start = text.find(STX)?;
    let frame = text.get(..start)?;
    let slugged = frame.trim_end().ends_with('/');
    if frame.len() > 400 || !frame.contains('\u{1}') || !slugged || text.contains("\n^") {
        return None;
    }
    let mut units = head(text, start);
    let mut headed = false;
    for unit in &mut units {
        let line = text.get(unit.start..unit.end)?;
        let words = line.trim_matches(|c: char| c.is_control());
        unit.label = if line.contains('\u{1}') {
            Some(SegmentLabel::Boilerplate)
        } else if unit.end <= start {
            Some(SegmentLabel::Kicker)
        } else if line.starts_with(ETX) {
            None
        } else if !headed && is_version(words) {
            Some(SegmentLabel::Correction)
        } else if !headed && words.is_empty() {
            Some(SegmentLabel::Boilerplate)
        } else if !headed {
            headed = true;
            Some(SegmentLabel::Headline)
        } else {
            None
        };
    }
    Some(units)
}

/// "1ST LEAD" over a headline.
fn is_version(line: &str) -> bool {
    let short = line.split_whitespace().count() <= 4;
    short && !line.contains(char::is_lowercase) && version::kind(line).is_some()
}

/// Each line down to the first blank one under STX is a unit; below, prose may be wrapped.
fn head(text: &str, start: usize) -> Vec<Unit> {
    let under = text.get(start..).unwrap_or_default();
    let blank = |w: &str| under.find(w).map(|i| start + i);
    let end = blank("\n\n")
        .or_else(|| blank("\n   "))
        .unwrap_or(text.len());
    let (lines, prose) = text.split_at(end);
    let at = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let lines = lines.lines().map(str::trim).filter(|l| !l.is_empty());
    let mut units: Vec<Unit> = lines
        .map(|line| Unit {
            start: at(line),
            end: at(line) + line.len(),
            apart: false,
            label: None,
        })
        .collect();
    units.extend(layout::units(prose).into_iter().map(|u| Unit {
        start: u.start + end,
        end: u.end + end,
        ..u
    }));
    units
}
