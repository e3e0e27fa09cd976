//! The command line: a contract, others script it.

use crate::config::Flags;
use clap::{Parser, Subcommand, ValueEnum};
use kernel::{Day, Instant};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "mingtang", version, about = "明堂：政务公开平台。", disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[arg(long, global = true, value_name = "DIR", help = "数据目录，默认 ./data")]
    pub data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE", help = "配置文件，默认 ./mingtang.toml（可以没有）")]
    pub config: Option<PathBuf>,
}

impl Args {
    /// What the flags say of the configuration.
    pub fn flags(&self) -> Flags {
        let mut flags = Flags { data: self.data.clone(), ..Flags::default() };
        if let Command::Serve(serve) = &self.command {
            flags.listen = serve.listen;
            flags.public = serve.public;
            flags.desk = serve.desk;
            flags.api = serve.api;
        }
        flags
    }
}

#[derive(Subcommand)]
pub enum Command {
    #[command(about = "启动门户和工作台")]
    Serve(Serve),
    #[command(about = "把 JSONL、CSV、TXT、HTML、DOCX、XLSX、PPTX、PDF、OFD 导入为草稿；同一份再导入一次，会再建一份")]
    Import(Import),
    #[command(about = "备份到一个文件，可以边运行边备份；密钥不在备份里")]
    Backup { file: PathBuf },
    #[command(about = "从备份恢复到空的数据目录或空的数据库")]
    Restore { file: PathBuf },
    #[command(about = "算期限：一件事最迟哪天办结，为什么")]
    Due(Due),
    #[command(about = "工作日历：一年里哪天上班，哪天放假")]
    Calendar {
        #[arg(help = "年份，如 2026")]
        year: i16,
        #[arg(long, help = "输出 JSON：这一年的每一天")]
        json: bool,
    },
    #[command(subcommand, about = "法律数据")]
    Law(Law),
    #[command(subcommand, about = "登记簿：核验、取凭证、停签后恢复")]
    Ledger(Ledger),
    #[command(subcommand, about = "密钥：导出、放回、更换")]
    Keys(Keys),
    #[command(about = "由事实重新推出派生数据")]
    Rebuild {
        #[arg(default_value = "public")]
        what: Derived,
    },
    #[command(subcommand, about = "账号")]
    User(User),
    #[command(subcommand, about = "科室")]
    Section(Section),
    #[command(subcommand, about = "公开主体")]
    Body(Body),
    #[command(subcommand, about = "统计报告")]
    Report(Report),
    #[command(about = "扫描文件：密级标志、个人信息、错别字、隐藏内容")]
    Scan(Scan),
    #[command(about = "测速：自造数据，同时让 nginx（如已安装）发同样的字节，打印与目标的比")]
    Bench(Bench),
    #[command(about = "检查这套安装有什么问题，怎么办")]
    Doctor {
        #[arg(long, help = "输出 JSON")]
        json: bool,
    },
    /// Started by the program itself: see `reading.rs`.
    #[command(hide = true)]
    ReadPaper,
    #[command(hide = true)]
    CopyPaper,
}

#[derive(clap::Args)]
pub struct Serve {
    #[arg(long, help = "数据目录是空的时候，建立演示机关、账号和内容")]
    pub demo: bool,
    #[arg(long, value_name = "ADDR:PORT", help = "门户、工作台、接口都在这个地址，默认 127.0.0.1:8080")]
    pub listen: Option<SocketAddr>,
    #[arg(long, value_name = "ADDR:PORT", help = "只有门户，没有任何工作台地址")]
    pub public: Option<SocketAddr>,
    #[arg(long, value_name = "ADDR:PORT", help = "只有工作台")]
    pub desk: Option<SocketAddr>,
    #[arg(long, value_name = "ADDR:PORT", help = "只有接口")]
    pub api: Option<SocketAddr>,
}

