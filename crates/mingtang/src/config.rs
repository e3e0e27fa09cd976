//! Configuration: `mingtang.toml`, then `MINGTANG_*`, then flags. Secrets never as flags.

use crate::fail::Fail;
use app::Face;
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use store::Blobs;

/// What an environment variable may set: `MINGTANG_BASE_URL`, `MINGTANG_S3_SECRET`.
const KEYS: &[&str] = &["data", "database", "listen", "public", "desk", "api", "base_url", "log"];
const OUTLET_KEYS: &[&str] = &["address", "token"];
const S3_KEYS: &[&str] = &["bucket", "endpoint", "region", "key", "secret"];

/// What the command line says.
#[derive(Clone, Default, Serialize)]
pub struct Flags {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<SocketAddr>,
}

/// The whole configuration. An unknown key is an error: a misspelt one must not be silently without effect.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(default = "default_data")]
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; a SQLite file in the data folder where it is absent.
    database: Option<String>,
    listen: Option<SocketAddr>,
    public: Option<SocketAddr>,
    desk: Option<SocketAddr>,
    api: Option<SocketAddr>,
    base_url: Option<String>,
    trusted_proxies: Option<usize>,
    s3: Option<S3>,
    handover: Option<Handover>,
    /// Whether the public log's checkpoints carry a second signature, by SM2.
    ledger_sm2: Option<bool>,
    outlet: Option<Outlet>,
    superior: Option<Superior>,
    /// A folder of fonts for letters, beside those of package fonts-noto-cjk.
    pub fonts_dir: Option<PathBuf>,
    /// As `tracing-subscriber` reads it: `info`, `warn,app=debug`.
    #[serde(default = "default_log")]
    pub log: String,
}

/// An office system that leaves papers in a folder.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Handover {
    folder: PathBuf,
}

/// An S3-compatible store for blobs.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct S3 {
    bucket: String,
    endpoint: String,
    #[serde(default)]
    region: String,
    key: String,
    secret: String,
}

/// The feeds of superior bodies. What they are stands at the desk; which of them may be inside, here.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Superior {
    /// Host names and addresses, without a port.
    inside: Vec<String>,
}

/// The city's content system (`docs/outlet.md`).
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outlet {
    address: String,
    token: String,
}

fn default_data() -> PathBuf {
    "data".into()
}

fn default_log() -> String {
    "info".into()
}

impl Config {
    /// `file` is what `--config` names; it must then exist.
    pub fn read(file: Option<&Path>, flags: &Flags) -> Result<Config, Fail> {
        let path = file.unwrap_or(Path::new("mingtang.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && file.is_none() => String::new(),
            Err(e) => return Err(Fail::usage(format!("读不了配置文件 {}：{e}", path.display()))),
        };
        Config::merge(&text, std::env::vars(), flags)
    }

    fn merge(file: &str, env: impl Iterator<Item = (String, String)>, flags: &Flags) -> Result<Config, Fail> {
        let all = Figment::from(Toml::string(file)).merge(Serialized::defaults(from_env(env)));
        let config: Result<Config, figment::Error> = all.merge(Serialized::defaults(flags)).extract();
        config.map_err(|e| Fail::usage(format!("配置有误：{e}")))
    }

    /// The database's address.
    pub fn database(&self) -> Result<String, Fail> {
        match &self.database {
            None => Ok(format!("sqlite:{}", escaped(&self.sqlite_file()))),
            Some(url) if ["sqlite:", "postgres://", "postgresql://"].iter().any(|s| url.starts_with(s)) => {
                Ok(url.clone())
            }
            Some(_) => Err(Fail::usage("配置有误：database 以 sqlite: 或 postgres:// 开头。")),
        }
    }

    /// The SQLite file in the data folder.
    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("mingtang.db")
    }

    /// Whether the database is the file in the data folder.
    pub fn is_own_file(&self) -> bool {
        self.database.is_none()
    }

    pub fn blobs(&self) -> Result<Blobs, Fail> {
        match &self.s3 {
            None => Ok(Blobs::disk(self.data.join("blobs"))),
            Some(s3) => Ok(Blobs::s3(&s3.bucket, &s3.endpoint, &s3.region, &s3.key, &s3.secret)?),
        }
    }

    /// The folder that is looked at for papers of an office system.
    pub fn handover_folder(&self) -> Option<PathBuf> {
        self.handover.as_ref().map(|h| h.folder.clone())
    }

    /// Hosts of internal networks from which feeds may be read; without it none is.
    pub fn inside(&self) -> Vec<String> {
        self.superior.as_ref().map(|s| s.inside.clone()).unwrap_or_default()
    }

