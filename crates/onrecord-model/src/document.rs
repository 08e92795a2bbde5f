//! A report after language analysis: sentences and tokens, and layers over them.
//!
//! Layers are append-only: each is assigned once, by one annotator, and read by accessors
//! that are empty while the layer is absent.

use smol_str::SmolStr;

use crate::{Act, Coreference, SegmentLabel, Text, TextRange};

/// The number of a token in its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TokenId(pub u32);

impl TokenId {
    /// For indexing.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The token `by` places on.
    #[must_use]
    pub const fn offset(self, by: i32) -> Self {
        Self(self.0.saturating_add_signed(by))
    }
}

/// The number of a sentence in its document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct SentenceId(pub u32);

/// A half-open range of tokens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct TokenRange {
    /// First token.
    pub start: TokenId,
    /// One past the last token.
    pub end: TokenId,
}

impl TokenRange {
    /// From `start` up to `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self {
            start: TokenId(start),
            end: TokenId(if end < start { start } else { end }),
        }
    }

    /// One token.
    pub const fn one(token: TokenId) -> Self {
        Self::new(token.0, token.0 + 1)
    }

    /// Number of tokens.
    pub const fn len(self) -> usize {
        (self.end.0 - self.start.0) as usize
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start.0 == self.end.0
    }

    /// Whether a token lies in it.
    pub const fn has(self, token: TokenId) -> bool {
        self.start.0 <= token.0 && token.0 < self.end.0
    }

    /// Whether the two share a token.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start.0 < other.end.0 && other.start.0 < self.end.0
    }

    /// Whether `other` lies inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start.0 <= other.start.0 && other.end.0 <= self.end.0
    }

    /// Its tokens in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator {
        (self.start.index()..self.end.index()).map(|i| TokenId(i as u32))
    }

    /// As a range of `usize`, for slicing.
    pub const fn usizes(self) -> std::ops::Range<usize> {
        self.start.0 as usize..self.end.0 as usize
    }
}

/// A sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its words, from the first token's first byte to the last token's last.
    pub range: TextRange,
    /// The number of its paragraph, counted through the report.
    pub paragraph: u32,
    /// The segment it stands in.
    pub segment: SegmentLabel,
}

/// A token as Universal Dependencies cut them: "didn’t" is two, "Canada’s" is two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Its place. Tokens of one word ("gon" "na") touch.
    pub range: TextRange,
    /// Its sentence.
    pub sentence: SentenceId,
    /// UD part of speech; `X` while the tags layer is absent.
    pub upos: Upos,
    /// Penn tag; empty while absent.
    pub xpos: SmolStr,
    /// Morphology that matters here.
    pub morph: Morph,
    /// Dictionary form; the lower-cased form while absent.
    pub lemma: SmolStr,
    /// Its head; `None` for the root, and while the trees layer is absent.
    pub head: Option<TokenId>,
    /// Its relation to its head.
    pub relation: Relation,
    /// For a predicate, how surely its event happened, in hundredths: 300 certainly, -300 certainly
    /// not (the scale of UDS It-Happened); 0 while the trees layer is absent.
    pub happened: i16,
}

/// UD parts of speech.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[expect(missing_docs, reason = "the names are the UD standard's own")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    /// All, in alphabetical order of their tags.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The UD tag.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }

    /// From the UD tag; `X` for anything else.
    pub fn of(tag: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|u| u.as_str() == tag)
            .unwrap_or_default()
    }

    /// Nouns, names and pronouns.
    pub const fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Propn | Self::Pron)
    }
}

/// A UD relation with its subtype, as written: `nsubj:pass`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Relation(pub SmolStr);

impl Relation {
    /// From its written form.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name before the colon.
    pub fn base(&self) -> &str {
        let name = self.as_str();
        let colon = name.bytes().position(|b| b == b':');
        colon.and_then(|at| name.get(..at)).unwrap_or(name)
    }

