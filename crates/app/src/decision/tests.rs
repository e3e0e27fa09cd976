//! The table played as a lawyer would tell it: who, when, what, and what comes of it.

use super::kind::KIND;
use super::model::{ABOUT, ADOPTION, DRAFT, EXPERTS, EXPLAIN, READING, SHORT, TEXT};
use super::rules::least;
use crate::matter::AnyKind;
use crate::matter::case::{Matter, Paper};
use crate::matter::tests::story::{moment, play, play_from};
use kernel::Day;
use law::Law;

const BEGUN: &str = "
    2026-03-02 draft propose name=尾水治理奖补 -> proposed
    2026-03-03 section-check major year=2026 why=涉及全市养殖户 experts_least=1 -> work";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A record of the case: submitted with this digest, and public since a day or not at all.
fn paper(mut m: Matter, role: &str, hash: &str, public: Option<&str>) -> Matter {
    m.papers.retain(|p| p.role != role);
    let (public, is_newest) = (public.map(day), public.is_some());
    m.papers.push(Paper {
        role: role.into(),
        record: role.into(),
        hash: hash.into(),
        public,
        is_newest,
        ..Paper::default()
    });
    m
}

fn posted() -> Matter {
    let m = play(&KIND, BEGUN);
    let m = [ABOUT, DRAFT, EXPLAIN].iter().fold(m, |m, role| paper(m, role, "h", Some("2026-03-04")));
    play_from(&KIND, m, "2026-03-05 draft post until=2026-04-04 -> work")
}

/// Everything but the legality review.
fn worked() -> Matter {
    let m = play_from(
        &KIND,
        posted(),
        "2026-04-05 clock comments-close -> work
         2026-04-06 draft point passage=第五条 gist=提高封顶
         2026-04-06 draft answer#1 answer=partly reason=按户数封顶
         2026-04-06 draft expert name=某大学水产系 interested=no signed=2026-04-03
         2026-04-06 draft remark expert=1 heading=necessity says=必要
         2026-04-06 draft remark expert=1 heading=feasibility says=可行
         2026-04-06 draft remark expert=1 heading=soundness says=标准偏低
         2026-04-07 draft weigh#1 answer=adopted reason=采纳
         2026-04-07 draft weigh#2 answer=adopted reason=采纳
         2026-04-07 draft weigh#3 answer=not reason=财力有限
         2026-04-07 draft fair market=yes fair=yes fair_says=没有排除限制竞争
         2026-04-07 draft assess controllable=yes plan=预案",
    );
    let eight = ["cost", "stability", "finance", "ecology", "safety", "opinion", "integrity", "dispute"];
    let risk = |m, d: &&str| {
        play_from(&KIND, m, &format!("2026-04-07 draft risk dimension={d} level=low points=无 measures=无"))
    };
    let m = eight.iter().fold(m, risk);
    [ADOPTION, EXPERTS].iter().fold(m, |m, role| paper(m, role, "h", Some("2026-04-08")))
}

fn sent() -> Matter {
    play_from(&KIND, paper(worked(), TEXT, "v1", None), "2026-04-08 draft send -> work")
}

#[test]
fn no_step_can_be_skipped() {
    play(
        &KIND,
        &format!(
            "{BEGUN}
             2026-03-04 section-check submit !! not-asked-public adoption-not-public experts-few experts-not-public \
             risk-missing risk-open fair-missing not-reviewed"
        ),
    );
    let m = play_from(
        &KIND,
        sent(),
        "2026-04-09 section-check submit !! not-reviewed
         2026-04-09 legality-review opine legal=lawful legal_says=合法 !! review-short
         2026-04-17 legality-review opine legal=lawful legal_says=合法 !! review-short
         2026-04-20 legality-review opine legal=lawful legal_says=合法 -> work
         2026-04-20 approval pass !! not-now
         2026-04-20 section-check submit -> meeting",
    );
    let m = play_from(
        &KIND,
        m,
        "2026-04-21 approval pass discussed=2026-04-22 meeting=party attended=某 spoken=某 dissent=无 !! discussed-day
         2026-04-21 draft pass discussed=2026-04-21 meeting=party attended=某 spoken=某 dissent=无 !! not-now
         2026-04-21 approval pass discussed=2026-04-21 meeting=party attended=某 spoken=某 dissent=无 -> decided
         2026-04-22 section-check publish !! not-reported text-not-public reading-not-public
         2026-04-22 draft report reported=2026-04-22 reported_to=市委 -> decided",
    );
    let other = paper(paper(m.clone(), TEXT, "v2", Some("2026-04-23")), READING, "h", Some("2026-04-23"));
    play_from(&KIND, other, "2026-04-23 section-check publish !! other-text-public");
    let late = paper(paper(m.clone(), TEXT, "v1", Some("2026-04-23")), READING, "h", Some("2026-04-24"));
    play_from(
        &KIND,
        late,
        "2026-04-24 section-check publish !! reading-late
                            2026-04-24 section-check publish late_why=会签 -> published",
    );
    let m = paper(paper(m, TEXT, "v1", Some("2026-04-23")), READING, "h", Some("2026-04-23"));
    play_from(&KIND, m, "2026-04-23 section-check publish -> published");
}

