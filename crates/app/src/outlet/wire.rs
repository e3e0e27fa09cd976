//! The city's content system over HTTP: JSON, a bearer token, one key for one version (`docs/outlet.md`).

use super::model::Fault;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect};
use serde::Deserialize;
use std::sync::OnceLock;
use std::time::Duration;

/// A request has this long, in all; a job's lease is three times as long.
const PATIENCE: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(5);
/// The most that is read of an answer, in bytes: of the interface, and of a page.
const ANSWER_MAX: usize = 64 << 10;
const PAGE_MAX: usize = 2 << 20;
/// The other side's words that are kept, in characters.
const WORDS_MAX: usize = 200;

/// Where the interface is, as the operator configured it.
#[derive(Clone)]
pub struct City {
    /// Without a slash at the end.
    pub address: String,
    pub token: String,
}

/// The way out. The client is made when it is first needed.
#[derive(Default)]
pub struct Wire {
    city: Option<City>,
    client: OnceLock<Client>,
}

/// What went wrong, and what the other side says of it.
#[derive(Debug)]
pub struct Failed {
    pub fault: Fault,
    pub says: String,
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Failed {
        Failed { fault, says: String::new() }
    }
}

/// What stands at the outlet.
#[derive(Debug, Deserialize)]
pub struct Placed {
    /// Where the public finds it.
    pub address: String,
    /// See [`digest_of`](super::rules::digest_of); empty where the answer is to a writing.
    #[serde(default)]
    pub sha256: String,
}

#[derive(Deserialize)]
struct Words {
    message: String,
}

impl Wire {
    pub fn new(city: Option<City>) -> Wire {
        Wire { city, client: OnceLock::new() }
    }

    /// Whether there is an interface at all.
    pub fn is_wired(&self) -> bool {
        self.city.is_some()
    }

    /// Where the interface is; never its token.
    pub fn address(&self) -> &str {
        self.city.as_ref().map_or("", |city| &city.address)
    }

    /// What the operator wrote is where we go: no proxy of the environment, no redirect of the other side.
    fn client(&self) -> Result<&Client, Failed> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let made = Client::builder().timeout(PATIENCE).connect_timeout(CONNECT).no_proxy();
        let made = made.redirect(redirect::Policy::none()).build().map_err(|e| {
            tracing::error!("no client for outlets: {e}");
            Failed::from(Fault::Away)
        })?;
        Ok(self.client.get_or_init(|| made))
    }

    fn ask(&self, method: Method, id: &str) -> Result<RequestBuilder, Failed> {
        let city = self.city.as_ref().ok_or(Fault::Away)?;
        let url = format!("{}/documents/{id}", city.address);
        Ok(self.client()?.request(method, url).bearer_auth(&city.token))
    }

    /// Places a version, or the same again under the same key.
    pub async fn put(&self, id: &str, key: &str, json: Vec<u8>) -> Result<Placed, Failed> {
        let asked = self.ask(Method::PUT, id)?.header("Idempotency-Key", key);
        let response = sent(asked.header("Content-Type", "application/json").body(json)).await?;
        if !response.status().is_success() {
            return Err(refused(response).await);
        }
        placed(response).await
    }

    /// Removes whatever stands under an id; what is not there is removed.
    pub async fn remove(&self, id: &str, key: &str) -> Result<(), Failed> {
        let response = sent(self.ask(Method::DELETE, id)?.header("Idempotency-Key", key)).await?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            status if status.is_success() => Ok(()),
            _ => Err(refused(response).await),
        }
    }

    /// What stands under an id; `None` where nothing does.
    pub async fn look(&self, id: &str) -> Result<Option<Placed>, Failed> {
        let response = sent(self.ask(Method::GET, id)?).await?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_success() => placed(response).await.map(Some),
            _ => Err(refused(response).await),
        }
    }

    /// The page at an address that a person brought back; `None` where there is none.
    pub async fn visit(&self, address: &str) -> Result<Option<String>, Failed> {
        let response = sent(self.client()?.get(address)).await?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_success() => {
                let bytes = body(response, PAGE_MAX).await?;
                Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
            }
            _ => Err(refused(response).await),
        }
    }
}

async fn sent(asked: RequestBuilder) -> Result<Response, Failed> {
    asked.send().await.map_err(|e| Failed::from(if e.is_timeout() { Fault::Late } else { Fault::Away }))
}

async fn placed(response: Response) -> Result<Placed, Failed> {
    let bytes = body(response, ANSWER_MAX).await?;
    let placed: Placed = serde_json::from_slice(&bytes).map_err(|_| Fault::Garbled)?;
    // The address goes into a page of ours.
    let fine = super::rules::address("", "", &placed.address).is_ok();
    if fine { Ok(placed) } else { Err(Fault::Garbled.into()) }
}

async fn refused(response: Response) -> Failed {
    let fault = match response.status() {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Fault::Denied,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Fault::Busy,
        status if status.is_server_error() => Fault::Busy,
        status if status.is_client_error() => Fault::Refused,
        _ => Fault::Garbled,
    };
    let bytes = body(response, ANSWER_MAX).await.unwrap_or_default();
    let words = serde_json::from_slice::<Words>(&bytes).map(|w| w.message).unwrap_or_default();
    Failed { fault, says: words.chars().filter(|c| !c.is_control()).take(WORDS_MAX).collect() }
}

/// The answer's body up to a length; a longer one is none of ours.
async fn body(mut response: Response, most: usize) -> Result<Vec<u8>, Failed> {
    let mut all = vec![];
    loop {
        let chunk = response.chunk().await;
        match chunk.map_err(|e| if e.is_timeout() { Fault::Late } else { Fault::Away })? {
            Some(more) if all.len() + more.len() > most => return Err(Fault::Garbled.into()),
            Some(more) => all.extend_from_slice(&more),
            None => return Ok(all),
        }
    }
}
