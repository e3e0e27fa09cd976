//! What the words beside a number call it. The nearest label decides: in the line before it, at the end of the
//! paragraph above, in the cell to its left, at the head of its column.

use crate::table::Tables;
use crate::{Piece, fold::Folded};
use regex::Regex;
use std::cell::Cell;
use std::ops::Range;
use std::sync::LazyLock;

/// What a number is said to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sense {
    ResidentId,
    Phone,
    /// A number made public on purpose.
    Hotline,
    /// A passport or a permit to cross the border, or a service card.
    Permit,
    /// A code or serial number of a thing or a body.
    Code,
    /// An account at a bank.
    Account,
    /// A certificate or account of any other sort.
    Other,
}

/// Longest label, with what may stand between it and the number, in characters.
const REACH: usize = 24;
/// Longest sentence that is looked at for context, in characters each way.
const SENTENCE: usize = 120;

static SENSES: LazyLock<Regex> = LazyLock::new(|| {
    let id = "身份证?件?(?:号码|编号|号|代码)?|证件(?:号码|编号|号)|公民号码|社保(?:障)?卡?号码?|社会保障号码?|持证人|\
              (?-u:\\b)(?i:id|id[ _-]?card|id ?no|sfzh?)(?-u:\\b)";
    let hotline = "(?:热线|举报|投诉|监督|值班|值守|应急|救援|求助|报告|服务台|报警)(?:电话|手机|号码)?";
    let phone = "手机|移动电话|电话|联系方式|联系人|微信|座机|固话|(?i:tel|mobile|phone)";
    let permit = "护照|通行证|回乡证|台胞证|居留证|居住证|旅行证|海员证|(?:军官|士官|士兵|文职|警官|军人)证|\
                  (?-u:\\b)(?i:passport)(?-u:\\b)";
    let thing = "(?:采购|项目|合同|文件|案件|业务|受理|登记|许可|备案|票据|发票|档案|凭证|资产|设备|检疫|产品|快递|运单|\
                 机构|学籍|资格|执业|交易|支付|商户)";
    let code = format!(
        "代码|编码|税号|识别号|二维码|条形码|工号|学号|流水号?|单号|订单号?|耳标号?|追溯|宗地|地号|不动产|单元号|条码|批号|批次|案号|文号|索引号?|编号|序列号|型号|\
         货号|规格|版本|时间戳|校验|\
         {thing}\\p{{Han}}{{0,4}}?(?:编号|号码|号)|金额|合计|总计|总投资|面积|(?i:imei|isbn|issn|qq)"
    );
    let account =
        "账号|帐号|账户|帐户|卡号|一卡通|存折|(?:银行|储蓄|借记|信用|社保|工资)卡号?|开户行?|银行|信用社|支行";
    Regex::new(&format!(
        "(?<id>{id})|(?<hotline>{hotline})|(?<phone>{phone})|(?<permit>{permit})|(?<code>{code})|(?<account>{account})|\
         (?<other>证号)"
    ))
    .expect("a valid pattern")
});

/// Words after a number that make it an amount.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    let thing = "元|美元|港元|人民币|头|羽|只|吨|公斤|千克|克|斤|平方|亩|公顷|立方|人|户|件|次|枚|株|尾|台|辆|套|支|袋|瓶|箱|批|\
                 份|公里|千米|米|升|毫升|千瓦|度|度电|个|倍|岁|天|股";
    Regex::new(&format!(r"^ ?(?:\.[0-9]|,[0-9]{{3}}(?:[^0-9]|$)|[余多]?[万亿千百]?(?:{thing})|万|亿|%)"))
        .expect("a valid pattern")
});

/// The labels of a paper, with the neighbours of each table cell.
pub(crate) struct Labels<'a> {
    pub pieces: &'a [Piece<'a>],
    pub tables: Tables<'a>,
    /// Where a number was last looked at, and what it is called: several rules ask in turn.
    last: Cell<Option<(usize, usize, Option<Sense>)>>,
}

