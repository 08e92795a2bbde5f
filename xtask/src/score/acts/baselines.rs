//! Two simple readers, to hold figures against. Both are approximations of what tools of their kind
//! do by their documentation, on the trees of our own parser; neither is such a tool.
//!
//! * The event coder works as PETRARCH2 and its like: the verb of a clause, looked up in a lexicon, its subject, and
//!   whom it is aimed at, with their states. What is done, will be done, was not ruled out and was not
//!   done is coded alike, and all of it on the reporter's word. It is kinder than the original: it has
//!   onrecord's lexicon of verbs and what our reader knows of states, and keeps actors that have none. It
//!   knows no nouns ("the arrest of").
//! * The quote extractor takes the subject of a reporting verb, or who stands behind "according to", and the
//!   clause or quotation beside it, all of it certain. It joins no pronoun with a name and no quotation with
//!   the next sentence.

use onrecord::Reading;
use onrecord_lexicon::countries::Countries;
use onrecord_lexicon::cues::{self, Frame};
use onrecord_lexicon::events::{self, VerbFrame};
use onrecord_model::{
    Document, EventType, PartyRole, Quotation, SourceKind, Span, TokenId, TokenRange, Upos,
};

use super::read::{Cue, Event, Party, Record, Source, Stance, Statement};

/// A simple reader.
pub(super) type Baseline = fn(&Reading) -> Record;

/// Both, by name.
pub(super) const ALL: [(&str, Baseline); 2] = [
    ("event coder", event_coder),
    ("quote extractor", quote_extractor),
];

/// One event a clause: that of its verb, or of the verb it leads to.
fn event_coder(reading: &Reading) -> Record {
    let tokens = reading.document.tokens().len() as u32;
    let clauses = (0..tokens).map(TokenId);
    Record {
        events: clauses.filter_map(|c| coded(reading, c)).collect(),
        ..Record::default()
    }
}

fn coded(reading: &Reading, clause: TokenId) -> Option<Event> {
    let d = &reading.document;
    let subject = d.child(clause, &["nsubj"])?;
    // "Would not rule out sending troops" sends troops.
    let inward = |t: &TokenId| d.child(*t, &["xcomp"]);
    let chain: Vec<TokenId> = std::iter::successors(Some(clause), inward).collect();
    let mut inmost = chain.into_iter().rev();
    let (verb, frame) = inmost.find_map(|v| Some((v, frame(d, v)?)))?;
    let other = frame
        .recipient
        .iter()
        .find_map(|role| complement(d, verb, role));
    let passive = d.token(subject).relation.as_str() == "nsubj:pass";
    let (mut actor, mut recipient) = if passive {
        (complement(d, verb, "by"), Some(subject))
    } else {
        (Some(subject), other)
    };
    if frame.swap {
        std::mem::swap(&mut actor, &mut recipient);
    }
    let actor = party(reading, actor?, PartyRole::Actor);
    let recipient = recipient.map(|r| party(reading, r, PartyRole::Recipient));
    Some(Event {
        kind: EventType::of(&frame.kind)?,
        trigger: span(d, TokenRange::one(verb))?,
        actors: Vec::new(),
        recipients: Vec::new(),
        parties: std::iter::once(actor).chain(recipient).collect(),
        phase: None,
        factuality: Stance::default(),
        basis: vec!["reporter".to_owned()],
        confidence: 1.0,
    })
}

/// The first frame of a verb whose particle, object and prepositions stand in the sentence.
fn frame(d: &Document, verb: TokenId) -> Option<&'static VerbFrame> {
    let token = d.token(verb);
    let frames = events::verbs_of(&token.lemma, d.form(verb));
    let mut frames = frames.iter().filter(|_| token.upos == Upos::Verb);
    let particle = d.child(verb, &["compound:prt"]).map(|p| d.form(p));
    let object = d.child(verb, &["obj"]);
    frames.find(|f| {
        let takes = |o| events::takes(f, &d.token(o).lemma, d.form(o)) != Some(false);
        let fits = object.map_or(!f.wants_object(), takes);
        let needs = |role: &String| complement(d, verb, role).is_some();
        let whole = f.particle.is_none() || f.particle.as_deref() == particle;
        // What is hostile is not for the tree to say.
        whole && fits && !f.hostile && (f.needs.is_empty() || f.needs.iter().any(needs))
    })
}

/// What stands under a verb in a role of the lexicon: a relation, or a preposition.
fn complement(d: &Document, verb: TokenId, role: &str) -> Option<TokenId> {
    if let Some(found) = d.child(verb, &[role]) {
        return Some(found);
    }
    let led = |t: &TokenId| {
        d.child(*t, &["case"])
            .is_some_and(|c| d.token(c).lemma == role)
    };
    let object = d.child(verb, &["obj"]);
    let behind = object.into_iter().flat_map(|o| d.children_in(o, &["nmod"]));
    d.children_in(verb, &["obl"]).chain(behind).find(led)
}

