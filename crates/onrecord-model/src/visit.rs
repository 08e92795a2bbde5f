//! Every span of a record, visited once: the check on the way out and on the way in.

use crate::{
    Amount, Commitment, Entity, Event, Evidence, Record, RecordError, Report, Span, SpanError,
    Statement, Text,
};

type Visitor<'v> = dyn FnMut(&mut Span) -> Result<(), SpanError> + 'v;

impl Record {
    /// Reads a record and verifies that every span quotes its text and the segments tile it.
    ///
    /// # Errors
    /// When the JSON is not a record, a span lies, or the segments do not tile.
    pub fn from_json(json: &str) -> Result<Self, RecordError> {
        let mut record: Self = serde_json::from_str(json)?;
        record.verify()?;
        Ok(record)
    }

    /// Verifies every span against the text and fills in its byte range.
    ///
    /// # Errors
    /// At the first span that does not quote the text, or when the segments do not tile it.
    pub fn verify(&mut self) -> Result<(), RecordError> {
        let text = self.report.text.clone();
        self.visit(&mut |span| {
            *span = text.verify(span)?;
            Ok(())
        })?;
        self.report.locate(&text)
    }

    fn visit(&mut self, f: &mut Visitor<'_>) -> Result<(), SpanError> {
        report(&mut self.report, f)?;
        self.entities.iter_mut().try_for_each(|e| entity(e, f))?;
        self.statements
            .iter_mut()
            .try_for_each(|s| statement(s, f))?;
        self.events.iter_mut().try_for_each(|e| event(e, f))?;
        self.commitments
            .iter_mut()
            .try_for_each(|c| commitment(c, f))?;
        self.times.iter_mut().try_for_each(|t| f(&mut t.span))?;
        self.places.iter_mut().try_for_each(|p| f(&mut p.span))?;
        self.amounts.iter_mut().try_for_each(|a| f(&mut a.span))?;
        let problems = self.problems.iter_mut();
        problems.flat_map(|p| &mut p.span).try_for_each(f)
    }
}

impl Report {
    /// Checks the spans of a report that came from JSON without a record, as [`Record::verify`] does.
    ///
    /// # Errors
    /// At the first span that does not quote the text, or when the segments do not tile it.
    pub fn verify(&mut self) -> Result<(), RecordError> {
        let text = self.text.clone();
        report(self, &mut |span| {
            *span = text.verify(span)?;
            Ok(())
        })?;
        self.locate(&text)
    }

    fn locate(&mut self, text: &Text) -> Result<(), RecordError> {
        let located = self.segments.iter_mut().all(|s| s.locate(text));
        if located && self.tiles() {
            Ok(())
        } else {
            Err(RecordError::Tiling)
        }
    }
}

fn event(e: &mut Event, f: &mut Visitor<'_>) -> Result<(), SpanError> {
    f(&mut e.trigger)?;
    e.parties.iter_mut().try_for_each(|p| f(&mut p.span))
}

fn report(r: &mut Report, f: &mut Visitor<'_>) -> Result<(), SpanError> {
    r.headline
        .iter_mut()
        .chain(&mut r.subheads)
        .try_for_each(&mut *f)?;
    r.byline.iter_mut().try_for_each(|b| f(&mut b.span))?;
    r.credits.iter_mut().try_for_each(|c| f(&mut c.span))?;
    r.dateline.iter_mut().try_for_each(|d| f(&mut d.span))?;
    r.version.iter_mut().try_for_each(|v| f(&mut v.span))?;
    r.conversions.iter_mut().try_for_each(|c| f(&mut c.span))?;
    let clues = r.published.iter_mut().flat_map(|p| &mut p.evidence);
    for clue in clues {
        if let Evidence::Words(span) = clue {
            f(span)?;
        }
    }
    Ok(())
}

fn entity(e: &mut Entity, f: &mut Visitor<'_>) -> Result<(), SpanError> {
    e.mentions.iter_mut().try_for_each(|m| f(&mut m.span))?;
    e.roles.iter_mut().try_for_each(|r| f(&mut r.span))
}

fn statement(s: &mut Statement, f: &mut Visitor<'_>) -> Result<(), SpanError> {
    s.source
        .span
        .iter_mut()
        .chain(&mut s.occasion)
        .try_for_each(&mut *f)?;
    f(&mut s.cue.span)?;
    s.content.iter_mut().try_for_each(f)
}

fn commitment(c: &mut Commitment, f: &mut Visitor<'_>) -> Result<(), SpanError> {
    c.parties.iter_mut().try_for_each(|p| f(&mut p.span))?;
    c.cue.iter_mut().try_for_each(&mut *f)?;
    f(&mut c.object)?;
    c.amount
        .iter_mut()
        .try_for_each(|a: &mut Amount| f(&mut a.span))?;
    c.condition.iter_mut().chain(&mut c.part_of).try_for_each(f)
}
