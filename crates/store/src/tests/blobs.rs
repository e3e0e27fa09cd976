use super::*;
use kernel::Hash;

const DAY: i64 = 24 * 3_600_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_blob_is_kept_while_it_is_young_or_referred_to() {
    for Fresh { store, folder, .. } in both().await {
        let blobs = Blobs::disk(folder.path().join("blobs"));
        let put = |text: &'static str, at: Instant| blobs.put(&store, text.as_bytes().into(), Actor::Clock, at);
        let linked = put("linked", NOW).await.expect("puts");
        let loose = put("loose", NOW).await.expect("puts");
        let renewed = put("renewed", NOW).await.expect("puts");
        put("renewed", NOW.plus_ms(DAY)).await.expect("puts again");
        let hash = linked.to_string();
        let link = async move |act: &mut Act| {
            let row = thing::ActiveModel { blob: Set(Some(hash.clone())), ..row("holder") };
            thing::Entity::insert(row).exec_without_returning(act).await?;
            act.journal("link", "holder");
            Ok(())
        };
        store.act(Actor::Clock, NOW, link).await.expect("links").into_inner();
        let refs = [BlobRef { table: "thing", column: "blob" }];
        assert_eq!(blobs.sweep(&store, &refs, NOW).await.expect("sweeps"), 0);
        assert_eq!(blobs.sweep(&store, &refs, NOW.plus_ms(DAY + 1)).await.expect("sweeps"), 1);
        assert_eq!(blobs.get(&linked).await.expect("kept"), "linked".as_bytes());
        assert_eq!(blobs.get(&renewed).await.expect("kept"), "renewed".as_bytes());
        assert!(matches!(blobs.get(&loose).await, Err(Error::NotFound)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_blob_is_a_fault_and_never_a_wrong_file() {
    let Fresh { store, folder, .. } = fresh(false).await;
    let blobs = Blobs::disk(folder.path().join("blobs"));
    let hash = blobs.put(&store, "original".into(), Actor::Clock, NOW).await.expect("puts");
    let name = hash.to_string();
    std::fs::write(folder.path().join("blobs").join(&name[..2]).join(&name), "changed").expect("writes");
    assert!(matches!(blobs.get(&hash).await, Err(Error::Fault(_))));
    assert!(matches!(blobs.get(&Hash::of(b"never put")).await, Err(Error::NotFound)));
}
