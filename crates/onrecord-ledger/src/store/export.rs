//! Taking a ledger with you.
