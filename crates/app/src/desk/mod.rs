//! 待办：the inbox. What is stuck, on whom, by which article, and one button; and the board of all terms. Reads
//! everything; nobody depends on it.

mod board;
mod ends;
mod first;
mod page;
mod rules;
mod work;

use crate::Slice;
use crate::account::Duty;
use crate::account::desk::{Who, get};
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "desk",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: [get("/desk", Who::Staff, page::inbox), get("/desk/board", Who::Duty(Duty::LOOK), board::board)]
            .into_iter()
            .chain(first::routes())
            .collect(),
        css: include_str!("desk.css"),
        migrations: &[],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
