//! How the desk looks: the entry, its words where they stand, and below what can be done.
//!
//! Without colours the words are told apart by bold, reversed and underlined letters. Nothing of
//! a report reaches the terminal but through [`clean`] or [`show::lines`], which leave out what
//! would act on it.

mod missing;

use jiff::SignedDuration;
use onrecord::model::Factuality;
use onrecord_ledger::judged::Answer;
use onrecord_ledger::{Entry, EntryKind, Judgement, Verdict};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr as _;

use super::agreement::corrected;
use super::desk::{Desk, Mode};
use super::editor::Editor;
use super::passage::Passage;
use crate::look::{Ink, clean};
use crate::{find, show, words};

/// Columns of the names of fields.
const NAMES: usize = 8;
/// No line is longer: longer ones are hard to read.
const WIDEST: usize = 100;

/// Draws the desk.
pub(super) fn draw(frame: &mut Frame<'_>, desk: &mut Desk, passage: &Passage, colour: bool) {
    let look = Look {
        colour,
        width: usize::from(frame.area().width).min(WIDEST),
    };
    let entry = desk.entry();
    let panel = look.panel(desk);
    let body = if desk.mode == Mode::Help {
        look.help()
    } else {
        look.body(desk, entry.as_ref(), passage, panel.is_some())
    };
    let message = desk.message.as_deref().map(clean);
    let height = |n: usize| Constraint::Length(u16::try_from(n).unwrap_or(u16::MAX));
    // The entry keeps some lines, however long a list is.
    let room = usize::from(frame.area().height).saturating_sub(6);
    let panel_lines = panel.as_ref().map_or(0, |p| p.lines.len().min(room));
    let [head, middle, below, said, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        height(panel_lines),
        height(usize::from(message.is_some())),
        Constraint::Length(1),
    ])
    .areas(frame.area());
    frame.render_widget(look.head(desk), head);
    desk.lowest = u16::try_from(body.len())
        .unwrap_or(u16::MAX)
        .saturating_sub(middle.height);
    desk.scroll = desk.scroll.min(desk.lowest);
    frame.render_widget(Paragraph::new(body).scroll((desk.scroll, 0)), middle);
    if let Some(panel) = panel {
        panel.draw(frame, below);
    }
    if let Some(message) = message {
        frame.render_widget(Line::styled(message, look.style(Ink::Strong)), said);
    }
    let more = desk.scroll < desk.lowest && desk.mode == Mode::Asking;
    frame.render_widget(look.foot(desk, entry.is_some(), more), foot);
}

/// Width and colours.
struct Look {
    colour: bool,
    width: usize,
}

/// What stands below the entry while something is written or chosen.
struct Panel {
    lines: Vec<Line<'static>>,
    /// Which line must be seen.
    at: usize,
    cursor: Option<(usize, usize)>,
}

impl Panel {
    fn draw(self, frame: &mut Frame<'_>, area: Rect) {
        let first = (self.at + 1).saturating_sub(usize::from(area.height));
        let scroll = u16::try_from(first).unwrap_or(0);
        frame.render_widget(Paragraph::new(self.lines).scroll((scroll, 0)), area);
        if let Some((column, line)) = self.cursor {
            let x = u16::try_from(column).unwrap_or(u16::MAX);
            let y = u16::try_from(line.saturating_sub(first)).unwrap_or(0);
            let x = area.x.saturating_add(x).min(area.right().saturating_sub(1));
            frame.set_cursor_position(Position::new(x, area.y + y));
        }
    }
}

