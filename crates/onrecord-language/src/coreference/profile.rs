//! What is known of an expression by itself: class, gender, number, role, words, quotation.

use onrecord_lexicon::{Gender as Given, Organizations, People, cues};
use onrecord_model::{Document, MentionForm, NameKind, Number, TokenId, TokenRange, Upos};

use super::mentions::Found;
use super::quotes::Quotes;
use crate::net::features::slot;

/// Kinds of expressions that behave alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    I = 1,
    We,
    You,
    He,
    She,
    It,
    They,
    This,
    Those,
    Oneself,
    Indefinite,
    Person,
    Organization,
    Place,
    Other,
    PersonNoun,
    BodyNoun,
    Noun,
    Nouns,
    Several,
    Number,
}

/// Number of classes and one for none.
pub(super) const CLASSES: u32 = 22;

impl Class {
    /// Eight coarse groups, by how their antecedents lie.
    pub(super) fn coarse(self, definite: bool) -> u32 {
        match self {
            Self::He | Self::She => 0,
            Self::It => 1,
            Self::They => 2,
            Self::I | Self::We | Self::You => 3,
            Self::This | Self::Those | Self::Oneself | Self::Indefinite => 4,
            Self::Person | Self::Organization | Self::Place | Self::Other => 5,
            _ if definite => 6,
            _ => 7,
        }
    }

    /// Its number in the tables: "she" behaves like "he".
    pub(super) fn row(self) -> u32 {
        if self == Self::She {
            Self::He as u32
        } else {
            self as u32
        }
    }

    pub(super) fn is_pronoun(self) -> bool {
        (self as u32) <= Self::Indefinite as u32
    }

    pub(super) fn is_name(self) -> bool {
        (Self::Person as u32..=Self::Other as u32).contains(&(self as u32))
    }
}

/// Who can be meant, as "he", "she", "it" tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub(super) enum Gender {
    Unknown,
    He,
    She,
    /// A person of either gender.
    Person,
    /// No person.
    Thing,
}

/// An expression with what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub(super) found: Found,
    pub(super) class: Class,
    pub(super) coarse: u32,
    pub(super) gender: Gender,
    /// 0 unknown, 1 one, 2 several.
    pub(super) number: u32,
    pub(super) role: u32,
    /// What governs it, past conjuncts before it.
    pub(super) governor: Option<TokenId>,
    /// The governor's lemma, hashed; 0 without one.
    pub(super) verb: u64,
    /// Article or other determiner: 0 none, 1 the, 2 a, 3 this, 4 possessive, 5 other.
    pub(super) article: u32,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
    /// The head's lemma, hashed.
    pub(super) head: u64,
    /// The words without article and possessive "'s", hashed.
    pub(super) words: u64,
    /// Every word of content, hashed, sorted.
    pub(super) content: Vec<u64>,
    /// Numerals and names among the modifiers, hashed, sorted.
    pub(super) marks: Vec<u64>,
    /// The proper name in it.
    pub(super) name: TokenRange,
    /// The number of the quotation it stands in, 0 for none.
    pub(super) quote: u32,
    /// The head of who speaks in that quotation.
    pub(super) speaker: Option<TokenId>,
    /// The number of the entity that the names alone tell, if it is a name.
    pub(super) group: Option<usize>,
    /// Mentions of its group before it.
    pub(super) before: u32,
    /// Whether a clause hangs on what "it" is the subject of.
    pub(super) empty: bool,
    /// Whether what governs it is the sentence's main verb: 0 no, 1 yes, 2 one of its conjuncts.
    pub(super) main: u32,
    /// Verbs of the sentence up to it.
    pub(super) verbs: u32,
    /// Whether it is reflexive.
    pub(super) reflexive: bool,
    /// The number of the narrowest expression around it.
    pub(super) outer: Option<usize>,
}

