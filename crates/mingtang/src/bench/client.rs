//! A small HTTP/1.1 client that keeps its connection and checks every answer. One request at a time: no pipelining.

use crate::fail::Fail;
use bytes::{Buf, Bytes, BytesMut};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest head that is still an answer.
const HEAD_MAX: usize = 16 << 10;

/// What a right answer is.
#[derive(Clone)]
pub enum Expect {
    /// 200 with a body of this many bytes.
    Length(usize),
    /// 200 with at least so many of these bytes in its body.
    Contains(Bytes, usize),
    /// This status, whatever the body.
    Status(u16),
}

/// A request as it goes over the wire, and what must come back.
#[derive(Clone)]
pub struct Request {
    pub bytes: Bytes,
    pub expect: Expect,
}

impl Request {
    pub fn get(path: &str, expect: Expect) -> Request {
        let bytes = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: mingtang-bench\r\n\r\n");
        Request { bytes: bytes.into(), expect }
    }

    /// A form, sent as if a proxy of ours had brought it from `sender`.
    pub fn form(path: &str, sender: &str, form: &str, expect: Expect) -> Request {
        let bytes = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {sender}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        Request { bytes: bytes.into(), expect }
    }
}

pub struct Answer {
    pub status: u16,
    pub body: Bytes,
}

pub struct Client {
    socket: TcpStream,
    read: BytesMut,
}

impl Client {
    pub async fn connect(at: SocketAddr) -> Result<Client, Fail> {
        let socket = TcpStream::connect(at).await?;
        socket.set_nodelay(true)?;
        Ok(Client { socket, read: BytesMut::with_capacity(64 << 10) })
    }

    /// Sends and waits for the whole answer.
    pub async fn ask(&mut self, request: &Request) -> Result<Answer, Fail> {
        self.socket.write_all(&request.bytes).await?;
        let head = loop {
            if let Some(end) = self.read.windows(4).position(|w| w == b"\r\n\r\n") {
                break Head::read(&self.read[..end], end + 4)?;
            }
            if self.read.len() > HEAD_MAX {
                return Err(Fail::fault("an answer's head does not end"));
            }
            self.more().await?;
        };
        while self.read.len() < head.bytes + head.length {
            self.more().await?;
        }
        if self.read.len() > head.bytes + head.length {
            return Err(Fail::fault("an answer is longer than it says"));
        }
        self.read.advance(head.bytes);
        let body = self.read.split().freeze();
        Ok(Answer { status: head.status, body })
    }

    /// Sends, and fails unless the answer is right.
    pub async fn ask_right(&mut self, request: &Request) -> Result<Answer, Fail> {
        let answer = self.ask(request).await?;
        match wrong(&answer, &request.expect) {
            None => Ok(answer),
            Some(why) => {
                let line = request.bytes.split(|b| *b == b'\r').next().unwrap_or_default();
                Err(Fail::fault(format!("{}: {why}", String::from_utf8_lossy(line))))
            }
        }
    }

    async fn more(&mut self) -> Result<(), Fail> {
        self.read.reserve(16 << 10);
        match self.socket.read_buf(&mut self.read).await? {
            0 => Err(Fail::fault("the server closed the connection before its answer was whole")),
            _ => Ok(()),
        }
    }
}

fn wrong(answer: &Answer, expect: &Expect) -> Option<String> {
    let status = if let Expect::Status(status) = expect { *status } else { 200 };
    if answer.status != status {
        return Some(format!("answered {}, not {status}", answer.status));
    }
    match expect {
        Expect::Length(bytes) if answer.body.len() != *bytes => {
            Some(format!("{} bytes, not {bytes}", answer.body.len()))
        }
        Expect::Contains(words, times) => {
            let found = count(&answer.body, words);
            (found < *times).then(|| format!("“{}” {found} times, not {times}", String::from_utf8_lossy(words)))
        }
        _ => None,
    }
}

fn count(body: &[u8], words: &[u8]) -> usize {
    body.windows(words.len().max(1)).filter(|w| *w == words).count()
}

struct Head {
    status: u16,
    /// Of the head itself, with the empty line.
    bytes: usize,
    /// Of the body.
    length: usize,
}

impl Head {
    fn read(head: &[u8], bytes: usize) -> Result<Head, Fail> {
        let odd = || Fail::fault("an answer that is not HTTP/1.1 with a Content-Length");
        let text = std::str::from_utf8(head).map_err(|_| odd())?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|l| l.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()).ok_or_else(odd)?;
        let length = lines.filter_map(|l| l.split_once(':')).find(|(n, _)| n.eq_ignore_ascii_case("content-length"));
        let length = length.and_then(|(_, v)| v.trim().parse().ok()).ok_or_else(odd)?;
        Ok(Head { status, bytes, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[test]
    fn a_head_must_say_how_long_its_body_is() {
        let head = |text: &str| Head::read(text.as_bytes(), text.len() + 4).map(|h| (h.status, h.length)).ok();
        assert_eq!(head("HTTP/1.1 200 OK\r\ncontent-LENGTH: 12\r\nETag: \"a:b\""), Some((200, 12)));
        assert_eq!(head("HTTP/1.1 303 See Other\r\nContent-Length: 0"), Some((303, 0)));
        assert_eq!(head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"), None);
        assert_eq!(head("HTTP/1.0 200 OK\r\nContent-Length: 1"), None);
    }

    #[test]
    fn a_wrong_answer_is_told() {
        let answer = |status, body: &str| Answer { status, body: Bytes::copy_from_slice(body.as_bytes()) };
        let contains = Expect::Contains("ab".into(), 2);
        for (answer, expect, right) in [
            (answer(200, "abc"), Expect::Length(3), true),
            (answer(200, "abcd"), Expect::Length(3), false),
            (answer(404, "abc"), Expect::Length(3), false),
            (answer(200, "ab ab"), contains.clone(), true),
            (answer(200, "ab a"), contains, false),
            (answer(303, ""), Expect::Status(303), true),
            (answer(429, ""), Expect::Status(303), false),
        ] {
            assert_eq!(wrong(&answer, &expect).is_none(), right);
        }
    }

    #[tokio::test]
    async fn an_answer_in_pieces_is_one_answer_and_the_connection_is_kept() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("bound");
        tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.expect("a client");
            let mut asked = [0; 1024];
            for pieces in [
                ["HTTP/1.1 200 OK\r\nContent-Le", "ngth: 4\r\n\r\nab", "cd"],
                ["HTTP/1.1 ", "404 No\r\nContent-Length: 0\r\n\r", "\n"],
            ] {
                let _ = socket.read(&mut asked).await.expect("a request");
                for piece in pieces {
                    socket.write_all(piece.as_bytes()).await.expect("sent");
                    tokio::task::yield_now().await;
                }
            }
        });
        let mut client = Client::connect(at).await.expect("connects");
        let first = client.ask_right(&Request::get("/", Expect::Length(4))).await.expect("right");
        assert_eq!((first.status, &first.body[..]), (200, &b"abcd"[..]));
        assert!(client.ask_right(&Request::get("/", Expect::Length(4))).await.is_err());
    }
}
