//! Sealing: what the public sends is encrypted under a key of its own, which the installation's key wraps.
//! Erasure forgets the wrapped key; what is left is noise.

use crate::Error;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::Sha256;
use std::path::Path;

const NONCE: usize = 24;

/// Ciphertext and its wrapped key, each base64 of nonce ‖ ciphertext ‖ tag (XChaCha20-Poly1305).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub text: String,
    pub key: String,
}

/// Holds the installation's sealing key. It lies in `data/keys/`, never in a backup.
#[derive(Clone)]
pub struct Sealer {
    wrap: XChaCha20Poly1305,
    look_up: Hmac<Sha256>,
}

impl Sealer {
    /// Reads the key file, or makes one at first start (owner may read, nobody else).
    pub fn open(file: &Path) -> Result<Sealer, Error> {
        let key: [u8; 32] = match std::fs::read(file) {
            Ok(bytes) => bytes.try_into().map_err(|_| Error::fault("the sealing key file has a wrong length"))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut key = [0; 32];
                rand::rng().fill_bytes(&mut key);
                crate::blob::write_durably(file, &key)?;
                key
            }
            Err(e) => return Err(e.into()),
        };
        Ok(Sealer::new(key))
    }

    pub fn new(key: [u8; 32]) -> Sealer {
        let mut look_up = Hmac::<Sha256>::new_from_slice(&key).expect("any length is a key");
        look_up.update(b"mingtang look-up key");
        let derived = look_up.finalize().into_bytes();
        Sealer {
            wrap: XChaCha20Poly1305::new(&Key::from(key)),
            look_up: Hmac::<Sha256>::new_from_slice(&derived).expect("any length is a key"),
        }
    }

    /// `about` (an id) is bound to the ciphertext: a sealed text cannot be moved to another row.
    pub fn seal(&self, about: &str, text: &[u8]) -> Sealed {
        let mut key = [0; 32];
        rand::rng().fill_bytes(&mut key);
        Sealed { text: lock(&XChaCha20Poly1305::new(&Key::from(key)), about, text), key: lock(&self.wrap, about, &key) }
    }

    pub fn open_sealed(&self, about: &str, sealed: &Sealed) -> Result<Vec<u8>, Error> {
        let key: [u8; 32] = unlock(&self.wrap, about, &sealed.key)?
            .try_into()
            .map_err(|_| Error::fault("a wrapped key has a wrong length"))?;
        unlock(&XChaCha20Poly1305::new(&Key::from(key)), about, &sealed.text)
    }

    /// A keyed hash for exact look-up of a normalised value (a tracking code): tells nothing to who lacks the key.
    pub fn look_up(&self, purpose: &str, value: &str) -> String {
        let mut mac = self.look_up.clone();
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect()
    }
}

fn lock(cipher: &XChaCha20Poly1305, about: &str, msg: &[u8]) -> String {
    let mut nonce = [0; NONCE];
    rand::rng().fill_bytes(&mut nonce);
    let payload = Payload { msg, aad: about.as_bytes() };
    let locked = cipher.encrypt(&XNonce::from(nonce), payload).expect("memory can be encrypted");
    BASE64.encode([nonce.as_slice(), &locked].concat())
}

fn unlock(cipher: &XChaCha20Poly1305, about: &str, text: &str) -> Result<Vec<u8>, Error> {
    let wrong = || Error::fault("a sealed text cannot be opened with this installation's key");
    let bytes = BASE64.decode(text).map_err(|_| wrong())?;
    let (nonce, msg) = bytes.split_at_checked(NONCE).ok_or_else(wrong)?;
    let nonce: [u8; NONCE] = nonce.try_into().expect("split there");
    cipher.decrypt(&XNonce::from(nonce), Payload { msg, aad: about.as_bytes() }).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_in_its_place_and_with_its_key() {
        let sealer = Sealer::new([7; 32]);
        let sealed = sealer.seal("a", "张某反映".as_bytes());
        assert!(!sealed.text.contains("张"));
        assert_eq!(sealer.open_sealed("a", &sealed).expect("opens"), "张某反映".as_bytes());
        assert!(sealer.open_sealed("b", &sealed).is_err());
        assert!(Sealer::new([8; 32]).open_sealed("a", &sealed).is_err());
        let erased = Sealed { key: String::new(), ..sealed };
        assert!(sealer.open_sealed("a", &erased).is_err());
    }

    #[test]
    fn a_look_up_is_stable_and_kept_apart_by_purpose() {
        let sealer = Sealer::new([7; 32]);
        assert_eq!(sealer.look_up("code", "X"), Sealer::new([7; 32]).look_up("code", "X"));
        assert_ne!(sealer.look_up("code", "X"), sealer.look_up("phone", "X"));
        assert_ne!(sealer.look_up("code", "X"), Sealer::new([9; 32]).look_up("code", "X"));
    }
}
