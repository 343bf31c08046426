//! The rules of the house, each as what a text breaks of it. The tests beside the words ask, and those of the named states,
//! whose sentences hold what was seen.

/// What a rule finds wrong with a text.
pub(crate) type Rule = fn(&str) -> Option<String>;

/// No begging, no blaming, no shouting.
pub(crate) fn begs_or_blames(text: &str) -> Option<String> {
    const NEVER: [&str; 8] =
        ["please", "sorry", "oops", "invalid", "something went wrong", "error occurred", "simply", "just"];
    let words = format!(" {} ", text.to_lowercase().replace(['.', ',', ':', '!', '?'], " "));
    let found = NEVER.into_iter().find(|word| words.contains(&format!(" {word} ")));
    found.or(text.contains('!').then_some("!")).or(text.contains("  ").then_some("two spaces")).map(str::to_owned)
}

/// No sentence that has to be read twice.
pub(crate) fn is_long(text: &str) -> Option<String> {
    const MOST: usize = 30;
    text.split_inclusive(['.', ':', ';'])
        .find(|sentence| sentence.split_whitespace().count() > MOST)
        .map(|_| format!("more than {MOST} words"))
}

/// The same thing has the same word.
pub(crate) fn has_another_word(text: &str) -> Option<String> {
    const WORDS: [(&str, &str); 15] = [
        ("connects by itself", "reconnects on its own"),
        ("connects again", "reconnects"),
        ("goes on by itself", "reconnects on its own"),
        ("looks after", "runs"),
        ("operator of the endpoint", "whoever runs the endpoint"),
        ("endpoint's operator", "whoever runs the endpoint"),
        ("portal's operator", "whoever runs this portal"),
        ("whoever runs the portal", "whoever runs this portal"),
        ("log in", "sign in"),
        ("login", "sign-in"),
        ("click", "press"),
        ("cert ", "certificate "),
        ("web socket", "WebSocket"),
        ("wifi", "Wi-Fi"),
        ("time out", "does not answer"),
    ];
    let lower = text.to_lowercase();
    let found = WORDS.into_iter().find(|(other, _)| lower.contains(other));
    found.map(|(other, ours)| format!("“{other}” is called “{ours}” here"))
}

/// A term of the trade stands with what it means.
pub(crate) fn has_a_bare_term(text: &str) -> Option<String> {
    const TERMS: [(&str, &str); 8] = [
        ("MTU", "bytes"),
        ("HSTS", "only trusted certificates"),
        ("ECH", "browsers"),
        ("subjectAltName", "name"),
        ("handshake", "TLS"),
        ("CONNECT", "proxies"),
        ("connect-src", "policy"),
        ("type 65", "HTTPS record"),
    ];
    let lower = text.to_lowercase();
    let found = TERMS.into_iter().find(|(term, plain)| text.contains(term) && !lower.contains(&plain.to_lowercase()));
    found.map(|(term, plain)| format!("“{term}” without “{plain}”"))
}

/// A sentence begins with a capital, or with a name in quotes, and ends like one.
pub(crate) fn is_no_sentence(text: &str) -> Option<String> {
    let begins = text.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit() || first == '“');
    let command_or_address = [".status dr-provision", "dr-provision", "ws"].iter().any(|end| text.ends_with(end));
    let ends = text.ends_with(['.', '…']) || command_or_address || text.contains("https://");
    (!begins || !ends).then(|| "does not begin or end like a sentence".to_owned())
}

/// What a rule finds wrong, each with its text.
pub(crate) fn broken(rule: Rule, texts: impl IntoIterator<Item = String>) -> Vec<String> {
    texts.into_iter().filter_map(|text| Some(format!("{}: {text}", rule(&text)?))).collect()
}
