//! Old pages: taken in by the command's own code, decided on by people at the desk, public through the gate. What has a
//! finding does not come out; every old address answers; and a page of 2015 makes nobody look timely or fresh today.

use crate::client::{Answer, Client, between};
use crate::stories::Site;
use crate::wire::{House, house};
use app::account::store as accounts;
use app::floor::{public_listing, public_page, public_redirect};
use kernel::{Hash, Instant};
use mingtang::old::{Done, Target, import};
use sea_orm::EntityTrait;
use std::io::Write;
use std::path::Path;

const PLANTED: &str = "430202190501010017";

/// An old page as JSON, with other keys, or without those that are null.
pub fn page(n: u32, more: serde_json::Value) -> String {
    let mut all = serde_json::json!({
        "address": format!("http://old.invalid/art/2015/{n}.html?site=3"), "first_public": "2015-03-02",
        "capture": Hash::of(&n.to_be_bytes()).to_string(), "title": format!("第 {n} 号旧通知"),
        "text": "旧网站上的正文。", "kind": "notice", "fields": {"column": "results/policies", "ground": "O20-1"},
    });
    let all = all.as_object_mut().expect("an object");
    all.extend(more.as_object().cloned().unwrap_or_default());
    all.retain(|_, value| !value.is_null());
    format!("{}\n", serde_json::Value::Object(all.clone()))
}

pub async fn take_in(site: &House, name: &str, text: &str) -> Done {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::File::create(&path).and_then(|mut f| f.write_all(text.as_bytes())).expect("writes");
    import_as(site, "jingban", &path).await
}

async fn import_as(site: &House, login: &str, path: &Path) -> Done {
    let body = site.app.bodies()[0].clone();
    let row = accounts::staff_by_login(site.app.store.read(), login).await.expect("reads").expect("an account");
    let (_, me) = accounts::me(site.app.store.read(), &row.id).await.expect("reads").expect("open");
    let into = Target { app: &site.app, me, body, kind: Some("notice") };
    import(&into, path, |_| {}).await.expect("imports")
}

fn at(site: &House, time: &str) {
    site.set_clock(Instant::parse(time).expect("a time"));
}

async fn old(site: &House, n: u32) -> Answer {
    Client::default().get(site, &format!("/art/2015/{n}.html?site=3")).await
}

/// The decision's address.
async fn prepare(site: &House, who: &Client, until: &str) -> String {
    let at = who.post(site, "/desk/backfill", &[("until", until)]).await.location;
    at.split('?').next().expect("an address").to_owned()
}

/// Opens each page of the sample and ticks it. Returns the list's digest.
async fn tick(site: &House, who: &Client, decision: &str) -> String {
    for n in 1.. {
        let page = who.get(site, &format!("{decision}/sample/{n}")).await;
        if page.status == 404 {
            break;
        }
        let hash = between(&page.body, "name=\"hash\" value=\"", "\"").expect("a form");
        let form = [("hash", hash.as_str()), ("verdict", "good")];
        assert_eq!(who.post(site, &format!("{decision}/sample/{n}"), &form).await.status, 303);
    }
    between(&who.get(site, decision).await.body, "name=\"digest\" value=\"", "\"").expect("a form")
}

/// The usual pages, and some that are not.
fn ten_years() -> String {
    let mut lines: Vec<String> = (0..60).map(|n| page(n, serde_json::json!({}))).collect();
    for (n, more) in [
        (60, serde_json::json!({"text": format!("领取人身份证号码：{PLANTED}。")})),
        (61, serde_json::json!({"first_public": "2026-11-23"})),
        (62, serde_json::json!({"text": "机密★20年\n\n正文"})),
        (63, serde_json::json!({"index_no": "old/2015-007"})),
        (64, serde_json::json!({"index_no": "old/2015-007"})),
        (65, serde_json::json!({"address": "http://old.invalid//evil.example/65.html"})),
        (66, serde_json::json!({"index_no": "4302SHILI/2026-00003"})),
    ] {
        lines.push(page(n, more));
    }
    lines.push("{broken\n".into());
    lines.concat()
}

