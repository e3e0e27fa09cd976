//! The two forms of settings, read. A secret is never filled in again; left empty it stays.

use super::model::{Mail, Settings, Sms, Tls};
use super::rules;
use crate::posted::Posted;
use kernel::Refusal;

/// What the fields of a mail server hold.
pub fn of_mail(mail: &Mail) -> Posted {
    let port = if mail.port == 0 { String::new() } else { mail.port.to_string() };
    Posted::of(&[
        ("host", mail.host.as_str()),
        ("port", &port),
        ("tls", mail.tls.word()),
        ("user", &mail.user),
        ("from", &mail.from),
        ("root", &mail.root),
    ])
}

/// What the fields of a gateway hold.
pub fn of_sms(sms: &Sms) -> Posted {
    Posted::of(&[
        ("url", sms.url.as_str()),
        ("header", &sms.header),
        ("template", &sms.template),
        ("pointer", &sms.pointer),
        ("value", &sms.value),
    ])
}

/// A secret is kept only while it goes to the same place: a new address must not be handed the old one's.
fn secret(typed: &str, before: &str, same: bool) -> String {
    if typed.is_empty() && same { before.to_owned() } else { typed.to_owned() }
}

/// The settings as a form wants them, or every reason against it. `do` says which part, and whether it is to end.
pub fn read(form: &Posted, before: &Settings) -> Result<Settings, Vec<Refusal>> {
    let mut fresh = before.clone();
    let why = match form.get("do") {
        "mail" => {
            let mail = mail(form, before.mail.as_ref());
            let why = rules::mail(&mail);
            fresh.mail = Some(mail);
            why
        }
        "sms" => {
            let sms = sms(form, before.sms.as_ref());
            let why = rules::sms(&sms);
            fresh.sms = Some(sms);
            why
        }
        "end-mail" => {
            fresh.mail = None;
            vec![]
        }
        "end-sms" => {
            fresh.sms = None;
            vec![]
        }
        _ => vec![Refusal::new("do", "表单不完整。请刷新后再提交。")],
    };
    if why.is_empty() { Ok(fresh) } else { Err(why) }
}

fn mail(form: &Posted, before: Option<&Mail>) -> Mail {
    let (host, user) = (form.get("host").to_owned(), form.get("user").to_owned());
    let same = before.is_some_and(|b| b.host == host && b.user == user);
    let password = secret(&form.text("password"), before.map_or("", |b| &b.password), same);
    Mail {
        port: form.get("port").parse().unwrap_or(0),
        tls: Tls::ALL.into_iter().find(|tls| tls.word() == form.get("tls")).unwrap_or_default(),
        password: if user.is_empty() { String::new() } else { password },
        from: form.get("from").to_owned(),
        root: form.text("root").trim().to_owned(),
        host,
        user,
    }
}

fn sms(form: &Posted, before: Option<&Sms>) -> Sms {
    let (url, header) = (form.get("url").to_owned(), form.get("header").to_owned());
    let same = before.is_some_and(|b| b.url == url && b.header == header);
    let typed = secret(form.get("secret"), before.map_or("", |b| &b.secret), same);
    Sms {
        secret: if header.is_empty() { String::new() } else { typed },
        template: form.text("template").trim().to_owned(),
        pointer: form.get("pointer").to_owned(),
        value: form.get("value").to_owned(),
        url,
        header,
    }
}
