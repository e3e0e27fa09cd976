//! Notices against a mail server and a gateway that refuse, keep silent, lose answers and speak in clear: each arrives
//! once under one id, or says why not.

mod other;

use crate::client::{Client, Office, between};
use crate::stories::Site;
use crate::wire::{House, house};
use app::notice::store::notice;
use axum::http::StatusCode;
use kernel::Instant;
use other::{Gateway, Mood, PASSWORD, Post, Speaks};
use sea_orm::{EntityTrait, QueryOrder};

const MAILBOX: &str = "applicant@mailbox.example";
const PHONE: &str = "13800001234";

async fn at(site: &House, time: &str) {
    site.set_clock(Instant::parse(time).expect("a time"));
    site.app.run_jobs().await.expect("jobs run");
}

async fn mail_by(site: &House, port: &str, more: &[(&str, &str)]) {
    let admin = Client::sign_in(site, "guanli").await;
    let page = admin.get(site, "/desk/notice").await.body;
    let version = between(&page, "name=\"version\" value=\"", "\"").expect("a version");
    let fixed = [("do", "mail"), ("host", "127.0.0.1"), ("port", port), ("from", "gongkai@body.example")];
    let form = [&fixed[..], &[("version", version.as_str())], more].concat();
    let saved = admin.post(site, "/desk/notice", &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

/// A site whose mail goes out in clear on this machine.
async fn open(speaks: Speaks) -> (House, Post) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (site, post) = (house(None).await, Post::default());
    let port = post.open(speaks).await;
    if speaks == Speaks::Clear {
        mail_by(&site, &port, &[("tls", "none")]).await;
    } else {
        let tls = if speaks == Speaks::Tls { "implicit" } else { "starttls" };
        let root = include_str!("../../data/smtp/root.pem");
        mail_by(&site, &port, &[("tls", tls), ("user", "gongkai"), ("password", PASSWORD), ("root", root)]).await;
    }
    (site, post)
}

/// An application over the portal that wishes to hear of it. Returns its tracking code.
async fn apply(site: &House, notice: &str) -> String {
    let once = "ab".repeat(32);
    let form = [
        ("once", once.as_str()),
        ("who", "person"),
        ("name", "申请人甲"),
        ("id_kind", "resident"),
        ("id_number", "11010519491231002X"),
        ("phone", PHONE),
        ("email", MAILBOX),
        ("wanted", "仔猪补贴名单"),
        ("form", "electronic"),
        ("delivery", "platform"),
        ("notice", notice),
    ];
    let sent = Client::default().post(site, "/disclosure/apply/send", &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location.rsplit('/').next().expect("a code").to_owned()
}

async fn notices(site: &House) -> Vec<notice::Model> {
    notice::Entity::find().order_by_asc(notice::Column::Id).all(site.app.store.read()).await.expect("reads")
}

async fn stands(site: &House) -> (String, i64, String, String) {
    let row = notices(site).await.pop().expect("a notice");
    (row.state, row.tries, row.fault, row.code)
}

fn told(state: &str, tries: i64, fault: &str, code: &str) -> (String, i64, String, String) {
    (state.into(), tries, fault.into(), code.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn busy_and_lost_answers_end_in_one_message_id() {
    let (site, post) = open(Speaks::Clear).await;
    post.next(&[Mood::Busy, Mood::Loses, Mood::Fine]);
    let code = apply(&site, "mail").await;
    assert!(post.mails().is_empty(), "nothing is sent inside the act");
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(stands(&site).await, told("failed", 1, "busy", "451"));
    at(&site, "2026-11-23 09:01").await;
    assert_eq!(stands(&site).await.2, "garbled", "it arrived, and we do not know it");
    at(&site, "2026-11-23 09:03").await;
    assert_eq!(stands(&site).await, told("sent", 3, "", ""));
    let mails = post.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    assert!(mails[0].header("Message-ID").ends_with("@body.example>"));
    assert_eq!(mails[0].header("Auto-Submitted"), "auto-generated");
    assert_eq!(mails[0].to, MAILBOX);
    let words = &mails[0].words;
    assert!(words.contains("您的申请（依申请〔2026〕1号）已收到"), "{words}");
    for secret in [code.as_str(), "申请人甲", "仔猪", PHONE] {
        assert!(!words.contains(secret) && !mails[0].head.contains(secret), "{secret} in {words}");
    }
    // The same jobs again: nothing is sent twice.
    let id = notices(&site).await[0].id.clone();
    let work = async move |act: &mut store::Act| {
        act.queue("notice-send", &id, act.now);
        act.journal("queue-daily", "test");
        Ok(())
    };
    site.app.store.act(store::Actor::Clock, site.app.clock.now(), work).await.expect("queues").into_inner();
    at(&site, "2026-11-23 09:20").await;
    assert_eq!(post.mails().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_address_waits_for_a_person_and_is_quoted_nowhere() {
    let (site, post) = open(Speaks::Clear).await;
    post.next(&[Mood::Refuses]);
    apply(&site, "mail").await;
    at(&site, "2026-11-23 09:00").await;
    at(&site, "2026-11-23 20:00").await;
    assert_eq!(stands(&site).await, told("failed", 1, "refused", "550"), "not tried again by itself");
    let admin = Client::sign_in(&site, "guanli").await;
    let page = admin.get(&site, "/desk/notice").await.body;
    assert!(page.contains("对方没有收下（回答 550）。已试 1 次，不再自动重试"), "{page}");
    assert!(!page.contains("mailbox.example"));
    let dump = format!("{:?}", notices(&site).await);
    let journal = store::journal::Entity::find().all(site.app.store.read()).await.expect("reads");
    assert!(!dump.contains("mailbox.example") && !format!("{journal:?}").contains("mailbox.example"));
    let given_up = app::notice::store::given_up(site.app.store.read()).await.expect("reads");
    assert_eq!(given_up.len(), 1, "for doctor");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_server_does_not_hold_the_queue() {
    let (site, post) = open(Speaks::Clear).await;
    post.next(&[Mood::Silent]);
    apply(&site, "mail").await;
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(stands(&site).await, told("failed", 1, "late", ""));
    at(&site, "2026-11-23 09:01").await;
    assert_eq!(stands(&site).await, told("sent", 2, "", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_travel_encrypted_or_not_at_all() {
    for speaks in [Speaks::Starttls, Speaks::Tls] {
        let (site, post) = open(speaks).await;
        post.next(&[Mood::Denies]);
        apply(&site, "mail").await;
        at(&site, "2026-11-23 09:00").await;
        assert_eq!(stands(&site).await, told("failed", 1, "denied", "535"));
        at(&site, "2026-11-23 09:01").await;
        assert_eq!(stands(&site).await, told("sent", 2, "", ""));
        let mails = post.mails();
        assert!(mails.len() == 1 && mails[0].encrypted && mails[0].signed_in, "{mails:?}");
        let page = Client::sign_in(&site, "guanli").await.get(&site, "/desk/notice").await.body;
        assert!(!page.contains(PASSWORD), "a secret is never shown again");
    }
    // A server without STARTTLS, and one whose certificate nobody vouches for: nothing is sent, nobody signs in.
    for (speaks, root) in [(Speaks::Clear, include_str!("../../data/smtp/root.pem")), (Speaks::Starttls, "")] {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (site, post) = (house(None).await, Post::default());
        let port = post.open(speaks).await;
        let more = [("tls", "starttls"), ("user", "gongkai"), ("password", PASSWORD), ("root", root)];
        mail_by(&site, &port, &more).await;
        apply(&site, "mail").await;
        at(&site, "2026-11-23 09:00").await;
        assert_eq!(stands(&site).await.2, "insecure");
        assert!(post.mails().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_gets_a_filled_template_under_one_key() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (site, gateway) = (house(None).await, Gateway::default());
    let (url, admin) = (gateway.open().await, Client::sign_in(&site, "guanli").await);
    let template = r#"{"mobile": "{phone}", "sign": "某局", "params": ["{number}", "{cause}"], "content": "{text}"}"#;
    let form = [
        ("do", "sms"),
        ("version", "0"),
        ("url", url.as_str()),
        ("header", "Authorization"),
        ("secret", "Bearer gateway-token"),
        ("template", template),
        ("pointer", "/code"),
        ("value", "0"),
    ];
    let saved = admin.post(&site, "/desk/notice", &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let said = [
        (StatusCode::SERVICE_UNAVAILABLE, ""),
        (StatusCode::UNAUTHORIZED, ""),
        (StatusCode::OK, "<html>"),
        (StatusCode::OK, r#"{"code": 0}"#),
    ];
    gateway.memory().answers.extend(said);
    apply(&site, "sms").await;
    for (time, fault, code) in [
        ("2026-11-23 09:00", "busy", "503"),
        ("2026-11-23 09:01", "denied", "401"),
        ("2026-11-23 09:03", "garbled", "200"),
        ("2026-11-23 09:10", "", ""),
    ] {
        at(&site, time).await;
        assert_eq!((stands(&site).await.2, stands(&site).await.3), (fault.to_owned(), code.to_owned()), "{time}");
    }
    let memory = gateway.memory();
    assert_eq!(memory.requests.len(), 4);
    let (key, token, json) = &memory.requests[3];
    assert!(memory.requests.iter().all(|(k, ..)| k == key), "one key, however often it is tried");
    assert_eq!((token.as_str(), json["mobile"].as_str()), ("Bearer gateway-token", Some(PHONE)));
    assert_eq!(json["params"], serde_json::json!(["依申请〔2026〕1号", "received"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_that_concerns_the_applicant_is_told_and_erasure_ends_it() {
    let (site, post) = open(Speaks::Clear).await;
    let code = apply(&site, "mail").await;
    at(&site, "2026-11-23 09:00").await;
    let office = Office::open(&site).await;
    let list = office.clerk.get(&site, "/desk/request").await.body;
    let id = between(&list, "href=\"/desk/request/0", "\"").map(|rest| format!("0{rest}")).expect("a case");
    let moved = async |name: &str, form: &[(&str, &str)]| {
        let page = office.clerk.get(&site, &format!("/desk/request/{id}/{name}")).await.body;
        let hidden = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"").unwrap_or_default();
        let (once, version) = (hidden("once"), hidden("version"));
        let form = [form, &[("once", once.as_str()), ("version", version.as_str())]].concat();
        let done = office.clerk.post(&site, &format!("/desk/request/{id}/{name}"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    };
    moved("register", &[("confirmed", "2026-11-23"), ("wanted", "名单")]).await;
    moved("correct", &[("correct_what", "哪一年的"), ("correct_by", "2026-11-30")]).await;
    at(&site, "2026-11-23 09:05").await;
    let words: Vec<String> = post.mails().into_iter().map(|m| m.words).collect();
    assert_eq!(words.len(), 2, "registering tells nobody: {words:?}");
    assert!(words[1].contains("需要您补正") && !words[1].contains("哪一年的"), "{words:?}");
    // The clock closes it; three years later the words are erased, and a notice about it has nobody to go to.
    at(&site, "2026-12-01 00:00").await;
    assert!(post.mails().last().is_some_and(|m| m.words.contains("已办结")));
    let sent = post.mails().len();
    at(&site, "2029-12-01 09:00").await;
    assert!(notices(&site).await.is_empty(), "rows go long after their end");
    let work = async move |act: &mut store::Act| {
        let find = app::submission::store::submission::Entity::find();
        let row = find.one(act).await?.ok_or(store::Error::NotFound)?;
        assert!(row.erased_at.is_some(), "erased");
        app::submission::wish::tell(act, app::submission::wish::Cause::Answered, &row.id, "x");
        act.journal("queue-daily", "test");
        Ok(())
    };
    site.app.store.act(store::Actor::Clock, site.app.clock.now(), work).await.expect("queues").into_inner();
    at(&site, "2029-12-01 09:01").await;
    assert_eq!((post.mails().len(), notices(&site).await.len()), (sent, 0), "{code}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_gets_only_so_many_a_day() {
    let (site, post) = open(Speaks::Clear).await;
    for n in 0..15 {
        let once = format!("{n:064x}");
        let form = [
            ("once", once.as_str()),
            ("page", "/"),
            ("topic", "wrong"),
            ("what", "日期写错了"),
            ("notice", "mail"),
            ("contact", MAILBOX),
        ];
        let sent = Client::default().post(&site, "/correction", &form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(post.mails().len() as u64, app::notice::rules::A_DAY);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_hear_of_terms_where_they_said() {
    let (site, post) = open(Speaks::Clear).await;
    let clerk = Client::sign_in(&site, "jingban").await;
    let form = [("notice", "mail"), ("address", "clerk@body.example")];
    assert_eq!(clerk.post(&site, "/desk/notice/mine", &form).await.status, StatusCode::SEE_OTHER);
    let find = async |login| {
        let found = app::account::store::staff_by_login(site.app.store.read(), login).await;
        found.expect("reads").expect("there").id
    };
    let (told, other) = (find("jingban").await, find("jingban2").await);
    let work = async move |act: &mut store::Act| {
        let due = kernel::Day::new(2026, 11, 30).expect("a day");
        for who in [&told, &other] {
            app::notice::remind(act, who, "依申请〔2026〕1号", due, false);
        }
        act.journal("queue-daily", "test");
        Ok(())
    };
    site.app.store.act(store::Actor::Clock, site.app.clock.now(), work).await.expect("queues").into_inner();
    at(&site, "2026-11-23 09:00").await;
    let mails = post.mails();
    assert_eq!(mails.len(), 1, "who said nothing hears nothing");
    assert_eq!(mails[0].to, "clerk@body.example");
    assert!(mails[0].words.contains("依申请〔2026〕1号的期限快到了，2026年11月30日截止"), "{}", mails[0].words);
}
