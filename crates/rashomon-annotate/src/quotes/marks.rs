//! Which stretches of a text stand inside quotation marks.
//!
//! Double marks of every shape are one class, so that a straight opening mark may be closed by a curly one. They are
//! read first; single marks count only outside of them, and only where an apostrophe is ruled out. Inner quotations
//! belong to the outer one.

use super::cues::is_strong;
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

/// One stretch inside quotation marks, within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Inside the marks, without white space at either end.
    pub(crate) inner: Span,
    /// With the marks.
    pub(crate) outer: Span,
    /// Whether the marks are single ones.
    pub(crate) single: bool,
    /// Whether the closing mark was found.
    pub(crate) closed: bool,
    /// Whether the quotation goes on in the next paragraph, which opens with a mark again.
    pub(crate) continues: bool,
}

/// Longest stretch, in bytes, that an unclosed mark may open up to the end of its paragraph.
const UNCLOSED_LIMIT: usize = 1_500;
/// Longest stretch, in bytes, between single marks.
const SINGLE_LIMIT: usize = 800;

/// All stretches inside quotation marks, in order of place, not overlapping.
pub(crate) fn marked(text: &str) -> Vec<Marked> {
    let mut out = doubles(text);
    let singles = singles(text, &out);
    if !singles.is_empty() {
        // They stand in order and apart, so that only one can hold another.
        out.retain(|m| {
            let from = singles.partition_point(|s| s.outer.end() < m.outer.end());
            !singles.get(from).is_some_and(|s| s.outer.contains(m.outer))
        });
        out.extend(singles);
        out.sort_by_key(|m| m.outer);
    }
    out
}

/// What one double mark can be, from its shape and its neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    Either,
}

struct Mark {
    at: usize,
    end: usize,
    role: Role,
    /// Marks of one shape pair up; another opening shape inside is an inner quotation.
    shape: char,
}

fn is_opening_neighbour(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || "([{<—–-…/‘'“\"|>".contains(c) || c == '\u{200b}')
}

/// The double mark at byte `at`, if there is one.
fn double_at(text: &str, at: usize, c: char) -> Option<Mark> {
    let rest = &text.as_bytes()[at..];
    let curly = text[at..].starts_with("’’") || text[at..].starts_with("‘‘");
    let pair = curly || rest.starts_with(b"``") || (rest.starts_with(b"''") && !rest.starts_with(b"'''"));
    let end = at + c.len_utf8() * if pair { 2 } else { 1 };
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    let free_before = is_opening_neighbour(before);
    let free_after = after.is_none_or(char::is_whitespace);
    let role = match c {
        '`' | '‘' if pair => Role::Opens,
        '\'' if pair && free_before && !free_after => Role::Opens,
        '\'' | '’' if pair => Role::Closes,
        '„' => Role::Opens,
        // »…« and «…» are both in use.
        // "D’« une préparation »": French elides before an opening mark.
        '«' if !free_before && before != Some('’') && !after.is_some_and(char::is_alphanumeric) => Role::Closes,
        '«' => Role::Opens,
        '»' if free_before && after.is_some_and(char::is_alphanumeric) => Role::Opens,
        '“' if !free_before && !after.is_some_and(char::is_alphanumeric) => Role::Closes,
        '“' => Role::Opens,
        '»' => Role::Closes,
        '”' if free_before && after.is_some_and(char::is_alphanumeric) => Role::Either,
        '”' => Role::Closes,
        '"' | '＂' => match (free_before, free_after) {
            // The mark of inches and minutes.
            _ if before.is_some_and(|b| b.is_ascii_digit())
                && !free_after
                && after.is_some_and(char::is_alphanumeric) =>
            {
                Role::Closes
            }
            (true, false) => Role::Opens,
            (_, true) => Role::Closes,
            (false, false) if before.is_some_and(|b| ",:;".contains(b)) && after.is_some_and(char::is_alphanumeric) => {
                Role::Either
            }
            (false, false) if after.is_some_and(char::is_uppercase) && !before.is_some_and(|b| ".!?".contains(b)) => {
                Role::Either
            }
            (false, false) => Role::Closes,
        },
        _ => return None,
    };
    let shape = match c {
        '“' | '”' => '“',
        '«' | '»' => '«',
        '„' => '„',
        _ => '"',
    };
    Some(Mark { at, end, role, shape })
}

