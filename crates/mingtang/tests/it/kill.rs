//! kill -9 under load, again and again: what was acknowledged is there, and nothing is half done.

use crate::client::between;
use crate::wire::new_database;
use ledger::{Head, Tree};
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;
use store::{Read, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const KILLS: usize = 100;
const CLIENTS: usize = 16;
/// In one life of so many the program is left alive until it has signed a checkpoint.
const SIGNED: usize = 5;

/// Ours to kill; killed in any case.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port")
}

fn program(data: &Path, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingtang"));
    command.env("MINGTANG_DATABASE", database).env("MINGTANG_TRUSTED_PROXIES", "1").env("MINGTANG_LOG", "error");
    command.env("MINGTANG_DATA", data).current_dir(data);
    command
}

/// Starts the program and waits until it answers.
async fn start(data: &Path, database: &str, at: SocketAddr) -> Program {
    let mut serve = program(data, database);
    serve.args(["serve", "--listen", &at.to_string()]).stdout(Stdio::null());
    let running = Program(serve.spawn().expect("starts"));
    for _ in 0..1500 {
        if matches!(ask(at, "GET", "/correction", "").await, Some((200, _, _))) {
            return running;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the program does not come up again");
}

/// One request on a connection of its own: status, location, body. `None` where the connection broke.
async fn ask(at: SocketAddr, method: &str, path: &str, form: &str) -> Option<(u16, String, String)> {
    static SENDER: AtomicU32 = AtomicU32::new(0);
    let n = SENDER.fetch_add(1, SeqCst);
    let mut stream = TcpStream::connect(at).await.ok()?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: demo.invalid\r\nConnection: close\r\nX-Forwarded-For: 10.{}.{}.{}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        n >> 16 & 255,
        n >> 8 & 255,
        n & 255,
        form.len()
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    let mut bytes = vec![];
    stream.read_to_end(&mut bytes).await.ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.get(9..12)?.parse().ok()?;
    let location = between(&text.to_ascii_lowercase(), "\r\nlocation: ", "\r\n").unwrap_or_default();
    Some((status, location, text))
}

/// How often a client asks again, with the same token, where the program said that it could not answer just now.
const AGAIN: usize = 3;

/// Sends corrections until the program is gone. Returns the receipts that were acknowledged.
async fn send_until_gone(at: SocketAddr, acknowledged: Arc<AtomicU32>) -> Vec<String> {
    let mut receipts = vec![];
    loop {
        let Some((_, _, page)) = ask(at, "GET", "/correction?page=/about", "").await else { return receipts };
        let Some(once) = between(&page, "name=\"once\" value=\"", "\"") else { return receipts };
        let form = format!("once={once}&page=/about&topic=wrong&what=mistake");
        let mut answer = ask(at, "POST", "/correction", &form).await;
        for _ in 0..AGAIN {
            if !matches!(answer, Some((500.., ..))) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            answer = ask(at, "POST", "/correction", &form).await;
        }
        match answer {
            Some((303, receipt, _)) => {
                receipts.push(receipt);
                acknowledged.fetch_add(1, SeqCst);
            }
            Some((status, ..)) => panic!("a correction was answered {status}"),
            None => return receipts,
        }
    }
}

async fn count(read: &Read, sql: &str) -> i64 {
    let row = read.query_one_raw(Statement::from_string(read.get_database_backend(), sql)).await.expect("reads");
    row.expect("a count").try_get("", "n").expect("a number")
}

/// A submission is a row, a statement, a job and a journal line, or nothing.
async fn assert_whole(database: &str) -> i64 {
    let store = Store::open(database).await.expect("opens");
    let rows = count(store.read(), "SELECT COUNT(*) AS n FROM submission").await;
    for traces in [
        "SELECT COUNT(*) AS n FROM statement s JOIN submission m ON s.about = 'submission:' || m.id",
        "SELECT COUNT(*) AS n FROM statement WHERE about LIKE 'submission:%'",
        "SELECT COUNT(*) AS n FROM job j JOIN submission m ON j.arg = m.id WHERE j.name = 'submission-erase'",
        "SELECT COUNT(*) AS n FROM job WHERE name = 'submission-erase'",
        "SELECT COUNT(*) AS n FROM journal l JOIN submission m ON l.about = 'submission:' || m.id \
         WHERE l.what = 'receive'",
        "SELECT COUNT(*) AS n FROM journal WHERE what = 'receive'",
    ] {
        assert_eq!(count(store.read(), traces).await, rows, "{traces}");
    }
    rows
}

/// Size and root of a checkpoint as it was served.
fn checkpoint(answer: &str) -> Option<Head> {
    let (_, note) = answer.split_once("\r\n\r\n")?;
    let note = ledger::Note::parse(note.as_bytes()).ok()?;
    Some(*ledger::Checkpoint::parse(note.text()).ok()?.head())
}

async fn now_head(at: SocketAddr) -> Option<Head> {
    ask(at, "GET", "/ledger/checkpoint", "").await.and_then(|(_, _, answer)| checkpoint(&answer))
}

/// One that is larger than the last that was seen: whoever was killed leaves a lease that has to run out first.
async fn next_head(at: SocketAddr, last: Option<&Head>) -> Option<Head> {
    for _ in 0..1000 {
        let head = now_head(at).await;
        if head.is_some_and(|head| last.is_none_or(|last| head.size > last.size)) {
            return head;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no checkpoint in 20 seconds");
}

/// Every statement gets into the log; the log is whole; and whatever was ever shown is a beginning of it.
async fn assert_log(data: &Path, database: &str, at: SocketAddr, seen: &[Head]) {
    let store = Store::open(database).await.expect("opens");
    let all = count(store.read(), "SELECT COUNT(*) AS n FROM statement").await as u64;
    let mut head = None;
    for _ in 0..1000 {
        head = now_head(at).await;
        if head.is_some_and(|head| head.size == all) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(head.map(|head| head.size), Some(all), "every statement is in the log");
    let statements = store.placed(0, all).await.expect("no gap");
    let mut tree = Tree::new();
    let mut sizes: Vec<Head> = seen.to_vec();
    sizes.sort_by_key(|head| head.size);
    for head in sizes {
        let more: Vec<&str> =
            statements[tree.size() as usize..head.size as usize].iter().map(|s| s.bytes.as_str()).collect();
        tree = tree.grow(&more).expect("short").tree;
        assert_eq!(tree.head(), head, "what was shown is a beginning of the log");
    }
    assert!(seen.len() >= 10, "only {} checkpoints were seen: the test says nothing", seen.len());
    let verified = program(data, database).args(["ledger", "verify"]).status().expect("runs");
    assert!(verified.success(), "the log verifies");
}

async fn survives(data: &Path, database: &str, kills: usize) {
    let made = program(data, database)
        .args(["body", "add", "--org", "4302SHILI", "--name", "株洲市畜牧兽医水产局"])
        .stdout(Stdio::null())
        .status()
        .expect("runs");
    assert!(made.success(), "a body is made");
    let at = free_address();
    let (mut receipts, mut seen) = (BTreeSet::new(), vec![]);
    for round in 0..kills {
        let mut running = start(data, database, at).await;
        let acknowledged = Arc::new(AtomicU32::new(0));
        let clients: Vec<_> = (0..CLIENTS).map(|_| tokio::spawn(send_until_gone(at, acknowledged.clone()))).collect();
        // Under load, and each time at another moment of it.
        let head = if round % SIGNED == SIGNED - 1 { next_head(at, seen.last()).await } else { now_head(at).await };
        seen.extend(head);
        while acknowledged.load(SeqCst) < 3 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis((round as u64 * 7) % 50)).await;
        running.0.kill().expect("kill -9");
        running.0.wait().expect("gone");
        for client in clients {
            receipts.extend(client.await.expect("a client"));
        }
    }
    let rows = assert_whole(database).await;
    assert!(receipts.len() > kills, "only {} acknowledged: the test says nothing", receipts.len());
    assert!(rows as usize >= receipts.len(), "{rows} rows for {} acknowledged", receipts.len());
    let _running = start(data, database, at).await;
    for receipt in &receipts {
        let found =
            ask(at, "GET", &receipt.to_ascii_uppercase().replace("/CORRECTION/RECEIPT/", "/correction/receipt/"), "")
                .await;
        assert!(matches!(found, Some((200, ..))), "{receipt} was acknowledged and is lost: {found:?}");
    }
    assert_log(data, database, at, &seen).await;
    println!("{kills} kills, {} acknowledged, {rows} kept, none lost, none half", receipts.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let data = tempfile::tempdir().expect("a folder");
    let sqlite = format!("sqlite:{}", data.path().join("mingtang.db").display());
    match std::env::var("MINGTANG_TEST_PG") {
        Err(_) => survives(data.path(), &sqlite, KILLS).await,
        Ok(server) => {
            survives(data.path(), &sqlite, KILLS / 2).await;
            let data = tempfile::tempdir().expect("a folder");
            survives(data.path(), &new_database(&server), KILLS / 2).await;
        }
    }
}
