//! What an annotation holds. Its JSON is the form in which passages are handed to other programs.

use onrecord_model::{
    Certainty, CommitmentKind, CommitmentStatus, EventType, Factuality, Phase, Polarity, Qualifier,
    Quotation, SourceKind, Span, Text,
};
use serde::{Serialize, Serializer};

/// A passage of news with everything that is promised and done in it.
#[derive(Serialize)]
pub(super) struct Passage {
    pub(super) id: String,
    /// The day of publication.
    pub(super) published: Option<String>,
    /// `made`, or `real:` with its source.
    pub(super) kind: String,
    /// `CE`, or `SCE` where statements are annotated too.
    pub(super) layers: String,
    #[serde(serialize_with = "as_str")]
    pub(super) text: Text,
    pub(super) commitments: Vec<Commitment>,
    pub(super) events: Vec<Event>,
    pub(super) statements: Vec<Statement>,
}

/// A C line.
#[derive(Serialize)]
pub(super) struct Commitment {
    pub(super) status: CommitmentStatus,
    pub(super) kind: CommitmentKind,
    pub(super) by: Vec<Party>,
    pub(super) to: Vec<Party>,
    pub(super) object: Span,
    pub(super) cue: Span,
    #[serde(flatten)]
    pub(super) details: Details,
}

/// An E line.
#[derive(Serialize)]
pub(super) struct Event {
    #[serde(rename = "type")]
    pub(super) kind: EventType,
    pub(super) trigger: Span,
    pub(super) actors: Vec<Party>,
    pub(super) recipients: Vec<Party>,
    #[serde(flatten)]
    pub(super) details: Details,
}

/// An S line.
#[derive(Serialize)]
pub(super) struct Statement {
    pub(super) quotation: Quotation,
    pub(super) source: Source,
    pub(super) cue: Span,
    pub(super) content: Vec<Span>,
    #[serde(serialize_with = "in_two_words")]
    pub(super) factuality: Factuality,
    #[serde(flatten)]
    pub(super) details: Details,
}

/// Who says it.
#[derive(Serialize)]
pub(super) struct Source {
    pub(super) kind: SourceKind,
    #[serde(flatten)]
    pub(super) party: Party,
}

/// A state, by its code, or anybody, by the words of the passage.
#[derive(Serialize, Default)]
pub(super) struct Party {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) span: Option<Span>,
}

impl Party {
    /// A source that the passage does not name.
    pub(super) fn is_untold(&self) -> bool {
        self.country.is_none() && self.span.is_none()
    }
}

/// Money, or a number of things.
#[derive(Serialize)]
pub(super) struct Amount {
    pub(super) value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<String>,
}

/// What stands behind a line as `key=value`; which keys are allowed depends on the line.
#[derive(Serialize, Default)]
pub(super) struct Details {
    /// Left out: positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) polarity: Option<Polarity>,
    /// Left out: certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) certainty: Option<Certainty>,
    /// On whose word. Left out: the reporter's; empty: a source that is not in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) basis: Option<Vec<Party>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phase: Option<Phase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cue: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) qualifier: Option<Qualifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<Span>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<Span>,
    #[serde(rename = "of", skip_serializing_if = "Option::is_none")]
    pub(super) part_of: Option<Span>,
    #[serde(rename = "to", skip_serializing_if = "Option::is_none")]
    pub(super) addressee: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) via: Option<Party>,
}

impl Details {
    /// Certainty and polarity, as left out or given.
    pub(super) fn factuality(&self) -> Factuality {
        Factuality {
            certainty: self.certainty.unwrap_or(Certainty::Certain),
            polarity: self.polarity.unwrap_or(Polarity::Positive),
        }
    }
}

fn as_str<S: Serializer>(text: &Text, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(text.as_str())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn in_two_words<S: Serializer>(f: &Factuality, s: S) -> Result<S::Ok, S::Error> {
    s.collect_str(&format_args!("{} {}", f.certainty, f.polarity))
}
