//! The feed of a superior body, read from a server that stands in for it: taken in once, stopped where a mark says so,
//! and a site that does not answer stops nobody.

use crate::client::Client;
use crate::stories::Site;
use crate::wire::{House, house};
use app::intake::superior::store::superior;
use axum::Router;
use axum::routing::get;
use kernel::Instant;
use sea_orm::{EntityTrait, PaginatorTrait};
use tokio::net::TcpListener;

const FEED: &str = r#"<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>省厅</title>
<item><guid>tag:1</guid><title>关于做好秋季防疫工作的通知</title><link>https://nyt.example/1</link>
<description><![CDATA[<p>各市州局：</p><p>做好秋季防疫工作。</p>]]></description></item>
<item><guid>tag:2</guid><title>不公开的通知</title><link>https://nyt.example/2</link>
<description><![CDATA[<p>正文。</p><p>（此件不公开）</p>]]></description></item>
<item><guid>tag:3</guid><title>涉密的通知</title><link>https://nyt.example/3</link>
<description><![CDATA[<p>机密★20年</p><p>正文。</p>]]></description></item>
</channel></rss>"#;

async fn night(site: &House, at: &str) {
    site.set_clock(Instant::parse(at).expect("a time"));
    site.app.run_jobs().await.expect("jobs run");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_read_every_day_and_nothing_comes_twice() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/feed.xml", socket.local_addr().expect("bound"));
    let routes = Router::new().route("/feed.xml", get(|| async { FEED }));
    let server = tokio::spawn(async move { axum::serve(socket, routes).await });
    let site = house(None).await;
    let publisher = Client::sign_in(&site, "fabu").await;
    // A name that leads inside is not asked, whatever it is called.
    let inside = [("feed-name", "某厅"), ("feed-address", &address.replace("127.0.0.1", "localhost"))];
    assert_eq!(publisher.post(&site, "/desk/superior/feed", &inside).await.status, 303);
    let form = [("feed-name", "省农业农村厅"), ("feed-address", address.as_str())];
    assert_eq!(publisher.post(&site, "/desk/superior/feed", &form).await.status, 303);
    assert_eq!(publisher.post(&site, "/desk/superior/feed", &form).await.status, 422, "once");
    night(&site, "2026-11-23 10:00").await;
    let count = async || superior::Entity::find().count(site.app.store.read()).await.expect("counts");
    assert_eq!(count().await, 2, "a mark of secrecy is not stored");
    let page = publisher.get(&site, "/desk/superior").await.body;
    assert!(page.contains("关于做好秋季防疫工作的通知") && page.contains("可以转发"), "{page}");
    assert!(page.contains("内部网络"), "{page}");
    assert!(page.contains("不公开的通知") && page.contains("先认定") && !page.contains("涉密的通知"), "{page}");
    night(&site, "2026-11-24 00:00").await;
    assert_eq!(count().await, 2, "read again, and nothing twice");
    server.abort();
    let _ = server.await;
    night(&site, "2026-11-25 00:00").await;
    let publisher = Client::sign_in(&site, "fabu").await;
    let page = publisher.get(&site, "/desk/superior").await.body;
    assert!(page.contains("对方网站没有应答"), "{page}");
    assert_eq!(count().await, 2);
}
