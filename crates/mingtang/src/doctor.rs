//! `mingtang doctor`: what is wrong with this installation, and what to do. It changes nothing.

use crate::config::Config;
use crate::fail::Fail;
use crate::{clock, house, law};
use app::proof::keys::Place;
use app::proof::model::Stop;
use app::record::table::{hide, record};
use app::submission::store::submission;
use kernel::{Day, Hash, Instant};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use serde::Serialize;
use std::path::Path;
use std::process::Command;
use store::{Sealer, Store, blob_row, journal};

/// Free disk below which a publication or an upload may fail soon, in bytes.
const ROOM: u64 = 1 << 30;
/// A job that is due runs within seconds; what waits longer than this is stuck. Milliseconds.
const GRACE_MS: i64 = 120_000;

/// `--json` prints `{"findings": [these]}`. `check` is a stable word.
#[derive(Serialize, Debug, PartialEq, Eq)]
struct Finding {
    check: &'static str,
    says: String,
    #[serde(rename = "do")]
    advice: String,
}

fn finding(check: &'static str, says: impl Into<String>, advice: impl Into<String>) -> Finding {
    Finding { check, says: says.into(), advice: advice.into() }
}

pub async fn run(config: &Config, as_json: bool) -> Result<(), Fail> {
    house::must_exist(config)?;
    let now = clock::system().now();
    let mut all = keys(&config.data.join("keys"));
    if is_open_to_others(&config.data) {
        let data = config.data.display();
        all.push(finding("folder", format!("数据目录 {data} 别的用户也能进。"), format!("运行 chmod 700 {data}")));
    }
    all.extend(room(&config.data));
    match Store::open(&config.database()?).await {
        Ok(store) => all.extend(inside(config, &store, now).await?),
        Err(e) => all.push(finding("database", format!("数据库打不开：{e}"), "检查路径、权限和数据库服务，再看日志。")),
    }
    if as_json {
        println!("{}", serde_json::json!({ "findings": all }));
    } else if all.is_empty() {
        println!("没有发现问题。");
    } else {
        all.iter().for_each(|f| println!("· {}\n  {}", f.says, f.advice));
    }
    if all.is_empty() { Ok(()) } else { Err(Fail::no(format!("发现 {} 个问题。", all.len()))) }
}

/// What only the database can tell. An older schema is told first: the rest could not be asked.
async fn inside(config: &Config, store: &Store, now: Instant) -> Result<Vec<Finding>, Fail> {
    let behind = migrations(store).await?;
    if !behind.is_empty() {
        return Ok(behind);
    }
    let mut all = clock_sanity(store, now).await?;
    all.extend(jobs(store).await?);
    all.extend(notices(store).await?);
    all.extend(due_but_not_out(store, now).await?);
    all.extend(undecided(store, now).await?);
    all.extend(blobs(config, store).await?);
    all.extend(sealed(config, store).await?);
    all.extend(ledger(config, store, now).await?);
    let law = app::rule::store::law(store.read(), &law::sources(config)?).await?;
    all.extend(next_year(law.calendar.known_to(), now.day()));
    Ok(all)
}

/// The notice for a year comes out in November of the year before; in December every term that reaches into January
/// rests on it.
fn next_year(known_to: Day, today: Day) -> Option<Finding> {
    let (year, month, _) = today.ymd();
    let (says, advice) = match known_to.year() {
        known if known < year => (format!("没有 {year} 年的放假安排，现在的期限都是暂定的。"), year),
        known if known == year && month == 12 => {
            (format!("还没有 {} 年的放假安排，跨年的期限都是暂定的。", year + 1), year + 1)
        }
        _ => return None,
    };
    Some(finding("calendar", says, format!("在工作台“规则包”录入 {advice} 年的放假通知，由另一人决定生效。")))
}

/// After a restore without the old key, a new one opens nothing that came in before.
async fn sealed(config: &Config, store: &Store) -> Result<Option<Finding>, Fail> {
    let key = config.data.join("keys/sealing.key");
    let newest = submission::Entity::find()
        .filter(submission::Column::ErasedAt.is_null())
        .order_by_desc(submission::Column::Id)
        .one(store.read())
        .await?;
    let (Some(row), true) = (newest, key.exists()) else { return Ok(None) };
    let opens = row.letter(&Sealer::open(&key)?).is_ok();
    let advice = "把收到来件时用的 sealing.key 放回 keys 目录，再重新启动。";
    Ok((!opens).then(|| finding("keys", "现在的密钥打不开已经收到的来件。", advice)))
}