struct Open {
    outer: usize,
    inner: usize,
    shape: char,
    depth: usize,
}

fn doubles(text: &str) -> Vec<Marked> {
    let mut out = Vec::new();
    let mut open: Option<Open> = None;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if c == '\n' {
            if let Some(it) = open.take() {
                if wraps(text, it.inner, at) {
                    open = Some(it);
                } else {
                    unclosed(text, &it, at, &mut out);
                }
            }
            continue;
        }
        if !matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '`' | '\'' | '‘' | '’' | '＂') {
            continue;
        }
        let Some(mark) = double_at(text, at, c) else { continue };
        skip_to = mark.end;
        match &mut open {
            None if mark.role != Role::Closes => {
                open = Some(Open { outer: mark.at, inner: mark.end, shape: mark.shape, depth: 0 });
            }
            None => {}
            Some(it) if mark.role == Role::Opens => {
                if it.shape == mark.shape {
                    let missing =
                        std::mem::replace(it, Open { outer: mark.at, inner: mark.end, shape: mark.shape, depth: 0 });
                    cut_before(text, &missing, mark.at, &mut out);
                } else {
                    it.depth += 1;
                }
            }
            Some(_) if c == '"' && is_inch(text, at) => {}
            Some(it) if it.depth > 0 && (it.shape != mark.shape) => it.depth -= 1,
            Some(it) => {
                let it = Open { ..*it };
                open = None;
                push(text, it.outer, it.inner, mark.at, mark.end, true, false, &mut out);
            }
        }
    }
    if let Some(it) = open {
        unclosed(text, &it, text.len(), &mut out);
    }
    out
}

/// Whether the straight mark at byte `at`, inside a quotation, is one of inches: it stands behind a digit, the sentence goes
/// on in small letters, and the mark that closes the quotation is still to come.
fn is_inch(text: &str, at: usize) -> bool {
    let digit_before = |i: usize| text[..i].ends_with(|c: char| c.is_ascii_digit());
    let rest = &text[at + 1..];
    if !digit_before(at) || !rest.strip_prefix(' ').is_some_and(|r| r.starts_with(char::is_lowercase)) {
        return false;
    }
    let line = rest.find('\n').unwrap_or(rest.len()).min(SINGLE_LIMIT);
    for (i, _) in rest.char_indices().take_while(|(i, _)| *i < line).filter(|(_, c)| matches!(c, '"' | '”' | '“')) {
        let place = at + 1 + i;
        if !digit_before(place) {
            return !is_opening_neighbour(text[..place].chars().next_back());
        }
    }
    false
}

#[allow(clippy::too_many_arguments, reason = "four places and three facts of one stretch")]
fn push(
    text: &str,
    outer: usize,
    inner: usize,
    end: usize,
    outer_end: usize,
    closed: bool,
    continues: bool,
    out: &mut Vec<Marked>,
) {
    let inner = Span::new(inner, end).trimmed(text);
    if inner.text(text).contains(char::is_alphanumeric) {
        out.push(Marked { inner, outer: Span::new(outer, outer_end), single: false, closed, continues });
    }
}

