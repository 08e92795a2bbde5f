//! The encoding a page names in its own markup: `<meta charset>` or `<meta http-equiv>`.
//!
//! The HTML standard looks at the first 1024 bytes and browsers start again when one stands later;
//! here the head is looked at as a whole. Left out: marks at the start of the bytes and what HTTP
//! says, which come first (`decode`).

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use html5gum::{Token, Tokenizer};

use super::bounded::bounded;

/// How far into a page the head may reach.
const HEAD: usize = 1 << 16;

/// The encoding that the markup names, when it names one that exists.
pub(crate) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let mut emitter = html5gum::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let head = bounded(head);
    for token in Tokenizer::new_with_emitter(&*head, emitter) {
        let Ok(Token::StartTag(tag)) = token else {
            continue;
        };
        match tag.name.as_slice() {
            b"body" => return None,
            b"meta" => {
                let get = |name: &[u8]| tag.attributes.get(name).map(|v| v.to_ascii_lowercase());
                let named = get(b"charset").or_else(|| {
                    let kind = get(b"http-equiv")?;
                    let content = get(b"content").filter(|_| kind == b"content-type")?;
                    in_content(&content).map(<[u8]>::to_vec)
                });
                if let Some(found) = named.and_then(|n| encoding(&n)) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

/// The name behind `charset=` in a content type.
fn in_content(content: &[u8]) -> Option<&[u8]> {
    let words = b"charset";
    let at = content.windows(words.len()).position(|w| w == words)?;
    let rest = content
        .get(at + words.len()..)?
        .trim_ascii_start()
        .strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let quoted = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'"));
    let end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b';' | b'"' | b'\'');
    quoted.unwrap_or(rest).split(end).next()
}

/// The encoding of a name. What can be read as ASCII is not UTF-16, whatever it says.
fn encoding(name: &[u8]) -> Option<&'static Encoding> {
    let found = Encoding::for_label(name)?;
    if found == UTF_16LE || found == UTF_16BE {
        Some(UTF_8)
    } else if found == encoding_rs::X_USER_DEFINED {
        Some(WINDOWS_1252)
    } else {
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, wanted: Option<&str>) {
        assert_eq!(
            charset(page.as_bytes()).map(Encoding::name),
            wanted,
            "{page}"
        );
    }

    #[test]
    fn the_markup_names_its_encoding() {
        check("<meta charset=utf-8>", Some("UTF-8"));
        check("<META CHARSET='ISO-8859-1'>", Some("windows-1252"));
        check(
            "<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>",
            Some("Shift_JIS"),
        );
        check(
            "<meta content='text/html; charset = \"koi8-r\"' http-equiv=content-type>",
            Some("KOI8-R"),
        );
        check("<meta charset=utf-16le>", Some("UTF-8"));
        let late = format!(
            "<title>x</title>{}<meta charset=windows-1251>",
            "<link rel=x>".repeat(400)
        );
        check(&late, Some("windows-1251"));
    }

    #[test]
    fn what_is_no_meta_names_nothing() {
        check("<!-- <meta charset=koi8-r> -->", None);
        check("<script>'<meta charset=koi8-r>'</script>", None);
        check("<body><meta charset=koi8-r>", None);
        check("<meta charset=klingon>", None);
        check("<meta name=description content='charset=koi8-r'>", None);
        check("", None);
    }
}
