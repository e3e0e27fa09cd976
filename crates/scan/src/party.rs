//! Document numbers of Party organs. What such an organ issues is not simply government information: a person decides.

use regex::Regex;
use std::sync::LazyLock;

/// A document number, its issuer's short name captured; in any brackets, since people write all of them.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?<issuer>\p{Han}[\p{Han} ]{0,11}) ?[〔\[(] ?(?:19|20)[0-9]{2} ?[〕\])] ?(?:第 ?)?[0-9]{1,5} ?号")
        .expect("a valid pattern")
});

/// Short names of Party organs. A place (one character, or two for a district) followed by 发, 办发, 办, 委 and their
/// like is its committee; 政 in between would make it the government. 国发 and 国办发 are the State Council.
static PARTY: LazyLock<Regex> = LazyLock::new(|| {
    let place = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云滇藏陕甘青宁新长株潭衡邵岳常张益郴永怀娄州醴攸茶炎渌省市县区]\
                 [县区荷芦石天渌]?";
    let paper = "(?:发|办|办发|办字|办函|办通|办通报|办电|委|委发|委办|委办发|委办字|委字|委函)";
    let organ = "(?:纪|组|宣|统战|直工委)\\p{Han}{0,3}";
    let centre = "中(?:发|委|办|办发|办字|办函|办通报|办电|纪\\p{Han}*|组\\p{Han}*|宣\\p{Han}*)|厅字|组通字|组电字";
    Regex::new(&format!("^(?:{place}{paper}|{place}{organ}|{centre}|中共\\p{{Han}}+|\\p{{Han}}*党\\p{{Han}}*)$"))
        .expect("a valid pattern")
});

/// The first Party number in folded text, as a byte range of it.
pub(crate) fn number(line: &str) -> Option<std::ops::Range<usize>> {
    NUMBER.captures_iter(line).find_map(|hit| {
        let issuer: String = hit["issuer"].chars().filter(|c| *c != ' ').collect();
        hit.get(0).filter(|_| PARTY.is_match(&issuer)).map(|all| all.range())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organs_by_their_short_names() {
        let table = [
            ("株办发〔2017〕5号", true),
            ("株发[2017]12号", true),
            ("湘办发(2016)31号", true),
            ("中办发〔2016〕8号", true),
            ("中发 〔2015〕 37号", true),
            ("厅字〔2016〕1号", true),
            ("株农党组〔2017〕3号", true),
            ("株组发〔2017〕9号", true),
            ("株荷办发〔2017〕9号", true),
            ("醴发〔2018〕1号", true),
            ("株政发〔2017〕5号", false),
            ("株政办发〔2017〕5号", false),
            ("株农发〔2017〕5号", false),
            ("株牧渔发〔2017〕5号", false),
            ("国办发〔2016〕80号", false),
            ("国发〔2016〕55号", false),
            ("农办发〔2016〕55号", false),
            ("湘政办发〔2016〕55号", false),
            ("株办发2017年5号", false),
        ];
        for (text, party) in table {
            assert_eq!(number(text).is_some(), party, "{text}");
        }
    }
}
