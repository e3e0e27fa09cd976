//! The demo as a whole: every record public by way of the gate, and nothing made twice.

use super::*;
use app::Settings;
use app::floor::{public_file, public_page};
use app::record::table::{finding, review};
use sea_orm::{EntityTrait, QueryOrder};
use store::Blobs;

async fn open(data: &Path) -> App {
    let settings = Settings {
        database: format!("sqlite:{}", data.join("mingtang.db").display()),
        blobs: Blobs::disk(data.join("blobs")),
        keys: data.join("keys"),
        ledger: data.join("ledger"),
        search: data.join("search"),
        sm2: false,
        removals: Some(data.join("removed.log")),
        base_url: String::new(),
        trusted_proxies: 0,
        clock: crate::clock::system(),
        law: law::Sources::built_in(),
        reader: app::reader::Reader::here(),
        city: None,
        inside: vec![],
        fonts: None,
    };
    App::open(settings).await.expect("opens")
}

async fn pages(app: &App) -> Vec<public_page::Model> {
    let all = public_page::Entity::find().order_by_asc(public_page::Column::PublishedAt);
    all.all(app.store.read()).await.expect("reads")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_comes_out_through_the_gate_and_only_once() {
    let data = tempfile::tempdir().expect("a folder");
    let app = open(data.path()).await;
    let accounts = furnish(&app, data.path()).await.expect("begins");
    assert_eq!(accounts.len(), data::staff().expect("reads").len());
    let out = pages(&app).await;
    let records = data::records().expect("reads");
    let papers = data::case().expect("reads").paper.len();
    assert_eq!(out.len(), records.len() + papers);
    let plan = &out[0];
    assert_eq!((plan.title.as_str(), plan.index_no.as_str()), (records[0].title.as_str(), "4302SHILI/2017-00001"));
    assert_eq!(Instant(plan.published_at), Instant::parse("2017-05-26 10:00").expect("a time"));
    assert!(plan.note.contains("疑为“职责权限”") && plan.note.contains("一般不少于30日"), "{}", plan.note);
    assert!(!plan.content.contains("疑为"), "the body stays as it was issued");
    let files = public_file::Entity::find().all(app.store.read()).await.expect("reads");
    assert_eq!(files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["发布时的页面文本.txt"]);
    let hash = kernel::Hash::parse(&files[0].sha256).expect("a digest");
    assert_eq!(app.blobs.get(&hash).await.expect("there"), data::file("../source-plan.txt").expect("there"));
    let reviews = review::Entity::find().all(app.store.read()).await.expect("reads");
    assert_eq!(reviews.iter().filter(|r| r.at == plan.published_at).count(), 3, "section, secrecy, approval");

    assert!(furnish(&app, data.path()).await.expect("finds it").is_empty(), "nothing is made twice");
    assert_eq!(app::record::jobs::rebuild(&app).await.expect("rebuilds"), records.len() + papers);
    assert_eq!(pages(&app).await, out, "derived again, the floor is the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_is_never_made_beside_real_data_or_half_of_itself() {
    let data = tempfile::tempdir().expect("a folder");
    let app = open(data.path()).await;
    std::fs::write(data.path().join(UNFINISHED), "").expect("writes");
    assert!(furnish(&app, data.path()).await.is_err(), "half made");
    std::fs::remove_file(data.path().join(UNFINISHED)).expect("removes");
    let work = async |act: &mut Act| accounts::add_body(act, "111111111", "", "某局", &Profile::default()).await;
    app.store.act(Actor::Clock, app.clock.now(), work).await.expect("adds").into_inner();
    app.reload_bodies().await.expect("reads");
    assert!(furnish(&app, data.path()).await.is_err(), "somebody else's data");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_scanner_stops_is_kept_by_the_reviewer_of_secrecy() {
    let data = tempfile::tempdir().expect("a folder");
    let app = open(data.path()).await;
    furnish(&app, data.path()).await.expect("begins");
    let house = House::read(&app).await.expect("reads");
    let record = data::records().expect("reads").pop().expect("one");
    let mut paper = house.carried(&record, record.at().expect("a time")).expect("composes");
    paper.text = "联系人手机：13812345678。".into();
    carry(&app, paper).await.expect("comes out");
    let marks = finding::Entity::find().all(app.store.read()).await.expect("reads");
    let officer = house.staff.iter().find(|s| s.has(Duty::SecrecyReview)).expect("one");
    assert!(marks.iter().any(|m| m.rule == "person.mobile"), "the number is marked");
    // What the scanner merely suggests holds nothing up.
    for mark in marks.into_iter().filter(|m| m.severity != "suggest") {
        assert_eq!((mark.settled_by.as_deref(), mark.reason.as_str()), (Some(officer.id.as_str()), KEPT));
    }
    let mut secret = house.carried(&record, record.at().expect("a time")).expect("composes");
    secret.text = "机密★10年\n正文".into();
    assert!(carry(&app, secret).await.is_err(), "a mark of secrecy is no finding: it is refused");
}
