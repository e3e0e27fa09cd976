//! The rules as tables.

use super::model::{Cause, Fault, Mail, Sms, Tls};
use super::rules::{self, Thing};
use crate::submission::model::{COMMENT, CORRECTION, REQUEST};
use crate::submission::wish;
use serde_json::json;

#[test]
fn a_notice_says_that_something_happened_and_where_to_look() {
    let site = "https://x.gov.cn";
    for (cause, kind, number, site, words) in [
        (
            Cause::Sender(wish::Cause::Answered),
            REQUEST,
            "依申请〔2026〕18号",
            site,
            "您的申请（依申请〔2026〕18号）有答复了。请凭回执上的查询码到 https://x.gov.cn/disclosure/track 查看。",
        ),
        (
            Cause::Sender(wish::Cause::Received),
            COMMENT,
            "",
            site,
            "您提的意见已收到。请凭回执上的查询码到 https://x.gov.cn/decisions/track 查看。",
        ),
        (
            Cause::Sender(wish::Cause::Answered),
            CORRECTION,
            "",
            "",
            "您的更正申请有答复了。请凭回执上的查询码到本平台查看。",
        ),
        (Cause::Near, "", "申3", site, "申3的期限快到了，11月30日截止。请登录工作台办理。"),
        (Cause::Late, "", "申3", site, "申3已经超期，应在 11月30日 以前办完。请登录工作台办理。"),
    ] {
        let text = rules::text(cause, Thing { kind, number, due: "11月30日" }, "某局", site);
        assert_eq!(text.words, words);
        assert!(text.subject.starts_with("某局：") && !text.subject.contains("http"), "{}", text.subject);
    }
}

#[test]
fn every_cause_is_read_as_it_is_written() {
    let all = wish::Cause::ALL.into_iter().map(Cause::Sender).chain([Cause::Near, Cause::Late]);
    for cause in all {
        assert_eq!(Cause::parse(cause.word()), Some(cause));
    }
    for fault in Fault::ALL {
        assert_eq!(Fault::parse(fault.word()), Some(fault));
    }
}

#[test]
fn the_waits_double_up_to_six_hours_and_end() {
    let minutes: Vec<i64> = (1..).map_while(rules::back_off).map(|ms| ms / 30_000).collect();
    assert_eq!(minutes[..4], [1, 2, 4, 8]);
    assert_eq!((minutes.len(), minutes[14]), (15, 720));
    assert!(rules::is_given_up(Some(Fault::Refused), 1) && !rules::is_given_up(Some(Fault::Busy), 1));
    assert!(rules::is_given_up(Some(Fault::Busy), 16));
}

#[test]
fn a_template_is_filled_inside_its_strings_only() {
    let places = [("{phone}", "138"), ("{text}", "有\"引号\"和{phone}")];
    let filled = rules::fill(r#"{"to": ["{phone}"], "say": "【局】{text}{other}", "n": 1}"#, &places);
    assert_eq!(filled, Some(json!({ "to": ["138"], "say": "【局】有\"引号\"和{phone}{other}", "n": 1 })));
    assert_eq!(rules::fill("{phone}", &places), None);
}

#[test]
fn an_answer_counts_by_what_it_says() {
    let sms = |pointer: &str| Sms { pointer: pointer.into(), value: "0".into(), ..Sms::default() };
    for (pointer, answer, worked) in [
        ("", "whatever", Ok(())),
        ("/code", r#"{"code": 0}"#, Ok(())),
        ("/code", r#"{"code": "0"}"#, Ok(())),
        ("/code", r#"{"code": 17}"#, Err(Fault::Refused)),
        ("/code", r#"{"ok": true}"#, Err(Fault::Garbled)),
        ("/code", "<html>", Err(Fault::Garbled)),
    ] {
        assert_eq!(rules::worked(&sms(pointer), answer.as_bytes()), worked, "{pointer} {answer}");
    }
}

#[test]
fn what_goes_in_clear_stays_inside() {
    for (host, inside) in [
        ("localhost", true),
        ("127.0.0.1", true),
        ("10.3.0.8", true),
        ("192.168.1.1", true),
        ("[::1]", true),
        ("8.8.8.8", false),
        ("mail.example.cn", false),
        ("127.0.0.1.example.cn", false),
    ] {
        assert_eq!(rules::is_inside(host), inside, "{host}");
    }
    let open = Mail { host: "10.3.0.8".into(), port: 25, tls: Tls::None, from: "a@b.cn".into(), ..Mail::default() };
    assert_eq!(rules::mail(&open), []);
    let fields = |mail: &Mail| rules::mail(mail).iter().filter_map(|r| r.field).collect::<Vec<_>>();
    assert_eq!(fields(&Mail { host: "mail.example.cn".into(), ..open.clone() }), ["tls"]);
    assert_eq!(fields(&Mail { user: "u".into(), password: "p".into(), ..open.clone() }), ["user"]);
    assert_eq!(fields(&Mail { root: "x".into(), port: 0, ..open }), ["port", "root"]);
}

#[test]
fn a_gateway_is_reached_safely_and_told_whom_to_reach() {
    let fine = Sms { url: "https://sms.cn/x".into(), template: r#"{"p": "{phone}"}"#.into(), ..Sms::default() };
    assert_eq!(rules::sms(&fine), []);
    for (url, good) in [
        ("http://10.0.0.9:8080/send", true),
        ("http://[::1]:8080/send", true),
        ("http://sms.cn/send", false),
        ("http://10.0.0.9@evil.cn/", false),
        ("ftp://10.0.0.9/", false),
        ("", false),
    ] {
        assert_eq!(rules::sms(&Sms { url: url.into(), ..fine.clone() }).is_empty(), good, "{url}");
    }
    let fields = |sms: Sms| rules::sms(&sms).iter().filter_map(|r| r.field).collect::<Vec<_>>();
    assert_eq!(fields(Sms { template: "[]".into(), ..fine.clone() }), ["template", "template"]);
    assert_eq!(fields(Sms { header: "Authorization".into(), ..fine.clone() }), ["secret"]);
    assert_eq!(fields(Sms { pointer: "code".into(), ..fine }), ["pointer", "value"]);
}
