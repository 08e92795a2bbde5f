//! `--show s9`: the sentences behind an entry with its words marked.
//!
//! With colours the words are coloured; without, a row of marks stands under each line, so that
//! the marking survives a pipe and a printer.

use onrecord::Reading;
use onrecord::model::{EntityId, Record, Span, TextRange};
use unicode_width::UnicodeWidthChar as _;

use crate::look::{Ink, Look, clean, is_hostile};
use crate::trouble::Trouble;
use crate::words;

/// What words are to an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    Source,
    Cue,
    Content,
    /// How much, on what condition, of what a part.
    Term,
}

impl Part {
    /// All of them, in the order of the legend.
    pub(crate) const ALL: [Self; 4] = [Self::Source, Self::Cue, Self::Content, Self::Term];

    const fn mark(self) -> char {
        match self {
            Self::Source => '~',
            Self::Cue => '=',
            Self::Content => '-',
            Self::Term => '+',
        }
    }

    pub(crate) const fn ink(self) -> Ink {
        match self {
            Self::Source => Ink::Source,
            Self::Cue => Ink::Cue,
            Self::Content => Ink::Content,
            Self::Term => Ink::Strong,
        }
    }
}

/// An entry's words.
pub(crate) struct Shown {
    title: String,
    /// What the marks stand for here.
    pub(crate) legend: [&'static str; 4],
    /// Earlier ones win where two cover the same words.
    pub(crate) marks: Vec<(TextRange, Part)>,
}

/// Prints each entry asked for.
///
/// # Errors
/// When no entry has an id.
pub(crate) fn print(
    reading: &Reading,
    ids: &[String],
    report: &str,
    look: Look,
) -> Result<String, Trouble> {
    let mut out = String::new();
    for (i, id) in ids.iter().enumerate() {
        let shown = find(&reading.record, id).ok_or_else(|| Trouble::NoEntry {
            id: id.clone(),
            report: report.to_owned(),
            hint: hint(&reading.record),
        })?;
        if i > 0 {
            out.push('\n');
        }
        one(&mut out, reading, &shown, look);
    }
    Ok(out)
}

/// Which ids there are.
fn hint(record: &Record) -> String {
    let all: Vec<String> = [
        ends(record.statements.iter().map(|s| s.id)),
        ends(record.commitments.iter().map(|c| c.id)),
        ends(record.events.iter().map(|e| e.id)),
        ends(record.entities.iter().map(|e| e.id)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if all.is_empty() {
        "it has no entries".to_owned()
    } else {
        format!("it has {}", all.join(", "))
    }
}

/// The first and the last of some ids.
fn ends(mut ids: impl DoubleEndedIterator<Item: std::fmt::Display>) -> Option<String> {
    let first = ids.next()?;
    Some(match ids.next_back() {
        None => format!("`{first}`"),
        Some(last) => format!("`{first}` to `{last}`"),
    })
}

pub(crate) fn find(record: &Record, id: &str) -> Option<Shown> {
    statement(record, id)
        .or_else(|| commitment(record, id))
        .or_else(|| event(record, id))
        .or_else(|| entity(record, id))
}

fn statement(record: &Record, id: &str) -> Option<Shown> {
    let s = record.statements.iter().find(|s| s.id.to_string() == id)?;
    let mut marks = vec![(s.cue.span.range(), Part::Cue)];
    marks.extend(s.source.span.iter().map(|x| (x.range(), Part::Source)));
    marks.extend(s.content.iter().map(|c| (c.range(), Part::Content)));
    let who = words::speaker(record, s).unwrap_or_else(|| "no source in the text".to_owned());
    Some(Shown {
        title: format!("{id}  {who}: {}", words::said(s)),
        legend: ["source", "cue", "content", ""],
        marks,
    })
}

fn commitment(record: &Record, id: &str) -> Option<Shown> {
    let c = record.commitments.iter().find(|c| c.id.to_string() == id)?;
    let cue = c.cue.iter().map(|s| (s.range(), Part::Cue));
    let terms = c.amount.iter().map(|a| &a.span);
    let terms = terms.chain(&c.condition).chain(&c.part_of);
    let parties = c.parties.iter().map(|p| (p.span.range(), Part::Source));
    let marks = cue
        .chain(terms.map(|s| (s.range(), Part::Term)))
        .chain(parties)
        .chain([(c.object.range(), Part::Content)]);
    Some(Shown {
        title: format!("{id}  {}: {}", words::status(c), clean(c.object.quote())),
        legend: ["party", "cue", "object", "amount, condition or whole"],
        marks: marks.collect(),
    })
}

fn event(record: &Record, id: &str) -> Option<Shown> {
    let e = record.events.iter().find(|e| e.id.to_string() == id)?;
    let mut marks = vec![(e.trigger.range(), Part::Cue)];
    marks.extend(mentions(record, &e.actors).map(|s| (s.range(), Part::Source)));
    marks.extend(mentions(record, &e.recipients).map(|s| (s.range(), Part::Content)));
    let kind = e.kind.as_str().to_lowercase();
    Some(Shown {
        title: format!("{id}  {kind} “{}”", clean(e.trigger.quote())),
        legend: ["actor", "trigger", "recipient", ""],
        marks,
    })
}

fn entity(record: &Record, id: &str) -> Option<Shown> {
    let e = record.entities.iter().find(|e| e.id.to_string() == id)?;
    let roles = e.roles.iter().map(|r| (r.span.range(), Part::Cue));
    let mentions = e.mentions.iter().map(|m| (m.span.range(), Part::Content));
    Some(Shown {
        title: format!("{id}  {} ({})", clean(&e.name), e.kind),
        legend: ["", "role", "mention", ""],
        marks: roles.chain(mentions).collect(),
    })
}

fn mentions<'r>(record: &'r Record, ids: &'r [EntityId]) -> impl Iterator<Item = &'r Span> {
    ids.iter()
        .filter_map(|id| words::entity(record, *id))
        .flat_map(|e| e.mentions.iter().map(|m| &m.span))
}

fn one(out: &mut String, reading: &Reading, shown: &Shown, look: Look) {
    look.paragraph(out, "", "    ", &look.ink(Ink::Strong, &shown.title));
    let stretches = stretches(reading, shown);
    for (i, range) in stretches.iter().enumerate() {
        if i > 0 && gap(reading, &stretches, i) {
            out.push_str("    …\n");
        }
        for line in lines(
            reading.record.report.text.slice(*range),
            range.start,
            look.width,
        ) {
            marked(out, &line, &shown.marks, look);
        }
    }
    legend(out, shown, &stretches, look);
}

/// The sentences the marks lie in; where analysis cut none, the lines of the text. For events
/// the first mark decides: its actors' other mentions are not what it rests on.
fn stretches(reading: &Reading, shown: &Shown) -> Vec<TextRange> {
    let anchors: Vec<TextRange> = if shown.legend[1] == "trigger" {
        shown.marks.iter().take(1).map(|(r, _)| *r).collect()
    } else {
        shown.marks.iter().map(|(r, _)| *r).collect()
    };
    let mut out: Vec<TextRange> = Vec::new();
    for anchor in anchors {
        let sentences = reading.document.sentences().iter().map(|s| s.range);
        let touched: Vec<TextRange> = sentences.filter(|r| r.overlaps(anchor)).collect();
        if touched.is_empty() {
            out.push(line_around(reading.record.report.text.as_str(), anchor));
        } else {
            out.extend(touched);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

pub(crate) fn line_around(text: &str, range: TextRange) -> TextRange {
    let (start, end) = (range.start as usize, range.end as usize);
    let before = text.get(..start).and_then(|t| t.rfind('\n'));
    let after = text.get(end..).and_then(|t| t.find('\n'));
    TextRange::of(
        before.map_or(0, |i| i + 1),
        after.map_or(text.len(), |i| end + i),
    )
}

/// Whether words were left out between two stretches.
fn gap(reading: &Reading, stretches: &[TextRange], i: usize) -> bool {
    let (Some(a), Some(b)) = (stretches.get(i - 1), stretches.get(i)) else {
        return false;
    };
    let between = TextRange::new(a.end, b.start);
    !reading.record.report.text.slice(between).trim().is_empty()
}

/// A line of text, each letter with the byte it stands at.
pub(crate) type Line = Vec<(char, u32)>;

/// Breaks words into lines at white space.
pub(crate) fn lines(words: &str, at: u32, width: usize) -> Vec<Line> {
    let room = width.saturating_sub(4).max(10);
    let mut out: Vec<Line> = vec![Line::new()];
    let mut used = 0;
    for word in words.split_whitespace() {
        let offset = at + (word.as_ptr() as usize - words.as_ptr() as usize) as u32;
        let letters: Line = word
            .char_indices()
            .filter(|(_, c)| !is_hostile(*c))
            .map(|(i, c)| (c, offset + i as u32))
            .collect();
        let wide: usize = letters.iter().map(|(c, _)| columns(*c)).sum();
        if used > 0 && used + 1 + wide > room {
            out.push(Line::new());
            used = 0;
        }
        let Some(line) = out.last_mut() else { continue };
        if used > 0 {
            line.push((' ', offset.saturating_sub(1)));
            used += 1;
        }
        line.extend(letters);
        used += wide;
    }
    out.retain(|line| !line.is_empty());
    out
}

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

pub(crate) fn part_at(marks: &[(TextRange, Part)], byte: u32) -> Option<Part> {
    let mark = marks.iter().find(|(r, _)| r.start <= byte && byte < r.end);
    mark.map(|(_, part)| *part)
}

fn marked(out: &mut String, line: &Line, marks: &[(TextRange, Part)], look: Look) {
    let parts: Vec<Option<Part>> = line.iter().map(|(_, at)| part_at(marks, *at)).collect();
    out.push_str("    ");
    let mut from = 0;
    while from < line.len() {
        let part = parts[from];
        let run = parts[from..].iter().take_while(|p| **p == part).count();
        let words: String = line[from..from + run].iter().map(|(c, _)| *c).collect();
        match part {
            Some(part) => out.push_str(&look.ink(part.ink(), &words)),
            None => out.push_str(&words),
        }
        from += run;
    }
    out.push('\n');
    if look.colour || parts.iter().all(Option::is_none) {
        return;
    }
    let mut row = String::from("    ");
    for ((c, _), part) in line.iter().zip(&parts) {
        let mark = part.map_or(' ', Part::mark);
        row.extend(std::iter::repeat_n(mark, columns(*c)));
    }
    out.push_str(row.trim_end());
    out.push('\n');
}

/// Says what the marks in use stand for.
fn legend(out: &mut String, shown: &Shown, stretches: &[TextRange], look: Look) {
    let in_use = |part: Part| {
        let visible = |r: &TextRange| stretches.iter().any(|s| s.overlaps(*r));
        shown.marks.iter().any(|(r, p)| *p == part && visible(r))
    };
    let said: Vec<String> = Part::ALL
        .into_iter()
        .zip(shown.legend)
        .filter(|(part, _)| in_use(*part))
        .map(|(part, name)| {
            if look.colour {
                look.ink(part.ink(), name)
            } else {
                format!("{0}{0} {name}", part.mark())
            }
        })
        .collect();
    look.paragraph(out, "    ", "    ", &said.join("   "));
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look {
        width: 30,
        colour: false,
    };

    fn check(words: &str, marks: &[(u32, u32, Part)], expect: &str) {
        let marks: Vec<_> = marks
            .iter()
            .map(|(a, b, part)| (TextRange::new(*a, *b), *part))
            .collect();
        let mut out = String::new();
        for line in lines(words, 0, PLAIN.width) {
            marked(&mut out, &line, &marks, PLAIN);
        }
        assert_eq!(out, expect);
    }

    #[test]
    fn marks_stand_under_their_words() {
        check(
            "Mira Holm said the ferry would sail",
            &[
                (0, 9, Part::Source),
                (10, 14, Part::Cue),
                (15, 35, Part::Content),
            ],
            "    Mira Holm said the ferry\n    ~~~~~~~~~ ==== ---------\n    would sail\n    ----------\n",
        );
    }

    #[test]
    fn marks_under_wide_letters_are_wide() {
        check(
            "東京 said",
            &[(0, 6, Part::Source), (7, 11, Part::Cue)],
            "    東京 said\n    ~~~~ ====\n",
        );
    }
}
