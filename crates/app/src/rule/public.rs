//! What anyone sees of time: the working-day calendar, and the calculator that says until when, and why.

mod ask;
mod calendar;
mod question;
mod term;

use crate::App;
use crate::edge::{self, Failure};
use ::store::Error;
use axum::Router;
use axum::extract::Query;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;

pub fn routes() -> Router<App> {
    calendar::routes().merge(ask::routes())
}

pub fn api() -> Router<App> {
    calendar::api().merge(ask::api())
}

/// What an address asks for, by name.
type Asked = HashMap<String, String>;

fn asked(uri: &Uri) -> Result<Asked, Failure> {
    let read = Query::<Asked>::try_from_uri(uri);
    read.map(|asked| asked.0).map_err(|_| Failure::bad("地址里的查询条件看不懂。请回到页面重新填写。"))
}

/// A twin for programs. It fails as the API does: in JSON, with a sentence.
fn json(told: Result<impl serde::Serialize, Failure>) -> Result<Response, Failure> {
    match told {
        Ok(told) => {
            let text = serde_json::to_string_pretty(&told).map_err(|e| Error::Fault(e.into()))?;
            Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
        }
        Err(failure) => Ok(edge::json_failure(&failure)),
    }
}
