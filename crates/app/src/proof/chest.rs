//! The keys folder in one file under a passphrase: it is in no backup, so it must be kept somewhere by somebody.

use argon2::Argon2;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use kernel::Refusal;
use ledger::Salt;
use rand::RngCore;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use store::{Error, Sealed, Sealer, write_durably};

/// A shorter passphrase is guessed.
pub const PASSPHRASE_MIN: usize = 12;
/// What changes by itself: the newer one here is kept.
const MOVES: &str = "ledger.checkpoint";

/// The file: Argon2id (the library's defaults) over passphrase and salt gives the key that seals the rest.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chest {
    format: u32,
    salt: String,
    text: String,
    key: String,
}

fn sealer(passphrase: &str, salt: &Salt) -> Result<Sealer, Error> {
    let mut key = [0; 32];
    let derived = Argon2::default().hash_password_into(passphrase.as_bytes(), &salt.0, &mut key);
    derived.map_err(|e| Error::fault(e.to_string()))?;
    Ok(Sealer::new(key))
}

/// All files of a keys folder as the text of a chest, and their names.
pub fn lock(folder: &Path, passphrase: &str) -> Result<(String, Vec<String>), Error> {
    if passphrase.chars().count() < PASSPHRASE_MIN {
        return Err(Refusal::new("passphrase-short", format!("口令至少 {PASSPHRASE_MIN} 个字。")).into());
    }
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).filter(|name| !name.starts_with('.'));
        if let Some(name) = name.filter(|_| path.is_file()) {
            files.insert(name.to_owned(), BASE64.encode(std::fs::read(&path)?));
        }
    }
    let mut salt = Salt([0; 16]);
    rand::rng().fill_bytes(&mut salt.0);
    let text = serde_json::to_vec(&files).map_err(|e| Error::Fault(e.into()))?;
    let Sealed { text, key } = sealer(passphrase, &salt)?.seal("keys", &text);
    let chest = Chest { format: 1, salt: salt.to_string(), text, key };
    let text = serde_json::to_string_pretty(&chest).map_err(|e| Error::Fault(e.into()))?;
    Ok((text + "\n", files.into_keys().collect()))
}

/// Puts the files of a chest into a keys folder. What is there already and differs is never overwritten.
pub fn unlock(chest: &str, passphrase: &str, folder: &Path) -> Result<Vec<String>, Error> {
    let refuse = |code, says: String| Err(Refusal::new(code, says).into());
    let Ok(chest) = serde_json::from_str::<Chest>(chest) else {
        return refuse("no-chest", "这不是密钥文件，或者已损坏。".into());
    };
    let (1, Some(salt)) = (chest.format, Salt::parse(&chest.salt)) else {
        return refuse("chest-format", "这份密钥文件的格式，这个程序不认识。".into());
    };
    let sealed = Sealed { text: chest.text, key: chest.key };
    let Ok(text) = sealer(passphrase, &salt)?.open_sealed("keys", &sealed) else {
        return refuse("passphrase-wrong", "口令不对，或者文件被改动过。".into());
    };
    let files: BTreeMap<String, String> = serde_json::from_slice(&text).map_err(|e| Error::Fault(e.into()))?;
    let mut all = vec![];
    for (name, bytes) in &files {
        let bytes = BASE64.decode(bytes).map_err(|e| Error::Fault(e.into()))?;
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(there) if there != bytes && name != MOVES => {
                return refuse("key-differs", format!("{} 已经存在，而且不一样。请先移开它。", path.display()));
            }
            Ok(_) => {}
            Err(_) => all.push((path, bytes)),
        }
    }
    all.iter().try_for_each(|(path, bytes)| write_durably(path, bytes))?;
    Ok(files.into_keys().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chest_opens_with_its_passphrase_and_overwrites_nothing() {
        let (here, there) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let write = |folder: &Path, name: &str, text: &str| std::fs::write(folder.join(name), text).expect("writes");
        write(here.path(), "sealing.key", "secret");
        write(here.path(), MOVES, "old");
        assert!(matches!(lock(here.path(), "short"), Err(Error::Refused(_))));
        let (chest, names) = lock(here.path(), "a passphrase of words").expect("locks");
        assert_eq!(names, [MOVES, "sealing.key"]);
        assert!(!chest.contains("secret") && !chest.contains(&BASE64.encode("secret")));
        assert!(matches!(unlock(&chest, "another passphrase", there.path()), Err(Error::Refused(_))));
        assert!(matches!(unlock("{}", "a passphrase of words", there.path()), Err(Error::Refused(_))));
        write(there.path(), MOVES, "newer");
        unlock(&chest, "a passphrase of words", there.path()).expect("unlocks");
        assert_eq!(std::fs::read(there.path().join("sealing.key")).expect("there"), b"secret");
        assert_eq!(std::fs::read(there.path().join(MOVES)).expect("there"), b"newer");
        write(there.path(), "sealing.key", "another");
        assert!(matches!(unlock(&chest, "a passphrase of words", there.path()), Err(Error::Refused(_))));
        assert_eq!(std::fs::read(there.path().join("sealing.key")).expect("there"), b"another");
    }
}
