//! Uploaded files are read by a process of their own: whatever a file does to its reader, it does not do to us.

use bytes::Bytes;
use kernel::Refusal;
use paper::{Copied, Imported, Order, wire};
use serde::de::DeserializeOwned;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The sub-command that reads one file: its name and a line end, then its bytes, on standard input.
pub const COMMAND: &str = "read-paper";
/// The sub-command that makes a copy of one file: its name, a line end, what to take out as one line of JSON, a line
/// end, then its bytes, on standard input.
pub const COPY: &str = "copy-paper";
/// How many files are read at once.
const AT_ONCE: usize = 2;
/// Longer than the child's own limit of CPU time: it is met only where the machine is busy.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest answer, in bytes: the pictures of the largest file as base64, and its words twice.
const ANSWER_MOST: u64 = 160 << 20;

/// Reads files for every slice. Cheap to clone.
#[derive(Clone)]
pub struct Reader {
    /// The program whose sub-command reads; `None` reads within this process.
    program: Option<PathBuf>,
    slots: Arc<Semaphore>,
}

impl Reader {
    /// Reads with a process of its own for every file: `program` is our own executable.
    pub fn apart(program: PathBuf) -> Reader {
        Reader { program: Some(program), slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Reads within this process, without limits of memory and time: for tests of what is read.
    pub fn here() -> Reader {
        Reader { program: None, slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The words, blocks and pictures of a file.
    ///
    /// # Errors
    /// Of [`paper::read`]; `file-costly` where time or memory did not suffice; `file-reader` where our own machine is
    /// at fault.
    pub async fn read(&self, name: &str, bytes: Bytes) -> Result<Imported, Refusal> {
        let name = one_line(name);
        self.ask(COMMAND, name.clone(), bytes, move |bytes| wire::answer(&name, bytes)).await
    }

    /// A copy of a file without what nobody sees and without what `order` names, proved.
    ///
    /// # Errors
    /// Of [`paper::copy`]; `file-costly` and `file-reader` as for reading.
    pub async fn copy(&self, name: &str, bytes: Bytes, order: &Order) -> Result<Copied, Refusal> {
        let (name, order) = (one_line(name), wire::ordered(order));
        let head = format!("{name}\n{order}");
        self.ask(COPY, head, bytes, move |bytes| wire::answer_copy(&name, &order, bytes)).await
    }

    /// Has a file worked on: by the sub-command, whose input begins with `head`, or within this process by `here`.
    async fn ask<T: DeserializeOwned>(
        &self,
        command: &'static str,
        head: String,
        bytes: Bytes,
        here: impl FnOnce(&[u8]) -> Vec<u8> + Send + 'static,
    ) -> Result<T, Refusal> {
        if bytes.len() > paper::MAX_INPUT {
            return Err(refuse("file-size", "文件超过 50 MB。请拆分后再上传。"));
        }
        let slot = self.slots.clone().acquire_owned().await.map_err(|_| unable())?;
        let program = self.program.clone();
        let work = move || {
            let _slot = slot;
            match program {
                Some(program) => apart(&program, command, &head, &bytes),
                None => Ok(here(&bytes)),
            }
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(answer)) => wire::understand(&answer).unwrap_or_else(|| Err(costly())),
            Ok(Err(e)) => {
                tracing::error!("the reading process could not be started: {e}");
                Err(unable())
            }
            Err(_) => Err(wire::broken()),
        }
    }
}

fn one_line(name: &str) -> String {
    name.replace(['\n', '\r'], " ")
}

/// What the reading process answers; not whole where it ended early. It is given nothing of our environment but what
/// keeps its allocator from reserving more than it may have.
fn apart(program: &PathBuf, command: &str, head: &str, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut child = Command::new(program)
        .arg(command)
        .env_clear()
        .env("MIMALLOC_ARENA_RESERVE", "65536")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (send, received) = mpsc::channel();
    thread::scope(|threads| {
        // One that ends early closes the pipe, and says all we need to know by its answer.
        threads.spawn(move || {
            input.map(|mut to| to.write_all(head.as_bytes()).and(to.write_all(b"\n")).and(to.write_all(bytes)))
        });
        threads.spawn(move || {
            let mut answer = vec![];
            let read = output.map(|from| from.take(ANSWER_MOST).read_to_end(&mut answer));
            drop(send.send(read.map(|read| read.map(|_| answer)).transpose()));
        });
        let answer = received.recv_timeout(PATIENCE);
        drop(child.kill());
        child.wait()?;
        Ok(answer.ok().transpose()?.flatten().unwrap_or_default())
    })
}

fn refuse(code: &'static str, says: &str) -> Refusal {
    Refusal::new(code, says).at("file")
}

fn costly() -> Refusal {
    let says = "文件展开以后太大或者太复杂，没有在规定的时间和内存内识读完。请拆分，或者另存一份后再上传。";
    refuse("file-costly", says)
}

fn unable() -> Refusal {
    refuse("file-reader", "识读程序没有启动，文件没有保存。请联系系统管理员。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_reading_gives_the_paper_or_one_refusal() {
        let plan = Bytes::from_static("通知\n正文。".as_bytes());
        let read = Reader::here().read("通知.txt", plan.clone()).await.expect("reads");
        assert_eq!((read.title.as_deref(), read.blocks.len()), (Some("通知"), 1));
        let code = |read: Result<Imported, Refusal>| read.expect_err("refused").code;
        assert_eq!(code(Reader::here().read("a.rtf", Bytes::from_static(b"{\\rtf1")).await), "file-format");
        assert_eq!(code(Reader::apart("/nowhere/at/all".into()).read("a.txt", plan.clone()).await), "file-reader");
        // A program that ends without an answer, and one that answers something else.
        assert_eq!(code(Reader::apart("/bin/false".into()).read("a.txt", plan.clone()).await), "file-costly");
        assert_eq!(code(Reader::apart("/bin/echo".into()).read("a.txt", plan).await), "file-costly");
        let large = Bytes::from(vec![0; paper::MAX_INPUT + 1]);
        assert_eq!(code(Reader::here().read("a.txt", large).await), "file-size");
    }
}