#[test]
fn a_changed_text_wants_a_new_review_and_a_conditional_one_is_confirmed_point_by_point() {
    let m = play_from(&KIND, sent(), "2026-04-20 legality-review opine legal=lawful legal_says=合法 -> work");
    play_from(&KIND, paper(m, TEXT, "v2", None), "2026-04-20 section-check submit !! another-text");
    let m = play_from(
        &KIND,
        sent(),
        "2026-04-20 legality-review opine legal=conditional legal_says=改 !! no-conditions
         2026-04-20 legality-review condition asked=删去第八条
         2026-04-20 legality-review opine legal=lawful legal_says=合法 !! conditions-left
         2026-04-20 legality-review opine legal=conditional legal_says=改
         2026-04-20 legality-review settle only_those=yes !! not-amended conditions-unmet
         2026-04-20 section-check submit !! another-text",
    );
    let m = play_from(
        &KIND,
        paper(m, TEXT, "v2", None),
        "2026-04-21 legality-review settle only_those=yes !! conditions-unmet
         2026-04-21 legality-review meet#1
         2026-04-21 legality-review settle only_those=no !! other-changes
         2026-04-21 legality-review settle only_those=yes -> work",
    );
    play_from(&KIND, paper(m.clone(), TEXT, "v3", None), "2026-04-21 section-check submit !! another-text");
    // The text that was sent first is not the one that was confirmed.
    play_from(&KIND, paper(m.clone(), TEXT, "v1", None), "2026-04-21 section-check submit !! another-text");
    play_from(&KIND, m.clone(), "2026-04-21 section-check submit -> meeting");
    // A new round begins without the conditions of the former, and binds its own seven working days.
    play_from(
        &KIND,
        paper(m, TEXT, "v3", None),
        "2026-04-22 draft send
         2026-04-22 section-check submit !! not-reviewed
         2026-04-23 legality-review opine legal=lawful legal_says=合法 !! review-short
         2026-05-07 legality-review opine legal=lawful legal_says=合法 -> work
         2026-05-07 section-check submit -> meeting",
    );
}

#[test]
fn an_unlawful_text_is_not_discussed_and_nobody_reviews_what_they_sent() {
    let m = play_from(
        &KIND,
        sent(),
        "2026-04-20 legality-review opine legal=unlawful legal_says=越权
         2026-04-20 section-check submit !! unlawful",
    );
    assert_eq!(m.body["legal"], "unlawful");
    let mut m = sent();
    let last = m.past.last_mut().expect("was sent");
    last.who = "legality-review".into();
    play_from(&KIND, m, "2026-04-20 legality-review opine legal=lawful legal_says=合法 !! own-text");
}

