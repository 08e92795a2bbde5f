//! What a predicate's clause says: its subject (its own, or the one it borrows), objects,
//! auxiliaries, negation. Reads Universal Dependencies; every question has an answer on any tree.

use onrecord_lexicon::commitments as words;
use onrecord_model::{SegmentLabel, TokenId, Upos, VerbForm, Voice};

use crate::{Context, blame};

/// How deep a borrowed subject is looked for.
const DEPTH: u8 = 6;

/// Verbs whose object does what their clause says: "urged Norway to send".
const OBJECT_CONTROL: &[&str] = &[
    "ask",
    "urge",
    "press",
    "force",
    "order",
    "instruct",
    "tell",
    "allow",
    "permit",
    "authorize",
    "authorise",
    "direct",
    "persuade",
    "convince",
    "compel",
    "oblige",
    "require",
    "invite",
    "encourage",
    "beg",
    "push",
    "pressure",
    "help",
    "let",
    "make",
    "enable",
    "want",
    "expect",
    "call",
    "appeal",
    "license",
    "demand",
];

/// A token's dictionary form; a verb whose lemma was cut wrong ("postpon") is set right when the
/// lexicon knows a verb of that stem.
pub(crate) fn lemma<'a>(cx: &Context<'a>, t: TokenId) -> &'a str {
    let token = cx.document.token(t);
    let lemma = token.lemma.as_str();
    match token.upos {
        Upos::Verb => words::known_verb(lemma).unwrap_or(lemma),
        Upos::Noun => words::known_noun(lemma).unwrap_or(lemma),
        _ => lemma,
    }
}

/// Whether a token's relation is one of these.
pub(super) fn is(cx: &Context<'_>, t: TokenId, relations: &[&str]) -> bool {
    cx.document.token(t).relation.is(relations)
}

/// Whether a token has a dependent of this dictionary form.
pub(super) fn has_child(cx: &Context<'_>, t: TokenId, lemmas: &[&str]) -> bool {
    cx.document
        .children(t)
        .iter()
        .any(|c| lemmas.contains(&lemma(cx, *c)))
}

/// The preposition or mark before a phrase, with a second word where there is one: `out of`.
pub(crate) fn marker(cx: &Context<'_>, t: TokenId) -> String {
    let d = cx.document;
    let mut out = String::new();
    for c in d.children_in(t, &["case", "mark"]) {
        if c > t || d.form(c).starts_with(['\'', '’']) {
            continue;
        }
        push_low(&mut out, d.form(c));
        for fixed in d.children_in(c, &["fixed"]) {
            push_low(&mut out, d.form(fixed));
        }
    }
    out
}

/// Adds a word in small letters, behind a space.
fn push_low(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        out.push_str(&word.to_lowercase());
    }
}

/// Whether a verb is passive.
pub(crate) fn is_passive(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let has = |relation: &str| {
        d.children(v)
            .iter()
            .any(|c| d.token(*c).relation.as_str() == relation)
    };
    // Without "be" only a headline's or an agent's participle is passive: "Norway called on Chile"
    // is at times tagged as one.
    let heading = d.sentence_of(v).segment != SegmentLabel::Body;
    let own = has("aux:pass")
        || ((has("nsubj:pass") || has("csubj:pass")) && (heading || agent(cx, v).is_some()));
    own || is_bare_participle(cx, v)
        || (participle_like(cx, v) && d.child(v, &["obj"]).is_none() && agent(cx, v).is_some())
        || (is(cx, v, &["conj"])
            && participle_like(cx, v)
            && d.child(v, &["nsubj", "aux"]).is_none()
            && d.token(v).head.is_some_and(|h| {
                d.children(h)
                    .iter()
                    .any(|c| d.token(*c).relation.as_str() == "aux:pass")
            }))
}

