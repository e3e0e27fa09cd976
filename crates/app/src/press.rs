//! Letters and public texts as PDF for every slice: the typesetter is opened when the first one is wanted, works aside
//! from the threads that answer, and does not more at once than the machine has cores for.

use crate::edge::Failure;
use crate::ui::href;
use ::store::Error;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Refusal;
use paper::Letter;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// A letter is bound by the processor: more at once only wait for each other.
const AT_ONCE: usize = 2;

/// A typesetter without fonts answers 503, with what to install.
pub fn failed(e: Error) -> Failure {
    match e {
        Error::Refused(why) => {
            let says = why.into_iter().map(|r| r.says).collect::<String>();
            Failure::new(StatusCode::SERVICE_UNAVAILABLE, says)
        }
        e => e.into(),
    }
}

/// The typesetter of this process.
pub struct Press {
    fonts: Option<PathBuf>,
    opened: Arc<OnceLock<Result<paper::Press, Refusal>>>,
    turns: Semaphore,
}

impl Press {
    /// With a folder of the bureau's own fonts, if there is one.
    pub fn new(fonts: Option<PathBuf>) -> Press {
        Press { fonts, opened: Arc::default(), turns: Semaphore::new(AT_ONCE) }
    }

    /// The letter as PDF.
    ///
    /// # Errors
    /// What is missing of the fonts; a fault of the template.
    pub async fn letter(&self, letter: Letter) -> Result<Vec<u8>, Error> {
        self.set(move |press| press.letter(&letter)).await
    }

    /// What `work` sets, in its turn and aside.
    ///
    /// # Errors
    /// As [`Press::letter`].
    pub async fn set(
        &self,
        work: impl FnOnce(&paper::Press) -> Result<Vec<u8>, Refusal> + Send + 'static,
    ) -> Result<Vec<u8>, Error> {
        let _turn = self.turns.acquire().await.map_err(|e| Error::Fault(e.into()))?;
        let (opened, fonts) = (self.opened.clone(), self.fonts.clone());
        let work = move || match opened.get_or_init(|| paper::Press::open(fonts.as_deref())) {
            Ok(press) => work(press),
            Err(why) => Err(why.clone()),
        };
        let done = tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(e.into()))?;
        done.map_err(|why| Error::Refused(vec![why]))
    }

    /// The letter as the answer to a request. It is about one person: nobody keeps a copy on the way.
    ///
    /// # Errors
    /// As [`Press::letter`]; a typesetter without fonts answers 503, with what to install.
    pub async fn answer(&self, name: &str, letter: Letter) -> Result<Response, Failure> {
        let pdf = self.letter(letter).await.map_err(failed)?;
        let encoded = href("", &[("n", name)]);
        let encoded = encoded.strip_prefix("?n=").unwrap_or_default();
        let headers: [(HeaderName, String); 3] = [
            (header::CONTENT_TYPE, "application/pdf".into()),
            (header::CONTENT_DISPOSITION, format!("inline; filename*=UTF-8''{encoded}")),
            (header::CACHE_CONTROL, "no-store".into()),
        ];
        Ok((headers, pdf).into_response())
    }
}
