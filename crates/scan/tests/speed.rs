//! How fast the scanner reads, beside plain regular expressions for the same numbers, without checks or context.
//! `cargo test --release -p scan --test speed -- --ignored --nocapture`

use regex::Regex;
use scan::{Piece, Place, Settings};
use std::hint::black_box;

const MEGABYTE: f64 = 1e6;
/// Bytes for the slower rounds.
const SOME: usize = 500_000;
/// What a paper of a bureau looks like: much prose, some dates, amounts and a table.
const PAPER: &str = "关于印发《2017年度政务公开工作实施方案》的通知\n各科室、局属各单位：\n为进一步推进政务公开工作，根据《中华人民共和国政府信息公开\
    条例》和市人民政府有关文件精神，结合我局实际，制定本方案，请认真贯彻执行。\n一、总体要求\n坚持以公开为常态、不公开为例外，推进决策、执行、管理、\
    服务和结果公开，加强政策解读，回应社会关切，不断提高政府工作透明度，保障人民群众的知情权、参与权、表达权和监督权。\n二、主要任务\n（一）推进决策\
    公开。对涉及群众切身利益的重要改革方案、重大政策措施，在决策前向社会公布决策草案、决策依据，广泛听取公众意见。\n（二）推进扶贫信息公开。加大扶贫\
    政策、扶贫对象、帮扶措施、扶贫成效等信息公开力度，2017年安排资金356.20万元，涉及43个村、1205户，其中残疾人家庭112户。\n（三）全面\
    公开预决算，公开内容细化到支出功能分类的项级科目，“三公”经费于批复后20日内公开。\n|序号|项目|金额（万元）|\n|---|---|---|\n|1|农机购置补贴|\
    1380.5|\n|2|能繁母猪补贴|973.3|\n三、保障措施\n各科室主要负责人是第一责任人，联系电话：0731-28681234。\n2017年5月26日\n";
/// Every so many papers holds somebody's particulars.
const PERSONAL: &str = "户主张三，身份证号440524188001010014，手机13973312345，一卡通账号6228480012345671，家住攸县某某镇某某村3组，车牌湘B12345。\n";

fn text() -> String {
    let mut text = String::new();
    for n in 0..4000 {
        text.push_str(PAPER);
        if n % 10 == 0 {
            text.push_str(PERSONAL);
        }
    }
    text
}

/// Seconds for which this thread has run, as Linux tells: other work on the machine does not count.
fn seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("a system that tells");
    told.split(' ').next().and_then(|text| text.parse::<f64>().ok()).expect("nanoseconds") / 1e9
}

/// The best of five rounds, in megabytes a second.
fn rate(name: &str, bytes: usize, mut work: impl FnMut() -> usize) -> f64 {
    let (mut best, mut hits) = (f64::INFINITY, 0);
    for _ in 0..5 {
        let before = seconds();
        hits = black_box(work());
        best = best.min(seconds() - before);
    }
    let rate = bytes as f64 / MEGABYTE / best;
    println!("{name:34}{rate:9.1} MB/s {hits:8} hits");
    rate
}

#[test]
#[ignore = "a measurement, for a release build"]
fn megabytes_a_second() {
    let (text, settings) = (text(), Settings::default());
    let pieces = [Piece::new(Place::body(0), &text)];
    let patterns = [
        r"[1-9][0-9]{5}(?:1[89]|20)[0-9]{9}[0-9Xx]",
        r"1[3-9][0-9]{9}",
        r"62[0-9]{14,17}",
        r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z][A-Z0-9]{5,6}",
    ];
    let each: Vec<Regex> = patterns.iter().map(|p| Regex::new(p).expect("a pattern")).collect();
    let all = Regex::new(&patterns.join("|")).expect("a pattern");
    println!("{:.1} MB", text.len() as f64 / MEGABYTE);
    rate("regex, one after the other", text.len(), || each.iter().map(|r| r.find_iter(&text).count()).sum());
    rate("regex, all in one", text.len(), || all.find_iter(&text).count());
    rate("numbers, checked and in context", text.len(), || scan::numbers(&pieces, &settings).len());
    rate("marks", text.len(), || scan::marks(&pieces).len());
    rate("persons", text.len(), || scan::persons(&pieces, &settings).len());
    let some = &text[..text.floor_char_boundary(SOME)];
    let whole = rate("everything, as a document", some.len(), || scan::document(some, &settings).len());
    println!("one paper of 3000 characters: {:.2} ms", 9e3 / MEGABYTE / whole * 1000.0);
}
