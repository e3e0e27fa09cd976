//! Obligations, remedies, prohibitions and the watch: read strictly, checked by their own modules.

use super::{Faults, Sources};
use crate::{Indicator, Law, Obligation, ProhibitionRules, RemedyRules, obligation, prohibition, remedy, watch};
use serde::Deserialize;

/// What the four files hold.
pub(super) struct Duties {
    pub obligations: Vec<Obligation>,
    pub remedies: RemedyRules,
    pub prohibitions: ProhibitionRules,
    pub indicators: Vec<Indicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Obligations {
    entry: Vec<Obligation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Indicators {
    indicator: Vec<Indicator>,
}

impl Faults {
    pub(super) fn read_duties(&mut self, sources: &Sources) -> Option<Duties> {
        let obligations = self.read("obligations.toml", sources.obligations).map(|f: Obligations| f.entry);
        let remedies = self.read("remedies.toml", sources.remedies);
        let prohibitions = self.read("prohibitions.toml", sources.prohibitions);
        let indicators = self.read("watch.toml", sources.watch).map(|f: Indicators| f.indicator);
        Some(Duties {
            obligations: obligations?,
            remedies: remedies?,
            prohibitions: prohibitions?,
            indicators: indicators?,
        })
    }

    pub(super) fn duties(&mut self, law: &mut Law) {
        self.0.extend(obligation::check(law));
        self.0.extend(remedy::check(law));
        self.0.extend(prohibition::check(law));
        self.0.extend(watch::check(law));
    }
}
