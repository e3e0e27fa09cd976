//! The watched folder: what lies there is taken in once, or put aside with the reasons; and nothing is doubled.

use crate::client::{Client, between};
use crate::wire::{House, house};
use app::intake::handover::folder::{Looked, look};
use app::intake::handover::table::handover;
use sea_orm::{EntityTrait, PaginatorTrait};
use std::fs;
use std::path::{Path, PathBuf};

async fn furnish(site: &House) {
    let admin = Client::sign_in(site, "guanli").await;
    admin.post(site, "/desk/office", &[("code", "oa"), ("name", "办公系统"), ("login", "jingban")]).await;
    let page = admin.get(site, "/desk/office").await.body;
    let system = between(&page, "<option value=\"", "\"").expect("registered");
    let form = [("system", system.as_str()), ("user", "u1"), ("staff", "jingban2")];
    admin.post(site, "/desk/office/user", &form).await;
}

fn paper(number: &str, text: &str) -> String {
    serde_json::json!({
        "source": "oa", "number": number, "kind": "notice", "author": "u1", "text": text,
        "fields": {"title": "文件夹里的通知", "column": "results/policies", "openness": "open", "ground": "O20-1"},
        "files": [{"name": "名单.txt"}], "ended": "2026-11-22 16:30",
    })
    .to_string()
}

/// The files below a folder, by name.
fn below(folder: &Path) -> Vec<String> {
    let mut all = vec![];
    let mut todo: Vec<PathBuf> = vec![folder.into()];
    while let Some(next) = todo.pop() {
        for entry in fs::read_dir(next).expect("a folder").flatten() {
            if entry.path().is_dir() {
                todo.push(entry.path());
            } else {
                all.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watched_folder_is_emptied_and_nothing_is_doubled() {
    let site = house(None).await;
    furnish(&site).await;
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.json"), paper("1", "正文")).expect("writes");
    fs::write(at("名单.txt"), "甲乡 3 户").expect("writes");
    fs::write(at("b.json"), "{broken").expect("writes");
    fs::write(at("c.json"), paper("2", "没有附件的正文")).expect("writes");
    fs::write(at("d.json"), paper("3", "正文").replace("名单.txt", "../../etc/passwd")).expect("writes");
    let looked = look(&site.app, folder.path()).await.expect("looks");
    assert_eq!(looked, Looked { taken: 1, refused: 3 });
    assert_eq!(below(&at("done")), ["a.json", "名单.txt"]);
    let refused = below(&at("refused"));
    assert_eq!(refused, ["b.json", "c.json", "d.json", "reasons.txt", "reasons.txt", "reasons.txt"]);
    assert_eq!(look(&site.app, folder.path()).await.expect("looks"), Looked::default(), "nothing is left");
    // The same paper once more, as after a crash between the act and the move.
    fs::write(at("a.json"), paper("1", "正文")).expect("writes");
    fs::write(at("名单.txt"), "甲乡 3 户").expect("writes");
    assert_eq!(look(&site.app, folder.path()).await.expect("looks"), Looked { taken: 1, refused: 0 });
    assert_eq!(handover::Entity::find().count(site.app.store.read()).await.expect("counts"), 1, "here once");
    site.app.run_jobs().await.expect("jobs run");
    let clerk = Client::sign_in(&site, "jingban").await;
    let page = clerk.get(&site, "/desk/handover").await.body;
    assert!(page.contains("文件夹里的通知") && page.contains("没有保密审查意见"), "{page}");
}