#[derive(clap::Args)]
pub struct Import {
    #[arg(required = true, value_name = "PATH", help = "文件或目录，目录连同下级")]
    pub paths: Vec<PathBuf>,
    #[arg(long, help = "信息种类，如 notice；JSONL 里写明的以 JSONL 为准")]
    pub kind: Option<String>,
    #[arg(long, help = "旧网站的页：JSONL 或者 CSV，写明原网址、原公开日期和存档摘要；导入后等待补录决定")]
    pub old: bool,
    #[arg(long = "as", value_name = "USER", help = "记为谁的草稿（登录名）；只有一位经办人时可以不写")]
    pub user: Option<String>,
}

#[derive(clap::Args)]
pub struct Scan {
    #[arg(required = true, value_name = "PATH", help = "文件或目录，目录连同下级")]
    pub paths: Vec<PathBuf>,
    #[arg(long, help = "输出 JSON，一个文件一行")]
    pub json: bool,
    #[arg(long, help = "TXT 文件里每一行当作一份文件，各有一行结果")]
    pub lines: bool,
}

#[derive(clap::Args)]
pub struct Due {
    #[arg(help = "条款编号，如 OGI-REPLY")]
    pub clause: String,
    #[arg(long, value_name = "DATE[THH:MM]", value_parser = moment, help = "起算的日子；按小时算的期限要写到分")]
    pub from: Instant,
    #[arg(long, value_name = "DATE", value_parser = day_or_moment, help = "当作今天的日子；不写就是今天")]
    pub on: Option<Instant>,
    #[arg(long, help = "逐日说明为什么是这一天")]
    pub explain: bool,
    #[arg(long, help = "输出 JSON，逐日的说明也在里面")]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum Law {
    #[command(about = "检查法律数据：读得懂吗，有没有重叠和空档，算例都对吗，哪些还没有核对原文")]
    Check {
        #[arg(long, help = "输出 JSON")]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum Report {
    #[command(about = "政府信息公开工作年度报告的三张表，由办理情况算出；勾稽关系不成立时退出码为 1")]
    Annual {
        #[arg(help = "年份，如 2026")]
        year: i16,
        #[arg(long, help = "输出 JSON")]
        json: bool,
        #[arg(long, value_name = "FILE", help = "另存为 XLSX 文件")]
        xlsx: Option<PathBuf>,
        #[arg(long, value_name = "ORG", help = "机构代码；只有一个公开主体时可以不写")]
        body: Option<String>,
    },
}

#[derive(Subcommand)]
pub enum Ledger {
    #[command(about = "核验整本登记簿，或者一份凭证；不写 FILE 和 --url，核验数据目录里的")]
    Verify(Verify),
    #[command(about = "取一份公开信息的凭证文件")]
    Proof {
        #[arg(value_name = "RECORD", help = "索引号或凭证号，如 4302SHILI/2026-00001")]
        record: String,
        #[arg(long, value_name = "FILE", help = "写到文件，不写就输出")]
        out: Option<PathBuf>,
        #[arg(long, help = "输出 JSON，凭证也在里面")]
        json: bool,
    },
    #[command(about = "停签以后恢复签发；先停下服务")]
    Resume(Resume),
}

#[derive(clap::Args)]
pub struct Verify {
    #[arg(value_name = "FILE", help = "凭证文件（.tlog-proof）")]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "URL", help = "网站地址，如 https://zwgk.example.gov.cn")]
    pub url: Option<String>,
    #[arg(long, value_name = "KEY", help = "公钥（vkey），或存公钥的文件")]
    pub key: Option<String>,
    #[arg(long, help = "输出 JSON")]
    pub json: bool,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct Resume {
    #[arg(long, value_name = "FILE", help = "找得到的最新签发记录（checkpoint 文件），没有比它更新的")]
    pub checkpoint: Option<PathBuf>,
    #[arg(long, value_name = "URL|DIR", help = "公开的登记簿副本，补回数据库里缺的条目")]
    pub tiles: Option<String>,
    #[arg(long, help = "另立一本登记簿，第一条写明接着哪一本")]
    pub new_log: bool,
}

#[derive(Subcommand)]
pub enum Keys {
    #[command(about = "把密钥目录用口令加密，写到一个文件")]
    Export {
        file: PathBuf,
        #[arg(long, help = "从标准输入读取口令")]
        stdin: bool,
    },
    #[command(about = "把导出的密钥放回密钥目录；已有的不覆盖")]
    Import {
        file: PathBuf,
        #[arg(long, help = "从标准输入读取口令")]
        stdin: bool,
    },
    #[command(about = "更换登记簿的签名密钥，新公钥先写进登记簿；先停下服务")]
    Rotate,
}

#[derive(clap::Args)]
pub struct Bench {
    #[arg(
        value_name = "NAME",
        help = "只测一行，如 W1、C1、P1、due；papers 就是 P1；clocks、import、ledger、intake、scan、search 只在点名时测"
    )]
    pub name: Option<String>,
    #[arg(
        long,
        alias = "documents",
        value_delimiter = ',',
        help = "件数，可以写几个；公开信息默认 1000,10000,100000，期限默认 1000000，登记簿默认 1000,100000,1000000"
    )]
    pub records: Vec<u64>,
    #[arg(long, default_value_t = 3.0, help = "每轮每个对象测几秒")]
    pub seconds: f64,
    #[arg(long, default_value_t = 5, help = "几轮")]
    pub rounds: u32,
    #[arg(long, help = "W4、W5 旁边同场测 Wagtail，现装在临时目录里，要有 python3-venv 和网络")]
    pub peers: bool,
    #[arg(long, default_value_t = 20170526, help = "造数据的种子")]
    pub seed: u64,
    #[arg(long, help = "输出 JSON")]
    pub json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Derived {
    Public,
    Search,
}

