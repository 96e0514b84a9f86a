//! Whether two names of speakers, from two articles, can mean the same person.

/// How two names of speakers stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// The same family name, and given names that fit.
    Same,
    /// Nothing speaks for or against: one is not named, or only by a role.
    Open,
    /// Two different names.
    Different,
}

/// How `a` and `b` stand to each other.
pub(crate) fn identity(a: Option<&str>, b: Option<&str>) -> Identity {
    let (Some(a), Some(b)) = (a, b) else { return Identity::Open };
    let (a, b) = (name_words(a), name_words(b));
    let (Some(family_a), Some(family_b)) = (a.last(), b.last()) else { return Identity::Open };
    if a == b {
        return Identity::Same;
    }
    if family_a == family_b {
        let given = |name: &[String]| name.first().filter(|_| name.len() > 1).cloned();
        return match (given(&a), given(&b)) {
            (Some(x), Some(y)) if !given_names_fit(&x, &y) => Identity::Different,
            _ => Identity::Same,
        };
    }
    // One name inside the other: "the ministry" and "Foreign Ministry of Ost".
    if a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w)) {
        Identity::Same
    } else {
        Identity::Different
    }
}

/// Whether a name is one: a role such as "a spokesman" is not.
pub(crate) fn is_named(name: &str) -> bool {
    !name_words(name).is_empty()
}

fn given_names_fit(a: &str, b: &str) -> bool {
    let initial = |s: &str| s.chars().count() == 1;
    a == b
        || a.chars().next() == b.chars().next()
            && (initial(a) || initial(b) || a.starts_with(b) || b.starts_with(a) || shares_start(a, b))
}

fn shares_start(a: &str, b: &str) -> bool {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count() >= 3
}

/// The capitalised words of a name, folded so that common transliterations agree.
fn name_words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .map(|w| fold(w.trim_end_matches("'s").trim_end_matches("’s")))
        .filter(|w| !w.is_empty())
        .collect()
}

/// Lower case without accents; endings that transliterations from Cyrillic and Arabic write in several ways become one.
fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        out.push(match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ё' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' | 'ć' | 'č' => 'c',
            'ñ' | 'ń' => 'n',
            'š' | 'ś' | 'ş' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            'ł' => 'l',
            'ý' => 'y',
            _ => c,
        });
    }
    for ending in ["iy", "yy", "ii", "ij", "yi", "ei", "ey", "i"] {
        if out.len() > ending.len() + 2 && out.ends_with(ending) {
            out.truncate(out.len() - ending.len());
            out.push('y');
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Identity, identity};

    #[test]
    fn names_of_one_and_of_two() {
        for (a, b, expected) in [
            ("Ines Calloway", "Calloway", Identity::Same),
            ("Ines Calloway", "Ines M. Calloway", Identity::Same),
            ("Ines Calloway", "Oskar Calloway", Identity::Different),
            ("Ines Calloway", "Tomas Reyd", Identity::Different),
            ("Andriy Belenky", "Andrii Belenskyy", Identity::Different),
            ("Andriy Belensky", "Andrii Belenskyy", Identity::Same),
            ("a spokesman", "Tomas Reyd", Identity::Open),
        ] {
            assert_eq!(identity(Some(a), Some(b)), expected, "{a} / {b}");
        }
        assert_eq!(identity(None, Some("Tomas Reyd")), Identity::Open);
    }
}