fn participle_like(cx: &Context<'_>, v: TokenId) -> bool {
    let t = cx.document.token(v);
    t.morph.voice == Some(Voice::Pass)
        || (t.morph.verb_form == Some(VerbForm::Part) && !cx.document.form(v).ends_with("ing"))
        || t.xpos == "VBN"
}

/// A past participle that modifies a noun or a clause: "the bill, supported by both parties".
fn is_bare_participle(cx: &Context<'_>, v: TokenId) -> bool {
    participle_like(cx, v)
        && is(cx, v, &["acl", "advcl"])
        && cx.document.token(v).relation.as_str() != "acl:relcl"
        && cx.document.child(v, &["aux", "nsubj", "obj"]).is_none()
}

/// The one behind "by" in a passive.
pub(crate) fn agent(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    let d = cx.document;
    d.children(v)
        .iter()
        .copied()
        .find(|c| d.token(*c).relation.as_str() == "obl:agent")
        .or_else(|| {
            d.children_in(v, &["obl", "nmod"])
                .find(|c| marker(cx, *c) == "by" && d.token(*c).upos.is_nominal())
        })
}

/// The noun a relative pronoun stands for, else the token itself.
pub(super) fn antecedent(cx: &Context<'_>, subject: TokenId) -> TokenId {
    let d = cx.document;
    if !matches!(
        lemma(cx, subject),
        "that" | "which" | "who" | "whom" | "whose"
    ) {
        return subject;
    }
    d.ancestors(subject)
        .find(|a| d.token(*a).relation.as_str() == "acl:relcl")
        .and_then(|a| d.token(a).head)
        .unwrap_or(subject)
}

/// The grammatical subject of a predicate: its own, or borrowed from the clause that governs it.
pub(crate) fn subject(cx: &Context<'_>, v: TokenId) -> Option<TokenId> {
    subject_within(cx, v, DEPTH)
}

fn subject_within(cx: &Context<'_>, v: TokenId, depth: u8) -> Option<TokenId> {
    let d = cx.document;
    if let Some(own) = d.child(v, &["nsubj"]) {
        return Some(antecedent(cx, own));
    }
    if let Some(blame) = blame::of(cx, v) {
        return Some(blame.doer);
    }
    let head = d.token(v).head.filter(|_| depth > 0)?;
    let up = |h| subject_within(cx, h, depth - 1);
    match d.token(v).relation.base() {
        "xcomp" | "ccomp" => match d.child(head, &["iobj", "obj"]) {
            Some(o) if o < v && OBJECT_CONTROL.contains(&lemma(cx, head)) => {
                Some(antecedent(cx, o))
            }
            _ if OBJECT_CONTROL.contains(&lemma(cx, head)) => {
                oblique(cx, head, &["on", "upon", "to"]).or_else(|| up(head))
            }
            _ => up(head),
        },
        "conj" | "advcl" | "parataxis" | "obl" | "dep" => up(head),
        "acl" if !d.token(head).upos.is_nominal() => up(head),
        "acl" => owner(cx, head)
            .or_else(|| governor(cx, head).and_then(|g| subject_within(cx, g, depth - 1))),
        _ => None,
    }
}

/// Whose a noun is: "Norway's pledge", "the Norwegian pledge", "a pledge by Norway".
pub(super) fn owner(cx: &Context<'_>, noun: TokenId) -> Option<TokenId> {
    let d = cx.document;
    d.child(noun, &["nmod:poss"])
        .or_else(|| {
            d.children_in(noun, &["nmod", "obl"])
                .find(|c| matches!(marker(cx, *c).as_str(), "by" | "from"))
        })
        .or_else(|| {
            d.children_in(noun, &["compound", "amod", "nmod"])
                .find(|c| *c < noun && d.token(*c).upos == Upos::Propn)
        })
}

/// The verb that governs a noun, through conjunctions and other nouns.
pub(super) fn governor(cx: &Context<'_>, noun: TokenId) -> Option<TokenId> {
    let d = cx.document;
    d.ancestors(noun)
        .skip(1)
        .take(DEPTH as usize)
        .find(|a| matches!(d.token(*a).upos, Upos::Verb))
}

