//! What a notice says, how often it is tried, what may be set. Pure.

use super::model::{Cause, Fault, Mail, Sms, Text, Tls};
use crate::submission::model::{COMMENT, CORRECTION};
use crate::submission::wish::{self, Way};
use core::net::IpAddr;
use kernel::Refusal;
use serde_json::Value;

/// Notices that one address gets in a day: a stranger's address in our form must not become a nuisance to him.
pub const A_DAY: u64 = 10;
pub const DAY_MS: i64 = 86_400_000;
/// How long a row is kept after its last change, in milliseconds.
pub const KEPT_MS: i64 = 90 * DAY_MS;
/// The first wait after a failure, in milliseconds; it doubles each time, up to the longest.
const FIRST_WAIT: i64 = 30_000;
const LONGEST_WAIT: i64 = 6 * 3_600_000;
/// Tries before only a person tries again: the waits sum up to nearly two days.
const TRIES: i64 = 16;
const SHORT_MAX: usize = 200;
const TEMPLATE_MAX: usize = 2000;
const ROOT_MAX: usize = 8000;

/// What a template may hold, with what stands for it in a trial.
pub const PLACES: &[&str] = &["{phone}", "{text}", "{number}", "{cause}", "{id}"];

/// How long to wait after so many tries, in milliseconds; `None` where only a person tries again.
pub fn back_off(tries: i64) -> Option<i64> {
    (tries < TRIES).then(|| (FIRST_WAIT << tries.clamp(1, 20).saturating_sub(1)).min(LONGEST_WAIT))
}

/// Whether a failed notice is left to a person.
pub fn is_given_up(fault: Option<Fault>, tries: i64) -> bool {
    back_off(tries).is_none() || fault.is_some_and(|f| !f.passes())
}

/// What a notice is about: the kind of submission (empty for staff), the case's number, the last day of a term.
#[derive(Clone, Copy, Debug)]
pub struct Thing<'a> {
    pub kind: &'a str,
    pub number: &'a str,
    pub due: &'a str,
}

/// `body` is who speaks; `site` is the portal's address, empty where it has none. Nothing but the number and where to
/// look: whoever else reads the mailbox learns no more.
pub fn text(cause: Cause, thing: Thing, body: &str, site: &str) -> Text {
    let Thing { kind, number, due } = thing;
    let numbered = |word: &str| if number.is_empty() { word.to_owned() } else { format!("{word}（{number}）") };
    let (said, next) = match cause {
        Cause::Sender(cause) => {
            let (thing, at) = match kind {
                COMMENT => (numbered("您提的意见"), "/decisions/track"),
                CORRECTION => (numbered("您的更正申请"), "/correction/track"),
                _ => (numbered("您的申请"), "/disclosure/track"),
            };
            let place = if site.is_empty() { "本平台".to_owned() } else { format!(" {site}{at} ") };
            (format!("{thing}{}", happened(cause)), format!("请凭回执上的查询码到{place}查看。"))
        }
        Cause::Near => (format!("{number}的期限快到了，{due}截止"), "请登录工作台办理。".to_owned()),
        Cause::Late => (format!("{number}已经超期，应在 {due} 以前办完"), "请登录工作台办理。".to_owned()),
    };
    Text { subject: format!("{body}：{said}"), words: format!("{said}。{next}") }
}

fn happened(cause: wish::Cause) -> &'static str {
    match cause {
        wish::Cause::Received => "已收到",
        wish::Cause::Supplement => "需要您补正",
        wish::Cause::Extended => "的答复期限延长了",
        wish::Cause::Charged => "需要您缴费",
        wish::Cause::Answered => "有答复了",
        wish::Cause::Closed => "已办结",
    }
}

/// The body of a mail around the words of a notice.
pub fn letter(words: &str, body: &str) -> String {
    format!("{words}\n\n{body}\n\n这封邮件由系统发出，不用回复。我们不会向您要查询码。\n")
}

/// The request to a gateway: the template with its places filled, inside strings only, so that nothing typed can become
/// JSON. `None` for a template that is no JSON.
pub fn fill(template: &str, places: &[(&str, &str)]) -> Option<Value> {
    let mut json: Value = serde_json::from_str(template).ok()?;
    put(&mut json, places);
    Some(json)
}

fn put(json: &mut Value, places: &[(&str, &str)]) {
    match json {
        Value::String(text) => *text = replaced(text, places),
        Value::Array(all) => all.iter_mut().for_each(|one| put(one, places)),
        Value::Object(all) => all.values_mut().for_each(|one| put(one, places)),
        _ => {}
    }
}

