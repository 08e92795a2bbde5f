//! Where words stand that a person writes.

use onrecord_model::{Span, Text, TextRange};

/// Where words stand in a text: whole words of it, whatever white space and quotation marks are
/// between them; where they stand more than once, nearest to a place in code points.
pub fn stands(text: &Text, words: &str, near: u32) -> Option<Span> {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let first = wanted.first()?.chars().next()?;
    let all = text.as_str();
    let near = text.code_points(near, near).map_or(0, |r| r.start as usize);
    let mut found: Option<(usize, usize)> = None;
    for (start, letter) in all.char_indices() {
        if plain(letter) != plain(first) || !is_edge(all, start) {
            continue;
        }
        let end = length(&all[start..], &wanted).map(|n| start + n);
        let Some(end) = end.filter(|end| is_edge(all, *end)) else {
            continue;
        };
        if found.is_none_or(|(s, _)| start.abs_diff(near) < s.abs_diff(near)) {
            found = Some((start, end));
        }
    }
    let (start, end) = found?;
    text.span(TextRange::of(start, end)).ok()
}

/// How many bytes of a text the words take that it begins with.
fn length(text: &str, words: &[&str]) -> Option<usize> {
    let mut rest = text;
    for (n, word) in words.iter().enumerate() {
        let bare = rest.trim_start();
        if (n > 0) == (bare.len() == rest.len()) {
            return None;
        }
        rest = bare;
        for letter in word.chars() {
            let own = rest.chars().next().filter(|c| plain(*c) == plain(letter))?;
            rest = &rest[own.len_utf8()..];
        }
    }
    Some(text.len() - rest.len())
}

/// Whether no word goes on across a place.
fn is_edge(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(letter(before) && letter(after))
}

/// A letter as a keyboard has it.
const fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_whole() {
        let text =
            Text::new("Zoë’s port pays. “Oria will\npay,” Oko said: Oria will pay 5% – or more");
        let check = |words: &str, near: u32, want: Option<(u32, &str)>| {
            let found = stands(&text, words, near);
            let got = found.as_ref().map(|s| (s.start(), s.quote()));
            assert_eq!(got, want, "{words}");
        };
        check("Zoë's port", 0, Some((0, "Zoë’s port")));
        check("Oria will pay", 0, Some((18, "Oria will\npay")));
        check("Oria  will pay ", 60, Some((44, "Oria will pay")));
        check("\"Oria will pay,\"", 60, Some((17, "“Oria will\npay,”")));
        check("pay", 0, Some((28, "pay")));
        check("5% - or", 0, Some((58, "5% – or")));
        for missing in ["pa", "ria will", "oria will pay", "will Oria", "", " "] {
            check(missing, 0, None);
        }
        assert_eq!(stands(&Text::new(""), "a", 9), None);
    }
}