impl<'a> Labels<'a> {
    pub fn new(pieces: &'a [Piece<'a>]) -> Labels<'a> {
        Labels { pieces, tables: Tables::new(pieces), last: Cell::new(None) }
    }

    /// What the number that begins at byte `at` of a piece is called.
    pub fn sense(&self, piece: usize, at: usize) -> Option<Sense> {
        match self.last.get() {
            Some((last, byte, sense)) if (last, byte) == (piece, at) => sense,
            _ => {
                let sense = self.look(piece, at);
                self.last.set(Some((piece, at, sense)));
                sense
            }
        }
    }

    fn look(&self, piece: usize, at: usize) -> Option<Sense> {
        if let Some(sense) = read(&self.lead(piece, at)) {
            return Some(sense);
        }
        let cells = [self.tables.left(piece), self.tables.head(piece)];
        cells.into_iter().flatten().find_map(|n| read(&lead_of_cell(self.pieces[n].text)))
    }

    /// The words before a number in its clause, folded; those of the line above where that ends in a colon.
    pub fn lead(&self, piece: usize, at: usize) -> String {
        let before = &self.pieces[piece].text[..at];
        let above = piece.checked_sub(1).filter(|_| before.trim().is_empty()).map(|n| &self.pieces[n]);
        let above = above.filter(|p| p.place.flow() == self.pieces[piece].place.flow() && p.place.cell().is_none());
        match above.map(|p| p.text.trim_end()).filter(|text| text.ends_with([':', '：'])) {
            Some(text) => lead(text),
            None => lead(before),
        }
    }

    /// The sentence around a stretch, or all of the row where it stands in a table.
    pub fn sentence(&self, piece: usize, at: usize) -> String {
        match self.tables.row(piece) {
            row if row.len() > 1 => row.map(|n| self.pieces[n].text).collect::<Vec<_>>().join("，"),
            _ => self.pieces[piece].text[sentence(self.pieces[piece].text, at)].to_owned(),
        }
    }

    /// An amount of money or of things, by what follows or precedes.
    pub fn amount(&self, first: (usize, usize), last: (usize, usize)) -> bool {
        let after: String = self.pieces[last.0].text[last.1..].chars().take(6).collect();
        let before = self.pieces[first.0].text[..first.1].trim_end();
        UNIT.is_match(&Folded::new(&after).text) || before.ends_with(['¥', '￥', '$', '＄'])
    }

    /// A Latin letter or digit right before the number.
    pub fn glued_before(&self, (piece, at): (usize, usize)) -> bool {
        self.pieces[piece].text[..at]
            .chars()
            .next_back()
            .and_then(crate::fold::fold)
            .is_some_and(|c| c.is_ascii_alphanumeric())
    }

    /// A Latin letter or digit right after the number.
    pub fn glued_after(&self, (piece, at): (usize, usize)) -> bool {
        self.pieces[piece].text[at..]
            .chars()
            .next()
            .and_then(crate::fold::fold)
            .is_some_and(|c| c.is_ascii_alphanumeric())
    }
}

/// The sentence around byte `at`: to the next full stop or line end, and not further than is worth reading.
pub(crate) fn sentence(text: &str, at: usize) -> Range<usize> {
    const ENDS: [char; 7] = ['。', '！', '？', '\n', '\r', '；', '\u{2028}'];
    let near = text[..at].char_indices().rev().nth(SENTENCE).map_or(0, |(n, _)| n);
    let far = text[at..].char_indices().nth(SENTENCE).map_or(text.len(), |(n, _)| at + n);
    let start = text[near..at].rfind(ENDS).map_or(near, |n| near + n);
    let start = if text[start..at].starts_with(ENDS) {
        start + text[start..].chars().next().map_or(0, char::len_utf8)
    } else {
        start
    };
    start..text[at..far].find(ENDS).map_or(far, |n| at + n)
}

fn lead(before: &str) -> String {
    let start = before.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
    let plain = Folded::new(&before[start..]).text;
    let line = plain.trim_end();
    let below = plain[line.len()..].contains('\n');
    if below && !line.ends_with(':') {
        return String::new();
    }
    line.rsplit(['，', '。', '、', ',', ';', '\n', '|', '/']).next().unwrap_or_default().to_owned()
}

fn lead_of_cell(cell: &str) -> String {
    Folded::new(cell).text.chars().filter(|c| *c != ' ').take(REACH).collect()
}

/// The last label. A hotline must end the words: 举报电话：王某 139… names a person.
fn read(words: &str) -> Option<Sense> {
    let place = SENSES.find_iter(words).last()?;
    let last = SENSES.captures(place.as_str())?;
    let rest = &words[place.end()..];
    let direct = rest.chars().all(|c| c.is_ascii_punctuation() || c == ' ' || "为是号".contains(c));
    Some(match () {
        () if last.name("id").is_some() => Sense::ResidentId,
        () if last.name("hotline").is_some() && direct => Sense::Hotline,
        () if last.name("hotline").is_some() || last.name("phone").is_some() => Sense::Phone,
        () if last.name("permit").is_some() => Sense::Permit,
        () if last.name("code").is_some() => Sense::Code,
        () if last.name("account").is_some() => Sense::Account,
        () => Sense::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    #[test]
    fn the_nearest_label_decides() {
        let table = [
            ("身份证号：", Some(Sense::ResidentId)),
            ("身份证编号:", Some(Sense::ResidentId)),
            ("统一社会信用代码：", Some(Sense::Code)),
            ("统一社会信用代码见附件，身份证号", Some(Sense::ResidentId)),
            ("身份证号见附件，采购编号", Some(Sense::Code)),
            ("举报电话：", Some(Sense::Hotline)),
            ("举报电话：王某 ", Some(Sense::Phone)),
            ("手机\n", None),
            ("手机：\n", Some(Sense::Phone)),
            ("一卡通账号", Some(Sense::Account)),
            ("台湾居民来往大陆通行证号", Some(Sense::Permit)),
            ("产品型号", Some(Sense::Code)),
            ("兽药经营许可证号", Some(Sense::Code)),
            ("open?idcard=", Some(Sense::ResidentId)),
            ("covid ", None),
            ("王某某，男，", None),
        ];
        for (text, sense) in table {
            let pieces = [Piece::new(Place::body(0), text)];
            assert_eq!(Labels::new(&pieces).sense(0, text.len()), sense, "{text}");
        }
    }

    #[test]
    fn a_sentence_ends_at_its_stops() {
        let text = "甲。乙，丙；丁\n戊";
        for (word, want) in [("甲", "甲"), ("丙", "乙，丙"), ("丁", "丁"), ("戊", "戊")] {
            assert_eq!(&text[sentence(text, text.find(word).expect("there"))], want);
        }
    }
}
