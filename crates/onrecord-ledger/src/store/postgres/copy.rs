//! Rows on their way into the database, in Postgres's own binary form: nothing is parsed there.

use std::error::Error;

use bytes::{BufMut as _, BytesMut};
use postgres::Transaction;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::super::backend::{Indexed, Result};

/// A value of a row.
pub(super) type Cell<'v> = &'v (dyn ToSql + Sync);

/// Copies rows into a table.
pub(super) fn rows<'v, const N: usize>(
    tx: &mut Transaction<'_>,
    table: &str,
    columns: [(&str, Type); N],
    rows: impl IntoIterator<Item = [Cell<'v>; N]>,
) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    let names = columns.each_ref().map(|c| c.0).join(", ");
    let types = columns.map(|c| c.1);
    let into = tx.copy_in(&format!("COPY {table} ({names}) FROM STDIN BINARY"))?;
    let mut writer = BinaryCopyInWriter::new(into, &types);
    for row in rows {
        writer.write(&row)?;
    }
    writer.finish()?;
    Ok(())
}

/// As many bytes of words as one tsvector holds, with some to spare.
const ROOM: usize = (1 << 20) - (1 << 12);

/// A tsvector without positions.
#[derive(Debug)]
pub(super) struct Words(Vec<u8>);

impl Words {
    /// The words of an entry.
    pub(super) fn of(tokens: &str) -> Self {
        let mut out = Self::new();
        for token in tokens.split_ascii_whitespace() {
            out.push("", token);
        }
        out
    }

    /// The words of a report and of all its entries. Facets begin with `=` here, so that no
    /// beginning of a word is the beginning of a facet.
    pub(super) fn of_report(indexed: &Indexed) -> Self {
        let tokens = indexed.rows.iter().map(|row| row.tokens.as_str());
        let tokens = tokens.flat_map(str::split_ascii_whitespace);
        let (mut facets, mut words): (Vec<&str>, Vec<&str>) =
            tokens.partition(|token| token.contains('='));
        words.extend(indexed.text.split_ascii_whitespace());
        for all in [&mut facets, &mut words] {
            all.sort_unstable();
            all.dedup();
        }
        let digits = words.partition_point(|word| *word < "=");
        let mut out = Self::new();
        for word in &words[..digits] {
            out.push("", word);
        }
        for facet in facets {
            out.push("=", facet);
        }
        for word in &words[digits..] {
            out.push("", word);
        }
        out
    }

    fn new() -> Self {
        Self(0_u32.to_be_bytes().to_vec())
    }

    /// Adds a word, with a mark before it, behind those that sort before it.
    fn push(&mut self, mark: &str, word: &str) {
        if self.0.len() + word.len() > ROOM {
            return;
        }
        self.0.extend(mark.as_bytes());
        self.0.extend(word.as_bytes());
        // The end of the word, and no positions.
        self.0.extend([0; 3]);
        let (count, _) = self.0.split_at_mut(4);
        let n = u32::from_be_bytes([count[0], count[1], count[2], count[3]]) + 1;
        count.copy_from_slice(&n.to_be_bytes());
    }
}

impl ToSql for Words {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.put_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::TS_VECTOR
    }

    to_sql_checked!();
}
