//! Finds the rows of the table that a search means.

use super::CloseCodeRow;

/// Whether a row answers a search: each word of it, in any case, in a name or a text of the row; a number in its code.
pub fn matches(row: &CloseCodeRow, search: &str) -> bool {
    search.split_whitespace().all(|word| {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return row.code.to_string().contains(word);
        }
        let word = word.to_lowercase();
        let texts = [row.name, row.alias.unwrap_or_default(), row.defined_in.label(), row.retry.label()];
        let sentences = [row.gist, row.meaning, row.for_drp];
        texts.iter().chain(&sentences).chain(row.remedy).any(|text| text.to_lowercase().contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::super::CLOSE_CODES;
    use super::*;

    #[test]
    fn a_search_finds_code_name_alias_and_keyword() {
        let find = |search: &str| CLOSE_CODES.iter().filter(|r| matches(r, search)).map(|r| r.code).collect::<Vec<_>>();
        assert_eq!(find("1006"), [1006]);
        assert_eq!(find("close_ABNORMAL"), [1006]);
        assert_eq!(find("going away"), [1001]);
        assert!(find("certificate").contains(&1006));
        assert!(find("no such words at all").is_empty());
        assert_eq!(find("").len(), CLOSE_CODES.len());
    }

    #[test]
    fn each_suggestion_of_the_page_finds_something() {
        for (_, word) in crate::words::article::SUGGESTIONS {
            assert!(CLOSE_CODES.iter().any(|row| matches(row, word)), "{word}");
        }
    }
}
