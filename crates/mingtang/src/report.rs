//! `mingtang report`: what statistics count, on the command line.

use crate::args::Report;
use crate::config::Config;
use crate::fail::Fail;
use crate::house;
use app::report::{out, rules, store};

/// Exit status 0 where every identity holds, 1 where one does not.
pub async fn run(config: &Config, what: Report) -> Result<(), Fail> {
    let Report::Annual { year, json, xlsx, body } = what;
    house::must_exist(config)?;
    let app = house::open(config).await?;
    let body = house::body_of(&app, body.as_deref())?;
    let annual = store::annual(&app.store, &body.id, year).await?;
    let before = store::before(app.store.read(), &body.id, year).await?;
    if let Some(file) = xlsx {
        std::fs::write(&file, out::xlsx(&annual)?)
            .map_err(|e| Fail::usage(format!("写不了 {}：{e}", file.display())))?;
    }
    if json {
        println!("{:#}", out::json(&annual));
    } else {
        print!("{}", out::text(&annual));
    }
    let mut wrong = rules::faults(&annual.tables);
    wrong.extend(before.iter().flat_map(|before| rules::untied(before, &annual.tables)));
    if wrong.is_empty() { Ok(()) } else { Err(Fail::no(format!("勾稽关系不成立：{}。", wrong.join("；")))) }
}