/// Profiles of all expressions.
pub(super) fn read(d: &Document, found: Vec<Found>) -> Vec<Profile> {
    let quotes = Quotes::new(d);
    let kinds = kinds(d);
    let verbs = verbs(d);
    let mut open: Vec<usize> = Vec::new();
    let mut out: Vec<Profile> = Vec::with_capacity(found.len());
    for (i, f) in found.into_iter().enumerate() {
        while open
            .last()
            .is_some_and(|o| !out[*o].found.tokens.contains(f.tokens))
        {
            open.pop();
        }
        let mut p = one(d, f, &kinds);
        p.verbs = verbs.get(f.head.index()).copied().unwrap_or_default();
        p.quote = quotes.at(f.head);
        p.speaker = quotes.speaker(p.quote);
        p.outer = open.last().copied();
        open.push(i);
        out.push(p);
    }
    out
}

/// The kind of the name each token lies in.
fn kinds(d: &Document) -> Vec<Option<(NameKind, TokenRange)>> {
    let mut out = vec![None; d.tokens().len()];
    for name in d.names() {
        out[name.tokens.usizes()].fill(Some((name.kind, name.tokens)));
    }
    out
}

fn one(d: &Document, f: Found, kinds: &[Option<(NameKind, TokenRange)>]) -> Profile {
    let head = d.token(f.head);
    let low = d.form(f.head).to_lowercase();
    let kind = kinds.get(f.head.index()).copied().flatten();
    let class = class(d, f, &low, kind.map(|k| k.0));
    let article = article(d, f);
    let (governor, role) = governor(d, f.head);
    let name = if class.is_name() {
        kind.map_or_else(|| chain(d, f), |k| clip(k.1, f.tokens))
    } else {
        TokenRange::default()
    };
    let (content, marks) = content(d, f);
    let sentence = d.sentence_of(f.head);
    Profile {
        found: f,
        class,
        coarse: class.coarse(matches!(article, 1 | 3 | 4)),
        gender: gender(d, f, class, &low, name),
        number: number(d, f, class, &low),
        role,
        verb: governor.map_or(0, |g| slot(&d.token(g).lemma)),
        governor,
        article,
        sentence: head.sentence.0,
        paragraph: sentence.paragraph,
        head: slot(&head.lemma.to_lowercase()),
        words: plain(d, f),
        content,
        marks,
        name,
        quote: 0,
        speaker: None,
        group: None,
        before: 0,
        empty: class == Class::It && is_empty(d, f.head),
        main: main_clause(d, governor),
        verbs: 0,
        reflexive: low.ends_with("self") || low.ends_with("selves"),
        outer: None,
    }
}

fn clip(name: TokenRange, within: TokenRange) -> TokenRange {
    TokenRange::new(
        name.start.0.max(within.start.0),
        name.end.0.min(within.end.0),
    )
}

/// The run of proper nouns around the head.
fn chain(d: &Document, f: Found) -> TokenRange {
    let proper = |t: u32| {
        f.tokens.has(TokenId(t))
            && d.tokens()
                .get(t as usize)
                .is_some_and(|t| t.upos == Upos::Propn)
    };
    let (mut low, mut high) = (f.head.0, f.head.0 + 1);
    while low > 0 && proper(low - 1) {
        low -= 1;
    }
    while proper(high) {
        high += 1;
    }
    TokenRange::new(low, high)
}

fn class(d: &Document, f: Found, low: &str, kind: Option<NameKind>) -> Class {
    if f.several {
        return Class::Several;
    }
    let head = d.token(f.head);
    match f.form {
        MentionForm::Pronoun => pronoun(low),
        MentionForm::Name => match kind {
            Some(NameKind::Person) => Class::Person,
            Some(NameKind::Organization) => Class::Organization,
            Some(NameKind::Place) => Class::Place,
            _ => Class::Other,
        },
        MentionForm::Nominal => {
            let lemma = head.lemma.as_str();
            if head.upos == Upos::Num {
                Class::Number
            } else if People::shipped().is_person_noun(lemma)
                || People::shipped().is_relation(lemma)
            {
                Class::PersonNoun
            } else if Organizations::shipped().is_nominal(lemma) {
                Class::BodyNoun
            } else if head.morph.number == Some(Number::Plur) {
                Class::Nouns
            } else {
                Class::Noun
            }
        }
    }
}