/// Why the public log is not signed; whether it keeps up; whether its keys are there.
async fn ledger(config: &Config, store: &Store, now: Instant) -> Result<Vec<Finding>, Fail> {
    let Some(row) = store.log().await? else { return Ok(vec![]) };
    let mut stop = Stop::parse(&row.doubt);
    let place = Place(config.data.join("keys"));
    if stop.is_none() && place.secrets()?.is_none_or(|secrets| secrets.origin != row.origin) {
        stop = Some(Stop::NoKey);
    }
    if stop.is_none() && place.last()?.is_none() {
        stop = Some(Stop::NoCheckpoint);
    }
    let stopped = stop.map(|s| finding("ledger", format!("登记簿停止签发：{}", s.says()), s.advice()));
    let late = store.waiting(1).await?.first().is_some_and(|s| s.at + GRACE_MS < now.0);
    let behind = late && stopped.is_none();
    let advice = "服务没有运行的，先启动服务；运行着的，看日志里登记簿的错误。";
    let behind = behind.then(|| finding("ledger", "登记簿没有跟上，有条目等了两分钟以上。", advice));
    Ok(stopped.into_iter().chain(behind).collect())
}

async fn migrations(store: &Store) -> Result<Vec<Finding>, Fail> {
    let read = store.read();
    let sql = Statement::from_string(read.get_database_backend(), "SELECT name FROM migration");
    let rows = match read.query_all_raw(sql).await {
        Ok(rows) => rows,
        Err(_) => {
            return Ok(vec![finding("migrations", "数据库是空的。", "运行一次 mingtang serve，会建好所有的表。")]);
        }
    };
    let done = rows.iter().map(|r| r.try_get::<String>("", "name")).collect::<Result<Vec<_>, _>>()?;
    let known: Vec<&str> = app::migrations().iter().map(|m| m.name).collect();
    let missing: Vec<&str> = known.iter().filter(|n| !done.iter().any(|d| d == **n)).copied().collect();
    let newer: Vec<&str> = done.iter().map(String::as_str).filter(|d| !known.contains(d)).collect();
    let mut all = vec![];
    if !newer.is_empty() {
        let says = format!("数据是更新的程序写的（{}）。", newer.join("、"));
        all.push(finding("migrations", says, "换用更新的程序。旧程序不会打开它。"));
    }
    if !missing.is_empty() {
        let says = format!("数据库结构还没有更新（缺 {}）。", missing.join("、"));
        all.push(finding("migrations", says, "先备份，再运行一次 mingtang serve。"));
    }
    Ok(all)
}

/// A clock that runs behind what is written already, or stands before this program was made.
async fn clock_sanity(store: &Store, now: Instant) -> Result<Vec<Finding>, Fail> {
    let last = journal::Entity::find().order_by_desc(journal::Column::Id).one(store.read()).await?;
    let made = Day::new(2026, 1, 1).expect("a day").start();
    let written = last.map_or(made, |line| Instant(line.at));
    Ok(wrong_clock(now, written, made).into_iter().collect())
}

fn wrong_clock(now: Instant, written: Instant, made: Instant) -> Option<Finding> {
    let advice = "校准系统时间，并启用时间同步。期限和发布时间都按它计算。";
    if now < made {
        return Some(finding("clock", format!("系统时间是 {now}，太早。"), advice));
    }
    let behind = now.0 + GRACE_MS < written.0;
    behind.then(|| finding("clock", format!("系统时间 {now} 早于最近一次操作 {written}。"), advice))
}

async fn jobs(store: &Store) -> Result<Vec<Finding>, Fail> {
    let dead = store.dead_jobs().await?;
    let advice = "先消除原因，再请开发人员重新排队。";
    Ok(dead
        .iter()
        .map(|j| finding("job", format!("任务 {}（{}）多次失败：{}", j.name, j.arg, j.error), advice))
        .collect())
}

/// Mail and SMS that nobody will try again by himself.
async fn notices(store: &Store) -> Result<Option<Finding>, Fail> {
    let stuck = app::notice::store::given_up(store.read()).await?.len();
    let advice = "请系统管理员在工作台“通知”里看原因，改好设置后再发。";
    Ok((stuck > 0).then(|| finding("notice", format!("有 {stuck} 件通知没有发出，不再自动重试。"), advice)))
}

async fn due_but_not_out(store: &Store, now: Instant) -> Result<Vec<Finding>, Fail> {
    let late = app::record::schedule::due_but_not_out(store.read(), now.plus_ms(-GRACE_MS)).await?;
    let line = |r: &record::Model| {
        let at = Instant(r.publish_at.unwrap_or_default());
        let says = format!("定于 {at} 公开的一件没有公开（/desk/record/{}）。", r.id);
        finding("due-not-out", says, "打开这一件，看关口不放行的原因。服务没有运行的，先启动服务。")
    };
    Ok(late.iter().map(line).collect())
}

