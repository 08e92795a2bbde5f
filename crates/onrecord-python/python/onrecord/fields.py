"""The members of a record, by name. Written by tests/fields from the schema (`onrecord schema`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ._base import Fields

if TYPE_CHECKING:
    from typing import Literal

    AmountBasis = Literal["stated", "computed"]
    Certainty = Literal["certain", "probable", "possible", "unknown"]
    CommitmentKind = Literal["aid", "deployment", "guarantee", "agreement", "authorization", "sale", "sanction", "ceasefire", "policy", "payment", "other"]
    CommitmentStatus = Literal["ruled_out", "declined", "not_ruled_out", "under_discussion", "proposed", "requested", "offered", "supported", "opposed", "agreed_in_principle", "announced", "agreed", "signed", "authorized", "allocated", "under_way", "in_force", "delivered", "delayed", "reduced", "withheld", "suspended", "withdrawn", "broken", "superseded", "expired"]
    CreditPart = Literal["reporting", "additional_reporting", "writing", "editing", "photography"]
    CueKind = Literal["say", "tell", "ask", "answer", "claim", "confirm", "deny", "promise", "threaten", "demand", "warn", "praise", "criticise", "support", "oppose", "report", "think", "want", "doubt"]
    EntityKind = Literal["person", "organization", "state", "place", "group", "law", "work", "product", "event", "office"]
    EventType = Literal["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "OTHER"]
    MentionForm = Literal["name", "nominal", "pronoun"]
    PartyRole = Literal["actor", "recipient", "by", "to", "with"]
    Phase = Literal["planned", "ongoing", "prevented", "hypothetical"]
    Polarity = Literal["positive", "negative"]
    Precision = Literal["instant", "day", "month", "year"]
    ProblemKind = Literal["empty", "binary", "encoding", "language", "too_long", "published_contradiction", "published_unknown", "conversion", "malformed", "excerpt", "no_text", "several", "address", "withdrawn", "no_article", "paywall", "no_headline", "layer"]
    PubStatus = Literal["usable", "withheld", "canceled"]
    PublishedBasis = Literal["stated", "metadata", "inferred"]
    Qualifier = Literal["exactly", "about", "nearly", "at_least", "more_than", "less_than", "up_to"]
    Quotation = Literal["direct", "indirect", "mixed"]
    RateSource = Literal["report", "ecb"]
    SegmentLabel = Literal["kicker", "headline", "teaser", "byline", "dateline", "body", "crosshead", "credit", "conversion", "correction", "image", "promo", "boilerplate", "caption"]
    SourceKind = Literal["named", "unnamed", "document", "collective", "implicit"]
    TimeKind = Literal["DATE", "TIME", "DURATION", "SET"]
    VersionKind = Literal["update", "correction", "refile", "takes"]


class Amount(Fields):
    """An amount of money or a quantity."""

    currency: str | None
    """ISO 4217, for money."""

    end: int

    qualifier: Qualifier
    """How it is bounded."""

    quote: str

    restated: list[Restated]
    """The same amount in other currencies."""

    start: int

    unit: str | None
    """The unit's name in the plural as written ("troops", "km"), or `percent`."""

    value: str
    """Decimal, as a string: never a float."""


class AppliedRate(Fields):
    """A rate that an amount was worked out at."""

    day: str | None
    """The day it was set, ISO 8601; none for the report's own."""

    source: RateSource
    """Whose rate it is."""

    value: str
    """How much of the other currency one of the amount's own is; decimal, as a string."""


class Byline(Fields):
    """Someone who signed the report."""

    name: str
    """The name."""

    span: Span
    """Where it stands."""


class Commitment(Fields):
    """What is promised, agreed, asked or withheld."""

    amount: Amount | None
    """How much."""

    basis: list[str]
    """On whose word."""

    by: list[str]
    """Who is bound; for `requested`, who is asked."""

    condition: Span | None
    """On what condition."""

    confidence: float
    """From 0 to 1."""

    cue: Span | None
    """The words that carry the status ("would not rule out"); absent in records that were made
    before they were kept."""

    due: TimeValue | None
    """By when."""

    factuality: Factuality
    """How firmly it is said: a denied negotiation is `under_discussion`, certain negative."""

    id: str
    """Its id in this record."""

    kind: CommitmentKind
    """What kind of thing."""

    object: Span
    """What is promised."""

    part_of: Span | None
    """The larger thing it is part of."""

    parties: list[Party]
    """The words that name those who take part, also where no entity stands for them."""

    rate: str | None
    """A percentage beside an amount."""

    since: TimeValue | None
    """Since when."""

    status: CommitmentStatus
    """How far it has come."""

    to: list[str]
    """Who benefits or is hit."""

    with_: list[str]
    """The other party."""


class Conversion(Fields):
    """An exchange rate the report states: one `from` is `rate` of `to`."""

    from_: str
    """ISO 4217."""

    rate: str
    """Decimal, as a string."""

    span: Span
    """Where it is stated."""

    to: str
    """ISO 4217."""