#[derive(Subcommand)]
pub enum User {
    #[command(about = "新增账号，密码只显示一次")]
    Add {
        login: String,
        #[arg(long, help = "姓名或岗位名称")]
        name: String,
        #[arg(long, value_name = "CODE", help = "科室代码")]
        section: String,
        #[arg(long = "duty", value_name = "DUTY", help = "岗位，可以写多次，如 --duty draft")]
        duties: Vec<String>,
        #[arg(long, value_name = "ORG", help = "机构代码；只有一个公开主体时可以不写")]
        body: Option<String>,
        #[arg(long, help = "从标准输入读取密码")]
        stdin: bool,
    },
    #[command(about = "列出账号")]
    List {
        #[arg(long, help = "输出 JSON")]
        json: bool,
    },
    #[command(about = "停用账号，并立即结束它的登录")]
    Disable { login: String },
    #[command(about = "重置密码，并立即结束它的登录")]
    Password {
        login: String,
        #[arg(long, help = "从标准输入读取密码")]
        stdin: bool,
    },
}

#[derive(Subcommand)]
pub enum Section {
    #[command(about = "新增科室")]
    Add {
        code: String,
        #[arg(long)]
        name: String,
        #[arg(long, value_name = "ORG", help = "机构代码；只有一个公开主体时可以不写")]
        body: Option<String>,
    },
    #[command(about = "列出科室")]
    List {
        #[arg(long, help = "输出 JSON")]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum Body {
    #[command(about = "新增公开主体（服务停着的时候）")]
    Add {
        #[arg(long, help = "组织机构代码，九位")]
        org: String,
        #[arg(long, help = "机关全称")]
        name: String,
        #[arg(long, default_value = "", help = "域名；只有一个公开主体时可以不写")]
        host: String,
    },
    #[command(about = "列出公开主体")]
    List {
        #[arg(long, help = "输出 JSON")]
        json: bool,
    },
}

/// `2026-02-02`, which is its beginning, or `2026-02-02T16:30`.
fn moment(text: &str) -> Result<Instant, String> {
    let at = if text.contains('T') { Instant::parse(text) } else { Day::parse(text).map(Day::start) };
    at.ok_or_else(|| "写成 2026-02-02 或 2026-02-02T16:30。".to_owned())
}

/// As [`moment`], but a day alone is meant to its end.
fn day_or_moment(text: &str) -> Result<Instant, String> {
    let at = moment(text)?;
    Ok(if text.contains('T') { at } else { at.day().plus(1).start().plus_ms(-1) })
}
