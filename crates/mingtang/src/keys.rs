//! `mingtang keys`: the keys folder under a passphrase, and the log's next keys.

use crate::args::Keys;
use crate::config::Config;
use crate::fail::Fail;
use crate::{house, lock};
use app::proof::{chest, resume};
use std::io::{IsTerminal, Read};
use std::path::Path;

pub async fn run(config: &Config, what: Keys) -> Result<(), Fail> {
    let folder = config.data.join("keys");
    match what {
        Keys::Export { file, stdin } => {
            if !folder.exists() {
                return Err(Fail::no(format!("没有 {}。", folder.display())));
            }
            let passphrase = passphrase(stdin, true)?;
            let (text, names) = chest::lock(&folder, &passphrase)?;
            keep(&file, &text)?;
            eprintln!("已导出 {} → {}。口令请另外保管，丢了打不开。", names.join("、"), file.display());
        }
        Keys::Import { file, stdin } => {
            house::make_folder(&config.data)?;
            let _lock = lock::take(&config.data)?;
            let text = std::fs::read_to_string(&file)?;
            let names = chest::unlock(&text, &passphrase(stdin, false)?, &folder)?;
            eprintln!("已放回 {}。", names.join("、"));
        }
        Keys::Rotate => {
            house::must_exist(config)?;
            let _lock = lock::take(&config.data)?;
            let vkeys = resume::rotate(&house::open(config).await?).await?;
            eprintln!("新公钥已写进登记簿，由旧密钥签发，现在启用：");
            print!("{vkeys}");
            eprintln!("请重新运行 mingtang keys export，另行保管。");
        }
    }
    Ok(())
}

/// Durable, and its owner's only.
fn keep(file: &Path, text: &str) -> Result<(), Fail> {
    let file = if file.parent() == Some(Path::new("")) { Path::new(".").join(file) } else { file.to_owned() };
    Ok(store::write_durably(&file, text.as_bytes())?)
}

fn passphrase(stdin: bool, twice: bool) -> Result<String, Fail> {
    if stdin || !std::io::stdin().is_terminal() {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    let once = rpassword::prompt_password("口令：")?;
    if twice && rpassword::prompt_password("再输一次：")? != once {
        return Err(Fail::usage("两次输入不一样。"));
    }
    Ok(once)
}
