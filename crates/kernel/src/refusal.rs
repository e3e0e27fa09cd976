/// The domain said no. Shown to a person, so it says what is wrong and what to do, and by what authority.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// A stable word for tests, the API and links: `not-reviewed`.
    pub code: &'static str,
    /// One or two sentences in Chinese.
    pub says: String,
    /// The article it rests on, empty where it rests on none: `《政府信息公开条例》第十七条`.
    pub cite: &'static str,
    /// The form field it is about, so that an error summary can lead there.
    pub field: Option<&'static str>,
}

impl Refusal {
    pub fn new(code: &'static str, says: impl Into<String>) -> Refusal {
        Refusal { code, says: says.into(), cite: "", field: None }
    }

    pub fn cite(mut self, article: &'static str) -> Refusal {
        self.cite = article;
        self
    }

    pub fn at(mut self, field: &'static str) -> Refusal {
        self.field = Some(field);
        self
    }
}
