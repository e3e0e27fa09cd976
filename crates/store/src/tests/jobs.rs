use super::*;

async fn queue(store: &Store, arg: &str, due: Instant) {
    let arg = arg.to_owned();
    let work = async move |act: &mut Act| {
        act.queue("test", &arg, due);
        act.journal("queue", &arg);
        Ok(())
    };
    store.act(Actor::Clock, NOW, work).await.expect("queues").into_inner();
}

async fn finish(store: &Store, job: &Job, now: Instant) -> Result<Done<()>, Error> {
    let job = job.clone();
    store
        .act(Actor::Job("test"), now, async move |act| {
            act.finish(&job).await?;
            act.journal("done", &job.arg);
            Ok(())
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_held_by_one_worker_and_done_once() {
    for Fresh { store, .. } in both().await {
        queue(&store, "later", NOW.plus_ms(1)).await;
        assert!(store.lease(NOW).await.expect("asks").is_none(), "not due");
        let now = NOW.plus_ms(1);
        let (a, b) = (store.lease(now), store.lease(now));
        let (a, b) = tokio::join!(a, b);
        let held: Vec<Job> = [a, b].into_iter().filter_map(|j| j.expect("asks")).collect();
        assert_eq!(held.len(), 1, "one of two workers");
        assert!(store.lease(now).await.expect("asks").is_none(), "it is held");
        let taken_over = store.lease(now.plus_ms(60_000)).await.expect("asks").expect("the lease ran out");
        assert!(matches!(finish(&store, &held[0], now).await, Err(Error::Conflict)), "too late");
        finish(&store, &taken_over, now).await.expect("finishes").into_inner();
        assert!(store.lease(now.plus_ms(600_000)).await.expect("asks").is_none(), "done");
        assert_eq!(lines(&store, "later").await, 2, "queued once, done once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_fails_waits_longer_each_time_and_ends_as_a_dead_letter() {
    for Fresh { store, .. } in both().await {
        queue(&store, "bad", NOW).await;
        let (mut now, mut waits) = (NOW, vec![]);
        loop {
            let Some(job) = store.lease(now).await.expect("asks") else { break };
            store.put_back(&job, "refused by the other side", now).await.expect("puts back");
            let next = job_row::Entity::find_by_id(&job.id).one(store.read()).await.expect("reads").expect("there");
            waits.push((next.due - now.0) / 1000);
            now = Instant(next.due);
        }
        assert_eq!(waits, [20, 40, 80, 160, 320, 640, 1280, 2560]);
        let dead = store.dead_jobs().await.expect("reads");
        assert_eq!(dead.iter().map(|j| j.error.as_str()).collect::<Vec<_>>(), ["refused by the other side"]);
    }
}