#[test]
fn the_period_of_comments_is_that_of_its_day() {
    for (from, amount, last) in
        [("2018-03-05", 20, "2018-03-25"), ("2019-08-31", 20, "2019-09-20"), ("2019-09-01", 30, "2019-10-01")]
    {
        let due = least(Law::built_in(), day(from)).expect("a rule");
        assert_eq!((due.amount, due.on), (amount, day(last)), "{from}");
    }
    assert!(least(Law::built_in(), day("2017-05-25")).is_none(), "before the plan there was no rule");
    let ready = |m| [ABOUT, DRAFT, EXPLAIN].iter().fold(m, |m, role| paper(m, role, "h", Some("2018-03-01")));
    let old = "2018-03-02 draft propose name=x
               2018-03-03 section-check major year=2018 why=x experts_least=1";
    play_from(
        &KIND,
        ready(play(&KIND, old)),
        "2018-03-05 draft post until=2018-03-24 !! until-short
         2018-03-05 draft post until=2018-03-25 -> work",
    );
    let m = ready(play(&KIND, BEGUN));
    play_from(
        &KIND,
        m.clone(),
        "2026-03-05 draft post until=2026-03-05 !! until-past
         2026-03-05 draft post until=2026-04-03 !! until-short
         2026-03-05 draft post until=2026-04-04 -> work
         2026-03-06 draft post until=2026-05-04 !! comments-open",
    );
    let m = paper(m, SHORT, "h", Some("2026-03-04"));
    play_from(&KIND, m, "2026-03-05 draft post until=2026-03-12 -> work");
    play(
        &KIND,
        &format!(
            "{BEGUN}\n2026-03-05 draft post until=2026-04-04 !! about-not-public draft-not-public explain-not-public"
        ),
    );
}

#[test]
fn every_comment_is_answered_before_the_discussion() {
    let mut m = worked();
    m.unsorted = 2;
    play_from(&KIND, m, "2026-04-09 section-check submit !! comments-unsorted not-reviewed");
    let m = play_from(&KIND, worked(), "2026-04-09 draft point passage=全文 gist=再议");
    play_from(&KIND, m, "2026-04-09 section-check submit !! points-unanswered not-reviewed");
    // Told before the end, it tells not all.
    let m = paper(worked(), ADOPTION, "h", Some("2026-04-01"));
    play_from(&KIND, m, "2026-04-09 section-check submit !! adoption-not-public not-reviewed");
}

#[test]
fn an_expert_with_an_interest_is_refused_and_each_speaks_under_three_heads() {
    let m = play_from(
        &KIND,
        posted(),
        "2026-03-06 draft expert name=某 interested=yes signed=2026-03-06 !! expert-interested
         2026-03-06 draft expert name=某 interested=no signed=2026-03-07 !! signed-to-come
         2026-03-06 draft remark expert=1 heading=necessity says=x !! expert-unknown
         2026-03-06 draft expert name=某 interested=no signed=2026-03-06
         2026-03-06 draft remark expert=1 heading=necessity says=必要",
    );
    let c = KIND.case(&m, m.body.clone(), "", moment("2026-03-06"), None);
    let codes: Vec<_> = super::rules::argued(&c).iter().map(|r| r.code).collect();
    assert_eq!(codes, ["heads-missing", "remarks-unanswered", "experts-not-public"]);
    let m = paper(m, super::model::NO_EXPERTS, "h", Some("2026-03-06"));
    let c = KIND.case(&m, m.body.clone(), "", moment("2026-03-06"), None);
    assert!(super::rules::argued(&c).is_empty(), "the published reason stands in their place");
}

#[test]
fn a_body_that_does_not_agree_goes_before_the_meeting() {
    let m = play_from(
        &KIND,
        worked(),
        "2026-04-09 draft consult name=某局 asked=2026-04-10 due=2026-04-20 !! asked-to-come
         2026-04-09 draft consult name=某局 asked=2026-04-09 due=2026-04-09 !! due-before-asked
         2026-04-09 draft consult name=某局 asked=2026-04-09 due=2026-04-20 -> work
         2026-04-10 section-check submit !! bodies-open not-reviewed
         2026-04-10 draft reply#1 view=silent !! silent-too-early
         2026-04-10 draft reply#1 view=against !! says settled
         2026-04-10 draft reply#1 view=against says=资金 settled=no !! reason
         2026-04-10 draft reply#1 view=against says=资金 settled=no reason=已列预算 -> work
         2026-04-10 section-check submit !! not-reviewed
         2026-04-10 draft consult name=某厅 asked=2026-04-10 due=2026-04-12 -> work
         2026-04-13 draft reply#2 view=silent -> work",
    );
    assert_eq!(m.body["bodies"][0]["settled"], false);
}