    /// Whether the base name, or the whole, is one of these.
    pub fn is(&self, names: &[&str]) -> bool {
        let (name, base) = (self.as_str(), self.base());
        names.iter().any(|n| *n == base || *n == name)
    }
}

/// The morphology that attribution and factuality need (UD features of these names).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Morph {
    /// `Tense`.
    pub tense: Option<Tense>,
    /// `Mood`.
    pub mood: Option<Mood>,
    /// `VerbForm`.
    pub verb_form: Option<VerbForm>,
    /// `Voice`.
    pub voice: Option<Voice>,
    /// `Number`.
    pub number: Option<Number>,
    /// `Person`, 1 to 3; 0 when absent.
    pub person: u8,
    /// `Polarity=Neg`.
    pub negative: bool,
}

/// UD `Tense`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are the UD standard's own")]
pub enum Tense {
    Past,
    Pres,
}

/// UD `Mood`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are the UD standard's own")]
pub enum Mood {
    Ind,
    Imp,
    Sub,
}

/// UD `VerbForm`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are the UD standard's own")]
pub enum VerbForm {
    Fin,
    Inf,
    Ger,
    Part,
}

/// UD `Voice`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are the UD standard's own")]
pub enum Voice {
    Act,
    Pass,
}

/// UD `Number`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are the UD standard's own")]
pub enum Number {
    Sing,
    Plur,
}

/// A name the model found.
#[derive(Clone, PartialEq, Debug)]
pub struct Name {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its kind.
    pub kind: NameKind,
    /// From 0 to 1, on the scores' grid.
    pub score: f32,
}

/// Kinds of names the training data tells apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// A state, city or other place.
    Place,
    /// Any other name: events, works, products, groups.
    Misc,
}

/// An attribution as the model sees it: spans of tokens, no entities yet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Attribution {
    /// Who; empty when the source is not in the text.
    pub source: Vec<TokenRange>,
    /// The words that attribute.
    pub cue: Vec<TokenRange>,
    /// What is attributed.
    pub content: Vec<TokenRange>,
    /// From 0 to 1, on the scores' grid.
    pub score: f32,
}

/// The layers of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Layer {
    /// Sentences and tokens.
    Tokens,
    /// Parts of speech, morphology, lemmas.
    Tags,
    /// Heads and relations.
    Trees,
    /// Names.
    Names,
    /// What the encoder makes of each token in its sentence, for annotators that read it further.
    States,
    /// Attribution spans.
    Attributions,
    /// Referring expressions and their clusters.
    Coreference,
    /// Acts: commitments and events with those who take part.
    Acts,
}

/// A layer was assigned twice, or does not fit the tokens.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the layer {0:?} is already assigned or does not fit the tokens")]
pub struct LayerError(pub Layer);

/// The analysed report.
#[derive(Clone, Debug)]
pub struct Document {
    text: Text,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    /// The dependents of all tokens, head by head, and where those of each head end.
    children: Vec<TokenId>,
    children_end: Vec<u32>,
    names: Vec<Name>,
    states: Vec<f32>,
    attributions: Vec<Attribution>,
    pub(crate) coreference: Coreference,
    pub(crate) acts: Vec<Act>,
    layers: Vec<Layer>,
}

impl Document {
    /// A document with its sentences and tokens and no other layer.
    pub fn new(text: Text, sentences: Vec<Sentence>, tokens: Vec<Token>) -> Self {
        Self {
            text,
            sentences,
            tokens,
            children: Vec::new(),
            children_end: Vec::new(),
            names: Vec::new(),
            states: Vec::new(),
            attributions: Vec::new(),
            coreference: Coreference::default(),
            acts: Vec::new(),
            layers: vec![Layer::Tokens],
        }
    }

    /// Whether a layer is there.
    pub fn has(&self, layer: Layer) -> bool {
        self.layers.contains(&layer)
    }

    pub(crate) fn assign(&mut self, layer: Layer, fits: bool) -> Result<(), LayerError> {
        if !fits || self.has(layer) {
            return Err(LayerError(layer));
        }
        self.layers.push(layer);
        Ok(())
    }

