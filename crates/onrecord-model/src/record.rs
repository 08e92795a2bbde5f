//! What a record holds: the contract between the reader and everything after it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Problem, Report, Span};

/// An id that is a letter and a number: `e3`, `s12`.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $letter:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = RecordError;
            fn from_str(s: &str) -> Result<Self, RecordError> {
                s.strip_prefix($letter)
                    .and_then(|n| n.parse().ok())
                    .map(Self)
                    .ok_or_else(|| RecordError::BadId(s.to_owned()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let s = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                s.parse().map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "pattern": concat!("^", $letter, "[0-9]+$")})
            }
        }
    )*};
}

ids! {
    /// Of an entity: `e1`.
    EntityId "e";
    /// Of a statement: `s1`.
    StatementId "s";
    /// Of an event: `v1`.
    EventId "v";
    /// Of a commitment: `c1`.
    CommitmentId "c";
}

/// A closed list of words, serialised in snake_case (or as given).
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $(
            #[doc = concat!("`", $word, "`")]
            $(#[$vdoc])*
            #[serde(rename = $word)]
            $variant,
        )* }

        impl $name {
            /// All of them, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word it is serialised as.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one a word stands for.
            pub fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }
    )*};
}

words! {
    /// Kinds of entities.
    EntityKind {
        Person = "person", Organization = "organization", State = "state", Place = "place",
        Group = "group", Law = "law", Work = "work", Product = "product", Event = "event",
        Office = "office",
    }
    /// How a mention names its entity.
    MentionForm { Name = "name", Nominal = "nominal", Pronoun = "pronoun" }
    /// How a source is known.
    SourceKind {
        Named = "named",
        /// A described person.
        Unnamed = "unnamed",
        /// A story, a report, a law.
        Document = "document",
        /// Several who are not named: "officials".
        Collective = "collective",
        /// No source in the text: "it is believed".
        Implicit = "implicit",
    }
    /// What the source does in saying it.
    CueKind {
        Say = "say", Tell = "tell", Ask = "ask", Answer = "answer", Claim = "claim",
        Confirm = "confirm", Deny = "deny", Promise = "promise", Threaten = "threaten",
        Demand = "demand", Warn = "warn", Praise = "praise", Criticise = "criticise",
        Support = "support", Oppose = "oppose", Report = "report", Think = "think",
        Want = "want", Doubt = "doubt",
    }
    /// Whose words the content is in.
    Quotation { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
    /// How sure.
    Certainty {
        Certain = "certain", Probable = "probable", Possible = "possible", Unknown = "unknown",
    }
    /// Whether it is said to be or not to be so.
    Polarity { Positive = "positive", Negative = "negative" }
    /// PLOVER event types, and `OTHER`.
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE",
        Cooperate = "COOPERATE", Aid = "AID", Retreat = "RETREAT", Request = "REQUEST",
        Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST",
        Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
        Other = "OTHER",
    }
    /// Whether an event is to come or under way; absent when it is done.
    Phase {
        Planned = "planned", Ongoing = "ongoing", Prevented = "prevented",
        Hypothetical = "hypothetical",
    }
    /// What is promised, agreed, asked or withheld.
    CommitmentKind {
        Aid = "aid", Deployment = "deployment", Guarantee = "guarantee",
        Agreement = "agreement", Authorization = "authorization", Sale = "sale",
        Sanction = "sanction", Ceasefire = "ceasefire", Policy = "policy",
        Payment = "payment", Other = "other",
    }
    /// How far a commitment has come: talk, doing, undoing.
    CommitmentStatus {
        RuledOut = "ruled_out", Declined = "declined", NotRuledOut = "not_ruled_out",
        UnderDiscussion = "under_discussion", Proposed = "proposed", Requested = "requested",
        Offered = "offered", Supported = "supported", Opposed = "opposed",
        AgreedInPrinciple = "agreed_in_principle", Announced = "announced",
        Agreed = "agreed", Signed = "signed", Authorized = "authorized",
        Allocated = "allocated", UnderWay = "under_way", InForce = "in_force",
        Delivered = "delivered", Delayed = "delayed", Reduced = "reduced",
        Withheld = "withheld", Suspended = "suspended", Withdrawn = "withdrawn",
        Broken = "broken", Superseded = "superseded", Expired = "expired",
    }
    /// Whether a party acts or is acted on.
    PartyRole {
        Actor = "actor", Recipient = "recipient",
        /// Of a commitment: who is bound.
        By = "by",
        /// Of a commitment: who benefits or is hit.
        To = "to",
        /// Of a commitment: a counterpart that is not bound itself.
        With = "with",
    }
    /// How an amount is bounded.
    Qualifier {
        Exactly = "exactly", About = "about", Nearly = "nearly", AtLeast = "at_least",
        MoreThan = "more_than", LessThan = "less_than", UpTo = "up_to",
    }
    /// Whether a restated amount stands in the text or was worked out.
    AmountBasis { Stated = "stated", Computed = "computed" }
    /// Whose rate an amount was worked out at: the report's own, or the reference rate of the
    /// European Central Bank.
    RateSource { Report = "report", Ecb = "ecb" }
    /// TIMEX3 types.
    TimeKind { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}

/// One report's record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The report it was read from.
    pub report: Report,
    /// Who and what is named.
    pub entities: Vec<Entity>,
    /// Who says so.
    pub statements: Vec<Statement>,
    /// What is said to have happened.
    pub events: Vec<Event>,
    /// What is promised, agreed, asked or withheld.
    pub commitments: Vec<Commitment>,
    /// Every time in the text.
    pub times: Vec<TimeMention>,
    /// Every toponym in the text.
    pub places: Vec<Place>,
    /// Every amount in the text.
    pub amounts: Vec<Amount>,
    /// What made the record.
    pub reader: Reader,
    /// What went wrong while reading: words that were not read, a day that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

impl Record {
    /// The JSON Schema of a record, made from the types.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}

/// Which rule or model made an entry. Shown by `explain`, not serialised.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Why(pub SmolStr);

impl Why {
    /// Names a rule or model, for example `attribution/net` or `time/weekday`.
    pub fn rule(name: impl Into<SmolStr>) -> Self {
        Self(name.into())
    }
}

/// A person, organisation, state, place and so on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its id in this record.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Its canonical name.
    pub name: String,
    /// Other forms of the name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Where it is spoken of.
    pub mentions: Vec<Mention>,
    /// Offices the report gives it.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// ISO 3166 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Ids in other registers; absent when unsure.
    #[serde(default)]
    pub links: Vec<Link>,
    /// What made it.
    #[serde(skip)]
    #[schemars(skip)]
    pub why: Why,
}

/// Words that speak of an entity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// How they name it.
    pub form: MentionForm,
    /// Whether they are the name of something else ("Kyiv" for the government).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub metonym: bool,
}

