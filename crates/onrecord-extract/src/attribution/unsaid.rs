//! Drafts in which nobody says anything, though their words look like it.
//!
//! "The group, called “New Dawn”" names, "called witnesses" summons, "attacked the convoy" fights,
//! "if Varn rejects it" supposes, "no minister has confirmed it" tells of nobody, and "raised fears"
//! says of nobody in particular that they fear.
//!
//! Left out: whether a statement is denied or unsure (`stance`).

use onrecord_lexicon::cues::Frame;
use onrecord_lexicon::{People, cues};
use onrecord_model::{
    ActKind, CueKind, EntityKind, EventType, SegmentLabel, TokenId, TokenRange, Upos,
};

use super::draft::{self, Draft};
use super::quotes::{self, Quote};
use super::{clause, stance};
use crate::{Context, entities::Entities};

/// Whether a draft attributes nothing.
pub(super) fn is_none(
    cx: &Context<'_>,
    entities: &Entities,
    quotes: &[Quote],
    draft: &Draft,
) -> bool {
    is_bare_question(cx, draft)
        || is_act(cx, draft)
        || is_addressee(cx, draft)
        || is_naming(cx, quotes, draft)
        || is_summons(cx, draft)
        || is_fight(cx, draft)
        || is_supposed(cx, draft)
        || is_nobodys(cx, draft)
        || is_stirred(cx, entities, draft)
        || is_site(cx, draft)
}

/// Whether a draft is what a speaker says of the own wishes: "Lund said she wanted peace" is one
/// statement, not two.
pub(super) fn is_own_thought(cx: &Context<'_>, all: &[Draft], d: &Draft) -> bool {
    let inner = matches!(
        stance::kind(cx, d),
        CueKind::Want | CueKind::Think | CueKind::Promise | CueKind::Support | CueKind::Oppose
    );
    let pronoun = d
        .source_head
        .is_some_and(|h| cx.document.token(h).upos == Upos::Pron);
    inner
        && pronoun
        && all
            .iter()
            .any(|o| o.cue_head != d.cue_head && o.says(d.cue_head))
}

/// A word of a clause: a finite verb.
fn is_finite(cx: &Context<'_>, t: TokenId) -> bool {
    let tag = cx.document.token(t).xpos.as_str();
    matches!(tag, "VBZ" | "VBD" | "VBP" | "MD")
}

/// Whether a content is no more than a thing: without a clause, and without a quotation.
fn is_thing(cx: &Context<'_>, d: &Draft) -> bool {
    let clause = |t: TokenId| is_finite(cx, t) || draft::is_mark(cx.document.form(t));
    !d.content.iter().flat_map(|r| r.iter()).any(clause)
}

/// "signed an agreement": an act with a thing, where nothing is said. Events tell it.
fn is_act(cx: &Context<'_>, d: &Draft) -> bool {
    is_thing(cx, d) && cues::is_act(&cx.document.token(d.cue_head).lemma)
}

/// "Lund was asked about the dam": nobody in the text asks, and nothing is said of the dam.
fn is_bare_question(cx: &Context<'_>, d: &Draft) -> bool {
    let bare = || {
        d.content.first().is_some_and(|r| {
            matches!(
                cx.document.form(r.start),
                "about" | "for" | "a" | "an" | "the"
            )
        })
    };
    d.source.is_none() && stance::kind(cx, d) == CueKind::Ask && bare()
}

/// "The office was told": to whom something was said, and nothing of what or by whom.
fn is_addressee(cx: &Context<'_>, d: &Draft) -> bool {
    let document = cx.document;
    let tells = cues::verb(&document.token(d.cue_head).lemma)
        .is_some_and(|v| v.takes(Frame::Tell) && !v.takes(Frame::Object));
    let [piece] = d.content.as_slice() else {
        return false;
    };
    let mut told = document.children_in(d.cue_head, &["nsubj:pass"]);
    tells
        && d.source.is_none()
        && piece.end <= d.cue.start
        && told.any(|t| piece.iter().any(|own| own == t))
}

/// "The group, called “New Dawn”", "known as the Baker", "is referred to as the right to leave":
/// a name is told, and nobody says it.
fn is_naming(cx: &Context<'_>, quotes: &[Quote], d: &Draft) -> bool {
    let document = cx.document;
    let token = document.token(d.cue_head);
    if !cues::is_naming(&token.lemma) || token.xpos != "VBN" {
        return false;
    }
    let has = |t: TokenId| document.token(t).lemma == "have";
    let passive = clause::is_passive(cx, d.cue_head)
        || token.relation.is(&["acl", "amod"])
        || !d.cue.iter().any(has) && document.children_in(d.cue_head, &["aux"]).next().is_none();
    let by =
        clause::agent(cx, d.cue_head).is_some() || d.source.is_some_and(|s| s.start > d.cue_head);
    let mut behind = d.content.iter().filter(|p| p.start >= d.cue.end);
    let name = |p: &TokenRange| {
        let before = TokenId(p.start.0.saturating_sub(1));
        let mut near = std::iter::once(before).chain(p.iter().take(3));
        let marked = near.any(|t| draft::is_mark(document.form(t)));
        let spoken =
            quotes::around(quotes, p.start).is_some_and(|q| q.speech && q.tokens.len() > 7);
        (marked || refers_as(cx, d)) && !spoken && !p.iter().any(|t| is_finite(cx, t))
    };
    passive && !by && behind.all(name)
}