/// An oblique behind one of these prepositions.
pub(super) fn oblique(cx: &Context<'_>, v: TokenId, preps: &[&str]) -> Option<TokenId> {
    cx.document.children_in(v, &["obl", "nmod"]).find(|c| {
        preps.contains(&marker(cx, *c).as_str()) && cx.document.token(*c).upos != Upos::Verb
    })
}

/// Whether a predicate is negated in its own words.
pub(crate) fn is_negated(cx: &Context<'_>, v: TokenId) -> bool {
    let d = cx.document;
    let no = |t: TokenId| {
        matches!(
            d.form(t).to_lowercase().as_str(),
            "not" | "n't" | "n’t" | "never" | "no" | "neither" | "cannot" | "nor" | "hardly"
        ) || (d.token(t).morph.negative && d.token(t).upos != Upos::Verb)
    };
    let own = d
        .children_in(v, &["advmod", "det", "aux", "cc"])
        .any(|c| no(c) || has_child(cx, c, &["not"]));
    // "can’t agree", with the mark on the auxiliary, and "no plans".
    own || d.children_in(v, &["nsubj", "obj"]).any(|c| is_none(cx, c))
}

/// Whether nobody does what a verb says: "no minister has endorsed it".
pub(crate) fn nobody(cx: &Context<'_>, v: TokenId) -> bool {
    cx.document
        .children_in(v, &["nsubj"])
        .any(|c| is_none(cx, c))
}

/// Whether a noun phrase denies what it takes part in: "nobody", "no minister", "neither Norway nor
/// Sweden", "not one of them".
fn is_none(cx: &Context<'_>, noun: TokenId) -> bool {
    use onrecord_lexicon::factuality::is_none as denies;
    let d = cx.document;
    let word = |t: TokenId| d.form(t).to_lowercase();
    let one = || lemma(cx, noun) == "one" && has_child(cx, noun, &["not"]);
    denies(&word(noun))
        || one()
        || d.children_in(noun, &["det", "cc"])
            .any(|c| denies(&word(c)))
}

/// How a predicate stands in time and mood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    /// "sends", "has sent", "sent".
    Fact,
    /// "is sending".
    Ongoing,
    /// "will send", "would send", "is to send".
    Future,
    /// "may send", "could send".
    Possible,
    /// "must send", "should send".
    Duty,
    /// "would have sent".
    Unreal,
    /// "to send", with nothing that says it is so.
    Infinitive,
    /// "sending", "sent" without a finite word.
    Participle,
}

/// Reads the auxiliaries of a predicate; a conjunct borrows those of the first.
pub(crate) fn mode(cx: &Context<'_>, v: TokenId) -> Mode {
    let d = cx.document;
    let forms: Vec<String> = d
        .children_in(v, &["aux", "cop"])
        .map(|c| d.form(c).to_lowercase())
        .collect();
    let has = |words: &[&str]| forms.iter().any(|f| words.contains(&f.as_str()));
    let form = d.form(v).to_lowercase();
    if has(&["have", "'ve", "’ve"]) && has(&["would", "could", "might", "should"]) {
        return Mode::Unreal;
    }
    if has(&["will", "would", "shall", "'ll", "’ll", "wo", "'d", "’d"]) {
        return Mode::Future;
    }
    if has(&["may", "might", "could", "can", "ca", "cannot"]) {
        return Mode::Possible;
    }
    if has(&["must", "should", "ought"]) {
        return Mode::Duty;
    }
    let to = d
        .children_in(v, &["mark", "aux"])
        .any(|c| d.form(c).eq_ignore_ascii_case("to"));
    if to {
        // "is going to send"
        let going = d
            .token(v)
            .head
            .is_some_and(|h| lemma(cx, h) == "go" && d.form(h).eq_ignore_ascii_case("going"));
        let be_to = going || has(&["is", "are", "was", "were"]) && d.child(v, &["nsubj"]).is_some();
        return if be_to {
            Mode::Future
        } else {
            Mode::Infinitive
        };
    }
    if forms.is_empty() {
        let first = d
            .token(v)
            .head
            .filter(|_| is(cx, v, &["conj"]) && d.child(v, &["nsubj"]).is_none());
        if let Some(first) = first.filter(|h| matches!(d.token(*h).upos, Upos::Verb)) {
            return mode(cx, first);
        }
        // A finite past that was tagged as a participle: it heads the sentence or has a subject.
        let heads = d.token(v).head.is_none()
            || d.children(v)
                .iter()
                .any(|c| d.token(*c).relation.as_str() == "nsubj");
        if heads && !form.ends_with("ing") && participle_like(cx, v) {
            return Mode::Fact;
        }
        return match d.token(v).morph.verb_form {
            Some(VerbForm::Ger | VerbForm::Part) => Mode::Participle,
            Some(VerbForm::Inf) => Mode::Infinitive,
            _ if form.ends_with("ing") => Mode::Participle,
            _ => Mode::Fact,
        };
    }
    if form.ends_with("ing") {
        return Mode::Ongoing;
    }
    Mode::Fact
}

