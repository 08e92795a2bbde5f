//! Words that promise, agree, ask and withhold: frames by lemma, and the kinds of what is promised.
//!
//! ```
//! use onrecord_lexicon::commitments;
//! assert_eq!(commitments::verbs("pledge")[0].status, "announced");
//! assert_eq!(commitments::noun_kind("truce"), Some("ceasefire"));
//! ```
//!
//! Statuses and kinds are the words of the record's contract; this crate does not know its types.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// What a frame's object may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Takes {
    /// "to send", "sending".
    Clause,
    /// "aid".
    Thing,
    /// Either.
    #[default]
    Both,
}

/// Who is bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The subject: "Poland offered".
    #[default]
    Subject,
    /// The object: "asked Sweden to".
    Object,
    /// The one behind "from": "sought aid from Sweden".
    Asked,
}

/// A word with the way it takes its object.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Frame {
    words: Vec<String>,
    /// Of the ladder of `record.md`.
    pub status: String,
    /// What its object may be.
    pub takes: Takes,
    /// The object stands behind one of these.
    pub prep: Vec<String>,
    /// The status under a negation; empty when the negation stays a negation.
    pub negated: String,
    /// Who is bound.
    pub by: Bound,
    /// The status stays under "will".
    pub holds: bool,
    /// Doing it is delivering.
    pub act: bool,
    /// A thing of no known kind will do.
    pub any: bool,
    /// It has a recipient: "offered Sweden boats".
    pub gives: bool,
    /// Only things of these kinds; empty for all. `promise`: only words of promise.
    pub of: Vec<String>,
    /// It ends a measure, and to do so is a plan like any other: "will lift the ban".
    pub lifts: bool,
    /// The network of acts learned before it was there and is not told of it.
    pub untold: bool,
    /// The particle it needs: "out" of "rule out".
    #[serde(skip)]
    pub particle: String,
    /// The oblique noun it needs: "principle" of "agree in principle".
    #[serde(skip)]
    pub oblique: String,
}

impl Frame {
    /// Whether it takes words of promise: "kept its pledge".
    pub fn takes_promise(&self) -> bool {
        self.of.iter().any(|o| o == "promise")
    }

    /// How much it asks for beside its head.
    fn demands(&self) -> usize {
        let own = usize::from(!self.particle.is_empty()) + usize::from(!self.oblique.is_empty());
        2 * own + usize::from(!self.prep.is_empty())
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Kind {
    nouns: Vec<String>,
    verbs: Vec<String>,
    pairs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    nouns: Vec<String>,
    marks: Vec<String>,
    preps: Vec<String>,
    verbs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    verb: Vec<Frame>,
    subject: Vec<Frame>,
    noun: Vec<Frame>,
    adjective: Vec<Frame>,
    kind: std::collections::BTreeMap<String, Kind>,
    light: Words,
    actor: Words,
    pair: Words,
    condition: Words,
    part: Words,
    rest: Words,
    instalment: Words,
    personnel: Words,
    raise: Words,
    receive: Words,
    quiet: Words,
    accusation: Words,
    promise: Words,
    fulfilment: Words,
    approval: Words,
    forms: std::collections::BTreeMap<String, String>,
    acts: std::collections::BTreeMap<String, String>,
}

type Frames = FxHashMap<String, Vec<Frame>>;
type Kinds = FxHashMap<String, String>;

#[derive(Debug, Default)]
struct Tables {
    verbs: Frames,
    subjects: Frames,
    nouns: Frames,
    adjectives: Frames,
    noun_kinds: Kinds,
    verb_kinds: Kinds,
    pair_kinds: Kinds,
    /// By the number of the list.
    words: Vec<FxHashSet<String>>,
    forms: FxHashMap<String, String>,
    acts: FxHashMap<String, String>,
}

/// A list of words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum List {
    /// Heads that stand for what they hold: "a package of aid".
    Light,
    /// Actors who can bind themselves.
    Actor,
    /// Parties named together: "the two leaders".
    Pair,
    /// What begins a clause that is a condition: "if".
    ConditionMark,
    /// What a condition stands behind: "under".
    ConditionPrep,
    /// What a condition is: "framework".
    Condition,
    /// What a larger whole is: "package".
    Part,
    /// What is left of a sum: "remainder".
    Rest,
    /// What a part of a sum is called: "tranche".
    Instalment,
    /// People who are sent for what they can do.
    Personnel,
    /// To promise more of it: "double".
    Raise,
    /// To be given it: "receive".
    Receive,
    /// Words of sport, courts, markets and weather.
    Quiet,
    /// What one is accused of or answers to: "wrongdoing", "allegation".
    Accusation,
    /// Verbs by which that is denied: "reject".
    Denial,
    /// Those who decide on it: "court".
    Bench,
    /// What is promised and may be kept: "pledge".
    Promise,
    /// Verbs for keeping a promise: "pay".
    Fulfilment,
    /// Verbs for letting an act take effect: "ratify".
    Approval,
    /// What what is refused may hang on: "without".
    RefusedMark,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../data/commitments.toml"))
        .map(Tables::of)
        .unwrap_or_default()
});

