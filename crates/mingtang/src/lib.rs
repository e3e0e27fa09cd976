//! mingtang: configuration, sockets, arguments, wiring. It holds no rule; a command is a file.

mod args;
mod backup;
mod bench;
pub mod clock;
pub mod config;
pub mod demo;
mod doctor;
mod fail;
mod house;
mod import;
mod item;
mod keys;
mod law;
mod lock;
mod logs;
pub mod old;
mod ops;
mod proof;
mod reading;
mod report;
mod scanning;
mod serve;
mod user;

use args::{Args, Command};
use clap::Parser;
use config::Config;
use fail::Fail;
use std::path::PathBuf;
use std::process::ExitCode;

/// Parses the arguments and does what they say. 0 done, 1 the answer is no, 2 wrong usage, 3 fault.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let done = start(args);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fail) => {
            eprintln!("{fail}");
            ExitCode::from(fail.code())
        }
    }
}

fn start(args: Args) -> Result<(), Fail> {
    if matches!(args.command, Command::ReadPaper | Command::CopyPaper) {
        return reading::run(matches!(args.command, Command::CopyPaper));
    }
    let config = Config::read(args.config.as_deref(), &args.flags())?;
    logs::start(&config.log, matches!(args.command, Command::Serve(_)))?;
    // Refused only where one is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Fail::fault)?;
    runtime.block_on(obey(config, args.data, args.command))
}

async fn obey(config: Config, data: Option<PathBuf>, command: Command) -> Result<(), Fail> {
    match command {
        Command::Serve(serve) => serve::run(&config, serve.demo).await,
        Command::Import(import) => import::run(&config, &import).await,
        Command::Due(asked) => law::due(&config, &asked).await,
        Command::Calendar { year, json } => law::calendar(&config, year, json).await,
        Command::Law(args::Law::Check { json }) => law::check(&config, json).await,
        Command::Backup { file } => backup::backup(&config, &file).await,
        Command::Restore { file } => backup::restore(&config, &file).await,
        Command::Ledger(what) => proof::run(&config, what).await,
        Command::Keys(what) => keys::run(&config, what).await,
        Command::Rebuild { what: args::Derived::Public } => backup::rebuild(&config).await,
        Command::Rebuild { what: args::Derived::Search } => backup::rebuild_search(&config).await,
        Command::User(what) => user::user(&config, what).await,
        Command::Section(what) => user::section(&config, what).await,
        Command::Body(what) => user::body(&config, what).await,
        Command::Report(what) => report::run(&config, what).await,
        Command::Scan(what) => scanning::run(&what, data.is_some().then_some(&config)).await,
        Command::Bench(what) => bench::run(data, &what).await,
        Command::Doctor { json } => doctor::run(&config, json).await,
        Command::ReadPaper => reading::run(false),
        Command::CopyPaper => reading::run(true),
    }
}
