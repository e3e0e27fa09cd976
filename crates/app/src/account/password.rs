//! Argon2id (RFC 9106) with the library's defaults: 19 MiB, two passes. On threads of its own, two at a time.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use rand::Rng;
use std::sync::LazyLock;
use store::Error;
use tokio::sync::Semaphore;

/// As many as there are cores to spare: signing in must not starve the pages.
static TURNS: Semaphore = Semaphore::const_new(2);

static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this account").unwrap_or_default());

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _turn = TURNS.acquire().await.map_err(|e| Error::Fault(e.into()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(e.into()))
}

/// The PHC string of a password.
pub async fn hash(password: String) -> Result<String, Error> {
    aside(move || hash_now(&password)).await?
}

/// The same at once, for the command line.
pub fn hash_now(password: &str) -> Result<String, Error> {
    let hashed: PasswordHash =
        Argon2::default().hash_password(password.as_bytes()).map_err(|e| Error::fault(e.to_string()))?;
    Ok(hashed.to_string())
}

/// Whether a password is right. A name that nobody has costs as much time as one that somebody has.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool, Error> {
    aside(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&stored)
            .is_ok_and(|phc| Argon2::default().verify_password(password.as_bytes(), &phc).is_ok());
        right && known
    })
    .await
}

/// A random password that can be read from a screen: four groups of four letters, 80 bits.
pub fn random() -> String {
    let letters = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    let mut group = || (0..4).map(|_| char::from(letters[rng.random_range(0..letters.len())])).collect::<String>();
    [group(), group(), group(), group()].join("-")
}
