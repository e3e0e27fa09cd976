use super::*;
use sea_orm::sea_query::Query;
use sea_orm::{DbBackend, Statement};
use std::time::Duration;
use tokio::sync::mpsc;

#[tokio::test(flavor = "multi_thread")]
async fn what_an_act_publishes_anyone_can_read() {
    for Fresh { store, .. } in both().await {
        let before = store.public().epoch();
        let done = store
            .act(Actor::Clock, NOW, async |act| {
                let page = public_thing::ActiveModel { id: Set("a".into()), title: Set("通知".into()) };
                public_thing::Entity::insert(page).exec_without_returning(act).await?;
                act.journal("publish", "a");
                Ok("done")
            })
            .await
            .expect("publishes");
        assert_eq!(done.into_inner(), "done");
        assert_eq!(store.public().epoch(), before + 1);
        let page = store.public().find::<public_thing::Entity>().one().await.expect("reads").expect("there");
        assert_eq!(page.title, "通知");
        put(&store, "b").await.expect("acts").into_inner();
        assert_eq!(store.public().epoch(), before + 1, "nothing public has changed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_broken_or_silent_act_leaves_nothing_and_hurts_no_neighbour() {
    for Fresh { store, .. } in both().await {
        for round in 0..20 {
            let ids: Vec<String> = (0..8).map(|_| new()).collect();
            let acts: Vec<_> =
                ids.iter().enumerate().map(|(i, id)| tokio::spawn(mixed(store.clone(), id.clone(), i))).collect();
            for (i, act) in acts.into_iter().enumerate() {
                let (got, kept) = (act.await.expect("no panic"), matches!(i, 0 | 2 | 4));
                let seen = (got.is_ok(), has(&store, &ids[i]).await, lines(&store, &ids[i]).await);
                assert_eq!(seen, (kept, kept, u64::from(kept)), "round {round} act {i}: {got:?}");
                assert_eq!(i == 1, matches!(got, Err(Error::Refused(_))), "{got:?}");
            }
        }
    }
}

/// Eight acts of which five are wrong, each in its own way.
async fn mixed(store: Store, id: String, i: usize) -> Result<Done<()>, Error> {
    store
        .act(Actor::Clock, NOW, async move |act| {
            thing::Entity::insert(row(&id)).exec_without_returning(act).await?;
            if i != 6 {
                act.journal("put", &id);
            }
            match i {
                1 => return Err(kernel::Refusal::new("no", "不行").into()),
                3 => drop(thing::Entity::insert(row(&id)).exec_without_returning(act).await), // swallowed
                5 => panic!("a bug in a rule"),
                7 => {
                    act.execute_unprepared("COMMIT").await?;
                }
                _ => {}
            }
            Ok(())
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_act_leaves_nothing_wherever_it_was() {
    for Fresh { store, .. } in both().await {
        let mut left = 0;
        for i in 0..60_u64 {
            let (id, next) = (new(), new());
            let (entered, mut inside) = mpsc::unbounded_channel();
            let (s, mine) = (store.clone(), id.clone());
            let client = tokio::spawn(async move {
                s.act(Actor::Clock, NOW, async move |act| {
                    let _ = entered.send(());
                    for k in 0..20 {
                        thing::Entity::insert(row(&format!("{mine}{k}"))).exec_without_returning(act).await?;
                    }
                    // Every other one is surely dropped half-way, the rest wherever it falls.
                    nap(if i % 2 == 1 { 50 } else { 0 }).await;
                    thing::Entity::insert(row(&mine)).exec_without_returning(act).await?;
                    act.journal("put", &mine);
                    Ok(())
                })
                .await
            });
            if i % 4 > 0 {
                inside.recv().await;
            }
            tokio::time::sleep(Duration::from_micros((i % 8) * 150)).await;
            client.abort();
            let answered = client.await.is_ok();
            put(&store, &next).await.expect("the next act works").into_inner();
            let part = thing::Entity::find()
                .filter(thing::Column::Id.starts_with(&id))
                .count(store.read())
                .await
                .expect("reads");
            assert!(part == 0 || part == 21, "half an act: {part}");
            assert!(part == 21 || !answered, "acknowledged and lost");
            assert!(part == 0 || i % 2 == 0, "dropped half-way and kept");
            left += u32::from(part == 0);
        }
        assert!(left >= 30, "the test dropped too late to say anything: {left}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_commit_fails_all_of_its_group_even_the_refusals_and_the_next_works() {
    let Fresh { store, folder: _folder, .. } = fresh(false).await;
    // One act waits until the others have queued behind it, so that they share its COMMIT. The last breaks a
    // constraint that SQLite checks only at COMMIT.
    let hold = store.clone();
    let first = tokio::spawn(async move {
        let waits = async |act: &mut Act| {
            act.journal("hold", "first");
            nap(150).await;
            Ok(())
        };
        hold.act(Actor::Clock, NOW, waits).await
    });
    nap(30).await;
    let s = store.clone();
    let a = tokio::spawn(async move { put(&s, "a").await });
    nap(20).await;
    let s = store.clone();
    let refused = tokio::spawn(async move {
        s.act(Actor::Clock, NOW, async |act| -> Result<(), Error> {
            let seen = thing::Entity::find_by_id("a").one(act).await?;
            Err(if seen.is_some() { Error::Conflict } else { Error::NotFound })
        })
        .await
    });
    nap(20).await;
    let s = store.clone();
    let bad = tokio::spawn(async move {
        s.act(Actor::Clock, NOW, async |act| {
            for sql in [
                "CREATE TABLE child (p TEXT REFERENCES thing(id) DEFERRABLE INITIALLY DEFERRED)",
                "INSERT INTO child VALUES ('nobody')",
            ] {
                act.execute_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
            }
            act.journal("bad", "bad");
            Ok(())
        })
        .await
    });
    for (name, got) in [("first", first), ("a", a), ("refused", refused), ("bad", bad)] {
        let got = got.await.expect("no panic");
        assert!(matches!(got, Err(Error::Fault(_))), "{name}: {got:?}");
    }
    put(&store, "b").await.expect("the next act works").into_inner();
    assert!(!has(&store, "a").await && has(&store, "b").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_racing_acts_on_one_row_one_is_told_conflict() {
    for Fresh { store, .. } in both().await {
        for _ in 0..30 {
            let id = new();
            put(&store, &id).await.expect("puts").into_inner();
            let race = || {
                let (s, id) = (store.clone(), id.clone());
                tokio::spawn(async move {
                    s.act(Actor::Clock, NOW, async move |act| {
                        let r = thing::Entity::find_by_id(&id).one(act).await?.ok_or(Error::NotFound)?;
                        act.bump(&r, 1).await?;
                        act.journal("edit", &id);
                        Ok(())
                    })
                    .await
                })
            };
            let (x, y) = (race(), race());
            let got = [x.await.expect("no panic"), y.await.expect("no panic")];
            assert_eq!(got.iter().filter(|g| g.is_ok()).count(), 1, "{got:?}");
            assert_eq!(got.iter().filter(|g| matches!(g, Err(Error::Conflict))).count(), 1, "{got:?}");
            assert_eq!(lines(&store, &id).await, 2);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_taken_is_a_conflict() {
    for Fresh { store, .. } in both().await {
        put(&store, "a").await.expect("puts").into_inner();
        let again = put(&store, "a").await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
        assert_eq!(lines(&store, "a").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_number_may_lean_on_a_rule_but_not_on_one_that_changes() {
    for Fresh { store, url, .. } in both().await {
        let rule = new();
        put(&store, &rule).await.expect("puts").into_inner();
        let lean = |wait: u64| {
            let (s, rule) = (store.clone(), rule.clone());
            tokio::spawn(async move {
                s.act(Actor::Clock, NOW, async move |act| {
                    let r = thing::Entity::find_by_id(&rule).one(act).await?.ok_or(Error::NotFound)?;
                    nap(wait).await;
                    act.lean(&r).await?;
                    if r.version > 1 {
                        return Err(kernel::Refusal::new("new-rule", "规则已改").into());
                    }
                    act.journal("lean", &rule);
                    Ok(())
                })
                .await
            })
        };
        for leaning in [lean(5), lean(5), lean(5)] {
            leaning.await.expect("no panic").expect("leans").into_inner();
        }
        let late = lean(100);
        nap(20).await;
        let id = rule.clone();
        let change = async move |act: &mut Act| {
            let r = thing::Entity::find_by_id(&id).one(act).await?.ok_or(Error::NotFound)?;
            act.bump(&r, 1).await?;
            act.journal("change the rule", &id);
            Ok(())
        };
        store.act(Actor::Clock, NOW, change).await.expect("changes").into_inner();
        // PostgreSQL runs the late one again under the new rule; on SQLite it came first.
        let late = late.await.expect("no panic");
        assert_eq!(matches!(late, Err(Error::Refused(_))), !connect::is_sqlite(&url), "{late:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_no_gap_and_no_double_even_when_acts_are_undone() {
    for Fresh { store, .. } in both().await {
        let ask = |i: u64| {
            let s = store.clone();
            tokio::spawn(async move {
                s.act(Actor::Clock, NOW, async move |act| {
                    let n = act.number("record/2026").await?;
                    act.journal("number", "record");
                    if i.is_multiple_of(3) { Err(Error::NotFound) } else { Ok(n) }
                })
                .await
            })
        };
        let mut got = vec![];
        for asked in (0..30).map(ask).collect::<Vec<_>>() {
            got.extend(asked.await.expect("no panic").ok().map(Done::into_inner));
        }
        got.sort_unstable();
        assert_eq!(got, (1..=20).collect::<Vec<i64>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_door_reads_one_table_at_a_time() {
    for Fresh { store, .. } in both().await {
        let smuggled = Query::select().column(thing::Column::Id).from(thing::Entity).to_owned();
        let filter = public_thing::Column::Id.in_subquery(smuggled);
        let got = store.public().find::<public_thing::Entity>().filter(filter).all().await;
        assert!(matches!(got, Err(Error::Fault(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reading_door_cannot_write_and_a_visitor_only_submits() {
    for Fresh { store, .. } in both().await {
        let write = "INSERT INTO thing (id, state, version) VALUES ('x', 'x', 1)";
        let stmt = Statement::from_string(store.read().get_database_backend(), write);
        assert!(store.read().0.query(stmt, 1, false).await.is_err(), "the connections themselves refuse");
        let forbidden = async |act: &mut Act| {
            thing::Entity::insert(row("v")).exec_without_returning(act).await?;
            act.journal("put", "v");
            Ok(())
        };
        assert!(matches!(store.act(Actor::Visitor, NOW, forbidden).await, Err(Error::Fault(_))));
        let allowed = async |act: &mut Act| {
            let sent = submission_thing::ActiveModel { id: Set("s".into()), n: Set(1) };
            submission_thing::Entity::insert(sent).exec_without_returning(act).await?;
            act.journal("submit", "s");
            Ok(())
        };
        store.act(Actor::Visitor, NOW, allowed).await.expect("submits").into_inner();
        assert!(!has(&store, "v").await && !has(&store, "x").await);
    }
}

/// Events of one act, and of acts in one millisecond, are read back in the order in which they were written.
#[test]
fn ids_of_one_moment_sort_as_they_were_made() {
    let ids: Vec<String> = (0..5000).map(|_| crate::act::new_id(kernel::Instant(1_700_000_000_000))).collect();
    assert!(ids.is_sorted());
    assert!(crate::act::new_id(kernel::Instant(1_700_000_000_001)) > ids[4999]);
}
