//! The log's keys and the last note that was signed: one folder, outside every backup.

use kernel::Hash;
use ledger::{Algorithm, Checkpoint, Clearance, Note, SigningKey, VerifierKey};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use store::{Error, write_durably};

/// Where keys and the last signed note lie. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Place(pub PathBuf);

/// What `ledger.key` holds, as JSON; secrets in hexadecimal.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    pub origin: String,
    ed25519: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sm2: Option<String>,
    /// Public keys that signed before, as vkeys: what they signed stays right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    retired: Vec<String>,
}

/// The keys of a log, ready to sign.
pub struct Keys {
    signing: Vec<SigningKey>,
    /// Of all that ever signed, the present ones first.
    pub verifiers: Vec<VerifierKey>,
}

impl Place {
    fn key_file(&self) -> PathBuf {
        self.0.join("ledger.key")
    }

    fn note_file(&self) -> PathBuf {
        self.0.join("ledger.checkpoint")
    }

    /// `None` where there are none yet.
    pub fn secrets(&self) -> Result<Option<Secrets>, Error> {
        match std::fs::read(self.key_file()) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| Error::Fault(e.into())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Keys that will never sign again, beside the present ones.
    pub fn set_aside(&self, secrets: &Secrets) -> Result<(), Error> {
        let name = format!("ledger.key.{}", &Hash::of(secrets.origin.as_bytes()).to_string()[..8]);
        write_durably(&self.0.join(name), &serde_json::to_vec_pretty(secrets).map_err(|e| Error::Fault(e.into()))?)
    }

    pub fn keep(&self, secrets: &Secrets) -> Result<(), Error> {
        write_durably(&self.key_file(), &serde_json::to_vec_pretty(secrets).map_err(|e| Error::Fault(e.into()))?)
    }

    /// The last note that was signed; `None` where nothing ever was.
    pub fn last(&self) -> Result<Option<Note>, Error> {
        match std::fs::read(self.note_file()) {
            Ok(bytes) => Note::parse(&bytes).map(Some).map_err(|e| Error::Fault(e.into())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// Before anybody sees it.
    pub fn keep_last(&self, note: &Note) -> Result<(), Error> {
        write_durably(&self.note_file(), note.to_string().as_bytes())
    }
}

impl Secrets {
    pub fn random(origin: &str, sm2: bool) -> Secrets {
        let sm2 = sm2.then(random);
        Secrets { origin: origin.to_owned(), ed25519: random(), sm2, retired: vec![] }
    }

    /// The same log's next keys. What signed until now is kept as a public key.
    pub fn rotated(&self, sm2: bool) -> Result<Secrets, Error> {
        let retired = self.keys()?.verifiers.iter().map(ToString::to_string).collect();
        Ok(Secrets { retired, ..Secrets::random(&self.origin, sm2) })
    }

    /// Public keys that signed before.
    pub fn retired(&self) -> &[String] {
        &self.retired
    }

    pub fn retire<'a>(&mut self, vkeys: impl Iterator<Item = &'a str>) {
        self.retired.extend(vkeys.map(str::to_owned));
    }

    pub fn keys(&self) -> Result<Keys, Error> {
        let fault = |e: ledger::Error| Error::Fault(e.into());
        let mut signing = vec![SigningKey::ed25519(&self.origin, &secret(&self.ed25519)?).map_err(fault)?];
        if let Some(sm2) = &self.sm2 {
            signing.push(SigningKey::sm2(&self.origin, &secret(sm2)?).map_err(fault)?);
        }
        let mut verifiers: Vec<VerifierKey> = signing.iter().map(|key| key.verifier().clone()).collect();
        for vkey in &self.retired {
            verifiers.push(VerifierKey::parse(vkey).map_err(fault)?);
        }
        Ok(Keys { signing, verifiers })
    }
}

impl Keys {
    /// Present public keys as vkeys, one a line: what `/ledger/key` says.
    pub fn lines(&self) -> String {
        self.signing.iter().map(|key| format!("{}\n", key.verifier())).collect()
    }

    /// # Errors
    /// A fault where a key cannot sign.
    pub fn sign(&self, clearance: Clearance) -> Result<Note, Error> {
        clearance.sign(&self.signing.iter().collect::<Vec<_>>()).map_err(|e| Error::Fault(e.into()))
    }

    /// Reads a note of this log.
    pub fn open(&self, note: &Note) -> Result<Checkpoint, ledger::Error> {
        let origin = self.verifiers.first().map_or("", VerifierKey::name);
        Checkpoint::open(note, origin, &self.verifiers)
    }
}

/// How an algorithm is called on our pages.
pub fn algorithm_zh(key: &VerifierKey) -> &'static str {
    match key.algorithm() {
        Algorithm::Ed25519 => "Ed25519",
        Algorithm::Cosignature => "见证（Ed25519）",
        Algorithm::Sm2 => "SM2（国密）",
    }
}

fn random() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    Hash(bytes).to_string()
}

fn secret(hex: &str) -> Result<[u8; 32], Error> {
    Hash::parse(hex).map(|bytes| bytes.0).ok_or_else(|| Error::fault("ledger.key holds no key"))
}

/// The name of the log of an address: without its scheme, and `/ledger` behind it. On loopback there is no such name.
pub fn origin(base_url: &str) -> String {
    let host = base_url.split_once("://").map_or("", |(_, rest)| rest).trim_end_matches('/');
    format!("{}/ledger", if host.is_empty() { "demo.invalid" } else { host })
}

/// The next log's name after one that can no longer be signed.
pub fn next_origin(origin: &str) -> String {
    match origin.rsplit_once('/').and_then(|(base, n)| Some((base, n.parse::<u32>().ok()?))) {
        Some((base, n)) => format!("{base}/{}", n + 1),
        None => format!("{origin}/2"),
    }
}

/// The part of the address after `/ledger/` that tells a later log from the first: `2/`, or nothing.
pub fn part(origin: &str) -> String {
    let last = origin.rsplit('/').next().unwrap_or_default();
    if last.parse::<u32>().is_ok() { format!("{last}/") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::{Head, clear};

    #[test]
    fn a_log_is_named_after_its_address() {
        for (base_url, name, next) in [
            ("", "demo.invalid/ledger", "demo.invalid/ledger/2"),
            ("https://zwgk.example.gov.cn", "zwgk.example.gov.cn/ledger", "zwgk.example.gov.cn/ledger/2"),
            ("http://a.example:81/b/", "a.example:81/b/ledger", "a.example:81/b/ledger/2"),
        ] {
            assert_eq!((origin(base_url).as_str(), next_origin(name).as_str()), (name, next));
            assert_eq!((part(name).as_str(), part(next).as_str()), ("", "2/"));
        }
        assert_eq!(next_origin("a/ledger/2"), "a/ledger/3");
    }

    #[test]
    fn keys_are_kept_and_what_they_signed_stays_right() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place(folder.path().to_owned());
        assert!(place.secrets().expect("reads").is_none() && place.last().expect("reads").is_none());
        let old = Secrets::random("a.invalid/ledger", true);
        place.keep(&old).expect("keeps");
        let read = place.secrets().expect("reads").expect("kept");
        let cleared = || {
            let next = Checkpoint::new("a.invalid/ledger", Head::empty()).expect("a name");
            clear(None, next, &[]).expect("never signed")
        };
        let note = read.keys().expect("keys").sign(cleared()).expect("signs");
        assert_eq!(note.signatures().len(), 2, "Ed25519 and SM2");
        place.keep_last(&note).expect("keeps");
        let new = read.rotated(true).expect("rotates").keys().expect("keys");
        assert_eq!(new.verifiers.len(), 4);
        assert!(new.open(&place.last().expect("reads").expect("kept")).is_ok());
        assert_ne!(new.lines(), read.keys().expect("keys").lines());
        let stranger = Secrets::random("a.invalid/ledger", false).keys().expect("keys");
        assert!(stranger.open(&note).is_err());
    }
}
