//! JSON whose strings know their bytes: ninjs, JSON Feed, schema.org and rows are read from it.
//!
//! Nothing is copied until it is asked for. Left out: numbers, which are handed out as written.

use onrecord_model::AlignedText;
use serde_json::value::RawValue;

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'s> {
    raw: &'s str,
    at: usize,
}

impl<'s> Node<'s> {
    /// The values a source holds, one after the other, and why it ends before its end. Of a list
    /// that is cut or broken, the items before the fault.
    pub(crate) fn all(source: &'s str) -> (Vec<Self>, Option<serde_json::Error>) {
        Self::some(source, true)
    }

    /// The same; `opens` says whether a broken list at the start is opened, which is done once:
    /// a broken list within a broken list ends what can be read.
    fn some(source: &'s str, opens: bool) -> (Vec<Self>, Option<serde_json::Error>) {
        let mut values = Vec::new();
        let mut at = 0;
        let between = |c: char| c.is_whitespace() || c == ',';
        loop {
            let rest = &source[at..];
            let start = rest.trim_start_matches(between);
            at += rest.len() - start.len();
            if start.is_empty() {
                return (values, None);
            }
            let mut stream = serde_json::Deserializer::from_str(start).into_iter::<&RawValue>();
            match stream.next() {
                Some(Ok(raw)) => {
                    let value = Self::inside(start, at, raw);
                    at += value.raw.len();
                    values.push(value);
                }
                Some(Err(why)) if opens && values.is_empty() && start.starts_with('[') => {
                    let (items, _) = Self::some(&start[1..], false);
                    let shift = |v: Self| Self {
                        at: v.at + at + 1,
                        ..v
                    };
                    return (items.into_iter().map(shift).collect(), Some(why));
                }
                Some(Err(why)) => return (values, Some(why)),
                None => return (values, None),
            }
        }
    }

    fn inside(outer: &'s str, at: usize, raw: &'s RawValue) -> Self {
        let raw = raw.get();
        let at = at + (raw.as_ptr() as usize - outer.as_ptr() as usize);
        Self { raw, at }
    }

    /// The members of an object in order; none for another value.
    pub(crate) fn fields(self) -> Vec<(String, Node<'s>)> {
        struct Fields<'s>(Vec<(String, &'s RawValue)>);
        impl<'de> serde::Deserialize<'de> for Fields<'de> {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_map(Visitor)
            }
        }
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                let mut out = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    out.push(entry);
                }
                Ok(Fields(out))
            }
        }
        if !self.raw.starts_with('{') {
            return Vec::new();
        }
        let fields: Result<Fields<'_>, _> = serde_json::from_str(self.raw);
        let fields = fields.map(|f| f.0).unwrap_or_default();
        let place = |(name, raw)| (name, Self::inside(self.raw, self.at, raw));
        fields.into_iter().map(place).collect()
    }

    /// The values of an array in order; none for another value.
    pub(crate) fn items(self) -> Vec<Node<'s>> {
        if !self.raw.starts_with('[') {
            return Vec::new();
        }
        let items: Vec<&RawValue> = serde_json::from_str(self.raw).unwrap_or_default();
        let place = |raw| Self::inside(self.raw, self.at, raw);
        items.into_iter().map(place).collect()
    }

    /// A string, without white space around it and not empty; a number as written.
    pub(crate) fn words(self) -> Option<String> {
        if self
            .raw
            .starts_with(|c: char| c.is_ascii_digit() || c == '-')
        {
            return Some(self.raw.to_owned());
        }
        let text = self.aligned()?;
        let words = text.text().as_str().trim();
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// A string with the place of each of its characters.
    pub(crate) fn aligned(self) -> Option<AlignedText> {
        let inner = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        let mut out = AlignedText::builder();
        let start = self.at + 1;
        let mut at = 0;
        while let Some(escape) = inner[at..].find('\\').map(|i| at + i) {
            out.copy(&inner[at..escape], start + at);
            let len = escape_len(&inner[escape..]);
            let raw = inner.get(escape..escape + len)?;
            // Half of a pair stands for nothing; the words around it do.
            let words = serde_json::from_str(&format!("\"{raw}\""));
            let words = words.unwrap_or_else(|_| "\u{fffd}".to_owned());
            out.stand_for(&words, start + escape..start + escape + len);
            at = escape + len;
        }
        out.copy(&inner[at..], start + at);
        Some(out.finish())
    }

    /// Whether it is an object.
    pub(crate) fn is_object(self) -> bool {
        self.raw.starts_with('{')
    }

    /// The value as a tree.
    pub(crate) fn value(self) -> serde_json::Value {
        serde_json::from_str(self.raw).unwrap_or_default()
    }
}

