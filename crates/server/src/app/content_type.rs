//! What a file is, by its name: only the kinds that the app's build makes.

/// The `Content-Type` of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentType(pub(super) &'static str);

/// By the end of the name; a kind that is not known is sent as bytes, which no browser runs.
pub(super) fn content_type(path: &str) -> ContentType {
    ContentType(match path.rsplit_once('.').map(|(_, end)| end).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "ico" => "image/x-icon",
        "png" => "image/png",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_demands() {
        assert_eq!(content_type("/portal-0123_bg.wasm").0, "application/wasm");
    }

    #[test]
    fn an_unknown_kind_is_bytes() {
        assert_eq!(content_type("/LICENSE").0, "application/octet-stream");
    }
}
