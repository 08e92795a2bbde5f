//! The elements of HTML that decide how a page falls into blocks, and what each does.
//!
//! Left out: every element that is read as plain inline markup, which is [`Tag::Other`].

macro_rules! tags {
    ($($variant:ident $name:literal)*) => {
        /// An element by its name.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub(crate) enum Tag {
            /// Running text, no element.
            Text,
            /// What holds the whole page.
            Root,
            /// An element whose name decides nothing.
            Other,
            $(#[doc = $name] $variant,)*
        }

        impl Tag {
            /// How many there are.
            pub(crate) const COUNT: usize = [Self::Text, Self::Root, Self::Other $(, Self::$variant)*].len();

            /// The element of a name in lower case.
            pub(crate) fn named(name: &[u8]) -> Self {
                match std::str::from_utf8(name).unwrap_or_default() {
                    $($name => Self::$variant,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    A "a" Abbr "abbr" Address "address" Area "area" Article "article" Aside "aside" B "b"
    Base "base" Blockquote "blockquote" Body "body" Br "br" Button "button" Caption "caption"
    Center "center" Col "col" Dd "dd" Details "details" Dialog "dialog" Div "div" Dl "dl" Dt "dt"
    Em "em" Embed "embed" Fieldset "fieldset" Figcaption "figcaption" Figure "figure" Font "font"
    Footer "footer" Form "form" Frame "frame" Frameset "frameset" H1 "h1" H2 "h2" H3 "h3" H4 "h4"
    H5 "h5" H6 "h6" Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" I "i"
    Iframe "iframe" Img "img" Input "input" Label "label" Legend "legend" Li "li" Link "link"
    Main "main" Math "math" Menu "menu" Meta "meta" Nav "nav" Noembed "noembed"
    Noscript "noscript" Object "object" Ol "ol" Optgroup "optgroup" Option "option" Output "output"
    P "p" Param "param" Plaintext "plaintext" Pre "pre" S "s" Script "script" Search "search"
    Section "section" Select "select" Small "small" Source "source" Span "span" Strong "strong"
    Style "style" Sub "sub" Summary "summary" Sup "sup" Svg "svg" Table "table" Tbody "tbody"
    Td "td" Template "template" Textarea "textarea" Tfoot "tfoot" Th "th" Thead "thead"
    Time "time" Title "title" Tr "tr" Track "track" U "u" Ul "ul" Video "video" Audio "audio"
    Canvas "canvas" Wbr "wbr" Xmp "xmp" Del "del" Strike "strike"
}

impl Tag {
    /// Elements that hold nothing and have no end tag.
    pub(crate) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Frame
                | Self::Hr
                | Self::Img
                | Self::Input
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// Elements that stand on lines of their own.
    pub(crate) const fn is_block(self) -> bool {
        self.closes_paragraph()
            || matches!(
                self,
                Self::Root
                    | Self::Body
                    | Self::Button
                    | Self::Caption
                    | Self::Dd
                    | Self::Dt
                    | Self::Figcaption
                    | Self::Head
                    | Self::Html
                    | Self::Label
                    | Self::Legend
                    | Self::Li
                    | Self::Option
                    | Self::Select
                    | Self::Tbody
                    | Self::Td
                    | Self::Textarea
                    | Self::Tfoot
                    | Self::Th
                    | Self::Thead
                    | Self::Title
                    | Self::Tr
                    | Self::Video
                    | Self::Audio
                    | Self::Iframe
                    | Self::Svg
            )
    }

    /// Elements whose start tag ends an open paragraph (HTML standard, 13.2.6.4.7).
    pub(crate) const fn closes_paragraph(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Center
                | Self::Details
                | Self::Dialog
                | Self::Div
                | Self::Dl
                | Self::Fieldset
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Main
                | Self::Menu
                | Self::Nav
                | Self::Ol
                | Self::P
                | Self::Plaintext
                | Self::Pre
                | Self::Search
                | Self::Section
                | Self::Summary
                | Self::Table
                | Self::Ul
                | Self::Xmp
        ) || self.is_heading()
    }

    /// `h1` to `h6`.
    pub(crate) const fn is_heading(self) -> bool {
        matches!(
            self,
            Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6
        )
    }

    /// Elements past which an end tag does not look for its start tag.
    pub(crate) const fn is_scope(self) -> bool {
        matches!(
            self,
            Self::Button
                | Self::Caption
                | Self::Html
                | Self::Object
                | Self::Table
                | Self::Td
                | Self::Template
                | Self::Th
        )
    }

    /// Elements that are part of a table's skeleton.
    pub(crate) const fn is_table_part(self) -> bool {
        matches!(
            self,
            Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Tr
                | Self::Caption
        )
    }

    /// Elements whose content is no text of the page: it is never shown, or it is struck out,
    /// and then withdrawn.
    pub(crate) const fn is_unseen(self) -> bool {
        matches!(
            self,
            Self::Head
                | Self::Script
                | Self::Style
                | Self::Template
                | Self::Noscript
                | Self::Iframe
                | Self::Svg
                | Self::Math
                | Self::Textarea
                | Self::Select
                | Self::Object
                | Self::Noembed
                | Self::Canvas
                | Self::Video
                | Self::Audio
                | Self::Title
                | Self::Del
                | Self::S
                | Self::Strike
        )
    }
}
