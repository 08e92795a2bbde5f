//! The nouns of onrecord: what a report, its analysis and its record hold.
//!
//! Data and its laws, no analysis. The serialised form of [`Record`] is the product's
//! contract: field names are snake_case, spans are half-open ranges of Unicode code points
//! with the words they cover, money is a decimal string.
//!
//! ```
//! use onrecord_model::{Text, TextRange};
//!
//! let text = Text::new("“Peace”, he said.");
//! let span = text.span(TextRange::new(3, 8)).expect("on character boundaries");
//! assert_eq!((span.quote(), span.start(), span.end()), ("Peace", 1, 6));
//! ```
//!
//! Left out: reading (`onrecord-intake`, `onrecord-language`, `onrecord-extract`) and
//! keeping (`onrecord-ledger`).

mod acts;
mod aligned;
mod confident;
mod coreference;
mod document;
mod metadata;
mod problem;
mod record;
mod report;
mod text;
mod visit;

pub use acts::{Act, ActArgument, ActKind, ActRole, ActVoice};
pub use aligned::{AlignedText, Builder as AlignedTextBuilder};
pub use coreference::{Coreference, Expression, ReferenceLink};
pub use document::{
    Attribution, Document, Layer, LayerError, Mood, Morph, Name, NameKind, Number, Relation,
    Sentence, SentenceId, Tense, Token, TokenId, TokenRange, Upos, VerbForm, Voice,
};
pub use metadata::{Metadata, NoStamp, PubStatus, Stamp, Subject};
pub use problem::{Problem, ProblemKind};
pub use record::{
    Amount, AmountBasis, AppliedRate, Basis, Certainty, Commitment, CommitmentId, CommitmentKind,
    CommitmentStatus, Content, Cue, CueKind, Entity, EntityId, EntityKind, Event, EventId,
    EventType, Factuality, Link, Mention, MentionForm, Party, PartyRole, Phase, Place, Polarity,
    Qualifier, Quotation, RateSource, Reader, ReaderModel, Record, RecordError, Restated, Role,
    Source, SourceKind, Statement, StatementId, TimeKind, TimeMention, TimeValue, Why,
};
pub use report::{
    Byline, Conversion, Credit, CreditPart, Dateline, Envelope, Evidence, Precision, Published,
    PublishedBasis, Report, Segment, SegmentLabel, Version, VersionKind, short,
};
pub use text::{Span, SpanError, Text, TextRange};
