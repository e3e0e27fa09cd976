//! The optional second factor: set up, asked for, counted once, taken off by an administrator.

use crate::client::{Client, between};
use crate::stories::Site;
use crate::wire::{House, house};
use axum::http::{Method, StatusCode};
use kernel::Instant;
use totp_rs::{Builder, Secret};

fn code(secret: &str, at: Instant) -> String {
    let secret = Secret::try_from_base32(secret).expect("base 32");
    let totp = Builder::new().with_secret(secret).build().expect("long enough");
    totp.generate(u64::try_from(at.0 / 1000).expect("after 1970")).to_string()
}

async fn signs_in(site: &House, code: &str) -> bool {
    let form = [("name", "jingban"), ("password", &site.password("jingban")), ("code", code)];
    let form = form.map(|(n, v)| (n.to_owned(), v.to_owned()));
    Client::default().ask(site, &Method::POST, "/desk/sign-in", &form).await.status == StatusCode::SEE_OTHER
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_and_each_code_counts_once() {
    let site = house(None).await;
    let start = Instant::parse("2026-11-23 09:00").expect("a time");
    let at = |seconds: i64| start.plus_ms(seconds * 1000);
    site.set_clock(start);
    let person = Client::sign_in(&site, "jingban").await;
    let page = person.get(&site, "/desk/me").await.body;
    let secret = between(&page, "<p class=\"code\">", "</p>").expect("a secret");
    let sealed = between(&page, "name=\"sealed\" value=\"", "\"").expect("the secret, sealed");
    let wrong = person.post(&site, "/desk/me/second", &[("sealed", &sealed), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "the authenticator must show that it has the secret");
    let set = person.post(&site, "/desk/me/second", &[("sealed", &sealed), ("code", &code(&secret, start))]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);

    assert!(!signs_in(&site, "").await, "the password alone is not enough");
    assert!(!signs_in(&site, &code(&secret, start)).await, "that code was used to set it up");
    site.set_clock(at(60));
    assert!(signs_in(&site, &code(&secret, at(60))).await);
    assert!(!signs_in(&site, &code(&secret, at(60))).await, "a code counts once");

    site.set_clock(at(120));
    let off = person.post(&site, "/desk/me/second-off", &[("code", &code(&secret, at(120)))]).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.body);
    assert!(signs_in(&site, "").await);
}