/// In one pass: what was put in is not looked at again.
fn replaced(text: &str, places: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = places.iter().find(|(name, _)| rest.starts_with(name));
        let (put, skip) = found.map_or(("{", 1), |(name, value)| (*value, name.len()));
        out.push_str(put);
        rest = &rest[skip..];
    }
    out + rest
}

/// Whether an answer with a good status says that it worked.
pub fn worked(sms: &Sms, answer: &[u8]) -> Result<(), Fault> {
    if sms.pointer.is_empty() {
        return Ok(());
    }
    let json: Value = serde_json::from_slice(answer).map_err(|_| Fault::Garbled)?;
    let told = match json.pointer(&sms.pointer) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => return Err(Fault::Garbled),
        Some(other) => other.to_string(),
    };
    if told == sms.value { Ok(()) } else { Err(Fault::Refused) }
}

/// A host of this machine or of the internal network, by its number or as `localhost`.
pub fn is_inside(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local(),
        Err(_) => host == "localhost",
    }
}

fn too_long(text: &str, most: usize, name: &str, field: &'static str) -> Option<Refusal> {
    (text.chars().count() > most).then(|| Refusal::new("too-long", format!("{name}最多 {most} 字。")).at(field))
}

/// Every reason against a mail server.
pub fn mail(mail: &Mail) -> Vec<Refusal> {
    let mut why = vec![];
    let mut must = |holds: bool, field: &'static str, says: &str| {
        if !holds {
            why.push(Refusal::new(field, says).at(field));
        }
    };
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c));
    must(plain(&mail.host), "host", "请填写邮件服务器的主机名，如 smtp.example.gov.cn。");
    must(mail.port > 0, "port", "请填写端口，1 到 65535。");
    must(Way::Mail.fits(&mail.from), "from", "请填写发件地址，写成 name@example.cn 的样子。");
    must(mail.user.is_empty() || !mail.password.is_empty(), "password", "填了账号的，请填写密码。");
    let open = mail.tls == Tls::None;
    must(!open || is_inside(&mail.host), "tls", "不加密的只能连本机和内网的 IP 地址。请选 STARTTLS 或者 TLS。");
    must(!open || mail.user.is_empty(), "user", "不加密时不能用账号和密码。请加密，或者把账号留空。");
    let pem = mail.root.is_empty() || mail.root.starts_with("-----BEGIN CERTIFICATE-----");
    must(pem, "root", "根证书应是 PEM 格式，以 -----BEGIN CERTIFICATE----- 开头。");
    why.extend(too_long(&mail.host, SHORT_MAX, "主机名", "host"));
    why.extend(too_long(&mail.user, SHORT_MAX, "账号", "user"));
    why.extend(too_long(&mail.root, ROOT_MAX, "根证书", "root"));
    why
}

/// Every reason against a gateway.
pub fn sms(sms: &Sms) -> Vec<Refusal> {
    let mut why = vec![];
    let mut must = |holds: bool, field: &'static str, says: &str| {
        if !holds {
            why.push(Refusal::new(field, says).at(field));
        }
    };
    let plain = sms.url.chars().all(|c| c.is_ascii_graphic()) && !sms.url.contains('@');
    let host = sms.url.strip_prefix("http://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let host = host.map(|h| match h.split_once(']') {
        Some((number, _)) => number,
        None => h.split(':').next().unwrap_or_default(),
    });
    let safe = sms.url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty()) || host.is_some_and(is_inside);
    must(plain && safe, "url", "请填写网关地址，以 https:// 开头；http:// 只能用于本机和内网的 IP 地址。");
    let token = sms.header.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    must(token, "header", "请求头的名称只能有字母、数字和连字符，如 Authorization。");
    must(sms.header.is_empty() || !sms.secret.is_empty(), "secret", "填了请求头的，请填写它的值。");
    must(sms.secret.chars().all(|c| c.is_ascii() && !c.is_ascii_control()), "secret", "口令里有不能用的字符。");
    let json = serde_json::from_str::<Value>(&sms.template).is_ok_and(|v| v.is_object());
    must(json, "template", "请求内容应是一个 JSON 对象，如 {\"mobile\": \"{phone}\", \"content\": \"{text}\"}。");
    must(sms.template.contains("{phone}"), "template", "请求内容里要有 {phone}，否则网关不知道发给谁。");
    must(sms.pointer.is_empty() || sms.pointer.starts_with('/'), "pointer", "结果的位置以 / 开头，如 /code。");
    must(sms.pointer.is_empty() || !sms.value.is_empty(), "value", "请填写成功时的值，如 0。");
    why.extend(too_long(&sms.url, SHORT_MAX, "网关地址", "url"));
    why.extend(too_long(&sms.template, TEMPLATE_MAX, "请求内容", "template"));
    why
}
