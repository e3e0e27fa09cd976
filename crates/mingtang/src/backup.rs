//! `mingtang backup`, `restore`, `rebuild`.

use crate::clock;
use crate::config::Config;
use crate::fail::Fail;
use crate::{house, lock};
use app::App;
use app::proof::model::Stop;
use app::record::jobs;
use kernel::Instant;
use std::path::Path;
use store::Actor;

/// Writes a backup; the program may be serving meanwhile.
pub async fn backup(config: &Config, file: &Path) -> Result<(), Fail> {
    house::must_exist(config)?;
    // What is being written holds everything in clear: it stays in the data folder, where nobody else may look.
    let scratch = config.data.join("tmp");
    house::make_folder(&scratch)?;
    let now = clock::system().now();
    let made = store::backup(&config.database()?, &config.blobs()?, file, &scratch, now).await?;
    let rows: u64 = made.tables.iter().map(|t| t.rows).sum();
    eprintln!("已备份：{} 张表 {rows} 行，{} 个文件 → {}", made.tables.len(), made.blobs.len(), file.display());
    eprintln!("密钥（{}）不在备份里，请另行妥善保管。", config.data.join("keys").display());
    Ok(())
}

/// Restores into an empty place. What was taken down after the backup was made is taken down again before anything is
/// public.
pub async fn restore(config: &Config, file: &Path) -> Result<(), Fail> {
    house::make_folder(&config.data)?;
    let _lock = lock::take(&config.data)?;
    must_be_empty(config)?;
    let made = store::restore(file, &config.database()?, &config.blobs()?, &app::migrations()).await?;
    eprintln!("已读入 {} 的备份。", Instant(made.taken_at));
    let app = house::open(config).await?;
    let left = take_down_again(&app, &config.data.join("removed.log")).await?;
    let records = jobs::rebuild(&app).await?;
    app::outlet::store::rebuild(&app).await?;
    app::submission::store::rebuild(&app).await?;
    app::matter::shown::rebuild(&app).await?;
    stop_signing(&app).await?;
    eprintln!("已恢复，公开页面已由 {records} 件记录重新推出。");
    match left.as_slice() {
        [] => Ok(()),
        left => Err(Fail::no(format!(
            "removed.log 里有 {} 行没能执行（备份里没有这些记录，或这一行读不懂），请逐行核对：\n{}",
            left.len(),
            left.join("\n")
        ))),
    }
}

/// What was signed after the backup was made cannot be known here: a person must find out.
async fn stop_signing(app: &App) -> Result<(), Fail> {
    if app.store.log().await?.is_some() {
        app.store.doubt_log(Stop::Restored.word(), Actor::Clock, app.clock.now()).await?;
        eprintln!("登记簿停止签发，公开不受影响。{}", Stop::Restored.advice());
    }
    Ok(())
}

/// Keys and `removed.log` may be there already; data may not.
fn must_be_empty(config: &Config) -> Result<(), Fail> {
    let data = [config.sqlite_file(), config.data.join("blobs")];
    match data.iter().find(|path| path.exists()) {
        None => Ok(()),
        Some(path) => Err(Fail::no(format!("{} 已经存在，没有恢复。请用 --data 指明一个空的目录。", path.display()))),
    }
}

/// Returns the lines that could not be applied.
async fn take_down_again(app: &App, log: &Path) -> Result<Vec<String>, Fail> {
    match std::fs::read_to_string(log) {
        Ok(lines) => {
            let left = jobs::apply_removals(app, &lines).await?;
            let done = lines.lines().filter(|l| !l.is_empty()).count() - left.len();
            eprintln!("按 removed.log 核对了 {done} 次撤下。");
            Ok(left)
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let log = log.display();
            eprintln!("注意：没有 {log}。备份之后撤下的信息会重新公开。");
            eprintln!("手上有这个文件的，请清空数据目录，把它放到这里，再恢复一次。");
            Ok(vec![])
        }
        Err(e) => Err(e.into()),
    }
}

/// Derives the public floor again.
pub async fn rebuild(config: &Config) -> Result<(), Fail> {
    house::must_exist(config)?;
    // A program that serves would not notice: its pages are kept by the epoch that it counts itself.
    let _lock = lock::take(&config.data)?;
    let app = house::open(config).await?;
    let records = jobs::rebuild(&app).await?;
    app::outlet::store::rebuild(&app).await?;
    app::submission::store::rebuild(&app).await?;
    app::matter::shown::rebuild(&app).await?;
    eprintln!("已由 {records} 件记录重新推出公开页面。");
    Ok(())
}

/// Builds this node's search index again. It is put in the place of the old one when it is whole.
pub async fn rebuild_search(config: &Config) -> Result<(), Fail> {
    house::must_exist(config)?;
    let _lock = lock::take(&config.data)?;
    let app = house::open(config).await?;
    let live = app::search::build(&app).await?.ok_or_else(|| Fail::fault("another builds the index already"))?;
    eprintln!("已由公开页面重新建立检索索引，共 {} 页。", live.len());
    Ok(())
}
