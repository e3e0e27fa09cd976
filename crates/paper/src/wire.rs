//! How a reading or a copy that was made in another process comes back: one JSON text.

use crate::{Order, copy, read};
use kernel::Refusal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Every code with which a file may be refused.
pub const CODES: &[&str] = &[
    "file-size",
    "file-long",
    "file-charset",
    "file-empty",
    "file-format",
    "file-mismatch",
    "file-broken",
    "file-locked",
    "file-macro",
    "file-bomb",
    "copy-short",
    "copy-missing",
    "copy-unfit",
    "copy-left",
];

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer<T> {
    Done(Box<T>),
    Refused { code: String, says: String },
}

/// Reads a file and writes down what came of it.
pub fn answer(name: &str, bytes: &[u8]) -> Vec<u8> {
    told(|| read(name, bytes))
}

/// Makes a copy of a file and writes down what came of it. `order` is an [`Order`] as one JSON text.
pub fn answer_copy(name: &str, order: &str, bytes: &[u8]) -> Vec<u8> {
    told(|| copy(name, bytes, &serde_json::from_str(order).map_err(|_| broken())?))
}

/// The line that [`answer_copy`] understands.
pub fn ordered(order: &Order) -> String {
    serde_json::to_string(order).unwrap_or_default()
}

/// A surprise in a reader is a broken file, never more.
fn told<T: Serialize>(work: impl FnOnce() -> Result<T, Refusal>) -> Vec<u8> {
    let answer = match catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(broken())) {
        Ok(done) => Answer::Done(Box::new(done)),
        Err(why) => Answer::Refused { code: why.code.into(), says: why.says },
    };
    serde_json::to_vec(&answer).unwrap_or_default()
}

/// What [`answer`] or [`answer_copy`] wrote; `None` where it is not whole.
pub fn understand<T: DeserializeOwned>(answer: &[u8]) -> Option<Result<T, Refusal>> {
    Some(match serde_json::from_slice(answer).ok()? {
        Answer::Done(done) => Ok(*done),
        Answer::Refused { code, says } => Err(crate::refuse(CODES.iter().find(|known| **known == code)?, says)),
    })
}

/// A file that does not hold what its format demands.
pub fn broken() -> Refusal {
    crate::refuse("file-broken", "文件已损坏，不能识读。请用原来的程序打开，另存一份后再上传。")
}

/// Bytes as text, a third longer instead of four times.
pub(crate) mod base64 {
    use ::base64::Engine;
    use ::base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(from)?).map_err(D::Error::custom)
    }
}
