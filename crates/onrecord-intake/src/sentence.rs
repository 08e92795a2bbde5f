//! Where sentences may end, for cutting a sign-off from the paragraph it runs on from.
//!
//! Left out: real sentences (`onrecord-language`).

use onrecord_lexicon::furniture;

/// Bytes at which a new sentence starts, first to last.
pub(crate) fn boundaries(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') || is_abbreviation(&text[..i], c) {
            continue;
        }
        let mut end = i + c.len_utf8();
        while let Some(&(j, d)) = chars.peek() {
            if !matches!(d, '"' | '”' | '’' | '\'' | ')' | ']' | '.') {
                break;
            }
            end = j + d.len_utf8();
            chars.next();
        }
        let rest = &text[end..];
        let gap = rest.len() - rest.trim_start().len();
        let next = rest.trim_start().chars().next();
        if next.is_some_and(|n| gap > 0 || matches!(n, '(' | '[')) {
            out.push(end + gap);
        }
    }
    out
}

fn is_abbreviation(before: &str, stop: char) -> bool {
    if stop != '.' {
        return false;
    }
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"'))
        .next()
        .unwrap_or_default();
    let single = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // "U.S." and "a.m." hold a stop inside.
    let dotted = word.contains('.') && word.split('.').all(|p| p.chars().count() <= 2);
    single || dotted || furniture::words().abbreviations.contains(word)
}

/// Whether a line ends as a sentence does.
pub(crate) fn is_closed(line: &str) -> bool {
    let core = line
        .trim_end()
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    match core.chars().next_back() {
        Some('.') => {
            !is_abbreviation(&core[..core.len() - 1], '.') || core.split_whitespace().count() > 14
        }
        Some(c) => matches!(c, '!' | '?' | '…' | ';'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_from_abbreviations() {
        let text = "Sen. Joe Tran left the U.S. Tuesday. “Go!” he said. (AP) end";
        let at: Vec<&str> = boundaries(text).iter().map(|i| &text[*i..]).collect();
        assert_eq!(
            at,
            ["“Go!” he said. (AP) end", "he said. (AP) end", "(AP) end"]
        );
        assert!(
            is_closed("He left.”")
                && !is_closed("Mayor leaves the U.S.")
                && !is_closed("Mayor leaves")
        );
    }
}
