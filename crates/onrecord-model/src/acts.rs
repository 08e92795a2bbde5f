//! Acts: who promises, asks, does what to whom, as spans of tokens; no entities yet.

use crate::{
    CommitmentKind, CommitmentStatus, Document, EventType, Factuality, Layer, LayerError, Phase,
    TokenId, TokenRange,
};

/// A commitment or an event as the words of the report tell it.
#[derive(Clone, PartialEq, Debug)]
pub struct Act {
    /// The cue of a commitment ("would not rule out"), the trigger of an event ("bombed").
    pub words: TokenRange,
    /// What it is.
    pub kind: ActKind,
    /// What is promised, asked or withheld; none for events.
    pub object: Option<TokenRange>,
    /// On what condition.
    pub condition: Option<TokenRange>,
    /// The larger thing it is part of.
    pub part_of: Option<TokenRange>,
    /// Who and what belongs to it, the surest first.
    pub arguments: Vec<ActArgument>,
    /// How firmly it is told.
    pub factuality: Factuality,
    /// On whose word.
    pub voice: ActVoice,
    /// From 0 to 1, on the scores' grid.
    pub score: f32,
}

impl Act {
    /// The word that is most probably the one in a role, where it is at least so probable.
    pub fn pointed(&self, role: ActRole, least: f32) -> Option<TokenId> {
        let own = self.arguments.iter().filter(|a| a.role == role);
        let best = own.max_by(|a, b| a.share.total_cmp(&b.share).then(b.head.cmp(&a.head)));
        best.filter(|a| a.share >= least).map(|a| a.head)
    }

    /// The heads of those in a role that are at least so probable, the surest first.
    pub fn heads(&self, role: ActRole, least: f32) -> impl Iterator<Item = TokenId> + '_ {
        let fits = move |a: &&ActArgument| a.role == role && a.score >= least;
        self.arguments.iter().filter(fits).map(|a| a.head)
    }
}

/// What an act is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActKind {
    /// Something promised, agreed, asked or withheld.
    Commitment {
        /// How far it has come.
        status: CommitmentStatus,
        /// What kind of thing.
        kind: CommitmentKind,
    },
    /// Something that somebody does.
    Event {
        /// PLOVER type.
        kind: EventType,
        /// To come, under way, prevented, supposed; none when done.
        phase: Option<Phase>,
    },
}

/// What a word has to do with an act.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ActRole {
    /// Who is bound by a commitment.
    By,
    /// Who benefits from a commitment or is hit by it.
    To,
    /// Who acts in an event.
    Actor,
    /// Who is acted on in an event.
    Recipient,
    /// On whose word it stands.
    Source,
    /// By when a commitment is due.
    Due,
    /// Since when it stands.
    Since,
    /// How much.
    Amount,
}

impl ActRole {
    /// All, in the order of the model's scores.
    pub const ALL: [Self; 8] = [
        Self::By,
        Self::To,
        Self::Actor,
        Self::Recipient,
        Self::Source,
        Self::Due,
        Self::Since,
        Self::Amount,
    ];
}

/// A word in a role.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ActArgument {
    /// What it has to do with the act.
    pub role: ActRole,
    /// The head of its phrase.
    pub head: TokenId,
    /// How probable it is that the word plays the role, from 0 to 1, on the scores' grid.
    pub score: f32,
    /// How probable it is that the word is the one to point at: the shares of all words and of
    /// nobody are one. 0 for times and amounts.
    pub share: f32,
}

/// On whose word an act is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActVoice {
    /// The reporter's own.
    Reporter,
    /// That of somebody in the text.
    Told,
    /// That of somebody who is not in the text: "it is believed".
    Implicit,
}

impl Document {
    /// Assigns acts, in text order of their words.
    ///
    /// # Errors
    /// When the layer is there already or a span lies outside the tokens.
    pub fn set_acts(&mut self, acts: Vec<Act>) -> Result<(), LayerError> {
        let n = self.tokens().len();
        let fits = acts.iter().all(|a| {
            let spans = [Some(a.words), a.object, a.condition, a.part_of];
            let mut heads = a.arguments.iter().map(|x| x.head.index());
            spans.into_iter().flatten().all(|s| s.end.index() <= n) && heads.all(|h| h < n)
        });
        self.assign(Layer::Acts, fits)?;
        self.acts = acts;
        Ok(())
    }

    /// Acts, in text order of their words.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }
}
