//! A PostgreSQL of the benchmark's own, with its defaults, for `pgbench`: what a user's own system would commit on this
//! disk in the same minute.

use crate::fail::Fail;
use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Rows of `pgbench` in units of 100,000: as many branches as keep 64 clients out of each other's way.
const SCALE: &str = "64";
/// One for each of two cores.
const THREADS: &str = "2";

/// Runs until it is dropped; nothing of it stays behind.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    /// It refuses to run as root, who lends it the user of Debian's packages.
    is_root: bool,
}

impl Postgres {
    /// Filled for `pgbench`. `None` where PostgreSQL with `pgbench` is not installed.
    pub fn start() -> Result<Option<Postgres>, Fail> {
        let Some(postgres) = Postgres::empty()? else { return Ok(None) };
        run(postgres.pgbench().args(["-i", "-q", "-s", SCALE, "postgres"]))?;
        Ok(Some(postgres))
    }

    /// `None` where PostgreSQL is not installed.
    pub fn empty() -> Result<Option<Postgres>, Fail> {
        let Some(programs) = find() else { return Ok(None) };
        let is_root = fs::metadata("/proc/self")?.uid() == 0;
        let mut postgres = Postgres { programs, folder: PathBuf::new(), is_root };
        let made = run(postgres.command(Path::new("mktemp")).args(["-d", "/tmp/mingtang-bench-pg.XXXXXX"]))?;
        postgres.folder = PathBuf::from(String::from_utf8_lossy(&made.stdout).trim());
        let data = postgres.folder.join("data");
        run(postgres.program("initdb").args(["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-D"]).arg(&data))?;
        let here = postgres.folder.display();
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{here}' -c max_connections=200");
        run(postgres.control(&["-w", "-l"]).arg(postgres.folder.join("log")).args(["-o", &options, "start"]))?;
        Ok(Some(postgres))
    }

    /// What `psql` prints for some statements, without alignment; `feed` writes them.
    pub fn psql(&self, feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<String, Fail> {
        let mut command = self.program("psql");
        command.arg("-h").arg(&self.folder).args(["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "postgres"]);
        let piped = command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut psql = piped.spawn()?;
        let told = match psql.stdin.take() {
            Some(mut to) => feed(&mut to),
            None => Ok(()),
        };
        let output = psql.wait_with_output()?;
        told?;
        if !output.status.success() {
            return Err(Fail::fault(format!("psql ended with {}", output.status)));
        }
        String::from_utf8(output.stdout).map_err(Fail::fault)
    }

    /// Transactions a second of `pgbench`'s simple-update: three statements and a durable commit each.
    pub fn simple_updates(&self, clients: usize, seconds: f64) -> Result<f64, Fail> {
        let (clients, seconds) = (clients.to_string(), seconds.ceil().max(1.0).to_string());
        let threads = if clients == "1" { "1" } else { THREADS };
        let load = ["-n", "-N", "-c", &clients, "-j", threads, "-T", &seconds, "postgres"];
        let said = run(self.pgbench().args(load))?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        rate.ok_or_else(|| Fail::fault(format!("pgbench gave no rate: {said}")))
    }

    fn pgbench(&self) -> Command {
        let mut command = self.program("pgbench");
        command.arg("-h").arg(&self.folder);
        command
    }

    fn control(&self, more: &[&str]) -> Command {
        let mut command = self.program("pg_ctl");
        command.arg("-D").arg(self.folder.join("data")).args(more);
        command
    }

    fn program(&self, name: &str) -> Command {
        self.command(&self.programs.join(name))
    }

    fn command(&self, program: &Path) -> Command {
        if !self.is_root {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.folder.as_os_str().is_empty() {
            return;
        }
        let _ = run(&mut self.control(&["-m", "immediate", "stop"]));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The newest of Debian's folders, or of the path.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    debian.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = debian.into_iter().rev().chain(std::env::split_paths(&path));
    all.into_iter().find(|folder| ["pgbench", "initdb", "pg_ctl"].iter().all(|name| folder.join(name).is_file()))
}

/// Runs a program to its end; its own words where it fails. A server that it starts keeps no pipe of ours open.
fn run(command: &mut Command) -> Result<Output, Fail> {
    let starts_server = command.get_args().any(|arg| arg == "start");
    let command = command.current_dir("/").stdin(Stdio::null());
    if starts_server {
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        return if status.success() {
            Ok(Output { status, stdout: vec![], stderr: vec![] })
        } else {
            fail(command, "")
        };
    }
    let output = command.output()?;
    if output.status.success() { Ok(output) } else { fail(command, &String::from_utf8_lossy(&output.stderr)) }
}

fn fail(command: &Command, says: &str) -> Result<Output, Fail> {
    Err(Fail::fault(format!("{command:?} failed: {}", says.trim())))
}