/// "is referred to as": what follows is a name, in marks or not.
fn refers_as(cx: &Context<'_>, d: &Draft) -> bool {
    let document = cx.document;
    let refers = document.token(d.cue_head).lemma == "refer";
    refers && d.cue.iter().any(|t| document.form(t) == "as")
}

/// "did not call any witnesses": people are called, and not called anything.
fn is_summons(cx: &Context<'_>, d: &Draft) -> bool {
    let document = cx.document;
    let [piece] = d.content.as_slice() else {
        return false;
    };
    if document.token(d.cue_head).lemma != "call" || piece.start < d.cue.end {
        return false;
    }
    let last = document.token(piece.end.offset(-1));
    let people = last.upos == Upos::Noun
        && (People::shipped().is_person_noun(&last.lemma) || last.lemma == "police");
    let plain = |t: TokenId| {
        let token = document.token(t);
        let one = matches!(document.form(t), "a" | "an");
        matches!(token.upos, Upos::Det | Upos::Num | Upos::Noun) && !one || token.upos == Upos::Adj
    };
    people && piece.len() < 4 && piece.iter().all(plain)
}

/// "attacked the convoy": what an act of force is done to is not criticised.
fn is_fight(cx: &Context<'_>, d: &Draft) -> bool {
    let force = |k: ActKind| {
        matches!(
            k,
            ActKind::Event {
                kind: EventType::Assault | EventType::Coerce,
                ..
            }
        )
    };
    let mut acts = cx.document.acts().iter();
    stance::kind(cx, d) == CueKind::Criticise
        && is_thing(cx, d)
        && acts.any(|a| force(a.kind) && a.words.overlaps(d.cue))
}

/// "if Varn rejects the sale": what is only supposed has not been said.
fn is_supposed(cx: &Context<'_>, d: &Draft) -> bool {
    let document = cx.document;
    let supposes = |t: TokenId| {
        matches!(
            document.form(t).to_ascii_lowercase().as_str(),
            "if" | "unless"
        )
    };
    let sentence = document.sentence_of(d.cue_head).tokens;
    let first = d.source.map_or(d.cue.start, |s| s.start.min(d.cue.start));
    if first <= sentence.start || !sentence.has(first) {
        return false;
    }
    let before = first.offset(-1);
    let even = before > sentence.start
        && matches!(
            document
                .form(before.offset(-1))
                .to_ascii_lowercase()
                .as_str(),
            "even" | "as" | "said" | "asked"
        );
    supposes(before) && !even
}

/// "No minister has confirmed it", "none of them said": nobody says it. What nobody promises or backs
/// is told with the opposite sign (`stance`).
fn is_nobodys(cx: &Context<'_>, d: &Draft) -> bool {
    stance::by_nobody(cx, d)
        && !matches!(
            stance::kind(cx, d),
            CueKind::Promise
                | CueKind::Threaten
                | CueKind::Support
                | CueKind::Oppose
                | CueKind::Praise
                | CueKind::Criticise
                | CueKind::Demand
        )
}

/// "raising fears of a war", "the hitch casts doubt on the deal": what happens stirs feelings that are
/// nobody's in particular. Who speaks may cast doubt and raise concerns, and fear something.
fn is_stirred(cx: &Context<'_>, entities: &Entities, d: &Draft) -> bool {
    let document = cx.document;
    let noun = |t: TokenId| {
        let token = document.token(t);
        let kind = cues::noun(&token.lemma).map(|w| w.kind.as_str());
        token.upos == Upos::Noun && matches!(kind, Some("think" | "doubt" | "warn"))
    };
    let Some(felt) = d.cue.iter().find(|t| noun(*t) && d.source.is_some()) else {
        return false;
    };
    let over = document.token(felt).head;
    let stirs = |t: TokenId| cues::is_stirring(&document.token(t).lemma);
    if !d.cue.iter().chain(over).any(stirs) {
        return false;
    }
    let own = matches!(document.token(felt).lemma.as_str(), "doubt" | "concern");
    !(own && d.source_head.is_some_and(|h| can_speak(cx, entities, h)))
}

/// Whether a word stands for somebody who can speak.
fn can_speak(cx: &Context<'_>, entities: &Entities, head: TokenId) -> bool {
    let token = cx.document.token(head);
    let lemma = token.lemma.as_str();
    let people = People::shipped();
    let known = entities
        .at_token(cx, head)
        .and_then(|id| entities.get(id))
        .is_some_and(|e| {
            matches!(
                e.kind,
                EntityKind::Person
                    | EntityKind::Organization
                    | EntityKind::Group
                    | EntityKind::State
            )
        });
    known
        || token.upos != Upos::Noun
        || people.is_person_noun(lemma)
        || people.is_relation(lemma)
        || people.is_title(lemma)
        || cues::is_document(lemma)
        || cues::is_collective(lemma)
        || cues::is_unnamed(lemma)
}

/// "Jury convicts gunman : The Daily Tide": a colon with a space before it parts a page's title from
/// the name of its site.
fn is_site(cx: &Context<'_>, d: &Draft) -> bool {
    let document = cx.document;
    let headline = document.sentence_of(d.cue_head).segment == SegmentLabel::Headline;
    let before = || document.range(TokenRange::one(d.cue_head.offset(-1))).end;
    headline
        && document.form(d.cue_head) == ":"
        && d.cue_head.0 > 0
        && before() < document.range(TokenRange::one(d.cue_head)).start
}
