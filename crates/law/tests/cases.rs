//! The worked cases of `law/cases` come out, and wrong ones are caught.

use law::{Case, Law, Sources};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn the_worked_cases_come_out() {
    let report = law::check(&Sources::built_in());
    assert!(report.faults.is_empty(), "{}", report.faults.join("\n"));
    assert!(report.cases >= 200, "{} cases", report.cases);
}

#[test]
fn every_file_of_cases_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law/cases");
    let files = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name());
    let files: BTreeSet<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
    let built_in: BTreeSet<String> = Sources::built_in().cases.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, built_in);
}

/// Both ways in which each expectation can fail, and one in which it holds.
#[test]
fn a_wrong_case_is_caught() {
    let start = "OGI-REPLY | 起算 2026-02-02";
    for (holds, fails, told) in [
        ("截止 2026-03-06", "截止 2026-03-09", "截止 should be 2026-03-09, is 2026-03-06"),
        ("确定", "暂定", "暂定 should be 暂定, is 确定"),
        ("今天 2026-02-04 | 已用 1", "今天 2026-02-04 | 已用 2", "已用 should be 2, is 1"),
        ("今天 2026-02-04 | 剩余 19", "今天 2026-02-04 | 剩余 18", "剩余 should be 18, is 19"),
        ("今天 2026-03-10 | 逾期 2", "今天 2026-03-10 | 逾期 1", "逾期 should be 1, is 2"),
        ("今天 2026-03-06 | 状态 办理中", "今天 2026-03-07 | 状态 办理中", "状态 should be 办理中, is 逾期"),
        ("收到日 2026-02-02", "收到日 未定", "收到日 should be 未定, is 2026-02-02"),
        ("期限 20个工作日", "期限 15个工作日", "期限 should be 15个工作日, is 20个工作日"),
        ("依据 第三十三条", "依据 第二十四条", "依据 should be 第二十四条, is 《政府信息公开条例》第三十三条"),
        ("补正 2026-02-03 | 截止 2026-03-09", "不算", "不算 should be 不算, is"),
        ("延长 2026-03-07 | 不算", "延长 2026-03-07 | 确定", "延长晚于截止日"),
        ("截止 2026-03-06", "无此规则", "无此规则 should be 无此规则, is 《政府信息公开条例》第三十三条"),
        ("截止 2026-03-06", "无期限", "无期限 should be 无期限, is 2026-03-06"),
        ("截止 2026-03-06", "最迟 2026-03-06", "最迟 should be 2026-03-06, is"),
    ] {
        assert_eq!(play(&format!("{start} | {holds}")), Ok(()), "{holds}");
        let why = play(&format!("{start} | {fails} | 说明 因为")).expect_err(fails);
        assert!(why.contains(told) && why.starts_with("own.case:1: ") && why.contains("(因为)"), "{fails}: {why}");
    }
    assert_eq!(play("OGI-OWN-DATA | 起算 2026-02-02 | 无期限"), Ok(()));
    assert_eq!(play("OGI-REPLY | 起算 2008-04-30 | 无此规则"), Ok(()));
    assert!(play("OGI-REPLY | 起算 2008-04-30 | 截止 2008-05-29").is_err());
    assert!(play("OGI-REPLIES | 起算 2026-02-02 | 确定").is_err_and(|why| why.contains("no such clause")));
}

fn play(line: &str) -> Result<(), String> {
    Case::read("own.case", line).expect("understood")[0].play(Law::built_in())
}

#[test]
fn what_is_not_understood_is_a_fault_with_its_line() {
    for (line, told) in [
        ("OGI-REPLY | 起算 2026-02-30 | 确定", "no date: 2026-02-30"),
        ("OGI-REPLY | 起算 2026-02-02 | 缓期 2026-03-02 | 确定", "not understood: 缓期 2026-03-02"),
        ("OGI-REPLY | 起算 2026-02-02 | 确定 了", "not understood: 确定 了"),
        ("OGI-REPLY | 起算 2026-02-02 | 截止", "not understood: 截止"),
        ("OGI-REPLY | 起算 2026-02-02 | 暂停 2026-02-03 | 确定", "not understood: 暂停 2026-02-03"),
        ("OGI-REPLY | 起算 2026-02-02 | 延长 2026-02-03 忘了 | 确定", "not understood: 延长 2026-02-03 忘了"),
        ("OGI-REPLY | 渠道 微信 | 提交 2026-02-02T09:00 | 确定", "no channel: 微信"),
        ("OGI-REPLY | 渠道 网络 | 确定", "needs `起算`"),
        ("OGI-REPLY | 起算 2026-02-02 | 渠道 网络 | 提交 2026-02-02T09:00 | 确定", "needs `起算`"),
        ("OGI-REPLY | 起算 2026-02-02", "something that must come out"),
    ] {
        let faults = Case::read("own.case", &format!("# a comment\n\n{line}\n")).expect_err(line);
        assert!(faults[0].starts_with("own.case:3: ") && faults[0].contains(told), "{line}: {faults:?}");
    }
}
