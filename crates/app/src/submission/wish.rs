//! How somebody who sent us something wants to hear of it: by mail, by SMS, or by looking it up with the code. The wish
//! and the address are typed, so they stand sealed among the words; the job that sends opens them, and nobody else.

use super::model::{CORRECTION, Letter, Words};
use super::store::submission;
use crate::posted::Posted;
use crate::ui::Choice;
use kernel::Refusal;
use store::{Act, Error, Sealer};

/// The job that makes a notice; slice `notice` does its work.
pub const TELL: &str = "notice-tell";
/// The label of the sealed line that holds the wish.
pub const LABEL: &str = "进度通知";
/// The labels under which the forms seal an address, and a telephone number.
const MAILS: &[&str] = &["电子邮箱", "联系方式"];
const PHONES: &[&str] = &["电话", "联系方式"];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Mail,
    Sms,
}

impl Way {
    pub const ALL: [Way; 2] = [Way::Mail, Way::Sms];

    /// As it is stored, and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Way::Mail => "mail",
            Way::Sms => "sms",
        }
    }

    pub fn parse(word: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Way::Mail => "电子邮件",
            Way::Sms => "手机短信",
        }
    }

    /// Whether something can be sent to this address at all.
    pub fn fits(self, address: &str) -> bool {
        let plain = address.chars().all(|c| c.is_ascii_graphic());
        match self {
            Way::Mail => plain && address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host)),
            Way::Sms => address.len() == 11 && address.starts_with('1') && address.chars().all(|c| c.is_ascii_digit()),
        }
    }
}

fn is_host(host: &str) -> bool {
    let fine = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    host.contains('.') && host.split('.').all(fine)
}

/// What a person is told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    Received,
    /// 补正 is asked.
    Supplement,
    Extended,
    Charged,
    /// A reply is there, or what was said is answered.
    Answered,
    /// Closed without a reply, by a clock.
    Closed,
}

impl Cause {
    pub const ALL: [Cause; 6] =
        [Cause::Received, Cause::Supplement, Cause::Extended, Cause::Charged, Cause::Answered, Cause::Closed];

    pub fn word(self) -> &'static str {
        match self {
            Cause::Received => "received",
            Cause::Supplement => "supplement",
            Cause::Extended => "extended",
            Cause::Charged => "charged",
            Cause::Answered => "answered",
            Cause::Closed => "closed",
        }
    }
}

/// The ways that a body has set up.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Ways {
    pub mail: bool,
    pub sms: bool,
}

impl Ways {
    pub fn has(self, way: Way) -> bool {
        match way {
            Way::Mail => self.mail,
            Way::Sms => self.sms,
        }
    }

    /// For a form; empty where nothing is set up.
    pub fn choices(self) -> Vec<Choice> {
        let offered = Way::ALL.into_iter().filter(|way| self.has(*way));
        let mut all: Vec<Choice> = offered.map(|way| Choice::new(way.word(), format!("发{}", way.zh()))).collect();
        if !all.is_empty() {
            all.insert(0, Choice::new("", "不用，我凭查询码查看"));
        }
        all
    }
}

/// The wish of a form, in its field `notice`; `mail` and `phone` are the fields that hold an address.
pub fn read(form: &Posted, mail: &'static str, phone: &'static str) -> Result<Option<Way>, Refusal> {
    let way = Way::parse(form.get("notice"));
    let field = if way == Some(Way::Mail) { mail } else { phone };
    refused(way, form.get(field), field).map_or(Ok(way), Err)
}

/// What is wrong with the address, which stands in `field`.
pub fn refused(way: Option<Way>, address: &str, field: &'static str) -> Option<Refusal> {
    let way = way.filter(|way| !way.fits(address))?;
    let says = match way {
        Way::Mail => "选择发电子邮件的，请填写电子邮箱，写成 name@example.cn 的样子。",
        Way::Sms => "选择发手机短信的，请填写 11 位手机号码。",
    };
    Some(Refusal::new("notice-address", says).at(field))
}

