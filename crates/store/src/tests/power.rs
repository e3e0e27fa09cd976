//! The power goes: the write-ahead log is cut at every frame, and within frames.

use super::*;
use std::path::Path;

const ACTS: usize = 24;
/// Of the log and of each frame, in bytes (SQLite file format, section 4).
const LOG_HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;

/// Each act writes four tables; whole or not at all is told by counting them.
async fn publish(store: &Store, n: usize) {
    let work = async move |act: &mut Act| {
        let id = format!("a{n:03}");
        thing::Entity::insert(thing::ActiveModel { state: Set("字".repeat(n * 97)), ..row(&id) })
            .exec_without_returning(act)
            .await?;
        let page = public_thing::ActiveModel { id: Set(id.clone()), title: Set("通知".repeat(n)) };
        public_thing::Entity::insert(page).exec_without_returning(act).await?;
        act.queue("follow", &id, act.now);
        act.journal("publish", &id);
        Ok(())
    };
    store.act(Actor::Clock, NOW, work).await.expect("publishes").into_inner();
}

/// How many acts are there, all four traces of each; anything else is half an act.
async fn whole_acts(url: &str) -> usize {
    let read = Read(connect::Readers::open(url).await.expect("what is left opens"));
    let mut counts = vec![];
    counts.push(thing::Entity::find().count(&read).await.expect("reads"));
    counts.push(public_thing::Entity::find().count(&read).await.expect("reads"));
    counts.push(job_row::Entity::find().count(&read).await.expect("reads"));
    counts.push(journal::Entity::find().count(&read).await.expect("reads"));
    assert!(counts.iter().all(|c| *c == counts[0]), "half an act: {counts:?}");
    counts[0] as usize
}

fn page_size(log: &[u8]) -> u64 {
    u64::from(u32::from_be_bytes(log[8..12].try_into().expect("four bytes")))
}

/// A copy of the database whose log ends after `length` bytes.
fn cut(from: &Path, to: &Path, length: u64) -> String {
    std::fs::create_dir_all(to).expect("a folder");
    std::fs::copy(from.join("t.db"), to.join("t.db")).expect("copies");
    let log = std::fs::read(from.join("t.db-wal")).expect("a log");
    std::fs::write(to.join("t.db-wal"), &log[..length as usize]).expect("writes");
    format!("sqlite:{}", to.join("t.db").display())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_cut_anywhere_holds_whole_acts_and_all_that_were_acknowledged() {
    let Fresh { store, folder, .. } = fresh(false).await;
    let log = folder.path().join("t.db-wal");
    let mut acknowledged = vec![];
    for n in 0..ACTS {
        publish(&store, n).await;
        acknowledged.push(std::fs::metadata(&log).expect("a log").len());
    }
    let bytes = std::fs::read(&log).expect("a log");
    let frame = FRAME_HEADER + page_size(&bytes);
    let frames = (bytes.len() as u64 - LOG_HEADER) / frame;
    assert!(frames > ACTS as u64, "the log was not checkpointed meanwhile");
    let copies = folder.path().join("copies");
    let mut last = 0;
    for at in 0..=frames {
        for length in [LOG_HEADER + at * frame, LOG_HEADER + at * frame + frame / 2] {
            let length = length.min(bytes.len() as u64);
            let there = whole_acts(&cut(folder.path(), &copies.join(length.to_string()), length)).await;
            let promised = acknowledged.iter().filter(|end| **end <= length).count();
            assert!(there >= promised, "cut at {length}: {there} of {promised} acknowledged acts");
            assert!(there >= last, "a longer log holds no less");
            last = there;
        }
    }
    assert_eq!(last, ACTS);
}