/// Whether the line break at `at` only wraps a line inside a quotation opened at `from`.
fn wraps(text: &str, from: usize, at: usize) -> bool {
    let line_end = text[from..at].trim_end().chars().next_back();
    let next = text[at + 1..].trim_start_matches([' ', '\t']).chars().next();
    at - from < UNCLOSED_LIMIT
        && line_end.is_some_and(|c| c.is_alphanumeric() || c == ',')
        && next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// A quotation still open where its paragraph ends at `end`.
fn unclosed(text: &str, it: &Open, end: usize, out: &mut Vec<Marked>) {
    let next = text[end..].trim_start();
    let continues = next
        .chars()
        .next()
        .is_some_and(|c| double_at(next, 0, c).is_some_and(|m| m.role == Role::Opens && m.shape == it.shape));
    let starts_sentence = text[..it.outer].trim_end().chars().next_back().is_none_or(|c| ".,:?!”\"—\n".contains(c))
        || text[..it.outer].ends_with('\n');
    if let Some(stop) = said_behind(&text[it.inner..end]).filter(|_| !continues) {
        push(text, it.outer, it.inner, it.inner + stop, it.inner + stop, false, false, out);
    } else if continues || (starts_sentence && ends_paragraph(text, it, end)) {
        push(text, it.outer, it.inner, end, end, false, continues, out);
    } else {
        let stop = text[it.inner..end].find(['.', '?', '!']).map(|i| it.inner + i + 1);
        if let Some(stop) = stop.filter(|s| s - it.inner <= UNCLOSED_LIMIT / 3) {
            push(text, it.outer, it.inner, stop, stop, false, false, out);
        }
    }
}

/// Whether a quotation without its closing mark may go on to the end of its paragraph at `end`: papers leave the mark out
/// there, but not in a text that is one paragraph, nor after several sentences.
fn ends_paragraph(text: &str, it: &Open, end: usize) -> bool {
    let rest = text[it.inner..end].trim_end();
    let paragraphs = text[..it.outer].contains('\n') || !text[end..].trim().is_empty();
    let stops = rest.match_indices(['.', '?', '!']).filter(|(i, _)| rest[i + 1..].starts_with(' ')).count();
    rest.len() <= UNCLOSED_LIMIT && (stops == 0 || paragraphs && stops <= UNCLOSED_SENTENCES)
}

/// Sentences that an unclosed quotation may go on for after its first; set by reading.
const UNCLOSED_SENTENCES: usize = 3;

/// Where a quotation without its closing mark ends if the rest only says whose it is: "Who goes? Stone said."
fn said_behind(rest: &str) -> Option<usize> {
    let body = rest.trim_end().strip_suffix('.')?;
    let stop = body.rfind([',', '?', '!', '.'])? + 1;
    let words: Vec<&str> = body[stop..].split_whitespace().collect();
    let says = words.iter().any(|w| is_strong(w));
    let named = words.iter().any(|w| w.starts_with(char::is_uppercase) || matches!(*w, "he" | "she" | "they"));
    (says && named && (2..=5).contains(&words.len())).then_some(stop)
}

/// A quotation whose closing mark is missing before another opens at `next`: it ends with the last sentence before that.
fn cut_before(text: &str, it: &Open, next: usize, out: &mut Vec<Marked>) {
    let rest = &text[it.inner..next];
    let stop = said_behind(rest).or_else(|| rest.rfind(['.', '?', '!', ',']).map(|i| i + 1));
    let Some(stop) = stop.map(|i| it.inner + i) else { return };
    let said = text[stop..next].trim();
    if stop - it.inner <= UNCLOSED_LIMIT / 3 && !said.is_empty() && said_behind(rest).is_some() {
        return push(text, it.outer, it.inner, stop, stop, false, false, out);
    }
    if stop - it.inner <= UNCLOSED_LIMIT / 3 && text[stop..next].trim().is_empty() {
        push(text, it.outer, it.inner, stop, stop, false, false, out);
    }
}

/// Words that begin with an apostrophe.
static ELISIONS: WordSet = WordSet::english(Fact::Elisions, "quotation");

/// All stretches inside single marks that no double ones hold; they may hold double ones themselves.
fn singles(text: &str, doubles: &[Marked]) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    let mut next_double = 0;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to || !matches!(c, '\'' | '‘' | '‛') {
            continue;
        }
        while doubles.get(next_double).is_some_and(|m| m.outer.end() <= at) {
            next_double += 1;
        }
        if doubles.get(next_double).is_some_and(|m| m.outer.start() <= at) || !opens_single(text, at, c) {
            continue;
        }
        let inner = at + c.len_utf8();
        let Some((stop, stop_end, continues)) = single_close(text, at, inner, &doubles[next_double..]) else {
            continue;
        };
        let span = Span::new(inner, stop).trimmed(text);
        if span.text(text).contains(char::is_alphanumeric) {
            let outer = Span::new(at, stop_end);
            out.push(Marked { inner: span, outer, single: true, closed: !continues, continues });
        }
        skip_to = stop_end;
    }
    out
}