    /// Assigns parts of speech, Penn tags, morphology and lemmas, one per token.
    ///
    /// # Errors
    /// When the layer is there already or the number of tags is not that of the tokens.
    pub fn set_tags(
        &mut self,
        tags: Vec<(Upos, SmolStr, Morph, SmolStr)>,
    ) -> Result<(), LayerError> {
        self.assign(Layer::Tags, tags.len() == self.tokens.len())?;
        for (token, (upos, xpos, morph, lemma)) in self.tokens.iter_mut().zip(tags) {
            (token.upos, token.xpos, token.morph, token.lemma) = (upos, xpos, morph, lemma);
        }
        Ok(())
    }

    /// Assigns heads and relations, one per token.
    ///
    /// # Errors
    /// When the layer is there already, the number differs, or a head lies in another sentence.
    pub fn set_trees(&mut self, arcs: Vec<(Option<TokenId>, Relation)>) -> Result<(), LayerError> {
        let fits = arcs.len() == self.tokens.len()
            && self.tokens.iter().zip(&arcs).all(|(t, (head, _))| {
                head.is_none_or(|h| {
                    self.tokens
                        .get(h.index())
                        .is_some_and(|x| x.sentence == t.sentence)
                })
            });
        self.assign(Layer::Trees, fits)?;
        for (token, arc) in self.tokens.iter_mut().zip(arcs) {
            (token.head, token.relation) = arc;
        }
        self.gather_children();
        Ok(())
    }

    /// Tells for each token how surely its event happened, in hundredths.
    ///
    /// # Errors
    /// When there are no trees yet or the number of values is not that of the tokens.
    pub fn set_happened(&mut self, values: &[i16]) -> Result<(), LayerError> {
        if !self.has(Layer::Trees) || values.len() != self.tokens.len() {
            return Err(LayerError(Layer::Trees));
        }
        for (token, value) in self.tokens.iter_mut().zip(values) {
            token.happened = *value;
        }
        Ok(())
    }

    /// Sorts the tokens by their heads: those of a head stand together, in text order.
    fn gather_children(&mut self) {
        let mut end = vec![0; self.tokens.len()];
        let heads = || self.tokens.iter().map(|t| t.head);
        for head in heads().flatten() {
            end[head.index()] += 1;
        }
        let mut total = 0;
        for n in &mut end {
            // The place of the head's first dependent; it moves to the end as they are put in.
            total += std::mem::replace(n, total);
        }
        let mut children = vec![TokenId::default(); total as usize];
        for (i, head) in heads().enumerate() {
            if let Some(h) = head {
                let at = &mut end[h.index()];
                children[*at as usize] = TokenId(i as u32);
                *at += 1;
            }
        }
        (self.children, self.children_end) = (children, end);
    }

    /// Assigns the encoder's states: rows of `width` values, one for each token.
    ///
    /// # Errors
    /// When the layer is there already or the number of rows is not that of the tokens.
    pub fn set_states(&mut self, width: usize, states: Vec<f32>) -> Result<(), LayerError> {
        let fits = states.len() == width * self.tokens.len();
        self.assign(Layer::States, fits)?;
        self.states = states;
        Ok(())
    }

    /// Assigns names, in text order.
    ///
    /// # Errors
    /// When the layer is there already or a name lies outside the tokens.
    pub fn set_names(&mut self, names: Vec<Name>) -> Result<(), LayerError> {
        let n = self.tokens.len();
        self.assign(
            Layer::Names,
            names.iter().all(|x| x.tokens.end.index() <= n),
        )?;
        self.names = names;
        Ok(())
    }

    /// Assigns attribution spans, in text order of their cues.
    ///
    /// # Errors
    /// When the layer is there already or a span lies outside the tokens.
    pub fn set_attributions(&mut self, found: Vec<Attribution>) -> Result<(), LayerError> {
        let n = self.tokens.len();
        let fits = found.iter().all(|a| {
            a.source
                .iter()
                .chain(&a.cue)
                .chain(&a.content)
                .all(|r| r.end.index() <= n)
        });
        self.assign(Layer::Attributions, fits)?;
        self.attributions = found;
        Ok(())
    }

