//! Canonical JSON (RFC 8785): the one spelling of a value, so that its hash means something.

use serde::Serialize;

/// The canonical bytes of a value.
///
/// # Panics
/// If the value cannot be JSON (a map with keys that are no text, a number that is not finite): a bug, never an input.
pub fn bytes<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).expect("a value of ours is JSON")
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_sorted_and_nothing_is_spent_on_looks() {
        let value = serde_json::json!({"b": [1, "二"], "a": {"é": "\u{1}\"", "z": null}});
        let text = String::from_utf8(super::bytes(&value)).expect("utf-8");
        assert_eq!(text, "{\"a\":{\"z\":null,\"é\":\"\\u0001\\\"\"},\"b\":[1,\"二\"]}");
    }
}