/// What somebody hid and nobody else has decided upon within a working day.
async fn undecided(store: &Store, now: Instant) -> Result<Vec<Finding>, Fail> {
    let late = app::record::hiding::overdue(store.read(), now.day()).await?;
    let line = |h: &hide::Model| {
        let says = format!("隐藏的一件应于 {} 前复核，还没有复核（/desk/record/{}/hide）。", h.due, h.record);
        finding("hide-undecided", says, "请签批岗位和监督岗位催办：由隐藏人以外的同事决定恢复还是撤下。")
    };
    Ok(late.iter().map(line).collect())
}

/// Reads every blob: a missing one and a rotten one are both found.
async fn blobs(config: &Config, store: &Store) -> Result<Vec<Finding>, Fail> {
    let place = config.blobs()?;
    let mut all = vec![];
    for row in blob_row::Entity::find().order_by_asc(blob_row::Column::Hash).all(store.read()).await? {
        let got = match Hash::parse(&row.hash) {
            Some(hash) => place.get(&hash).await.map(drop),
            None => Err(store::Error::NotFound),
        };
        let says = match got {
            Ok(()) => continue,
            Err(store::Error::NotFound) => format!("文件 {} 不见了。", row.hash),
            Err(e) => format!("文件 {} 读不出来：{e}", row.hash),
        };
        all.push(finding("blob", says, "从备份里取回这个文件，并检查磁盘。"));
    }
    Ok(all)
}

/// Whoever reads the keys can open what the public sent.
fn keys(folder: &Path) -> Vec<Finding> {
    if !folder.join("sealing.key").exists() {
        let says = format!("没有 {}。", folder.join("sealing.key").display());
        return vec![finding("keys", says, "把保管的密钥放回原处。没有它，公众提交的内容打不开。")];
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| e.path()).filter(|path| is_open_to_others(path)).map(|path| open_key(&path)).collect()
}

fn open_key(path: &Path) -> Finding {
    let path = path.display();
    finding("keys", format!("{path} 别的用户也能读。"), format!("运行 chmod 600 {path}"))
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|m| m.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}

/// Asked of `df`, which POSIX promises; the standard library has no word for it.
fn room(data: &Path) -> Option<Finding> {
    let told = Command::new("df").arg("-Pk").arg(data).output().ok().filter(|o| o.status.success())?;
    let free = free_bytes(&String::from_utf8_lossy(&told.stdout))?;
    let says = format!("数据目录所在的磁盘只剩 {} MB。", free >> 20);
    (free < ROOM).then(|| finding("disk", says, "清理磁盘或扩容。写不进去的时候，提交和公开都会失败。"))
}

/// The fourth column of the second line, in units of 1024 bytes.
fn free_bytes(df: &str) -> Option<u64> {
    let kilobytes: u64 = df.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_df_says_is_read() {
        let df = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 40 60 40% /\n";
        assert_eq!(free_bytes(df), Some(60 * 1024));
        assert_eq!(free_bytes("nonsense"), None);
    }

    #[test]
    fn a_wrong_clock_is_told() {
        let at = |text| Instant::parse(text).expect("a time");
        let made = at("2026-01-01 00:00");
        for (now, written, wrong) in [
            ("2026-11-23 09:00", "2026-11-23 08:59", false),
            ("2026-11-23 09:00", "2026-11-23 09:01", false),
            ("2026-11-23 09:00", "2026-11-23 10:00", true),
            ("1970-01-01 08:00", "2026-01-01 00:00", true),
        ] {
            assert_eq!(wrong_clock(at(now), at(written), made).is_some(), wrong, "{now}");
        }
    }

    #[test]
    fn a_missing_calendar_year_is_told_in_december() {
        let day = |text| Day::parse(text).expect("a day");
        for (known_to, today, told) in [
            ("2026-12-31", "2026-11-30", ""),
            ("2026-12-31", "2026-12-01", "还没有 2027 年"),
            ("2027-12-31", "2026-12-31", ""),
            ("2026-12-31", "2027-01-04", "没有 2027 年"),
        ] {
            let says = next_year(day(known_to), day(today)).map_or(String::new(), |f| f.says);
            assert!(says.starts_with(told) && says.is_empty() == told.is_empty(), "{known_to} {today}: {says}");
        }
    }

    #[test]
    fn a_key_that_others_can_read_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(keys(folder.path())[0].check, "keys", "no key at all");
        let key = folder.path().join("sealing.key");
        store::Sealer::open(&key).expect("makes one");
        assert_eq!(keys(folder.path()), []);
        #[cfg(unix)]
        {
            let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
            std::fs::set_permissions(&key, open).expect("changes");
            assert_eq!(keys(folder.path()).len(), 1);
        }
    }
}
