//! The ways out of a doubt, and new keys: each ends with a log that goes on from what was signed, or says that it does
//! not.

use crate::client::Client;
use crate::proof::{again, copy, houses, later, monitored, open, root, state};
use crate::wire::{House, house};
use app::App;
use app::proof::model::Stop;
use app::proof::{Round, integrate, resume};
use kernel::Hash;
use ledger::{Checkpoint, Note, Tile, VerifierKey, statements};
use store::{Actor, Blobs};

/// The log as its files have it, for an installation that is not being asked over HTTP.
async fn on_disk(app: &App) -> (Checkpoint, Vec<String>) {
    let row = app.store.log().await.expect("reads").expect("a row");
    let folder = app.log.folder(&row.origin);
    let keys: Vec<VerifierKey> = row.keys.lines().map(|line| VerifierKey::parse(line).expect("a key")).collect();
    let note = folder.checkpoint().expect("a note");
    let checkpoint = Checkpoint::open(&note, &row.origin, &keys).expect("signed by the log");
    let (size, mut all) = (checkpoint.head().size, vec![]);
    while (all.len() as u64) < size {
        let bundle = folder.read(Tile::of_statement(all.len() as u64, size).expect("in the tree")).expect("a bundle");
        all.extend(statements(&bundle).expect("a bundle").iter().map(|s| String::from_utf8(s.to_vec()).expect("JSON")));
    }
    let leaves: Vec<Hash> = all.iter().map(|s| Hash::of(&[&[0], s.as_bytes()].concat())).collect();
    assert_eq!(checkpoint.head().root, root(&leaves));
    (checkpoint, all)
}

/// Five statements are in the backup, one of them without its position; eight were signed before the disk died.
struct Lost {
    site: House,
    /// What a mirror had.
    mirror: tempfile::TempDir,
    note_at_four: Note,
    copy: App,
    _data: tempfile::TempDir,
}

async fn lost(postgres: bool) -> Lost {
    let server = std::env::var("MINGTANG_TEST_PG").ok().filter(|_| postgres);
    let site = house(server.as_deref()).await;
    let (data, mirror) = (site.data.path(), tempfile::tempdir().expect("a folder"));
    integrate(&site.app).await.expect("a round");
    state(&site.app, 4).await;
    integrate(&site.app).await.expect("a round");
    let note_at_four = site.app.log.published().expect("signed").note.clone();
    state(&site.app, 1).await;
    let file = data.join("backup.tar");
    store::backup(&site.url, &site.app.blobs, &file, data, site.app.clock.now()).await.expect("backs up");
    integrate(&site.app).await.expect("a round");
    state(&site.app, 3).await;
    integrate(&site.app).await.expect("a round");
    copy(&data.join("ledger"), &mirror.path().join("ledger"));

    let home = tempfile::tempdir().expect("a folder");
    copy(&data.join("keys"), &home.path().join("keys"));
    let url = match &server {
        Some(server) => crate::wire::new_database(server),
        None => format!("sqlite:{}", home.path().join("mingtang.db").display()),
    };
    let blobs = Blobs::disk(home.path().join("blobs"));
    store::restore(&file, &url, &blobs, &app::migrations()).await.expect("restores");
    let copy = open(&url, home.path(), &site).await;
    copy.store.doubt_log("restored", Actor::Clock, copy.clock.now()).await.expect("as `mingtang restore` does");
    later(&site);
    Lost { site, mirror, note_at_four, copy, _data: home }
}