impl Tables {
    fn of(file: File) -> Self {
        let mut out = Self {
            verbs: by_lemma(file.verb),
            subjects: by_lemma(file.subject),
            nouns: by_lemma(file.noun),
            adjectives: by_lemma(file.adjective),
            forms: file.forms.into_iter().collect(),
            acts: file.acts.into_iter().collect(),
            ..Self::default()
        };
        for (name, kind) in file.kind {
            let named = |words: Vec<String>| words.into_iter().map(|w| (w, name.clone()));
            out.noun_kinds.extend(named(kind.nouns));
            out.verb_kinds.extend(named(kind.verbs));
            out.pair_kinds.extend(named(kind.pairs));
        }
        let lists = [
            (List::Light, file.light.nouns),
            (List::Actor, file.actor.nouns),
            (List::Pair, file.pair.nouns),
            (List::ConditionMark, file.condition.marks),
            (List::ConditionPrep, file.condition.preps),
            (List::Condition, file.condition.nouns),
            (List::Part, file.part.nouns),
            (List::Rest, file.rest.nouns),
            (List::Instalment, file.instalment.nouns),
            (List::Personnel, file.personnel.nouns),
            (List::Raise, file.raise.verbs),
            (List::Receive, file.receive.verbs),
            (List::Quiet, file.quiet.nouns),
            (List::Accusation, file.accusation.nouns),
            (List::Denial, file.accusation.verbs),
            (List::Bench, file.accusation.marks),
            (List::Promise, file.promise.nouns),
            (List::Fulfilment, file.fulfilment.verbs),
            (List::Approval, file.approval.verbs),
            (List::RefusedMark, file.approval.marks),
        ];
        out.words = vec![FxHashSet::default(); lists.len()];
        for (list, words) in lists {
            if let Some(set) = out.words.get_mut(list as usize) {
                set.extend(words);
            }
        }
        out
    }
}

/// Frames by the lemma of their head, the most demanding first.
fn by_lemma(frames: Vec<Frame>) -> Frames {
    let mut out = Frames::default();
    for frame in frames {
        for word in &frame.words {
            let (rest, oblique) = word.split_once('~').unwrap_or((word, ""));
            let (lemma, particle) = rest.split_once('+').unwrap_or((rest, ""));
            let made = Frame {
                words: vec![word.clone()],
                particle: particle.to_owned(),
                oblique: oblique.to_owned(),
                ..frame.clone()
            };
            let list = out.entry(lemma.to_owned()).or_default();
            let at = list
                .iter()
                .take_while(|f| f.demands() >= made.demands())
                .count();
            list.insert(at, made);
        }
    }
    out
}

/// Frames of a verb.
pub fn verbs(lemma: &str) -> &'static [Frame] {
    TABLES.verbs.get(lemma).map_or(&[], Vec::as_slice)
}

/// The verb that a wrongly cut stem belongs to: "postpon" and "expired" are none, "postpone" and
/// "expire" are.
pub fn known_verb(stem: &str) -> Option<&'static str> {
    let form = TABLES.forms.get(stem).map(String::as_str);
    form.or_else(|| STEMS.get(stem).map(|(_, word)| *word))
}

/// Endings that a stem may have kept, the likeliest first.
const ENDINGS: [&str; 6] = ["", "ing", "ed", "d", "e", "s"];

