//! The title block: kickers, headline, teasers, byline, the day of publication.
//!
//! A headline is a line that does not close like a sentence and has text below it; a closed one
//! counts when a byline or dateline follows.
//!
//! Left out: the body (the parent module).

use onrecord_lexicon::furniture as lexicon;
use onrecord_model::SegmentLabel;

use super::{Kind, Reading};
use crate::{byline, dateline, furniture, sentence, version};

/// A headline is not longer, in words.
const HEADLINE_WORDS: usize = 40;

impl Reading<'_> {
    /// Labels everything over the body; gives the unit the body starts with.
    pub(super) fn title_block(&mut self) -> usize {
        let mut i = 0;
        while i < self.units.len() {
            match self.kinds[i].clone() {
                Kind::Prose if self.is_kicker(i) => self.push(SegmentLabel::Kicker, i),
                Kind::Prose if self.is_headline(i) => {
                    self.headline(i, 0);
                    return self.under_headline(i + 1);
                }
                Kind::Furniture(SegmentLabel::Correction) if self.titled(i) > 0 => {
                    self.headline(i, self.titled(i));
                    return self.under_headline(i + 1);
                }
                Kind::Furniture(SegmentLabel::Promo) if self.is_labelled_headline(i) => {
                    self.headline(i, 0);
                    return self.under_headline(i + 1);
                }
                Kind::Prose | Kind::Dateline(_) => return i,
                kind => self.plain(kind, i),
            }
            i += 1;
        }
        i
    }

    /// Bytes of a version prefix before a headline that has text below it.
    fn titled(&self, i: usize) -> usize {
        let line = self.line(i);
        let prefix = version::prefix(furniture::unmarked(line));
        let rest = line.len() - prefix.min(line.len());
        if self.text_after(i) && rest > 12 {
            prefix
        } else {
            0
        }
    }

    /// "Analysis: Why the board voted" over a report is its headline, not a pointer elsewhere.
    fn is_labelled_headline(&self, i: usize) -> bool {
        let line = self.line(i);
        let label = line
            .split([':', '>', '|', '-', '–', '—'])
            .next()
            .unwrap_or_default();
        let label = label.trim().to_lowercase();
        lexicon::words().kickers.contains(&label)
            && self.text_after(i)
            && line.len() > label.len() + 12
    }

    fn is_kicker(&self, i: usize) -> bool {
        let line = furniture::unmarked(self.line(i));
        let words = line.split_whitespace().count();
        let known = lexicon::words()
            .kickers
            .contains(&line.trim_end_matches(':').to_lowercase());
        let shout = words <= 3 && !line.chars().any(char::is_lowercase);
        let next_is_headline = self.kinds.get(i + 1).is_some_and(Kind::is_text)
            && self.line(i + 1).split_whitespace().count() > words
            && (self.is_headline(i + 1) || known);
        (known || shout) && next_is_headline
    }

    fn is_headline(&self, i: usize) -> bool {
        let line = furniture::unmarked(self.line(i));
        let words = line.split_whitespace().count();
        if words > HEADLINE_WORDS
            || line.len() > 400
            || !matches!(self.kinds.get(i), Some(Kind::Prose))
        {
            return false;
        }
        if !self.text_after(i) {
            return self.units.len() == i + 1 && i == 0 && is_headlinese(line);
        }
        let closed = sentence::is_closed(line) && !line.ends_with(['?', '!']);
        if closed {
            return words <= 20 && self.signs_after(i, 3) && !line.contains(['“', '"']);
        }
        !line.ends_with([':', ','])
    }

    pub(super) fn headline(&mut self, i: usize, prefix: usize) {
        let Some(unit) = self.units.get(i) else {
            return;
        };
        let line = &self.text[unit.start..unit.end];
        let core = furniture::unmarked(line);
        let at = unit.start + line.find(core).unwrap_or(0);
        let mut start = at + prefix;
        if prefix > 0 {
            self.out
                .pieces
                .push((SegmentLabel::Correction, unit.start..start));
        } else {
            start += other_script(core);
            if start > at {
                self.out
                    .pieces
                    .push((SegmentLabel::Kicker, unit.start..start));
            }
        }
        let from = if start == at { unit.start } else { start };
        self.out
            .pieces
            .push((SegmentLabel::Headline, from..unit.end));
        self.out.headline = Some(start..at + core.len());
    }

    /// Teasers, byline and stamps; gives the unit the body starts with.
    fn under_headline(&mut self, from: usize) -> usize {
        let mut i = from;
        while i < self.units.len() {
            match self.kinds[i].clone() {
                Kind::Dateline(_) => return i,
                Kind::Prose => match self.above_body(i) {
                    Some(SegmentLabel::Byline) => {
                        if let Some(found) = byline::under_headline(self.line(i)) {
                            self.plain(Kind::Byline(found), i);
                        }
                    }
                    Some(label) => {
                        self.push(label, i);
                        if label == SegmentLabel::Teaser {
                            let unit = self.units[i];
                            self.out.subheads.push(unit.start..unit.end);
                        }
                    }
                    None => return i,
                },
                kind => self.plain(kind, i),
            }
            i += 1;
        }
        i
    }

    /// What a unit of prose under the headline is when it is not yet the body.
    fn above_body(&self, i: usize) -> Option<SegmentLabel> {
        let line = self.line(i);
        let words = line.split_whitespace().count();
        if !self.text_after(i) || words > 50 || self.repeats_headline(line).is_some() {
            return None;
        }
        if self.out.byline.is_empty() && byline::under_headline(line).is_some() {
            return Some(SegmentLabel::Byline);
        }
        let closed = sentence::is_closed(line);
        if self.signs_after(i, 3) && dateline::inside(line).is_none() && !self.text_between_signs(i)
        {
            return Some(SegmentLabel::Teaser);
        }
        let signed = !self.out.byline.is_empty();
        (!closed && !signed && !line.ends_with(':')).then_some(SegmentLabel::Teaser)
    }

    /// Whether two closed paragraphs stand before the next byline: then the body has begun.
    fn text_between_signs(&self, i: usize) -> bool {
        let near = self.kinds.iter().enumerate().skip(i).take(4);
        let prose = near.take_while(|(_, k)| {
            !matches!(k, Kind::Byline(_) | Kind::Dateline(_) | Kind::Stamp(..))
        });
        let closed = prose.filter(|(j, k)| k.is_text() && sentence::is_closed(self.line(*j)));
        closed.count() > 1
    }
}

