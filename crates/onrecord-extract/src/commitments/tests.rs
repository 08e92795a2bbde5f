//! Commitments of small hand-checked sentences.