async fn come_in(site: House) {
    let done = take_in(&site, "old.jsonl", &ten_years()).await;
    assert_eq!((done.clean, done.desk, done.known), (63, 1, 0), "{done:?}");
    let refused: Vec<u64> = done.refused.iter().map(|(n, _)| *n).collect();
    assert_eq!(refused, [62, 63, 65, 68], "{done:?}");
    let again = take_in(&site, "old.jsonl", &ten_years()).await;
    assert_eq!((again.clean, again.desk, again.known), (0, 0, 64), "the same file again is the same pages");
    let table = format!(
        "标题,正文,column,ground,address,first_public,capture,index_no\n\
         第 70 号旧通知,表里来的正文。,results/policies,O20-1,http://old.invalid/art/2015/70.html?site=3,2015-03-02,{},\n",
        Hash::of(b"70")
    );
    let done = take_in(&site, "old.csv", &table).await;
    assert_eq!((done.clean, done.desk, done.refused.len()), (1, 0, 0), "{done:?}");

    // Known, and not public yet.
    for n in [0, 60] {
        let answer = old(&site, n).await;
        assert!(answer.status == 404 && answer.body.contains("正在核对"), "{n}: {}", answer.status);
    }
    let clerk = Client::sign_in(&site, "jingban").await;
    let officer = Client::sign_in(&site, "baomi").await;
    assert_eq!(clerk.post(&site, "/desk/backfill", &[("until", "2027-11-23")]).await.status, 422, "too long");
    let decision = prepare(&site, &clerk, "2026-11-25").await;
    assert!(officer.get(&site, "/desk").await.body.contains("64 页旧页等待签署补录决定"));
    let list = officer.get(&site, &format!("{decision}/list")).await.body;
    assert_eq!(list.lines().count(), 64);
    assert!(!list.contains("/art/2015/60.html"), "what has a finding is not on the list");
    sign(&site, &clerk, &officer, &decision, &list).await;
    site.app.run_jobs().await.expect("jobs run");
    check(&site).await;
    hide_and_restore(&site, &clerk, &officer).await;

    // The floor can be derived again, redirects and dates with it.
    app::record::jobs::rebuild(&site.app).await.expect("derives");
    check(&site).await;
}

/// Not before the sample was opened, not by who prepared it, not on an unattended screen.
async fn sign(site: &House, clerk: &Client, officer: &Client, decision: &str, list: &str) {
    let digest = Hash::of(list.as_bytes()).to_string();
    let (path, form) = (format!("{decision}/sign"), [("digest", digest.as_str())]);
    let early = officer.post(site, &path, &form).await;
    assert!(early.status == 422 && early.body.contains("没有打开核对"), "{}", early.status);
    assert_eq!(clerk.post(site, &path, &form).await.status, 403);
    assert_eq!(tick(site, officer, decision).await, digest, "the list is its digest");
    let other = Client::sign_in(site, "baomi2").await;
    assert_eq!(other.post(site, &path, &form).await.status, 422, "the sample was another's");
    at(site, "2026-11-23 09:20");
    assert_eq!(officer.post(site, &path, &form).await.status, 422, "who it is was proved too long ago");
    let wrong = [form[0], ("password", "猜一个密码")];
    assert_eq!(officer.post(site, &path, &wrong).await.status, 422);
    let moved = [("digest", "0"), ("password", &site.password("baomi"))];
    assert_eq!(officer.post(site, &path, &moved).await.status, 409, "another list than the one shown");
    assert_eq!(officer.post(site, &path, &form).await.status, 303);
    assert_eq!(officer.post(site, &path, &form).await.status, 409, "once");
}