/// What is written for a decision goes out when its step is made.
#[test]
fn the_final_text_is_held_until_it_may_go() {
    let code = |m: &Matter, role| KIND.hold(m, role, moment("2026-05-01")).map(|h| h.why.code);
    let proposed = play(&KIND, "2026-03-02 draft propose name=x");
    assert_eq!(code(&proposed, DRAFT), Some("decision-untriaged"));
    assert_eq!(code(&proposed, ABOUT), None);
    let held = |m: &Matter| [DRAFT, TEXT, READING].map(|role| code(m, role));
    let none = [None, Some("decision-undiscussed"), Some("decision-undiscussed")];
    assert_eq!(held(&sent()), none);
    let m = play_from(
        &KIND,
        sent(),
        "2026-04-20 legality-review opine legal=lawful legal_says=合法
         2026-04-20 section-check submit -> meeting",
    );
    assert_eq!(held(&m), none);
    let pass = "2026-04-21 approval pass discussed=2026-04-21 meeting=party attended=某 spoken=某 dissent=无";
    let decided = play_from(&KIND, m.clone(), pass);
    assert_eq!(held(&decided), [None, Some("decision-unreported"), Some("decision-unreported")]);
    let reported = play_from(&KIND, decided, "2026-04-22 draft report reported=2026-04-22 reported_to=市委");
    assert_eq!(held(&reported), [None, Some("decision-another-text"), None], "the text that passed, and no other");
    let reject = "2026-04-21 approval reject discussed=2026-04-21 meeting=party attended=某 spoken=某 dissent=无";
    assert_eq!(held(&play_from(&KIND, m, reject)), [None, Some("decision-ended"), Some("decision-ended")]);
    let withheld = "2026-03-03 section-check withhold year=2026 exception=secret why=x";
    let withheld = play_from(&KIND, proposed, withheld);
    assert_eq!(code(&withheld, ABOUT), Some("decision-withheld"));
    let codes: std::collections::BTreeSet<_> = super::rules::HOLDS.iter().map(|why| why.code).collect();
    assert_eq!(codes.len(), super::rules::HOLDS.len(), "a code names one reason");
}

/// The floor holds the facts of a case, and not a word that anybody typed.
#[test]
fn the_public_facts_hold_no_words_and_nobody() {
    let m = play_from(&KIND, sent(), "2026-04-20 legality-review opine legal=lawful legal_says=金丝雀");
    let facts = serde_json::to_string(&KIND.facts(&m).expect("has a page")).expect("JSON");
    for word in ["尾水治理", "金丝雀", "提高封顶", "某大学", "财力有限", "legality-review\"", "v1"] {
        assert!(!facts.contains(word) || word == "legality-review\"", "{word} in {facts}");
    }
    assert!(facts.contains("\"legal\":\"lawful\"") && facts.contains("\"until\":\"2026-04-04\""), "{facts}");
    assert!(!facts.contains("\"who\":\"draft\""), "{facts}");
    let m = play(&KIND, "2026-03-02 draft propose name=x");
    assert!(KIND.facts(&m).is_none(), "what is only proposed has no page");
}

/// The report rows' columns are those of the table.
#[test]
fn the_schema_has_the_columns_of_the_table() {
    let schema = concat!(include_str!("schema.sql"), include_str!("bodies.sql"));
    let columns = |table: &str| -> Vec<String> {
        let (_, rest) = schema.split_once(&format!("CREATE TABLE {table} (")).expect(table);
        let (inside, _) = rest.split_once("\n);").expect(table);
        inside.lines().filter_map(|l| l.split_whitespace().next()).map(str::to_owned).collect()
    };
    let heads = |fixed: &[&str], heads: Vec<crate::matter::views::Head>| -> Vec<String> {
        fixed.iter().copied().chain(heads.iter().map(|h| h.name)).map(str::to_owned).collect()
    };
    assert_eq!(columns("decision_row"), heads(&["matter", "body", "state"], AnyKind::heads(&KIND)));
    for (part, its) in KIND.part_heads() {
        assert_eq!(columns(&format!("decision_{part}")), heads(&["id", "matter", "no", "state"], its), "{part}");
    }
}