    /// The interface of the city's content system, if there is one. The token travels only under TLS, or on this
    /// machine.
    pub fn outlet(&self) -> Result<Option<app::outlet::City>, Fail> {
        let Some(Outlet { address, token }) = &self.outlet else { return Ok(None) };
        let here = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        if !address.starts_with("https://") && !here.iter().any(|host| address.starts_with(host)) {
            let says = "配置有误：outlet 的 address 以 https:// 开头，如 https://cms.example.gov.cn/api。";
            return Err(Fail::usage(says));
        }
        if token.trim().is_empty() {
            return Err(Fail::usage("配置有误：outlet 的 token 是空的。请填写市级平台发给本单位的接口口令。"));
        }
        let address = address.trim_end_matches('/').to_owned();
        Ok(Some(app::outlet::City { address, token: token.trim().to_owned() }))
    }

    /// Without a slash at the end; empty on loopback.
    pub fn base_url(&self) -> String {
        self.base_url.as_deref().unwrap_or_default().trim_end_matches('/').to_owned()
    }

    pub fn trusted_proxies(&self) -> usize {
        self.trusted_proxies.unwrap_or(0)
    }

    /// Decided at the first start, and again when keys are rotated.
    pub fn sm2(&self) -> bool {
        self.ledger_sm2.unwrap_or(false)
    }

    /// The addresses to listen on, and what each serves.
    pub fn listeners(&self) -> Result<Vec<(Face, SocketAddr)>, Fail> {
        let split = [(Face::Public, self.public), (Face::Desk, self.desk), (Face::Api, self.api)];
        let split: Vec<_> = split.into_iter().filter_map(|(face, at)| Some((face, at?))).collect();
        let all = match self.listen {
            Some(_) if !split.is_empty() => {
                return Err(Fail::usage("listen 表示全部在一个地址，不能与 public、desk、api 同时用。请留一种。"));
            }
            Some(at) => vec![(Face::All, at)],
            None if split.is_empty() => vec![(Face::All, SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)))],
            None => split,
        };
        self.check_outside(&all)?;
        Ok(all)
    }

    /// Off loopback, links and rate limits rest on what only the operator knows.
    fn check_outside(&self, all: &[(Face, SocketAddr)]) -> Result<(), Fail> {
        let base_url = self.base_url();
        if !base_url.is_empty() && !base_url.starts_with("https://") && !base_url.starts_with("http://") {
            return Err(Fail::usage("配置有误：base_url 以 https:// 开头，如 https://zwgk.example.gov.cn。"));
        }
        let Some((_, at)) = all.iter().find(|(_, at)| !at.ip().is_loopback()) else { return Ok(()) };
        let missing = [("base_url", base_url.is_empty()), ("trusted_proxies", self.trusted_proxies.is_none())];
        let missing: Vec<&str> = missing.iter().filter(|(_, missing)| *missing).map(|(key, _)| *key).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Fail::usage(format!(
            "{at} 不是本机地址，要先在 mingtang.toml 里写明 {}。base_url 是公众访问的网址；\
             trusted_proxies 是前面有几层自己的反向代理，没有就写 0。",
            missing.join(" 和 ")
        )))
    }
}

