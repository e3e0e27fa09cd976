//! What the words beside a number call it. The nearest label decides: in the line before it, in the cell to its left,
//! at the head of its column.

use crate::{Piece, fold::Folded, place::Flow};
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a number is said to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sense {
    ResidentId,
    Phone,
    /// A number made public on purpose.
    Hotline,
    /// A code or serial number of a thing or a body.
    Code,
    /// An account or a certificate of any sort.
    Account,
}

/// Longest label, with what may stand between it and the number.
const REACH: usize = 24;

static SENSES: LazyLock<Regex> = LazyLock::new(|| {
    let id = "身份证?件?(?:号码|编号|号|代码)?|证件(?:号码|编号|号)|公民号码|社保(?:障)?卡?号码?|社会保障号码?|持证人|\
              \\b(?i:id|idcard|id ?no|sfzh?)\\b";
    let hotline = "(?:热线|举报|投诉|监督|值班)(?:电话|手机|号码)?";
    let phone = "手机|移动电话|电话|联系方式|联系人|微信|(?i:tel|mobile|phone)";
    let thing =
        "(?:采购|项目|合同|文件|案件|业务|受理|登记|许可|备案|票据|发票|档案|凭证|资产|设备|检疫|产品|快递|运单)";
    let code = format!(
        "代码|编码|流水号?|单号|订单号?|耳标号?|追溯|宗地|地号|不动产|单元号|条码|批号|批次|案号|文号|索引号?|编号|序列号|\
         {thing}\\p{{Han}}{{0,4}}?(?:编号|号码|号)|金额|合计|总计|总投资|面积|(?i:imei|isbn|issn)"
    );
    let account = "账号|帐号|账户|帐户|卡号|证号";
    Regex::new(&format!("(?<id>{id})|(?<hotline>{hotline})|(?<phone>{phone})|(?<code>{code})|(?<account>{account})"))
        .expect("a valid pattern")
});

/// Words after a number that make it an amount.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ ?(?:\.[0-9]|,[0-9]{3}|[万亿千百]?(?:元|美元|头|羽|只|吨|公斤|千克|平方|亩|公顷|立方|人次)|%)")
        .expect("a valid pattern")
});

/// The labels of a paper, with the neighbours of each table cell.
pub(crate) struct Labels<'a> {
    pub pieces: &'a [Piece<'a>],
    /// The piece to the left and the piece at the head of the column.
    beside: HashMap<usize, [Option<usize>; 2]>,
}

impl<'a> Labels<'a> {
    pub fn new(pieces: &'a [Piece<'a>]) -> Labels<'a> {
        let mut heads: HashMap<(Flow, usize, usize), usize> = HashMap::new();
        let mut beside = HashMap::new();
        for (n, piece) in pieces.iter().enumerate() {
            let Some((block, cell)) = piece.place.cell() else { continue };
            let flow = piece.place.flow();
            let head = *heads.entry((flow, block, cell.col)).or_insert(n);
            let left = n.checked_sub(1).filter(|&l| {
                let place = &pieces[l].place;
                place.flow() == flow && place.cell().is_some_and(|(b, c)| b == block && c.row == cell.row)
            });
            beside.insert(n, [left, Some(head).filter(|&h| h != n)]);
        }
        Labels { pieces, beside }
    }

    /// What the number that begins at byte `at` of a piece is called, and whether the label stands right before it.
    pub fn sense(&self, piece: usize, at: usize) -> Option<Sense> {
        let lead = lead(&self.pieces[piece].text[..at]);
        if let Some(sense) = read(&lead) {
            return Some(sense);
        }
        let [left, head] = self.beside.get(&piece).copied().unwrap_or_default();
        [left, head].into_iter().flatten().find_map(|n| read(&lead_of_cell(self.pieces[n].text)))
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

/// The words before a number in its clause; those of the line above where that ends in a colon.
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
    Folded::new(cell).text.chars().take(REACH).collect()
}

/// The last label. A hotline must end the words: 举报电话：王某 139… names a person.
fn read(words: &str) -> Option<Sense> {
    let last = SENSES.captures_iter(words).last()?;
    let rest = &words[last.get(0)?.end()..];
    let direct = rest.chars().all(|c| c.is_ascii_punctuation() || c == ' ' || "为是号".contains(c));
    Some(match () {
        () if last.name("id").is_some() => Sense::ResidentId,
        () if last.name("hotline").is_some() && direct => Sense::Hotline,
        () if last.name("hotline").is_some() || last.name("phone").is_some() => Sense::Phone,
        () if last.name("code").is_some() => Sense::Code,
        () => Sense::Account,
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
            ("open?idcard=", Some(Sense::ResidentId)),
            ("covid ", None),
            ("王某某，男，", None),
        ];
        for (text, sense) in table {
            let pieces = [Piece::new(Place::body(0), text)];
            assert_eq!(Labels::new(&pieces).sense(0, text.len()), sense, "{text}");
        }
    }
}
