//! The law on the command line: what is printed for people and for programs, and the exit codes.

use crate::wire::house;
use app::account::store as accounts;
use app::rule::table::rule_version;
use sea_orm::{EntityTrait, Set};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use store::{Act, Actor};

/// What a run of the program left.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }
}

/// Runs the program in a folder without data.
fn run(args: &str) -> Ran {
    let empty = tempfile::tempdir().expect("a folder");
    run_in(empty.path(), args)
}

/// Runs the program where this folder is the data folder.
fn run_in(data: &Path, args: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingtang"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MINGTANG_")) {
        command.env_remove(name);
    }
    let out = command.args(args.split_whitespace()).arg("--data").arg(data).current_dir(data).output().expect("runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: out.status.code().expect("ends by itself"), out: text(out.stdout), err: text(out.stderr) }
}

/// A data folder with one file of the bureau's own law.
fn own(path: &str, text: &str) -> tempfile::TempDir {
    let data = tempfile::tempdir().expect("a folder");
    let file = data.path().join("law").join(path);
    std::fs::create_dir_all(file.parent().expect("a folder above")).expect("makes folders");
    std::fs::write(file, text).expect("writes");
    data
}

#[test]
fn due_for_programs_keeps_its_contract() {
    let reply = run("due OGI-REPLY --from 2026-02-02 --json");
    assert_eq!(reply.code, 0, "{}", reply.err);
    let head = r#"{"clause":"OGI-REPLY","from":"2026-02-02","due":"2026-03-06","firm":true,"latest":null,"#.to_owned()
        + r#""unit":"working-days","amount":20,"cite":"《政府信息公开条例》第三十三条","wording_from":"2019-05-15","#
        + r#""days":[{"date":"2026-02-03","working":true,"counted":true,"why":"第1个工作日"},"#;
    assert!(reply.out.starts_with(&head), "{}", reply.out);
    let days = reply.json()["days"].as_array().cloned().expect("days");
    assert_eq!(days.len(), 32);
    assert_eq!(days.iter().filter(|day| day["counted"] == true).count(), 20);
    let swapped = json!({"date": "2026-02-14", "working": true, "counted": true, "why": "调休上班，第10个工作日"});
    let off = json!({"date": "2026-02-16", "working": false, "counted": false, "why": "春节，不计入"});
    assert!(days.contains(&swapped) && days.contains(&off), "{days:?}");
}

#[test]
fn due_follows_the_wording_of_the_day() {
    for (args, wanted) in [
        (
            "OGI-REPLY --from 2017-05-26",
            json!({"due": "2017-06-19", "amount": 15, "firm": true, "wording_from": "2008-05-01"}),
        ),
        ("OGI-REPLY-2008 --from 2026-02-02", json!({"clause": "OGI-REPLY", "due": "2026-03-06", "amount": 20})),
        (
            "OPN-5H --from 2026-09-30T22:30",
            json!({"from": "2026-09-30T22:30", "due": "2026-10-01T03:30", "unit": "hours", "days": []}),
        ),
        ("OGI-ACTIVE --from 2026-12-10", json!({"due": "2027-01-08", "firm": false})),
        ("NPC-REPLY --from 2024-11-30", json!({"due": "2025-02-28", "unit": "months", "amount": 3, "days": []})),
        // The day on which one looks changes nothing of the answer.
        ("OGI-REPLY --from 2026-02-02 --on 2030-01-01", json!({"due": "2026-03-06", "firm": true, "latest": null})),
    ] {
        let told = run(&format!("due {args} --json"));
        assert_eq!(told.code, 0, "{args}: {}", told.err);
        let found = told.json();
        for (field, value) in wanted.as_object().expect("fields") {
            assert_eq!(&found[field], value, "{args}: {field}");
        }
        assert_eq!(found["firm"] == json!(true), found["latest"].is_null(), "{args}: {found}");
    }
}

