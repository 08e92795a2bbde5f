//! A page as a tree of elements and texts that know their bytes in the source.
//!
//! `html5gum` cuts the page into tags and text as the HTML standard says; the tree is a light
//! one: end tags that HTML implies are put in, what stands after a misplaced end tag stays where
//! it is. Nodes lie in reading order, each with the place behind its last descendant, so a walk
//! is a loop and depth costs no stack.
//!
//! Left out: foster parenting and the adoption agency, which move words; words stay in place here.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};

use super::bounded::bounded;
use super::tag::Tag;

/// Elements deeper than this stand beside each other, as in browsers.
const DEEPEST: usize = 512;

/// The attributes that are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Attr {
    Class,
    Id,
    ItemProp,
    ItemType,
    Property,
    Name,
    Content,
    Rel,
    Href,
    Type,
    Lang,
    DateTime,
    Hidden,
    AriaHidden,
    Role,
    Style,
    Component,
    Charset,
    HttpEquiv,
}

impl Attr {
    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"class" => Self::Class,
            b"id" => Self::Id,
            b"itemprop" => Self::ItemProp,
            b"itemtype" => Self::ItemType,
            b"property" => Self::Property,
            b"name" => Self::Name,
            b"content" => Self::Content,
            b"rel" => Self::Rel,
            b"href" => Self::Href,
            b"type" => Self::Type,
            b"lang" => Self::Lang,
            b"datetime" => Self::DateTime,
            b"hidden" => Self::Hidden,
            b"aria-hidden" => Self::AriaHidden,
            b"role" => Self::Role,
            b"style" => Self::Style,
            b"data-component" | b"data-testid" | b"data-test" | b"data-type" | b"data-qa" => {
                Self::Component
            }
            b"charset" => Self::Charset,
            b"http-equiv" => Self::HttpEquiv,
            _ => return None,
        })
    }
}

/// An element or a text.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) tag: Tag,
    pub(crate) parent: u32,
    /// The node behind its last descendant.
    pub(crate) end: u32,
    /// Attributes of an element; bytes of the kept words of a text.
    held: Range<u32>,
    /// The bytes of a text in the source, or of an element's start tag.
    source: Range<u32>,
}

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    attrs: Vec<(Attr, Range<u32>)>,
    words: String,
}

impl Tree {
    /// Reads a page; what is not HTML is one text.
    pub(crate) fn read(page: &str) -> Self {
        let mut builder = Builder::new(page);
        let callback = |event: CallbackEvent<'_>, span: Span<usize>| {
            builder.take(&event, span);
            None::<Infallible>
        };
        let mut emitter = CallbackEmitter::new(callback);
        emitter.naively_switch_states(true);
        let page = bounded(page.as_bytes());
        let Ok(()) = Tokenizer::new_with_emitter(&*page, Quiet(emitter)).finish();
        builder.finish()
    }

    /// The value of an attribute.
    pub(crate) fn attr(&self, node: usize, attr: Attr) -> Option<&str> {
        let held = self.nodes.get(node).filter(|n| n.tag != Tag::Text)?;
        let attrs = self.attrs.get(places(&held.held))?;
        let (_, value) = attrs.iter().find(|(a, _)| *a == attr)?;
        self.words.get(places(value))
    }

    /// The words of a text, entities resolved.
    pub(crate) fn text(&self, node: usize) -> &str {
        let text = self.nodes.get(node).filter(|n| n.tag == Tag::Text);
        text.and_then(|n| self.words.get(places(&n.held)))
            .unwrap_or_default()
    }

    /// The bytes a text stands for.
    pub(crate) fn source(&self, node: usize) -> Range<usize> {
        self.nodes.get(node).map_or(0..0, |n| places(&n.source))
    }

    /// The words under a node in lines: a break, a block, or words that are glued begin another.
    pub(crate) fn lines_under(&self, node: usize) -> Vec<String> {
        let end = self.nodes.get(node).map_or(node, |n| n.end as usize);
        let mut lines = vec![String::new()];
        for i in node..end {
            let tag = self.nodes[i].tag;
            let text = self.text(i);
            let last = lines.last().map(String::as_str).unwrap_or_default();
            if tag == Tag::Br || i > node && tag.is_block() || is_glued(last, text) {
                lines.push(String::new());
            }
            if let Some(last) = lines.last_mut() {
                last.push_str(text);
            }
        }
        lines.retain(|l| !l.trim().is_empty());
        lines
    }

    /// All the words under a node, as they stand.
    pub(crate) fn words_under(&self, node: usize) -> String {
        let end = self.nodes.get(node).map_or(node, |n| n.end as usize);
        (node..end).map(|i| self.text(i)).collect()
    }
}

