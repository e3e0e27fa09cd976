//! Opening the data folder and what lies in it.

use crate::clock;
use crate::config::Config;
use crate::fail::Fail;
use crate::law;
use app::body::Body;
use app::reader::Reader;
use app::{App, Settings};
use std::path::{Path, PathBuf};

/// Makes the data folder if it is not there; nobody else may look into it.
pub fn make_folder(data: &Path) -> Result<(), Fail> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data).map_err(|e| Fail::fault(e).during(&format!("建不了数据目录 {}", data.display())))
}

/// Opens the app as the configuration says, and brings its schema up to date.
pub async fn open(config: &Config) -> Result<App, Fail> {
    make_folder(&config.data)?;
    let settings = Settings {
        database: config.database()?,
        blobs: config.blobs()?,
        keys: config.data.join("keys"),
        ledger: config.data.join("ledger"),
        search: config.data.join("search"),
        sm2: config.sm2(),
        removals: Some(config.data.join("removed.log")),
        base_url: config.base_url(),
        trusted_proxies: config.trusted_proxies(),
        clock: clock::system(),
        law: law::sources(config)?,
        reader: Reader::apart(own_program()?),
        city: config.outlet()?,
        inside: config.inside(),
        fonts: config.fonts_dir.clone(),
    };
    Ok(App::open(settings).await?)
}

/// This very program, also after a newer one was put in its place.
pub fn own_program() -> Result<PathBuf, Fail> {
    let link = Path::new("/proc/self/exe");
    if link.exists() { Ok(link.into()) } else { Ok(std::env::current_exe()?) }
}

/// The data must be there already.
pub fn must_exist(config: &Config) -> Result<(), Fail> {
    if config.is_own_file() && !config.sqlite_file().exists() {
        let data = config.data.display();
        return Err(Fail::no(format!(
            "{data} 里还没有数据。请用 --data 指明数据目录，或先运行 mingtang body add 或 mingtang serve。"
        )));
    }
    Ok(())
}

/// The body with this organisation code; the only one where none is named.
pub fn body_of(app: &App, org: Option<&str>) -> Result<Body, Fail> {
    let all = app.bodies();
    match (org, all.as_slice()) {
        (Some(org), _) => {
            let found = all.iter().find(|b| b.org == org).cloned();
            found.ok_or_else(|| Fail::no(format!("没有机构代码为 {org} 的公开主体。请用 mingtang body list 查看。")))
        }
        (None, [only]) => Ok(only.clone()),
        (None, []) => Err(Fail::no(NO_BODY)),
        (None, _) => Err(Fail::usage("有不止一个公开主体。请用 --body 写明机构代码。")),
    }
}

/// What to do where no body exists yet.
pub const NO_BODY: &str = "\
还没有公开主体。先建立机关、科室和账号，再启动：
  mingtang body add --org 组织机构代码 --name 机关全称
  mingtang section add office --name 局办公室
  mingtang user add guanli --name 系统管理员 --section office --duty administration
  mingtang serve
只想看一看：mingtang serve --demo";
