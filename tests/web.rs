//! What only a browser can show of the app's own code: how a message is read that somebody looks at.

#![allow(clippy::expect_used, reason = "a test that panics has failed, as it should")]

use js_sys::JsString;
use portal::signals::see;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn message(text: &str) -> JsString {
    JsString::from(text)
}

#[wasm_bindgen_test]
fn an_event_is_read_by_its_fields() {
    let event =
        r#"{"Time":"2026-11-23T19:34:14Z","Type":"machines","Action":"update","Key":"a.b","Principal":"user:x"}"#;
    let seen = see(&message(event)).expect("an object");
    assert_eq!((seen.kind.as_str(), seen.action.as_str(), seen.key.as_str()), ("machines", "update", "a.b"));
    assert!(!seen.is_acknowledgement);
}

#[wasm_bindgen_test]
fn what_is_no_json_object_is_not_an_event() {
    for text in ["", "hello", "[1,2]", "null", "42", "{", "\"text\""] {
        assert!(see(&message(text)).is_none(), "{text}");
    }
}

#[wasm_bindgen_test]
fn secrets_are_masked_at_every_depth() {
    let event = r#"{"Type":"users","Object":{"Name":"x","Secret":"s3cr3t","List":[{"PasswordHash":"s3cr3t"}]}}"#;
    let text = see(&message(event)).expect("an object").pretty();
    assert!(text.contains("\"Name\": \"x\"") && !text.contains("s3cr3t"), "{text}");
}
