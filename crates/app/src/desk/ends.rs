//! What runs out by itself: documents in force, and 公示.

use super::rules::{self, Near};
use super::work::{Entry, MOST};
use crate::account::desk::Desk;
use crate::floor::{EVERYWHERE, Term, Validity, public_listing};
use ::store::Error;
use kernel::Day;
use law::Law;
use sea_orm::{ColumnTrait, Order};

/// Days before the end of a document on which its section is told: time enough to evaluate it and issue it again.
const ENDS_WITHIN: i32 = 183;

/// The policies in force that will end by themselves soon, with the verb that this person has for each.
pub async fn ending(desk: &Desk) -> Result<Vec<Entry>, Error> {
    use public_listing::Column::{Body, Expires, Kind, Path, Place};
    let (law, today) = (desk.law(), desk.now.day());
    let public = desk.app.store.public();
    let find = public.find::<public_listing::Entity>().filter(Body.eq(&desk.body.id)).filter(Place.eq(EVERYWHERE));
    let find = find.filter(Kind.eq("policy")).filter(Expires.gte(today.to_string()));
    let find = find.filter(Expires.lte(today.plus(ENDS_WITHIN).to_string()));
    let rows = find.order(Expires, Order::Asc).order(Path, Order::Asc).limit(MOST).all().await?;
    let entry = |row: public_listing::Model| {
        let (effective, expires, ending, ended) = (&row.effective, &row.expires, &row.ending, &row.ended);
        let term = Term { effective, expires, ending, ended, ..Term::default() };
        let verb = rules::renews(&desk.me, &row.section)?;
        let last = Day::parse(&row.expires).filter(|_| Validity::on(today, term).holds())?;
        Some(ending_entry(law, row, last, verb, today))
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// How long the end of a 公示 stands in the inbox: a working week, for what has to follow.
const OVER_DAYS: i32 = 7;

/// The 公示 that run, and those that ended in the last days, for the section that keeps them and who oversees.
pub async fn on_show(desk: &Desk) -> Result<Vec<Entry>, Error> {
    use public_listing::Column::{Body, Path, Place, ShownUntil};
    let (law, today) = (desk.law(), desk.now.day());
    let public = desk.app.store.public();
    let find = public.find::<public_listing::Entity>().filter(Body.eq(&desk.body.id)).filter(Place.eq(EVERYWHERE));
    let find = find.filter(ShownUntil.gte(today.plus(-OVER_DAYS).to_string()));
    let rows = find.order(ShownUntil, Order::Asc).order(Path, Order::Asc).limit(MOST).all().await?;
    let entry = |row: public_listing::Model| {
        let verb = rules::renews(&desk.me, &row.section).map(|_| "看公示")?;
        Some(show_entry(law, row, verb, today))
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

fn show_entry(law: &Law, row: public_listing::Model, verb: &'static str, today: Day) -> Entry {
    let last = Day::parse(&row.shown_until);
    let left = last.map_or(0, |last| last.0 - today.0);
    let (is_open, until) = (left >= 0, last.map(Day::zh).unwrap_or_default());
    Entry {
        near: if is_open { rules::near(law, last, today) } else { Near::Free },
        last,
        yin: "示",
        title: format!("{}：{}", if is_open { "公示中" } else { "公示已结束" }, row.title),
        number: row.index_no,
        basis: format!("到{until}24:00{}", if is_open { "自动结束" } else { "已结束" }),
        days: None,
        due: if is_open { format!("还有 {left} 天") } else { String::new() },
        stuck: if is_open { "等公示期满".into() } else { "请按公示结果办理下一步".into() },
        verb,
        act: row.path.clone(),
        section: row.section,
        href: row.path,
    }
}

fn ending_entry(law: &Law, row: public_listing::Model, last: Day, verb: &'static str, today: Day) -> Entry {
    Entry {
        near: rules::near(law, Some(last), today),
        last: Some(last),
        yin: "效",
        title: format!("有效期将满：{}", row.title),
        number: row.number,
        basis: format!("有效期到{}。要继续执行的，先评估，再重新公布", last.zh()),
        days: None,
        due: format!("还有 {} 天", last.0 - today.0),
        stuck: "到期自动失效".into(),
        verb,
        act: format!("/desk/record/{}", row.page),
        section: row.section,
        href: row.path,
    }
}