/// What anyone sees afterwards.
async fn check(site: &House) {
    let public = site.app.store.public();
    let pages = public.find::<public_page::Entity>().all().await.expect("reads");
    assert_eq!(pages.len(), 64);
    assert!(pages.iter().all(|p| !p.content.contains(PLANTED)), "none comes out");
    let signed = Instant::parse("2026-11-23 09:20").expect("a time");
    assert!(pages.iter().all(|p| p.published_at == signed.0 && p.first_public.as_deref() == Some("2015-03-02")));
    let kept = |no: &str| pages.iter().filter(|p| p.index_no == no).count();
    assert_eq!(
        (kept("old/2015-007"), kept("4302SHILI/2026-00003")),
        (1, 1),
        "index numbers are kept, and never doubled"
    );
    for n in (0..60).chain([70]) {
        let answer = old(site, n).await;
        assert_eq!(answer.status, 301, "{n}");
        let page = Client::default().get(site, &answer.location).await;
        assert!(page.status == 200 && page.body.contains("原公开日期") && page.body.contains("补录日期"));
        assert!(page.body.contains(&format!("第 {n} 号旧通知")), "it leads to its own page");
    }
    let odd = Client::default().get(site, "//evil.example/65.html").await;
    assert!(odd.status == 301 && odd.location.starts_with("/records/"), "no way out of the house: {}", odd.location);
    let redirects = public.find::<public_redirect::Entity>().all().await.expect("reads");
    assert!(redirects.iter().all(|r| r.target.is_empty() || r.target.starts_with("/records/")));
    let held = old(site, 60).await;
    assert!(held.status == 404 && held.body.contains("正在核对"));
    assert_eq!(Client::default().get(site, "/art/2015/0.html").await.status, 404, "another query is another page");
    let listed = public.find::<public_listing::Entity>().all().await.expect("reads");
    let then = Instant::parse("2015-03-02 00:00").expect("a time");
    assert!(listed.iter().all(|l| l.first_public.is_some() && l.first_at == then.0), "lists show the day of then");
    let list = Client::default().get(site, "/results/policies?year=2015").await.body;
    assert!(list.contains("2015-03-02") && !list.contains("2026-11-23</"), "{list}");
    let api = Client::default().get(site, "/api/v1/records").await.body;
    assert!(
        api.contains("\"published_at\": \"2026-11-23T09:20:00+08:00\"")
            && api.contains("\"first_public\": \"2015-03-02\"")
    );
    let told = site.app.stocks.of(&public, site.app.law(), &site.app.bodies()[0].id).await.expect("reads");
    assert!(told.iter().all(|held| held.published == Some(then) && held.formed.is_none()), "no news, and never timely");
}

