//! What a body has published, and what waits to be: the items that obligations and the inspection's indicators are
//! reckoned from. Read from the floor once an epoch; what is under way is read from the records each time.

use crate::body::Body;
use crate::floor::{EVERYWHERE, Term, Validity, public_listing, public_outlet};
use crate::record::kind::Kind;
use crate::record::model::Openness;
use crate::record::store::{self as records, Which};
use crate::record::table::revision;
use ::store::{Error, Public, Read};
use kernel::{Day, Instant};
use law::{Item, Law, PARTS, Seen, Span};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// Records under way that are looked at.
const WAITING: u64 = 500;

/// One thing: public, or on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// Of the record.
    pub id: String,
    /// Of the page; at the desk while it is not public.
    pub path: String,
    pub title: String,
    pub kind: &'static str,
    pub columns: Vec<&'static str>,
    pub class: &'static str,
    pub formed: Option<Day>,
    pub published: Option<Instant>,
    effective: String,
    expires: String,
    ending: String,
    ended: String,
    /// Where it is confirmed to appear besides, as obligations name it.
    outlets: Vec<&'static str>,
}

impl Held {
    /// A public thing, for tests.
    #[cfg(test)]
    pub fn public(title: &str, kind: &'static str, columns: &[&'static str], day: Day) -> Held {
        Held {
            id: title.into(),
            path: "/records/x/2026-00001".into(),
            title: title.into(),
            kind,
            columns: columns.to_vec(),
            class: "",
            formed: None,
            published: Some(day.start()),
            effective: String::new(),
            expires: String::new(),
            ending: String::new(),
            ended: String::new(),
            outlets: vec![],
        }
    }

    /// As the law looks at it.
    pub fn item(&self, today: Day) -> Item<'_> {
        let (effective, expires, ending, ended) = (&self.effective, &self.expires, &self.ending, &self.ended);
        // A 公示 that is over was made public all the same.
        let term = Term { effective, expires, ending, ended, ..Term::default() };
        Item {
            title: &self.title,
            kind: self.kind,
            columns: &self.columns,
            class: self.class,
            formed: self.formed,
            published: self.published.map(Instant::day),
            in_force: self.published.is_some() && Validity::on(today, term).holds(),
            outlets: &self.outlets,
        }
    }
}

::store::line! {
    struct Row of public_listing {
        place: String, page: String, path: String, kind: String, title: String, first_at: i64, effective: String,
        expires: String, ending: String, ended: String, formed: Option<String>, first_public: Option<String>,
    }
}

impl Row {
    fn held(self) -> Held {
        Held {
            id: self.page,
            path: self.path,
            title: self.title,
            kind: Kind::parse(&self.kind).map_or("", |k| k.name),
            columns: vec![],
            class: "",
            // A page that was public elsewhere before tells nothing of how timely or how fresh we are: it counts from
            // the day on which it was first public.
            formed: self.formed.as_deref().and_then(Day::parse).filter(|_| self.first_public.is_none()),
            published: Some(Instant(self.first_at)),
            effective: self.effective,
            expires: self.expires,
            ending: self.ending,
            ended: self.ended,
            outlets: vec![],
        }
    }
}

/// Everything that a body has public, the newest first.
pub type Stock = Arc<Vec<Held>>;