    /// The canonical text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// All sentences, in text order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All tokens, in text order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The encoder's states of these tokens, one row after another; empty while the layer is absent.
    pub fn states(&self, tokens: TokenRange) -> &[f32] {
        let count = self.tokens.len();
        let wide = self.states.len().checked_div(count).unwrap_or_default();
        let tokens = tokens.usizes();
        self.states
            .get(tokens.start * wide..tokens.end * wide)
            .unwrap_or_default()
    }

    /// Names, in text order.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Attribution spans.
    pub fn attributions(&self) -> &[Attribution] {
        &self.attributions
    }

    /// One token.
    ///
    /// # Panics
    /// When the id is not of this document.
    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.index()]
    }

    /// A token's words.
    pub fn form(&self, id: TokenId) -> &str {
        self.text.slice(self.token(id).range)
    }

    /// The sentence a token stands in.
    pub fn sentence_of(&self, id: TokenId) -> &Sentence {
        &self.sentences[self.token(id).sentence.0 as usize]
    }

    /// The bytes from the first to the last token of a range; empty for an empty range.
    pub fn range(&self, tokens: TokenRange) -> TextRange {
        match self.tokens.get(tokens.usizes()) {
            Some([first, .., last]) => first.range.cover(last.range),
            Some([only]) => only.range,
            _ => TextRange::default(),
        }
    }

    /// The words of a range of tokens.
    pub fn words(&self, tokens: TokenRange) -> &str {
        self.text.slice(self.range(tokens))
    }

    /// The tokens that lie wholly or partly in a range of bytes.
    pub fn tokens_in(&self, range: TextRange) -> TokenRange {
        let start = self.tokens.partition_point(|t| t.range.end <= range.start);
        let end = self.tokens.partition_point(|t| t.range.start < range.end);
        TokenRange::new(start as u32, end as u32)
    }

    /// The direct dependents of a token, in text order.
    pub fn children(&self, id: TokenId) -> &[TokenId] {
        let end = |i: usize| self.children_end.get(i).map(|n| *n as usize);
        let start = id.index().checked_sub(1).and_then(end).unwrap_or(0);
        end(id.index())
            .and_then(|end| self.children.get(start..end))
            .unwrap_or_default()
    }

    /// The first dependent in one of these relations (whole name or its base).
    pub fn child(&self, id: TokenId, relations: &[&str]) -> Option<TokenId> {
        self.children(id)
            .iter()
            .copied()
            .find(|c| self.token(*c).relation.is(relations))
    }

    /// All dependents in these relations.
    pub fn children_in<'d>(
        &'d self,
        id: TokenId,
        relations: &'d [&str],
    ) -> impl Iterator<Item = TokenId> + 'd {
        self.children(id)
            .iter()
            .copied()
            .filter(move |c| self.token(*c).relation.is(relations))
    }

    /// From a token up to the root, the token itself first.
    pub fn ancestors(&self, id: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(Some(id), |t| self.token(*t).head).take(self.tokens.len() + 1)
    }

    /// The tokens from the leftmost to the rightmost descendant.
    pub fn subtree(&self, id: TokenId) -> TokenRange {
        let (mut low, mut high) = (id.0, id.0);
        let mut todo = vec![id];
        while let Some(t) = todo.pop() {
            low = low.min(t.0);
            high = high.max(t.0);
            todo.extend_from_slice(self.children(t));
        }
        TokenRange::new(low, high + 1)
    }

    /// The token of a range that is not governed from inside it (the first, if several).
    pub fn head_of(&self, tokens: TokenRange) -> TokenId {
        tokens
            .iter()
            .filter(|t| t.index() < self.tokens.len())
            .find(|t| self.token(*t).head.is_none_or(|h| !tokens.has(h)))
            .unwrap_or(tokens.start)
    }
}