/// Whether two stretches of text stand apart though no white space is between them: a name and
/// an outlet in elements of their own, "Lena Marsh" and "Harbor Post".
pub(crate) fn is_glued(before: &str, next: &str) -> bool {
    before.ends_with(|c: char| c.is_lowercase() || c.is_numeric())
        && next.starts_with(char::is_uppercase)
}

fn places(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// An emitter that reports no errors of markup: every page has some and none matters here.
struct Quiet<E>(E);

impl<E: Emitter> ForwardingEmitter for Quiet<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

struct Builder {
    tree: Tree,
    /// The open elements, outermost first.
    open: Vec<u32>,
    /// How many elements of each kind are open: end tags without a start tag cost nothing.
    counts: [u32; Tag::COUNT],
    /// The start tag being read.
    tag: Tag,
    tag_start: u32,
    first_attr: u32,
    attr: Option<Attr>,
    foreign: u32,
}

impl Builder {
    fn new(page: &str) -> Self {
        let mut tree = Tree::default();
        tree.words.reserve(page.len() / 2);
        // Whatever stands outside `<html>` has a parent too.
        tree.nodes.push(Node {
            tag: Tag::Root,
            parent: 0,
            end: 1,
            held: 0..0,
            source: 0..0,
        });
        let mut counts = [0; Tag::COUNT];
        counts[Tag::Root as usize] = 1;
        Self {
            tree,
            open: vec![0],
            counts,
            tag: Tag::Other,
            tag_start: 0,
            first_attr: 0,
            attr: None,
            foreign: 0,
        }
    }

    fn take(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag::named(name);
                self.tag_start = span.start as u32;
                self.first_attr = self.tree.attrs.len() as u32;
                self.attr = None;
            }
            CallbackEvent::AttributeName { name } => {
                self.attr = Attr::named(name);
                if let Some(attr) = self.attr {
                    let at = self.tree.words.len() as u32;
                    self.tree.attrs.push((attr, at..at));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if self.attr.is_some() {
                    let range = self.keep(value);
                    if let Some((_, held)) = self.tree.attrs.last_mut() {
                        *held = range;
                    }
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.start(*self_closing, span.end as u32);
            }
            CallbackEvent::EndTag { name } => self.end(Tag::named(name)),
            CallbackEvent::String { value } => self.string(value, span),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<u32> {
        let start = self.tree.words.len() as u32;
        match std::str::from_utf8(bytes) {
            Ok(words) => self.tree.words.push_str(words),
            Err(_) => self.tree.words.push_str(&String::from_utf8_lossy(bytes)),
        }
        start..self.tree.words.len() as u32
    }

    fn string(&mut self, value: &[u8], span: Span<usize>) {
        let silent = match self.top() {
            Tag::Style | Tag::Noscript | Tag::Iframe | Tag::Svg => true,
            Tag::Script => !value.contains(&b'{'),
            _ => false,
        };
        if silent {
            return;
        }
        if self.top() == Tag::Script && !self.is_data_script() {
            return;
        }
        let held = self.keep(value);
        self.push(Tag::Text, held, span.start as u32..span.end as u32);
    }

    /// Whether the open script holds data and no program.
    fn is_data_script(&self) -> bool {
        let node = self.open.last().map_or(0, |n| *n as usize);
        let kind = self.tree.attr(node, Attr::Type).unwrap_or_default();
        kind.to_ascii_lowercase().contains("ld+json")
    }

    fn top(&self) -> Tag {
        let node = self
            .open
            .last()
            .and_then(|n| self.tree.nodes.get(*n as usize));
        node.map_or(Tag::Other, |n| n.tag)
    }

    fn push(&mut self, tag: Tag, held: Range<u32>, source: Range<u32>) -> u32 {
        let at = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node {
            tag,
            parent: self.open.last().copied().unwrap_or(0),
            end: at + 1,
            held,
            source,
        });
        at
    }

    fn start(&mut self, self_closing: bool, end: u32) {
        let tag = self.tag;
        self.imply_ends(tag);
        let attrs = self.first_attr..self.tree.attrs.len() as u32;
        let node = self.push(tag, attrs, self.tag_start..end);
        let closed = self_closing && (self.foreign > 0 || matches!(tag, Tag::Svg | Tag::Math));
        if tag.is_void() || closed || self.open.len() >= DEEPEST {
            return;
        }
        self.open.push(node);
        self.counts[tag as usize] += 1;
        self.foreign += u32::from(matches!(tag, Tag::Svg | Tag::Math));
    }

    /// Ends what a start tag ends without saying so.
    fn imply_ends(&mut self, tag: Tag) {
        if tag.closes_paragraph() {
            self.end_within(&[Tag::P], Tag::is_scope);
            if tag.is_heading() && self.top().is_heading() {
                self.pop();
            }
            return;
        }
        let list = |t: Tag| t.is_scope() || matches!(t, Tag::Ul | Tag::Ol | Tag::Menu);
        let terms = |t: Tag| t.is_scope() || t == Tag::Dl;
        let table = |t: Tag| t == Tag::Table;
        match tag {
            Tag::Li => {
                self.end_within(&[Tag::Li], list);
                self.end_within(&[Tag::P], Tag::is_scope);
            }
            Tag::Dd | Tag::Dt => self.end_within(&[Tag::Dd, Tag::Dt], terms),
            Tag::Option | Tag::Optgroup => {
                self.end_within(&[Tag::Option], |t| t == Tag::Select);
            }
            Tag::Td | Tag::Th => self.end_within(&[Tag::Td, Tag::Th], |t| t == Tag::Tr || table(t)),
            Tag::Tr => self.end_within(&[Tag::Tr], table),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.end_within(&[Tag::Tbody, Tag::Thead, Tag::Tfoot, Tag::Caption], table);
            }
            Tag::A => self.end_within(&[Tag::A], Tag::is_block),
            Tag::Body => self.end_within(&[Tag::Head], |t| t != Tag::Head),
            _ if self.top() == Tag::Head => {
                let stays = matches!(
                    tag,
                    Tag::Base
                        | Tag::Link
                        | Tag::Meta
                        | Tag::Noscript
                        | Tag::Script
                        | Tag::Style
                        | Tag::Template
                        | Tag::Title
                );
                if !stays && tag != Tag::Other {
                    self.pop();
                }
            }
            _ => {}
        }
        if tag.is_block() && self.top() == Tag::Head && tag != Tag::Title {
            self.pop();
        }
    }

    fn end(&mut self, tag: Tag) {
        if matches!(tag, Tag::Html | Tag::Body | Tag::Text) || tag.is_void() {
            return;
        }
        if tag == Tag::P {
            self.end_within(&[Tag::P], Tag::is_scope);
        } else if tag.is_heading() {
            let headings = [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6];
            self.end_within(&headings, Tag::is_scope);
        } else if tag == Tag::Li {
            self.end_within(&[Tag::Li], |t| {
                t.is_scope() || matches!(t, Tag::Ul | Tag::Ol | Tag::Menu)
            });
        } else if tag.is_table_part() {
            self.end_within(&[tag], |t| t == Tag::Table);
        } else if tag.is_block() || tag == Tag::Script {
            self.end_within(&[tag], Tag::is_scope);
        } else {
            // A misplaced `</b>` or `</span>` must not end the paragraph around it.
            self.end_within(&[tag], Tag::is_block);
        }
    }

    /// Ends the innermost open element of these kinds and all in it, unless it lies beyond a
    /// barrier.
    fn end_within(&mut self, tags: &[Tag], barrier: impl Fn(Tag) -> bool) {
        if tags.iter().all(|t| self.counts[*t as usize] == 0) {
            return;
        }
        for depth in (0..self.open.len()).rev() {
            let tag = self.tree.nodes[self.open[depth] as usize].tag;
            if tags.contains(&tag) {
                while self.open.len() > depth {
                    self.pop();
                }
                return;
            }
            if barrier(tag) {
                return;
            }
        }
    }

    fn pop(&mut self) {
        let Some(node) = self.open.pop() else { return };
        let end = self.tree.nodes.len() as u32;
        let node = &mut self.tree.nodes[node as usize];
        node.end = end;
        self.counts[node.tag as usize] -= 1;
        self.foreign -= u32::from(matches!(node.tag, Tag::Svg | Tag::Math));
    }

    fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.pop();
        }
        self.tree
    }
}
