//! Backup and restore, within and between the two databases.

use super::*;

async fn filled(postgres: bool) -> (Fresh, Blobs) {
    let all = fresh(postgres).await;
    let blobs = Blobs::disk(all.folder.path().join("blobs"));
    let hash = blobs.put(&all.store, "附件".into(), Actor::Clock, NOW).await.expect("puts").to_string();
    for i in 0..1200 {
        let hash = (i == 7).then(|| hash.clone());
        let work = async move |act: &mut Act| {
            let made = thing::ActiveModel {
                state: Set(format!("引号\"换行\n{i}")),
                blob: Set(hash.clone()),
                ..row(&format!("t{i}"))
            };
            thing::Entity::insert(made).exec_without_returning(act).await?;
            act.journal("put", &format!("t{i}"));
            Ok(())
        };
        all.store.act(Actor::Clock, NOW, work).await.expect("puts").into_inner();
    }
    (all, blobs)
}

async fn things(store: &Store) -> Vec<thing::Model> {
    let mut all = thing::Entity::find().all(store.read()).await.expect("reads");
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_restores_into_either_database() {
    let postgres = std::env::var("MINGTANG_TEST_PG").is_ok();
    let kinds: &[bool] = if postgres { &[false, true] } else { &[false] };
    for from in kinds {
        let (source, blobs) = filled(*from).await;
        let file = source.folder.path().join("backup.tar");
        let manifest = backup(&source.url, &blobs, &file, source.folder.path(), NOW).await.expect("backs up");
        assert_eq!(manifest.blobs.len(), 1);
        for to in kinds {
            let folder = tempfile::tempdir().expect("a folder");
            let url = fresh_url(&folder, *to).await;
            let copies = Blobs::disk(folder.path().join("blobs"));
            restore(&file, &url, &copies, &ALL).await.expect("restores");
            let copy = Store::open(&url).await.expect("opens");
            assert_eq!(things(&copy).await, things(&source.store).await, "{from} to {to}");
            assert_eq!(lines(&copy, "t1199").await, 1);
            let hash = kernel::Hash::parse(&manifest.blobs[0]).expect("a digest");
            assert_eq!(copies.get(&hash).await.expect("there"), "附件".as_bytes());
            put(&copy, &new()).await.expect("the copy works").into_inner();
            assert!(restore(&file, &url, &copies, &ALL).await.is_err(), "never over data");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_refused_before_anything_is_written() {
    let (source, blobs) = filled(false).await;
    let file = source.folder.path().join("backup.tar");
    backup(&source.url, &blobs, &file, source.folder.path(), NOW).await.expect("backs up");
    let good = std::fs::read(&file).expect("reads");
    let places = [good.len() / 3, good.len() / 2, good.len() * 2 / 3];
    for at in places {
        let mut bad = good.clone();
        bad[at] ^= 1;
        std::fs::write(&file, &bad).expect("writes");
        let folder = tempfile::tempdir().expect("a folder");
        let url = fresh_url(&folder, false).await;
        assert!(restore(&file, &url, &Blobs::disk(folder.path()), &ALL).await.is_err(), "byte {at}");
        assert!(!folder.path().join("t.db").exists(), "nothing was begun");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_backup_is_migrated_and_a_newer_one_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = fresh_url(&folder, false).await;
    migrate(&url, &[SCHEMA]).await.expect("migrates");
    let (file, blobs) = (folder.path().join("old.tar"), Blobs::disk(folder.path()));
    backup(&url, &blobs, &file, folder.path(), NOW).await.expect("backs up");
    let target = fresh_url(&tempfile::tempdir().expect("a folder"), false).await;
    std::fs::create_dir_all(std::path::Path::new(&target[7..]).parent().expect("a parent")).expect("makes it");
    restore(&file, &target, &blobs, &ALL).await.expect("restores and migrates");
    put(&Store::open(&target).await.expect("opens"), "t").await.expect("works").into_inner();
    let newer = folder.path().join("new.tar");
    backup(&target, &blobs, &newer, folder.path(), NOW).await.expect("backs up");
    let other = fresh_url(&folder, false).await + "2";
    assert!(restore(&newer, &other, &blobs, &[SCHEMA]).await.is_err());
    assert!(migrate(&target, &[SCHEMA]).await.is_err(), "a newer database is not opened by an older program");
}
