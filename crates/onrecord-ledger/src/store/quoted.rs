//! The words of an entry as somebody reads them: in the order of the text, each once.

use onrecord_model::Span;

/// Words as they follow each other in the text, with a mark where others stand between them.
///
/// ```
/// use onrecord_model::{Text, TextRange};
///
/// let text = Text::new("“We will sail,” Oko said. “Soon,” she added");
/// let at = |start, end| text.span(TextRange::new(start, end));
/// let words = [at(0, 19), at(20, 23), at(20, 28), at(30, 41)];
/// let words: Vec<_> = words.into_iter().flatten().collect();
/// assert_eq!(onrecord_ledger::quoted(&words), "“We will sail,” Oko said … “Soon,”");
/// ```
pub fn quoted(words: &[Span]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for span in words {
        if span.end() <= end {
            continue;
        }
        if !out.is_empty() {
            let gap = span.start().saturating_sub(end);
            out.push_str(match gap {
                0 => "",
                1 => " ",
                _ => " … ",
            });
        }
        let told = end.saturating_sub(span.start()) as usize;
        out.extend(span.quote().chars().skip(told));
        end = span.end();
    }
    out
}
