//! Names of natural persons in a sentence. Chinese names are made of common words, so that a name counts only with
//! something beside it that makes it one: a label before, a sex, an age, an address or an illness after.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A name in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Name {
    pub span: Range<usize>,
    /// 张某某, as decisions write it. Stars hide more and count as no name.
    pub masked: bool,
}

/// Common surnames, without those that begin too many other words.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟\
                        谭陆汪范石廖贾夏韦付傅白邹孟熊秦邱尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤温康施文牛樊葛邢安齐\
                        伍易倪俞章鲁聂丛岳梅兰庄辛管祝左涂谷祁耿牟卜詹关苗凌费纪靳盛童欧甄项柴裴柳翁游滕屈仇匡佘";
const DOUBLE: &str = "欧阳|司马|上官|诸葛|司徒|皇甫|夏侯|尉迟|慕容|令狐";
/// Characters of no given name: they belong to the words around it.
const NEVER: &str = "的了是在和与及或为对于年月日号等不有无某局长人们者个种类其被把从到也都并但而如该此各每户患";
/// What begins like a name and is none.
const WORDS: &str = "高度|高校|高效|高级|高标|高质|高温|高速|高风|高血|高新|高中|高层|田间|田地|田园|林地|林业|林木|林场|石油|石材|石膏|龙头|\
                     龙舟|武装|武器|武汉|严格|严重|严禁|严肃|程序|程度|温度|温暖|余额|余下|段落|夏季|夏天|周边|周期|周围|周年|周末|何种|何时|\
                     安全|安排|安置|安装|施工|施行|文件|文化|文明|文字|牛羊|牛奶|牛只|齐全|齐抓|易地|易发|章程|关于|关系|关键|关注|关闭|管理|\
                     管护|项目|项下|费用|盛大|童年|游客|游泳|左右|温室|康复|马上|马铃|马路|黄牛|黄金|黄色|白天|白色|白内|孔雀|叶子|谷物|苗木|\
                     兰花|梅毒|祝贺|纪律|纪检|纪委|庄稼|庄严|岳阳|鲁山|钱款|严防|毛猪|毛利|汤类|钟点|苏州|江苏|韩国|唐山|宋体|石家|史料|梁柱|\
                     曾经|曾患|许可|许多|程控|段时|顾客|顾问|付款|付清|邵阳|谢绝|范围|罗列|马匹|胡同|杜绝|陆续|陆地|钟头|丁香|潘家|单位|常德";

static MASKED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?:{DOUBLE}|[{SURNAMES}])某[某甲乙丙丁]?")));
/// 某某 before these is a place or a body.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^某?(?:省|市|县|区|镇|乡|村|街|路|组|小区|社区|局|厅|公司|单位|部门|企业|场|厂|店|合作社|项目|医院|学校|小学|中学|幼儿园|\
             年|月|种|个|些|日|处|地|项|养殖|饲料|兽药|农资|商行)",
    )
});
/// Each alternative captures a name in a group of its own.
static FULL: LazyLock<Regex> = LazyLock::new(|| {
    let name = format!("(?:{DOUBLE}|[{SURNAMES}])[\\p{{Han}}--[{NEVER}]]{{1,2}}");
    let label = "姓名|当事人|户主|患者|病人|申请人|被处罚人|违法行为人|被执行人|受害人|死者|伤者|家长|监护人|学生|村民|居民|农户|贫困户|\
                 受助人|收件人|收货人|救助对象|补助对象|领款人|被救助人|儿子|女儿|妻子|丈夫|配偶|父亲|母亲|之子|之女|之妻|其子|其女|其妻|其夫|长子|次子|\
                 长女|次女|孙子|孙女|男童|女童|儿童|男孩|女孩|幼童|岁的";
    let end = "[，,、。;:!?（(\\s）)“”/|]|$|因|患|系|今年|现年|就读|住|家|诉|的|确诊|身患|被|向|在|于";
    let after = "同志|先生|女士|同学|老人|因病|因患|患有|身患|患|确诊|被诊断|系|怀孕|现年|今年|就读|一家|残疾|生育|感染|\
                 [，,(（ ]?[0-9]{1,3} ?周?岁|[，,(（ ]?(?:身份证|家住|住址|住[^院])";
    pattern(&format!(
        "(?:{label})[: 为是叫名]{{0,3}}(?<labelled>{name})(?:{end})|\
         (?:^|[^\\p{{Han}}])(?<sexed>{name})[，,、 （(]{{1,2}}(?:男|女)(?:[，,、 。;；）)性]|$)|\
         (?:^|[^\\p{{Han}}])(?<told>{name})(?:{after})"
    ))
});
static ALONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!("^(?:{DOUBLE}|[{SURNAMES}])[\\p{{Han}}--[{NEVER}]]{{1,2}}$")));
static NO_NAME: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{WORDS})")));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// All names of a folded text, in order.
pub(crate) fn names(text: &str) -> Vec<Name> {
    let masked = MASKED.find_iter(text).filter(|hit| !PLACE.is_match(&text[hit.end()..]));
    let mut names: Vec<Name> = masked.map(|hit| Name { span: hit.range(), masked: true }).collect();
    let mut at = 0;
    while let Some(hit) = FULL.captures_at(text, at) {
        let name = ["labelled", "sexed", "told"].into_iter().find_map(|group| hit.name(group));
        let Some(name) = name else { break };
        if !NO_NAME.is_match(name.as_str()) {
            names.push(Name { span: name.range(), masked: false });
        }
        // What ends one name may introduce the next.
        at = name.end();
    }
    names.sort_by_key(|name| name.span.start);
    names.dedup_by(|b, a| b.span.start < a.span.end);
    names
}