/// The line to seal, where something is wished.
pub fn line(form: &Posted) -> Option<(String, String)> {
    Way::parse(form.get("notice")).map(|way| (LABEL.to_owned(), way.zh().to_owned()))
}

/// How and where to, of sealed lines.
pub fn of_lines(lines: &[(String, String)]) -> Option<(Way, String)> {
    let find = |label: &str| lines.iter().find(|(l, _)| l == label).map(|(_, text)| text.trim());
    let wish = find(LABEL)?;
    let way = Way::ALL.into_iter().find(|way| way.zh() == wish)?;
    let labels = if way == Way::Mail { MAILS } else { PHONES };
    let address = labels.iter().filter_map(|label| find(label)).find(|address| way.fits(address))?;
    Some((way, address.to_owned()))
}

/// How and where to; `None` where nothing is wished, or all is erased.
pub fn of(row: &submission::Model, sealer: &Sealer) -> Result<Option<(Way, String)>, Error> {
    if row.kind == CORRECTION {
        let letter = row.letter(sealer)?;
        return Ok(letter.and_then(|l| Some((Way::parse(&l.notice)?, l.contact))).filter(|(way, to)| way.fits(to)));
    }
    Ok(row.words(sealer)?.and_then(|Words { lines, .. }| of_lines(&lines)))
}

/// Whoever sent this submission is to be told, if he wishes it. `number` is that of the case; empty before there is
/// one.
pub fn tell(act: &mut Act, cause: Cause, submission: &str, number: &str) {
    act.queue(TELL, &format!("{} submission:{submission} {number}", cause.word()), act.now);
}

/// The same for whoever wrote a letter that says so.
pub fn tell_writer(act: &mut Act, cause: Cause, letter: Option<&Letter>, submission: &str) {
    if letter.is_some_and(|letter| !letter.notice.is_empty()) {
        tell(act, cause, submission, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_its_way() {
        for (way, address, fits) in [
            (Way::Mail, "a@b.cn", true),
            (Way::Mail, "a@b", false),
            (Way::Mail, "@b.cn", false),
            (Way::Mail, "a b@c.cn", false),
            (Way::Mail, "a@b..cn", false),
            (Way::Mail, "a@b.cn\r\nBcc:x@y.cn", false),
            (Way::Mail, "13800001234", false),
            (Way::Sms, "13800001234", true),
            (Way::Sms, "0731-28680000", false),
            (Way::Sms, "1380000123４", false),
        ] {
            assert_eq!(way.fits(address), fits, "{address:?}");
        }
    }

    #[test]
    fn a_wish_is_refused_without_its_address_and_sealed_with_it() {
        let form = |notice, mail| Posted::of(&[("notice", notice), ("email", mail), ("phone", "0731-28680000")]);
        assert_eq!(read(&form("", ""), "email", "phone").ok(), Some(None));
        assert_eq!(read(&form("mail", "a@b.cn"), "email", "phone").ok(), Some(Some(Way::Mail)));
        assert_eq!(read(&form("mail", ""), "email", "phone").expect_err("no address").field, Some("email"));
        assert_eq!(read(&form("sms", ""), "email", "phone").expect_err("a landline").field, Some("phone"));
        let lines = |wish: &str| {
            let text = |a: &str, b: &str| (a.to_owned(), b.to_owned());
            vec![text("电话", "13800001234"), text("电子邮箱", "a@b.cn"), text(LABEL, wish)]
        };
        assert_eq!(of_lines(&lines("电子邮件")), Some((Way::Mail, "a@b.cn".into())));
        assert_eq!(of_lines(&lines("手机短信")), Some((Way::Sms, "13800001234".into())));
        assert_eq!(of_lines(&lines("信鸽")), None);
        assert_eq!(of_lines(&lines("电子邮件")[..2]), None);
    }
}
