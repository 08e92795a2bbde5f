//! Quotations: where the marks open and close, and which of them hold speech.
//!
//! `He said “no” and left` holds one quotation, `“no”`, marks included. A paragraph whose
//! quotation does not close goes on in the next one when that opens with a mark again.
//!
//! Left out: who speaks. A title, a nickname or a word held at arm's length stands in marks
//! too; [`Quote::speech`] tells these apart by length and punctuation only.

use onrecord_lexicon::{Usage, Use};
use onrecord_model::{SegmentLabel, TextRange, TokenRange};

use crate::Context;

/// Words in quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Quote {
    /// Marks included.
    pub(super) range: TextRange,
    /// The tokens of the range.
    pub(super) tokens: TokenRange,
    /// Whether it holds at least a clause, to judge by its length and punctuation.
    pub(super) speech: bool,
    /// Whether it goes on in the next quotation, a paragraph below.
    pub(super) goes_on: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Curly,
    Straight,
    Single,
    Guillemet,
}

/// The paragraphs: consecutive sentences with one number.
pub(super) fn paragraphs(cx: &Context<'_>) -> Vec<TokenRange> {
    let mut out: Vec<(u32, TokenRange)> = Vec::new();
    for s in cx.document.sentences() {
        match out.last_mut() {
            Some((number, range)) if *number == s.paragraph => {
                *range = TokenRange::new(range.start.0, s.tokens.end.0);
            }
            _ => out.push((s.paragraph, s.tokens)),
        }
    }
    out.into_iter().map(|(_, r)| r).collect()
}

/// Every quotation of the prose, in text order; a quotation inside another is left out.
pub(super) fn find(cx: &Context<'_>) -> Vec<Quote> {
    let mut out = Vec::new();
    // A crosshead in quotation marks is the newsroom's.
    let crosshead =
        |p: &TokenRange| cx.document.sentence_of(p.start).segment == SegmentLabel::Crosshead;
    let paragraphs: Vec<TextRange> = (paragraphs(cx).into_iter())
        .filter(|p| !crosshead(p))
        .map(|p| cx.document.range(p))
        .collect();
    for (i, p) in paragraphs.iter().enumerate() {
        let words = cx.report.text.slice(*p);
        let next_opens = paragraphs
            .get(i + 1)
            .is_some_and(|n| cx.report.text.slice(*n).starts_with(['“', '"', '«']));
        for (start, end, closed) in marks(words) {
            if !closed && !next_opens {
                continue;
            }
            let range = TextRange::of(p.start as usize + start, p.start as usize + end);
            let inner = cx.report.text.slice(range);
            let tokens = cx.document.tokens_in(range);
            if tokens.is_empty() || is_given_name(words.get(..start).unwrap_or_default(), inner) {
                continue;
            }
            out.push(Quote {
                range,
                tokens,
                speech: is_speech(inner),
                goes_on: !closed,
            });
        }
    }
    out
}

/// Start, end and whether it is closed.
type Marked = (usize, usize, bool);

/// Every outermost quotation of a paragraph. Marks within marks of the same shape count when all
/// of them close; where one was forgotten the next closing mark ends the quotation.
fn marks(words: &str) -> Vec<Marked> {
    nested(words, true).unwrap_or_else(|| nested(words, false).unwrap_or_default())
}

/// The quotations, with `deep` those inside left out by counting; none when the count is off.
fn nested(words: &str, deep: bool) -> Option<Vec<Marked>> {
    let mut out = Vec::new();
    let mut inside = 0;
    let mut open: Option<(usize, Style)> = None;
    let mut before = '\n';
    let opening = words.matches('“').count() > words.matches('”').count();
    let odd = opening || words.matches('"').count() % 2 == 1;
    let mut chars = words.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        match open {
            None => {
                if let Some(style) = opens(c, before, after)
                    && (style != Style::Single || closing_single(&words[i..], c).is_some())
                {
                    open = Some((i, style));
                }
            }
            Some((start, style))
                if opens(c, before, after) == Some(style)
                    && (odd || !deep)
                    && announces(&words[start..i]) =>
            {
                open = Some((i, style));
            }
            Some((_, Style::Curly)) if deep && c == '“' => inside += 1,
            Some(_) if inside > 0 && c == '”' => inside -= 1,
            Some((start, style))
                if closes(c, style, before, after)
                    || style == Style::Curly
                        && ends_otherwise(c, &words[start..i], &words[i + c.len_utf8()..]) =>
            {
                out.push((start, i + c.len_utf8(), true));
                open = None;
            }
            Some(_) => {}
        }
        before = c;
    }
    if let Some((start, style)) = open
        && style != Style::Single
    {
        out.push((start, words.trim_end().len(), false));
    }
    (inside == 0).then_some(out)
}

/// `"A diplomat said, "We have no deal."`: words that end with a verb of saying and a comma or colon lead
/// to a quotation, and the mark before them is stray.
fn announces(inside: &str) -> bool {
    let core = inside.trim_end();
    let word = core
        .trim_end_matches([',', ':'])
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    core.ends_with([',', ':']) && Usage::shipped().is(Use::Saying, &word.to_lowercase())
}

fn opens(c: char, before: char, after: char) -> Option<Style> {
    let fresh = !before.is_alphanumeric() && !after.is_whitespace();
    match c {
        '“' | '„' | '‟' => Some(Style::Curly),
        // A mark turned the wrong way: it can only open where a line begins.
        '”' if before == '\n' && after.is_alphanumeric() => Some(Style::Curly),
        '«' => Some(Style::Guillemet),
        '"' if fresh => Some(Style::Straight),
        '‘' | '\'' if fresh && after.is_alphanumeric() => Some(Style::Single),
        _ => None,
    }
}