class Credit(Fields):
    """Someone's part in the work."""

    name: str
    """The name."""

    part: CreditPart
    """The part."""

    place: str | None
    """Where they worked."""

    span: Span
    """Where the name stands."""


class Cue(Fields):
    """The words that attribute."""

    kind: CueKind
    """What the source does in saying it."""

    lemma: str
    """The lemma of their head."""

    span: Span
    """The words."""


class Dateline(Fields):
    """Where a report is filed from."""

    agency: str | None
    """The agency in it."""

    date: str | None
    """The day in it, as written ("Aug 24")."""

    place: str
    """The place as a name in title case, without its date and agency."""

    span: Span
    """The whole dateline."""


class Entity(Fields):
    """A person, organisation, state, place and so on."""

    aliases: list[str]
    """Other forms of the name."""

    country: str | None
    """ISO 3166 alpha-3."""

    id: str
    """Its id in this record."""

    kind: EntityKind
    """What it is."""

    links: list[Link]
    """Ids in other registers; absent when unsure."""

    mentions: list[Mention]
    """Where it is spoken of."""

    name: str
    """Its canonical name."""

    roles: list[Role]
    """Offices the report gives it."""


class Event(Fields):
    """What is said to have happened."""

    actors: list[str]
    """Who acts."""

    basis: list[str]
    """On whose word."""

    confidence: float
    """From 0 to 1."""

    factuality: Factuality
    """How firmly it is said."""

    id: str
    """Its id in this record."""

    parties: list[Party]
    """The words that name those who take part, also where no entity stands for them."""

    phase: Phase | None
    """To come or under way; absent when done."""

    place: str | None
    """Where."""

    recipients: list[str]
    """Who is acted on."""

    time: TimeValue | None
    """When."""

    trigger: Span
    """The word it rests on."""

    type: EventType
    """PLOVER type."""


class Factuality(Fields):
    """Certainty and polarity, as FactBank has them."""

    certainty: Certainty
    """How sure."""

    polarity: Polarity
    """So, or not so."""


class Link(Fields):
    """An id in another register."""

    confidence: float
    """From 0 to 1."""

    id: str
    """The id there."""

    scheme: str
    """`wikidata`, `geonames` or `iso3166`."""


class Mention(Fields):
    """Words that speak of an entity."""

    end: int

    form: MentionForm
    """How they name it."""

    metonym: bool | None
    """Whether they are the name of something else ("Kyiv" for the government)."""

    quote: str

    start: int


class Metadata(Fields):
    """What a carrier says of a report beside its words."""

    authors: list[str]
    """Who signed it, where the carrier says so outside the text."""

    copyright: str | None
    """Whose it is."""

    ednote: str | None
    """A note to editors."""

    embargoed: str | None
    """Not to be published before, ISO 8601."""

    keywords: list[str]
    """Free words it is filed under."""

    pubstatus: PubStatus | None
    """Whether it may be used."""

    slugline: str | None
    """The words a newsroom files it under."""

    subjects: list[Subject]
    """What it is about: codes of a scheme such as IPTC Media Topics."""

    updated: str | None
    """When it was last changed, ISO 8601."""

    urgency: int | None
    """From 1, most urgent, to 9."""

    uri: str | None
    """The carrier's own name for it: a GUID, a URN, a document id."""

    usageterms: str | None
    """How it may be used."""

    version: str | None
    """The carrier's version of it."""


class Party(Fields):
    """Somebody who takes part in an event or a commitment, by the words of the report."""

    country: str | None
    """Its country, ISO 3166 alpha-3."""

    entity: str | None
    """The entity they stand for: Denmark."""

    role: PartyRole
    """What it has to do with it."""

    span: Span
    """The words: "two Danish divers"."""


class Place(Fields):
    """A toponym."""

    country: str | None
    """ISO 3166 alpha-3."""

    end: int

    lat: float | None
    """Degrees north; absent when unresolved."""

    links: list[Link]
    """Ids in other registers."""

    lon: float | None
    """Degrees east."""

    quote: str

    start: int


class Problem(Fields):
    """One thing that went wrong, where, and what it cost."""

    kind: ProblemKind
    """What kind of trouble."""

    message: str
    """A sentence for people: lower case, no full stop."""

    span: Span | None
    """The words it is about, where there are any."""


class Published(Fields):
    """When a report was published and how that is known."""

    basis: PublishedBasis
    """How it is known."""

    evidence: list[Span | str]
    """Each clue: words of the report, or a sentence about what came with it."""

    precision: Precision
    """How fine the value is."""

    value: str
    """EDTF / ISO 8601."""


class Reader(Fields):
    """What made a record."""

    models: list[ReaderModel]
    """Of the models it used."""

    version: str
    """Of the program."""


class ReaderModel(Fields):
    """A model's name and version."""

    name: str
    """Its name."""

    version: str
    """Its version."""


