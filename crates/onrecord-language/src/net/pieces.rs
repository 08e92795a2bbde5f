//! Words to word pieces, as the pretrained encoder was trained on them (BERT, uncased).
//!
//! A word is lower-cased and loses its accents; marks stand alone; the longest known beginning is
//! taken again and again, what follows the first one is written with `##` in the vocabulary.
//! Source: Devlin et al. 2019, and the vocabulary that ships with the encoder.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Pieces of one word at most.
const MOST: usize = 12;

/// The vocabulary.
#[derive(Debug)]
pub(crate) struct Pieces {
    starts: HashMap<Box<str>, u32>,
    rests: HashMap<Box<str>, u32>,
    longest: usize,
    unknown: u32,
    /// What begins and ends a sequence.
    pub(crate) edges: [u32; 2],
}

impl Pieces {
    /// From the vocabulary's entries, one a line in the order of their numbers.
    pub(crate) fn new(lines: &str) -> Result<Self, String> {
        let (mut starts, mut rests) = (
            HashMap::<Box<str>, u32>::new(),
            HashMap::<Box<str>, u32>::new(),
        );
        for (i, line) in lines.split('\n').enumerate() {
            match line.strip_prefix("##").filter(|rest| !rest.is_empty()) {
                Some(rest) => rests.insert(rest.into(), i as u32),
                None => starts.insert(line.into(), i as u32),
            };
        }
        let of = |name: &str| {
            let found = starts.get(name).copied();
            found.ok_or_else(|| format!("the vocabulary has no {name}"))
        };
        let (unknown, edges) = (of("[UNK]")?, [of("[CLS]")?, of("[SEP]")?]);
        let longest = starts.keys().chain(rests.keys()).map(|k| k.len()).max();
        Ok(Self {
            longest: longest.unwrap_or(0),
            starts,
            rests,
            unknown,
            edges,
        })
    }

    /// Adds the pieces of a word; at least one.
    pub(crate) fn of(&self, word: &str, out: &mut Vec<u32>) {
        let first = out.len();
        let plain: String = (word.nfd().filter(|c| !is_combining_mark(*c)))
            .filter(|c| !c.is_control() && *c != '\u{fffd}')
            .flat_map(char::to_lowercase)
            .collect();
        let mut rest = plain.as_str();
        while let Some(c) = rest.chars().next() {
            let end = if stands_alone(c) {
                c.len_utf8()
            } else {
                let stop = |c: char| stands_alone(c) || c.is_whitespace();
                rest.find(stop).unwrap_or(rest.len())
            };
            let (part, after) = rest.split_at(end.max(c.len_utf8()));
            if !c.is_whitespace() {
                self.cut(part, out);
            }
            rest = after;
        }
        out.truncate(first + MOST);
        if out.len() == first {
            out.push(self.unknown);
        }
    }

    /// One run of letters, or a mark.
    fn cut(&self, part: &str, out: &mut Vec<u32>) {
        let first = out.len();
        let mut at = 0;
        while at < part.len() {
            let table = if at == 0 { &self.starts } else { &self.rests };
            let far = part.len().min(at + self.longest);
            let mut ends = (at + 1..=far).rev().filter(|e| part.is_char_boundary(*e));
            let found = ends.find_map(|end| Some((end, *table.get(&part[at..end])?)));
            let Some((end, piece)) = found else {
                out.truncate(first);
                out.push(self.unknown);
                return;
            };
            out.push(piece);
            at = end;
        }
    }
}

/// Marks and ideographs.
const fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, want: &[u32]) {
        let lines = "[UNK]\n[CLS]\n[SEP]\nsend\n##ing\n.\nu\ns\nele\n##na";
        let pieces = Pieces::new(lines).unwrap();
        let mut got = Vec::new();
        pieces.of(word, &mut got);
        assert_eq!(got, want, "{word}");
    }

    #[test]
    fn words_fall_into_known_pieces() {
        check("Sending", &[3, 4]);
        check("U.S.", &[6, 5, 7, 5]);
        check("Élena", &[8, 9]);
        check("sendable", &[0]);
        check("\u{200b}", &[0]);
        check("", &[0]);
    }
}
