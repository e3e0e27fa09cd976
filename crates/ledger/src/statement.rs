use crate::Head;
use kernel::{Day, Hash, Instant, canonical};
use serde::Serialize;
use std::fmt;

/// Sixteen random bytes beside a revision. Destroying them unlinks the statement from the content for ever.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

impl Salt {
    /// Reads 32 hexadecimal digits.
    pub fn parse(hex: &str) -> Option<Salt> {
        let bytes: Vec<u8> =
            (0..16).map(|i| u8::from_str_radix(hex.get(2 * i..2 * i + 2)?, 16).ok()).collect::<Option<_>>()?;
        (hex.len() == 32).then(|| Salt(bytes.try_into().expect("16 bytes")))
    }

    /// SHA-256 of salt ‖ label ‖ 0x00 ‖ digest: the same content says something else under every label and salt.
    pub fn hash(&self, label: &str, digest: &Hash) -> Hash {
        Hash::of(&[&self.0[..], label.as_bytes(), &[0], &digest.0[..]].concat())
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// A salt is a secret until its content is public.
impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

/// What was done to a public record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The first version.
    Publish,
    /// A later version.
    Correct,
    /// The record was taken down; a tombstone stays.
    Withdraw,
}

/// Salted digests of what was published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Hashes {
    /// Of the revision's canonical bytes, which name each attachment's digest.
    pub revision: String,
    /// Of the late fields (number, date of issue), where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
}

impl Hashes {
    pub fn new(salt: &Salt, revision: &Hash, late: Option<&Hash>) -> Hashes {
        Hashes {
            revision: salt.hash("revision", revision).to_string(),
            late: late.map(|l| salt.hash("late", l).to_string()),
        }
    }
}

/// A public act on one version of one record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Published {
    pub action: Action,
    /// The organisation code of the body.
    pub body: String,
    /// 索引号.
    pub index: String,
    /// From 1.
    pub version: u32,
    /// RFC 3339, to the second, +08:00.
    pub time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hashes: Option<Hashes>,
}

/// What the ledger remembers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Statement {
    Public(Published),
    /// Somebody sent something. The commitment proves time and content to its holder and tells nobody else anything.
    Received {
        commitment: Hash,
        day: Day,
    },
    /// These public keys (vkeys) sign from here on; this statement stands under a signature of the keys before.
    Keys(Vec<String>),
    /// The first of a log: which log it goes on from, and that log's last known head.
    Follow {
        origin: String,
        head: Head,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Form<'a> {
    Public {
        format: u32,
        #[serde(flatten)]
        act: &'a Published,
    },
    Received {
        format: u32,
        action: &'static str,
        commitment: String,
        day: Day,
    },
    Keys {
        format: u32,
        action: &'static str,
        keys: &'a [String],
    },
    Follow {
        format: u32,
        action: &'static str,
        origin: &'a str,
        root: String,
        size: u64,
    },
}

impl Statement {
    pub fn publication(
        action: Action,
        body: &str,
        index: &str,
        version: u32,
        time: Instant,
        hashes: Option<Hashes>,
    ) -> Statement {
        let (body, index) = (body.to_owned(), index.to_owned());
        Statement::Public(Published { action, body, index, version, time: time.rfc3339(), hashes })
    }

    /// Commits to a submission: SHA-256 of salt ‖ "submission" ‖ 0x00 ‖ digest of its canonical bytes.
    pub fn received(salt: &Salt, content: &Hash, day: Day) -> Statement {
        Statement::Received { commitment: salt.hash("submission", content), day }
    }

    /// Canonical JSON (RFC 8785). At most 65,535 bytes, the longest entry that a tile can carry.
    pub fn to_text(&self) -> String {
        let form = match self {
            Statement::Public(act) => Form::Public { format: 1, act },
            Statement::Received { commitment, day } => {
                Form::Received { format: 1, action: "receive", commitment: commitment.to_string(), day: *day }
            }
            Statement::Keys(keys) => Form::Keys { format: 2, action: "keys", keys },
            Statement::Follow { origin, head } => {
                Form::Follow { format: 2, action: "follow", origin, root: head.root.to_string(), size: head.size }
            }
        };
        String::from_utf8(canonical::bytes(&form)).expect("JSON is UTF-8")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: Salt = Salt([0xa5; 16]);

    fn time() -> Instant {
        Instant::parse("2017-05-26 10:00").expect("a time")
    }

    /// Golden. If this test must change, a statement already written would no longer verify: add a format instead.
    #[test]
    fn the_bytes_of_a_publication_are_fixed() {
        let hashes = Hashes::new(&SALT, &Hash::of("正文".as_bytes()), Some(&Hash::of(b"late")));
        let text =
            Statement::publication(Action::Publish, "43020XMJ0", "43020XMJ0/2017-00001", 1, time(), Some(hashes))
                .to_text();
        assert_eq!(
            text,
            concat!(
                r#"{"action":"publish","body":"43020XMJ0","format":1,"hashes":{"#,
                r#""late":"aee7d7f982d5e9ebc7246889ca9ef91b6353d334e03bd8ca3703280210beb0b0","#,
                r#""revision":"fe7ef8b1cab106e1f58f1edc20bd9ca19b51ab6a0e07a1643952cded13448ff2"},"#,
                r#""index":"43020XMJ0/2017-00001","time":"2017-05-26T10:00:00+08:00","version":1}"#
            )
        );
    }

    #[test]
    fn the_bytes_of_a_withdrawal_hold_no_digest() {
        let text =
            Statement::publication(Action::Withdraw, "43020XMJ0", "43020XMJ0/2017-00001", 2, time(), None).to_text();
        assert_eq!(
            text,
            concat!(
                r#"{"action":"withdraw","body":"43020XMJ0","format":1,"#,
                r#""index":"43020XMJ0/2017-00001","time":"2017-05-26T10:00:00+08:00","version":2}"#
            )
        );
    }

    #[test]
    fn the_bytes_of_a_receipt_tell_the_day_and_nothing_else() {
        let text = Statement::received(&SALT, &Hash::of(b"letter"), time().day()).to_text();
        assert_eq!(
            text,
            concat!(
                r#"{"action":"receive","#,
                r#""commitment":"a3ed16ae26b7811ab212461004e01f7147da129390d4a6ee7c27743c7ded63f4","#,
                r#""day":"2017-05-26","format":1}"#
            )
        );
    }

    #[test]
    fn the_bytes_about_the_log_itself_are_fixed() {
        let keys = Statement::Keys(vec!["a.invalid/ledger+00000000+AQ==".to_owned()]);
        assert_eq!(keys.to_text(), r#"{"action":"keys","format":2,"keys":["a.invalid/ledger+00000000+AQ=="]}"#);
        let head = Head { size: 5, root: Hash::of(b"root") };
        let text = Statement::Follow { origin: "a.invalid/ledger".to_owned(), head }.to_text();
        assert_eq!(
            text,
            concat!(
                r#"{"action":"follow","format":2,"origin":"a.invalid/ledger","#,
                r#""root":"4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2","size":5}"#
            )
        );
    }

    #[test]
    fn another_salt_or_label_is_another_commitment() {
        let content = Hash::of(b"letter");
        assert_ne!(SALT.hash("revision", &content), SALT.hash("late", &content));
        assert_ne!(SALT.hash("revision", &content), Salt([1; 16]).hash("revision", &content));
        assert_eq!(Salt::parse(&SALT.to_string()), Some(SALT));
        assert_eq!(Salt::parse("a5"), None);
        assert_eq!(Salt::parse(&"é".repeat(16)), None);
    }
}
