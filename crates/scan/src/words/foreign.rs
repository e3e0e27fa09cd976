//! What no clerk wrote: advertisements that somebody put into a page, and characters that a conversion spoiled.

use super::Remark;
use crate::Rule;
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::sync::LazyLock;

/// Turns of phrase of such advertisements. What a bureau itself says of gambling or forgery is in other words.
const BAIT: &[&str] = &[
    "注册送彩金",
    "注册送体验金",
    "首存送",
    "彩金派送",
    "真人百家乐",
    "百家乐开户",
    "百家乐平台",
    "时时彩平台",
    "时时彩计划",
    "北京赛车",
    "六合彩开奖",
    "六合彩特码",
    "澳门新葡京",
    "澳门威尼斯人",
    "太阳城娱乐",
    "皇冠体育",
    "皇冠网址",
    "体育投注",
    "足球投注",
    "真钱棋牌",
    "真人娱乐城",
    "线上娱乐城",
    "网上娱乐城",
    "博彩平台",
    "博彩公司",
    "电子游艺",
    "成人视频",
    "成人电影",
    "激情小说",
    "无码高清",
    "一夜情交友",
    "无抵押贷款秒到",
    "贷款秒到账",
    "专业代开发票",
    "代开各类发票",
    "办证刻章",
    "代办文凭",
    "代写论文",
    "私服发布",
    "外挂下载",
    "黑客接单",
    "刷单兼职",
    "刷钻平台",
    "微信号：加",
];
/// What stands near such words in a warning against them.
const AGAINST: [&str; 14] =
    ["打击", "整治", "查处", "禁止", "严禁", "取缔", "举报", "防范", "涉嫌", "非法", "违法", "警惕", "侦破", "清理"];
/// How far, in characters.
const NEAR: usize = 16;

static MACHINE: LazyLock<AhoCorasick> = LazyLock::new(|| AhoCorasick::new(BAIT).expect("a short list"));
/// Marks of a conversion: the stand-in for what could not be read; UTF-8 read as Latin, or as GBK; fills of memory;
/// characters of a private font.
static SPOILED: LazyLock<Regex> = LazyLock::new(|| {
    let all = "\u{fffd}+|(?:[\u{c2}-\u{ef}][\u{80}-\u{bf}]{1,2}){2,}|(?:锟斤拷|烫烫|屯屯屯)+|[\u{e000}-\u{f8ff}]{2,}|\
        [锛銆鐨鍏鏀鏈](?:[\\p{Han}€？]{0,8}[锛銆鐨鍏鏀鏈])+|\\p{Han}[?？]{4,}\\p{Han}";
    Regex::new(all).expect("a valid pattern")
});

pub(super) fn find(text: &str) -> Vec<Remark> {
    let remark = |rule, span, says: &str| Remark { rule, span, says: says.into(), suggestion: None };
    let bait = MACHINE.find_iter(text).map(|hit| hit.range()).filter(|span| !against(text, span.start, span.end));
    let says = "像是被人植入的广告，不是公文用语。请核对这一页是否被篡改。";
    let mut found: Vec<Remark> = bait.map(|span| remark(Rule::Foreign, span, says)).collect();
    let says = "转换时损坏的文字（乱码）。请对照原件补全。";
    found.extend(SPOILED.find_iter(text).map(|hit| remark(Rule::Garbled, hit.range(), says)));
    found
}

fn against(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    let after = text[end..].char_indices().nth(NEAR).map_or(text.len(), |(at, _)| end + at);
    AGAINST.iter().any(|word| text[before..start].contains(word) || text[end..after].contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_clerk_wrote() {
        let table: [(&str, &[&str]); 13] = [
            ("株洲市动物卫生监督所-澳门新葡京注册送彩金", &["澳门新葡京", "注册送彩金"]),
            ("关于防疫的通知 北京赛车 时时彩平台", &["北京赛车", "时时彩平台"]),
            ("警方侦破一起利用博彩平台诈骗案", &[]),
            ("严厉打击专业代开发票等违法行为", &[]),
            ("电子政务平台上线，一次办成。", &[]),
            ("关于印发\u{fffd}\u{fffd}案的通知", &["\u{fffd}\u{fffd}"]),
            ("正文锟斤拷锟斤拷结束", &["锟斤拷锟斤拷"]),
            ("æ\u{94}¿å\u{8a}¡公开", &["æ\u{94}¿å\u{8a}¡"]),
            ("鏀垮姟鍏紑锛屾帹杩涘喅绛栥€", &["鏀垮姟鍏紑锛"]),
            ("是否同意？请回复。", &[]),
            ("姓名????性别", &["名????性"]),
            ("锟、锛为生僻字。", &[]),
            ("Größe 10 °C，Café", &[]),
        ];
        for (text, want) in table {
            let found: Vec<&str> = find(text).iter().map(|r| &text[r.span.clone()]).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
