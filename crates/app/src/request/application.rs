//! What an application must say (条例 29), read from the form of the portal or of the desk. Pure but for the form.

use super::model::{Channel, Class};
use crate::posted::Posted;
use crate::submission::model::Words;
use crate::submission::rules::{secret_mark, too_long};
use crate::submission::wish;
use kernel::{Day, Hash, Refusal};

const ART_29: &str = "《政府信息公开条例》第二十九条";

/// The fields of the form, in its order.
pub const FIELDS: &[&str] = &[
    "who",
    "name",
    "id_kind",
    "id_number",
    "org_class",
    "org_name",
    "org_code",
    "org_contact",
    "phone",
    "email",
    "address",
    "wanted",
    "form",
    "delivery",
    "notice",
];

/// 证件类型. The first is checked by its own rule.
pub const ID_KINDS: &[(&str, &str)] =
    &[("resident", "居民身份证"), ("passport", "护照"), ("permit", "港澳台居民来往内地通行证"), ("other", "其他证件")];
/// 提供的形式.
pub const FORMS: &[(&str, &str)] = &[("electronic", "电子文件"), ("paper", "纸质文件"), ("inspect", "现场查阅")];
/// 取得信息的方式.
pub const DELIVERIES: &[(&str, &str)] =
    &[("platform", "在本平台凭查询码查看"), ("email", "电子邮件"), ("post", "邮寄"), ("counter", "到本局领取")];

const NAME_MAX: usize = 100;
const WANTED_MAX: usize = 2000;

/// An application that may be taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Application {
    pub class: Class,
    pub channel: Channel,
    pub submitted: Day,
    /// For the seal.
    pub words: Words,
}

/// Who fills in the form. What an applicant must say, staff who take down a letter may find missing: then a correction
/// is asked (条例 30).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    Applicant,
    Staff,
}

fn class(form: &Posted) -> Option<Class> {
    match form.get("who") {
        "person" => Some(Class::Person),
        "organisation" => Class::ALL.iter().copied().find(|c| c.choice().code == form.get("org_class")),
        _ => None,
    }
    .filter(|c| (*c == Class::Person) == (form.get("who") == "person"))
}

/// Reads the form, or gives every reason against it.
pub fn read(form: &Posted, by: By, today: Day) -> Result<Application, Vec<Refusal>> {
    let mut why = who(form, by);
    why.extend(contact(form, by));
    why.extend(wanted(form, by));
    let (channel, submitted) = match by {
        By::Applicant => (Some(Channel::Web), Some(today)),
        By::Staff => (
            Channel::ALL.iter().copied().find(|c| *c != Channel::Web && c.choice().code == form.get("channel")),
            Day::parse(form.get("submitted")).filter(|day| *day <= today),
        ),
    };
    if channel.is_none() {
        why.push(Refusal::new("channel", "请选择提交方式。").at("channel"));
    }
    if submitted.is_none() {
        let says = "请填写提交日，不能是以后的日子。";
        why.push(Refusal::new("submitted", says).cite("《政府信息公开条例》第三十一条").at("submitted"));
    }
    match (class(form), channel, submitted) {
        (Some(class), Some(channel), Some(submitted)) if why.is_empty() => {
            Ok(Application { class, channel, submitted, words: words(form) })
        }
        _ => Err(why),
    }
}

fn who(form: &Posted, by: By) -> Vec<Refusal> {
    let mut why = vec![];
    let mut must = |holds: bool, field: &'static str, says: &str| {
        if !holds {
            why.push(Refusal::new("missing", says).cite(ART_29).at(field));
        }
    };
    let applicant = by == By::Applicant;
    match form.get("who") {
        "person" => {
            must(!form.get("name").is_empty(), "name", "请填写姓名。");
            let number = form.get("id_number");
            must(!applicant || !number.is_empty(), "id_number", "请填写证件号码。条例要求提供身份证明。");
            if form.get("id_kind") == "resident" && !number.is_empty() {
                why.extend(resident(number).map(|says| Refusal::new("id-number", says).at("id_number")));
            }
        }
        "organisation" => {
            must(class(form).is_some(), "org_class", "请选择单位类别。");
            must(!form.get("org_name").is_empty(), "org_name", "请填写单位名称。");
            must(!applicant || !form.get("org_contact").is_empty(), "org_contact", "请填写联系人。");
            let code = form.get("org_code");
            must(!applicant || !code.is_empty(), "org_code", "请填写统一社会信用代码。条例要求提供身份证明。");
            if !code.is_empty() {
                why.extend(credit(code).map(|says| Refusal::new("org-code", says).at("org_code")));
            }
        }
        _ => must(false, "who", "请选择申请人类型。"),
    }
    for (field, label) in [("name", "姓名"), ("org_name", "单位名称"), ("org_contact", "联系人"), ("address", "地址")]
    {
        why.extend(too_long(form.get(field), NAME_MAX, label).map(|r| r.at(field)));
    }
    why
}

