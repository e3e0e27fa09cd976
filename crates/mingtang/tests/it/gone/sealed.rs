//! What the tables hold of a record goes under seal, whatever slice keeps it: a row is planted in every table that
//! refers to a record, a canary in every column that may hold words, and after a suspected secret none is left, in the
//! tables or on the disk. A new table that refers to a record is planted too, and a new one that does not must say so
//! here.

use super::{FILE, published, walk};
use crate::client::Office;
use crate::wire::{House, house};
use axum::http::StatusCode;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use std::collections::BTreeMap;
use store::{Act, Actor, Error};

const CANARY: &str = "plantedcanary";

/// Tables that refer to no record. What they hold is said of people, clocks and the house, or is sealed by itself.
const ELSEWHERE: &[&str] = &[
    "api_answer",        // ids
    "backfill_decision", // digests of a whole list
    "blob",              // digests; the files themselves are asked for on the disk
    "body",
    "breach",
    "clock",
    "clock_change",
    "counter",
    "decision_begun",  // ids
    "decision_bodies", // facts without words
    "decision_conditions",
    "decision_experts",
    "decision_points",
    "decision_remarks",
    "decision_risks",
    "decision_row",
    "decision_sorted", // ids
    "disposal",        // rules and outcomes
    "duty",
    "epoch",
    "heir",
    "job",     // names and ids
    "journal", // facts without words
    "ledger",
    "lent",
    "matter", // sealed by themselves, and facts
    "matter_event",
    "matter_file", // sealed under keys of their own, with the case
    "matter_hand", // ids
    "matter_note",
    "matter_paper", // ids
    "migration",
    "notice",         // causes and ids
    "notice_setting", // sealed by themselves
    "notice_staff",
    "office_source",
    "office_user",
    "outlet_table",
    "register",
    "reminder",
    "request_disputes",
    "request_file", // with its case: asked for on the disk, and erased with its words
    "request_kin",  // ids
    "request_organs",
    "request_row",
    "request_thirds",
    "rule_version",
    "search_synonyms",
    "search_unanswered", // queries, never with a person in them
    "section",
    "session",
    "staff",
    "statement",  // hashes
    "submission", // under keys of their own
    "superior_feed",
];

/// The seal itself, and what makes a version public, which is a word of a list and ids.
const SEAL: &[&str] = &["evidence", "evidence_file", "publication"];

