//! Keys of the log and of its witnesses, and the algorithms they sign with.

use crate::note::{Signature, Signed};
use crate::{Error, text};
use ed25519_dalek::Signer;
use kernel::Hash;
use sm2::dsa::signature::Verifier;
use std::fmt;

/// The signer's identifier in SM2's digest where nothing else is agreed (GM/T 0009 section 10).
const SM2_SIGNER: &str = "1234567812345678";
/// Our own type, under the byte that signed-note leaves for types without a number.
const SM2_TYPE: &[u8] = b"\xffmingtang/sm2-sm3/v1\0";

/// How a key signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algorithm {
    /// Type 01: Ed25519 over the text (RFC 8032). Every checkpoint of ours has one.
    Ed25519,
    /// Type 04: a witness's Ed25519 over time and text (C2SP tlog-cosignature).
    Cosignature,
    /// SM2 with SM3 over the text (GB/T 32918.2), for bodies that must use national algorithms.
    Sm2,
}

impl Algorithm {
    const ALL: [Algorithm; 3] = [Algorithm::Ed25519, Algorithm::Cosignature, Algorithm::Sm2];

    fn type_bytes(self) -> &'static [u8] {
        match self {
            Algorithm::Ed25519 => &[1],
            Algorithm::Cosignature => &[4],
            Algorithm::Sm2 => SM2_TYPE,
        }
    }
}

#[derive(Clone, Debug)]
enum Public {
    Ed25519(ed25519_dalek::VerifyingKey),
    Sm2(Box<sm2::dsa::VerifyingKey>),
}

impl Public {
    /// 32 bytes (RFC 8032 section 5.1.5), or 65 bytes: 04 ‖ x ‖ y.
    fn parse(algorithm: Algorithm, bytes: &[u8]) -> Option<Public> {
        match algorithm {
            Algorithm::Ed25519 | Algorithm::Cosignature => {
                let key = ed25519_dalek::VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()?;
                (!key.is_weak()).then_some(Public::Ed25519(key))
            }
            Algorithm::Sm2 => {
                let key = sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_SIGNER, bytes).ok()?;
                (bytes.len() == 65).then(|| Public::Sm2(Box::new(key)))
            }
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        match self {
            Public::Ed25519(key) => key.to_bytes().to_vec(),
            Public::Sm2(key) => key.to_sec1_bytes().into_vec(),
        }
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Public::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Public::Sm2(key) => sm2::dsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
        }
    }
}

/// A public key with the name it signs under. Shown and read as a *vkey*: `name+id+key`.
#[derive(Clone)]
pub struct VerifierKey {
    name: String,
    id: u32,
    algorithm: Algorithm,
    public: Public,
}

impl VerifierKey {
    fn new(name: &str, algorithm: Algorithm, public: Public) -> Result<VerifierKey, Error> {
        if !text::is_name(name) {
            return Err(Error::Key("its name is empty or has a space, a plus or a control character"));
        }
        let hashed = [name.as_bytes(), b"\n", algorithm.type_bytes(), &public.to_bytes()].concat();
        let [a, b, c, d, ..] = Hash::of(&hashed).0;
        Ok(VerifierKey { name: name.to_owned(), id: u32::from_be_bytes([a, b, c, d]), algorithm, public })
    }

