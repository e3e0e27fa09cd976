use super::*;
use ::ledger::{Head, Statement};
use kernel::{Day, Hash};

const HOME: &str = "demo.invalid/ledger";

async fn state(store: &Store, n: u8) {
    let work = async move |act: &mut Act| {
        let commitment = Hash::of(&[n]);
        act.state("x", &Statement::Received { commitment, day: Day::new(2026, 11, 23).expect("a day") });
        act.journal("state", "x");
        Ok(())
    };
    store.act(Actor::Clock, NOW.plus_ms(n.into()), work).await.expect("states").into_inner();
}

fn head(size: u64) -> Head {
    Head { size, root: Hash::of(&size.to_be_bytes()) }
}

async fn ids(store: &Store) -> Vec<String> {
    store.waiting(100).await.expect("reads").into_iter().map(|s| s.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_follow_time_without_a_gap_and_are_given_once() {
    for Fresh { store, .. } in both().await {
        store.start_log(HOME, "k", "", NOW).await.expect("starts");
        assert!(matches!(store.start_log(HOME, "k", "", NOW).await, Err(Error::Conflict)), "there is one log");
        for n in [3, 1, 2] {
            state(&store, n).await;
        }
        let lease = store.hold_log("a", NOW).await.expect("asks").expect("free");
        let waiting = ids(&store).await;
        store.place(&lease, head(3), waiting.clone(), NOW).await.expect("places");
        let placed = store.placed(0, 3).await.expect("all there");
        assert_eq!(placed.iter().map(|s| s.id.clone()).collect::<Vec<_>>(), waiting);
        assert!(placed.is_sorted_by_key(|s| s.at), "in the order of their moments");
        assert!(ids(&store).await.is_empty());
        assert!(store.placed(2, 4).await.is_err(), "the fourth is missing");
        // The same lease knows the head of before.
        state(&store, 4).await;
        let again = store.place(&lease, head(1), ids(&store).await, NOW).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
        let lease = store.hold_log("a", NOW).await.expect("asks").expect("ours");
        assert_eq!(lease.row.head().expect("a head"), head(3));
        let twice = store.place(&lease, head(4), vec![waiting[0].clone()], NOW).await;
        assert!(matches!(twice, Err(Error::Conflict)), "a position is given once: {twice:?}");
        let miscounted = store.place(&lease, head(9), ids(&store).await, NOW).await;
        assert!(matches!(miscounted, Err(Error::Fault(_))), "{miscounted:?}");
        assert_eq!(store.log().await.expect("reads").expect("a row").size, 3, "nothing half done");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_integrators_one_gives_positions() {
    for Fresh { store, .. } in both().await {
        store.start_log(HOME, "k", "", NOW).await.expect("starts");
        state(&store, 1).await;
        let (a, b) = tokio::join!(store.hold_log("a", NOW), store.hold_log("b", NOW));
        let held: Vec<Lease> = [a, b].into_iter().filter_map(|l| l.ok().flatten()).collect();
        assert_eq!(held.len(), 1, "one of two");
        let (mine, other) = (&held[0], if held[0].row.holder == "a" { "b" } else { "a" });
        assert!(store.hold_log(other, NOW.plus_ms(4_999)).await.expect("asks").is_none());
        let later = NOW.plus_ms(5_000);
        let taken = store.hold_log(other, later).await.expect("asks").expect("it ran out");
        assert_eq!(taken.row.term, mine.row.term + 1);
        let late = store.place(mine, head(1), ids(&store).await, later).await;
        assert!(matches!(late, Err(Error::Conflict)), "the first has lost it: {late:?}");
        store.place(&taken, head(1), ids(&store).await, later).await.expect("places");
        // A clock that was a day ahead does not lock everybody out for a day.
        store.hold_log(other, later.plus_ms(86_400_000)).await.expect("asks").expect("ours");
        assert!(store.hold_log("c", later).await.expect("asks").is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubt_stops_whoever_gives_positions() {
    for Fresh { store, .. } in both().await {
        store.start_log(HOME, "k", "", NOW).await.expect("starts");
        state(&store, 1).await;
        let lease = store.hold_log("a", NOW).await.expect("asks").expect("free");
        store.doubt_log("restored", Actor::Clock, NOW).await.expect("notes");
        assert!(matches!(store.place(&lease, head(1), ids(&store).await, NOW).await, Err(Error::Conflict)));
    }
}

/// More than one statement of SQL can carry.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_batch_is_one_act() {
    for Fresh { store, .. } in both().await {
        store.start_log(HOME, "k", "", NOW).await.expect("starts");
        let work = async |act: &mut Act| {
            for n in 0..700_u32 {
                let commitment = Hash::of(&n.to_be_bytes());
                act.state("x", &Statement::Received { commitment, day: Day::new(2026, 11, 23).expect("a day") });
            }
            act.journal("state", "x");
            Ok(())
        };
        store.act(Actor::Clock, NOW, work).await.expect("states").into_inner();
        let lease = store.hold_log("a", NOW).await.expect("asks").expect("free");
        let ids: Vec<String> = store.waiting(1000).await.expect("reads").into_iter().map(|s| s.id).collect();
        store.place(&lease, head(700), ids, NOW).await.expect("places");
        assert_eq!(store.placed(0, 700).await.expect("all there").len(), 700);
        assert_eq!(store.statements().await.expect("counts"), 700);
    }
}