/// Whether a name may begin with a character.
pub(crate) fn begins(c: char) -> bool {
    SURNAMES.contains(c) || DOUBLE.split('|').any(|name| name.starts_with(c))
}

/// Whether a folded text is a full name and nothing else, as in a table cell.
pub(crate) fn is_name(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    ALONE.is_match(&plain) && !NO_NAME.is_match(&plain)
}

/// The name that stands at the beginning of a folded text, before a separator or the end.
pub(crate) fn leading(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches([' ', ':', '为', '是', '叫', '名']).len();
    let rest = &text[start..];
    let end = rest.find(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).unwrap_or(rest.len());
    is_name(&rest[..end]).then_some(start..start + end)
}

/// The surnames of the names that a title hides: 李某某, 张*, 王××.
pub(crate) fn hidden(title: &str) -> Vec<String> {
    static HIDDEN: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!("(?<surname>{DOUBLE}|[{SURNAMES}])(?:某[某甲乙丙丁]?|[*★×○Xx]{{1,2}})")));
    let real = |hit: &regex::Captures| hit.get(0).is_some_and(|all| !PLACE.is_match(&title[all.end()..]));
    HIDDEN.captures_iter(title).filter(real).map(|hit| hit["surname"].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_need_something_beside_them() {
        let table: [(&str, &[&str]); 16] = [
            ("当事人:张三，男", &["张三"]),
            ("户主李四、王五，女，汉族", &["李四", "王五"]),
            ("张三患有糖尿病", &["张三"]),
            ("村民张某某因病致贫", &["张某某"]),
            ("王小明(8岁)就读某某小学", &["王小明"]),
            ("欧阳小明同志任组长", &["欧阳小明"]),
            ("其妻李四，女，住某某村", &["李四"]),
            ("醴陵市某某街道某某路", &[]),
            ("于某某村召开会议", &[]),
            ("高某某养殖场", &[]),
            ("对患者管理，加强防治", &[]),
            ("学生安全，人人有责", &[]),
            ("当事人:株洲某某公司", &[]),
            ("申请人应当提交材料", &[]),
            ("村民高度重视", &[]),
            ("王**，男", &[]),
        ];
        for (text, want) in table {
            let found: Vec<&str> = names(text).into_iter().map(|n| &text[n.span]).collect();
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn a_title_that_hides_a_name() {
        for (title, want) in
            [("关于孙某无证经营兽药案的决定书", &["孙"][..]), ("对李**的处罚决定", &["李"]), ("某某镇简介", &[])]
        {
            assert_eq!(hidden(title), want, "{title}");
        }
    }
}
