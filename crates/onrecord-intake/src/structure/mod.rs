//! What each unit of a text is, told by its form and by the units around it.
//!
//! The title block comes first: kickers, notices and pictures are passed over, then a line that
//! does not close like a sentence and has text below it is the headline; teasers, byline and the
//! day of publication follow. Everything below is the body with crossheads and furniture in it.
//!
//! A text of one paragraph that closes like a sentence has no headline: it is body.
//!
//! Left out: the words inside bylines, datelines and credits (their own modules).

mod title;

use std::ops::Range;

use jiff::civil::Date;
use onrecord_lexicon::agencies;
use onrecord_model::SegmentLabel;

use crate::layout::Unit;
use crate::{byline, conversions, dateline, furniture, names, run_on, sentence, stamp, version};

/// The structure of a text; places are bytes of it.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    /// Label and first byte of each piece, in order.
    pub pieces: Vec<(SegmentLabel, Range<usize>)>,
    pub headline: Option<Range<usize>>,
    pub subheads: Vec<Range<usize>>,
    pub byline: Vec<(String, Range<usize>)>,
    pub byline_agency: Option<String>,
    pub dateline: Option<dateline::Found>,
    /// Stated days of publication, the best first.
    pub days: Vec<(Date, Range<usize>)>,
}

/// What a unit is by its form.
#[derive(Clone, Debug)]
enum Kind {
    Furniture(SegmentLabel),
    Byline(byline::Found),
    Stamp(Date, Range<usize>),
    Dateline(dateline::Found),
    /// What the markup says.
    Marked(SegmentLabel),
    Prose,
}

impl Kind {
    fn is_text(&self) -> bool {
        matches!(self, Self::Prose | Self::Dateline(_))
    }
}

/// A crosshead is not longer, in words.
const CROSSHEAD_WORDS: usize = 8;
/// A place in capitals opens the report only this near its head, in units of text.
const DATELINE_WITHIN: usize = 4;

/// Reads the structure of a text.
pub(crate) fn read(text: &str, units: &[Unit]) -> Structure {
    let mut reading = Reading {
        text,
        units,
        kinds: units
            .iter()
            .map(|u| {
                u.label
                    .map_or_else(|| kind(&text[u.start..u.end]), Kind::Marked)
            })
            .collect(),
        out: Structure::default(),
    };
    let titled = units
        .iter()
        .any(|u| u.label == Some(SegmentLabel::Headline));
    let body = if titled { 0 } else { reading.title_block() };
    reading.body(body);
    reading.out
}

fn kind(line: &str) -> Kind {
    if line.len() > 4096 {
        return dateline::opening(line).map_or(Kind::Prose, Kind::Dateline);
    }
    if conversions::is_line(line) {
        return Kind::Furniture(SegmentLabel::Conversion);
    }
    if let Some((day, range)) = stamp::of_line(line) {
        return Kind::Stamp(day, range);
    }
    if let Some(found) = byline::written(line) {
        return Kind::Byline(found);
    }
    if let Some(label) = furniture::of_line(line) {
        return Kind::Furniture(label);
    }
    if let Some(found) = byline::of_line(line).or_else(|| byline::with_job(line)) {
        return Kind::Byline(found);
    }
    if is_wire_header(line) {
        return Kind::Furniture(SegmentLabel::Boilerplate);
    }
    dateline::opening(line).map_or(Kind::Prose, Kind::Dateline)
}

/// Words that the header line of an old wire has at most.
const HEADER_WORDS: usize = 12;

/// Whether a line is the header of an old wire: a mark of transmission among a few codes. A sentence
/// with a stray one is a sentence.
fn is_wire_header(line: &str) -> bool {
    let is_mark = |c: char| matches!(c, '\u{1}'..='\u{4}');
    let bare =
        line.trim_end_matches(|c: char| is_mark(c) || c.is_whitespace() || "\"'”’)".contains(c));
    let words = bare.split_whitespace().take(HEADER_WORDS + 1).count();
    line.chars().take(200).any(is_mark)
        && words <= HEADER_WORDS
        && !bare.ends_with(['.', '!', '?', '…'])
}

