//! Finds the signs of the table in a line: codes as whole words, numbers as whole numbers, sentences as they stand.

use super::table::{self, Kind, Row};

/// A sign in a line.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// One of the table.
    Row {
        /// How it is shown.
        sign: String,
        /// What it means.
        row: &'static Row,
    },
    /// A code of a browser that is not in the table.
    UnknownCode(String),
}

impl Found {
    /// How much it tells, against other signs of the same paste. An unknown code counts for more than a sentence that
    /// leaves the reason open: the reason is that code.
    pub(super) fn weight(&self) -> u8 {
        match self {
            Self::Row { row, .. } if row.causes.is_empty() => 0,
            Self::Row { row, .. } if table::is_broad(row) => 1,
            Self::UnknownCode(_) => 2,
            Self::Row { .. } => 3,
        }
    }
}

/// How a browser's codes begin.
const PREFIXES: [&str; 5] = ["ERR_", "SEC_ERROR_", "SSL_ERROR_", "MOZILLA_PKIX_", "NS_ERROR_"];

/// The signs of a line. Sentences count only where no code stands beside them.
pub(super) fn find(line: &str) -> Vec<Found> {
    let lower = line.replace('’', "'").to_lowercase();
    let found: Vec<Found> = words(line).filter_map(code).chain(numbers(&lower)).collect();
    if found.is_empty() { sentence(&lower).into_iter().collect() } else { found }
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn code(word: &str) -> Option<Found> {
    for row in table::codes().chain(table::numbers().map(|numbers| &numbers.row)) {
        if row.signs.split(' ').any(|sign| is_sign(word, sign)) {
            return Some(Found::Row { sign: word.to_owned(), row });
        }
    }
    let unknown = PREFIXES.iter().any(|prefix| begins_with(word, prefix) && word.len() > prefix.len());
    unknown.then(|| Found::UnknownCode(word.to_owned()))
}

fn is_sign(word: &str, sign: &str) -> bool {
    match sign.strip_suffix('*') {
        Some(prefix) => begins_with(word, prefix),
        None => word.eq_ignore_ascii_case(sign),
    }
}

fn begins_with(word: &str, prefix: &str) -> bool {
    word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The numbered errors of a line in lower case: the first number behind the name of their kind. Apple's negative numbers
/// are told alone, too, where nothing else was pasted: no two kinds share one.
fn numbers(lower: &str) -> Option<Found> {
    if let Ok(number @ ..0) = lower.trim().parse()
        && let Some(found) = Kind::ALL.into_iter().find_map(|kind| numbered(kind, number))
    {
        return Some(found);
    }
    Kind::ALL.into_iter().find_map(|kind| {
        let number = kind.names().iter().find_map(|name| number_after(lower, name))?;
        let unknown = || Found::UnknownCode(format!("{} {number}", kind.label()));
        Some(numbered(kind, number).unwrap_or_else(unknown))
    })
}

fn numbered(kind: Kind, number: i32) -> Option<Found> {
    let of_kind = table::numbers().filter(|numbers| numbers.kind == kind);
    let numbers = of_kind.into_iter().find(|numbers| numbers.numbers.contains(&number))?;
    Some(Found::Row { sign: format!("{} {number}", kind.label()), row: &numbers.row })
}

/// The number behind a name, with at most the rest of a word and “error”, “code” or marks in between.
fn number_after(lower: &str, name: &str) -> Option<i32> {
    let (_, rest) = lower.split_once(name)?;
    let digits = rest.find(|c: char| c.is_ascii_digit())?;
    let (between, number) = rest.split_at_checked(digits)?;
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let (number, after) = number.split_at_checked(end)?;
    let fits = between.len() <= BETWEEN && !between.contains('\n') && !after.starts_with(char::is_alphanumeric);
    let sign = if between.ends_with(['-', '−']) { "-" } else { "" };
    if fits { [sign, number].concat().parse().ok() } else { None }
}

/// How many bytes may stand between the name of a kind and its number: `domain error `, `errordomain code=`.
const BETWEEN: usize = 24;

fn sentence(lower: &str) -> Option<Found> {
    table::sentences().find_map(|row| {
        let sign = row.signs.split('|').map(str::trim).find(|sign| stands_in(lower, &sign.to_lowercase()))?;
        Some(Found::Row { sign: sign.to_owned(), row })
    })
}

/// Whether the sentence stands in the line by itself, not within other words.
fn stands_in(lower: &str, sentence: &str) -> bool {
    lower.match_indices(sentence).any(|(start, found)| {
        let before = lower.get(..start).and_then(|text| text.chars().next_back());
        let after = lower.get(start + found.len()..).and_then(|text| text.chars().next());
        // A sentence that itself begins or ends with a mark is its own border.
        let open = |at: Option<char>, edge: Option<char>| {
            at.is_some_and(|c| c.is_alphanumeric() || c == '_') && edge.is_some_and(char::is_alphanumeric)
        };
        !open(before, sentence.chars().next()) && !open(after, sentence.chars().next_back())
    })
}