fn pronoun(low: &str) -> Class {
    match low {
        "i" | "me" | "my" | "mine" | "myself" => Class::I,
        "we" | "us" | "our" | "ours" | "ourselves" | "'s" | "’s" => Class::We,
        "you" | "your" | "yours" | "yourself" | "yourselves" | "u" | "ya" => Class::You,
        "he" | "him" | "his" | "himself" => Class::He,
        "she" | "her" | "hers" | "herself" => Class::She,
        "it" | "its" | "itself" => Class::It,
        "they" | "them" | "their" | "theirs" | "themselves" | "themself" | "'em" => Class::They,
        "this" | "that" => Class::This,
        "these" | "those" => Class::Those,
        "oneself" | "other" | "another" | "each" | "both" => Class::Oneself,
        _ => Class::Indefinite,
    }
}

fn article(d: &Document, f: Found) -> u32 {
    let first = d.form(f.tokens.start).to_lowercase();
    match first.as_str() {
        "the" => 1,
        "a" | "an" => 2,
        "this" | "that" | "these" | "those" => 3,
        "some" | "any" | "no" | "every" | "each" | "all" | "many" | "another" | "such" | "both"
        | "several" | "few" | "most" => 5,
        _ => match d.child(f.head, &["nmod:poss"]) {
            Some(owner) if owner < f.head => 4,
            _ => 0,
        },
    }
}

/// What governs a head and in which role; a further conjunct takes the first one's.
pub(super) fn governor(d: &Document, head: TokenId) -> (Option<TokenId>, u32) {
    let mut t = head;
    for _ in 0..4 {
        let token = d.token(t);
        match token.head {
            Some(h) if token.relation.is(&["conj"]) && d.token(h).upos.is_nominal() => t = h,
            _ => break,
        }
    }
    let token = d.token(t);
    let role = match token.relation.as_str() {
        "nsubj" | "nsubj:outer" => 1,
        "nsubj:pass" => 2,
        "obj" => 3,
        "iobj" => 4,
        "obl:agent" => 5,
        "nmod:poss" => 6,
        "compound" => 7,
        "appos" => 8,
        "root" => 9,
        "vocative" => 10,
        "xcomp" | "ccomp" => 11,
        "conj" => 12,
        "obl:tmod" | "obl:unmarked" | "obl:npmod" => 13,
        _ => match token.relation.base() {
            "obl" => 14,
            "nmod" => 15,
            _ => 0,
        },
    };
    (token.head, role)
}

fn number(d: &Document, f: Found, class: Class, low: &str) -> u32 {
    match class {
        Class::Several | Class::We | Class::They | Class::Those | Class::Nouns => 2,
        Class::He | Class::She | Class::It | Class::I | Class::Person => 1,
        Class::You => 0,
        _ if matches!(low, "this" | "that") => 1,
        _ => match d.token(f.head).morph.number {
            Some(Number::Sing) => 1,
            Some(Number::Plur) => 2,
            None => 0,
        },
    }
}

/// The gender a person's name tells.
pub(super) fn of_name(d: &Document, f: Found, name: TokenRange) -> Gender {
    let people = People::shipped();
    let titled = f.tokens.iter().take_while(|t| *t < name.end).find_map(|t| {
        let word = d.form(t).trim_end_matches('.').to_lowercase();
        people.gender_of_title(&word)
    });
    let given = || people.gender_of_name(d.form(name.start));
    match titled.or_else(|| (name.len() > 1).then(given).flatten()) {
        Some(Given::Masculine) => Gender::He,
        Some(Given::Feminine) => Gender::She,
        _ => Gender::Person,
    }
}

