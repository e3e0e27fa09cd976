//! What may not go out is found, and what may is left alone.

use law::{Law, ProhibitionRules, Sources};

fn rules() -> &'static ProhibitionRules {
    &Law::built_in().prohibitions
}

/// The codes that hit, in the order of the file, each once.
fn codes(text: &str) -> String {
    let hits = rules().hits(text);
    let hit = rules().entries.iter().filter(|e| hits.iter().any(|h| h.entry.code == e.code));
    let codes: Vec<&str> = hit.map(|e| e.code.as_str()).collect();
    if codes.is_empty() { "-".to_owned() } else { codes.join(",") }
}

#[test]
fn every_sentence_of_the_table_is_judged_rightly() {
    let lines = include_str!("data/prohibited.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let rows: Vec<(&str, String)> =
        lines.map(|line| line.split_once('\t').map(|(c, text)| (c, text.replace("\\n", "\n"))).expect(line)).collect();
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(wanted, text)| codes(text) != *wanted)
        .map(|(wanted, text)| format!("{text}\n   wanted {wanted}, found {} {:?}", codes(text), spans(text)))
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    let free = rows.iter().filter(|(wanted, _)| *wanted == "-").count();
    assert!(free >= 40 && rows.len() - free >= 30, "{free} of {} may go out", rows.len());
    for entry in &rules().entries {
        assert!(rows.iter().any(|(wanted, _)| wanted.contains(&entry.code)), "{} is never shown", entry.code);
    }
}

fn spans(text: &str) -> Vec<String> {
    rules().hits(text).into_iter().map(|hit| text[hit.range].to_owned()).collect()
}

#[test]
fn the_plan_of_2017_may_go_out_line_by_line_and_whole() {
    let plan = include_str!("data/plan-2017.txt");
    assert!(plan.lines().count() > 30);
    for line in plan.lines().chain([plan]) {
        assert_eq!(codes(line), "-", "{line}\n{:?}", spans(line));
    }
}

/// The law's own texts name every prohibited subject; none of them states a fact.
#[test]
fn the_laws_own_texts_may_go_out() {
    let own = [include_str!("../../../law/negative.toml"), include_str!("../../../law/catalogue.toml")];
    for line in own.iter().flat_map(|text| text.lines()) {
        assert_eq!(codes(line), "-", "{line}\n{:?}", spans(line));
    }
    for entry in &rules().entries {
        for line in [&entry.subject, &entry.why, &entry.publisher, &entry.instead] {
            assert_eq!(codes(line), "-", "{line}\n{:?}", spans(line));
        }
    }
}

#[test]
fn a_hit_says_where_and_why() {
    let text = "各科室：\n现通报有关情况。某县确诊一起非洲猪瘟疫情，请做好应对。";
    let hits = rules().hits(text);
    assert_eq!(hits.len(), 1);
    assert_eq!(&text[hits[0].range.clone()], "某县确诊一起非洲猪瘟疫情");
    let said = "动物疫情由农业农村部或者获其授权的省级部门公布，其他单位和个人不得发布。有权公布：农业农村部，或者\
                获其授权的省级农业农村部门。删去疫情内容；有权机关已经公布的，转载原文并写明来源。\
                （《动物防疫法》第三十六条、《重大动物疫情应急条例》第二十条）";
    assert_eq!(hits[0].zh(), said);
}

#[test]
fn each_sentence_is_hit_once_and_in_order() {
    let text = "某县确诊非洲猪瘟。\n抽检12批次，检出氯霉素。某区发生口蹄疫，某镇发生禽流感。";
    let found: Vec<(&str, &str)> =
        rules().hits(text).into_iter().map(|h| (h.entry.code.as_str(), &text[h.range])).collect();
    let wanted =
        [("EPIDEMIC", "某县确诊非洲猪瘟"), ("DRUG-RESIDUE", "抽检12批次，检出氯霉素"), ("EPIDEMIC", "某区发生口蹄疫")];
    assert_eq!(found, wanted);
}

proptest::proptest! {
    /// Whatever the text, a hit lies on character boundaries inside one sentence, and text around it changes nothing.
    #[test]
    fn hits_stay_within_their_sentence(before in "[某县确诊非洲猪瘟批次检出0-9，。；\n★机密 a-z]{0,60}", after in "\\PC{0,40}") {
        let text = format!("{before}\n某县确诊一起非洲猪瘟疫情。\n{after}");
        let hits = rules().hits(&text);
        for hit in &hits {
            let inside = &text[hit.range.clone()];
            proptest::prop_assert!(!inside.is_empty() && !inside.contains('\n') && !inside.contains('。'), "{inside}");
        }
        let excused = ["来源：", "转载自", "模拟", "推演", "假定"].iter().any(|w| text.contains(w));
        let ours = hits.iter().any(|h| h.entry.code == "EPIDEMIC" && h.range.start == before.len() + 1);
        proptest::prop_assert!(ours || excused, "{text}");
    }
}

fn broken(old: &str, new: &str) -> String {
    let mut sources = Sources::built_in();
    assert!(sources.prohibitions.contains(old), "the file has no {old}");
    let changed = sources.prohibitions.replacen(old, new, 1);
    sources.prohibitions = &changed;
    Law::load(&sources).expect_err("a fault").join("\n")
}

#[test]
fn unsound_prohibitions_are_caught() {
    for (old, new, expected) in [
        ("\"@disease\"]", "\"@diseases\"]", "prohibition EPIDEMIC: no list diseases"),
        ("window = 40", "windows = 40", "unknown field `windows`"),
        ("window = 40", "window = 0", "prohibition EPIDEMIC: a sign is `any`"),
        ("instrument = \"epidemic\"", "instrument = \"epidemics\"", "prohibition EPIDEMIC: no instrument epidemics"),
        ("code = \"MINOR\"", "code = \"WEATHER\"", "prohibition WEATHER: listed twice"),
        ("\"发病#\"", "\"##\"", "prohibition EPIDEMIC: not a word: ##"),
        ("subject = \"动物疫情\"", "subject = \"\"", "prohibition EPIDEMIC: an empty text"),
        ("\"白斑病\"", "\"@place\"", "prohibitions: list disease names another list"),
        ("within = \"text\"", "within = \"page\"", "unknown variant `page`"),
    ] {
        let found = broken(old, new);
        assert!(found.contains(expected), "expected {expected}\nfound {found}");
    }
}
