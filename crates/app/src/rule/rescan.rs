//! What other settings of the scanner would change: the papers that are public now, scanned by both.

use super::rules::SCANNER;
use crate::account::desk::Desk;
use crate::floor::public_page;
use ::store::Error;
use kernel::Block;
use law::Law;
use scan::{Finding, Piece, Place, Rule, Settings};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// Papers that are looked through, the newest: a few seconds of work.
const PAPERS: u64 = 200;
/// Papers with new findings that are named.
const NAMED: usize = 5;

/// The difference between two settings.
#[derive(Default)]
pub struct Rescan {
    /// Papers looked through.
    pub papers: usize,
    pub appear: usize,
    pub vanish: usize,
    /// Rules with a difference: their name, how many findings appear and vanish.
    pub rules: Vec<(&'static str, usize, usize)>,
    /// Title and address of the first papers in which something appears.
    pub named: Vec<(String, String)>,
}

/// Looks through the public papers of this body; `None` where the file is not the scanner's.
pub async fn rescan(desk: &Desk, file: &str, new: &Law) -> Result<Option<Rescan>, Error> {
    if file != SCANNER {
        return Ok(None);
    }
    let pages = public_page::Entity::find()
        .filter(public_page::Column::Body.eq(&desk.body.id))
        .order_by_desc(public_page::Column::PublishedAt)
        .limit(PAPERS)
        .all(desk.read())
        .await?;
    let settings = [desk.law(), new].map(|law| law.scanner.on(desk.now.day()));
    let looked = tokio::task::spawn_blocking(move || look(&pages, &settings));
    looked.await.map_err(|e| Error::Fault(e.into()))?.map(Some)
}

fn look(pages: &[public_page::Model], [old, new]: &[Settings; 2]) -> Result<Rescan, Error> {
    let mut all = Rescan { papers: pages.len(), ..Rescan::default() };
    let mut rules: BTreeMap<Rule, (usize, usize)> = BTreeMap::new();
    for page in pages {
        let blocks: Vec<Block> = serde_json::from_str(&page.content).map_err(|e| Error::Fault(e.into()))?;
        let (appear, vanish) = scan::compare(&pieces(page, &blocks), old, new);
        let mut count = |found: &[Finding], add: fn(&mut (usize, usize))| {
            found.iter().for_each(|f| add(rules.entry(f.rule).or_default()));
        };
        count(&appear, |n| n.0 += 1);
        count(&vanish, |n| n.1 += 1);
        if !appear.is_empty() && all.named.len() < NAMED {
            all.named.push((page.title.clone(), page.path.clone()));
        }
        all.appear += appear.len();
        all.vanish += vanish.len();
    }
    all.rules = rules.into_iter().map(|(rule, (appear, vanish))| (rule.info().zh, appear, vanish)).collect();
    Ok(all)
}

fn pieces<'a>(page: &'a public_page::Model, blocks: &'a [Block]) -> Vec<Piece<'a>> {
    let fields = [("来源", &page.source), ("责任科室", &page.author), ("内容概述", &page.summary)];
    let head = fields.into_iter().map(|(zh, text)| Piece::new(Place::Field(zh), text));
    let body = kernel::block::pieces(blocks).map(|(block, cell, text)| {
        let place = cell.map_or(Place::body(block), |(row, col)| Place::body_cell(block, row, col));
        Piece::new(place, text)
    });
    std::iter::once(Piece::new(Place::Title, &page.title)).chain(head).chain(body).collect()
}