fn gender(d: &Document, f: Found, class: Class, low: &str, name: TokenRange) -> Gender {
    match class {
        Class::He => Gender::He,
        Class::She => Gender::She,
        Class::It | Class::Organization | Class::Place | Class::BodyNoun | Class::Number => {
            Gender::Thing
        }
        Class::I | Class::You | Class::We => Gender::Person,
        Class::Person => of_name(d, f, name),
        Class::PersonNoun | Class::Noun => noun_gender(&d.token(f.head).lemma, class, low),
        Class::Other
            if People::shipped()
                .gender_of_name(d.form(name.start))
                .is_some() =>
        {
            of_name(d, f, name)
        }
        _ => Gender::Unknown,
    }
}

fn noun_gender(lemma: &str, class: Class, low: &str) -> Gender {
    let told = People::shipped().gender_of_title(lemma);
    match low {
        "man" | "boy" | "husband" | "son" | "brother" | "father" | "uncle" | "grandfather"
        | "nephew" | "gentleman" | "boyfriend" | "guy" | "dad" | "king" => Gender::He,
        "woman" | "girl" | "wife" | "daughter" | "sister" | "mother" | "aunt" | "grandmother"
        | "niece" | "lady" | "girlfriend" | "mom" | "mum" | "queen" => Gender::She,
        _ => match told {
            Some(Given::Masculine) => Gender::He,
            Some(Given::Feminine) => Gender::She,
            _ if class == Class::PersonNoun => Gender::Person,
            _ => Gender::Unknown,
        },
    }
}

/// Words of content, and the marks that tell one thing of a kind from another.
fn content(d: &Document, f: Found) -> (Vec<u64>, Vec<u64>) {
    let (mut content, mut marks) = (Vec::new(), Vec::new());
    if f.form == MentionForm::Pronoun {
        return (content, marks);
    }
    for t in f.tokens.iter().take(24) {
        let token = d.token(t);
        if !matches!(
            token.upos,
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb
        ) {
            continue;
        }
        let word = slot(&d.form(t).to_lowercase());
        content.push(word);
        if t != f.head && matches!(token.upos, Upos::Propn | Upos::Num) {
            marks.push(word);
        }
    }
    content.sort_unstable();
    marks.sort_unstable();
    (content, marks)
}

/// The words without a leading article and a trailing possessive, hashed.
fn plain(d: &Document, f: Found) -> u64 {
    let mut out: u64 = 0;
    for t in f.tokens.iter().take(24) {
        let low = d.form(t).to_lowercase();
        if matches!(low.as_str(), "the" | "a" | "an" | "this" | "that") && t == f.tokens.start
            || matches!(low.as_str(), "'s" | "’s" | "'" | "’")
        {
            continue;
        }
        out = out.wrapping_mul(0x0000_0100_0000_01b3) ^ slot(&low);
    }
    out
}

/// "it is clear that ...", "it took years to ...": the subject stands for a clause or the weather.
fn is_empty(d: &Document, t: TokenId) -> bool {
    let token = d.token(t);
    let Some(h) = token.head.filter(|_| token.relation.is(&["nsubj"])) else {
        return false;
    };
    d.children_in(h, &["csubj", "ccomp", "xcomp", "advcl", "acl"])
        .any(|c| c > h && d.child(c, &["mark"]).is_some())
        && cues::verb(&d.token(h).lemma).is_none()
}

/// Whether a word is the root of its sentence (1) or its conjunct (2).
fn main_clause(d: &Document, t: Option<TokenId>) -> u32 {
    let Some(t) = t else { return 0 };
    let token = d.token(t);
    match token.head {
        None => 1,
        Some(h) if token.relation.is(&["conj"]) && d.token(h).head.is_none() => 2,
        _ => 0,
    }
}

/// How many verbs stand before each token, through the document.
fn verbs(d: &Document) -> Vec<u32> {
    let mut sum = 0;
    let count = d.tokens().iter().map(|t| {
        sum += u32::from(t.upos == Upos::Verb);
        sum
    });
    count.collect()
}
