//! Proofs as readers use them: made, downloaded, checked, spoilt; and what is left of them after a removal.

use crate::client::{Client, Office, Paper, between};
use crate::proof::{ORIGIN, monitored};
use crate::stories::Site;
use crate::wire::{House, house};
use app::proof::integrate;
use app::proof::model::Opening;
use app::proof::verify::{read_proof, verifiers};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::Hash;
use ledger::{Proof, Salt};

const RECORD: &str = "/records/4302SHILI/2026-00001";

fn notice<'a>(text: &'a str) -> Paper<'a> {
    Paper { kind: "notice", title: "关于秋季检疫的通知", text, column: "results/policies", more: &[] }
}

async fn correct(site: &House, office: &Office, id: &str, text: &str) {
    office.clerk.post(site, &format!("/desk/record/{id}/take-up"), &[]).await;
    office.submit(site, id, &Paper { more: &[("change", "改了正文")], ..notice(text) }).await;
    office.review(site, id, "secrecy", "pass", "").await;
}

async fn page(site: &House, path: &str) -> String {
    let answer = Client::default().get(site, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// `/verify` with a file, as a browser without scripts sends it.
async fn verify(site: &House, number: &str, file: &[u8]) -> String {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n{number}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: text/plain\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post("/verify").header(header::HOST, "demo.invalid");
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x").body(Body::from(body));
    let response = site.send(request.expect("a request")).await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    between(&text, "id=\"answer-h\">", "</h2>").unwrap_or(text)
}

async fn published() -> (House, Office, String) {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let id = office.publish(&site, &notice("第一版的正文。")).await;
    (site, office, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_is_being_made_and_then_checks_without_us() {
    let (site, office, id) = published().await;
    let before = page(&site, &format!("{RECORD}/receipt")).await;
    assert!(before.contains("已公开，凭证生成中") && !before.contains("receipt.tlog-proof"));
    let early = Client::default().get(&site, &format!("{RECORD}/v/1/receipt.tlog-proof")).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    integrate(&site.app).await.expect("a round");
    let after = page(&site, &format!("{RECORD}/receipt")).await;
    for says in ["已登记", "第 1 条，共 1 条", "4302SHILI/2026-00001-1", "<svg class=\"proof-qr\"", ORIGIN] {
        assert!(after.contains(says), "{says}");
    }
    assert!(page(&site, RECORD).await.contains("看凭证和核验"));

    // With nothing but the file, the content and the public key.
    let file = page(&site, &format!("{RECORD}/v/1/receipt.tlog-proof")).await;
    let content = page(&site, &format!("{RECORD}/v/1/content.json")).await;
    let proof = Proof::parse(file.as_bytes()).expect("a proof");
    let opening: Opening = serde_json::from_slice(&proof.extra).expect("an opening");
    let keys = verifiers(&site.app).await.expect("keys");
    let checkpoint = proof.verify(opening.statement.as_bytes(), ORIGIN, &keys).expect("in the log");
    assert_eq!(checkpoint.head(), &monitored(&site).await.0);
    let salt = Salt::parse(opening.salt.as_deref().expect("a salt")).expect("a salt");
    let committed = salt.hash("revision", &Hash::of(content.as_bytes())).to_string();
    assert!(opening.statement.contains(&committed), "{}", opening.statement);

    // Every flipped bit is refused, end to end.
    assert!(read_proof(file.as_bytes(), &keys).is_ok());
    for bit in 0..file.len() * 8 {
        let mut flipped = file.clone().into_bytes();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(read_proof(&flipped, &keys).is_err(), "bit {bit}: {}", String::from_utf8_lossy(&flipped));
    }
    let mut other = file.clone().into_bytes();
    let last = other.len() - 5;
    other[last] ^= 1;
    assert_eq!(verify(&site, "", &other).await, "不一致");
    assert_eq!(verify(&site, "", file.as_bytes()).await, "一致");

    // An old proof stays right; what it is about was corrected.
    correct(&site, &office, &id, "第二版的正文。").await;
    integrate(&site.app).await.expect("a round");
    assert!(read_proof(file.as_bytes(), &keys).is_ok());
    assert_eq!(verify(&site, "", file.as_bytes()).await, "旧版已被更正");
    let twin: serde_json::Value =
        serde_json::from_str(&page(&site, &format!("{RECORD}/v/2/receipt.json")).await).expect("JSON");
    assert_eq!((twin["position"].as_i64(), twin["logged"].as_bool()), (Some(1), Some(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_has_an_answer_for_everything() {
    let (site, office, id) = published().await;
    integrate(&site.app).await.expect("a round");
    let first = page(&site, &format!("{RECORD}/v/1/content.json")).await;
    correct(&site, &office, &id, "第二版的正文。").await;
    let second = page(&site, &format!("{RECORD}/v/2/content.json")).await;
    for (number, file, answer) in [
        ("", second.as_str(), "一致"),
        ("4302SHILI/2026-00001", &second, "一致"),
        ("", &first, "旧版已被更正"),
        ("4302SHILI/2026-00001-1", &first, "旧版已被更正"),
        ("4302SHILI/2026-00001", "别的内容", "不一致"),
        ("", "别的内容", "查无此件"),
        ("4302SHILI/2026-00009", "别的内容", "查无此件"),
    ] {
        assert_eq!(verify(&site, number, file.as_bytes()).await, answer, "{number} {file}");
    }
    for (query, answer) in [
        ("number=4302SHILI%2F2026-00001", "有这份凭证"),
        ("number=4302SHILI%2F2026-00001-1", "旧版已被更正"),
        (&format!("digest={}", Hash::of(second.as_bytes())), "一致"),
        ("number=4302SHILI%2F2026-00077", "查无此件"),
    ] {
        let shown = page(&site, &format!("/verify?{query}")).await;
        assert_eq!(between(&shown, "id=\"answer-h\">", "</h2>").as_deref(), Some(answer), "{query}");
    }
    let wrong = Client::default().get(&site, "/verify?number=abc&digest=12").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("凭证号不对") && wrong.body.contains("摘要应为 64 位") && wrong.body.contains("abc"));
}

/// After a protective removal nothing leads from the log to the content any more.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_removed_stays_provable_and_is_told_no_more() {
    let (site, office, id) = published().await;
    integrate(&site.app).await.expect("a round");
    let file = page(&site, &format!("{RECORD}/v/1/receipt.tlog-proof")).await;
    let content = page(&site, &format!("{RECORD}/v/1/content.json")).await;
    office.head.post(&site, &format!("/desk/record/{id}/withdraw"), &[("reason", "privacy")]).await;
    integrate(&site.app).await.expect("a round");
    let anyone = Client::default();
    for path in ["receipt", "v/1/receipt", "v/1/receipt.json", "v/1/receipt.tlog-proof", "v/1/content.json"] {
        let answer = anyone.get(&site, &format!("{RECORD}/{path}")).await;
        assert_eq!(answer.status, StatusCode::GONE, "{path}");
        assert!(!answer.body.contains("秋季检疫"), "{path}");
    }
    assert_eq!(verify(&site, "4302SHILI/2026-00001", b"x").await, "已撤下");
    assert_eq!(verify(&site, "", content.as_bytes()).await, "查无此件", "the digest leads nowhere");
    assert_eq!(verify(&site, "", file.as_bytes()).await, "已撤下", "who kept the proof can still show it");
    let (_, all) = monitored(&site).await;
    assert!(all[1].contains(r#""action":"withdraw""#) && !all[1].contains("hashes"), "{}", all[1]);
    let log = page(&site, "/verify/log").await;
    assert!(log.contains("撤下") && log.contains("公开") && !log.contains("秋季检疫"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_submission_has_a_proof_that_tells_others_nothing() {
    let site = house(None).await;
    let anyone = Client::default();
    let form = page(&site, "/correction?page=/about").await;
    let once = between(&form, "name=\"once\" value=\"", "\"").expect("a token");
    let words = [("once", once.as_str()), ("page", "/about"), ("topic", "wrong"), ("what", "canaryword")];
    let to = anyone.post(&site, "/correction", &words).await.location;
    let receipt = page(&site, &to).await;
    let code = between(&receipt, "name=\"code\" value=\"", "\"").expect("a code in groups");
    let show = async |with: &[(&str, &str)]| anyone.post(&site, "/verify/submission", with).await;
    let waiting = show(&[("code", &code)]).await;
    assert!(waiting.body.contains("已收到，凭证生成中"), "{}", waiting.body);
    integrate(&site.app).await.expect("a round");
    assert!(show(&[("code", &code)]).await.body.contains("已登记"));
    let file = show(&[("code", &code), ("as", "file")]).await.body;
    let keys = verifiers(&site.app).await.expect("keys");
    let opening = read_proof(file.as_bytes(), &keys).expect("right");
    assert_eq!(opening.fits(), Some(true), "salt and content open the commitment");
    assert_eq!(verify(&site, "", file.as_bytes()).await, "凭证有效");
    let (_, all) = monitored(&site).await;
    let commitment = between(&all[0], "\"commitment\":\"", "\"").expect("a commitment");
    let told = format!(r#"{{"action":"receive","commitment":"{commitment}","day":"2026-11-23","format":1}}"#);
    assert_eq!(all, [told], "the day and a commitment, nothing else");
    assert_eq!(show(&[("code", "7K4M-2XQ9-R3TW")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(show(&[("code", "")]).await.location, "/correction/track");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_says_loudly_that_nothing_is_signed() {
    let (site, office, _) = published().await;
    integrate(&site.app).await.expect("a round");
    std::fs::remove_file(site.data.path().join("keys/ledger.key")).expect("removes");
    integrate(&site.app).await.expect("a round");
    let desk = office.clerk.get(&site, "/desk").await.body;
    assert!(desk.contains("登记簿停止签发") && desk.contains("mingtang keys import"), "{desk}");
    assert!(page(&site, "/verify").await.contains("暂停签发"));
}
