//! Blobs: files kept by their digest, on disk or in an S3-compatible store.
//!
//! Put: write, fsync file and folder, then renew `touched_at` even if it exists. Link: a foreign key. The sweeper takes
//! what is unreferenced and untouched for a day, the row first.

use crate::table::blob;
use crate::{Act, Actor, Error, Store};
use bytes::Bytes;
use kernel::{Hash, Instant};
use object_store::aws::AmazonS3Builder;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, Statement};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::RwLock;

/// Unreferenced bytes stay a day: an upload may be waiting for its form to come back.
const KEEP_MS: i64 = 24 * 3_600_000;

/// A column that refers to `blob.hash`; each slice names its own.
#[derive(Clone, Copy, Debug)]
pub struct BlobRef {
    pub table: &'static str,
    pub column: &'static str,
}

/// Where the bytes lie. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    place: Place,
    /// Putting shares it, sweeping has it alone: no file is removed between being written and getting its row.
    sweeping: Arc<RwLock<()>>,
}

#[derive(Clone)]
enum Place {
    /// A folder, two levels: `ab/abcdef…`.
    Disk(PathBuf),
    S3(Arc<dyn ObjectStore>),
}

impl Blobs {
    /// In a folder of this machine.
    pub fn disk(folder: impl Into<PathBuf>) -> Blobs {
        Blobs { place: Place::Disk(folder.into()), sweeping: Arc::default() }
    }

    /// Bucket, endpoint and keys come from configuration; path style, because domestic stores want it.
    pub fn s3(bucket: &str, endpoint: &str, region: &str, key: &str, secret: &str) -> Result<Blobs, Error> {
        let built = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_endpoint(endpoint)
            .with_region(region)
            .with_access_key_id(key)
            .with_secret_access_key(secret)
            .with_virtual_hosted_style_request(false)
            .with_allow_http(endpoint.starts_with("http://"))
            .build()
            .map_err(|e| Error::Fault(e.into()))?;
        Ok(Blobs { place: Place::S3(Arc::new(built)), sweeping: Arc::default() })
    }

    fn path(folder: &Path, hash: &str) -> PathBuf {
        folder.join(&hash[..2]).join(hash)
    }

    /// Writes the bytes so that they survive a power cut. Writing them again is harmless.
    pub(crate) async fn write(&self, hash: &Hash, bytes: &Bytes) -> Result<(), Error> {
        let name = hash.to_string();
        match &self.place {
            Place::Disk(folder) => {
                let (file, bytes) = (Blobs::path(folder, &name), bytes.clone());
                tokio::task::spawn_blocking(move || write_durably(&file, &bytes))
                    .await
                    .map_err(|e| Error::Fault(e.into()))?
            }
            Place::S3(store) => {
                store.put(&Key::from(name), bytes.clone().into()).await.map_err(|e| Error::Fault(e.into()))?;
                Ok(())
            }
        }
    }

