//! The servers under load, each a process of its own: this very program, and nginx with the same bytes.

use super::client::{Client, Expect, Request};
use super::process;
use crate::clock::Stopwatch;
use crate::fail::Fail;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long a server may take to answer, and to end, in seconds.
const PATIENCE: f64 = 60.0;
/// How long one that is dropped may take to end by itself, in seconds.
const FAREWELL: f64 = 15.0;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(1);
/// How long a server uses next to no processor before it has come to rest.
const QUIET: Duration = Duration::from_millis(500);
/// A worker for each of two cores, as the aims have it.
const WORKERS: u32 = 2;

/// A process that serves until it is stopped or dropped.
pub struct Server {
    pub at: SocketAddr,
    child: Child,
    stop: Command,
}

impl Server {
    /// `mingtang serve` on a data folder, as a bureau runs it behind one proxy, logging warnings only (nginx is given
    /// no access log either). Returns once it listens.
    pub async fn ours(data: &Path) -> Result<Server, Fail> {
        let server = Server::spawn_ours(data)?;
        server.answers(&Request::get("/healthz", Expect::Status(200))).await
    }

    /// Seconds from its start to the first right answer to `request`.
    pub async fn cold_start(data: &Path, request: &Request) -> Result<(f64, Server), Fail> {
        let watch = Stopwatch::start();
        let server = Server::spawn_ours(data)?.answers(request).await?;
        Ok((watch.seconds(), server))
    }

    fn spawn_ours(data: &Path) -> Result<Server, Fail> {
        let (at, config) = (free_port()?, data.join("bench.toml"));
        fs::write(&config, "log = 'warn'\ntrusted_proxies = 1\n")?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("serve").arg("--data").arg(data).arg("--config").arg(config).arg("--listen").arg(at.to_string());
        // The installation of whoever asks for a benchmark is none of its business.
        for (name, _) in std::env::vars_os().filter(|(n, _)| n.to_string_lossy().starts_with("MINGTANG_")) {
            command.env_remove(name);
        }
        Server::started(at, &mut command, &data.join("serve.log"))
    }

    /// A program that ends when it is asked to (SIGTERM). Its words go to `log`.
    pub fn started(at: SocketAddr, command: &mut Command, log: &Path) -> Result<Server, Fail> {
        let child = quiet(command, log)?.spawn()?;
        let mut stop = Command::new("kill");
        stop.arg(child.id().to_string());
        Ok(Server { at, child, stop })
    }

    /// Returns once it listens; its answer must be right.
    pub async fn answers(mut self, request: &Request) -> Result<Server, Fail> {
        let watch = Stopwatch::start();
        while watch.seconds() < PATIENCE {
            if let Ok(mut client) = Client::connect(self.at).await {
                client.ask_right(request).await?;
                return Ok(self);
            }
            if let Some(ended) = self.child.try_wait()? {
                return Err(Fail::fault(format!("a server ended before it answered ({ended})")));
            }
            tokio::time::sleep(LOOK).await;
        }
        Err(Fail::fault("a server did not answer within a minute"))
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// CPU time of the process and its children.
    pub fn cpu(&self) -> Result<process::Cpu, Fail> {
        process::Cpu::of(&process::family(self.pid())?)
    }

    /// Waits until it has done what every start does beside serving (the night's work that was missed): no part of a
    /// page's cost.
    pub async fn settles(&self) -> Result<(), Fail> {
        let watch = Stopwatch::start();
        let mut before = self.cpu()?;
        while watch.seconds() < PATIENCE {
            tokio::time::sleep(QUIET).await;
            let now = self.cpu()?;
            if now.since(&before) < QUIET.as_secs_f64() / 50.0 {
                return Ok(());
            }
            before = now;
        }
        Err(Fail::fault("a server that nobody asks anything does not come to rest within a minute"))
    }

    /// Asks it to end and waits, so that the next start finds everything put away.
    pub async fn stop(mut self) -> Result<(), Fail> {
        self.stop.status()?;
        let watch = Stopwatch::start();
        while self.child.try_wait()?.is_none() {
            if watch.seconds() > PATIENCE {
                return Err(Fail::fault("a server did not end within a minute"));
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

impl Drop for Server {
    /// Nothing of ours stays behind, whatever went wrong. A killed nginx would leave its workers: it is asked first.
    fn drop(&mut self) {
        let has_ended = |child: &mut Child| matches!(child.try_wait(), Ok(Some(_)));
        if has_ended(&mut self.child) {
            return;
        }
        let _ = self.stop.status();
        let watch = Stopwatch::start();
        while !has_ended(&mut self.child) && watch.seconds() < FAREWELL {
            std::thread::sleep(LOOK);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// nginx: a static file and a cache before us, at two addresses of the same workers.
pub struct Nginx {
    pub server: Server,
    /// Where the same bytes come out of `proxy_cache`.
    pub cache_at: SocketAddr,
}

impl Nginx {
    /// Serves `page` at every path; `behind` is where the cache fetches it from. `None` where nginx is not installed.
    pub async fn start(folder: &Path, page: &[u8], behind: SocketAddr) -> Result<Option<Nginx>, Fail> {
        let Some(program) = find() else { return Ok(None) };
        fs::create_dir_all(folder)?;
        fs::write(folder.join("page.html"), page)?;
        let (at, cache_at) = (free_port()?, free_port()?);
        fs::write(folder.join("nginx.conf"), config(folder, at, cache_at, behind)?)?;
        let run = |more: &[&str]| {
            let mut command = Command::new(&program);
            command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf"));
            command.arg("-e").arg(folder.join("error.log")).args(more);
            command
        };
        let child = quiet(&mut run(&[]), &folder.join("nginx.log"))?.spawn()?;
        let mut stop = run(&["-s", "stop"]);
        quiet(&mut stop, &folder.join("stop.log"))?;
        let server = Server { at, child, stop };
        let server = server.answers(&Request::get("/page.html", Expect::Length(page.len()))).await?;
        Ok(Some(Nginx { server, cache_at }))
    }
}

fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/local/sbin")]);
    places.map(|p| p.join("nginx")).find(|p| p.is_file())
}

fn config(folder: &Path, at: SocketAddr, cache_at: SocketAddr, behind: SocketAddr) -> Result<String, Fail> {
    let here = folder.display();
    // Workers of a root's nginx would not be let into the folder.
    let user = if fs::metadata(folder)?.uid() == 0 { "user root;" } else { "" };
    let temps =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|t| format!("{t}_temp_path {here}/{t};")).join("\n");
    Ok(format!(
        "daemon off;\n{user}\nworker_processes {WORKERS};\npid {here}/nginx.pid;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\naccess_log off;\nsendfile on;\ntcp_nopush on;\nopen_file_cache max=16;\n\
         keepalive_requests 1000000000;\ntypes {{ text/html html; }}\ncharset utf-8;\n{temps}\n\
         proxy_cache_path {here}/cache levels=1 keys_zone=pages:1m;\n\
         server {{ listen {at}; root {here}; }}\n\
         server {{ listen {cache_at}; location / {{\nproxy_pass http://{behind};\n\
         proxy_set_header Host $host;\nproxy_set_header Accept-Encoding '';\n\
         proxy_cache pages;\nproxy_cache_valid 200 1h;\n\
         proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;\n}} }}\n}}\n"
    ))
}

/// A free port of this machine; who takes it first has it.
pub fn free_port() -> Result<SocketAddr, Fail> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

fn quiet<'a>(command: &'a mut Command, log: &Path) -> Result<&'a mut Command, Fail> {
    let log = fs::File::create(log)?;
    Ok(command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log))
}