/// Bytes of the escape a string begins with, both halves of a surrogate pair taken as one.
fn escape_len(words: &str) -> usize {
    let is_unicode = |w: &str| w.starts_with("\\u");
    if !is_unicode(words) {
        return 2;
    }
    let high = words
        .get(2..6)
        .and_then(|h| u16::from_str_radix(h, 16).ok());
    let paired = high.is_some_and(|h| (0xd800..0xdc00).contains(&h));
    if paired && words.get(6..).is_some_and(is_unicode) {
        12
    } else {
        6
    }
}

/// An object's members, looked up by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields<'s>(pub(crate) Vec<(String, Node<'s>)>);

impl<'s> Fields<'s> {
    /// The members of an object.
    pub(crate) fn of(node: Node<'s>) -> Self {
        Self(node.fields())
    }

    /// The first of the names that is there.
    pub(crate) fn get(&self, names: &[&str]) -> Option<Node<'s>> {
        let member = |n: &&str| self.0.iter().find(|(name, _)| name == n);
        names.iter().find_map(member).map(|(_, node)| *node)
    }

    /// The items of the only list of objects among its members.
    pub(crate) fn list_of_objects(&self) -> Option<Vec<Node<'s>>> {
        let lists = self.0.iter().map(|(_, node)| node.items());
        let mut lists = lists.filter(|l| !l.is_empty() && l.iter().all(|i| i.is_object()));
        lists.next().filter(|_| lists.next().is_none())
    }

    /// The string under the first of the names that is there.
    pub(crate) fn words(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|n| self.get(&[n])?.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::TextRange;

    fn one(source: &str) -> Node<'_> {
        let (values, fault) = Node::all(source);
        assert!(fault.is_none() && values.len() == 1);
        values[0]
    }

    #[test]
    fn strings_know_their_bytes() {
        let source = r#" {"a": 1, "body": "Zo\u00eb \"won\"\n\ud83d\ude00 – yes"} "#;
        let fields = Fields::of(one(source));
        let body = fields.get(&["text", "body"]).unwrap().aligned().unwrap();
        assert_eq!(body.text().as_str(), "Zoë \"won\"\n😀 – yes");
        let back = |words: &str| {
            let at = body.text().as_str().find(words).unwrap();
            &source[body.source(TextRange::of(at, at + words.len())).usizes()]
        };
        assert_eq!(back("won"), "won");
        assert_eq!(back("ë"), "\\u00eb");
        assert_eq!(back("😀"), "\\ud83d\\ude00");
        assert_eq!(back("– yes"), "– yes");
        assert_eq!(fields.words(&["a"]).as_deref(), Some("1"));
    }

    #[test]
    fn items_keep_their_places() {
        let source = r#"[{"t":"one"},{"t":"two"}]"#;
        let items = one(source).items();
        let two = Fields::of(items[1]).get(&["t"]).unwrap();
        let text = two.aligned().unwrap();
        let place = text.source(TextRange::new(0, 3)).usizes();
        assert_eq!(&source[place], "two");
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let all = |source: &'static str| {
            let (values, fault) = Node::all(source);
            let raw: Vec<&str> = values.iter().map(|v| v.raw).collect();
            for value in &values {
                assert_eq!(&source[value.at..value.at + value.raw.len()], value.raw);
            }
            (raw, fault.is_some())
        };
        assert_eq!(all("{\"a\": "), (vec![], true));
        assert_eq!(all("{} x"), (vec!["{}"], true));
        assert_eq!(
            all("{\"a\":1}\n{\"a\":2}"),
            (vec!["{\"a\":1}", "{\"a\":2}"], false)
        );
        assert_eq!(
            all("[{\"a\":1}, {\"a\":2}, {\"a"),
            (vec!["{\"a\":1}", "{\"a\":2}"], true)
        );
        // A broken list is opened once, however many begin within it.
        assert_eq!(all("[[1], [2"), (vec!["[1]"], true));
        let deep: &'static str = "[".repeat(200_000).leak();
        assert_eq!(all(deep), (vec![], true));
    }

    #[test]
    fn half_a_pair_loses_itself_only() {
        let fields = Fields::of(one(r#"{"t":"one \ud83d two"}"#));
        assert_eq!(fields.words(&["t"]).as_deref(), Some("one \u{fffd} two"));
    }
}
