//! A mail server and an SMS gateway of ours, which misbehave as they are told.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

const USER: &str = "gongkai";
pub const PASSWORD: &str = "mail-password-2026";

/// What the mail server does with the next connection.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Mood {
    Fine,
    /// 451: not now.
    Busy,
    /// 550, quoting the address.
    Refuses,
    /// It takes the mail, and its answer is lost.
    Loses,
    /// It says nothing at all.
    Silent,
    /// 535, whatever the password.
    Denies,
}

/// How it speaks.
#[derive(Clone, Copy, PartialEq)]
pub enum Speaks {
    Clear,
    Starttls,
    Tls,
}

#[derive(Clone, Default)]
pub struct Post(Arc<Mutex<(VecDeque<Mood>, Vec<Mail>)>>);

/// A mail as it came in.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub head: String,
    pub words: String,
    pub encrypted: bool,
    pub signed_in: bool,
}

impl Mail {
    pub fn header(&self, name: &str) -> String {
        let line = self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_default().to_owned()
    }
}

impl Post {
    pub fn next(&self, moods: &[Mood]) {
        self.0.lock().expect("no test panics here").0.extend(moods);
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.0.lock().expect("no test panics here").1.clone()
    }

    /// Listens on this machine. Returns the port.
    pub async fn open(&self, speaks: Speaks) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port().to_string();
        let post = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mood = post.0.lock().expect("no test panics here").0.pop_front().unwrap_or(Mood::Fine);
                tokio::spawn(greet(post.clone(), stream, speaks, mood));
            }
        });
        port
    }
}

fn acceptor() -> TlsAcceptor {
    let certificate = include_bytes!("../../data/smtp/server.crt.der").to_vec().into();
    let key = tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer::from(
        include_bytes!("../../data/smtp/server.key.der").to_vec(),
    );
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key.into());
    TlsAcceptor::from(Arc::new(config.expect("a certificate with its key")))
}

/// A broken connection ends the conversation, and nothing else.
async fn greet(post: Post, stream: TcpStream, speaks: Speaks, mood: Mood) {
    if mood == Mood::Silent {
        tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    } else if let Err(e) = converse(&post, stream, speaks, mood).await {
        eprintln!("a connection broke: {e}");
    }
}

async fn converse(post: &Post, mut stream: TcpStream, speaks: Speaks, mood: Mood) -> std::io::Result<()> {
    match speaks {
        Speaks::Clear => {
            stream.write_all(b"220 test\r\n").await?;
            talk(post, stream, (false, false), mood).await.map(drop)
        }
        Speaks::Tls => {
            let mut stream = acceptor().accept(stream).await?;
            stream.write_all(b"220 test\r\n").await?;
            talk(post, stream, (true, false), mood).await.map(drop)
        }
        Speaks::Starttls => {
            stream.write_all(b"220 test\r\n").await?;
            let Some(stream) = talk(post, stream, (false, true), mood).await? else { return Ok(()) };
            talk(post, acceptor().accept(stream).await?, (true, false), mood).await.map(drop)
        }
    }
}

/// SMTP as far as a client needs it. Gives the connection back where it is to be encrypted.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    post: &Post,
    stream: S,
    (encrypted, offers): (bool, bool),
    mood: Mood,
) -> std::io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    let (mut to, mut signed_in) = (String::new(), false);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        let answer = match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" if offers => "250-test\r\n250 STARTTLS",
            "EHLO" => "250-test\r\n250 AUTH PLAIN LOGIN",
            "STARTTLS" if offers => {
                say(&mut stream, "220 go").await?;
                return Ok(Some(stream.into_inner()));
            }
            "AUTH" if mood == Mood::Denies || !knows(line) => "535 no",
            "AUTH" => {
                signed_in = true;
                "235 yes"
            }
            "RCPT" if mood == Mood::Busy => "451 later",
            "RCPT" if mood == Mood::Refuses => &format!("550 no such user {line}"),
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok"
            }
            "DATA" => {
                say(&mut stream, "354 go").await?;
                let mail = Mail { to: to.clone(), encrypted, signed_in, ..read(&mut stream).await? };
                post.0.lock().expect("no test panics here").1.push(mail);
                if mood == Mood::Loses {
                    return Ok(None);
                }
                "250 taken"
            }
            "QUIT" => return Ok(None),
            _ => "250 ok",
        };
        say(&mut stream, answer).await?;
    }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, answer: &str) -> std::io::Result<()> {
    stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// AUTH PLAIN with the name and password that this server knows.
fn knows(line: &str) -> bool {
    line.rsplit(' ').next() == Some(&BASE64.encode(format!("\0{USER}\0{PASSWORD}")))
}

/// What stands between DATA and the dot.
async fn read<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<Mail> {
    let mut all = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            break;
        }
        all.push_str(&line);
    }
    let (head, body) = all.split_once("\r\n\r\n").unwrap_or((&all, ""));
    let plain = BASE64.decode(body.split_whitespace().collect::<String>()).unwrap_or_default();
    let words = String::from_utf8_lossy(&plain).into_owned();
    Ok(Mail { to: String::new(), head: head.to_owned(), words, encrypted: false, signed_in: false })
}

/// A gateway: what it answers next, and what it was asked.
#[derive(Clone, Default)]
pub struct Gateway(Arc<Mutex<Asked>>);

#[derive(Default)]
pub struct Asked {
    pub answers: VecDeque<(StatusCode, &'static str)>,
    /// The key, the token, the body.
    pub requests: Vec<(String, String, serde_json::Value)>,
}

impl Gateway {
    pub fn memory(&self) -> MutexGuard<'_, Asked> {
        self.0.lock().expect("no test panics here")
    }

    /// Listens on this machine. Returns the address.
    pub async fn open(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let router = Router::new().route("/send", axum::routing::post(answer)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{at}/send")
    }
}

async fn answer(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let json = serde_json::from_slice(&body).expect("JSON");
    let mut memory = gateway.memory();
    memory.requests.push((header("idempotency-key"), header("authorization"), json));
    memory.answers.pop_front().unwrap_or((StatusCode::OK, r#"{"code": 0}"#)).into_response()
}
