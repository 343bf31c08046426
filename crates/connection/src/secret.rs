//! What must never be shown: DRP's events carry users' secrets, tokens and password hashes.

/// What stands in the place of a secret.
pub const MASK: &str = "••••••";

/// Whether the value under this key of an object is a secret, by what its name holds.
pub fn is_secret(key: &str) -> bool {
    const WORDS: [&str; 12] = [
        "secret",
        "password",
        "passwd",
        "passphrase",
        "token",
        "credential",
        "private",
        "apikey",
        "api-key",
        "api_key",
        "authorization",
        "cookie",
    ];
    let key = key.to_ascii_lowercase();
    WORDS.iter().any(|word| key.contains(word)) || key.ends_with("hash")
}

/// A run of this many letters, digits, `-`, `_`, `.`, `+` and `/` is taken for a token, whatever stands before it.
/// Letters are counted, not bytes: a word of twenty Arabic letters has forty of those.
const TOKEN_LENGTH: usize = 40;

/// A text from outside with whatever may be a credential in it masked: what follows `token=`, `password:`, `Bearer` and
/// the like, and any long run of the characters that tokens are made of.
pub fn scrub(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    let mut secret_follows = false;
    let mut flush = |word: &mut String, out: &mut String, end: Option<char>| {
        let announces = end.is_some_and(|end| matches!(end, '=' | ':')) && is_secret(word);
        let scheme = word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic");
        if !word.is_empty() {
            let masked = (secret_follows && !scheme) || word.chars().count() >= TOKEN_LENGTH;
            out.push_str(if masked { MASK } else { word });
            secret_follows = scheme;
        }
        secret_follows |= announces;
        out.extend(end);
        word.clear();
    };
    for letter in text.chars() {
        if letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '+' | '/') {
            word.push(letter);
        } else {
            flush(&mut word, &mut out, Some(letter));
        }
    }
    flush(&mut word, &mut out, None);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_by_the_names_that_drp_uses() {
        for key in [
            "Secret",
            "PasswordHash",
            "Token",
            "rs-debug-password",
            "PrivateKey",
            "provisioner-default-password-hash",
            "ipmi/password",
        ] {
            assert!(is_secret(key), "{key}");
        }
        for key in ["Key", "Name", "Uuid", "BootEnv", "Stage", "Description", "HashAlgorithm"] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn credentials_in_free_text_are_masked() {
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0";
        for text in [
            format!("wss://drp/api/v3/ws?token={token}"),
            "token=short".to_owned(),
            format!("Authorization: Bearer {token}"),
            "bearer short".to_owned(),
            "password: short".to_owned(),
            format!("refused {token}"),
        ] {
            let scrubbed = scrub(&text);
            assert!(!scrubbed.contains("short") && !scrubbed.contains(token), "{scrubbed}");
            assert!(scrubbed.contains(MASK), "{scrubbed}");
        }
    }

    #[test]
    fn a_run_is_a_token_by_its_letters_in_any_script() {
        for letter in ["a", "ا", "ü", "字"] {
            let word = letter.repeat(TOKEN_LENGTH - 1);
            assert_eq!(scrub(&word), word);
            assert_eq!(scrub(&letter.repeat(TOKEN_LENGTH)), MASK);
        }
        // The padding of Base64 ends a run and is no part of it.
        assert_eq!(scrub(&("a".repeat(TOKEN_LENGTH) + "==")), format!("{MASK}=="));
    }

    #[test]
    fn ordinary_words_stay() {
        for text in ["endpoint restarts in 5 s", "<b>maintenance</b>: back at 10:00", "", "token", "ende — الف 🙂"]
        {
            assert_eq!(scrub(text), text);
        }
    }
}
