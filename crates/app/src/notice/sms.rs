//! One SMS through a gateway: a POST with JSON.

use super::model::{Failed, Fault, Sms};
use super::rules;
use super::wire::Wire;
use reqwest::StatusCode;

/// The most that is read of an answer, in bytes.
const ANSWER_MAX: usize = 64 << 10;

/// One message to one telephone; `id` is the notice's, which is the key of the request, too.
pub struct Message<'a> {
    pub id: &'a str,
    pub phone: &'a str,
    pub words: &'a str,
    pub number: &'a str,
    pub cause: &'a str,
}

pub async fn send(wire: &Wire, sms: &Sms, message: &Message<'_>) -> Result<(), Failed> {
    let places = [
        ("{phone}", message.phone),
        ("{text}", message.words),
        ("{number}", message.number),
        ("{cause}", message.cause),
        ("{id}", message.id),
    ];
    let json = rules::fill(&sms.template, &places).ok_or(Fault::Unset)?;
    let mut asked = wire.client()?.post(&sms.url).header("Content-Type", "application/json");
    asked = asked.header("Idempotency-Key", message.id);
    if !sms.header.is_empty() {
        asked = asked.header(&sms.header, &sms.secret);
    }
    let answer = asked.body(json.to_string()).send().await.map_err(|e| gone(&e))?;
    let status = answer.status();
    let fault = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Some(Fault::Denied),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Some(Fault::Busy),
        _ if status.is_server_error() => Some(Fault::Busy),
        _ if status.is_client_error() => Some(Fault::Refused),
        _ if status.is_success() => rules::worked(sms, &body(answer).await?).err(),
        _ => Some(Fault::Garbled),
    };
    fault.map_or(Ok(()), |fault| Err(Failed { fault, code: status.as_u16().to_string() }))
}

fn gone(e: &reqwest::Error) -> Failed {
    if e.is_timeout() { Fault::Late.into() } else { Fault::Away.into() }
}

async fn body(mut answer: reqwest::Response) -> Result<Vec<u8>, Failed> {
    let mut all = vec![];
    while let Some(more) = answer.chunk().await.map_err(|e| gone(&e))? {
        if all.len() + more.len() > ANSWER_MAX {
            return Err(Fault::Garbled.into());
        }
        all.extend_from_slice(&more);
    }
    Ok(all)
}
