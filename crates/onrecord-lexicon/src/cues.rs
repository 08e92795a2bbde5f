//! Cues: the verbs, nouns and phrases that attribute, what their source does, and what shape
//! their content has; with the heads of unnamed sources and of occasions.
//!
//! ```
//! use onrecord_lexicon::cues::{self, Frame};
//!
//! let vow = cues::verb("vow").expect("a verb of promising");
//! assert_eq!(vow.kind.as_str(), "promise");
//! assert!(vow.takes(Frame::To));
//! assert!(cues::is_document("lawsuit"));
//! ```
//!
//! Left out: reading. The kind is a word of the record's contract, not its type: this crate
//! knows nothing of a record.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;

/// The shape of a content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frame {
    /// A clause, with or without "that".
    That,
    /// Direct speech.
    Quote,
    /// A question as content.
    Whether,
    /// The object is the addressee.
    Tell,
    /// An infinitive done by the source.
    To,
    /// Addressee, then an infinitive.
    Order,
    /// A gerund.
    Ing,
    /// A noun phrase.
    Object,
    /// A person or thing and what is said of it.
    Judge,
}

impl Frame {
    const fn bit(self) -> u16 {
        1 << self as u16
    }

    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "that" => Self::That,
            "quote" => Self::Quote,
            "whether" => Self::Whether,
            "tell" => Self::Tell,
            "to" => Self::To,
            "order" => Self::Order,
            "ing" => Self::Ing,
            "object" => Self::Object,
            "judge" => Self::Judge,
            _ => return None,
        })
    }
}

/// A word that attributes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CueWord {
    /// What its source does, as the record's contract names it.
    pub kind: SmolStr,
    frames: u16,
    /// Prepositions that lead to its content.
    pub prepositions: Vec<SmolStr>,
}

impl CueWord {
    /// Whether its content can have this shape.
    pub const fn takes(&self, frame: Frame) -> bool {
        self.frames & frame.bit() != 0
    }

    fn add(&mut self, frames: &[SmolStr]) {
        for f in frames {
            if let Some(frame) = Frame::of(f) {
                self.frames |= frame.bit();
            } else if let Some(p) = f.strip_prefix("prep:") {
                self.prepositions.push(p.into());
            }
        }
    }
}

/// A verb of several words: "point out".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase {
    /// Words that must stand with the head, as its dependents or right behind it.
    pub with: Vec<SmolStr>,
    /// How they read together.
    pub cue: CueWord,
}

/// Words that lead to a source: "according to".
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Sourced {
    /// What the source does.
    pub kind: SmolStr,
    /// The words, lower-cased.
    pub words: Vec<SmolStr>,
}

#[derive(Deserialize)]
struct Group {
    kind: SmolStr,
    #[serde(default)]
    frames: Vec<SmolStr>,
    lemmas: Vec<SmolStr>,
}

#[derive(Deserialize)]
struct Lemmas {
    lemmas: Vec<SmolStr>,
}

#[derive(Deserialize)]
struct PhraseRow {
    kind: SmolStr,
    head: SmolStr,
    with: Vec<SmolStr>,
    frames: Vec<SmolStr>,
}

#[derive(Deserialize)]
struct CueFile {
    acts: Lemmas,
    naming: Lemmas,
    stirring: Lemmas,
    verb: Vec<Group>,
    phrase: Vec<PhraseRow>,
    noun: Vec<Group>,
    sourced: Vec<Sourced>,
    kind: Vec<Group>,
}

#[derive(Deserialize)]
struct SourceFile {
    document: Vec<SmolStr>,
    collective: Vec<SmolStr>,
    unnamed: Vec<SmolStr>,
}

#[derive(Deserialize)]
struct OccasionFile {
    heads: Vec<SmolStr>,
    prepositions: Vec<SmolStr>,
}

#[derive(Clone, Copy)]
enum SourceHead {
    Document,
    Collective,
    Unnamed,
}

struct Tables {
    verbs: FxHashMap<SmolStr, CueWord>,
    nouns: FxHashMap<SmolStr, CueWord>,
    phrases: FxHashMap<SmolStr, Vec<Phrase>>,
    sourced: Vec<Sourced>,
    kinds: FxHashMap<SmolStr, SmolStr>,
    sources: FxHashMap<SmolStr, SourceHead>,
    occasions: OccasionFile,
    acts: Vec<SmolStr>,
    naming: Vec<SmolStr>,
    stirring: Vec<SmolStr>,
}

fn table(groups: Vec<Group>) -> FxHashMap<SmolStr, CueWord> {
    let mut out: FxHashMap<SmolStr, CueWord> = FxHashMap::default();
    for g in groups {
        for lemma in g.lemmas {
            out.entry(lemma)
                .or_insert_with(|| CueWord {
                    kind: g.kind.clone(),
                    frames: 0,
                    prepositions: Vec::new(),
                })
                .add(&g.frames);
        }
    }
    out
}

