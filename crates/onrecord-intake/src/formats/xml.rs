//! XML as a tree whose words know their bytes; NITF, NewsML-G2, feeds and sitemaps are read
//! from it.
//!
//! Feeds in the wild are rarely well formed: a tag closed twice, an `&` alone and an end cut off
//! give a thinner tree and a [`Flaw`]. A document that declares entities of its own is refused,
//! for that is how small files become large ones.
//!
//! Left out: namespaces; names are compared without their prefix.

use std::ops::Range;

use onrecord_model::AlignedText;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::draft::{Block, Piece};

/// Elements nested deeper than this are no newsroom's.
const DEEPEST: usize = 512;

/// What is wrong with a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Flaw {
    /// It is not well formed from some byte on; what stands before was read.
    Broken(String),
    /// It declares entities.
    Entities,
}

/// A document.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// What is wrong with it.
    pub(crate) flaw: Option<Flaw>,
}

#[derive(Debug, Default)]
struct Node {
    name: String,
    prefix: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
    place: Range<usize>,
}

#[derive(Debug)]
enum Child {
    Element(usize),
    Text(Piece),
}

/// A step through what an element holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'t> {
    /// Into an element.
    Into(Element<'t>),
    /// Over words.
    Words(&'t Piece),
    /// Out of an element again.
    OutOf(Element<'t>),
}

/// An element of a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'t> {
    tree: &'t Tree,
    index: usize,
}

impl Tree {
    /// Reads a document.
    pub(crate) fn parse(source: &str) -> Self {
        let mut tree = Self {
            nodes: vec![Node::default()],
            flaw: None,
        };
        tree.fill(source);
        tree
    }

    /// The element around all others.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        self.document().children().next()
    }

    fn document(&self) -> Element<'_> {
        let tree = self;
        Element { tree, index: 0 }
    }

    fn fill(&mut self, source: &str) {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut open = vec![0];
        loop {
            let start = reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(why) => {
                    self.flaw = Some(Flaw::Broken(format!("{why} at byte {start}")));
                    break;
                }
            };
            let end = reader.buffer_position() as usize;
            let parent = open.last().copied().unwrap_or(0);
            match event {
                Event::Eof => break,
                Event::Start(tag) if open.len() < DEEPEST => {
                    open.push(self.element(parent, &tag, start..end));
                }
                Event::Start(_) => {
                    self.flaw = Some(Flaw::Broken(format!("nested over {DEEPEST} deep")));
                    break;
                }
                Event::Empty(tag) => {
                    self.element(parent, &tag, start..end);
                }
                Event::End(tag) => self.close(&mut open, &local(tag.name().as_ref()), end),
                Event::DocType(words) => {
                    let declared = words.to_ascii_uppercase().contains("<!ENTITY");
                    if declared {
                        self.flaw = Some(Flaw::Entities);
                        self.nodes.truncate(1);
                        self.nodes[0].children.clear();
                        return;
                    }
                }
                Event::Text(_) => self.text(parent, source, start..end),
                Event::CData(_) => {
                    let inner = start + "<![CDATA[".len()..end.saturating_sub("]]>".len());
                    self.text(parent, source, inner);
                }
                Event::GeneralRef(name) => {
                    let place = start..end;
                    let text = reference(&name);
                    let text = text.unwrap_or_else(|| source[place.clone()].to_owned());
                    let source = Some(place);
                    self.nodes[parent]
                        .children
                        .push(Child::Text(Piece { text, source }));
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        if open.len() > 1 && self.flaw.is_none() {
            self.flaw = Some(Flaw::Broken("the end is missing".into()));
        }
        for index in open {
            self.nodes[index].place.end = source.len();
        }
    }

    fn element(&mut self, parent: usize, tag: &BytesStart<'_>, place: Range<usize>) -> usize {
        let mut attributes = tag.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let attributes = attributes.map(|a| (local(a.key.as_ref()), value(&a.value)));
        let name = tag.name();
        let prefix = name.as_ref().rsplit_once(':').map(|(prefix, _)| prefix);
        let node = Node {
            name: local(name.as_ref()),
            prefix: prefix.unwrap_or_default().to_owned(),
            attributes: attributes.collect(),
            children: Vec::new(),
            place,
        };
        self.nodes.push(node);
        let index = self.nodes.len() - 1;
        self.nodes[parent].children.push(Child::Element(index));
        index
    }

    /// Closes the nearest element of a name and what was left open in it; a name that is not
    /// open closes nothing.
    fn close(&mut self, open: &mut Vec<usize>, name: &str, end: usize) {
        let Some(at) = open
            .iter()
            .rposition(|i| *i > 0 && self.nodes[*i].name == name)
        else {
            self.flaw
                .get_or_insert(Flaw::Broken(format!("`{name}` is closed and not open")));
            return;
        };
        if at + 1 < open.len() {
            let left = &self.nodes[open[at + 1]].name;
            let why = format!("`{left}` is open where `{name}` closes");
            self.flaw.get_or_insert(Flaw::Broken(why));
        }
        for index in open.drain(at..) {
            self.nodes[index].place.end = end;
        }
    }

    fn text(&mut self, parent: usize, source: &str, place: Range<usize>) {
        if let Some(text) = source.get(place.clone()).filter(|t| !t.is_empty()) {
            let (text, source) = (text.to_owned(), Some(place));
            self.nodes[parent]
                .children
                .push(Child::Text(Piece { text, source }));
        }
    }
}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node {
        &self.tree.nodes[self.index]
    }

    /// Its name without a prefix.
    pub(crate) fn name(self) -> &'t str {
        &self.node().name
    }

    /// The prefix of its name; empty without one.
    pub(crate) fn prefix(self) -> &'t str {
        &self.node().prefix
    }

    /// The bytes from its start tag to its end tag.
    pub(crate) fn place(self) -> Range<usize> {
        self.node().place.clone()
    }

    /// The value of an attribute, when it is not empty.
    pub(crate) fn attribute(self, name: &str) -> Option<&'t str> {
        let found = self.node().attributes.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// The elements in it.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.node().children.iter().filter_map(move |c| match c {
            Child::Element(index) => Some(Element {
                index: *index,
                ..self
            }),
            Child::Text(_) => None,
        })
    }

    /// The elements of a name in it.
    pub(crate) fn all(self, name: &'t str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |e| e.name() == name)
    }

    /// The first element of a name in it.
    pub(crate) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|e| e.name() == name)
    }

    /// The first element at a path of names: `itemMeta/pubStatus`.
    pub(crate) fn at(self, path: &str) -> Option<Element<'t>> {
        path.split('/').try_fold(self, Element::child)
    }

    /// Itself and all elements under it, in order.
    pub(crate) fn descend(self) -> impl Iterator<Item = Element<'t>> {
        // Elements are numbered in the order of their start tags.
        let end = self.place().end;
        let inside = move |i: &usize| *i == self.index || self.tree.nodes[*i].place.start < end;
        let tree = self.tree;
        (self.index..tree.nodes.len())
            .take_while(inside)
            .map(move |index| Element { tree, index })
    }

    /// The first element of a name anywhere under it.
    pub(crate) fn find(self, name: &str) -> Option<Element<'t>> {
        self.descend().find(|e| e.name() == name)
    }

    /// All steps through what it holds, in order, into and out of each element in it.
    pub(crate) fn steps(self) -> impl Iterator<Item = Step<'t>> {
        let tree = self.tree;
        let of = move |index| Element { tree, index };
        let mut stack = vec![(self.index, 0)];
        std::iter::from_fn(move || {
            let (index, at) = stack.pop()?;
            let step = match tree.nodes[index].children.get(at) {
                // Out of the element itself is no step.
                None if stack.is_empty() => return None,
                None => return Some(Step::OutOf(of(index))),
                Some(Child::Text(piece)) => Step::Words(piece),
                Some(Child::Element(inner)) => Step::Into(of(*inner)),
            };
            stack.push((index, at + 1));
            if let Step::Into(inner) = step {
                stack.push((inner.index, 0));
            }
            Some(step)
        })
    }

    /// All words in it, in order, with their places.
    pub(crate) fn pieces(self) -> Vec<Piece> {
        let words = |step| match step {
            Step::Words(piece) => Some(piece.clone()),
            Step::Into(_) | Step::OutOf(_) => None,
        };
        self.steps().filter_map(words).collect()
    }

    /// Its words on one line, when it has any.
    pub(crate) fn words(self) -> Option<String> {
        let text: String = self.pieces().iter().map(|p| p.text.as_str()).collect();
        let text = text.replace(CDATA.0, " ").replace(CDATA.1, " ");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }

    /// Its words as a block, white space folded.
    pub(crate) fn block(self) -> Option<Block> {
        Block::folded(&self.pieces())
    }

    /// Its words as they stand, for markup that is kept in them.
    pub(crate) fn aligned(self) -> AlignedText {
        unwrapped(crate::draft::join(&self.pieces()))
    }
}

