//! Words that are searched for what the reader missed.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Look, said};
use crate::look::{Ink, clean};
use crate::review::desk::Desk;
use crate::{find, words};

impl Look {
    /// What is asked of words that are searched, and what of them is on record.
    pub(super) fn sought(&self, out: &mut Vec<Line<'static>>, desk: &Desk) {
        let kinds: Vec<String> = desk
            .sought()
            .iter()
            .map(|k| format!("{}s", k.as_str()))
            .collect();
        out.push(Line::from(vec![
            Span::styled("Is anything missing?", self.style(Ink::Strong)),
            Span::raw(format!("  {}", words::listed(&kinds))),
        ]));
        for e in desk.held() {
            let by = find::names(&e.by).join("; ");
            let (_, _, own) = e.rests_on();
            let told = format!("{} {by}: “{}”", clean(&e.what.to_lowercase()), clean(own));
            self.paragraph(out, &e.id, &told, Style::new());
        }
        if desk.held().is_empty() {
            self.paragraph(
                out,
                "",
                "nothing of it is on record",
                self.style(Ink::Faint),
            );
        }
        for j in desk.said() {
            self.paragraph(out, "you", &said(j), Style::new());
        }
    }
}
