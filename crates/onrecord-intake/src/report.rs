//! Puts a [`Report`] together from the structure of its text and its envelope.
//!
//! Left out: finding anything (the other modules).

use std::ops::Range;

use onrecord_lexicon::agencies;
use onrecord_model::{
    Byline, Conversion, Credit, Dateline, Envelope, Evidence, Precision, Problem, ProblemKind,
    Published, PublishedBasis, Report, Segment, SegmentLabel, Span, Text, TextRange, Version,
};
use sha2::{Digest, Sha256};

use crate::layout::{self, Unit};
use crate::pattern::Pattern;
use crate::structure::{self, Structure};
use crate::{ANALYSED, conversions, credits, formats, version};

/// Builds the report of a text that has no markup.
pub(crate) fn plain(text: &Text, envelope: &Envelope) -> (Report, Vec<Problem>) {
    let end = analysed(text.as_str());
    let read = text.as_str().get(..end).unwrap_or_default();
    let units = formats::units(read).unwrap_or_else(|| layout::units(read));
    build(text, end, &units, envelope)
}

/// Builds the report of a text whose units its markup gives.
pub(crate) fn marked(text: &Text, units: &[Unit], envelope: &Envelope) -> (Report, Vec<Problem>) {
    let end = analysed(text.as_str());
    let read = units.partition_point(|u| u.end <= end);
    build(text, end, &units[..read], envelope)
}

/// Builds a report of which the first `end` bytes are analysed.
fn build(text: &Text, end: usize, units: &[Unit], envelope: &Envelope) -> (Report, Vec<Problem>) {
    let mut problems = Vec::new();
    let whole = text.as_str();
    let read = whole.get(..end).unwrap_or(whole);
    let found = structure::read(read, units);
    if end < whole.len() {
        let why = format!(
            "only the first {end} of {} bytes were analysed",
            whole.len()
        );
        problems.push(Problem::new(ProblemKind::TooLong, why));
    }
    let segments = segments(text, &found, end);
    let labelled = |label| {
        segments
            .iter()
            .filter(move |s| s.label == label)
            .map(Segment::range)
    };
    let (published, contradiction) = published(text, &found, envelope);
    problems.extend(contradiction);
    problems.extend(missing(&found, &segments, whole));
    let byline: Vec<Byline> = found
        .byline
        .iter()
        .filter_map(|(name, r)| {
            Some(Byline {
                name: name.clone(),
                span: span(text, r)?,
            })
        })
        .collect();
    let report = Report {
        id: format!("sha256:{}", hex(&Sha256::digest(whole.as_bytes()))),
        headline: found.headline.as_ref().and_then(|r| text.trimmed(range(r))),
        language: envelope.language.clone().unwrap_or_else(|| "en".into()),
        subheads: found
            .subheads
            .iter()
            .filter_map(|r| span(text, r))
            .collect(),
        credits: credits_of(text, &segments, &byline),
        agency: agency(text, &found, &segments),
        dateline: found.dateline.as_ref().and_then(|d| dateline(text, d)),
        outlet: envelope.outlet.clone(),
        url: envelope.url.clone(),
        metadata: envelope.metadata.clone(),
        published,
        version: labelled(SegmentLabel::Correction).find_map(|r| notice(text, r)),
        conversions: conversions_of(text, &segments),
        byline,
        segments,
        text: text.clone(),
    };
    (report, problems)
}

/// How much of a text is analysed: all of it, or the head up to a break near the limit.
fn analysed(text: &str) -> usize {
    if text.len() <= ANALYSED {
        return text.len();
    }
    let mut end = ANALYSED;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default();
    let near = |at: &usize| *at + 65_536 > end;
    let line = head.rfind('\n').filter(near);
    line.or_else(|| head.rfind(' ').filter(near))
        .map_or(end, |i| i + 1)
}

/// Tiles the text: each piece reaches to where the next begins, white space and all.
fn segments(text: &Text, found: &Structure, end: usize) -> Vec<Segment> {
    let len = text.as_str().len();
    let mut cuts: Vec<(SegmentLabel, usize)> = Vec::new();
    for (label, piece) in &found.pieces {
        let words = text.slice(range(piece));
        let inner = piece.start + (words.len() - words.trim_start().len());
        let at = if cuts.is_empty() { 0 } else { inner };
        if cuts.last().is_none_or(|c| c.1 < at) && at < end {
            cuts.push((*label, at));
        }
    }
    if cuts.is_empty() && len > 0 {
        cuts.push((SegmentLabel::Boilerplate, 0));
    }
    if end < len && end > 0 {
        cuts.push((SegmentLabel::Boilerplate, end));
    }
    let ends = cuts.iter().skip(1).map(|c| c.1).chain([len]);
    let ranges = cuts.iter().zip(ends);
    ranges
        .filter_map(|((label, start), end)| Segment::new(text, *label, TextRange::of(*start, end)))
        .collect()
}

fn missing(found: &Structure, segments: &[Segment], text: &str) -> Option<Problem> {
    if text.trim().is_empty() {
        let kind = ProblemKind::Empty;
        return (!text.is_empty()).then(|| Problem::new(kind, "there is nothing but white space"));
    }
    if found.headline.is_none() {
        return Some(Problem::new(
            ProblemKind::NoHeadline,
            "no headline could be told from the text",
        ));
    }
    let prose = segments.iter().any(|s| s.label == SegmentLabel::Body);
    (!prose).then(|| Problem::new(ProblemKind::Empty, "there is no text under the headline"))
}

