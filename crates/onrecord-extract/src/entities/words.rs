//! The tokens of a report as the name rules see them: lower-case forms, capitals, the style of
//! each sentence, and which words the report itself writes small or large.
//!
//! A word that the report writes small elsewhere is no name when it opens a sentence; in a
//! headline set in capitals a capital tells nothing.

use onrecord_lexicon::{Countries, Organizations, People, Usage, Use};
use onrecord_model::{Layer, SegmentLabel, TokenRange, Upos};
use rustc_hash::FxHashSet;
use smol_str::{SmolStr, StrExt as _};

use crate::Context;

/// How a sentence is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    /// Capitals for names.
    Plain,
    /// Capitals For Most Words, OR FOR ALL LETTERS.
    Capitals,
}

/// The tokens of a report, prepared.
pub(crate) struct Words<'a> {
    /// The report and its analysis.
    pub(crate) cx: &'a Context<'a>,
    /// Word lists.
    pub(crate) people: &'static People,
    /// Word lists.
    pub(crate) organizations: &'static Organizations,
    /// Word lists.
    pub(crate) countries: &'static Countries,
    /// Word lists.
    pub(crate) usage: &'static Usage,
    lower: Vec<SmolStr>,
    starts: Vec<bool>,
    styles: Vec<Style>,
    small: FxHashSet<SmolStr>,
    large: FxHashSet<SmolStr>,
    tagged: bool,
}

impl<'a> Words<'a> {
    /// Prepares a report.
    pub(crate) fn new(cx: &'a Context<'a>) -> Self {
        let d = cx.document;
        let lower: Vec<SmolStr> = d
            .tokens()
            .iter()
            .map(|t| {
                let w = d.text().slice(t.range).to_lowercase_smolstr();
                if w.contains('’') {
                    w.replace('’', "'").into()
                } else {
                    w
                }
            })
            .collect();
        let mut out = Self {
            cx,
            people: People::shipped(),
            organizations: Organizations::shipped(),
            countries: Countries::shipped(),
            usage: Usage::shipped(),
            starts: Vec::new(),
            lower,
            styles: Vec::new(),
            small: FxHashSet::default(),
            large: FxHashSet::default(),
            tagged: d.has(Layer::Tags),
        };
        for s in d.sentences() {
            out.styles.push(out.style_of(s.tokens, s.segment));
        }
        out.mark_starts();
        out.learn_case();
        out
    }

    fn style_of(&self, tokens: TokenRange, segment: SegmentLabel) -> Style {
        let words = tokens
            .iter()
            .map(|t| t.0)
            .filter(|t| self.form(*t).chars().all(char::is_alphabetic));
        let (mut large, mut small) = (0, 0);
        for t in words {
            if self.is_capital(t) {
                large += 1;
            } else if !self.is_opener(t) {
                small += 1;
            }
        }
        // Prose has verbs in small letters; a headline in capitals may keep one small word.
        let spared = if segment == SegmentLabel::Body {
            0
        } else {
            large / 8
        };
        if large >= 4 && small <= spared {
            Style::Capitals
        } else {
            Style::Plain
        }
    }

    fn mark_starts(&mut self) {
        let mut starts = vec![false; self.lower.len()];
        for s in self.cx.document.sentences() {
            let mut open = true;
            for t in s.tokens.iter() {
                let form = self.form(t.0);
                if let Some(start) = starts.get_mut(t.index()) {
                    *start = open;
                }
                if form.chars().any(char::is_alphanumeric) {
                    open = false;
                } else if matches!(form, "“" | "\"" | "‘" | ":" | "—" | "``") {
                    open = true;
                }
            }
        }
        self.starts = starts;
    }

    fn learn_case(&mut self) {
        for (i, s) in self.cx.document.sentences().iter().enumerate() {
            if self.styles.get(i) == Some(&Style::Capitals) {
                continue;
            }
            for t in s.tokens.iter() {
                let Some(word) = self.lower.get(t.index()).cloned() else {
                    continue;
                };
                if !self.is_capital(t.0) {
                    self.small.insert(word);
                } else if !self.starts[t.index()] {
                    self.large.insert(word);
                }
            }
        }
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> u32 {
        self.lower.len() as u32
    }

    /// The sentences' tokens with their style.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = (TokenRange, Style)> + '_ {
        let sentences = self.cx.document.sentences().iter();
        sentences.map(|s| s.tokens).zip(self.styles.iter().copied())
    }

    /// The style of the sentence a token stands in.
    pub(crate) fn style(&self, token: u32) -> Style {
        let d = self.cx.document;
        d.tokens()
            .get(token as usize)
            .and_then(|t| self.styles.get(t.sentence.0 as usize).copied())
            .unwrap_or(Style::Plain)
    }

    /// The sentence a token stands in.
    pub(crate) fn sentence(&self, token: u32) -> TokenRange {
        let d = self.cx.document;
        d.tokens()
            .get(token as usize)
            .and_then(|t| d.sentences().get(t.sentence.0 as usize))
            .map(|s| s.tokens)
            .unwrap_or_default()
    }

