//! Backup is logical: one snapshot as JSON lines per table, then the blobs it names. No index, no cache, no keys, and
//! none of the public floor, which `rebuild public` derives again. The same file restores into either database.

use crate::connect::Tx;
use crate::migrate::{Migration, applied};
use crate::{Blobs, Error, migrate};
use kernel::{Hash, Instant, Refusal};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write};
use std::path::Path;

/// Rows written with one statement on restore.
const ROWS: usize = 100;
/// Rows read at a time on backup.
const PAGE: usize = 500;

/// What a backup says of itself. It is the first entry of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Milliseconds since 1970.
    pub taken_at: i64,
    pub migrations: Vec<String>,
    pub tables: Vec<TableEntry>,
    pub blobs: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TableEntry {
    pub name: String,
    pub rows: u64,
    pub sha256: String,
}

struct Column {
    name: String,
    number: bool,
}

/// Writes a backup while the program serves: one snapshot, so it is consistent. `scratch` is a folder of the
/// installation's own for what is being written; nothing stays in it.
pub async fn backup(url: &str, blobs: &Blobs, file: &Path, scratch: &Path, now: Instant) -> Result<Manifest, Error> {
    let tx = Tx::begin(url, true).await?;
    let beside = file.with_extension("writing");
    let folder = scratch.join(format!("mingtang-backup-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder)?;
    let made = write_backup(&tx, blobs, &folder, &beside, now).await;
    std::fs::remove_dir_all(&folder)?;
    tx.rollback().await?;
    match made {
        Ok(manifest) => {
            std::fs::rename(&beside, file)?;
            Ok(manifest)
        }
        Err(e) => {
            let _ = std::fs::remove_file(&beside);
            Err(e)
        }
    }
}

async fn write_backup(tx: &Tx, blobs: &Blobs, folder: &Path, out: &Path, now: Instant) -> Result<Manifest, Error> {
    let mut manifest =
        Manifest { format: 1, taken_at: now.0, migrations: applied(tx).await?, tables: vec![], blobs: vec![] };
    for table in tables(tx).await? {
        let entry = dump(tx, &table, &folder.join(&table), &mut manifest.blobs).await?;
        manifest.tables.push(entry);
    }
    let mut tar = tar::Builder::new(private(out)?);
    append(&mut tar, "manifest.json", &serde_json::to_vec_pretty(&manifest).map_err(|e| Error::Fault(e.into()))?)?;
    for table in &manifest.tables {
        tar.append_path_with_name(folder.join(&table.name), format!("tables/{}.jsonl", table.name))?;
    }
    for hash in &manifest.blobs {
        let hash = Hash::parse(hash).ok_or_else(|| Error::fault("a blob row without a digest"))?;
        append(&mut tar, &format!("blobs/{hash}"), &blobs.get(&hash).await?)?;
    }
    tar.into_inner()?.sync_all()?;
    Ok(manifest)
}

/// A backup holds drafts and accounts: its owner may read it, nobody else.
fn private(file: &Path) -> Result<File, Error> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(file)?)
}

fn append(tar: &mut tar::Builder<File>, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    Ok(tar.append_data(&mut header, name, bytes)?)
}

/// One table as JSON lines. Paged by offset: inside one snapshot nothing moves.
async fn dump(tx: &Tx, table: &str, file: &Path, blobs: &mut Vec<String>) -> Result<TableEntry, Error> {
    let columns = columns(tx, table).await?;
    let key = &columns[0].name;
    let (mut out, mut digest, mut rows) = (File::create(file)?, Sha256::new(), 0);
    loop {
        let sql = format!("SELECT * FROM \"{table}\" ORDER BY \"{key}\" LIMIT {PAGE} OFFSET {rows}");
        let page = tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
        let mut lines = String::new();
        for row in &page {
            let line = to_json(row, &columns)?;
            if table == "blob" {
                blobs.push(line["hash"].as_str().unwrap_or_default().to_owned());
            }
            lines.push_str(&serde_json::Value::Object(line).to_string());
            lines.push('\n');
        }
        out.write_all(lines.as_bytes())?;
        digest.update(lines.as_bytes());
        rows += page.len();
        if page.len() < PAGE {
            let sha256 = Hash(digest.finalize().into()).to_string();
            return Ok(TableEntry { name: table.into(), rows: rows as u64, sha256 });
        }
    }
}

fn to_json(row: &QueryResult, columns: &[Column]) -> Result<Map<String, serde_json::Value>, Error> {
    let mut line = Map::new();
    for column in columns {
        let value = if column.number {
            row.try_get::<Option<i64>>("", &column.name)?.map(Into::into)
        } else {
            row.try_get::<Option<String>>("", &column.name)?.map(Into::into)
        };
        line.insert(column.name.clone(), value.unwrap_or(serde_json::Value::Null));
    }
    Ok(line)
}

/// Reads a backup into an empty database. Everything is verified before the first row is written, and all rows of a
/// table set are written in one transaction: a broken file leaves nothing behind.
pub async fn restore(file: &Path, url: &str, blobs: &Blobs, known: &[Migration]) -> Result<Manifest, Error> {
    let manifest = verify(file)?;
    let older: Vec<Migration> =
        known.iter().filter(|m| manifest.migrations.iter().any(|n| n == m.name)).copied().collect();
    if older.len() != manifest.migrations.len() {
        return Err(refuse("backup-newer", "这份备份是更新的程序写的。请先升级程序，再恢复。"));
    }
    migrate(url, &older).await?;
    let tx = Tx::begin(url, false).await?;
    load(&tx, file, blobs, &manifest).await?;
    tx.commit().await?;
    migrate(url, known).await?;
    Ok(manifest)
}

