//! Which language a text is in.
//!
//! English is taken on the word of its own small words, before letter statistics are asked:
//! a report full of foreign names is still English. A script that English is not written in
//! needs no length to tell that it is another language, though it may to tell which. Left out: mixed texts, which are read
//! when enough of them is English.

use whatlang::{Lang, Script};

/// Bytes looked at; more changes nothing.
const LOOK: usize = 4000;
/// A headline has fewer letters than this and may do without small words.
const HEADLINE: usize = 60;
/// Fewer Latin letters than this say nothing.
const LETTERS: usize = 40;

/// The BCP 47 tag of a text's language; `None` when there is too little to tell by, `und` when
/// it is hardly English and may be one of several others.
///
/// ```
/// use onrecord_language::identify;
///
/// let german = "Der Hafen wurde am Montag wieder geöffnet, teilte die Verwaltung der Stadt mit.";
/// assert_eq!(identify(german), Some("de"));
/// assert_eq!(identify("Το πλοίο"), Some("el"));
/// assert_eq!(identify("Паром снова ходит"), Some("und"));
/// assert_eq!(identify("Hafen"), None);
/// ```
pub fn identify(text: &str) -> Option<&'static str> {
    let text = looked_at(text);
    if english(text) {
        return Some("en");
    }
    if !is_latin(text) {
        let info = whatlang::detect(text).filter(whatlang::Info::is_reliable);
        return Some(info.map_or("und", |i| tag(i.lang())));
    }
    if letters(text) < LETTERS {
        return None;
    }
    let info = whatlang::detect(text)?;
    if info.lang() == Lang::Eng || info.is_reliable() {
        return Some(tag(info.lang()));
    }
    (!may_be_english(text)).then_some("und")
}

/// Whether a text whose language is not told may be English: it is in Latin letters, and has a
/// small word of English or is short enough for a headline.
pub(crate) fn may_be_english(text: &str) -> bool {
    let text = looked_at(text);
    is_latin(text) && (letters(text) < HEADLINE || text.split_whitespace().any(is_small))
}

fn looked_at(text: &str) -> &str {
    &text[..text.floor_char_boundary(LOOK)]
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether most letters are Latin, or there are none.
fn is_latin(text: &str) -> bool {
    match whatlang::detect_script(text) {
        Some(script) => script == Script::Latin,
        None => letters(text) == 0,
    }
}

/// Whether a word is one that English sentences cannot do without for long.
fn is_small(word: &str) -> bool {
    const SMALL: &[&str] = &[
        "the", "of", "and", "that", "was", "said", "says", "with", "for", "from", "by", "at", "on",
        "his", "her", "its", "have", "been", "this", "their", "they", "he", "she", "to", "is",
        "it", "not", "would", "will", "has", "had", "were", "are", "could", "should", "may",
        "after", "before", "over", "into", "who", "which", "we", "out", "up", "an", "as", "be",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    SMALL.iter().any(|s| s.eq_ignore_ascii_case(word))
}

/// Whether one word in seven is a small word of English and of no other large language.
fn english(text: &str) -> bool {
    let (mut words, mut small) = (0_usize, 0_usize);
    for word in text.split_whitespace() {
        words += 1;
        let hit = [
            "the", "of", "and", "to", "that", "was", "said", "with", "for", "has", "is",
        ];
        small += usize::from(hit.iter().any(|h| h.eq_ignore_ascii_case(word)));
    }
    small * 7 >= words && small > 1
}

/// The shortest tag of a language, as BCP 47 wants it.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Option<&str>) {
        assert_eq!(identify(text), want, "{text}");
    }

    #[test]
    fn languages_are_told_apart() {
        check(
            "The council of Harbourtown voted to reopen the ferry line on Monday, the mayor said.",
            Some("en"),
        );
        check(
            "Le conseil municipal a voté lundi la réouverture de la ligne de ferry, a déclaré le maire.",
            Some("fr"),
        );
        check(
            "Міська рада проголосувала в понеділок за відновлення поромної лінії, повідомив мер.",
            Some("uk"),
        );
        check("Ferry line reopens", None);
        check("", None);
    }

    #[test]
    fn a_script_tells_however_short_the_text() {
        // Several languages are written so, and no few words tell which.
        check("Паром снова ходит", Some("und"));
        check("渡轮恢复航行", Some("zh"));
        check("フェリー再開", Some("ja"));
        check("เรือกลับมา", Some("th"));
        check("Το πλοίο", Some("el"));
        // Lao is written in a script that is not told.
        check("ເຮືອກັບມາ", Some("und"));
        check("200 – 300", None);
        assert!(!may_be_english("ເຮືອກັບມາ") && may_be_english("200 – 300"));
    }

    #[test]
    fn untold_latin_text_is_english_only_by_a_small_word() {
        let english = "Harbourtown council backs ferry subsidy by 12 votes";
        assert!(may_be_english(english) && identify(english).is_none_or(|t| t == "en"));
        assert!(may_be_english("Ferry reopens"));
        assert!(!may_be_english(
            "Paati tele toe folau mai uafu tuai, ua fai mai ai pulega, ma le taitai o le nuu."
        ));
    }

    #[test]
    fn foreign_names_do_not_make_a_text_foreign() {
        check(
            "Bürgermeister Jörg Größenschläger of Großschönau and Élodie Lefèvre-Beauchêne of Châteauneuf-du-Faou met in the Schloss to sign the partnership.",
            Some("en"),
        );
    }
}