/// Every stem a verb with frames or a kind may be cut to, with how far it is from the verb.
static STEMS: LazyLock<FxHashMap<String, (usize, &'static str)>> = LazyLock::new(|| {
    let tables = &*TABLES;
    let verbs = tables.verbs.keys().chain(tables.subjects.keys());
    let mut verbs: Vec<&str> = verbs
        .chain(tables.verb_kinds.keys())
        .map(String::as_str)
        .collect();
    verbs.sort_unstable();
    verbs.dedup();
    let mut out: FxHashMap<String, (usize, &str)> = FxHashMap::default();
    for verb in verbs {
        // "expire", "expir", and "plann" for "plan".
        let last = verb.chars().next_back();
        let bare = [
            Some(verb.to_owned()),
            verb.strip_suffix('e').map(str::to_owned),
            last.map(|l| format!("{verb}{l}")),
        ];
        for (i, bare) in bare.iter().enumerate() {
            for (j, ending) in ENDINGS.iter().enumerate() {
                let Some(bare) = bare else { continue };
                let rank = j * 3 + i;
                let slot = out.entry(format!("{bare}{ending}")).or_insert((rank, verb));
                if rank < slot.0 {
                    *slot = (rank, verb);
                }
            }
        }
    }
    out
});

/// The noun of a plural that was taken for a lemma: "troops".
pub fn known_noun(plural: &str) -> Option<&'static str> {
    let find = |word: &str| {
        let tables = &*TABLES;
        let kinds = tables
            .noun_kinds
            .get_key_value(word)
            .map(|(k, _)| k.as_str());
        kinds.or_else(|| tables.nouns.get_key_value(word).map(|(k, _)| k.as_str()))
    };
    find(plural).or_else(|| plural.strip_suffix('s').and_then(find))
}

/// The verb of a noun that names its act: "sale", "sell".
pub fn act_of(noun: &str) -> Option<&'static str> {
    TABLES.acts.get(noun).map(String::as_str)
}

/// Frames of a verb whose subject is the thing: "the ceasefire expired".
pub fn subjects(lemma: &str) -> &'static [Frame] {
    TABLES.subjects.get(lemma).map_or(&[], Vec::as_slice)
}

/// Frames of a noun.
pub fn nouns(lemma: &str) -> &'static [Frame] {
    TABLES.nouns.get(lemma).map_or(&[], Vec::as_slice)
}

/// Frames of an adjective.
pub fn adjectives(lemma: &str) -> &'static [Frame] {
    TABLES.adjectives.get(lemma).map_or(&[], Vec::as_slice)
}

/// The kind of commitment a noun speaks of.
pub fn noun_kind(lemma: &str) -> Option<&'static str> {
    TABLES.noun_kinds.get(lemma).map(String::as_str)
}

/// The kind of commitment a verb speaks of.
pub fn verb_kind(lemma: &str) -> Option<&'static str> {
    TABLES.verb_kinds.get(lemma).map(String::as_str)
}

/// The kind of commitment a verb with a noun speaks of: "close" an "embassy".
pub fn pair_kind(verb: &str, noun: &str) -> Option<&'static str> {
    let pair = format!("{verb} {noun}");
    TABLES.pair_kinds.get(&pair).map(String::as_str)
}

/// Whether a word is on a list.
pub fn on(list: List, word: &str) -> bool {
    let words = TABLES.words.get(list as usize);
    words.is_some_and(|w| w.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads() {
        let file: Result<File, _> = toml::from_str(include_str!("../data/commitments.toml"));
        assert!(file.is_ok(), "{:?}", file.err());
    }

    #[test]
    fn frames_know_particles_and_obliques() {
        assert!(
            verbs("rule")
                .iter()
                .any(|f| f.particle == "out" && f.negated == "not_ruled_out")
        );
        assert!(verbs("agree").iter().any(|f| f.oblique == "principle"));
        assert_eq!(pair_kind("close", "consulate"), Some("sanction"));
        assert_eq!(verb_kind("expel"), Some("sanction"));
        assert!(on(List::Light, "package") && !on(List::Light, "aid"));
        assert_eq!(known_verb("postpon"), Some("postpone"));
        assert_eq!(known_verb("expired"), Some("expire"));
        assert_eq!(known_verb("withdrew"), Some("withdraw"));
        assert_eq!(known_noun("troops"), Some("troop"));
        assert_eq!(act_of("sale"), Some("sell"));
        assert_eq!(known_verb("slapp"), Some("slap"));
        assert_eq!(known_verb("zigzag"), None);
        assert!(verbs("zigzag").is_empty() && nouns("zigzag").is_empty());
    }
}