fn contact(form: &Posted, by: By) -> Vec<Refusal> {
    let (phone, email) = (form.get("phone"), form.get("email"));
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let mut why = vec![];
    if by == By::Applicant && phone.is_empty() {
        let says = "请填写电话号码，我们要用它与您确认收到申请。";
        why.push(Refusal::new("missing", says).cite(ART_29).at("phone"));
    } else if !phone.is_empty() && !(7..=15).contains(&digits) {
        why.push(Refusal::new("phone", format!("电话号码应为 7 到 15 位数字，现在是 {digits} 位。")).at("phone"));
    }
    let has_at = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !email.is_empty() && !has_at {
        why.push(Refusal::new("email", "电子邮箱不对，应写成 name@example.cn 的样子。").at("email"));
    }
    why.extend(wish::read(form, "email", "phone").err());
    let needs = |delivery: &str, field: &str| form.get("delivery") == delivery && form.get(field).is_empty();
    if needs("email", "email") {
        why.push(Refusal::new("missing", "选择用电子邮件取得的，请填写电子邮箱。").at("email"));
    }
    if needs("post", "address") {
        why.push(Refusal::new("missing", "选择邮寄的，请填写收件地址。").at("address"));
    }
    why.extend(too_long(email, NAME_MAX, "电子邮箱").map(|r| r.at("email")));
    why
}

fn wanted(form: &Posted, by: By) -> Vec<Refusal> {
    let (text, mut why) = (form.text("wanted"), vec![]);
    let text = text.trim();
    if text.is_empty() {
        let says = "请写明信息的名称、文号，或者能让我们找到它的其他线索。";
        why.push(Refusal::new("missing", says).cite(ART_29).at("wanted"));
    }
    why.extend(too_long(text, WANTED_MAX, "所需信息").map(|r| r.at("wanted")));
    why.extend(secret_mark(&[("所需信息", text)]).map(|r| r.at("wanted")));
    for (field, all, says) in
        [("form", FORMS, "请选择希望以什么形式得到。"), ("delivery", DELIVERIES, "请选择通过什么方式取得。")]
    {
        let given = form.get(field);
        let known = all.iter().any(|(code, _)| *code == given);
        if !known && (by == By::Applicant || !given.is_empty()) {
            why.push(Refusal::new("missing", says).cite(ART_29).at(field));
        }
    }
    why
}

/// The lines that are sealed; empty ones are left out.
pub fn words(form: &Posted) -> Words {
    let zh = |all: &[(&str, &str)], code: &str| {
        all.iter().find(|(c, _)| *c == code).map(|(_, zh)| (*zh).to_owned()).unwrap_or_default()
    };
    let get = |name: &str| form.get(name).to_owned();
    let person = form.get("who") == "person";
    let class = class(form).map(|c| c.choice().zh.to_owned()).unwrap_or_default();
    let who = if person {
        vec![("姓名", get("name")), ("证件类型", zh(ID_KINDS, form.get("id_kind"))), ("证件号码", get("id_number"))]
    } else {
        vec![("单位名称", get("org_name")), ("统一社会信用代码", get("org_code")), ("联系人", get("org_contact"))]
    };
    let rest = [
        ("申请人类别", class),
        ("电话", get("phone")),
        ("电子邮箱", get("email")),
        ("地址", get("address")),
        ("信息的名称、文号或者其他特征", form.text("wanted").trim().to_owned()),
        ("希望的形式", zh(FORMS, form.get("form"))),
        ("取得方式", zh(DELIVERIES, form.get("delivery"))),
    ];
    let all = who.into_iter().chain(rest).filter(|(_, text)| !text.is_empty());
    Words::new(all.map(|(label, text)| (label.to_owned(), text)).chain(wish::line(form)).collect())
}

/// One sending of the form: the token with the digest of the words.
pub fn sending(once: &str, application: &Application) -> String {
    format!("request\n{once}\n{}", Hash::of(&application.words.bytes()))
}

/// What is wrong with the number of a resident's identity card (GB 11643): 18 characters, the last one a check digit.
fn resident(number: &str) -> Option<String> {
    let number: Vec<char> = number.chars().filter(|c| !c.is_whitespace()).collect();
    if number.len() != 18 {
        return Some(format!("证件号码应为 18 位，现在是 {} 位。", number.len()));
    }
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: Option<u32> = number.iter().zip(weights).map(|(c, w)| c.to_digit(10).map(|d| d * w)).sum();
    let check = sum.and_then(|sum| "10X98765432".chars().nth(sum as usize % 11));
    (check != Some(number[17].to_ascii_uppercase())).then(|| "证件号码不对，请核对是否有错位、漏位。".into())
}

/// What is wrong with a unified social credit code (GB 32100): 18 characters without I, O, S, V, Z, the last a check.
fn credit(code: &str) -> Option<String> {
    const DIGITS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let code: Vec<char> = code.to_ascii_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != 18 {
        return Some(format!("统一社会信用代码应为 18 位，现在是 {} 位。", code.len()));
    }
    let (mut sum, mut weight) = (0, 1);
    for c in &code[..17] {
        let Some(digit) = DIGITS.find(*c) else {
            return Some("统一社会信用代码里有不该有的字符。".into());
        };
        sum += digit * weight;
        weight = weight * 3 % 31;
    }
    let check = DIGITS.chars().nth((31 - sum % 31) % 31);
    (check != Some(code[17])).then(|| "统一社会信用代码不对，请核对是否有错位、漏位。".into())
}