/// The envelope wins; a stated day that differs by more than a day (midnight falls at
/// different hours) is a contradiction.
fn published(
    text: &Text,
    found: &Structure,
    envelope: &Envelope,
) -> (Option<Published>, Option<Problem>) {
    let stated = found.days.first();
    let Some(day) = &envelope.published else {
        let Some((day, place)) = stated else {
            return (None, None);
        };
        let evidence = span(text, place).map(Evidence::Words).into_iter().collect();
        return (
            Some(day_of(day.to_string(), PublishedBasis::Stated, evidence)),
            None,
        );
    };
    let published = Published {
        value: day.to_string(),
        precision: day.precision(),
        basis: PublishedBasis::Metadata,
        evidence: Vec::new(),
    };
    let problem = stated.and_then(|(said, place)| {
        let apart = day.day().until(*said).ok()?.get_days().abs() > 1;
        let why = format!("the text states `{said}` and `{day}` came with it");
        apart.then(|| Problem::at(ProblemKind::PublishedContradiction, why, span(text, place)))
    });
    (Some(published), problem)
}

fn day_of(value: String, basis: PublishedBasis, evidence: Vec<Evidence>) -> Published {
    Published {
        value,
        precision: Precision::Day,
        basis,
        evidence,
    }
}

fn dateline(text: &Text, found: &crate::dateline::Found) -> Option<Dateline> {
    (!found.place.is_empty()).then_some(())?;
    Some(Dateline {
        place: found.place.clone(),
        agency: found.agency.clone(),
        date: found.date.clone(),
        span: span(text, &found.range)?,
    })
}

fn notice(text: &Text, place: TextRange) -> Option<Version> {
    let words = text.slice(place);
    let kind = version::kind(words)?;
    let core = words
        .trim_start_matches('^')
        .trim_end()
        .trim_end_matches(['<', '-', '–', '—', ':']);
    let start = place.start as usize + (words.len() - words.trim_start_matches('^').len());
    let span = text.trimmed(TextRange::of(start, start + core.len()))?;
    Some(Version { kind, span })
}

fn credits_of(text: &Text, segments: &[Segment], byline: &[Byline]) -> Vec<Credit> {
    let mut out: Vec<Credit> = Vec::new();
    for segment in segments {
        let line = text.slice(segment.range());
        let at = segment.range().start as usize;
        let found = match segment.label {
            SegmentLabel::Credit => credits::read(line),
            SegmentLabel::Image => credits::photographer(line).into_iter().collect(),
            _ => continue,
        };
        for credit in found {
            let place = at + credit.range.start..at + credit.range.end;
            if let Some(span) = span(text, &place) {
                let (name, part, place) = (credit.name, credit.part, credit.place);
                out.push(Credit {
                    name,
                    part,
                    place,
                    span,
                });
            }
        }
    }
    // A sign-off names by surname whom the byline or another credit names in full.
    let full: Vec<String> = byline
        .iter()
        .map(|b| b.name.clone())
        .chain(out.iter().map(|c| c.name.clone()))
        .filter(|n| n.contains(' '))
        .collect();
    for credit in &mut out {
        let is_theirs = |n: &&String| n.rsplit(' ').next() == Some(credit.name.as_str());
        if let Some(name) = full.iter().find(is_theirs) {
            credit.name.clone_from(name);
        }
    }
    out
}

fn conversions_of(text: &Text, segments: &[Segment]) -> Vec<Conversion> {
    let mut out: Vec<Conversion> = Vec::new();
    let read = [SegmentLabel::Conversion, SegmentLabel::Body];
    for segment in segments.iter().filter(|s| read.contains(&s.label)) {
        let at = segment.range().start as usize;
        for found in conversions::find(text.slice(segment.range())) {
            let place = at + found.range.start..at + found.range.end;
            let Some(span) = span(text, &place) else {
                continue;
            };
            let (from, to) = (found.from.to_owned(), found.to.to_owned());
            out.push(Conversion {
                from,
                to,
                rate: found.rate.to_string(),
                span,
            });
        }
    }
    out
}

static RIGHTS: Pattern = Pattern::new(|| {
    format!(
        r"(?:(?i:copyright|©|\(c\)|trust principles|standards).{{0,40}}?|^The )(?P<agency>{0})|(?P<agency2>{0}) is solely",
        *crate::furniture::AGENCY
    )
});

static NAMED: Pattern = Pattern::new(|| crate::furniture::AGENCY.clone());

/// The agency that wrote it: from the dateline, the byline, the rights, then a sign-off that
/// names one agency only.
fn agency(text: &Text, found: &Structure, segments: &[Segment]) -> Option<String> {
    let filed = found.dateline.as_ref().and_then(|d| d.agency.clone());
    if let Some(agency) = filed.or_else(|| found.byline_agency.clone()) {
        return Some(agency);
    }
    let rights = segments
        .iter()
        .filter(|s| s.label == SegmentLabel::Boilerplate && s.range().len() < 600);
    let owner = |s: &Segment| {
        let words = text.slice(s.range());
        let caps = RIGHTS.on(words)?.captures(words)?;
        let name = caps.name("agency").or_else(|| caps.name("agency2"))?;
        agencies::short(name.as_str())
    };
    if let Some(agency) = rights.into_iter().find_map(owner) {
        return Some(agency.to_owned());
    }
    let mut named: Vec<&str> = Vec::new();
    for segment in segments.iter().filter(|s| s.label == SegmentLabel::Credit) {
        let line = text.slice(segment.range());
        let hits = NAMED.on(line).map(|r| r.find_iter(line));
        named.extend(
            hits.into_iter()
                .flatten()
                .filter_map(|m| agencies::short(m.as_str())),
        );
    }
    named.dedup();
    match named.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    }
}

const fn range(r: &Range<usize>) -> TextRange {
    TextRange::of(r.start, r.end)
}

fn span(text: &Text, place: &Range<usize>) -> Option<Span> {
    text.trimmed(range(place))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
