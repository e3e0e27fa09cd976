//! What leads nowhere: addresses that no reader can open, and attachments that are not in the list.

use super::Remark;
use crate::place::Flow;
use crate::{Finding, Piece, Rule};
use regex::Regex;
use std::sync::LazyLock;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

const REST: &str = "[^\\s，。；：、！？）》”\\p{Han}]";

static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    let hosts =
        "localhost|127\\.[0-9.]+|10\\.[0-9]+\\.[0-9.]+|192\\.168\\.[0-9.]+|172\\.(?:1[6-9]|2[0-9]|3[01])\\.[0-9.]+";
    pattern(&format!("https?://(?:{hosts}){REST}*"))
});
static OWN: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("(?:file:/{{2,3}}|\\\\\\\\[A-Za-z0-9._-]+\\\\|\\b[A-Z]:\\\\){REST}+")));
static TORN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "\\b(?:htpps?|htttps?|hhttps?|hppts?|ttps?)[:：]//{REST}*|\\bhttps?(?:[：;；]//|:/[^/\\s]|//){REST}*"
    ))
});
static LISTED: LazyLock<Regex> = LazyLock::new(|| pattern("^\\s*附件[:：]?\\s*(?:([0-9]{1,2})\\s*[.．、]\\s*)?\\S"));
static NEXT: LazyLock<Regex> = LazyLock::new(|| pattern("^\\s*([0-9]{1,2})\\s*[.．、]\\s*\\S"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern("附件\\s?([0-9]{1,2})"));

pub(super) fn find(text: &str) -> Vec<Remark> {
    if !text.contains('/') && !text.contains('\\') {
        return Vec::new();
    }
    let all = [
        (&*INSIDE, "这是内部网络的地址，公众打不开。请换成公开的网址，或者删去。"),
        (&*OWN, "这是电脑里的路径，公众打不开。请把文件作为附件上传。"),
        (&*TORN, "网址写得不完整，点不开。请核对。"),
    ];
    let of = |(pattern, says): (&Regex, &'static str)| {
        let remark = move |span| Remark { rule: Rule::Link, span, says: says.into(), suggestion: None };
        pattern.find_iter(text).map(|hit| hit.range()).map(remark).collect::<Vec<_>>()
    };
    all.into_iter().flat_map(of).collect()
}

/// Attachments that the text names by number and its list does not have. A paper without such a list is left alone.
pub(super) fn attachments(pieces: &[Piece]) -> Vec<(usize, Finding)> {
    let body = || pieces.iter().enumerate().filter(|(_, p)| p.place.flow() == Flow::Body && p.place.cell().is_none());
    let Some((at, Some(first))) = body().find_map(|(n, p)| listed(p.text).map(|first| (n, first))) else {
        return Vec::new();
    };
    let more = pieces[at + 1..].iter().map_while(|p| number(NEXT.captures(p.text)?));
    let last = more.scan(first, |last, n| (n == *last + 1).then(|| *last = n).map(|()| n)).last().unwrap_or(first);
    let named = body()
        .filter(|(n, _)| *n < at)
        .flat_map(|(n, p)| NAMED.captures_iter(p.text).filter_map(move |c| Some((n, c.get(0)?.range(), number(c)?))));
    let beyond = named.filter(|(_, _, number)| *number > last);
    let finding = |(n, span, number): (usize, std::ops::Range<usize>, u32)| {
        let says = format!("文中提到附件{number}，附件清单里只有{last}个。请核对是否漏列。");
        let name = pieces[n].text[span.clone()].to_owned();
        (n, Finding::new(pieces, Rule::Link, &[(n, span)], &name).says(says))
    };
    beyond.map(finding).collect()
}

/// The number of the first item where a list of attachments begins: `附件：1. 名单`, or 1 for `附件：名单`.
fn listed(text: &str) -> Option<Option<u32>> {
    let c = LISTED.captures(text)?;
    let is_list = text.contains([':', '：']) && !text.contains('。');
    is_list.then(|| Some(c.get(1).map_or(1, |n| n.as_str().parse().unwrap_or(1))))
}

fn number(c: regex::Captures) -> Option<u32> {
    c.get(1)?.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    #[test]
    fn addresses_that_lead_nowhere() {
        let table: [(&str, &[&str]); 10] = [
            ("请访问http://192.168.1.20/oa/index.html查看。", &["http://192.168.1.20/oa/index.html"]),
            ("详见http://localhost:8080/a。", &["http://localhost:8080/a"]),
            ("模板在 D:\\share\\2017.xls，请下载", &["D:\\share\\2017.xls"]),
            ("见\\\\server01\\share", &["\\\\server01\\share"]),
            ("网址：htpp://www.example.gov.cn", &["htpp://www.example.gov.cn"]),
            ("网址：http：//www.example.gov.cn", &["http：//www.example.gov.cn"]),
            ("网址：http:/www.example.gov.cn", &["http:/www.example.gov.cn"]),
            ("网址：https://www.example.gov.cn/a/10.20.html", &[]),
            ("第10.2条和/或第3条", &[]),
            ("2017/5/26", &[]),
        ];
        for (text, want) in table {
            let found: Vec<&str> = find(text).iter().map(|r| &text[r.span.clone()]).collect();
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn attachments_that_are_not_listed() {
        let table: [(&[&str], &[&str]); 6] = [
            (&["按附件1、附件3上报。", "附件：1. 名单", "2. 汇总表"], &["附件3"]),
            (&["按附件1、附件2上报。", "附件：1. 名单", "2. 汇总表", "3. 说明"], &[]),
            (&["见附件2。", "附件：实施方案"], &["附件2"]),
            (&["见附件2。"], &[]),
            (&["见附件。", "附件：实施方案"], &[]),
            (&["见附件2。", "附件：2. 名单"], &[]),
        ];
        for (lines, want) in table {
            let pieces: Vec<Piece> = lines.iter().enumerate().map(|(n, l)| Piece::new(Place::body(n), l)).collect();
            let found: Vec<String> = attachments(&pieces).into_iter().map(|(_, f)| f.excerpt).collect();
            assert_eq!(found, want, "{lines:?}");
        }
    }
}
