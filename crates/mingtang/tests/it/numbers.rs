//! Registers of document numbers have no gap and no double, whoever takes at once and whatever fails.

use crate::client::Client;
use crate::wire::{House, house};
use app::record::number;
use app::record::table::{document_number, register};
use kernel::{Instant, Refusal};
use sea_orm::{EntityTrait, QueryOrder};
use std::collections::BTreeSet;
use store::{Act, Actor, Error, Store};

/// Takes one number; every third act is undone after it took one. `None` where it was undone or must be tried again.
async fn take(store: &Store, now: Instant, register: &register::Model, staff: &str, n: usize) -> Option<String> {
    let (register, staff) = (register.clone(), staff.to_owned());
    let work = async move |act: &mut Act| {
        let text = number::take(act, &register, &staff, "文件", None).await?;
        if n.is_multiple_of(3) { Err(Refusal::new("undone", "不取了。").into()) } else { Ok(text) }
    };
    match store.act(Actor::Staff(String::new()), now, work).await {
        Ok(done) => Some(done.into_inner()),
        Err(Error::Refused(_) | Error::Conflict) => None,
        Err(e) => panic!("{e}"),
    }
}

async fn no_gap(site: House) {
    let publisher = Client::sign_in(&site, "fabu").await;
    let form = [("word", "株牧渔发"), ("first", "31")];
    publisher.post(&site, "/desk/number", &form).await;
    let read = site.app.store.read();
    let register = register::Entity::find().one(read).await.expect("reads").expect("a register");
    let staff = app::account::store::staff::Entity::find().one(read).await.expect("reads").expect("staff").id;
    let stores = [site.app.store.clone(), Store::open(&site.url).await.expect("opens")];
    let mut all = vec![];
    for n in 0..60 {
        let (store, now) = (stores[n % 2].clone(), site.app.clock.now());
        let (register, staff) = (register.clone(), staff.clone());
        all.push(tokio::spawn(async move { take(&store, now, &register, &staff, n).await }));
    }
    let mut told = BTreeSet::new();
    for one in all {
        let text = one.await.expect("ends");
        assert!(text.is_none_or(|text| told.insert(text)), "no number is given twice");
    }
    assert!(told.len() >= 20, "only {} were taken", told.len());
    let rows = document_number::Entity::find().order_by_asc(document_number::Column::Serial).all(read).await;
    let serials: Vec<i64> = rows.expect("reads").iter().map(|n| n.serial).collect();
    let wanted: Vec<i64> = (31..).take(told.len()).collect();
    assert_eq!(serials, wanted, "from where the register began, without a gap");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_connections_take_numbers_without_a_gap() {
    no_gap(house(None).await).await;
    if let Ok(server) = std::env::var("MINGTANG_TEST_PG") {
        no_gap(house(Some(&server)).await).await;
    }
}
