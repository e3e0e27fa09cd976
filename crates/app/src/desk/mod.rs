//! 待办：the inbox. What is stuck, on whom, by which article, and one button. Reads everything; nobody depends on it.

mod page;
mod rules;

use crate::Slice;
use crate::account::desk::{Who, get};
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "desk",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: vec![get("/desk", Who::Staff, page::inbox)],
        css: "",
        migrations: &[],
        jobs: &[],
        blobs: &[],
    }
}