/// The phrase that follows a noun behind one of these prepositions: its own dependent, or one
/// that hangs on its governor but stands right behind it ("signed an accord on fish").
pub(super) fn following(cx: &Context<'_>, noun: TokenId, preps: &[&str]) -> Option<TokenId> {
    let d = cx.document;
    let fits = |c: &TokenId| *c > noun && preps.contains(&marker(cx, *c).as_str());
    let own = d
        .children_in(noun, &["nmod", "obl", "acl", "advcl"])
        .find(fits);
    own.or_else(|| behind(cx, noun).filter(fits))
}

/// The phrase or clause that stands right behind a noun's own phrase, hung on a governor.
fn behind(cx: &Context<'_>, noun: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let starts = |end: TokenId| {
        d.ancestors(noun).skip(1).take(4).find_map(|head| {
            d.children(head)
                .iter()
                .copied()
                .find(|c| *c > noun && d.subtree(*c).start == end)
        })
    };
    starts(after_brackets(cx, d.subtree(noun).end))
        .or_else(|| starts(after_brackets(cx, number_end(cx, noun))))
}

/// One past the numbers that follow a head: "$ 50 billion".
fn number_end(cx: &Context<'_>, head: TokenId) -> TokenId {
    let d = cx.document;
    let sentence = d.sentence_of(head).tokens;
    let mut end = head.offset(1);
    while sentence.has(end) && matches!(d.token(end).upos, Upos::Num | Upos::Sym) {
        end = end.offset(1);
    }
    end
}

/// "A$5 billion ($3.25 billion) in loans": an aside in brackets does not part them.
fn after_brackets(cx: &Context<'_>, end: TokenId) -> TokenId {
    let d = cx.document;
    let form = |t: &TokenId| d.tokens().get(t.index()).map(|_| d.form(*t));
    if form(&end) != Some("(") {
        return end;
    }
    (end.0..end.0 + 12)
        .map(TokenId)
        .find(|t| form(t) == Some(")"))
        .map_or(end, |c| c.offset(1))
}

/// The clause of a noun, "its promise to send", wherever the tree hangs it.
pub(super) fn following_clause(cx: &Context<'_>, noun: TokenId) -> Option<TokenId> {
    let d = cx.document;
    let fits = |c: &TokenId| {
        let token = d.token(*c);
        *c > noun
            && token.upos == Upos::Verb
            && token.relation.as_str() != "acl:relcl"
            && matches!(marker(cx, *c).as_str(), "to" | "of" | "for")
    };
    d.children(noun).iter().copied().find(fits).or_else(|| {
        behind(cx, noun)
            .filter(fits)
            .filter(|c| marker(cx, *c) == "to")
    })
}