fn load() -> Result<Tables, toml::de::Error> {
    let cues: CueFile = toml::from_str(include_str!("../data/cues.toml"))?;
    let heads: SourceFile = toml::from_str(include_str!("../data/sources.toml"))?;
    let mut phrases: FxHashMap<SmolStr, Vec<Phrase>> = FxHashMap::default();
    for row in cues.phrase {
        let mut cue = CueWord {
            kind: row.kind,
            frames: 0,
            prepositions: Vec::new(),
        };
        cue.add(&row.frames);
        phrases.entry(row.head).or_default().push(Phrase {
            with: row.with,
            cue,
        });
    }
    let mut kinds = FxHashMap::default();
    for g in cues.kind {
        for lemma in g.lemmas {
            kinds.entry(lemma).or_insert_with(|| g.kind.clone());
        }
    }
    let mut sources = FxHashMap::default();
    let lists = [
        (heads.document, SourceHead::Document),
        (heads.collective, SourceHead::Collective),
        (heads.unnamed, SourceHead::Unnamed),
    ];
    for (words, kind) in lists {
        for w in words {
            sources.entry(w).or_insert(kind);
        }
    }
    Ok(Tables {
        verbs: table(cues.verb),
        nouns: table(cues.noun),
        phrases,
        sourced: cues.sourced,
        kinds,
        sources,
        acts: cues.acts.lemmas,
        naming: cues.naming.lemmas,
        stirring: cues.stirring.lemmas,
        occasions: toml::from_str(include_str!("../data/occasions.toml"))?,
    })
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| load().expect("the shipped lists parse, which a test holds"));

/// The verb with this lemma, if it attributes.
pub fn verb(lemma: &str) -> Option<&'static CueWord> {
    TABLES.verbs.get(lemma)
}

/// The noun with this lemma, if it can have a content of its own.
pub fn noun(lemma: &str) -> Option<&'static CueWord> {
    TABLES.nouns.get(lemma)
}

/// The verbs of several words with this head.
pub fn phrases(head: &str) -> &'static [Phrase] {
    TABLES.phrases.get(head).map_or(&[], Vec::as_slice)
}

/// Words that lead to a source.
pub fn sourced() -> &'static [Sourced] {
    &TABLES.sourced
}

/// What a source does, for any lemma that a cue may have: verb, noun or other word.
pub fn kind(lemma: &str) -> Option<&'static str> {
    let t = &*TABLES;
    t.verbs
        .get(lemma)
        .or_else(|| t.nouns.get(lemma))
        .map(|c| c.kind.as_str())
        .or_else(|| t.kinds.get(lemma).map(SmolStr::as_str))
}

/// Whether a verb names an act that says nothing: "sign".
pub fn is_act(lemma: &str) -> bool {
    TABLES.acts.iter().any(|a| a == lemma)
}

/// Whether a verb gives a name: "known as", "dubbed".
pub fn is_naming(lemma: &str) -> bool {
    TABLES.naming.iter().any(|v| v == lemma)
}

/// Whether a verb makes others feel what its object names: "raise fears", "cast doubt".
pub fn is_stirring(lemma: &str) -> bool {
    TABLES.stirring.iter().any(|v| v == lemma)
}

/// Whether a noun names something that is read: "report".
pub fn is_document(lemma: &str) -> bool {
    matches!(TABLES.sources.get(lemma), Some(SourceHead::Document))
}

/// Whether a noun names several people or a nameless body: "opposition".
pub fn is_collective(lemma: &str) -> bool {
    matches!(TABLES.sources.get(lemma), Some(SourceHead::Collective))
}

/// Whether a noun names one described person: "source".
pub fn is_unnamed(lemma: &str) -> bool {
    matches!(TABLES.sources.get(lemma), Some(SourceHead::Unnamed))
}

/// Whether a noun names an occasion of speaking: "interview".
pub fn is_occasion(lemma: &str) -> bool {
    TABLES.occasions.heads.iter().any(|h| h == lemma)
}

/// Whether a preposition leads to an occasion.
pub fn leads_to_occasion(preposition: &str) -> bool {
    TABLES
        .occasions
        .prepositions
        .iter()
        .any(|p| p == preposition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_parse() {
        assert!(load().is_ok());
    }

    #[test]
    fn every_frame_is_known() {
        let file: CueFile = toml::from_str(include_str!("../data/cues.toml")).unwrap();
        let rows = file.verb.iter().chain(&file.noun).map(|g| &g.frames);
        for frames in rows.chain(file.phrase.iter().map(|p| &p.frames)) {
            for f in frames {
                assert!(
                    Frame::of(f).is_some() || f.starts_with("prep:"),
                    "unknown frame `{f}`"
                );
            }
        }
    }

    #[test]
    fn frames_of_several_groups_add_up() {
        let announce = verb("announce").unwrap();
        assert!(announce.takes(Frame::That) && announce.takes(Frame::Object));
        assert!(!announce.takes(Frame::Order));
        assert_eq!(verb("call").unwrap().kind, "say");
        assert!(
            verb("call")
                .unwrap()
                .prepositions
                .contains(&SmolStr::new("for"))
        );
    }

    #[test]
    fn a_phrase_needs_its_words() {
        assert_eq!(phrases("point").len(), 2);
        assert!(phrases("walk").is_empty());
    }
}
