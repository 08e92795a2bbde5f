//! Entities that the document's coreference layer leads to.
//!
//! From a pronoun or a noun phrase along its links to the first expression that a draft was heard
//! in. Every link's score counts: a chain that is not sure as a whole leads nowhere, and what it
//! leads to must agree.

use onrecord_lexicon::cues;
use onrecord_model::{EntityKind, Expression, Layer, MentionForm, TokenId, TokenRange, Upos};

use super::book::{Book, Draft};
use super::names::Named;
use super::words::Words;

/// From here on a chain of links from a pronoun is believed.
const SURE: f32 = 0.55;
/// The same from a noun phrase, which may as well be someone else.
const SURE_NOUN: f32 = 0.75;
/// Links of a chain.
const LONGEST: usize = 8;

/// The drafts as the layer's expressions meet them.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// For each token the draft whose name or nominal it is part of, or that it was read to stand for.
    heard: Vec<Option<usize>>,
    /// For each token the narrowest expression it heads.
    headed: Vec<Option<u32>>,
}

impl Linked {
    /// Of the drafts as they are now; empty where the document has no coreference.
    pub(super) fn new(words: &Words<'_>, book: &Book) -> Self {
        let d = words.cx.document;
        let expressions = d.coreference().expressions();
        if expressions.is_empty() {
            return Self::default();
        }
        let mut heard = vec![None; words.len() as usize];
        let mut put = |tokens: TokenRange, draft: usize| {
            for slot in heard.get_mut(tokens.usizes()).into_iter().flatten() {
                *slot = Some(draft);
            }
        };
        for (range, draft) in &book.extents {
            put(d.tokens_in(*range), *draft);
        }
        for (i, draft) in book.drafts.iter().enumerate() {
            for h in &draft.heard {
                if h.form != MentionForm::Pronoun {
                    put(h.tokens, i);
                }
            }
        }
        let mut headed: Vec<Option<u32>> = vec![None; words.len() as usize];
        for (i, e) in expressions.iter().enumerate() {
            if let Some(slot) = headed.get_mut(e.head.index()) {
                let old = slot.and_then(|o| expressions.get(o as usize));
                if old.is_none_or(|o| e.tokens.len() < o.tokens.len()) {
                    *slot = Some(i as u32);
                }
            }
        }
        Self { heard, headed }
    }

    /// The draft a pronoun stands for, if the layer is sure and it `agrees`. In what someone says
    /// ("told the board that it would stay") a subject is who says it.
    pub(super) fn pronoun(
        &self,
        words: &Words<'_>,
        book: &Book,
        token: u32,
        agrees: impl Fn(&Draft) -> bool,
    ) -> Option<usize> {
        let asked = asked(words, TokenId(token)).or_else(|| says(words, TokenId(token)));
        let speaker = asked.and_then(|s| self.heard.get(s.index()).copied().flatten());
        speaker
            .filter(|s| book.drafts.get(*s).is_some_and(&agrees))
            .or_else(|| self.draft(words, book, (token, SURE), agrees))
    }

    /// The draft that the links of the expression with this head lead to.
    fn draft(
        &self,
        words: &Words<'_>,
        book: &Book,
        (head, least): (u32, f32),
        agrees: impl Fn(&Draft) -> bool,
    ) -> Option<usize> {
        let expressions = words.cx.document.coreference().expressions();
        let mut at = self.headed.get(head as usize).copied().flatten()?;
        let mut sure = 1.0;
        for _ in 0..LONGEST {
            let link = expressions.get(at as usize)?.link?;
            sure *= link.score;
            if sure < least {
                return None;
            }
            let next = expressions.get(link.to as usize)?;
            if let Some(draft) = self.heard.get(next.head.index()).copied().flatten() {
                return book.drafts.get(draft).is_some_and(agrees).then_some(draft);
            }
            at = link.to;
        }
        None
    }

    /// Notes whom a pronoun was read to stand for against its links: what is linked to it follows.
    pub(super) fn note(&mut self, token: u32, draft: usize) {
        if let Some(slot) = self.heard.get_mut(token as usize) {
            *slot = Some(draft);
        }
    }

    /// Whether a pronoun stands for the one who is asked, as noted: what follows keeps to it.
    pub(super) fn is_led_by_note(&self, words: &Words<'_>, token: u32) -> bool {
        asked(words, TokenId(token)).is_some_and(|t| self.is_heard(t))
    }

