//! The process that reads uploads: what it gives back, and what it cannot be made to do.

use crate::wire;
use bytes::Bytes;
use paper::{HiddenKind, Imported};
use std::io::{Cursor, Write};
use std::process::{Command, Stdio};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn pack(parts: &[(&str, &[u8])]) -> Bytes {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("ends").into_inner().into()
}

pub fn docx(body: &str) -> Bytes {
    pack(&[("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes())])
}

async fn read(name: &str, bytes: Bytes) -> Result<Imported, &'static str> {
    wire::reader().read(name, bytes).await.map_err(|why| why.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_process_reads_what_we_would_read() {
    let body = "<w:p><w:r><w:t>关于某事的通知</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>\
        <w:r><w:t>正文。</w:t></w:r></w:p>";
    let file = docx(body);
    let found = read("通知.docx", file.clone()).await.expect("reads");
    assert_eq!(found, paper::read("通知.docx", &file).expect("reads"));
    assert_eq!((found.title.as_deref(), found.hidden[0].kind), (Some("关于某事的通知"), HiddenKind::Deleted));
    // Many at once wait for each other, and each gets its own.
    let all = (0..6).map(|n| {
        let text = format!("<w:p><w:r><w:t>第{n}件通知</w:t></w:r></w:p>");
        tokio::spawn(async move { read("a.docx", docx(&text)).await.expect("reads").title })
    });
    for (n, title) in all.collect::<Vec<_>>().into_iter().enumerate() {
        assert_eq!(title.await.expect("ends"), Some(format!("第{n}件通知")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hostile_is_refused_and_harms_nobody() {
    let program = pack(&[("word/document.xml", b"<w:document/>"), ("word/vbaProject.bin", b"x")]);
    assert_eq!(read("a.docx", program).await, Err("file-macro"));
    assert_eq!(read("a.docx", docx(&"<w:p>".repeat(300))).await, Err("file-bomb"));
    assert_eq!(read("a.docx", Bytes::from_static(b"PK\x03\x04 and nothing else")).await, Err("file-broken"));
    assert_eq!(read("a\nb.txt", Bytes::from_static("正文。".as_bytes())).await.map(|read| read.blocks.len()), Ok(1));
    // Lists in lists in lists: what overflows the stack of its reader ends that process, not ours.
    let nested =
        [b"%PDF-1.5\n1 0 obj\n".as_slice(), &b"[".repeat(2_000_000), b"\nendobj\ntrailer<</Root 1 0 R>>"].concat();
    assert!(read("a.pdf", nested.into()).await.is_err());
}

/// The limits are those of the process itself: it cannot write a file, and it says nothing on its error channel.
#[test]
fn the_process_is_limited() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingtang"))
        .arg(app::reader::COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all("a.txt\n".as_bytes()).expect("writes");
    let limits = format!("/proc/{}/limits", child.id());
    let of = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).expect("a limit").to_owned();
        line[name.len()..].split_whitespace().next().expect("a number").to_owned()
    };
    // The process sets them before it reads anything; wait until it has.
    let mut text = String::new();
    for _ in 0..500 {
        text = std::fs::read_to_string(&limits).expect("limits");
        if of(&text, "Max file size") == "0" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(of(&text, "Max address space"), (1_u64 << 30).to_string());
    assert_eq!(of(&text, "Max cpu time"), "30");
    assert_eq!(of(&text, "Max core file size"), "0");
    input.write_all("正文。".as_bytes()).expect("writes");
    drop(input);
    let out = child.wait_with_output().expect("ends");
    assert!(out.status.success() && out.stderr.is_empty());
    assert!(paper::wire::understand::<paper::Imported>(&out.stdout).expect("whole").is_ok());
}