/// A phrase, with the state that it names, or that of whom it names.
fn party(reading: &Reading, head: TokenId, role: PartyRole) -> Party {
    let d = &reading.document;
    let tokens = d.subtree(head);
    let range = d.range(tokens);
    let entities = reading.record.entities.iter();
    let inside = entities.flat_map(|e| e.mentions.iter().map(move |m| (m.span.range(), e)));
    let known = inside.filter(|(m, e)| range.contains(*m) && e.country.is_some());
    let named = known.min_by_key(|(m, _)| m.start);
    let adjective = || {
        let countries = Countries::shipped();
        let mut words = tokens.iter().map(|t| d.form(t));
        words.find_map(|w| Some(countries.by_adjective(w)?.iso3.to_string()))
    };
    Party {
        role,
        entity: None,
        span: span(d, tokens),
        country: named
            .and_then(|(_, e)| e.country.clone())
            .or_else(adjective),
    }
}

/// One statement for each reporting verb with a subject, and for each "according to".
fn quote_extractor(reading: &Reading) -> Record {
    let d = &reading.document;
    let tokens = (0..d.tokens().len() as u32).map(TokenId);
    Record {
        statements: tokens
            .filter_map(|t| said(d, t).or_else(|| according(d, t)))
            .collect(),
        ..Record::default()
    }
}

/// "X said that ...", and "..., X said".
fn said(d: &Document, verb: TokenId) -> Option<Statement> {
    let word = cues::verb(&d.token(verb).lemma)?;
    let subject = d.child(verb, &["nsubj"])?;
    let active = d.token(subject).relation.as_str() == "nsubj";
    if !active || !(word.takes(Frame::That) || word.takes(Frame::Quote)) {
        return None;
    }
    let clause = d.child(verb, &["ccomp"]);
    let beside = || d.token(verb).relation.is(&["parataxis"]).then_some(verb);
    let content = match clause {
        Some(clause) => d.subtree(clause),
        None => rest(d, d.subtree(beside()?), d.token(verb).head?)?,
    };
    statement(d, subject, d.subtree(subject), verb, content)
}

/// "..., according to X".
fn according(d: &Document, cue: TokenId) -> Option<Statement> {
    let token = d.token(cue);
    let source = token
        .head
        .filter(|_| token.lemma == "accord" || token.lemma == "according")?;
    let all = d.subtree(source);
    let content = rest(d, all, d.token(source).head?)?;
    // Behind "according" and "to".
    let words = TokenRange::new(cue.0 + 2, all.end.0);
    statement(d, source, words, cue, content)
}

/// The longer side of a clause around a part of it.
fn rest(d: &Document, part: TokenRange, head: TokenId) -> Option<TokenRange> {
    let all = d.subtree(head);
    let before = TokenRange::new(all.start.0, part.start.0);
    let after = TokenRange::new(part.end.0, all.end.0);
    let sides = [before, after].into_iter().max_by_key(|r| r.len());
    sides.filter(|r| !r.is_empty())
}

fn statement(
    d: &Document,
    source: TokenId,
    words: TokenRange,
    cue: TokenId,
    content: TokenRange,
) -> Option<Statement> {
    let content = span(d, content)?;
    let direct = content.quote().contains(['"', '“', '”']);
    let named = d.token(source).upos == Upos::Propn;
    let quotation = if direct {
        Quotation::Direct
    } else {
        Quotation::Indirect
    };
    Some(Statement {
        id: String::new(),
        source: Source {
            kind: Some(if named {
                SourceKind::Named
            } else {
                SourceKind::Unnamed
            }),
            entity: None,
            span: span(d, words),
        },
        cue: Cue {
            span: span(d, TokenRange::one(cue))?,
        },
        content: vec![content],
        quotation: Some(quotation),
        factuality: Stance::default(),
    })
}

fn span(d: &Document, tokens: TokenRange) -> Option<Span> {
    d.text().span(d.range(tokens)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::{Envelope, Reader};

    fn read(text: &str) -> Reading {
        let reader = Reader::new().unwrap();
        reader.study(text.as_bytes(), &Envelope::default())
    }

    #[test]
    fn what_is_done_and_what_is_not_is_coded_alike() {
        for act in ["sent", "will send", "did not send"] {
            let text = format!("Norway {act} troops to Estonia.");
            let record = event_coder(&read(&text));
            let [event] = &record.events[..] else {
                panic!("{} events in `{text}`", record.events.len());
            };
            let countries: Vec<_> = event.parties.iter().map(|p| p.country.as_deref()).collect();
            assert_eq!(countries, [Some("NOR"), Some("EST")], "{text}");
            assert_eq!(event.basis, ["reporter"]);
        }
    }

    #[test]
    fn who_says_it_is_taken_from_beside_the_verb() {
        for text in [
            "The mayor said that the bridge is shut.",
            "The bridge is shut, the mayor said.",
            "The bridge is shut, according to the mayor.",
        ] {
            let record = quote_extractor(&read(text));
            let [said] = &record.statements[..] else {
                panic!("{} statements in `{text}`", record.statements.len());
            };
            let source = said.source.span.as_ref().unwrap();
            assert_eq!(source.quote().to_lowercase(), "the mayor", "{text}");
            assert!(
                said.content[0]
                    .quote()
                    .to_lowercase()
                    .contains("the bridge is shut")
            );
        }
    }
}
