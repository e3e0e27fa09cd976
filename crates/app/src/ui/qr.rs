//! A QR code as one path of an SVG: nothing inline but shapes, so that it prints and passes our own content policy.

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around a code (ISO/IEC 18004 section 9.1).
const QUIET: usize = 4;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Qr {
    /// Modules along a side, with the white around.
    pub size: usize,
    /// The dark modules, a run at a time.
    pub path: String,
}

impl Qr {
    /// `None` for a text that no code holds.
    pub fn of(text: &str) -> Option<Qr> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let (width, modules) = (code.width(), code.to_colors());
        let mut path = String::new();
        for (y, row) in modules.chunks(width).enumerate() {
            let mut x = 0;
            while x < width {
                let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
                if run > 0 {
                    path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
                }
                x += run.max(1);
            }
        }
        Some(Qr { size: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dark_modules_are_drawn_once() {
        let text = "https://a.example/verify?number=4302SHILI%2F2026-00001-1";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("a code");
        let dark = code.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let qr = Qr::of(text).expect("a code");
        let runs = qr.path.split('h').skip(1).step_by(2).map(|run| run.split('v').next().unwrap_or_default());
        assert_eq!(runs.map(|run| run.parse::<usize>().expect("a number")).sum::<usize>(), dark);
        assert_eq!(qr.size, code.width() + 8);
        assert_eq!(Qr::of(&"x".repeat(5000)), None);
    }
}
