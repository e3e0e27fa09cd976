//! People outside: they apply, withdraw, supply what was missing, and say what they think of a draft.

use super::{Bureau, CANARY};
use crate::client::{Answer, HOST, between, urlencoded};
use crate::html;
use crate::stories::Site;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use std::collections::BTreeSet;

impl Bureau {
    /// A request without a cookie, from an address of its own.
    async fn asks(&mut self, method: &Method, path: &str, form: &[(&str, &str)]) -> Answer {
        self.visitors += 1;
        let from = format!("10.{}.{}.{}", self.visitors >> 16 & 255, self.visitors >> 8 & 255, self.visitors & 255);
        let body: Vec<String> = form.iter().map(|(n, v)| format!("{n}={}", urlencoded(v))).collect();
        let request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        let request = request.header("x-forwarded-for", from);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.body(Body::from(body.join("&")));
        let (parts, body) = self.site.send(request.expect("a request")).await.into_parts();
        let location = parts.headers.get(header::LOCATION).and_then(|l| l.to_str().ok()).unwrap_or_default().to_owned();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: parts.status, location, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn visits(&mut self) {
        for _ in 0..self.often(80) {
            self.applies().await;
        }
        for _ in 0..self.often(200) {
            self.follows().await;
        }
        for _ in 0..self.often(250) {
            self.comments().await;
        }
    }

    async fn applies(&mut self) {
        let page = self.asks(&Method::GET, "/disclosure/apply/form", &[]).await.body;
        let once = between(&page, "name=\"once\" value=\"", "\"").expect("a token");
        let name = if self.chance(100) { "" } else { CANARY };
        let form = [
            ("once", once.as_str()),
            ("who", "person"),
            ("name", name),
            ("id_kind", "passport"),
            ("id_number", "G00000000"),
            ("phone", "0731-28680000"),
            ("wanted", CANARY),
            ("form", "electronic"),
            ("delivery", "platform"),
        ];
        let sent = self.asks(&Method::POST, "/disclosure/apply/send", &form).await;
        if self.took("applied", &sent) {
            let again = self.asks(&Method::POST, "/disclosure/apply/send", &form).await;
            assert_eq!(again.location, sent.location, "sent twice it is one application");
            self.holders.push(sent.location);
        }
    }

    /// An applicant looks how far it is, and does what the page offers, if anything.
    async fn follows(&mut self) {
        let Some(page) = self.pick(&self.holders.clone()).cloned() else { return };
        let shown = self.asks(&Method::GET, &page, &[]).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        let offers: Vec<&str> =
            ["supplement", "collect"].into_iter().filter(|a| shown.body.contains(&format!("{page}/{a}"))).collect();
        let action = if self.chance(40) { Some("withdraw") } else { offers.first().copied() };
        let (Some(action), Some(once)) = (action, between(&shown.body, "name=\"once\" value=\"", "\"")) else { return };
        let form = [("once", once.as_str()), ("text", CANARY)];
        let done = self.asks(&Method::POST, &format!("{page}/{action}"), &form).await;
        self.took("step", &done);
    }

    async fn comments(&mut self) {
        let list = self.asks(&Method::GET, "/decisions/cases", &[]).await.body;
        let is_case = |l: &String| l.strip_prefix("/decisions/").is_some_and(|n| n.starts_with(char::is_numeric));
        let cases: BTreeSet<String> = html::links(&list).into_iter().filter(is_case).collect();
        let Some(case) = self.pick(&Vec::from_iter(cases)).cloned() else { return };
        let form = self.asks(&Method::GET, &format!("{case}/comment"), &[]).await.body;
        let Some(once) = between(&form, "name=\"once\" value=\"", "\"") else { return };
        let passage = if self.chance(100) { "p99" } else { "whole" };
        let form = [("once", once.as_str()), ("passage", passage), ("said", CANARY), ("name", CANARY)];
        let sent = self.asks(&Method::POST, &format!("{case}/comment"), &form).await;
        if self.took("commented", &sent) {
            let again = self.asks(&Method::POST, &format!("{case}/comment"), &form).await;
            assert_eq!(again.location, sent.location, "sent twice it is one comment");
            let receipt = self.asks(&Method::GET, &sent.location, &[]).await;
            assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
        }
    }
}
