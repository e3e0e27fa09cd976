use super::Html;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Size {
    #[default]
    Standard,
    Large,
    Huge,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Theme {
    /// As the reader's device says.
    #[default]
    System,
    Light,
    Dark,
    Contrast,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Mode {
    #[default]
    Standard,
    /// 长辈模式: same content, larger text and targets, one column.
    Elder,
}

/// How a reader wants to read. One cookie, no personal data, 24 variants (the cache keeps a page for each that is
/// asked for).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Pref {
    pub size: Size,
    pub theme: Theme,
    pub mode: Mode,
}

impl Pref {
    pub const COOKIE: &'static str = "pref";

    /// From a `Cookie` header. What is not understood is the standard.
    pub fn parse(cookies: &str) -> Pref {
        let mut pref = Pref::default();
        let value =
            cookies.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == Pref::COOKIE);
        for word in value.map_or("", |(_, value)| value).split('.') {
            pref.set(word);
        }
        pref
    }

    /// Takes one word of the form or the cookie: `standard-size large huge system light dark contrast standard elder`.
    /// False where it is none of them.
    pub fn set(&mut self, word: &str) -> bool {
        match word {
            "standard-size" => self.size = Size::Standard,
            "large" => self.size = Size::Large,
            "huge" => self.size = Size::Huge,
            "system" => self.theme = Theme::System,
            "light" => self.theme = Theme::Light,
            "dark" => self.theme = Theme::Dark,
            "contrast" => self.theme = Theme::Contrast,
            "standard" => self.mode = Mode::Standard,
            "elder" => self.mode = Mode::Elder,
            _ => return false,
        }
        true
    }

    /// The words of the three choices, as [`Pref::set`] reads them: size, theme, mode.
    pub fn words(self) -> [&'static str; 3] {
        let size = match self.size {
            Size::Standard => "standard-size",
            Size::Large => "large",
            Size::Huge => "huge",
        };
        let theme = match self.theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        };
        [size, theme, if self.mode == Mode::Elder { "elder" } else { "standard" }]
    }

    /// A `Set-Cookie` value, good for a year. `secure` where the site is served over TLS.
    pub fn cookie(self, secure: bool) -> String {
        let flag = if secure { "; Secure" } else { "" };
        format!("{}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{flag}", Pref::COOKIE, self.words().join("."))
    }

    /// Part of a page's cache key, 0 to 23.
    pub fn key(self) -> u8 {
        (self.size as u8 * 4 + self.theme as u8) * 2 + self.mode as u8
    }

    /// The attributes of `<html>`; what is standard is left out.
    pub fn attrs(self) -> Html {
        let [size, theme, mode] = self.words();
        let set = [("size", size, "standard-size"), ("theme", theme, "system"), ("mode", mode, "standard")];
        let attrs = set.iter().filter(|(_, word, standard)| word != standard);
        Html(attrs.map(|(name, word, _)| format!(" data-{name}=\"{word}\"")).collect())
    }
}