/// Bytes of words in another script before a headline in Latin letters: a number or a Latin name
/// within a line of another script starts none.
fn other_script(line: &str) -> usize {
    let latin = line.find(|c: char| c.is_ascii_alphanumeric() || "“‘\"'$€£".contains(c));
    let Some(at) = latin else { return 0 };
    let (before, rest) = line.split_at(at);
    let is_latin = |c: &char| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(c);
    let letters = rest.chars().filter(|c| c.is_alphabetic());
    let (own, foreign): (Vec<char>, Vec<char>) = letters.partition(is_latin);
    let known = before.chars().filter(|c| c.is_alphabetic()).count();
    let is_headline = known > 0 && own.len() > known && foreign.is_empty();
    if is_headline { at } else { 0 }
}

/// A single line without a stop: headlines do without articles and auxiliaries, and a cut
/// sentence has them.
fn is_headlinese(line: &str) -> bool {
    let plain = [
        "the", "a", "an", "is", "are", "was", "were", "has", "have", "had", "been", "he", "she",
        "they", "it", "we", "his", "their", "that", "which", "who", "would", "said",
    ];
    let words: Vec<&str> = line.split_whitespace().collect();
    let starts =
        line.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '‘' || c == '\'');
    let shouts = !line.chars().any(char::is_lowercase);
    let is_plain =
        |w: &&&str| plain.contains(&w.to_lowercase().trim_matches(|c: char| !c.is_alphabetic()));
    let any_plain = words.iter().skip(1).filter(is_plain).count();
    (2..=25).contains(&words.len())
        && starts
        && !shouts
        && any_plain == 0
        && !sentence::is_closed(line)
        && !line.ends_with([':', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_that_goes_on_in_latin_letters_is_cut() {
        let check = |line: &str, kicker: &str| {
            assert_eq!(&line[..other_script(line)], kicker);
        };
        check("渡轮 Ferry line to Harbourtown reopens", "渡轮 ");
        check("परिषद ने 200 नावों की मरम्मत का फैसला किया", "");
        check("สภาเมืองอนุมัติเรือ 200 ลำ", "");
        check("परिषद ने MV Tern की मरम्मत की", "");
        check("नाव 200", "");
        check("नगर परिषद ने खरीदी MV Tern", "");
        check("Ferry line reopens", "");
    }
}