#[test]
fn due_for_people_answers_first() {
    let first = "依申请公开答复（OGI-REPLY）：截至2026年3月6日24:00。";
    for (args, wanted) in [
        ("OGI-REPLY --from 2026-02-02 --on 2026-02-13", vec![first, "2026年2月13日：办理中，已过8个工作日"]),
        ("OGI-REPLY --from 2026-02-02 --on 2026-03-06", vec![first, "从当天起还剩1个工作日。"]),
        ("OGI-REPLY --from 2026-02-02 --on 2026-03-09", vec![first, "没有办结的，已经逾期1个工作日。"]),
        ("OGI-REPLY --from 2026-02-02 --on 2026-03-07", vec![first, "2026年3月7日：没有办结的，已经逾期。"]),
        ("OGI-REPLY --from 2026-02-02 --on 2026-02-01", vec!["2026年2月1日：还没有起算。"]),
        ("OGI-REPLY --from 2026-02-02", vec![first, "依据：《政府信息公开条例》第三十三条，自2019年5月15日起施行。"]),
        ("OGI-ACTIVE --from 2026-12-10 --on 2026-12-11", vec!["2027年1月8日24:00（暂定，最迟不晚于2027年"]),
        ("OPN-5H --from 2026-09-30T22:30 --on 2026-10-01T01:30", vec!["截至2026年10月1日03:30。", "还剩120分钟。"]),
        ("DEC-COMMENT --from 2026-09-05 --on 2026-09-06", vec!["至少到2026年10月5日24:00。", "还没有期满，已过0日"]),
    ] {
        let told = run(&format!("due {args}"));
        assert_eq!(told.code, 0, "{args}: {}", told.err);
        for words in wanted {
            assert!(told.out.contains(words), "{args}: no {words} in\n{}", told.out);
        }
    }
    let explained = run("due OGI-REPLY --from 2026-02-02 --explain").out;
    for words in [first, "2026年2月14日（星期六）：调休上班，第10个工作日。", "最后一日：2026年3月6日（星期五）"]
    {
        assert!(explained.contains(words), "no {words} in\n{explained}");
    }
}

#[test]
fn due_says_no_and_why() {
    for (args, code, words) in [
        ("due OGI-REPLY --from 2001-01-01", 1, "最早的规定从2008年5月1日起施行"),
        ("due OGI-REPLY --from 2001-01-01 --json", 1, "2001年1月1日没有这项规定"),
        ("due OGI-REPYL --from 2026-02-02", 1, "OGI-REPLY"),
        ("due OGI-ANNUAL-2008 --from 2010-01-01", 2, "OGI-ANNUAL-"),
        ("due OGI-REPLY --from 2026-02-30", 2, "2026-02-30"),
        ("due OGI-REPLY --from 2026-02-02 --on tomorrow", 2, "tomorrow"),
        ("due OGI-REPLY", 2, "--from"),
        ("calendar 1999", 1, "没有1999年的工作日历"),
        ("calendar 2099 --json", 1, "没有2099年的工作日历"),
        ("calendar this", 2, "this"),
        ("law", 2, "check"),
    ] {
        let told = run(args);
        assert_eq!(told.code, code, "{args}: {}{}", told.out, told.err);
        assert!(told.err.contains(words), "{args}: {}", told.err);
        assert_eq!(told.out, "", "{args}");
    }
}

