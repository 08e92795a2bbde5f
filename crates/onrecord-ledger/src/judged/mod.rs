//! What people said of entries, read as a whole: what each of them answered, how far two of them
//! agree, how much the reader misses by what they found missing, and the gold standard that their
//! answers make.
//!
//! Pure code: entries and records are arguments, and nothing is kept. The judgements themselves
//! are kept by [`Ledger::judge`](crate::Ledger::judge).
//!
//! ```
//! use onrecord_ledger::judged::agreement::Agreement;
//!
//! // Ann and Bo answered four times each; they said the same three times.
//! let (yes, no) = ("accept", "reject");
//! let both = Agreement::of(&[(yes, yes), (no, no), (yes, yes), (yes, no)]);
//! assert_eq!((both.entries, both.same), (4, 3));
//! assert_eq!(both.kappa, Some(0.5));
//! ```
//!
//! Left out: more than two at once (Fleiss, Krippendorff): pairs say who differs from whom.

pub mod agreement;
mod answer;
pub mod gold;
pub mod recall;
pub mod sample;

pub use answer::Answer;