/// A path as sqlx reads it in an address.
fn escaped(path: &Path) -> String {
    path.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

/// Values stay text, whatever they look like: a key of digits is a key.
fn from_env(vars: impl Iterator<Item = (String, String)>) -> Map<String, Value> {
    let (mut all, mut s3, mut outlet) = (Map::new(), Map::new(), Map::new());
    for (name, value) in vars {
        let Some(key) = name.strip_prefix("MINGTANG_").map(str::to_ascii_lowercase) else { continue };
        if KEYS.contains(&key.as_str()) {
            all.insert(key, value.into());
        } else if key == "trusted_proxies" {
            let number = value.parse::<usize>().map(Value::from);
            all.insert(key, number.unwrap_or(Value::String(value)));
        } else if let Some(key) = key.strip_prefix("s3_").filter(|k| S3_KEYS.contains(k)) {
            s3.insert(key.to_owned(), value.into());
        } else if let Some(key) = key.strip_prefix("outlet_").filter(|k| OUTLET_KEYS.contains(k)) {
            outlet.insert(key.to_owned(), value.into());
        }
    }
    if !outlet.is_empty() {
        all.insert("outlet".into(), outlet.into());
    }
    if !s3.is_empty() {
        all.insert("s3".into(), s3.into());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(file: &str, env: &[(&str, &str)], flags: Flags) -> Result<Config, Fail> {
        let env = env.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Config::merge(file, env, &flags)
    }

    fn at(text: &str) -> Option<SocketAddr> {
        Some(text.parse().expect("an address"))
    }

    #[test]
    fn a_flag_beats_the_environment_and_that_beats_the_file() {
        let file = "data = 'a'\nbase_url = 'https://a.example/'\nlog = 'warn'";
        let env = [("MINGTANG_DATA", "b"), ("MINGTANG_BASE_URL", "https://b.example"), ("MINGTANG_TEST_PG", "x")];
        let flags = Flags { data: Some("c".into()), ..Flags::default() };
        let all = config(file, &env, flags).expect("reads");
        assert_eq!(
            (all.data.to_str(), all.base_url().as_str(), all.log.as_str()),
            (Some("c"), "https://b.example", "warn")
        );
        assert_eq!(config(file, &[], Flags::default()).expect("reads").base_url(), "https://a.example");
        assert_eq!(
            config("", &[], Flags::default()).expect("reads").database().expect("one"),
            "sqlite:data/mingtang.db"
        );
    }

    #[test]
    fn digits_in_the_environment_stay_text_where_text_is_meant() {
        let env = [
            ("MINGTANG_S3_BUCKET", "1"),
            ("MINGTANG_S3_ENDPOINT", "http://127.0.0.1:9000"),
            ("MINGTANG_S3_KEY", "0123"),
            ("MINGTANG_S3_SECRET", "true"),
            ("MINGTANG_TRUSTED_PROXIES", "2"),
        ];
        let all = config("", &env, Flags::default()).expect("reads");
        assert_eq!(all.trusted_proxies(), 2);
        assert!(all.s3.is_some_and(|s3| s3.key == "0123" && s3.secret == "true"));
    }

    #[test]
    fn a_wrong_configuration_is_refused() {
        for (file, part) in [
            ("base-url = 'https://a.example'", "base-url"),
            ("listen = 'nowhere'", "listen"),
            ("[s3]\nbucket = 'b'", "s3"),
        ] {
            let says = config(file, &[], Flags::default()).err().expect("refused").to_string();
            assert!(says.contains(part), "{says}");
        }
        assert!(config("database = 'mysql://x'", &[], Flags::default()).expect("reads").database().is_err());
    }

    #[test]
    fn the_token_of_the_interface_travels_under_tls() {
        let env = [("MINGTANG_OUTLET_TOKEN", "0123")];
        for (address, wanted) in [
            ("https://cms.example.gov.cn/api/", Some("https://cms.example.gov.cn/api")),
            ("http://127.0.0.1:9000", Some("http://127.0.0.1:9000")),
            ("http://cms.example.gov.cn", None),
            ("http://127.0.0.1.example.cn", None),
        ] {
            let all = config(&format!("[outlet]\naddress = '{address}'"), &env, Flags::default()).expect("reads");
            let got = all.outlet().ok().flatten().map(|city| (city.address, city.token));
            assert_eq!(got, wanted.map(|at| (at.to_owned(), "0123".to_owned())), "{address}");
        }
        assert!(config("", &[], Flags::default()).expect("reads").outlet().expect("none is fine").is_none());
    }

    #[test]
    fn off_loopback_the_operator_must_say_how_we_are_reached() {
        let split = Flags { public: at("0.0.0.0:80"), desk: at("127.0.0.1:81"), ..Flags::default() };
        let both = Flags { listen: at("127.0.0.1:80"), desk: at("127.0.0.1:81"), ..Flags::default() };
        let outside = Flags { listen: at("0.0.0.0:80"), ..Flags::default() };
        let inside = Flags { listen: at("[::1]:80"), ..Flags::default() };
        let url = "base_url = 'https://a.example'";
        let full = "base_url = 'https://a.example'\ntrusted_proxies = 0";
        for (file, flags, faces) in [
            ("", Flags::default(), Some(vec![Face::All])),
            ("", inside, Some(vec![Face::All])),
            ("", outside.clone(), None),
            (url, outside.clone(), None),
            (full, outside, Some(vec![Face::All])),
            (full, split.clone(), Some(vec![Face::Public, Face::Desk])),
            ("", split, None),
            (full, both, None),
            ("base_url = 'a.example'", Flags::default(), None),
        ] {
            let got = config(file, &[], flags).expect("reads").listeners();
            assert_eq!(got.ok().map(|all| all.into_iter().map(|(face, _)| face).collect()), faces, "{file}");
        }
    }
}
