//! Lists of natural persons: public because the law wants them public for a time, and not to be found by name from
//! outside (个人信息保护法 article 6: no more than the purpose needs).

/// What the title of such a list says.
const SAYS: &[&str] = &[
    "名单",
    "花名册",
    "名册",
    "拟录用",
    "拟聘用",
    "拟任",
    "录用公示",
    "聘用公示",
    "任前公示",
    "成绩公示",
    "面试人员",
    "补贴发放",
    "补助发放",
    "资金发放",
    "发放公示",
    "发放明细",
    "受益对象",
    "补助对象",
    "补贴对象",
];

/// Whether a page names many persons: it is not suggested, and other search engines are asked to leave it out.
pub fn lists_persons(kind: &str, title: &str) -> bool {
    let says = SAYS.iter().any(|word| title.contains(word));
    // 黑名单, 企业名单, 机构名单: bodies, not persons.
    let bodies = ["企业", "单位", "机构", "合作社", "品牌", "产品", "屠宰"].iter().any(|word| title.contains(word));
    says && (!bodies || kind == "personnel")
}

#[cfg(test)]
mod tests {
    use super::lists_persons;

    #[test]
    fn persons_and_bodies() {
        for (kind, title, is) in [
            ("notice", "2026年能繁母猪补贴发放公示", true),
            ("notice", "村级动物防疫员名单", true),
            ("personnel", "所属事业单位公开招聘拟聘用人员公示", true),
            ("notice", "兽药生产企业名单", false),
            ("notice", "定点屠宰厂名单", false),
            ("policy", "动物检疫管理办法", false),
        ] {
            assert_eq!(lists_persons(kind, title), is, "{title}");
        }
    }
}