async fn both_lost() -> Vec<Lost> {
    let mut all = vec![lost(false).await];
    if std::env::var("MINGTANG_TEST_PG").is_ok() {
        all.push(lost(true).await);
    }
    all
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, store::Error>) -> &'static str {
    match outcome {
        Err(store::Error::Refused(why)) => why[0].code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_a_copy_of_the_log_brings_back_what_was_lost() {
    for Lost { site, mirror, note_at_four, copy, .. } in both_lost().await {
        assert_eq!(integrate(&copy).await.expect("a round"), Round::Stopped(Stop::Restored));
        // The keys still know of eight: an older note from outside does not hide that.
        assert_eq!(refused(resume::by_checkpoint(&copy, &note_at_four).await), "behind");
        let (last, all) = (on_disk(&site.app).await.0, on_disk(&site.app).await.1);
        let note = app::proof::folder::Folder(mirror.path().join("ledger")).checkpoint().expect("a note");
        assert_eq!(resume::size(&copy).await.expect("reads"), 4);
        let mut forged = all[4..].to_vec();
        forged[1] = forged[1].replace("receive", "recieve");
        assert_eq!(refused(resume::by_entries(&copy, &note, &forged).await), "copy-differs");
        assert_eq!(refused(resume::by_entries(&copy, &note_at_four, &all[4..6]).await), "copy-behind");
        assert_eq!(integrate(&copy).await.expect("a round"), Round::Stopped(Stop::Restored), "nothing was lifted");

        assert_eq!(resume::by_entries(&copy, &note, &all[4..]).await.expect("brings back"), 4);
        assert_eq!(copy.store.statements().await.expect("counts"), 8, "the one without a position was recognised");
        state(&copy, 2).await;
        later(&site);
        assert_eq!(integrate(&copy).await.expect("a round"), Round::Done(2));
        let (head, now) = on_disk(&copy).await;
        assert_eq!((head.head().size, &now[..8]), (10, &all[..]), "it goes on from {last:?}");
        assert_eq!(copy.log.stop(), None);
    }
}

/// Keys and note came from an export that is as old as the backup; nobody has seen anything newer.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_a_checkpoint_that_is_not_ahead_is_enough() {
    for Lost { site, note_at_four, copy, .. } in both_lost().await {
        copy.log.place.keep_last(&note_at_four).expect("keeps");
        let stranger = Note::parse(note_at_four.to_string().replace("\n4\n", "\n3\n").as_bytes()).expect("a note");
        assert_eq!(refused(resume::by_checkpoint(&copy, &stranger).await), "not-signed");
        assert_eq!(resume::by_checkpoint(&copy, &note_at_four).await.expect("goes on"), 4);
        assert_eq!(integrate(&copy).await.expect("a round"), Round::Done(1));
        assert_eq!(on_disk(&copy).await.0.head().size, 5);
        drop(site);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_log_begins_by_naming_the_one_before() {
    for Lost { site, copy, .. } in both_lost().await {
        let old = *on_disk(&site.app).await.0.head();
        assert_eq!(resume::new_log(&copy).await.expect("begins"), "demo.invalid/ledger/2");
        later(&site);
        while integrate(&copy).await.expect("a round") != Round::Idle {}
        let (head, all) = on_disk(&copy).await;
        assert_eq!((head.origin(), head.head().size), ("demo.invalid/ledger/2", 6), "everything is logged again");
        let first = format!(
            r#"{{"action":"follow","format":2,"origin":"demo.invalid/ledger","root":"{}","size":8}}"#,
            old.root
        );
        assert_eq!(all[0], first, "the keys still knew of eight");
        assert!(copy.log.files().join("2/checkpoint").exists(), "under an address of its own");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn new_keys_are_announced_under_the_old_ones() {
    for site in houses().await {
        integrate(&site.app).await.expect("a round");
        state(&site.app, 3).await;
        integrate(&site.app).await.expect("a round");
        let before = site.app.store.log().await.expect("reads").expect("a row").keys;
        let after = resume::rotate(&site.app).await.expect("rotates");
        assert_ne!(before, after);
        let (checkpoint, all) = on_disk(&site.app).await;
        assert_eq!(all[3], format!(r#"{{"action":"keys","format":2,"keys":["{}"]}}"#, after.trim()));
        assert_eq!(checkpoint.head().size, 4, "what is shown can be checked by the key that is shown");
        state(&site.app, 2).await;
        let reborn = again(&site, site.data.path()).await;
        later(&site);
        assert_eq!(integrate(&reborn).await.expect("a round"), Round::Done(2));
        assert_eq!(monitored(&site).await.0.size, 6);
        let page = Client::default().get(&site, "/verify/keys").await.body;
        assert!(page.contains(before.trim()) && page.contains("已停用") && page.contains(after.trim()), "{page}");
    }
}