fn refuse(code: &'static str, says: impl Into<String>) -> Error {
    Refusal::new(code, says).into()
}

fn no_backup() -> Error {
    refuse("no-backup", "这不是备份文件。请检查文件名。")
}

/// Reads the whole file once: the digests of all tables and blobs must be right.
fn verify(file: &Path) -> Result<Manifest, Error> {
    let mut tar = tar::Archive::new(BufReader::new(File::open(file)?));
    let (mut manifest, mut seen): (Option<Manifest>, BTreeMap<String, String>) = (None, BTreeMap::new());
    for entry in tar.entries()? {
        let mut entry = entry.map_err(|_| no_backup())?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if name == "manifest.json" {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            manifest = Some(serde_json::from_str(&text).map_err(|_| no_backup())?);
            continue;
        }
        let (mut digest, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            match entry.read(&mut buffer)? {
                0 => break,
                n => digest.update(&buffer[..n]),
            }
        }
        seen.insert(name, Hash(digest.finalize().into()).to_string());
    }
    let manifest = manifest.ok_or_else(no_backup)?;
    if manifest.format != 1 {
        return Err(refuse("backup-format", "这份备份的格式，这个程序不认识。请先升级程序，再恢复。"));
    }
    let tables = manifest.tables.iter().map(|t| (format!("tables/{}.jsonl", t.name), &t.sha256));
    let wanted = tables.chain(manifest.blobs.iter().map(|h| (format!("blobs/{h}"), h)));
    for (name, sha256) in wanted {
        if seen.get(&name) != Some(sha256) {
            return Err(refuse("backup-damaged", format!("备份已损坏（{name}），没有恢复。请换一份备份。")));
        }
    }
    Ok(manifest)
}

async fn load(tx: &Tx, file: &Path, blobs: &Blobs, manifest: &Manifest) -> Result<(), Error> {
    for table in tables(tx).await? {
        let sql = format!("SELECT COUNT(*) AS n FROM \"{table}\"");
        let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
        if row.map(|r| r.try_get::<i64>("", "n")).transpose()? != Some(0) {
            return Err(refuse("not-empty", format!("数据库不是空的（表 {table} 有内容），没有恢复。")));
        }
    }
    let mut tar = tar::Archive::new(BufReader::new(File::open(file)?));
    for entry in tar.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if let Some(table) = name.strip_prefix("tables/").and_then(|n| n.strip_suffix(".jsonl")) {
            if !manifest.tables.iter().any(|t| t.name == table) {
                continue;
            }
            let columns = columns(tx, table).await?;
            let lines: Vec<String> = BufReader::new(entry).lines().collect::<Result<_, _>>()?;
            for page in lines.chunks(ROWS) {
                insert(tx, table, &columns, page).await?;
            }
        } else if let Some(hash) = name.strip_prefix("blobs/").and_then(Hash::parse) {
            let mut bytes = vec![];
            entry.read_to_end(&mut bytes)?;
            blobs.write(&hash, &bytes.into()).await?;
        }
    }
    Ok(())
}

async fn insert(tx: &Tx, table: &str, columns: &[Column], lines: &[String]) -> Result<(), Error> {
    let (mut places, mut values): (Vec<String>, Vec<Value>) = (vec![], vec![]);
    for line in lines {
        let row: Map<String, serde_json::Value> = serde_json::from_str(line).map_err(|e| Error::Fault(e.into()))?;
        let marks: Vec<String> = (1..=columns.len()).map(|i| format!("${}", values.len() + i)).collect();
        places.push(format!("({})", marks.join(", ")));
        for column in columns {
            let value = row.get(&column.name).unwrap_or(&serde_json::Value::Null);
            values.push(if column.number { value.as_i64().into() } else { value.as_str().into() });
        }
    }
    let names: Vec<String> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let sql = format!("INSERT INTO \"{table}\" ({}) VALUES {}", names.join(", "), places.join(", "));
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Our tables in the order in which they were made, so that a row comes after what it refers to.
/// Without what is derived (`public_*`, `epoch`) and `migration`, which restoring writes itself.
async fn tables(db: &impl ConnectionTrait) -> Result<Vec<String>, Error> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid",
        _ => {
            "SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE c.relkind = 'r' AND n.nspname = current_schema() ORDER BY c.oid"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let names = rows.iter().map(|r| r.try_get::<String>("", "name")).collect::<Result<Vec<_>, _>>()?;
    let derived = |n: &str| n.starts_with("public_") || n.starts_with("sqlite_") || n == "epoch" || n == "migration";
    Ok(names.into_iter().filter(|n| !derived(n)).collect())
}

/// A table's columns, the key first.
async fn columns(db: &impl ConnectionTrait, table: &str) -> Result<Vec<Column>, Error> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
        _ => {
            "SELECT column_name::text AS name, data_type::text AS type FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
        }
    };
    let stmt = Statement::from_sql_and_values(db.get_database_backend(), sql, [table.into()]);
    let rows = db.query_all_raw(stmt).await?;
    let column = |r: &QueryResult| -> Result<Column, sea_orm::DbErr> {
        let kind: String = r.try_get("", "type")?;
        Ok(Column { name: r.try_get("", "name")?, number: kind.eq_ignore_ascii_case("bigint") })
    };
    Ok(rows.iter().map(column).collect::<Result<_, _>>()?)
}
