//! `mingtang ledger`: checking the public log or one proof, giving a proof out, and the ways out of a doubt.

mod source;
mod verify;

use crate::args::{Ledger, Resume};
use crate::config::Config;
use crate::fail::Fail;
use crate::{house, lock};
use app::App;
use app::floor::{public_page, public_version};
use app::proof::model::Standing;
use app::proof::{integrator, prove, resume, rules};
use ledger::{Note, Tile, statements};
use sea_orm::ColumnTrait;
use source::Source;
use std::path::Path;

pub async fn run(config: &Config, what: Ledger) -> Result<(), Fail> {
    match what {
        Ledger::Verify(asked) => verify::run(config, &asked).await,
        Ledger::Proof { record, out, json } => proof(config, &record, out.as_deref(), json).await,
        Ledger::Resume(how) => go_on(config, &how).await,
    }
}

/// The proof of a record, by its index number or the number of a proof.
async fn proof(config: &Config, record: &str, out: Option<&Path>, json: bool) -> Result<(), Fail> {
    house::must_exist(config)?;
    let wrong = || Fail::usage("写索引号或凭证号，如 4302SHILI/2026-00001 或 4302SHILI/2026-00001-1。");
    let number = rules::number(record).ok_or_else(wrong)?;
    let app = house::open(config).await?;
    integrator::look(&app).await?;
    let row = version(&app, &format!("/records/{}", number.index_no), number.version).await?;
    let held = prove::of_version(&app, &row).await?.ok_or_else(|| Fail::no("没有这一版的登记条目。"))?;
    let Standing::In(proof) = held.standing else {
        return Err(Fail::no("凭证还没有生成。服务运行着的，几秒后再试。"));
    };
    let text = if json {
        let all = serde_json::json!({"number": format!("{}-{}", number.index_no, row.version),
            "position": held.position, "statement": held.opening.statement, "salt": held.opening.salt,
            "content": held.opening.content, "late": held.opening.late, "proof": proof.to_string()});
        format!("{all:#}\n")
    } else {
        proof.to_string()
    };
    match out {
        Some(out) => std::fs::write(out, text)?,
        None => print!("{text}"),
    }
    Ok(())
}

async fn version(app: &App, path: &str, n: Option<i64>) -> Result<public_version::Model, Fail> {
    let public = app.store.public();
    let page = public.find::<public_page::Entity>().filter(public_page::Column::Path.eq(path)).one().await?;
    let page = page.ok_or_else(|| Fail::no("没有这份公开的信息，或者已经撤下。"))?;
    let find = public.find::<public_version::Entity>().filter(public_version::Column::Path.eq(path));
    let row = find.filter(public_version::Column::Version.eq(n.unwrap_or(page.version))).one().await?;
    row.ok_or_else(|| Fail::no("没有这一版。"))
}

/// Lifts a doubt in the way that the person has chosen.
async fn go_on(config: &Config, how: &Resume) -> Result<(), Fail> {
    house::must_exist(config)?;
    let _lock = lock::take(&config.data)?;
    let app = house::open(config).await?;
    match (&how.checkpoint, &how.tiles, how.new_log) {
        (Some(file), None, false) => {
            let note =
                Note::parse(&std::fs::read(file)?).map_err(|_| Fail::no("这不是签发记录（checkpoint）文件。"))?;
            let size = resume::by_checkpoint(&app, &note).await?;
            eprintln!("已恢复签发，从第 {} 条接着登记。", size + 1);
        }
        (None, Some(from), false) => {
            let note = Source::of(from)?.checkpoint().await?;
            let entries = entries(&Source::of(from)?, &note, resume::size(&app).await?).await?;
            let count = resume::by_entries(&app, &note, &entries).await?;
            eprintln!("已从副本补回 {count} 条，恢复签发。");
        }
        (None, None, true) => {
            let origin = resume::new_log(&app).await?;
            eprintln!("已另立登记簿 {origin}，第一条写明接着哪一本。启动服务后，原有的条目会重新登记。");
        }
        _ => return Err(Fail::usage("--checkpoint、--tiles、--new-log 写一个。")),
    }
    Ok(())
}

/// The statements of a copy from a position to the end of its checkpoint.
async fn entries(source: &Source, note: &Note, from: u64) -> Result<Vec<String>, Fail> {
    let checkpoint = ledger::Checkpoint::parse(note.text()).map_err(Fail::fault)?;
    let size = checkpoint.head().size;
    let mut all = vec![];
    while from + (all.len() as u64) < size {
        let next = from + all.len() as u64;
        let tile = Tile::of_statement(next, size).ok_or_else(|| Fail::fault("no such bundle"))?;
        let bytes = source.tile(tile).await?.ok_or_else(|| Fail::no(format!("副本里没有 {tile}。")))?;
        let some = statements(&bytes).map_err(|e| Fail::no(format!("副本里的 {tile} 读不懂：{e}")))?;
        let texts = some.iter().skip((next % 256) as usize).map(|s| String::from_utf8(s.to_vec()));
        all.extend(texts.collect::<Result<Vec<_>, _>>().map_err(Fail::fault)?);
    }
    Ok(all)
}