/// Columns that are no words (their value), and words that stand in a form (`%` is the canary). Every other column of
/// text that refers to nothing is words.
const COLUMNS: &[(&str, &str)] = &[
    ("arrival.author_code", "a1"),
    ("arrival.decided_by", ""),
    ("arrival.fields", r#"{"title":"%"}"#),
    ("arrival.hash", "0"),
    ("arrival.revision", ""),
    ("arrival.standing", "past"),
    ("arrival_file.kind", "text/plain"),
    ("document_number.text", "株牧〔2026〕1号"),
    ("document_number.void_by", ""),
    ("draft.base", ""),
    ("draft.fields", r#"{"title":"%"}"#),
    ("draft_file.kind", "text/plain"),
    ("finding.settled_by", ""),
    ("finding.key", "0"),
    ("finding.rule", "typo"),
    ("finding.severity", "suggest"),
    ("handover.arrival", "planted-arrival"),
    ("handover.number", "n"),
    ("hide.decided_by", ""),
    ("hide.due", "2026-11-20"),
    ("hide.hidden_by", ""),
    ("hide.outcome", "restored"),
    ("hide.reason", "error"),
    ("internal.data", r#"{"dossier":"%"}"#),
    ("kept.key", "0"),
    ("late.issued", ""),
    ("late.original", ""),
    ("office_source.code", "oa"),
    ("office_source.name", "oa"),
    ("backfill.address", "http://old.invalid/1"),
    ("backfill.capture", "0"),
    ("backfill.decision", ""),
    ("backfill.first_public", "2015-03-02"),
    ("backfill.hash", "0"),
    ("backfill.index_no", ""),
    ("backfill.kind", "notice"),
    ("backfill.path", "/1"),
    ("backfill_decision.digest", "0"),
    ("backfill_decision.reason", "closed"),
    ("backfill_decision.seed", "0"),
    ("backfill_decision.until", "2026-11-23"),
    ("backfill_sample.verdict", "good"),
    ("backfill_sample.staff", ""),
    ("by_eye.blob", "0"),
    ("made_copy.copy", "0"),
    ("made_copy.kind", "text/plain"),
    ("original.differences", r#"[{"place":"%","reviewed":"%","final":"%"}]"#),
    ("original.first_tick", ""),
    ("original.kind", "text/plain"),
    ("original.second_tick", ""),
    ("original.state", "differs"),
    ("outlet_copy.fault", ""),
    ("outlet_copy.found", ""),
    ("outlet_copy.outlet", "planted"),
    ("outlet_copy.state", "gone"),
    ("outlet_copy.way", "hand"),
    ("record_hold.held_by", ""),
    ("record_hold.lets", ""),
    ("record_hold.why", "planted"),
    ("record_source.kind", "text/plain"),
    ("register.purpose", "letters"),
    ("register.word", "word"),
    ("report_annual.entered_by", ""),
    ("report_annual.figures", "{}"), // numbers
    ("report_annual.locked_by", ""),
    ("report_annual.tables", "{}"),
    ("review.acting_for", ""),
    ("review.answers", r#"{"secret":"no"}"#),
    ("review.hash", "0"),
    ("review.paper", ""),
    ("review.step", "section"),
    ("review.verdict", "pass"),
    ("revision.authors", "[]"),
    ("revision.bytes", r#"{"format":1,"kind":"notice","title":"%","fields":{},"body":[],"files":[]}"#),
    ("revision.hash", "0000000000000000000000000000000000000000000000000000000000000000"),
    ("revision.salt", ""),
    ("revision_file.kind", "text/plain"),
    ("signed.decided_by", ""),
    ("signed.hash", "0"),
    ("signed.kind", "image/jpeg"),
    ("signed.outcome", "refused"),
    ("signed.signed_on", "2026-11-20"),
    ("signed.verdict", "pass"),
    ("stated_review.answers", r#"{"secret":"no"}"#),
    ("stated_review.code", "a1"),
    ("stated_review.hash", "0"),
    ("stated_review.staff", ""),
    ("stated_review.step", "secrecy"),
    ("stated_review.verdict", "pass"),
    ("superior.cleared_by", ""),
    ("superior.kind", "text/plain"),
    ("superior.standing", "taken"),
    ("superior.stops", r#"[{"code":"x","says":"%"}]"#),
    ("superior.unread", r#"["%"]"#),
    ("superior_feed.address", "https://nyt.example/feed.xml"),
    ("superior_feed.failure", ""),
    ("superior_feed.name", "oa"),
    ("unread.places", r#"["%"]"#),
];

/// A table: its columns that hold text, and the tables that its columns refer to.
#[derive(Default)]
struct Table {
    columns: Vec<(String, bool)>,
    to: BTreeMap<String, String>,
}

async fn rows(db: &impl ConnectionTrait, sql: String) -> Vec<sea_orm::QueryResult> {
    db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect("reads")
}

async fn tables(db: &impl ConnectionTrait) -> Vec<(String, Table)> {
    let mut all = vec![];
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid";
    for row in rows(db, sql.into()).await {
        let name: String = row.try_get("", "name").expect("a name");
        let mut table = Table::default();
        for column in rows(db, format!("SELECT name, type FROM pragma_table_info('{name}') ORDER BY cid")).await {
            let kind: String = column.try_get("", "type").expect("a type");
            table.columns.push((column.try_get("", "name").expect("a name"), kind == "TEXT"));
        }
        let sql = format!("SELECT \"from\" AS col, \"table\" AS t FROM pragma_foreign_key_list('{name}')");
        for key in rows(db, sql).await {
            table.to.insert(key.try_get("", "col").expect("a column"), key.try_get("", "t").expect("a table"));
        }
        all.push((name, table));
    }
    all.retain(|(name, _)| !name.starts_with("public_") && !name.starts_with("sqlite_"));
    all
}

/// Those that refer to a record, whichever way; in the order in which they were made.
fn of_records(all: &[(String, Table)]) -> Vec<&str> {
    let mut found = vec!["record", "unread"];
    loop {
        let more = all.iter().find(|(name, t)| {
            !found.contains(&name.as_str()) && t.to.values().any(|to| to != "unread" && found.contains(&to.as_str()))
        });
        match more {
            Some((name, _)) => found.push(name),
            None => break,
        }
    }
    all.iter().map(|(name, _)| name.as_str()).filter(|n| found.contains(n)).collect()
}

/// Plants a row in every table that refers to a record.
async fn plant(act: &mut Act, all: &[(String, Table)], record: &str, blob: &str) -> Result<Vec<String>, Error> {
    let (mut planted, mut ids) = (vec![], BTreeMap::from([("record".to_owned(), record.to_owned())]));
    ids.insert("blob".into(), blob.into());
    let wanted = of_records(all);
    // A register and an office that there are none of yet.
    let also = all
        .iter()
        .filter(|(n, _)| ["register", "office_source", "backfill_decision", "superior_feed"].contains(&n.as_str()));
    let rest = all.iter().filter(|(n, _)| n != "record" && wanted.contains(&n.as_str()) && !SEAL.contains(&n.as_str()));
    for (name, table) in also.chain(rest) {
        let id = table.to.get("id").and_then(|to| ids.get(to).cloned());
        let id = id.unwrap_or_else(|| if name == "unread" { blob.into() } else { format!("planted-{name}") });
        ids.insert(name.clone(), id.clone());
        let (mut marks, mut values): (Vec<String>, Vec<Value>) = (vec![], vec![]);
        for (column, text) in &table.columns {
            let at = format!("{name}.{column}");
            let known = COLUMNS.iter().find(|(c, _)| *c == at).map(|(_, v)| *v);
            let value = match (column.as_str(), table.to.get(column), known) {
                ("id", ..) => id.clone().into(),
                _ if !text => 77_i64.into(),
                (_, Some(to), _) if ids.contains_key(to) => ids[to].clone().into(),
                (_, Some(to), _) => first(act, to).await.into(),
                (_, None, Some(known)) => {
                    planted.extend(known.contains('%').then(|| at.clone()));
                    known.replace('%', CANARY).into()
                }
                (_, None, None) => {
                    planted.push(at.clone());
                    format!("{CANARY} {at}").into()
                }
            };
            values.push(value);
            marks.push(format!("${}", values.len()));
        }
        let names: Vec<String> = table.columns.iter().map(|(c, _)| format!("\"{c}\"")).collect();
        let sql = format!("INSERT INTO \"{name}\" ({}) VALUES ({})", names.join(", "), marks.join(", "));
        act.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await?;
    }
    act.journal("create", &format!("record:{record}"));
    Ok(planted)
}

async fn first(act: &Act, table: &str) -> String {
    let all = rows(act, format!("SELECT id FROM \"{table}\" ORDER BY id LIMIT 1")).await;
    all.first().unwrap_or_else(|| panic!("no {table} to refer to")).try_get("", "id").expect("an id")
}

/// Every `table.column` in which the canary stands.
async fn telling(db: &impl ConnectionTrait, all: &[(String, Table)]) -> Vec<String> {
    let mut found = vec![];
    for (name, table) in all {
        for (column, _) in table.columns.iter().filter(|(_, text)| *text) {
            let sql = format!("SELECT count(*) AS n FROM \"{name}\" WHERE \"{column}\" LIKE '%{CANARY}%'");
            let n: i64 = rows(db, sql).await[0].try_get("", "n").expect("a count");
            found.extend((n > 0).then(|| format!("{name}.{column}")));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_known_to_hold_words_of_records_or_none() {
    let site = house(None).await;
    let all = tables(site.app.store.read()).await;
    let of = of_records(&all);
    let named = |n: &str| ELSEWHERE.contains(&n);
    let unknown: Vec<&str> = all.iter().map(|(n, _)| n.as_str()).filter(|n| !of.contains(n) && !named(n)).collect();
    assert!(unknown.is_empty(), "may these hold words of a record? Seal them, or name them in ELSEWHERE: {unknown:?}");
    let stale: Vec<&&str> = ELSEWHERE.iter().filter(|n| !all.iter().any(|(t, _)| t == **n)).collect();
    assert!(stale.is_empty(), "no such tables: {stale:?}");
    let column = |c: &str| all.iter().any(|(t, table)| table.columns.iter().any(|(n, _)| format!("{t}.{n}") == c));
    let stale: Vec<&str> = COLUMNS.iter().map(|(c, _)| *c).filter(|c| !column(c)).collect();
    assert!(stale.is_empty(), "no such columns: {stale:?}");
    assert!(of.len() > 20 && ["draft", "kept", "arrival", "signed"].iter().all(|t| of.contains(t)), "{of:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_any_table_held_of_a_suspected_secret_is_left() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let id = published(&site, &office, false).await;
    let (store, now) = (&site.app.store, site.app.clock.now());
    let all = tables(store.read()).await;
    let blob = site.app.blobs.put(store, CANARY.into(), Actor::Clock, now).await.expect("stored").to_string();
    let (known, record, file) = (all, id.clone(), blob.clone());
    let work = async move |act: &mut Act| plant(act, &known, &record, &file).await;
    let mut planted = store.act(Actor::Clock, now, work).await.expect("planted").into_inner();
    planted.sort();
    let all = tables(store.read()).await;
    let mut told = telling(store.read(), &all).await;
    told.sort();
    assert_eq!(told, planted, "the canaries are there to be found");

    seal(&site, &office, &id).await;
    assert_eq!(telling(store.read(), &all).await, [""; 0], "left in clear");
    on_the_disk(&site, &[CANARY, FILE]);

    // Nothing goes in beside the seal, whoever writes: autosave, a new draft, a number, a late file.
    let typed = [("title", CANARY), ("text", CANARY), ("version", "77")];
    for (who, step, form) in [
        (&office.clerk, "draft", &typed[..]),
        (&office.clerk, "autosave", &typed[..]),
        (&office.clerk, "check/keep", &[("key", "0"), ("reason", CANARY)]),
        (&office.clerk, "late", &[("number", CANARY), ("version", "1")]),
        (&office.officer, "original", &[("purpose-kind", "verify"), ("purpose", CANARY)]),
    ] {
        let sent = who.post(&site, &format!("/desk/record/{id}/{step}"), form).await;
        assert!(sent.status.is_client_error(), "{step}: {} {}", sent.status, sent.location);
    }
    assert_eq!(telling(store.read(), &all).await, [""; 0], "written beside the seal");

    // It was none: everything is where it was, and the page is public again; but not while something holds the record.
    let decided = [("outcome", "restored"), ("opinion", "不涉密")];
    let back = async || office.leader.post(&site, &format!("/desk/record/{id}/hide/decide"), &decided).await;
    let held = back().await;
    assert!(
        held.status == StatusCode::UNPROCESSABLE_ENTITY && held.body.contains("本件由另一事项管着"),
        "{}",
        held.body
    );
    let work = async move |act: &mut Act| {
        act.execute_raw(Statement::from_string(DbBackend::Sqlite, "DELETE FROM record_hold")).await?;
        act.journal("create", "record_hold:planted");
        Ok::<_, Error>(())
    };
    store.act(Actor::Clock, now, work).await.expect("let go").into_inner();
    let back = back().await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let mut told = telling(store.read(), &all).await;
    told.sort();
    assert_eq!(told, planted, "given back");
    assert!(rows(store.read(), "SELECT id FROM evidence".into()).await.is_empty(), "no longer under seal");
}

/// Hidden by the head as a suspected secret; what follows by itself has followed.
async fn seal(site: &House, office: &Office, id: &str) {
    for (step, form) in [("hide", &[][..]), ("hide/reason", &[("reason", "secret")])] {
        let done = office.head.post(site, &format!("/desk/record/{id}/{step}"), form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }
    site.app.run_jobs().await.expect("jobs run");
}

/// No file of the installation tells one of the words: not the database's, not its log.
pub fn on_the_disk(site: &House, words: &[&str]) {
    for entry in walk(site.data.path()) {
        let bytes = std::fs::read(&entry).expect("reads");
        let told = words.iter().find(|word| bytes.windows(word.len()).any(|at| at == word.as_bytes()));
        assert!(told.is_none(), "{} tells {told:?}", entry.display());
    }
}
