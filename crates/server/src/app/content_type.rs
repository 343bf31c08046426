//! What a file is, by its name: only the kinds that the app's build makes.

/// The `Content-Type` of a file, and whether compressing it is worth while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentType {
    pub(super) name: &'static str,
    pub(super) compressible: bool,
}

/// By the end of the name; a kind that is not known is sent as bytes, which no browser runs.
pub(super) fn content_type(path: &str) -> ContentType {
    let (name, compressible) = match path.rsplit_once('.').map(|(_, end)| end).unwrap_or_default() {
        "html" => ("text/html; charset=utf-8", true),
        "js" | "mjs" => ("text/javascript; charset=utf-8", true),
        "css" => ("text/css; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "json" | "map" => ("application/json", true),
        "webmanifest" => ("application/manifest+json", true),
        "svg" => ("image/svg+xml", true),
        "txt" => ("text/plain; charset=utf-8", true),
        "ico" => ("image/x-icon", true),
        "png" => ("image/png", false),
        "webp" => ("image/webp", false),
        "woff2" => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    };
    ContentType { name, compressible }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_demands() {
        assert_eq!(content_type("/portal-0123_bg.wasm").name, "application/wasm");
    }

    #[test]
    fn an_unknown_kind_is_bytes() {
        assert_eq!(content_type("/LICENSE").name, "application/octet-stream");
    }
}