/// What a decision let out is shown again after a hasty pull-down, also when its term is over.
async fn hide_and_restore(site: &House, clerk: &Client, officer: &Client) {
    let record = app::record::backfill::backfill::Entity::find().all(site.app.store.read()).await.expect("reads");
    let record = record.into_iter().find(|p| p.path.contains("/1.html")).and_then(|p| p.record).expect("public");
    assert_eq!(clerk.post(site, &format!("/desk/record/{record}/hide"), &[]).await.status, 303);
    let why = [("reason", "error"), ("says", "看错了")];
    assert_eq!(clerk.post(site, &format!("/desk/record/{record}/hide/reason"), &why).await.status, 303);
    let hidden = old(site, 1).await;
    assert_eq!(hidden.status, 301);
    assert_eq!(Client::default().get(site, &hidden.location).await.status, 410, "hidden, and known");
    let word = site.password("baomi");
    let back = [("outcome", "restored"), ("opinion", "没有问题"), ("password", word.as_str())];
    let answer = officer.post(site, &format!("/desk/record/{record}/hide/decide"), &back).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(Client::default().get(site, &hidden.location).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_years_of_old_pages_come_in_by_one_decision() {
    come_in(house(None).await).await;
    if let Ok(server) = std::env::var("MINGTANG_TEST_PG") {
        come_in(house(Some(&server)).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_ends_with_its_term_and_a_bad_sample_ends_it_at_once() {
    let site = house(None).await;
    let lines: String = (0..3).map(|n| page(n, serde_json::json!({}))).collect();
    take_in(&site, "old.jsonl", &lines).await;
    let clerk = Client::sign_in(&site, "jingban").await;
    let officer = Client::sign_in(&site, "baomi").await;
    // One bad page in the sample: it goes to the desk, and the rest is drawn up anew.
    let decision = prepare(&site, &clerk, "2026-11-23").await;
    let page = officer.get(&site, &format!("{decision}/sample/1")).await.body;
    let hash = between(&page, "name=\"hash\" value=\"", "\"").expect("a form");
    officer.post(&site, &format!("{decision}/sample/1"), &[("hash", &hash), ("verdict", "bad")]).await;
    // Who prepared it takes it back.
    let decision = prepare(&site, &clerk, "2026-11-23").await;
    assert_eq!(clerk.post(&site, &format!("{decision}/return"), &[("reason", "")]).await.status, 422);
    assert_eq!(clerk.post(&site, &format!("{decision}/return"), &[("reason", "漏了几页")]).await.status, 303);
    let decision = prepare(&site, &clerk, "2026-11-23").await;
    let list = officer.get(&site, &format!("{decision}/list")).await.body;
    assert_eq!(list.lines().count(), 2);
    let digest = tick(&site, &officer, &decision).await;
    assert_eq!(officer.post(&site, &format!("{decision}/sign"), &[("digest", &digest)]).await.status, 303);
    // The night falls before the job runs: nothing may be public by a decision that is over.
    at(&site, "2026-11-24 00:00");
    site.app.run_jobs().await.expect("jobs run");
    let public = site.app.store.public();
    assert_eq!(public.find::<public_page::Entity>().count().await.expect("counts"), 0);
    let clerk = Client::sign_in(&site, "jingban").await;
    let page = clerk.get(&site, "/desk/backfill").await.body;
    assert!(page.contains("已结束") && page.contains("2 页"), "they may be decided on again");
    // One that nobody signs is over by itself, too.
    let decision = prepare(&site, &clerk, "2026-11-25").await;
    at(&site, "2026-11-25 23:59");
    site.app.run_jobs().await.expect("jobs run");
    let clerk = Client::sign_in(&site, "jingban").await;
    assert!(!clerk.get(&site, &decision).await.body.contains("期限内没有签署"));
    at(&site, "2026-11-26 00:00");
    site.app.run_jobs().await.expect("jobs run");
    let clerk = Client::sign_in(&site, "jingban").await;
    assert!(clerk.get(&site, &decision).await.body.contains("期限内没有签署"));
    assert_eq!(clerk.post(&site, "/desk/backfill", &[("until", "2026-11-27")]).await.status, 303, "drawn up anew");
}

/// Where a number may hide: in the text, in a table, in the title, in a field.
fn planted(n: u32) -> serde_json::Value {
    let number = format!("领取人身份证号码：{PLANTED}");
    match n % 4 {
        0 => serde_json::json!({"text": number}),
        1 => {
            serde_json::json!({"text": null, "html": format!("<p>名单</p><table><tr><th>姓名</th><th>身份证号码</th></tr>\
            <tr><td>甲</td><td>{PLANTED}</td></tr></table>")})
        }
        2 => serde_json::json!({"title": format!("第 {n} 号 {number}")}),
        _ => serde_json::json!({"fields": {"column": "results/policies", "ground": "O20-1", "summary": number}}),
    }
}

/// The same with 20,000 pages, and figures: `mingtang bench import`.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_pages_no_planted_number_comes_out_and_every_address_answers() {
    const ALL: u32 = 1_000;
    let site = house(None).await;
    let is_planted = |n: u32| n % 100 < 3;
    let line = |n: u32| page(n, if is_planted(n) { planted(n) } else { serde_json::json!({}) });
    let done = take_in(&site, "old.jsonl", &(0..ALL).map(line).collect::<String>()).await;
    assert_eq!((done.clean, done.desk, done.refused.len()), (970, 30, 0), "{:?}", done.refused.first());
    let (clerk, officer) = (Client::sign_in(&site, "jingban").await, Client::sign_in(&site, "baomi").await);
    let decision = prepare(&site, &clerk, "2026-11-25").await;
    let digest = tick(&site, &officer, &decision).await;
    assert_eq!(officer.post(&site, &format!("{decision}/sign"), &[("digest", &digest)]).await.status, 303);
    site.app.run_jobs().await.expect("jobs run");
    let public = site.app.store.public();
    let pages = public.find::<public_page::Entity>().all().await.expect("reads");
    let listed = public.find::<public_listing::Entity>().all().await.expect("reads");
    assert_eq!(pages.len(), 970);
    let all = format!("{pages:?}{listed:?}");
    assert!(all.contains("旧网站上的正文") && !all.contains(PLANTED), "none comes out");
    for n in 0..ALL {
        let answer = old(&site, n).await;
        let wanted = if is_planted(n) { (404, true) } else { (301, false) };
        assert_eq!((answer.status.as_u16(), answer.body.contains("正在核对")), wanted, "{n}");
    }
}