/// An office or title, learnt from the report itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The title as written.
    pub title: String,
    /// Of what state, organisation or person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<EntityId>,
    /// Since when (EDTF).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Until when (EDTF); `..` when it is over and the report does not say since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// An id in another register.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// `wikidata`, `geonames` or `iso3166`.
    pub scheme: String,
    /// The id there.
    pub id: String,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Who says so: source, cue, content.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Its id in this record.
    pub id: StatementId,
    /// Who.
    pub source: Source,
    /// The words that attribute.
    pub cue: Cue,
    /// What is attributed; several spans when a cue interrupts it.
    pub content: Content,
    /// Whose words the content is in.
    pub quotation: Quotation,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<EntityId>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Span>,
    /// When it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeValue>,
    /// The place of the saying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<EntityId>,
    /// Of the content, as its source presents it.
    pub factuality: Factuality,
    /// The statement that contains this one, when someone else reports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<StatementId>,
    /// From 0 to 1.
    pub confidence: f32,
    /// What made it.
    #[serde(skip)]
    #[schemars(skip)]
    pub why: Why,
}

/// The spans of a content, in text order.
pub type Content = Vec<Span>;

/// Who a statement stands on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// How it is known.
    pub kind: SourceKind,
    /// Who, when it is an entity of the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityId>,
    /// The words; absent when the source is implicit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// The words that attribute.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// The words.
    pub span: Span,
    /// The lemma of their head.
    pub lemma: String,
    /// What the source does in saying it.
    pub kind: CueKind,
}

/// Certainty and polarity, as FactBank has them.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Factuality {
    /// How sure.
    pub certainty: Certainty,
    /// So, or not so.
    pub polarity: Polarity,
}

impl Factuality {
    /// Certain and positive.
    pub const FACT: Self = Self {
        certainty: Certainty::Certain,
        polarity: Polarity::Positive,
    };
}

/// On whose word an entry stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basis {
    /// The report's own voice.
    Reporter,
    /// A statement.
    Statement(StatementId),
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reporter => f.write_str("reporter"),
            Self::Statement(id) => id.fmt(f),
        }
    }
}

impl Serialize for Basis {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Basis {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        if s == "reporter" {
            return Ok(Self::Reporter);
        }
        s.parse()
            .map(Self::Statement)
            .map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Basis {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Basis".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^(reporter|s[0-9]+)$"})
    }
}

