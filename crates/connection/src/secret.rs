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
}