struct Reading<'t> {
    text: &'t str,
    units: &'t [Unit],
    kinds: Vec<Kind>,
    out: Structure,
}

impl Reading<'_> {
    fn line(&self, i: usize) -> &str {
        self.units.get(i).map_or("", |u| &self.text[u.start..u.end])
    }

    fn push(&mut self, label: SegmentLabel, i: usize) {
        if let Some(u) = self.units.get(i) {
            self.out.pieces.push((label, u.start..u.end));
        }
    }

    fn text_after(&self, i: usize) -> bool {
        self.kinds.iter().skip(i + 1).any(Kind::is_text)
    }

    fn signs_after(&self, i: usize, within: usize) -> bool {
        let near = self.kinds.iter().skip(i + 1).take(within);
        near.take_while(|k| !matches!(k, Kind::Furniture(SegmentLabel::Credit)))
            .any(|k| matches!(k, Kind::Byline(_) | Kind::Dateline(_) | Kind::Stamp(..)))
    }

    /// A unit that is what its form says.
    fn plain(&mut self, kind: Kind, i: usize) {
        let Some(unit) = self.units.get(i).copied() else {
            return;
        };
        let at = unit.start;
        match kind {
            Kind::Furniture(label) => self.furniture(label, i),
            Kind::Byline(found) => {
                self.push(SegmentLabel::Byline, i);
                if let Some((day, range)) = crate::dates::full_date(self.line(i)) {
                    self.out.days.push((day, at + range.start..at + range.end));
                }
                self.sign(found, at);
            }
            Kind::Stamp(day, range) => {
                let updated = stamp::is_update(self.line(i));
                let label = if updated {
                    SegmentLabel::Correction
                } else if self.line(i).starts_with('\u{3}') {
                    SegmentLabel::Boilerplate
                } else {
                    SegmentLabel::Byline
                };
                self.push(label, i);
                let place = at + range.start..at + range.end;
                if updated {
                    self.out.days.push((day, place));
                } else {
                    self.out.days.insert(0, (day, place));
                }
            }
            Kind::Marked(label) => self.marked(label, i),
            Kind::Prose | Kind::Dateline(_) => self.push(SegmentLabel::Body, i),
        }
    }

    /// A unit that is what its carrier's markup says.
    fn marked(&mut self, label: SegmentLabel, i: usize) {
        let Some(unit) = self.units.get(i).copied() else {
            return;
        };
        match label {
            SegmentLabel::Headline if self.out.headline.is_none() => {
                let core = furniture::unmarked(self.line(i));
                let prefix = version::prefix(core);
                let whole = core.len() < prefix + 12;
                return self.headline(i, if whole { 0 } else { prefix });
            }
            SegmentLabel::Teaser | SegmentLabel::Headline => {
                self.out.subheads.push(unit.start..unit.end);
                return self.push(SegmentLabel::Teaser, i);
            }
            SegmentLabel::Byline => {
                let line = self.line(i);
                if let Some(found) = byline::marked(line) {
                    self.sign(found, unit.start);
                }
            }
            SegmentLabel::Dateline => {
                if let Some(found) = dateline::marked(self.line(i)) {
                    self.file(found, unit.start);
                }
            }
            _ => {}
        }
        self.push(label, i);
    }

    /// A unit of furniture, which prose or other furniture may follow in the same line.
    fn furniture(&mut self, label: SegmentLabel, i: usize) {
        let Some(unit) = self.units.get(i).copied() else {
            return;
        };
        let line = &self.text[unit.start..unit.end];
        let mut pieces = run_on::cut(line);
        if let Some((first, piece)) = pieces.first_mut()
            && *first == SegmentLabel::Body
        {
            *first = furniture::of_line(&line[piece.clone()]).unwrap_or(SegmentLabel::Body);
        }
        let mixed = pieces.iter().any(|(l, _)| *l != label);
        let told = pieces.iter().any(|(l, _)| *l == label);
        if pieces.len() < 2 || !mixed || !told {
            return self.push(label, i);
        }
        for (label, piece) in pieces {
            let place = unit.start + piece.start..unit.start + piece.end;
            self.out.pieces.push((label, place));
        }
    }

    fn sign(&mut self, found: byline::Found, at: usize) {
        if self.out.byline.is_empty() {
            let names = found.names.into_iter();
            self.out.byline = names.map(|(n, r)| (n, at + r.start..at + r.end)).collect();
        }
        if self.out.byline_agency.is_none() {
            self.out.byline_agency = found.agency;
        }
    }

    fn body(&mut self, from: usize) {
        let mut seen = 0;
        for i in from..self.units.len() {
            match self.kinds[i].clone() {
                Kind::Prose if self.is_signature(i) => {
                    self.push(SegmentLabel::Credit, i);
                }
                Kind::Prose if self.is_crosshead(i, seen) => self.push(SegmentLabel::Crosshead, i),
                Kind::Prose => {
                    self.prose(i, seen);
                    seen += 1;
                }
                Kind::Dateline(found) => {
                    self.filed(i, found, seen);
                    seen += 1;
                }
                Kind::Stamp(..) if seen > 1 && !self.line(i).starts_with('\u{3}') => {
                    self.push(SegmentLabel::Boilerplate, i);
                }
                kind => self.plain(kind, i),
            }
        }
    }

    /// A paragraph behind a dateline.
    fn filed(&mut self, i: usize, found: dateline::Found, seen: usize) {
        let unit = self.units[i];
        let near = seen < DATELINE_WITHIN && self.out.dateline.is_none();
        if found.agency.is_none() && !near {
            return self.prose(i, seen);
        }
        let end = unit.start + found.range.end;
        self.out
            .pieces
            .push((SegmentLabel::Dateline, unit.start..end));
        self.file(found, unit.start);
        self.run_on(end..unit.end);
    }

    fn file(&mut self, found: dateline::Found, at: usize) {
        if self.out.dateline.is_some() {
            return;
        }
        let range = at + found.range.start..at + found.range.end;
        if let Some(day) = found.day {
            self.out.days.push((day, range.clone()));
        }
        self.out.dateline = Some(dateline::Found { range, ..found });
    }

    fn prose(&mut self, i: usize, seen: usize) {
        let unit = self.units[i];
        let line = self.line(i);
        let mut start = unit.start;
        if seen < 2 {
            if let Some(end) = self.repeats_headline(line) {
                self.out
                    .pieces
                    .push((SegmentLabel::Kicker, start..start + end));
                start += end;
            } else if let Some(found) = dateline::inside(line) {
                start = self.signed_run_on(unit, found);
            }
        }
        self.run_on(start..unit.end);
    }

    /// "By LENA MARSH, Example Press LIMA (AP) — The board": byline and dateline before prose.
    fn signed_run_on(&mut self, unit: Unit, found: dateline::Found) -> usize {
        let line = &self.text[unit.start..unit.end];
        let (before, _) = line.split_at(found.range.start.min(line.len()));
        let by = before
            .find("By ")
            .or_else(|| before.find("BY "))
            .filter(|i| *i == 0 || before[..*i].ends_with(' '));
        let signed = by.and_then(|i| byline::of_line(before.get(i..)?).map(|f| (i, f)));
        let Some((at, names)) = signed else {
            return unit.start;
        };
        if at > 0 {
            if self.out.headline.is_some() || sentence::boundaries(&before[..at]).len() > 1 {
                return unit.start;
            }
            let title = before[..at].trim_end();
            self.out.headline = Some(unit.start..unit.start + title.len());
            self.out
                .pieces
                .push((SegmentLabel::Headline, unit.start..unit.start + at));
        }
        let start = unit.start + at;
        let end = unit.start + found.range.end;
        self.out
            .pieces
            .push((SegmentLabel::Byline, start..unit.start + found.range.start));
        self.out
            .pieces
            .push((SegmentLabel::Dateline, unit.start + found.range.start..end));
        self.sign(names, start);
        self.file(found, unit.start);
        end
    }

    /// Prose with the furniture that runs on in it.
    fn run_on(&mut self, range: Range<usize>) {
        let line = self.text.get(range.clone()).unwrap_or_default();
        for (label, piece) in run_on::cut(line) {
            let place = range.start + piece.start..range.start + piece.end;
            self.out.pieces.push((label, place));
        }
    }

    /// Bytes of a repeated headline at the head of a paragraph, with a word of a rubric before.
    fn repeats_headline(&self, line: &str) -> Option<usize> {
        let headline = self.text.get(self.out.headline.clone()?)?;
        if headline.split_whitespace().count() < 4 {
            return None;
        }
        let at = line
            .get(..line.len().min(headline.len() + 60))
            .map_or_else(|| line.find(headline), |h| h.find(headline))?;
        let before = line.get(..at)?.trim();
        if before.split_whitespace().count() > 2 {
            return None;
        }
        let rest = line.get(at + headline.len()..)?;
        let gap = rest.len()
            - rest
                .trim_start_matches(['.', ' ', ':', '-', '–', '—'])
                .len();
        // A sentence may begin with the headline's words and go on in its own.
        (rest.is_empty() || gap > 0 && rest.starts_with(['.', ':', '-', '–', '—']) || gap > 1)
            .then_some(at + headline.len() + gap)
    }

    /// An agency's name on a line of its own, or a name behind a dash under the last words.
    fn is_signature(&self, i: usize) -> bool {
        let line = furniture::unmarked(self.line(i));
        let name = line
            .trim_start_matches(['-', '–', '—'])
            .trim()
            .trim_end_matches('.');
        let dashed = name.len() < line.trim_end_matches('.').len();
        agencies::short(name).is_some() || dashed && !self.text_after(i) && names::is_person(name)
    }

    fn is_crosshead(&self, i: usize, seen: usize) -> bool {
        let line = self.line(i);
        let words = line.split_whitespace().count();
        let large = line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
        if words > CROSSHEAD_WORDS || line.len() > 90 {
            return false;
        }
        if self.units.len() == 1 {
            return large
                && words <= 6
                && !line.ends_with('.')
                && !line.contains(|c: char| c.is_numeric());
        }
        let opens =
            line.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "‘“'\"".contains(c));
        // A stop inside the quotation marks closes a sentence too; a colon inside is a speaker's.
        let bare = line.trim_end_matches(['”', '"', '\'', '’']);
        let stopped = bare.ends_with(['.', ';', ',']);
        let ends = !stopped
            && (large || !line.ends_with(['-', '–', '—', '”', '"']) && !line.contains(':'));
        let alone = self.text_after(i) && (seen > 0 || self.out.headline.is_some());
        let next_is_prose = self.kinds.get(i + 1).is_some_and(Kind::is_text)
            && (sentence::is_closed(self.line(i + 1)) || self.line(i + 1).len() > 120);
        opens && ends && alone && (large || next_is_prose)
    }
}

#[cfg(test)]
mod tests {
    use super::is_wire_header;

    #[test]
    fn a_sentence_with_a_stray_mark_is_no_header() {
        for header in ["\u{1}a0123 reu", "\u{2}", "a f BC-FERRY 03-04 0412\u{3}"] {
            assert!(is_wire_header(header), "{header:?}");
        }
        for sentence in [
            "“We will pay,” the mayor said on Tuesday. \u{1} x said it rained.",
            "\u{2}PORT ELLERY - It rained.\u{3}",
            "The council voted\u{4} to close the old ferry terminal by the end of June, which\nis late",
            "The council met",
        ] {
            assert!(!is_wire_header(sentence), "{sentence:?}");
        }
    }
}
