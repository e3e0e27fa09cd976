//! Public bodies (公开主体), as every page shows them.

use crate::ui;
use serde::{Deserialize, Serialize};

/// What the pages of a body show of it. Empty text is left out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    pub subtitle: String,
    /// Stands on every page while it is not empty.
    pub note: String,
    pub domain: String,
    pub site_id_code: String,
    pub icp: String,
    pub police: String,
    pub office: String,
    pub address: String,
    pub post_code: String,
    pub hours: String,
    pub phone: String,
    pub fax: String,
    pub email: String,
    pub reading_point: String,
    /// Who decides on an application for reconsideration, and where (行政复议法 article 24).
    pub reconsideration: String,
    pub reconsideration_address: String,
    /// Where a suit is brought (行政诉讼法 articles 14 and 18).
    pub court: String,
    pub court_address: String,
    /// The first day from which obligations are reckoned, as ISO text; empty for the day on which the body was added.
    pub obligations_from: String,
    /// Name and address of each superior government.
    pub superior: Vec<(String, String)>,
}

/// A public body (公开主体).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    pub id: String,
    /// The organisation code, nine characters: the first half of every 索引号 (law.md 10.1).
    pub org: String,
    pub host: String,
    pub name: String,
    pub profile: Profile,
}

impl Body {
    pub fn site(&self, base_url: &str) -> ui::Site {
        let p = &self.profile;
        ui::Site {
            org: self.org.clone(),
            name: self.name.clone(),
            subtitle: p.subtitle.clone(),
            as_of_note: p.note.clone(),
            base_url: base_url.into(),
            domain: p.domain.clone(),
            id_code: p.site_id_code.clone(),
            superior: p.superior.iter().map(|(name, href)| ui::Link::new(name, href)).collect(),
            office: p.office.clone(),
            address: p.address.clone(),
            hours: p.hours.clone(),
            phone: p.phone.clone(),
            fax: p.fax.clone(),
            email: p.email.clone(),
            icp: p.icp.clone(),
            police: p.police.clone(),
        }
    }
}