class Report(Fields):
    """A report as it was taken in: canonical text and the report's own metadata."""

    agency: str | None
    """The agency that wrote it."""

    byline: list[Byline]
    """Who signed it."""

    conversions: list[Conversion]
    """Exchange rates the report states."""

    credits: list[Credit]
    """Who did which part of the work."""

    dateline: Dateline | None
    """Where the report is filed from."""

    headline: Span | None
    """The headline."""

    id: str
    """`sha256:` of the canonical text in UTF-8."""

    language: str
    """BCP 47 tag; `und` when it could not be told."""

    metadata: Metadata | None
    """What its carrier says of it beside its words."""

    outlet: str | None
    """The outlet that carried it."""

    published: Published | None
    """When it was published, and how that is known."""

    segments: list[Segment]
    """Every stretch of the text, labelled; they tile it."""

    subheads: list[Span]
    """Lines under the headline."""

    text: str
    """The canonical text."""

    url: str | None
    """Where it stands."""

    version: Version | None
    """Whether it is an update, a correction, a refile or several takes."""


class Restated(Fields):
    """The same amount in another currency."""

    basis: AmountBasis
    """In the text, or worked out."""

    consistent_with_rate: bool | None
    """Whether a stated pair fits the report's stated rate, where there is one."""

    currency: str
    """ISO 4217."""

    rate: AppliedRate | None
    """The rate it was worked out at; none for what the text states."""

    value: str
    """Decimal, as a string."""


class Role(Fields):
    """An office or title, learnt from the report itself."""

    of: str | None
    """Of what state, organisation or person."""

    since: str | None
    """Since when (EDTF)."""

    span: Span
    """Where it stands."""

    title: str
    """The title as written."""

    until: str | None
    """Until when (EDTF); `..` when it is over and the report does not say since when."""


class Segment(Fields):
    """A labelled stretch of the text."""

    end: int

    label: SegmentLabel
    """What it is."""

    start: int


class Source(Fields):
    """Who a statement stands on."""

    entity: str | None
    """Who, when it is an entity of the report."""

    kind: SourceKind
    """How it is known."""

    span: Span | None
    """The words; absent when the source is implicit."""


class Span(Fields):
    """Words of the report: `{"start","end","quote"}` in Unicode code points, half-open.

    Made by [`Text::span`] only, so `text[start..end] == quote` always holds."""

    end: int

    quote: str

    start: int


class Statement(Fields):
    """Who says so: source, cue, content."""

    addressee: str | None
    """To whom."""

    confidence: float
    """From 0 to 1."""

    content: list[Span]
    """What is attributed; several spans when a cue interrupts it."""

    cue: Cue
    """The words that attribute."""

    factuality: Factuality
    """Of the content, as its source presents it."""

    id: str
    """Its id in this record."""

    occasion: Span | None
    """Where it was said."""

    place: str | None
    """The place of the saying."""

    quotation: Quotation
    """Whose words the content is in."""

    source: Source
    """Who."""

    time: TimeValue | None
    """When it was said."""

    via: str | None
    """The statement that contains this one, when someone else reports it."""


class Subject(Fields):
    """What a report is about, as its carrier codes it."""

    code: str | None
    """The code or URI."""

    name: str | None
    """Its name in words."""

    scheme: str | None
    """The scheme of the code."""


class TimeMention(Fields):
    """Words that name a time, with their TIMEX3 reading."""

    end: int

    mod: str | None
    """TIMEX3 modifier."""

    quote: str

    start: int

    type: TimeKind
    """TIMEX3 type."""

    value: str
    """TIMEX3 value; empty when it could not be resolved."""


class TimeValue(Fields):
    """A TIMEX3 value (or EDTF) on its own."""

    value: str
    """The value."""


class Version(Fields):
    """What a later version of a report says of itself."""

    kind: VersionKind
    """Which kind."""

    span: Span
    """The notice."""


class Record(Fields):
    """One report's record."""

    amounts: list[Amount]
    """Every amount in the text."""

    commitments: list[Commitment]
    """What is promised, agreed, asked or withheld."""

    entities: list[Entity]
    """Who and what is named."""

    events: list[Event]
    """What is said to have happened."""

    places: list[Place]
    """Every toponym in the text."""

    problems: list[Problem]
    """What went wrong while reading: words that were not read, a day that is not known."""

    reader: Reader
    """What made the record."""

    report: Report
    """The report it was read from."""

    statements: list[Statement]
    """Who says so."""

    times: list[TimeMention]
    """Every time in the text."""

    def entry(self, id: str) -> Statement | Commitment | Event | Entity:
        """The entry of this id, as `s3` or `e1`.

        Raises KeyError where there is none.
        """
        for entries in (self.statements, self.commitments, self.events, self.entities):
            for entry in entries:
                if entry.id == id:
                    return entry
        raise KeyError(id)


def record_of(text: str) -> Record:
    """The members of the record that a line of JSON holds."""
    return Record(json.loads(text))