impl Look {
    fn style(&self, ink: Ink) -> Style {
        let plain = Style::new();
        match (ink, self.colour) {
            (Ink::Strong, _) => plain.add_modifier(Modifier::BOLD),
            (Ink::Faint, true) => plain.add_modifier(Modifier::DIM),
            (Ink::Faint, false) => plain,
            (Ink::Source, true) => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            (Ink::Cue, true) => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD),
            (Ink::Content, true) => plain.fg(Color::Green),
            (Ink::Source, false) => plain.add_modifier(Modifier::BOLD),
            (Ink::Cue, false) => plain.add_modifier(Modifier::REVERSED),
            (Ink::Content, false) => plain.add_modifier(Modifier::UNDERLINED),
            (Ink::Alarm, true) => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
            (Ink::Alarm, false) => plain.add_modifier(Modifier::BOLD),
        }
    }

    fn head(&self, desk: &Desk) -> Line<'static> {
        let (n, all) = desk.position();
        let place = if n > all {
            format!("{all} of {all}, done")
        } else {
            format!("{n} of {all}")
        };
        let left = desk.left().map(left).unwrap_or_default();
        let who = clean(desk.reviewer());
        let width = place.width() + left.width();
        let gap = self.width.saturating_sub(width + who.width()).max(2);
        Line::from(vec![
            Span::styled(place, self.style(Ink::Strong)),
            Span::styled(left, self.style(Ink::Faint)),
            Span::raw(" ".repeat(gap)),
            Span::styled(who, self.style(Ink::Faint)),
        ])
    }

    fn foot(&self, desk: &Desk, asks: bool, more: bool) -> Line<'static> {
        let words = match &desk.mode {
            Mode::Help => "any key goes back",
            Mode::Note(_) => "enter keep   esc leave",
            Mode::Editing(e) if e.writing.is_some() => {
                "enter take   tab complete   esc leave as it was"
            }
            Mode::Editing(_) => "enter change   s save   esc leave",
            Mode::Merging { .. } => "up down choose   enter merge   esc leave",
            Mode::Adding => "s statement   v event   c commitment   esc leave",
            Mode::Asking if !asks => "backspace undo   q quit",
            Mode::Asking if desk.is_searching() => "a all is there  + add  space skip  ? all keys",
            Mode::Asking if self.width < 80 => "a accept  x reject  space skip  e edit  ? all keys",
            Mode::Asking => {
                "a accept  x reject  space skip  e edit  m merge  + add  ? all keys  q quit"
            }
        };
        let mut line = Line::styled(words, self.style(Ink::Faint));
        if more {
            line.push_span(Span::styled("  ↓ more", self.style(Ink::Strong)));
        }
        line
    }

    fn body(
        &self,
        desk: &Desk,
        entry: Option<&Entry>,
        passage: &Passage,
        brief: bool,
    ) -> Vec<Line<'static>> {
        let mut out = Vec::new();
        let Some(entry) = entry else {
            let answered = desk.answered() as u64;
            let (what, told) = if desk.is_for_searching() {
                ("sentences", super::recall::sentences_told(answered))
            } else {
                ("entries", super::entries_told(answered))
            };
            let words = format!(
                "There are no more {what}. In this sitting you answered {told}, all in the ledger."
            );
            let lines = textwrap::wrap(&words, self.width.max(10)).into_iter();
            out.extend(lines.map(|line| Line::raw(line.into_owned())));
            return out;
        };
        if !brief {
            if desk.is_searching() {
                self.sought(&mut out, desk);
            } else {
                self.entry(&mut out, desk, entry);
            }
            out.push(Line::default());
        }
        self.passage(&mut out, passage);
        if !brief {
            out.push(Line::default());
            self.report(&mut out, entry, passage);
        }
        out
    }

    /// The entry, field by field.
    fn entry(&self, out: &mut Vec<Line<'static>>, desk: &Desk, e: &Entry) {
        let kind = match e.at.kind {
            EntryKind::Statement => "statement",
            EntryKind::Event => "event",
            EntryKind::Commitment => "commitment",
        };
        let what = e.what.to_lowercase();
        let status = e.status.map(|s| s.as_str().replace('_', " "));
        let phase = e.phase.map(|p| p.to_string());
        let firmly = words::firmness(e.factuality);
        let firmly = (e.factuality != Factuality::FACT || e.at.kind == EntryKind::Statement)
            .then(|| firmly.to_owned());
        let sure = format!("confidence {:.2}", e.confidence);
        let told = [Some(what), status, phase, firmly, Some(sure)];
        let told: Vec<String> = told.into_iter().flatten().map(|t| clean(&t)).collect();
        out.push(Line::from(vec![
            Span::styled(format!("{} {kind}", e.id), self.style(Ink::Strong)),
            Span::raw(format!("  {}", told.join(" · "))),
        ]));
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                self.paragraph(out, name, value, Style::new());
            }
        };
        field("by", &find::names(&e.by).join("; "));
        field("to", &find::names(&e.to).join("; "));
        field("about", &find::names(&e.about).join("; "));
        if e.at.kind != EntryKind::Statement {
            field("word of", &find::on_the_word_of(e).join("; "));
        }
        let at = |t: &Option<String>| t.as_deref().map_or_else(String::new, time);
        if e.at.kind == EntryKind::Commitment {
            field("due", &at(&e.due));
            field("since", &at(&e.since));
            field("if", &clean(e.condition.as_deref().unwrap_or_default()));
        } else {
            field("time", &at(&e.time));
        }
        let places: Vec<String> = e.places.iter().map(|p| clean(&p.name)).collect();
        field("place", &places.join("; "));
        field("amount", &find::amounts(&e.amounts));
        if let Some(who) = &e.added_by {
            field("added", &format!("by {}", clean(who)));
        }
        for j in desk.said() {
            field("you", &said(j));
        }
        for j in desk.said_by_others() {
            field("others", &format!("{}: {}", clean(&j.author), said(j)));
        }
    }

    /// The words where they stand.
    fn passage(&self, out: &mut Vec<Line<'static>>, passage: &Passage) {
        for ((words, at), (before, after)) in passage.stretches.iter().zip(&passage.cut) {
            let mut lines: Vec<Line<'static>> = show::lines(words, *at, self.width)
                .iter()
                .map(|line| self.marked(line, passage))
                .collect();
            if let Some(first) = lines.first_mut().filter(|_| *before) {
                first.spans.insert(1, Span::raw("… "));
            }
            if let Some(last) = lines.last_mut().filter(|_| *after) {
                last.push_span(" …");
            }
            out.extend(lines);
        }
        let in_use = |part: &show::Part| passage.marks.iter().any(|(_, p)| p == part);
        let mut legend = vec![Span::raw("  ")];
        let parts = show::Part::ALL.iter().zip(passage.legend);
        for (part, name) in parts.filter(|(p, _)| in_use(p)) {
            legend.push(Span::styled(name, self.style(part.ink())));
            legend.push(Span::raw("   "));
        }
        out.push(Line::from(legend));
    }

    fn marked(&self, line: &show::Line, passage: &Passage) -> Line<'static> {
        let mut out = Line::from("  ");
        let mut run = String::new();
        let mut of = None;
        for (c, at) in line {
            let part = show::part_at(&passage.marks, *at);
            if part != of {
                self.run(&mut out, &mut run, of);
                of = part;
            }
            run.push(*c);
        }
        self.run(&mut out, &mut run, of);
        out
    }

    fn run(&self, out: &mut Line<'static>, run: &mut String, part: Option<show::Part>) {
        let style = part.map_or(Style::new(), |p| self.style(p.ink()));
        out.push_span(Span::styled(std::mem::take(run), style));
    }

    /// Which report this is.
    fn report(&self, out: &mut Vec<Line<'static>>, e: &Entry, passage: &Passage) {
        if let Some(headline) = &e.headline {
            self.paragraph(out, "report", &clean(headline), self.style(Ink::Strong));
        }
        let day = e
            .published
            .map_or("undated".to_owned(), |d| words::time(&d.to_string()));
        let told = [
            find::carried_by(e),
            day,
            find::location(e),
            format!("line {}", passage.line),
        ];
        let told: Vec<String> = told.into_iter().filter(|t| !t.is_empty()).collect();
        let superseded = if e.superseded { "; superseded" } else { "" };
        let words = format!("{}{superseded}", told.join("; "));
        self.paragraph(out, "", &words, self.style(Ink::Faint));
    }

    fn panel(&self, desk: &Desk) -> Option<Panel> {
        match &desk.mode {
            Mode::Asking | Mode::Help => None,
            Mode::Adding => Some(Panel {
                lines: vec![self.rule(), Line::raw("What is missing?")],
                at: 1,
                cursor: None,
            }),
            Mode::Note(line) => {
                let (words, column) = self.written("note", &line.halves());
                Some(Panel {
                    lines: vec![self.rule(), words],
                    at: 1,
                    cursor: Some((column, 1)),
                })
            }
            Mode::Editing(editor) => Some(self.editor(editor)),
            Mode::Merging { choices, at } => {
                let mut lines = vec![self.rule(), Line::raw("Which entry is it the same as?")];
                for (i, e) in choices.iter().enumerate() {
                    let by = find::names(&e.by).join("; ");
                    let words = format!("{} {by}: {}", e.id, find::quoted(&e.words));
                    lines.push(self.choice(i == *at, &words));
                }
                Some(Panel {
                    lines,
                    at: at + 2,
                    cursor: None,
                })
            }
        }
    }

    fn editor(&self, editor: &Editor) -> Panel {
        let mut lines = vec![self.rule()];
        let mut cursor = None;
        for (i, row) in editor.rows.iter().enumerate() {
            let name = row.field.name();
            if let Some(line) = editor.writing.as_ref().filter(|_| i == editor.at) {
                let (words, column) = self.written(name, &line.halves());
                cursor = Some((column, lines.len()));
                lines.push(words);
                let help = editor.wrong.clone().unwrap_or_else(|| editor.help());
                self.paragraph(&mut lines, "", &help, self.style(Ink::Faint));
                continue;
            }
            let mark = if row.is_changed() { "*" } else { " " };
            let words = format!("{mark} {name:<NAMES$}{}", clean(&row.now));
            lines.push(self.choice(i == editor.at, &words));
        }
        if editor.writing.is_none()
            && let Some(wrong) = &editor.wrong
        {
            self.paragraph(&mut lines, "", wrong, self.style(Ink::Strong));
        }
        let at = cursor.map_or(lines.len() - 1, |(_, line)| line + 2);
        Panel {
            at: at.min(lines.len() - 1),
            lines,
            cursor,
        }
    }

    /// A line being written, and the column of the cursor; its beginning is cut off where it is
    /// too long.
    fn written(&self, name: &str, (before, after): &(String, String)) -> (Line<'static>, usize) {
        let name = format!(">   {name:<NAMES$}");
        let room = self.width.saturating_sub(name.width() + 2);
        let mut shown = before.as_str();
        while shown.width() > room {
            let mut letters = shown.chars();
            letters.next();
            shown = letters.as_str();
        }
        let column = name.width() + shown.width();
        let line = Line::from(vec![
            Span::styled(name, self.style(Ink::Strong)),
            Span::raw(shown.to_owned()),
            Span::raw(after.clone()),
        ]);
        (line, column)
    }

    fn choice(&self, chosen: bool, words: &str) -> Line<'static> {
        let mark = if chosen { "> " } else { "  " };
        let style = if chosen {
            self.style(Ink::Strong)
        } else {
            Style::new()
        };
        Line::styled(format!("{mark}{words}"), style)
    }

    fn rule(&self) -> Line<'static> {
        Line::styled("─".repeat(self.width), self.style(Ink::Faint))
    }

    /// A field's name with words beside it, wrapped.
    fn paragraph(&self, out: &mut Vec<Line<'static>>, name: &str, words: &str, style: Style) {
        let room = self.width.saturating_sub(NAMES + 2).max(10);
        for (i, line) in textwrap::wrap(words, room).iter().enumerate() {
            let name = if i == 0 { name } else { "" };
            out.push(Line::from(vec![
                Span::styled(format!("  {name:<NAMES$}"), self.style(Ink::Faint)),
                Span::styled(line.trim_end().to_owned(), style),
            ]));
        }
    }

    fn help(&self) -> Vec<Line<'static>> {
        let mut out = Vec::new();
        for (key, does) in [
            ("a", "accept: it is as the report has it"),
            ("x", "reject: it is not in the report"),
            ("space", "skip: asked again another time"),
            ("e", "edit: it is in the report, but otherwise"),
            ("m", "merge: it is the same as another entry"),
            ("n", "note: words about it, beside an answer"),
            ("+ i", "add an entry that the reader missed in this report"),
            ("bksp", "undo the last answer, note or skip of this sitting"),
            ("↑↓ j k", "scroll; page up, page down"),
            ("q", "quit, as does Ctrl-C: every answer is kept already"),
        ] {
            self.paragraph(&mut out, key, does, Style::new());
        }
        out
    }
}

/// What a judgement says, in words.
fn said(j: &Judgement) -> String {
    match &j.verdict {
        Verdict::Note { text } => format!("“{}”", clean(text)),
        Verdict::Correct(c) => format!("corrected: {}", corrected(c)),
        Verdict::Add(_) => "added".to_owned(),
        Verdict::Join { .. } => "joined to a thread".to_owned(),
        Verdict::Part { .. } => "parted from a thread".to_owned(),
        Verdict::Searched => "nothing is missing".to_owned(),
        _ => Answer::of([j]).map_or_else(String::new, |a| a.as_str().to_owned()),
    }
}

/// `Tuesday 4 March 2031 (2031-03-04)`: the words, and the value that can be edited.
fn time(value: &str) -> String {
    let (value, words) = (clean(value), words::time(value));
    if value == words {
        value
    } else {
        format!("{words} ({value})")
    }
}

fn left(rest: SignedDuration) -> String {
    match rest.as_secs() {
        ..90 => ", a minute left".to_owned(),
        secs if secs < 5400 => format!(", {} minutes left", (secs + 30) / 60),
        secs => format!(", {} hours left", (secs + 1800) / 3600),
    }
}

#[cfg(test)]
mod tests;
