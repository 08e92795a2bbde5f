//! Which language a text is in.
//!
//! English is taken on the word of its own small words, before letter statistics are asked:
//! a report full of foreign names is still English. Left out: mixed texts, which are read when
//! enough of them is English.

use whatlang::Lang;

/// Bytes looked at; more changes nothing.
const LOOK: usize = 4000;
/// Fewer letters than this say nothing.
const LETTERS: usize = 40;

/// The BCP 47 tag of a text's language; `None` when there is too little to tell by.
///
/// ```
/// use onrecord_language::identify;
///
/// let german = "Der Hafen wurde am Montag wieder geöffnet, teilte die Verwaltung der Stadt mit.";
/// assert_eq!(identify(german), Some("de"));
/// assert_eq!(identify("Hafen"), None);
/// ```
pub fn identify(text: &str) -> Option<&'static str> {
    let end = (0..=LOOK.min(text.len()))
        .rev()
        .find(|&i| text.is_char_boundary(i))?;
    let text = &text[..end];
    if text
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(LETTERS)
        .count()
        < LETTERS
    {
        return None;
    }
    if english(text) {
        return Some("en");
    }
    let info = whatlang::detect(text)?;
    (info.lang() == Lang::Eng || info.is_reliable()).then(|| tag(info.lang()))
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
    fn foreign_names_do_not_make_a_text_foreign() {
        check(
            "Bürgermeister Jörg Größenschläger of Großschönau and Élodie Lefèvre-Beauchêne of Châteauneuf-du-Faou met in the Schloss to sign the partnership.",
            Some("en"),
        );
    }
}