    /// Whether a pronoun is the object of a verb that this draft is the subject of: "Dent told her"
    /// speaks of somebody else.
    pub(super) fn is_own_object(&self, words: &Words<'_>, token: u32, draft: usize) -> bool {
        let subject = subject_over(words, TokenId(token));
        subject.and_then(|s| self.heard.get(s.index()).copied().flatten()) == Some(draft)
    }

    fn is_heard(&self, token: TokenId) -> bool {
        self.heard.get(token.index()).copied().flatten().is_some()
    }
}

/// The subject of the verb of saying in whose content this token is a subject.
fn says(words: &Words<'_>, t: TokenId) -> Option<TokenId> {
    let d = words.cx.document;
    if !d.has(Layer::Trees) {
        return None;
    }
    let token = d.tokens().get(t.index())?;
    let clause = token.head.filter(|_| token.relation.is(&["nsubj"]))?;
    let content = d.token(clause);
    let verb = content.head.filter(|_| content.relation.is(&["ccomp"]))?;
    let said = d.token(verb).upos == Upos::Verb && cues::verb(&d.token(verb).lemma).is_some();
    said.then(|| d.child(verb, &["nsubj"])).flatten()
}

/// The subject of the verb whose object a pronoun is, through a verb joined to another.
fn subject_over(words: &Words<'_>, t: TokenId) -> Option<TokenId> {
    let d = words.cx.document;
    if !d.has(Layer::Trees) || !matches!(words.lower(t.0), "him" | "her" | "them" | "it") {
        return None;
    }
    let token = d.tokens().get(t.index())?;
    let verb = token.head.filter(|_| token.relation.is(&["obj", "iobj"]))?;
    let joined = d.token(verb);
    let first = joined.head.filter(|_| joined.relation.is(&["conj"]));
    let own = d.child(verb, &["nsubj"]);
    own.or_else(|| first.and_then(|v| d.child(v, &["nsubj"])))
}

/// The one who is asked, in what somebody asks: "asked her if she was hurt".
fn asked(words: &Words<'_>, t: TokenId) -> Option<TokenId> {
    let d = words.cx.document;
    if !d.has(Layer::Trees) || !d.tokens().get(t.index())?.relation.is(&["nsubj"]) {
        return None;
    }
    let mark = t.0.checked_sub(1)?;
    let object = mark.checked_sub(1)?;
    let verb = object.checked_sub(1)?;
    let same = matches!(
        (words.lower(object), words.lower(t.0)),
        ("her", "she") | ("him", "he") | ("them", "they")
    );
    let asks = d.token(TokenId(verb)).lemma == "ask";
    (same && asks && matches!(words.lower(mark), "if" | "whether")).then_some(TokenId(object))
}

/// Noun phrases that the lists do not know but the layer joins to someone: "the striker".
pub(super) fn nominals(words: &Words<'_>, book: &mut Book) {
    let linked = Linked::new(words, book);
    let d = words.cx.document;
    for e in d.coreference().expressions() {
        if e.form != MentionForm::Nominal || e.link.is_none() || linked.is_heard(e.head) {
            continue;
        }
        let Some(tokens) = definite(words, e) else {
            continue;
        };
        let noun = d.token(e.head).lemma.as_str();
        let person = words.people.is_person_noun(noun);
        let body = words.organizations.is_nominal(noun);
        let suits = |x: &Draft| match x.kind {
            EntityKind::Person => person,
            EntityKind::Organization | EntityKind::Group => body,
            _ => false,
        };
        if let Some(draft) = linked.draft(words, book, (e.head.0, SURE_NOUN), suits) {
            book.hear(draft, words, tokens, MentionForm::Nominal, false);
        }
    }
}

/// "the" or "this" up to the noun, if nothing more is said of it.
fn definite(words: &Words<'_>, e: &Expression) -> Option<TokenRange> {
    let start = e.tokens.start.0;
    let tokens = TokenRange::new(start, e.head.0 + 1);
    let rest = (e.head.0 + 1..e.tokens.end.0).all(|t| words.is_possessive(t));
    let few = matches!(words.lower(start), "the" | "this" | "that") && tokens.len() <= 4;
    // "the Peruvian envoy", "the U.S. envoy" tell of whom they are: someone else's, as often as not.
    let named = tokens.iter().any(|t| words.is_capital(t.0) && t.0 > start);
    (few && rest && !named && tokens.len() > 1).then_some(tokens)
}

