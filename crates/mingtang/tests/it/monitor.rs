//! The log read by a program that shares nothing with ours: a script by the letter of the specifications, with Ed25519
//! from the package cryptography (`tests/readers/reader.py`).

use crate::client::{Client, Office, Paper};
use crate::proof::{houses, state};
use app::proof::{Round, integrate};
use axum::http::StatusCode;
use std::path::Path;
use std::process::{Command, Output};

/// Whether this machine has what the script needs: Debian's packages `python3` and `python3-cryptography`.
fn has_python() -> bool {
    let asked = Command::new("python3").args(["-c", "import cryptography"]).output();
    let has = asked.is_ok_and(|told| told.status.success());
    if !has {
        eprintln!("not read by Python: python3 has no cryptography");
    }
    has
}

fn read(key: &str, log: &Path, more: &[&Path], spoil: bool) -> Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers/reader.py");
    let mut python = Command::new("python3");
    python.args([script, key]).arg(log).args(more).args(spoil.then_some("--spoil"));
    python.output().expect("python3 runs")
}

fn said(told: &Output) -> String {
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8_lossy(&told.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_by_the_letter_of_the_specifications_reads_the_log() {
    if !has_python() {
        return;
    }
    for site in houses().await {
        let (log, reader) = (site.data.path().join("ledger"), Client::default());
        integrate(&site.app).await.expect("a round");
        let paper = Paper { kind: "notice", title: "第一件", text: "正文", column: "results/policies", more: &[] };
        Office::open(&site).await.publish(&site, &paper).await;
        state(&site.app, 2).await;
        while integrate(&site.app).await.expect("a round") != Round::Idle {}
        let keys = reader.get(&site, "/ledger/key").await.body;
        let key = keys.lines().next().expect("a key");
        let receipt = reader.get(&site, "/records/4302SHILI/2026-00001/v/1/receipt.tlog-proof").await;
        assert_eq!(receipt.status, StatusCode::OK);
        let (proof, earlier) = (site.data.path().join("a.tlog-proof"), site.data.path().join("earlier"));
        std::fs::write(&proof, &receipt.body).expect("writes");
        std::fs::copy(log.join("checkpoint"), &earlier).expect("copies");
        state(&site.app, 1).await;
        while integrate(&site.app).await.expect("a round") != Round::Idle {}
        // Every file of a small log: checkpoints, a partial tile, a partial bundle, a proof.
        let told = said(&read(key, &log, &[&earlier, &proof], true));
        assert!(told.contains(" flipped bits refused") && told.contains("\n4 "), "{told}");
        // Full tiles, a partial one beside them, the level above; and what was shown before is a beginning.
        state(&site.app, 600).await;
        while integrate(&site.app).await.expect("a round") != Round::Idle {}
        let told = said(&read(key, &log, &[&earlier, &proof], false));
        assert!(told.starts_with("604 "), "{told}");
        for file in ["checkpoint", "tile/0/001", "tile/0/002.p/92", "tile/1/000.p/2", "tile/entries/002.p/92"] {
            let right = std::fs::read(log.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
            let mut wrong = right.clone();
            wrong[20] ^= 1;
            std::fs::write(log.join(file), wrong).expect("writes");
            let told = read(key, &log, &[&earlier], false);
            assert!(!told.status.success(), "a flipped bit of {file} is refused");
            std::fs::write(log.join(file), right).expect("writes");
        }
    }
}