/// The stocks of all bodies, each kept until something else is public or another law is in force.
#[derive(Default)]
pub struct Stocks(Mutex<HashMap<String, (i64, &'static Law, Stock)>>);

impl Stocks {
    pub async fn of(&self, public: &Public, law: &'static Law, body: &str) -> Result<Stock, Error> {
        let epoch = public.epoch();
        let known = self.0.lock().expect("no panic under this lock").get(body).cloned();
        if let Some((.., stock)) = known.filter(|(of, by, _)| *of == epoch && std::ptr::eq(*by, law)) {
            return Ok(stock);
        }
        let stock = Arc::new(read(public, law, body).await?);
        self.0.lock().expect("no panic under this lock").insert(body.to_owned(), (epoch, law, stock.clone()));
        Ok(stock)
    }
}

async fn read(public: &Public, law: &'static Law, body: &str) -> Result<Vec<Held>, Error> {
    use public_listing::Column::{Body, FirstAt, Path};
    let find = public.find::<public_listing::Entity>().filter(Body.eq(body));
    let find = find.order(FirstAt, Order::Desc).order(Path, Order::Desc);
    let (mut all, mut known): (Vec<Held>, HashMap<String, usize>) = (vec![], HashMap::new());
    for row in find.lines::<Row>().await? {
        let place = row.place.clone();
        let at = *known.entry(row.page.clone()).or_insert_with(|| {
            all.push(row.held());
            all.len() - 1
        });
        put(law, &mut all[at], &place);
    }
    let confirmed = public.find::<public_outlet::Entity>().filter(public_outlet::Column::Body.eq(body));
    for row in confirmed.all().await? {
        let named = law.obligations.iter().flat_map(|entry| &entry.outlets).find(|name| **name == row.outlet);
        if let (Some(at), Some(name)) = (known.get(&row.page), named) {
            all[*at].outlets.push(name);
        }
    }
    Ok(all)
}

/// Notes a place in which a thing is listed.
fn put(law: &'static Law, held: &mut Held, place: &str) {
    if let Some(slug) = place.strip_prefix("disclosure/catalogue/") {
        held.class = law.class(slug).map_or("", |c| c.slug.as_str());
    } else if place != EVERYWHERE {
        let part = PARTS.into_iter().find(|part| *part == place);
        held.columns.extend(part.or_else(|| law.column(place).map(|c| c.path.as_str())));
    }
}

/// What was submitted to become public and is not yet: it came into being, and a term may run.
pub async fn waiting(read: &Read, law: &'static Law, body: &str) -> Result<Vec<Held>, Error> {
    let open = records::some(read, body, Which::Open, None, WAITING).await?;
    let open: HashMap<String, String> =
        open.into_iter().filter(|r| r.published == 0).filter_map(|r| Some((r.revision?, r.id))).collect();
    if open.is_empty() {
        return Ok(vec![]);
    }
    let mut all = vec![];
    for row in revision::Entity::find().filter(revision::Column::Id.is_in(open.keys())).all(read).await? {
        let paper = records::to_revision(row, None)?;
        let (record, paper) = (open.get(&paper.id), paper.paper);
        let (Some(record), Openness::Open) = (record, paper.fields.openness) else { continue };
        let mut held = Held {
            id: record.clone(),
            path: format!("/desk/record/{record}"),
            title: paper.title,
            kind: Kind::parse(&paper.kind).map_or("", |k| k.name),
            columns: vec![],
            class: law.class(&paper.fields.class).map_or("", |c| c.slug.as_str()),
            formed: paper.fields.formed,
            published: None,
            effective: String::new(),
            expires: String::new(),
            ending: String::new(),
            ended: String::new(),
            outlets: vec![],
        };
        for place in crate::record::public::place::places(&paper.fields.column, &paper.fields.also, "") {
            put(law, &mut held, &place);
        }
        all.push(held);
    }
    Ok(all)
}

/// The days between which a body's publication is judged: from the day in its settings, else from the day on which it
/// was added (its id, a UUID of version 7, carries it).
pub fn span(body: &Body, today: Day) -> Span {
    let added = uuid::Uuid::parse_str(&body.id).ok().and_then(|id| id.get_timestamp());
    let added = added.map(|at| Instant(at.to_unix().0 as i64 * 1000).day());
    let since = Day::parse(&body.profile.obligations_from).or(added).unwrap_or(today);
    Span { since: since.min(today), today }
}

/// The columns that the portal shows, each with its newest item.
pub fn columns(law: &Law, stock: &[Held]) -> BTreeMap<String, Seen> {
    let mut all: BTreeMap<String, Seen> = BTreeMap::new();
    for held in stock {
        for path in held.columns.iter().filter(|path| law.column(path).is_some()) {
            let seen = all.entry((*path).to_owned()).or_insert(Seen { last: None, items: 0 });
            seen.items += 1;
            seen.last = seen.last.max(held.published.map(Instant::day));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_reckoned_from_its_setting_or_its_first_day() {
        let at = Instant::parse("2026-11-16 08:00").expect("a time");
        let id = uuid::Builder::from_unix_timestamp_millis(at.0 as u64, &[0; 10]).into_uuid().to_string();
        let (day, today) = (|d| Day::new(2026, 11, d).expect("a day"), Day::new(2026, 11, 23).expect("a day"));
        for (from, since) in [("", day(16)), ("2026-11-20", day(20)), ("2026-11-30", today)] {
            let mut body = Body {
                id: id.clone(),
                org: String::new(),
                host: String::new(),
                name: String::new(),
                profile: Default::default(),
            };
            body.profile.obligations_from = from.into();
            assert_eq!(span(&body, today), Span { since, today }, "{from}");
        }
    }

    #[test]
    fn places_become_columns_and_class() {
        let law = Law::built_in();
        let mut held = Held {
            id: String::new(),
            path: String::new(),
            title: "通知".into(),
            kind: "notice",
            columns: vec![],
            class: "",
            formed: None,
            published: Day::new(2026, 11, 23).map(Day::start),
            effective: String::new(),
            expires: "2026-11-23".into(),
            ending: String::new(),
            ended: String::new(),
            outlets: vec![],
        };
        for place in ["all", "results", "results/policies", "disclosure/rules", "disclosure/catalogue/other", "gone"] {
            put(law, &mut held, place);
        }
        assert_eq!(held.columns, ["results", "results/policies", "disclosure/rules"]);
        assert_eq!(held.class, "other");
        let seen = columns(law, std::slice::from_ref(&held));
        assert_eq!(seen.keys().collect::<Vec<_>>(), ["results", "results/policies"], "a statutory part is no column");
        let day = |d| Day::new(2026, 11, d).expect("a day");
        assert!(held.item(day(23)).in_force && !held.item(day(24)).in_force);
    }
}