/// Whether the single mark `c` at byte `at` can open a quotation.
fn opens_single(text: &str, at: usize, c: char) -> bool {
    let rest = &text[at + c.len_utf8()..];
    if !is_opening_neighbour(text[..at].chars().next_back())
        || !rest.chars().next().is_some_and(|c| c.is_alphanumeric() || "[$\"“…".contains(c))
    {
        return false;
    }
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    !(ELISIONS.contains(word.as_str()) || (word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s')))
}

/// Where the single mark that opened at `outer` closes, and whether the quotation goes on in the next paragraph: at the
/// first mark that cannot be an apostrophe, else the first that may be. Behind double marks inside it only one that
/// follows the end of a sentence or clause counts.
fn single_close(text: &str, outer: usize, inner: usize, doubles: &[Marked]) -> Option<(usize, usize, bool)> {
    let starts = text[..outer].trim_end().chars().next_back().is_none_or(|c| ".,:?!".contains(c))
        || text[..outer].ends_with('\n');
    let mut perhaps = None;
    let mut crossed = false;
    let mut doubles = doubles.iter().peekable();
    let mut skip_to = inner;
    for (i, c) in text[inner..].char_indices() {
        let at = inner + i;
        if c == '\n' {
            let open = &text[outer..inner];
            let next = text[at..].trim_start();
            let again = next.strip_prefix(open).is_some_and(|n| n.starts_with(char::is_uppercase));
            let goes_on = starts && perhaps.is_none() && again && text[inner..at].trim_end().ends_with(['.', '?', '!']);
            return if goes_on { Some((at, at, true)) } else { perhaps };
        }
        if i > SINGLE_LIMIT {
            break;
        }
        if at < skip_to {
            continue;
        }
        if let Some(m) = doubles.next_if(|m| m.outer.start() <= at)
            && m.outer.end() > at
        {
            // What a double mark opened before the single one closes holds it.
            crossed = true;
            skip_to = m.outer.end();
            if perhaps.is_some() && !starts {
                break;
            }
            continue;
        }
        if !matches!(c, '\'' | '’') {
            continue;
        }
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        if before.is_none_or(char::is_whitespace) || after.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let place = (at, at + c.len_utf8(), false);
        if crossed {
            if starts && before.is_some_and(|b| ",.?!…”\"".contains(b)) {
                return Some(place);
            }
            continue;
        }
        let plural = matches!(before, Some('s' | 'S'))
            && text[at + c.len_utf8()..].trim_start().chars().next().is_some_and(char::is_alphanumeric);
        let dropped_g = before == Some('n') && text[..at].ends_with("in") && after == Some(' ');
        if !plural && !dropped_g {
            return Some(place);
        }
        perhaps.get_or_insert(place);
    }
    perhaps
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = marked(text).iter().map(|m| m.inner.text(text)).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn marks_of_every_shape() {
        check(r#"She said, "We go." Then left."#, &["We go."]);
        check("She said, “We go.” Then left.", &["We go."]);
        check("She said, ``We go.'' Then left.", &["We go."]);
        check("She said, «We go.» Then left.", &["We go."]);
        check("She said, „We go.“ Then left.", &["We go."]);
        check(r#"It was "vital to the harvest.” They paid."#, &["vital to the harvest."]);
    }

    #[test]
    fn single_marks_are_told_from_apostrophes() {
        check("'We Won't Go': Mayor of Ost quits", &["We Won't Go"]);
        check("‘The miners’ pay is theirs’, said Orr", &["The miners’ pay is theirs"]);
        check("The miners' pay is the owners' worry", &[]);
        check("Back in the '90s it wasn't so", &[]);
        check("It's 'rock and roll' to them", &["rock and roll"]);
    }

    #[test]
    fn inner_marks_belong_to_the_outer_ones() {
        check("“He said ‘go’ to us,” she said", &["He said ‘go’ to us,"]);
        check("\"They asked: “Who?” and left,\" she said", &["They asked: “Who?” and left,"]);
    }

    #[test]
    fn marks_of_many_papers() {
        let table: &[(&str, &[&str])] = &[
            // British single marks with apostrophes inside.
            ("'It's the workers' fault,' he said.", &["It's the workers' fault,"]),
            ("'They're the owners' nets, not ours,' said Orr.", &["They're the owners' nets, not ours,"]),
            ("‘We don’t know the boats’ names,’ she said.", &["We don’t know the boats’ names,"]),
            ("'We are goin' home,' said Orr.", &["We are goin' home,"]),
            ("Orr called it 'a rum do'.", &["a rum do"]),
            ("Orr called it 'a rum do', and left.", &["a rum do"]),
            ("He wore '70s shoes and said 'no thanks' twice.", &["no thanks"]),
            ("Get 'em while they're hot, the sellers' cry goes.", &[]),
            // Outer single, inner double.
            ("'He said \"go away\" and left,' Orr recalled.", &["He said \"go away\" and left,"]),
            ("‘They shouted “strike” and went home.’", &["They shouted “strike” and went home."]),
            // Outer double, inner single.
            ("\"He said 'go away' and left,\" Orr recalled.", &["He said 'go away' and left,"]),
            ("\"They called it 'the owners' pier',\" she said.", &["They called it 'the owners' pier',"]),
            // Two apart.
            ("'One' and 'two' and \"three\" were said.", &["One", "two", "three"]),
            // Guillemets of every house.
            ("« On y va », dit-elle.", &["On y va"]),
            ("»Wir gehen«, sagte sie.", &["Wir gehen"]),
            ("«Vamos», dijo, «ya».", &["Vamos", "ya"]),
            ("„Wir gehen“, sagte sie.", &["Wir gehen"]),
            ("„Idziemy”, powiedziała.", &["Idziemy"]),
            // Mismatched shapes.
            ("“We go,\" he said. \"They stay,” she said.", &["We go,", "They stay,"]),
            ("``We go,\" he said.", &["We go,"]),
            // Nothing closes the mark.
            ("Stone said: \"We go. The rest of the town was asleep. Nobody heard it. The boats left.", &["We go."]),
            ("Stone spoke of a \"harbour for all. The rest of the town was asleep.", &["harbour for all."]),
            ("It rained.\n\"We go. We do not stay.\nThe rest of the town slept.", &["We go. We do not stay."]),
            (
                "\"Why have a meeting without the mayor? Stone said. \"Let her come back.\"",
                &["Why have a meeting without the mayor?", "Let her come back."],
            ),
            ("\"We go, Stone said. \"They stay.\"", &["We go,", "They stay."]),
            // A question or an exclamation closed in its marks.
            ("\"Who goes?\" Stone said. \"Nobody!\" she added.", &["Who goes?", "Nobody!"]),
            // Headlines.
            ("'No Way Back': Ost Votes", &["No Way Back"]),
            ("Ost mayor: 'We won't be bullied'", &["We won't be bullied"]),
            // Scare quotes.
            ("The \"boat\" and the 'house' were one.", &["boat", "house"]),
            // Several paragraphs in single marks.
            ("‘One is gone.\n‘Two is here,’ said Orr.", &["One is gone.", "Two is here,"]),
            ("'One is gone.\n'Two is here,' said Orr.", &["One is gone.", "Two is here,"]),
            // Feet and inches, minutes.
            ("The 6'4\" man said \"hello\" to the 5' boy.", &["hello"]),
            (
                "Orr said: \"He was 5'6\" tall and had a 12\" pipe.\" We left.",
                &["He was 5'6\" tall and had a 12\" pipe."],
            ),
            ("Orr said \"it is 12\" and left. \"Go,\" she said.", &["it is 12", "Go,"]),
            ("\"...we go...\" he said", &["...we go..."]),
            ("“We go,’’ she said. ‘‘They stay.’’", &["We go,", "They stay."]),
        ];
        let read = |text: &str| marked(text).iter().map(|m| m.inner.text(text).to_owned()).collect::<Vec<_>>();
        let wrong: Vec<_> = table.iter().map(|(t, e)| (t, e, read(t))).filter(|(_, e, f)| f != *e).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn missing_marks() {
        check("“We go. “They stay,” she said", &["We go.", "They stay,"]);
        check("She said: “We go.\nThey stayed.", &["We go."]);
        check("“Who would go? Stone said.", &["Who would go?"]);
        check("A board 6'2\" long and 3\" wide", &[]);
        check("gone,” she said", &[]);
    }

    #[test]
    fn a_quotation_of_several_paragraphs() {
        let text = "“One.\n“Two.\n“Three,” he said.";
        let found = marked(text);
        assert_eq!(found.iter().map(|m| m.continues).collect::<Vec<_>>(), [true, true, false]);
        check(text, &["One.", "Two.", "Three,"]);
    }
}