fn closes(c: char, style: Style, before: char, after: char) -> bool {
    match style {
        Style::Curly => c == '”',
        Style::Guillemet => c == '»',
        Style::Straight => c == '"' && !(before.is_whitespace() && after.is_alphanumeric()),
        Style::Single => {
            matches!(c, '’' | '\'') && !before.is_whitespace() && !after.is_alphanumeric()
        }
    }
}

/// `“It holds."`, `“It holds.“`: a curly quotation that another mark ends, after a stop, where the
/// paragraph of one line does too.
fn ends_otherwise(c: char, inside: &str, rest: &str) -> bool {
    let stop = inside.ends_with(['.', ',', '!', '?']) && !inside.contains('\n');
    matches!(c, '"' | '“') && stop && rest.trim().is_empty()
}

/// Where a single quotation closes: a mark after a word that is not an apostrophe inside one.
/// An opening apostrophe ("’90s", "’em") has none within reach.
fn closing_single(words: &str, mark: char) -> Option<usize> {
    let close = if mark == '‘' { '’' } else { '\'' };
    let mut before = mark;
    let mut chars = words.char_indices().skip(1).peekable();
    while let Some((i, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let closes =
            (c == close || c == '’') && !before.is_whitespace() && !after.is_alphanumeric();
        if closes && i > 1 {
            return Some(i);
        }
        before = c;
    }
    None
}

/// Four words or more, or a stop before the closing mark.
fn is_speech(inner: &str) -> bool {
    let bare = inner.trim_matches(|c: char| "“”„‟\"‘’'«»".contains(c));
    let long = bare.split_whitespace().count() >= 4;
    (long || bare.ends_with(['.', '!', '?', ','])) && !is_title(bare)
}

/// Whether marked words are what somebody or something is called: 'a group called "New Dawn,"', 'the
/// man known as "the Baker"'.
fn is_given_name(before: &str, inner: &str) -> bool {
    let mut back = before.split_whitespace().rev().map(str::to_lowercase);
    let (last, second) = (
        back.next().unwrap_or_default(),
        back.next().unwrap_or_default(),
    );
    let naming = Usage::shipped().is(Use::Naming, &last)
        || last == "as" && matches!(second.as_str(), "known" | "named" | "remembered");
    let words = || inner.split_whitespace();
    let capital = |w: &str| {
        w.chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_uppercase)
    };
    naming && words().count() <= 4 && words().any(capital) && !inner.contains(['!', '?'])
}

/// Every longer word has a capital and no sentence ends: "The Morning Tide".
fn is_title(bare: &str) -> bool {
    let bare = bare.trim_end_matches(',');
    let words = || bare.split_whitespace().filter(|w| w.chars().count() > 3);
    let capital = |w: &str| {
        w.chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| !c.is_lowercase())
    };
    words().count() > 1 && words().all(capital) && !bare.ends_with(['.', '!', '?'])
}

/// The quotation that covers a token.
pub(super) fn around(quotes: &[Quote], token: onrecord_model::TokenId) -> Option<&Quote> {
    quotes.iter().find(|q| q.tokens.has(token))
}

#[cfg(test)]
mod tests {
    use super::marks;

    fn check(words: &str, expect: &[&str]) {
        let found: Vec<&str> = marks(words)
            .iter()
            .map(|(s, e, _)| &words[*s..*e])
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn every_style_opens_and_closes() {
        check("He said “no,” then “yes.”", &["“no,”", "“yes.”"]);
        check("He said \"no,\" then \"yes.\"", &["\"no,\"", "\"yes.\""]);
        check("Dam to hold ‘for years’, mayor says", &["‘for years’"]);
        check("Dam to hold 'for years', mayor says", &["'for years'"]);
        check("« Non », dit-il", &["« Non »"]);
    }

    #[test]
    fn another_mark_ends_a_quotation() {
        check("He said: “It holds.\"", &["“It holds.\""]);
        check("He said: “It holds.“", &["“It holds.“"]);
        check("“A \"good.\" one,” he said.", &["“A \"good.\" one,”"]);
    }

    #[test]
    fn a_stray_mark_hides_no_cue() {
        check(
            "\"A diplomat said, \"We have no deal.\"",
            &["\"We have no deal.\""],
        );
        check(
            "“One envoy said: “We have no deal.”",
            &["“We have no deal.”"],
        );
        check(
            "“He said, “We have a deal,” and left,” she said",
            &["“He said, “We have a deal,” and left,”"],
        );
    }

    #[test]
    fn a_mark_turned_the_wrong_way_opens_a_line() {
        check("”It holds.” – Ann Roe", &["”It holds.”"]);
        check("They left ”it holds”.", &[]);
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        check("The workers’ union wasn’t there in the ’90s", &[]);
        check("The workers' union wasn't there in the '90s", &[]);
    }

    #[test]
    fn a_quotation_inside_another_is_its_part() {
        check(
            "“She told me ‘never again’ twice,” he said",
            &["“She told me ‘never again’ twice,”"],
        );
    }

    #[test]
    fn marks_of_one_shape_nest_when_all_close() {
        check(
            "“What she calls “home” is gone,” he said",
            &["“What she calls “home” is gone,”"],
        );
        check(
            "“It holds, he said. “It will.”",
            &["“It holds, he said. “It will.”"],
        );
    }

    #[test]
    fn an_open_end_runs_to_the_end_of_the_paragraph() {
        assert_eq!(marks("“It goes on."), [(0, "“It goes on.".len(), false)]);
    }
}
