//! Tokens: a scanner over the text, one word, number or mark after the other.
//!
//! Left out: guesses about typing errors in formal text; only forms that are no other word
//! ("dont") are cut.

use onrecord_lexicon::abbreviations::{self, Stop};
use onrecord_model::TextRange;

/// Cuts the tokens of a range and appends them.
pub(super) fn cut(text: &str, range: TextRange, out: &mut Vec<TextRange>) {
    let end = (range.end as usize).min(text.len());
    let mut at = range.start as usize;
    while let Some(rest) = text.get(at..end).filter(|r| !r.is_empty()) {
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if trimmed.is_empty() {
            break;
        }
        let len = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        let (chunk, after) = trimmed.split_at(len);
        Scanner {
            chunk,
            base: at,
            next: after.trim_start().chars().next(),
            address: chunk.contains('@') || chunk.contains("://") || chunk.contains("ww."),
            out,
        }
        .run();
        at += len;
    }
}

/// Scans one stretch without white space.
struct Scanner<'t, 'o> {
    chunk: &'t str,
    base: usize,
    /// The first character after the white space that follows.
    next: Option<char>,
    /// Whether an address of the net or of mail may be in it.
    address: bool,
    out: &'o mut Vec<TextRange>,
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = self.char(at) {
            at = if is_word(c) {
                self.word(at)
            } else {
                self.mark(at, c)
            };
        }
    }

    fn char(&self, at: usize) -> Option<char> {
        match self.chunk.as_bytes().get(at)? {
            b if b.is_ascii() => Some(*b as char),
            _ => self.chunk.get(at..)?.chars().next(),
        }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.chunk.get(..at)?.chars().next_back()
    }

    fn emit(&mut self, start: usize, end: usize) -> usize {
        if start < end {
            self.out
                .push(TextRange::of(self.base + start, self.base + end));
        }
        end
    }

    /// One word from `start`; returns where the scan goes on.
    fn word(&mut self, start: usize) -> usize {
        if self.address
            && let Some(end) = self.address_end(start)
        {
            return self.emit(start, end);
        }
        let mut end = self.word_end(start);
        let word = &self.chunk[start..end];
        if self.char(end) == Some('$')
            && word.len() <= 3
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && self.char(end + 1).is_some_and(|c| c.is_ascii_digit())
        {
            return self.emit(start, end + 1);
        }
        if self.char(end) == Some('.') && self.stop_belongs(word, end) {
            end += 1;
        }
        self.split(start, end)
    }

    /// The end of a run of word characters with the joints that do not cut.
    fn word_end(&self, start: usize) -> usize {
        let mut at = start;
        let mut part = start;
        while let Some(c) = self.char(at) {
            if is_word(c) {
                at += c.len_utf8();
                continue;
            }
            let next = self.char(at + c.len_utf8());
            let (Some(before), Some(after)) = (self.before(at), next) else {
                break;
            };
            if !is_word(after) || !self.joins(part, at, before, c, after) {
                break;
            }
            at += c.len_utf8();
            if c == '-' {
                part = at;
            }
        }
        at
    }

    /// Whether the mark `c` at `at`, between two word characters, is part of the word.
    fn joins(&self, part: usize, at: usize, before: char, c: char, after: char) -> bool {
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        match c {
            '.' => {
                let sentence_end = before.is_lowercase() && after.is_uppercase() && at - part > 1;
                digits || !sentence_end || self.is_ticker(at) || self.is_degree(part, at)
            }
            ',' => digits && self.digits_from(at + 1) == 3,
            ':' | '/' => digits,
            '\'' | '’' | '`' => before.is_alphabetic() || after == 's',
            '&' => before.is_uppercase() && after.is_uppercase(),
            '-' if digits => self.is_number_code(part),
            '-' => {
                after.is_alphabetic()
                    && self
                        .chunk
                        .get(part..at)
                        .is_some_and(abbreviations::is_prefix)
            }
            _ => false,
        }
    }

    fn digits_from(&self, at: usize) -> usize {
        let rest = self.chunk.as_bytes().get(at..).unwrap_or_default();
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    }

    /// Whether the stop at `at` parts a share from its exchange, in brackets: "(HALG_p.DE)".
    fn is_ticker(&self, at: usize) -> bool {
        let own = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let head = self.chunk.get(..at).unwrap_or_default();
        let rest = self.chunk.get(at + 1..).unwrap_or_default();
        let exchange = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
        head.trim_end_matches(own).ends_with(['(', '<'])
            && (1..=3).contains(&(rest.len() - exchange.len()))
            && exchange.starts_with([')', '>'])
    }

    /// Whether a doctor's degree is written here: "Ph.D.", "Psy.D".
    fn is_degree(&self, part: usize, at: usize) -> bool {
        let head = self.chunk.get(part..at).unwrap_or_default();
        let mut rest = self.chunk.get(at + 1..).unwrap_or_default().chars();
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        (2..=5).contains(&head.len())
            && head.starts_with(char::is_uppercase)
            && rest.next() == Some('D')
            && alone(rest.next())
    }

    /// Whether the digits and hyphens around `part` are a telephone number or a date in
    /// figures, not a range: three groups, or three digits and four.
    fn is_number_code(&self, part: usize) -> bool {
        let code = |c: char| c.is_ascii_digit() || c == '-';
        let head = self.chunk.get(..part).unwrap_or_default();
        let start = head.trim_end_matches(code).len();
        let rest = self.chunk.get(start..).unwrap_or_default();
        let rest = rest.split(|c| !code(c)).next().unwrap_or_default();
        let mut groups = rest.split('-').filter(|g| !g.is_empty());
        let lengths = (groups.next(), groups.next(), groups.next());
        match lengths {
            (Some(_), Some(_), Some(_)) => true,
            (Some(a), Some(b), None) => a.len() == 3 && b.len() == 4,
            _ => false,
        }
    }

    /// Whether the full stop at `at` belongs to the word before it.
    fn stop_belongs(&self, word: &str, at: usize) -> bool {
        let after = self.char(at + 1);
        if after == Some('.') {
            return false;
        }
        let last = after.is_none();
        let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let mut letters = word.chars();
        if let (Some(only), None) = (letters.next(), letters.next()) {
            let name = self.next.is_some_and(|c| c.is_uppercase() || c == '(');
            let number = number(self.next) && abbreviations::stop(word) == Some(Stop::Number);
            // "Abbott v. Burke": runs on into the words after it.
            let running = abbreviations::stop(word) == Some(Stop::Running) && self.next.is_some();
            return number || running || (only.is_uppercase() && only != 'I' && (!last || name));
        }
        if is_dotted(word) {
            return true;
        }
        match abbreviations::stop(word) {
            Some(Stop::Number) => last && number(self.next),
            Some(Stop::Title | Stop::Running) => !last || self.next.is_some(),
            Some(Stop::Final | Stop::Date) => true,
            None => false,
        }
    }

    /// Emits a word, cut where clitics and units begin.
    fn split(&mut self, start: usize, end: usize) -> usize {
        let word = &self.chunk[start..end];
        let cut = match word.as_bytes() {
            [first, ..] if first.is_ascii_digit() => unit(word),
            _ => clitic(word),
        };
        match cut {
            Some(at) if at > 0 && at < word.len() => {
                self.emit(start, start + at);
                self.emit(start + at, end)
            }
            _ => self.emit(start, end),
        }
    }

    /// The end of a net or mail address that begins at `start`.
    fn address_end(&self, start: usize) -> Option<usize> {
        let rest = self.chunk.get(start..)?;
        let net = ["http://", "https://", "ftp://", "www."];
        let lead = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
        if net.iter().any(|p| lead.starts_with(p)) {
            let end = rest.find(['<', '>', '"', '“', '”']).unwrap_or(rest.len());
            let url =
                rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}']);
            let url = match url.strip_suffix(')') {
                Some(open) if !open.contains('(') => open,
                _ => url,
            };
            return (!url.is_empty()).then_some(start + url.len());
        }
        let (local, host) = rest.split_once('@')?;
        let fits = |s: &str| {
            s.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"._%+-/".contains(&b))
        };
        let end = host
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'))
            .unwrap_or(host.len());
        let host = host[..end].trim_end_matches(['.', '-']);
        (fits(local) && !host.is_empty()).then_some(start + local.len() + 1 + host.len())
    }

    /// One mark, or a run of marks that is one token.
    fn mark(&mut self, start: usize, c: char) -> usize {
        let one = start + c.len_utf8();
        let next = self.char(one);
        let end = match c {
            '\'' | '’' | '‘' | '`' => match self.apostrophe(one) {
                Some(end) => end,
                None if next == Some(c) && c != '’' => one + c.len_utf8(),
                None => one,
            },
            '.' if self.digits_from(one) > 0 && self.before(start).is_none_or(is_currency) => {
                one + self.digits_from(one)
            }
            '!' | '?' => self.run_of(start, |x| matches!(x, '!' | '?')),
            '@' if next.is_some_and(is_word) && start == 0 => self.run_of(one, is_word),
            '.' | '-' | '*' | '=' | '~' | '<' | '>' | '#' | '+' | '^' | '•' | '…' | '_' | '|' => {
                self.run_of(start, |x| x == c)
            }
            _ => one,
        };
        let end = self.run_of(end, is_joining);
        self.emit(start, end)
    }

    fn run_of(&self, start: usize, is: impl Fn(char) -> bool) -> usize {
        let rest = self.chunk.get(start..).unwrap_or_default();
        start + rest.find(|c| !is(c)).unwrap_or(rest.len())
    }

    /// A word that begins with an apostrophe (`'em`, `'s`, `'72`): where it ends.
    fn apostrophe(&self, at: usize) -> Option<usize> {
        let end = self.run_of(at, is_word);
        let word = self.chunk.get(at..end)?;
        let year = word.strip_suffix('s').unwrap_or(word);
        let year = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
        let after = self.char(end);
        let known = [
            "s", "re", "ve", "ll", "m", "d", "em", "til", "cause", "cuz", "n", "tis", "twas",
            "bout",
        ];
        let known = known.iter().any(|k| k.eq_ignore_ascii_case(word));
        (year || known)
            .then_some(end)
            .filter(|_| !after.is_some_and(|c| c == '\'' || c == '’'))
    }
}

