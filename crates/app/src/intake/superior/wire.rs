//! The way out to feeds. An address that somebody typed never leads inside: not by its own figures, not by what its
//! name resolves to, not by a redirect; but to the hosts that the operator named, for feeds within government networks.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};
use std::collections::HashSet;
use std::error::Error;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// For the whole of one feed, and for its connection.
const PATIENCE: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(5);
/// The largest feed, in bytes.
const LARGEST: usize = 4 << 20;
const REDIRECTS: usize = 3;

/// Hosts inside that may be read all the same.
type Inside = Arc<HashSet<String>>;

/// The client is made when it is first needed.
#[derive(Default)]
pub struct Wire {
    inside: Inside,
    client: OnceLock<Client>,
}

impl Wire {
    /// `inside` are host names or addresses, without a port.
    pub fn new(inside: Vec<String>) -> Wire {
        Wire { inside: Arc::new(inside.into_iter().collect()), client: OnceLock::new() }
    }

    fn client(&self) -> Result<&Client, String> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let inside = self.inside.clone();
        let follow = redirect::Policy::custom(move |asked| match may_ask(asked.url(), &inside) {
            true if asked.previous().len() <= REDIRECTS => asked.follow(),
            true => asked.stop(),
            false => asked.error(Barred),
        });
        let made = Client::builder().timeout(PATIENCE).connect_timeout(CONNECT).no_proxy().redirect(follow);
        let made = made.dns_resolver(Arc::new(Names(self.inside.clone()))).user_agent("mingtang").build();
        let made = made.map_err(|e| {
            tracing::error!("no client for feeds: {e}");
            "本机的网络程序没有准备好。".to_owned()
        })?;
        Ok(self.client.get_or_init(|| made))
    }

    /// The bytes behind an address, within our patience and no more than [`LARGEST`]; else what is wrong, in Chinese.
    pub async fn fetch(&self, address: &str) -> Result<Vec<u8>, String> {
        let url = Url::parse(address).map_err(|_| "订阅地址写得不完整。".to_owned())?;
        if !may_ask(&url, &self.inside) {
            return Err(Barred.to_string());
        }
        let mut response = self.client()?.get(url).send().await.map_err(|e| said(&e))?;
        if !response.status().is_success() {
            return Err(format!("对方网站回答 {}。", response.status().as_u16()));
        }
        let mut bytes = vec![];
        while let Some(chunk) = response.chunk().await.map_err(|_| "对方网站没有把内容发完。".to_owned())? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(format!("订阅源超过 {} MB，没有读。", LARGEST >> 20));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// The address leads inside.
#[derive(Debug)]
struct Barred;

impl Error for Barred {}

impl fmt::Display for Barred {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("这个地址在内部网络里，没有读。确实要读的，请系统管理员在配置的 superior 一节登记这台主机。")
    }
}

fn said(failed: &reqwest::Error) -> String {
    let mut cause: Option<&(dyn Error + 'static)> = failed.source();
    while let Some(e) = cause {
        if e.is::<Barred>() {
            return Barred.to_string();
        }
        cause = e.source();
    }
    "对方网站没有应答。".into()
}

/// Whether an address may be asked for, as far as its own letters tell; what a name resolves to is for [`Names`].
fn may_ask(url: &Url, inside: &HashSet<String>) -> bool {
    let host = url.host_str().unwrap_or_default();
    let figures = host.trim_start_matches('[').trim_end_matches(']').parse();
    // A name is looked at when it is resolved.
    matches!(url.scheme(), "http" | "https") && (inside.contains(host) || figures.map_or(true, is_outside))
}

/// Resolves names to addresses outside. What is connected to is what was looked at.
struct Names(Inside);

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let known = self.0.contains(name.as_str());
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let open: Vec<SocketAddr> = found.filter(|at| known || is_outside(at.ip())).collect();
            if open.is_empty() {
                return Err(Barred.into());
            }
            let open: Addrs = Box::new(open.into_iter());
            Ok(open)
        })
    }
}

/// Whether an address belongs to the open Internet (the special-purpose registries of RFC 6890).
fn is_outside(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let named = ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_documentation();
            let shared = (a == 100 && b & 0xc0 == 64) || (a == 198 && b & 0xfe == 18) || (a, b, c) == (192, 0, 0);
            !(named || shared || a == 0 || a >= 224)
        }
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_outside(ip.into()),
            None => {
                let [a, b, ..] = ip.segments();
                // Of what is given out: not documentation, nor what carries an address of the other kind within.
                a & 0xe000 == 0x2000 && a != 0x2002 && !(a == 0x2001 && (b == 0xdb8 || b < 0x200))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_inside() {
        let named: HashSet<String> = ["10.8.1.5", "oa.inside", "[fd00::1]"].map(str::to_owned).into();
        for (address, may) in [
            ("https://www.gov.cn/feed.xml", true),
            ("http://8.8.8.8/feed.xml", true),
            ("http://[2400:3200::1]/", true),
            ("http://10.8.1.5:8080/feed.xml", true),
            ("http://oa.inside/feed.xml", true),
            ("http://[fd00::1]/", true),
            ("http://10.8.1.6/feed.xml", false),
            ("http://127.0.0.1/", false),
            ("http://2130706433/", false),
            ("http://0x7f.1/", false),
            ("http://0.0.0.0/", false),
            ("http://169.254.169.254/latest/meta-data", false),
            ("http://172.16.0.1/", false),
            ("http://192.168.1.1/", false),
            ("http://192.0.0.8/", false),
            ("http://100.64.0.1/", false),
            ("http://198.19.0.1/", false),
            ("http://224.0.0.1/", false),
            ("http://255.255.255.255/", false),
            ("http://[::1]/", false),
            ("http://[::ffff:10.0.0.1]/", false),
            ("http://[fe80::1]/", false),
            ("http://[fd00::2]/", false),
            ("http://[64:ff9b::a00:1]/", false),
            ("http://[2002:a00:1::]/", false),
            ("http://[2001:db8::1]/", false),
            ("ftp://www.gov.cn/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(may_ask(&Url::parse(address).expect("an address"), &named), may, "{address}");
        }
    }
}