#[test]
fn the_calendar_has_every_day() {
    let told = run("calendar 2026 --json");
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    let days = told.json().as_array().cloned().expect("days");
    assert_eq!((days.len(), days.iter().filter(|day| day["working"] == true).count()), (365, 248));
    for (n, wanted) in [
        (0, json!({"date": "2026-01-01", "working": false, "name": "元旦"})),
        (4, json!({"date": "2026-01-05", "working": true, "name": ""})),
        (44, json!({"date": "2026-02-14", "working": true, "name": "春节"})),
        (364, json!({"date": "2026-12-31", "working": true, "name": ""})),
    ] {
        assert_eq!(days[n], wanted);
    }
    assert!(told.out.starts_with(r#"[{"date":"2026-01-01","working":false,"name":"元旦"},"#));
    let people = run("calendar 2026").out;
    for words in [
        "2026年：248个工作日。",
        "春节：2月15日至2月23日放假，2月14日、2月28日上班。",
        "1月21日、2月16日",
        "通知：https://www.gov.cn/",
    ] {
        assert!(people.contains(words), "no {words} in\n{people}");
    }
}

#[test]
fn a_year_without_notice_is_provisional() {
    for args in ["calendar 2027", "calendar 2027 --json"] {
        let told = run(args);
        assert_eq!(told.code, 0, "{args}");
        assert!(told.err.contains("暂定") && told.out.contains("春节"), "{args}: {}", told.err);
    }
    assert_eq!(run("calendar 2024 --json").json().as_array().map(Vec::len), Some(366), "a leap year");
}

#[test]
fn the_law_of_the_release_is_fit_and_says_what_is_unsure() {
    let told = run("law check --json");
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{}", told.out);
    let report = told.json();
    assert_eq!(report["faults"], json!([]));
    assert!(report["cases"].as_u64().is_some_and(|n| n >= 200), "{}", report["cases"]);
    let kinds: Vec<&str> =
        report["notes"].as_array().expect("notes").iter().filter_map(|n| n["kind"].as_str()).collect();
    assert!(kinds.contains(&"unsure") && kinds.contains(&"undated"), "{kinds:?}");
    let people = run("law check").out;
    let unsure = format!("还没有核对原文（{} 处）：", kinds.iter().filter(|kind| **kind == "unsure").count());
    assert!(people.starts_with("法律数据可以使用") && people.contains(&unsure), "{people}");
}

const CLAUSE: &str = "[[clause]]\nid = \"OWN-TERM\"\nname = \"本局期限\"\nnature = \"deadline\"\n";
const WORDING: &str = "[[clause.wording]]\ninstrument = \"ogi-2019\"\namount = 3\nunit = \"working-days\"\n\
    counts-from = \"收到之日\"\ngist = \"三个工作日内办结。\"\nsure = \"text\"\n";

#[test]
fn law_check_names_what_is_wrong_and_where() {
    let dangling = format!("{CLAUSE}{}", WORDING.replace("ogi-2019", "ogi-2099"));
    let overlapping = format!("{CLAUSE}{WORDING}{WORDING}");
    let rewritten = format!("{CLAUSE}{WORDING}").replace("OWN-TERM", "OGI-ACTIVE");
    let gap = format!("{CLAUSE}{}until = \"2020-01-31\"\n{WORDING}from = \"2020-03-01\"\n", WORDING);
    for (path, text, code, words) in [
        ("clauses/own.toml", format!("{CLAUSE}{WORDING}"), 0, "法律数据可以使用"),
        ("clauses/own.toml", dangling, 1, "OWN-TERM: no instrument ogi-2099"),
        ("clauses/own.toml", overlapping, 1, "overlap"),
        ("clauses/own.toml", gap, 0, "no wording from 2020-02-01 to 2020-02-29"),
        ("clauses/own.toml", format!("{CLAUSE}colour = 1\n{WORDING}"), 1, "colour"),
        ("cases/own.case", "\nOGI-REPLY | 起算 2026-02-02 | 截止 2026-03-05\n".into(), 1, "own.case:2: 截止 should be"),
        ("cases/own.case", "OGI-REPLY | 起算 2026-02-02 | 截止 2026-03-06\n".into(), 0, "法律数据可以使用"),
        ("clause.toml", String::new(), 1, "clause.toml: no file of the law"),
        // A notice makes no case of the release wrong; a wording that is rewritten does.
        ("calendar/2027.toml", ANNOUNCED.to_owned(), 0, "法律数据可以使用"),
        ("clauses/own.toml", rewritten, 1, "截止 should be"),
    ] {
        let data = own(path, &text);
        let (people, programs) = (run_in(data.path(), "law check"), run_in(data.path(), "law check --json"));
        assert_eq!((people.code, programs.code), (code, code), "{words}: {}", people.out);
        assert!(people.out.contains(words), "no {words} in\n{}", people.out);
        assert_eq!(programs.json()["faults"].as_array().map(Vec::is_empty), Some(code == 0), "{words}");
    }
}

const ANNOUNCED: &str = "year = 2027\nannounced = true\nsource = [\"本局抄录\"]\n[[holiday]]\nname = \"元旦\"\n\
    rest = [\"2027-01-01\", \"2027-01-02\", \"2027-01-03\"]\n";

#[test]
fn the_own_folder_counts_and_must_load() {
    let data = own("calendar/2027.toml", ANNOUNCED);
    let told = run_in(data.path(), "due OGI-ACTIVE --from 2026-12-10 --json");
    assert_eq!((told.code, told.json()["firm"].clone()), (0, json!(true)), "{}", told.err);
    assert_eq!(run_in(data.path(), "calendar 2027").err, "", "it is announced");

    std::fs::create_dir(data.path().join("law/cases")).expect("makes a folder");
    let case = data.path().join("law/cases/own.case");
    for (expected, code) in [("确定", 0), ("暂定", 1)] {
        std::fs::write(&case, format!("OGI-ACTIVE | 起算 2026-12-10 | {expected}\n")).expect("writes");
        assert_eq!(run_in(data.path(), "law check").code, code, "own cases are worked by the calendar here");
    }
    std::fs::remove_file(case).expect("removes");
    std::fs::write(data.path().join("law/calendar/.2027.toml.swp"), [0xff]).expect("writes");
    assert_eq!(run_in(data.path(), "calendar 2027").code, 0, "an editor's file is none of ours");
    std::fs::write(data.path().join("law/calendar/2028.toml"), [0xff]).expect("writes");
    let told = run_in(data.path(), "calendar 2027");
    assert!(told.code == 2 && told.err.contains("2028.toml 不是 UTF-8"), "{}", told.err);

    let broken = own("calendar/2027.toml", &ANNOUNCED.replace("year = 2027", "year = 2028"));
    let told = run_in(broken.path(), "due OGI-ACTIVE --from 2026-12-10");
    assert!(told.code == 2 && told.err.contains("speaks of the year 2028"), "{}", told.err);

    let data = tempfile::tempdir().expect("a folder");
    std::fs::write(data.path().join("law"), "").expect("writes");
    let told = run_in(data.path(), "law check");
    assert!(told.code == 3 && told.err.contains("出错了"), "a file where a folder should be: {}", told.err);
}

/// What the portal says and what the command line says rest on the same law.
#[tokio::test(flavor = "multi_thread")]
async fn what_came_into_force_in_the_console_counts() {
    let site = house(None).await;
    let provisional = run_in(site.data.path(), "due OGI-ACTIVE --from 2026-12-10 --json").json();
    assert_eq!(provisional["firm"], json!(false));
    let body = site.app.bodies()[0].id.clone();
    let staff = accounts::all_staff(site.app.store.read(), &body).await.expect("reads")[0].id.clone();
    let work = async move |act: &mut Act| {
        let row = rule_version::ActiveModel {
            id: Set(act.id()),
            file: Set("calendar/2027.toml".into()),
            text: Set(ANNOUNCED.into()),
            source: Set("通知".into()),
            note: Set("通知已经公布".into()),
            made_by: Set(staff.clone()),
            made_at: Set(act.now.0),
            state: Set("in-force".into()),
            decided_by: Set(None),
            decided_at: Set(Some(act.now.0)),
            opinion: Set(String::new()),
            version: Set(1),
        };
        rule_version::Entity::insert(row).exec_without_returning(act).await?;
        act.journal("activate-rule", "rule-version:test");
        Ok(())
    };
    site.app.store.act(Actor::Clock, site.app.clock.now(), work).await.expect("writes").into_inner();
    for (args, words) in [
        ("due OGI-ACTIVE --from 2026-12-10 --json", "\"firm\":true"),
        ("calendar 2027", "元旦：1月1日至1月3日放假。"),
        ("law check", "法律数据可以使用"),
    ] {
        let told = run_in(site.data.path(), args);
        assert!(told.code == 0 && told.out.contains(words), "{args}: {}{}", told.out, told.err);
    }
}