    /// The bytes, compared with their digest: a rotten disk is a fault, never a wrong file.
    pub async fn get(&self, hash: &Hash) -> Result<Bytes, Error> {
        let name = hash.to_string();
        let bytes = match &self.place {
            Place::Disk(folder) => match tokio::fs::read(Blobs::path(folder, &name)).await {
                Ok(bytes) => Bytes::from(bytes),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Error::NotFound),
                Err(e) => return Err(e.into()),
            },
            Place::S3(store) => match store.get(&Key::from(name)).await {
                Ok(found) => found.bytes().await.map_err(|e| Error::Fault(e.into()))?,
                Err(object_store::Error::NotFound { .. }) => return Err(Error::NotFound),
                Err(e) => return Err(Error::Fault(e.into())),
            },
        };
        if Hash::of(&bytes) != *hash {
            return Err(Error::fault(format!("blob {hash} is damaged")));
        }
        Ok(bytes)
    }

    async fn remove(&self, hash: &str) -> Result<(), Error> {
        match &self.place {
            Place::Disk(folder) => match tokio::fs::remove_file(Blobs::path(folder, hash)).await {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
                _ => Ok(()),
            },
            Place::S3(store) => match store.delete(&Key::from(hash)).await {
                Err(e) if !matches!(e, object_store::Error::NotFound { .. }) => Err(Error::Fault(e.into())),
                _ => Ok(()),
            },
        }
    }

    /// Stores bytes and says under which digest. Before the act that links them, never inside it.
    pub async fn put(&self, store: &Store, bytes: Bytes, actor: Actor, now: Instant) -> Result<Hash, Error> {
        let hash = Hash::of(&bytes);
        let size = bytes.len() as i64;
        let _shared = self.sweeping.read().await;
        self.write(&hash, &bytes).await?;
        store.ask(actor, now, true, async move |act| touch(act, &hash, size).await).await?;
        Ok(hash)
    }

    /// Removes what nothing refers to and nobody touched for a day. Returns how many.
    pub async fn sweep(&self, store: &Store, refs: &[BlobRef], now: Instant) -> Result<usize, Error> {
        let old = blob::Entity::find()
            .filter(blob::Column::TouchedAt.lt(now.0 - KEEP_MS))
            .order_by_asc(blob::Column::TouchedAt)
            .limit(500)
            .all(store.read())
            .await?;
        let mut swept = 0;
        for row in old {
            swept += usize::from(self.remove_if(store, refs, &row.hash, now.0 - KEEP_MS, now).await?);
        }
        Ok(swept)
    }

    /// Removes one blob at once, however lately it was touched, if nothing refers to it: what must not lie here may not
    /// wait for a day. Returns whether it is gone.
    pub async fn forget(&self, store: &Store, refs: &[BlobRef], hash: &str, now: Instant) -> Result<bool, Error> {
        self.remove_if(store, refs, hash, i64::MAX, now).await
    }

    /// Removes a blob that nothing refers to and nobody touched since `before`: the row first, then the file.
    async fn remove_if(
        &self,
        store: &Store,
        refs: &[BlobRef],
        hash: &str,
        before: i64,
        now: Instant,
    ) -> Result<bool, Error> {
        let (refs, name) = (refs.to_vec(), hash.to_owned());
        let _alone = self.sweeping.write().await;
        let gone = store
            .ask(Actor::Job("sweep"), now, true, async move |act| {
                for at in &refs {
                    if is_referenced(act, at, &name).await? {
                        return Ok(false);
                    }
                }
                let gone = blob::Entity::delete_many()
                    .filter(blob::Column::Hash.eq(&name))
                    .filter(blob::Column::TouchedAt.lt(before))
                    .exec(act)
                    .await?;
                Ok(gone.rows_affected == 1)
            })
            .await?;
        if gone {
            self.remove(hash).await?;
        }
        Ok(gone)
    }
}

async fn touch(act: &Act, hash: &Hash, size: i64) -> Result<(), Error> {
    let row = blob::ActiveModel { hash: Set(hash.to_string()), size: Set(size), touched_at: Set(act.now.0) };
    let renew =
        OnConflict::column(blob::Column::Hash).value(blob::Column::TouchedAt, Expr::value(act.now.0)).to_owned();
    blob::Entity::insert(row).on_conflict(renew).exec_without_returning(act).await?;
    Ok(())
}

async fn is_referenced(act: &Act, at: &BlobRef, hash: &str) -> Result<bool, Error> {
    let sql = format!("SELECT 1 AS one FROM {} WHERE {} = $1 LIMIT 1", at.table, at.column);
    let stmt = Statement::from_sql_and_values(act.get_database_backend(), sql, [hash.into()]);
    Ok(act.query_one_raw(stmt).await?.is_some())
}

/// Write beside, fsync, rename, fsync the folder: the file survives a power cut, and its owner alone may read it.
pub fn write_durably(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = file.parent().ok_or_else(|| Error::fault("a file has a folder"))?;
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{}", uuid::Uuid::new_v4()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&beside)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    std::fs::rename(&beside, file)?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}