    /// Reads a vkey, spelt as [`VerifierKey`] writes it.
    ///
    /// # Errors
    /// [`Error::Malformed`]; also for an id that is not the key's, an unknown algorithm, and a point of small order.
    pub fn parse(vkey: &str) -> Result<VerifierKey, Error> {
        let fault = |fault| Error::malformed("verifier key", fault);
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(fault("it has not three parts"));
        };
        let bytes = text::read_base64(key).ok_or_else(|| fault("the key is no base64"))?;
        let typed = |a: &Algorithm| bytes.strip_prefix(a.type_bytes()).map(|key| (*a, key));
        let (algorithm, key) =
            Algorithm::ALL.iter().find_map(typed).ok_or_else(|| fault("its algorithm is unknown"))?;
        let public = Public::parse(algorithm, key).ok_or_else(|| fault("the key is not a sound public key"))?;
        let verifier = VerifierKey::new(name, algorithm, public)?;
        if verifier.to_string() == vkey { Ok(verifier) } else { Err(fault("the id is not this key's")) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256 over name, newline, type and key.
    pub fn id(&self) -> u32 {
        self.id
    }

    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether the signature's bytes (without the id) are this key's over the text.
    pub(crate) fn verify(&self, text: &str, signature: &[u8]) -> Option<Signed<'_>> {
        let (time, right) = match self.algorithm {
            Algorithm::Ed25519 | Algorithm::Sm2 => (None, self.public.verify(text.as_bytes(), signature)),
            Algorithm::Cosignature => {
                let (time, signature) = signature.split_first_chunk()?;
                // At most 2^63 - 1 seconds (tlog-cosignature).
                let time = u64::from_be_bytes(*time);
                let message = format!("cosignature/v1\ntime {time}\n{text}");
                (Some(time), time <= i64::MAX as u64 && self.public.verify(message.as_bytes(), signature))
            }
        };
        right.then_some(Signed { key: self, time })
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let key = [self.algorithm.type_bytes(), &self.public.to_bytes()].concat();
        write!(f, "{}+{:08x}+{}", self.name, self.id, text::base64(&key))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

impl PartialEq for VerifierKey {
    fn eq(&self, other: &VerifierKey) -> bool {
        let words = |key: &VerifierKey| (key.algorithm, key.public.to_bytes());
        self.name == other.name && words(self) == words(other)
    }
}

impl Eq for VerifierKey {}

enum Secret {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Sm2(Box<sm2::dsa::SigningKey>),
}

/// A secret key of the log. It signs checkpoints only, and only those that [`crate::clear`] has cleared.
pub struct SigningKey {
    secret: Secret,
    verifier: VerifierKey,
}

impl SigningKey {
    /// The name is the log's origin; the seed is 32 random bytes.
    ///
    /// # Errors
    /// [`Error::Key`] for a name that cannot be one.
    pub fn ed25519(name: &str, seed: &[u8; 32]) -> Result<SigningKey, Error> {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, Algorithm::Ed25519, Public::Ed25519(key.verifying_key()))?;
        Ok(SigningKey { secret: Secret::Ed25519(Box::new(key)), verifier })
    }

    /// The name is the log's origin; the secret is 32 random bytes.
    ///
    /// # Errors
    /// [`Error::Key`] for a name that cannot be one, and for bytes that are no SM2 key (about one in 2^32 is
    /// not).
    pub fn sm2(name: &str, secret: &[u8; 32]) -> Result<SigningKey, Error> {
        let unfit = |_| Error::Key("these bytes are no SM2 key");
        let key = sm2::dsa::SigningKey::from_slice(SM2_SIGNER, secret).map_err(unfit)?;
        // The group's order less one is a scalar with which nothing can be signed.
        let _: sm2::dsa::Signature = key.try_sign(b"").map_err(unfit)?;
        let public = Public::Sm2(Box::new(key.verifying_key().clone()));
        let verifier = VerifierKey::new(name, Algorithm::Sm2, public)?;
        Ok(SigningKey { secret: Secret::Sm2(Box::new(key)), verifier })
    }

    /// What others need to verify.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    pub(crate) fn sign(&self, text: &str) -> Result<Signature, Error> {
        let bytes = match &self.secret {
            Secret::Ed25519(key) => key.sign(text.as_bytes()).to_bytes().to_vec(),
            Secret::Sm2(key) => {
                let signed: sm2::dsa::Signature =
                    key.try_sign(text.as_bytes()).map_err(|_| Error::Key("SM2 found no nonce for this text"))?;
                signed.to_bytes().to_vec()
            }
        };
        Ok(Signature { name: self.verifier.name.clone(), id: self.verifier.id, bytes })
    }
}

/// A secret is never shown.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "SigningKey(… of {})", self.verifier)
    }
}
