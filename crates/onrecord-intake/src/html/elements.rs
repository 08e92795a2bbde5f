//! What each element of a page holds and is called: words and running text under it, the groups
//! of its class and id words, the part of the page it says it is.

use onrecord_lexicon::markup;

use super::blocks::Run;
use super::facts::{self, Facts};
use super::tag::Tag;
use super::tree::{Attr, Tree};

/// What is known of one element.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Element {
    /// Groups of `markup::NAMES` in its class and id, as bits.
    pub(crate) names: u32,
    pub(crate) role: Role,
    /// Words under it, words in links, words of running text, blocks.
    pub(crate) words: f32,
    pub(crate) linked: f32,
    pub(crate) good: f32,
    pub(crate) runs: f32,
    /// A hash of its name and classes.
    hash: u64,
    pub(crate) depth: u16,
    /// The nearest element above it that holds other blocks too; itself at the root.
    pub(crate) above: u32,
}

/// What an element says it is beside its tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Role {
    #[default]
    None,
    ArticleBody,
    Main,
    Aside,
    Navigation,
    Button,
    Article,
}

/// The elements of a page, by node.
pub(crate) fn of(tree: &Tree, runs: &[Run], all: &[Facts]) -> Vec<Element> {
    let mut elements = vec![Element::default(); tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate() {
        if node.tag == Tag::Text {
            continue;
        }
        let parent = node.parent as usize;
        let depth = elements.get(parent).map_or(0, |p| p.depth) + 1;
        let hash = own_hash(tree, at);
        if let Some(element) = elements.get_mut(at) {
            element.depth = depth;
            element.hash = hash;
            if !matches!(node.tag, Tag::Html | Tag::Body) {
                element.names = names(tree, at);
                element.role = role(tree, at);
            }
        }
    }
    for (run, facts) in runs.iter().zip(all) {
        let Some(element) = elements.get_mut(run.element) else {
            continue;
        };
        element.words += facts.words;
        element.linked += facts.words * facts.linked;
        element.good += facts.good;
        element.runs += 1.0;
    }
    // Nodes lie before what they hold, so one walk backwards adds everything up.
    for at in (1..elements.len()).rev() {
        let own = elements[at];
        let parent = tree.nodes[at].parent as usize;
        if parent != at {
            let above = &mut elements[parent];
            above.words += own.words;
            above.linked += own.linked;
            above.good += own.good;
            above.runs += own.runs;
        }
    }
    for at in 1..elements.len() {
        let parent = tree.nodes[at].parent;
        let same = elements[parent as usize].runs <= elements[at].runs;
        // A wrapper around one element stands for that element.
        elements[at].above = if same {
            elements[parent as usize].above
        } else {
            parent
        };
    }
    elements
}

/// A hash of the names and classes of a block's element, its wrappers and the element around
/// them: alike for the paragraphs of one text.
pub(crate) fn signature(tree: &Tree, elements: &[Element], element: usize) -> u64 {
    let above = elements.get(element).map_or(0, |e| e.above as usize);
    let (mut at, mut hash) = (element, 0u64);
    loop {
        let own = elements.get(at).map_or(0, |e| e.hash);
        hash = (hash ^ own).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
        if at <= above {
            return hash;
        }
        at = tree.nodes.get(at).map_or(0, |n| n.parent as usize);
    }
}

/// A hash of an element's name and classes; digits are left out, for they number things.
fn own_hash(tree: &Tree, at: usize) -> u64 {
    let class = tree.attr(at, Attr::Class).unwrap_or_default();
    let mut bytes: Vec<u8> = class.bytes().filter(|b| !b.is_ascii_digit()).collect();
    bytes.push(tree.nodes[at].tag as u8);
    facts::hash(&bytes)
}

pub(crate) fn names(tree: &Tree, at: usize) -> u32 {
    let keys = [Attr::Class, Attr::Id, Attr::Component];
    let values = keys.into_iter().filter_map(|k| tree.attr(at, k));
    values.map(groups).fold(0, |a, b| a | b)
}

/// The groups of all words in a class or id value.
fn groups(value: &str) -> u32 {
    let mut found = 0;
    let mut word = String::new();
    let mut low = false;
    let value = value.get(..400).unwrap_or(value);
    for c in value.chars().chain([' ']) {
        let ends = !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && low);
        if ends && !word.is_empty() {
            found |= markup::named(&word);
            word.clear();
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
        low = c.is_ascii_lowercase();
    }
    found
}

fn role(tree: &Tree, at: usize) -> Role {
    let prop = tree.attr(at, Attr::ItemProp).unwrap_or_default();
    if prop.split_whitespace().any(|p| p == "articleBody") {
        return Role::ArticleBody;
    }
    match tree.attr(at, Attr::Role).unwrap_or_default() {
        "main" => Role::Main,
        "article" => Role::Article,
        "complementary" => Role::Aside,
        "navigation" | "menu" | "menubar" | "search" | "banner" | "contentinfo" => Role::Navigation,
        "button" | "tab" | "dialog" | "tooltip" => Role::Button,
        _ => {
            let kind = tree.attr(at, Attr::ItemType).unwrap_or_default();
            if kind.ends_with("Article") || kind.ends_with("BlogPosting") {
                Role::Article
            } else {
                Role::None
            }
        }
    }
}