    /// A token's word; empty past the end.
    pub(crate) fn form(&self, token: u32) -> &str {
        let d = self.cx.document;
        d.tokens()
            .get(token as usize)
            .map_or("", |t| d.text().slice(t.range))
    }

    /// A token's word in lower case with straight apostrophes; empty past the end.
    pub(crate) fn lower(&self, token: u32) -> &str {
        self.lower.get(token as usize).map_or("", SmolStr::as_str)
    }

    /// The word without a closing point: "Gen." is "gen".
    pub(crate) fn bare(&self, token: u32) -> &str {
        self.lower(token).trim_end_matches('.')
    }

    /// The token before, in the same sentence.
    pub(crate) fn before(&self, token: u32) -> Option<u32> {
        let t = token.checked_sub(1)?;
        (self.sentence(t) == self.sentence(token)).then_some(t)
    }

    /// Whether the word starts with a capital letter.
    pub(crate) fn is_capital(&self, token: u32) -> bool {
        self.form(token)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    /// Whether no space stands between a token and the one before it.
    pub(crate) fn touches(&self, token: u32) -> bool {
        let d = self.cx.document;
        let (Some(t), Some(before)) = (
            d.tokens().get(token as usize),
            token
                .checked_sub(1)
                .and_then(|b| d.tokens().get(b as usize)),
        ) else {
            return false;
        };
        before.range.end == t.range.start
    }

    /// Whether the token is the possessive ending.
    pub(crate) fn is_possessive(&self, token: u32) -> bool {
        matches!(self.lower(token), "'s" | "'") && self.touches(token)
    }

    /// Whether a name is a possessor: "Peru" in "Peru's port".
    pub(crate) fn is_possessive_name(&self, tokens: TokenRange) -> bool {
        self.is_possessive(tokens.end.0)
    }

    /// Whether a word opens its sentence, or a quotation in it.
    pub(crate) fn is_start(&self, token: u32) -> bool {
        self.starts.get(token as usize).copied().unwrap_or(false)
    }

    /// Whether the word is a weekday, a month or an hour's mark.
    pub(crate) fn is_calendar(&self, token: u32) -> bool {
        self.usage.is(Use::Calendar, self.bare(token))
    }

    /// Whether the word is one that opens sentences and is no name.
    pub(crate) fn is_opener(&self, token: u32) -> bool {
        self.usage.is(Use::Opener, self.lower(token))
    }

    /// Whether a name after this word is a place's: after "in", "northern", "city of".
    pub(crate) fn is_locative(&self, token: u32) -> bool {
        let w = self.lower(token);
        let part = |b| self.usage.is(Use::PlacePart, self.lower(b));
        self.usage.is(Use::Locative, w)
            || self.usage.is(Use::PartOfPlace, w)
            || w == "from"
            || w == "of" && self.before(token).is_some_and(part)
    }

    /// Whether the word is a verb of saying.
    pub(crate) fn is_saying(&self, token: u32) -> bool {
        self.usage.is(Use::Saying, self.lower(token))
    }

    /// Whether the report writes the word small.
    pub(crate) fn is_small(&self, token: u32) -> bool {
        self.small.contains(self.lower(token))
    }

    /// Whether the report writes the word large inside sentences.
    pub(crate) fn is_large(&self, token: u32) -> bool {
        self.large.contains(self.lower(token))
    }

    /// Whether the tagger takes the word for a name; `None` without a tagger.
    pub(crate) fn is_proper(&self, token: u32) -> Option<bool> {
        let t = self.cx.document.tokens().get(token as usize)?;
        self.tagged.then_some(t.upos == Upos::Propn)
    }

    /// The words of a range as a name: single spaces, straight apostrophes.
    pub(crate) fn name(&self, tokens: TokenRange) -> String {
        let words = self.cx.document.words(tokens);
        let mut out = String::with_capacity(words.len());
        for w in words.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(w);
        }
        if out.contains('’') {
            return out.replace('’', "'");
        }
        out
    }
}

/// Whether a token may stand in a noun phrase before its head.
pub(super) fn is_nounish(words: &Words<'_>, token: u32) -> bool {
    let d = words.cx.document;
    let upos = d.tokens().get(token as usize).map(|t| t.upos);
    let w = words.lower(token);
    let verbish = matches!(
        upos,
        Some(
            Upos::Verb
                | Upos::Aux
                | Upos::Pron
                | Upos::Adp
                | Upos::Sconj
                | Upos::Cconj
                | Upos::Punct
        )
    );
    let hyphen = words.form(token) == "-" && words.touches(token);
    if words.lower(token) == "based" && words.before(token).is_some_and(|b| words.form(b) == "-") {
        return true;
    }
    (hyphen || !verbish && words.form(token).chars().any(char::is_alphanumeric))
        && !matches!(
            w,
            "who"
                | "which"
                | "that"
                | "said"
                | "says"
                | "told"
                | "and"
                | "or"
                | "but"
                | "of"
                | "in"
                | "for"
                | "to"
                | "by"
                | "with"
                | "is"
                | "was"
                | "were"
                | "are"
                | "has"
                | "had"
                | "have"
                | "on"
                | "from"
                | "at"
                | "as"
        )
}