/// Where a clitic begins in a word, if one does.
fn clitic(word: &str) -> Option<usize> {
    let ascii = word.as_bytes();
    if let Some(mark) = word.rfind(['\'', '’', '`']) {
        let tail = word[mark..].chars().next()?.len_utf8();
        let tail = &word[mark + tail..];
        let head = &word[..mark];
        if tail.eq_ignore_ascii_case("t") && head.ends_with(['n', 'N']) && head.len() > 1 {
            return Some(mark - 1);
        }
        let suffix = ["s", "re", "ve", "ll", "m", "d"];
        let decade = head.ends_with(|c: char| c.is_ascii_digit());
        return (suffix.iter().any(|s| s.eq_ignore_ascii_case(tail)) && !decade).then_some(mark);
    }
    let first = ascii.first()?.to_ascii_lowercase();
    if !(3..=8).contains(&ascii.len()) || !b"acdghiklostw".contains(&first) {
        return None;
    }
    let whole = [
        ("cannot", 3),
        ("gonna", 3),
        ("wanna", 3),
        ("gotta", 3),
        ("gimme", 3),
        ("lemme", 3),
        ("kinda", 4),
        ("dont", 2),
        ("doesnt", 4),
        ("didnt", 3),
        ("isnt", 2),
        ("arent", 3),
        ("wasnt", 3),
        ("hasnt", 3),
        ("havent", 4),
        ("couldnt", 5),
        ("wouldnt", 5),
        ("shouldnt", 6),
        ("thats", 4),
        ("ive", 1),
    ];
    let found = whole.iter().find(|(w, _)| w.eq_ignore_ascii_case(word));
    found.map(|(_, at)| *at)
}

/// Where the unit begins in a figure with a unit ("5pm", "20km").
fn unit(word: &str) -> Option<usize> {
    let at = word.find(|c: char| c.is_alphabetic())?;
    let units = [
        "am", "pm", "a.m.", "p.m.", "AM", "PM", "k", "K", "m", "M", "mm", "b", "B", "bn", "tn",
        "trn", "cm", "km", "kg", "ft", "lb", "lbs", "mph", "kph", "x", "MW", "GW", "GB", "MB",
        "Hz",
    ];
    units.contains(&&word[at..]).then_some(at)
}

/// Letters with stops between them: "U.S", "a.m", "Ph.D".
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|p| (1..=2).contains(&p.chars().count()) && p.chars().all(char::is_alphabetic))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_joining(c)
}

/// Characters that live on the one before them: accents, joiners, soft hyphens.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '₹')
}
