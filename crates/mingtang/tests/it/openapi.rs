//! What `/api/v1/openapi.json` says is what happens: every route is described, every description is a route, and each
//! address answers with the status, the type and the values that it promises.

use crate::client::{Client, Office, Paper, between};
use crate::stories::{Site, find, read};
use crate::wire::{House, house};
use app::home::operations::{Item, OPERATIONS, Operation};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Every `.route("/api/…")` of the program's source.
fn routes(folder: &Path, out: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of source").map(|e| e.expect("an entry").path()) {
        if entry.is_dir() {
            routes(&entry, out);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&entry).expect("source is UTF-8");
            let named = text.split(".route(\"/api/").skip(1).filter_map(|rest| rest.split('"').next());
            out.extend(named.map(|rest| format!("/api/{rest}")));
        }
    }
}

#[test]
fn the_table_has_every_route_and_no_other() {
    let mut found = BTreeSet::new();
    routes(&crate::tidy::root().join("crates/app/src"), &mut found);
    let told: BTreeSet<String> = OPERATIONS.iter().map(|operation| operation.path.to_owned()).collect();
    assert_eq!(found, told);
    assert!(!find(&crate::tidy::root().join("crates/app/src/home")).is_empty(), "the folder is the right one");
}

async fn ask(site: &House, method: &str, path: &str, token: &str, body: &str) -> (u16, String, Value) {
    let mut request = Request::builder().method(method.to_uppercase().as_str()).uri(path);
    request = request.header(header::HOST, "localhost").header(header::CONTENT_TYPE, "application/json");
    request = request.header("Idempotency-Key", "openapi-test-1");
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let answer = read(site.send(request.body(Body::from(body.to_owned())).expect("a request")).await).await;
    let json = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
    (answer.status, answer.header("content-type").unwrap_or_default().to_owned(), json)
}

fn fits(value: &Value, item: &Item) -> bool {
    let one = |is: &str| match is {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type of JSON: {other}"),
    };
    item.is.strip_suffix('?').map_or_else(|| one(item.is), |is| value.is_null() || one(is))
}

/// What an answer lacks of its description.
fn lacking(operation: &Operation, answer: &Value) -> Vec<&'static str> {
    let line = if operation.lists { &answer[0] } else { answer };
    let missing = |i: &&Item| line.get(i.name).is_none_or(|value| !fits(value, i));
    operation.gives.iter().filter(missing).map(|i| i.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_address_answers_as_described() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let paper =
        Paper {
            kind: "notice", title: "放假通知", text: "国庆节放假。", column: "results/policies", more: &[]
        };
    office.publish(&site, &paper).await;
    let made = office.clerk.post(&site, "/desk/me/token", &[("token", "公文系统"), ("days", "30")]).await.body;
    let token = between(&made, "<p class=\"code\">mt_", "</p>").map(|rest| format!("mt_{rest}")).expect("a token");
    let mut asked = 0;
    for operation in OPERATIONS {
        let Operation { method, path, status, .. } = *operation;
        let told = format!("{method} {path}");
        if operation.token {
            let (status, ..) = ask(&site, method, &path.replace(['{', '}'], ""), "", "{}").await;
            assert_eq!(status, 401, "without a token: {told}");
        }
        let (address, body) = match (path, method) {
            ("/api/v1/records/{org}/{number}", _) => ("/api/v1/records/4302SHILI/2026-00001", ""),
            ("/api/v1/drafts", "post") => (path, r#"{"kind": "notice", "text": "正文。"}"#),
            // Played by the stories of handing over, which need an office system.
            (_, "post") | ("/api/v1/handover/{source}/{number}", _) => continue,
            _ => (operation.example, ""),
        };
        let token = if operation.token { token.as_str() } else { "" };
        let (got, kind, answer) = ask(&site, method, address, token, body).await;
        assert_eq!(got, status, "{told}: {answer}");
        assert!(kind.starts_with("application/json"), "{told}: {kind}");
        assert_eq!(lacking(operation, &answer), [""; 0], "{told}: {answer}");
        asked += 1;
    }
    assert!(asked >= 10, "only {asked} were asked");
    // A check that cannot fail is none.
    let records = OPERATIONS.iter().find(|o| o.path == "/api/v1/records").expect("in the table");
    let wrong = serde_json::json!({ "place": "", "name": 1, "total": 0, "items": [], "next": null });
    assert_eq!(lacking(records, &wrong), ["name"]);
    let (.., failed) = ask(&site, "get", "/api/v1/search", "", "").await;
    assert!(failed["status"] == 400 && failed["says"].is_string() && failed["errors"].is_array(), "{failed}");
    let page = Client::default().get(&site, "/api").await;
    assert!(page.status == 200 && page.body.contains("要令牌的接口"), "{}", page.body);
}