/// What is said to have happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its id in this record.
    pub id: EventId,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The word it rests on.
    pub trigger: Span,
    /// Who acts.
    pub actors: Vec<EntityId>,
    /// Who is acted on.
    pub recipients: Vec<EntityId>,
    /// The words that name those who take part, also where no entity stands for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeValue>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<EntityId>,
    /// To come or under way; absent when done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// How firmly it is said.
    pub factuality: Factuality,
    /// On whose word.
    pub basis: Vec<Basis>,
    /// From 0 to 1.
    pub confidence: f32,
    /// What made it.
    #[serde(skip)]
    #[schemars(skip)]
    pub why: Why,
}

/// Somebody who takes part in an event or a commitment, by the words of the report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What it has to do with it.
    pub role: PartyRole,
    /// The words: "two Danish divers".
    pub span: Span,
    /// The entity they stand for: Denmark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityId>,
    /// Its country, ISO 3166 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// What is promised, agreed, asked or withheld.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Its id in this record.
    pub id: CommitmentId,
    /// What kind of thing.
    pub kind: CommitmentKind,
    /// How far it has come.
    pub status: CommitmentStatus,
    /// How firmly it is said: a denied negotiation is `under_discussion`, certain negative.
    pub factuality: Factuality,
    /// Who is bound; for `requested`, who is asked.
    pub by: Vec<EntityId>,
    /// Who benefits or is hit.
    pub to: Vec<EntityId>,
    /// The other party.
    pub with: Vec<EntityId>,
    /// The words that name those who take part, also where no entity stands for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// The words that carry the status ("would not rule out"); absent in records that were made
    /// before they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// What is promised.
    pub object: Span,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// A percentage beside an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// On what condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Span>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<TimeValue>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<TimeValue>,
    /// The larger thing it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Span>,
    /// On whose word.
    pub basis: Vec<Basis>,
    /// From 0 to 1.
    pub confidence: f32,
    /// What made it.
    #[serde(skip)]
    #[schemars(skip)]
    pub why: Why,
}

/// A TIMEX3 value (or EDTF) on its own.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct TimeValue {
    /// The value.
    pub value: String,
}

/// Words that name a time, with their TIMEX3 reading.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TimeMention {
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// TIMEX3 value; empty when it could not be resolved.
    pub value: String,
    /// TIMEX3 modifier.
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// What made it.
    #[serde(skip)]
    #[schemars(skip)]
    pub why: Why,
}

/// A toponym.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// Degrees north; absent when unresolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// ISO 3166 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Ids in other registers.
    #[serde(default)]
    pub links: Vec<Link>,
    /// What made it.
    #[serde(skip)]
    #[schemars(skip)]
    pub why: Why,
}

/// An amount of money or a quantity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// Decimal, as a string: never a float.
    pub value: String,
    /// ISO 4217, for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The unit's name in the plural as written ("troops", "km"), or `percent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How it is bounded.
    pub qualifier: Qualifier,
    /// The same amount in other currencies.
    #[serde(default)]
    pub restated: Vec<Restated>,
    /// What made it.
    #[serde(skip)]
    #[schemars(skip)]
    pub why: Why,
}

/// The same amount in another currency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Restated {
    /// Decimal, as a string.
    pub value: String,
    /// ISO 4217.
    pub currency: String,
    /// In the text, or worked out.
    pub basis: AmountBasis,
    /// Whether a stated pair fits the report's stated rate, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consistent_with_rate: Option<bool>,
    /// The rate it was worked out at; none for what the text states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<AppliedRate>,
}

/// A rate that an amount was worked out at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliedRate {
    /// How much of the other currency one of the amount's own is; decimal, as a string.
    pub value: String,
    /// Whose rate it is.
    pub source: RateSource,
    /// The day it was set, ISO 8601; none for the report's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
}

/// What made a record.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// Of the program.
    pub version: String,
    /// Of the models it used.
    pub models: Vec<ReaderModel>,
}

/// A model's name and version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReaderModel {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Why a record from JSON could not be believed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// An id that is not a letter and a number.
    #[error("`{0}` is not an id")]
    BadId(String),
    /// The JSON is not a record.
    #[error("not a record: {0}")]
    Json(#[from] serde_json::Error),
    /// A span does not quote its text.
    #[error(transparent)]
    Span(#[from] crate::SpanError),
    /// The segments do not tile the text.
    #[error("the segments do not tile the text")]
    Tiling,
}