/// Surnames of persons named in full that no name was found in: "Pell" after "Rosa Pell".
pub(super) fn surnames(words: &Words<'_>, found: &mut Vec<Named>) {
    let d = words.cx.document;
    let mut full: Vec<&str> = found
        .iter()
        .filter(|n| n.kind == EntityKind::Person && n.tokens.len() > 1)
        .map(|n| words.form(n.tokens.end.0 - 1))
        .filter(|w| w.chars().count() > 2)
        .collect();
    full.sort_unstable();
    let mut more = Vec::new();
    for e in d.coreference().expressions() {
        let token = TokenRange::one(e.head);
        let alone = e
            .tokens
            .iter()
            .all(|t| t == e.head || words.is_possessive(t.0));
        let free = || !found.iter().any(|n| n.tokens.overlaps(token));
        if alone
            && e.form == MentionForm::Name
            && full.binary_search(&words.form(e.head.0)).is_ok()
            && free()
        {
            more.push(Named::new(token, EntityKind::Person, false));
        }
    }
    found.extend(more);
    found.sort_by_key(|n| n.tokens.start);
}

#[cfg(test)]
mod tests {
    use onrecord_model::{Coreference, MentionForm, ReferenceLink};

    use super::*;
    use crate::Context;

    const REPORT: &str = "
        # names = 1-2:person
        Rosa Rosa PROPN 3 nsubj
        Pell Pell PROPN 1 flat
        scored score VERB 0 root VerbForm=Fin
        ~. . PUNCT 3 punct

        The the DET 2 det
        striker striker NOUN 3 nsubj
        said say VERB 0 root VerbForm=Fin
        they they PRON 5 nsubj
        won win VERB 3 ccomp VerbForm=Fin
        ~. . PUNCT 3 punct
        ";

    /// Who "The striker" is when its link has this score; "" for none.
    fn check(score: f32, want: &str) {
        let (report, mut document) = crate::testing::read(REPORT, "");
        let one = |start, end, head, form, to: Option<u32>| Expression {
            tokens: TokenRange::new(start, end),
            head: TokenId(head),
            form,
            link: to.map(|to| ReferenceLink { to, score }),
            cluster: 0,
        };
        let layer = Coreference::new(vec![
            one(0, 2, 0, MentionForm::Name, None),
            one(4, 6, 5, MentionForm::Nominal, Some(0)),
            one(7, 8, 7, MentionForm::Pronoun, Some(1)),
        ]);
        document.set_coreference(layer).expect("the tokens fit");
        let cx = Context {
            report: &report,
            document: &document,
        };
        let (entities, _) = crate::entities::extract(&cx, &[]);
        let named = |t| {
            entities
                .at_token(&cx, TokenId(t))
                .and_then(|id| entities.get(id))
        };
        assert_eq!(named(5).map_or("", |e| e.name.as_str()), want);
        // A link that does not agree joins nothing.
        assert_eq!(named(7).map(|e| e.name.as_str()), None);
    }

    #[test]
    fn in_what_is_said_the_speaker_comes_before_the_addressee() {
        let (report, mut document) = crate::testing::read(
            "
            # names = 1-2:person 4-5:person
            Rosa Rosa PROPN 3 nsubj
            Pell Pell PROPN 1 flat
            told tell VERB 0 root VerbForm=Fin
            Ana Ana PROPN 3 obj
            Orne Orne PROPN 4 flat
            she she PRON 7 nsubj
            won win VERB 3 ccomp VerbForm=Fin
            ",
            "",
        );
        let one = |start, end, form, to: Option<u32>| Expression {
            tokens: TokenRange::new(start, end),
            head: TokenId(start),
            form,
            link: to.map(|to| ReferenceLink { to, score: 0.9 }),
            cluster: 0,
        };
        let layer = Coreference::new(vec![
            one(0, 2, MentionForm::Name, None),
            one(3, 5, MentionForm::Name, None),
            one(5, 6, MentionForm::Pronoun, Some(1)),
        ]);
        document.set_coreference(layer).expect("the tokens fit");
        let cx = Context {
            report: &report,
            document: &document,
        };
        let (entities, _) = crate::entities::extract(&cx, &[]);
        let she = entities.at_token(&cx, TokenId(5));
        let name = she.and_then(|id| entities.get(id)).map(|e| e.name.as_str());
        assert_eq!(name, Some("Rosa Pell"));
    }

    #[test]
    fn a_sure_link_joins_and_an_unsure_one_does_not() {
        check(0.9, "Rosa Pell");
        check(0.3, "");
    }
}