/// The marks around words that are to be taken as they are.
const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

/// A text without the marks of CDATA, which some carriers write twice or escape.
pub(crate) fn unwrapped(text: AlignedText) -> AlignedText {
    let words = text.text().as_str();
    if !words.contains(CDATA.0) {
        return text;
    }
    let mut marks: Vec<(usize, &str)> = words.match_indices(CDATA.0).collect();
    marks.extend(words.match_indices(CDATA.1));
    marks.sort_unstable();
    let mut out = AlignedText::builder();
    let mut from = 0;
    for (at, mark) in marks {
        out.extend(&text, from..at);
        from = at + mark.len();
    }
    out.extend(&text, from..words.len());
    out.finish()
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

/// The value of an attribute with its references resolved.
fn value(raw: &str) -> String {
    match quick_xml::escape::unescape_with(raw, html_entity) {
        Ok(words) => words.into_owned(),
        Err(_) => raw.to_owned(),
    }
}

fn html_entity(name: &str) -> Option<&'static str> {
    quick_xml::escape::resolve_html5_entity(name)
}

/// What `&name;` stands for.
fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return html_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
        .filter(|c| *c != '\0')
        .map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_bytes() {
        let source = "<a><b>Fish &amp;\n  <i>chips</i></b><![CDATA[<p>]]></a>";
        let tree = Tree::parse(source);
        let root = tree.root().unwrap();
        let block = root.child("b").and_then(Element::block).unwrap();
        assert_eq!(block.text(), "Fish & chips");
        for piece in root.pieces() {
            let place = piece.source.clone().unwrap();
            let raw = &source[place];
            assert!(raw == piece.text || raw == "&amp;", "{piece:?}");
        }
        assert_eq!(root.aligned().text().as_str(), "Fish &\n  chips<p>");
        assert_eq!(tree.flaw, None);
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes() {
        let words = |source: &str| {
            let tree = Tree::parse(source);
            let found = tree.root().and_then(Element::words);
            (found, tree.flaw.is_some())
        };
        assert_eq!(words("<a>one<b>two"), (Some("onetwo".into()), true));
        assert_eq!(words("<a>AT&T and &nbsp;co</a>").0.unwrap(), "AT&T and co");
        assert_eq!(words("<a>one</b></a>"), (Some("one".into()), true));
        assert_eq!(words("no markup"), (None, false));
    }

    #[test]
    fn entities_and_depth_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"cccc\"><!ENTITY d \"&b;&b;\">]><a>&d;</a>";
        let tree = Tree::parse(bomb);
        assert_eq!(tree.flaw, Some(Flaw::Entities));
        assert!(tree.root().is_none());
        let deep = "<a>".repeat(20_000);
        assert!(matches!(Tree::parse(&deep).flaw, Some(Flaw::Broken(_))));
        let plain = "<!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf/>";
        assert_eq!(Tree::parse(plain).flaw, None);
    }

    #[test]
    fn marks_of_cdata_in_words_are_no_words() {
        let source = "<a><![CDATA[<![CDATA[<p>One.]]>]]&gt;</a>";
        let tree = Tree::parse(source);
        let text = tree.root().unwrap().aligned();
        assert_eq!(text.text().as_str(), "<p>One.");
        let place = text.source(onrecord_model::TextRange::new(3, 7)).usizes();
        assert_eq!(&source[place], "One.");
        assert_eq!(tree.root().and_then(Element::words).unwrap(), "<p>One.");
    }

    #[test]
    fn steps_go_into_and_out_of_each_element() {
        let tree = Tree::parse("<r>a<x:b>c<d/></x:b>e</r>");
        let steps = tree.root().unwrap().steps().map(|step| match step {
            Step::Into(e) => format!("<{}:{}>", e.prefix(), e.name()),
            Step::Words(piece) => piece.text.clone(),
            Step::OutOf(e) => format!("</{}>", e.name()),
        });
        assert_eq!(steps.collect::<String>(), "a<x:b>c<:d></d></b>e");
    }

    #[test]
    fn descending_ends_with_the_element() {
        let tree = Tree::parse("<r><a><b/><c/></a><d><b/></d></r>");
        let a = tree.root().and_then(|r| r.child("a")).unwrap();
        let names: Vec<&str> = a.descend().map(Element::name).collect();
        assert_eq!(names, ["a", "b", "c"]);
    }
}
