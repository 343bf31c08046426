//! Makes text from an endpoint fit to be shown: short, and unable to hide or reorder what stands around it.

use connection::probe::TEXT_LIMIT;

/// The text with every invisible character replaced, cut to [`TEXT_LIMIT`] characters. Markup stays as it is.
pub(crate) fn printable(text: &str) -> String {
    let mut characters = text.trim().chars().map(|c| if is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c });
    let mut shown: String = characters.by_ref().take(TEXT_LIMIT).collect();
    if characters.next().is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}

/// The first line of what a port sent.
pub(crate) fn printable_bytes(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    printable(text.trim_start().lines().next().unwrap_or_default())
}

/// Control characters, and those of Unicode that only steer how others are shown.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_direction_characters_are_replaced() {
        assert_eq!(printable("a\u{1b}[31mb\0c"), "a\u{fffd}[31mb\u{fffd}c");
        assert_eq!(printable("drp\u{202e}moc\u{2066}\u{200b}"), "drp\u{fffd}moc\u{fffd}\u{fffd}");
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(printable(&"ü".repeat(TEXT_LIMIT)), "ü".repeat(TEXT_LIMIT));
        let cut = printable(&"ü".repeat(TEXT_LIMIT + 1));
        assert_eq!(cut.chars().count(), TEXT_LIMIT);
        assert!(cut.ends_with('…'));
    }

    #[test]
    fn markup_is_left_for_the_page_to_show_as_text() {
        assert_eq!(printable("<script>alert(1)</script>"), "<script>alert(1)</script>");
    }

    #[test]
    fn a_banner_is_its_first_line() {
        assert_eq!(printable_bytes(b"SSH-2.0-OpenSSH_9.2\r\n\x00\xff"), "SSH-2.0-OpenSSH_9.2");
        assert_eq!(printable_bytes(b"\x00\xff\x01"), "\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(printable_bytes(b""), "");
    }
}
