//! What several reports hold together: [`across`] finds republished copy and stories.

pub mod across;
