//! 公开与不予公开的依据：the statutory grounds and the first negative list, as `law/` has them.

mod public;
pub mod rules;

use crate::Slice;
use axum::Router;
use axum::routing::get;

pub fn slice() -> Slice {
    Slice {
        name: "ground",
        portal: Router::new().route("/disclosure/negative-list", get(public::negative_list)),
        api: Router::new(),
        programs: Router::new(),
        desk: vec![],
        css: "",
        migrations: &[],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
