//! What the slice keeps while the program runs: the way out, and which ways each body offers on its forms.

use super::model::Failed;
use crate::submission::wish::Ways;
use reqwest::{Client, redirect};
use std::collections::HashMap;
use std::sync::{OnceLock, RwLock};
use std::time::Duration;

/// A sending has this long, in all; a job's lease is three times as long.
pub const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Default)]
pub struct Wire {
    client: OnceLock<Client>,
    offered: RwLock<HashMap<String, Ways>>,
}

impl Wire {
    /// What the forms of a body offer.
    pub fn offered(&self, body: &str) -> Ways {
        self.offered.read().expect("no panic under this lock").get(body).copied().unwrap_or_default()
    }

    pub fn set_offered(&self, all: HashMap<String, Ways>) {
        *self.offered.write().expect("no panic under this lock") = all;
    }

    /// What the administrator wrote is where we go: no proxy of the environment, no redirect of the other side.
    pub(super) fn client(&self) -> Result<&Client, Failed> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let made = Client::builder().timeout(PATIENCE).no_proxy().redirect(redirect::Policy::none());
        let made = made.build().map_err(|e| {
            tracing::error!("no client for notices: {e}");
            Failed::from(super::model::Fault::Away)
        })?;
        Ok(self.client.get_or_init(|| made))
    }
}
