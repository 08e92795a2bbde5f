//! How likely an entry is to be right: that its words do tell this step, or an act of this type.
//!
//! What a reader's own figure is worth was measured on 212 passages of news that nothing had learned from, by
//! who read the entry (`training/confidence.py`). The network's figure is such a likelihood, as nearly as they
//! can tell, and a frame's is none: of events that only a frame reads one in eight is one.
//!
//! Left out: parties, amounts and days, of which the entry says nothing by its confidence.

use onrecord_model::{Commitment, Event, Why};

/// Who read an entry, which its `why` tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reader {
    /// The network alone.
    Network,
    /// A frame of the lexicon alone.
    Rule,
    /// A frame and the network, which agree on the step or type.
    Both,
    /// A frame, and the network reads the same words as another step or type.
    Apart,
}

/// What the network adds to the `why` of an entry that a frame read.
const AGREED: &str = ", acts/net";
const DENIED: &str = ", not acts/net";
/// The `why` of an entry that the network read.
pub(super) const NETWORK: &str = "acts/net";

/// What the `why` of an entry begins with that stands for a part of another.
const PARTS: &str = "acts/parts/";

/// Says in an entry's `why` that the network read the same words, and whether as the same thing.
pub(super) fn heard(why: &Why, agrees: bool) -> Why {
    match Reader::of(why) {
        Reader::Rule => Why::rule(format!("{}{}", why.0, if agrees { AGREED } else { DENIED })),
        _ => why.clone(),
    }
}

impl Reader {
    fn of(why: &Why) -> Self {
        match why.0.as_str() {
            // Entries of instalments and parts are as sure as what they are read from.
            w if w == NETWORK || w.starts_with(PARTS) => Self::Network,
            w if w.ends_with(DENIED) => Self::Apart,
            w if w.ends_with(AGREED) => Self::Both,
            _ => Self::Rule,
        }
    }
}

/// How likely a commitment is to be right.
fn of_commitment(reader: Reader, score: f32) -> f32 {
    match reader {
        Reader::Network | Reader::Both => score,
        // Of six two were right, and of all commitments read six in ten are.
        Reader::Rule | Reader::Apart => 0.44,
    }
}

/// How likely an event is to be right.
fn of_event(reader: Reader, score: f32) -> f32 {
    match reader {
        Reader::Network | Reader::Both => score,
        // Of 71 nine were right, and of 8 two.
        Reader::Rule => 0.13,
        Reader::Apart => 0.25,
    }
}

/// Puts what readers' figures are worth in their place.
pub(super) fn settle(events: &mut [Event], commitments: &mut [Commitment]) {
    for e in events {
        e.confidence = of_event(Reader::of(&e.why), e.confidence);
    }
    for c in commitments {
        c.confidence = of_commitment(Reader::of(&c.why), c.confidence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_who_read_it() {
        let frame = Why::rule("commitments/promise");
        assert_eq!(Reader::of(&frame), Reader::Rule);
        let agreed = heard(&frame, true);
        assert_eq!(agreed.0, "commitments/promise, acts/net");
        assert_eq!(Reader::of(&agreed), Reader::Both);
        assert_eq!(Reader::of(&heard(&frame, false)), Reader::Apart);
        // Another run of the network's words over the same frame is no second hearing.
        assert_eq!(heard(&agreed, false), agreed);
        assert_eq!(Reader::of(&Why::rule(NETWORK)), Reader::Network);
    }

    #[test]
    fn the_network_is_believed_and_a_frame_alone_is_not() {
        let sure = |why: &str| of_event(Reader::of(&Why::rule(why)), 0.8);
        assert!((sure("acts/net") - 0.8).abs() < 1e-6);
        assert!(sure("events/visit, acts/net") > 0.7);
        assert!(sure("events/visit") < 0.2 && sure("events/visit, not acts/net") < 0.3);
    }
}
