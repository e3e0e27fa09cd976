//! The sample of a 补录 decision. The page and its decision are tables of slice `record`: its gate asks for them.

pub use crate::record::backfill::backfill_decision;

store::table! {
    backfill_sample = "backfill_sample" {
        id: String, decision: String, n: i64, page: String, verdict: String, staff: Option<String>, at: Option<i64>,
    }
}
