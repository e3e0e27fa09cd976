//! One mail over SMTP.

use super::model::{Failed, Fault, Mail, Text, Tls};
use super::rules;
use super::wire::PATIENCE;
use kernel::Instant;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls as Wrapped, TlsParameters};
use lettre::transport::smtp::{Error, extension::ClientId};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::{Duration, SystemTime};

/// One mail to one person. `id` is the notice's: a mail that is sent again bears the same Message-ID.
pub struct Letter<'a> {
    pub id: &'a str,
    pub to: &'a str,
    /// Who speaks.
    pub body: &'a str,
    pub text: &'a Text,
    pub now: Instant,
}

pub async fn send(mail: &Mail, letter: &Letter<'_>) -> Result<(), Failed> {
    let message = message(mail, letter)?;
    let transport = transport(mail)?;
    match tokio::time::timeout(PATIENCE, transport.send(message)).await {
        Err(_) => Err(Fault::Late.into()),
        Ok(Ok(_)) => Ok(()),
        Ok(Err(e)) => Err(failed(&e)),
    }
}

fn message(mail: &Mail, letter: &Letter) -> Result<Message, Failed> {
    let address = |text: &str| text.parse::<Address>().map_err(|_| Failed::from(Fault::Refused));
    let from = address(&mail.from)?;
    let id = format!("<{}@{}>", letter.id, from.domain());
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.now.0).unwrap_or(0));
    // RFC 3834: whoever is away need not tell us.
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into());
    let message: MessageBuilder = Message::builder()
        .from(Mailbox::new(Some(letter.body.to_owned()), from))
        .to(Mailbox::new(None, address(letter.to)?))
        .subject(&letter.text.subject)
        .date(at)
        .message_id(Some(id))
        .raw_header(automatic)
        .header(ContentType::TEXT_PLAIN);
    message.body(rules::letter(&letter.text.words, letter.body)).map_err(|_| Fault::Refused.into())
}

fn transport(mail: &Mail) -> Result<AsyncSmtpTransport<Tokio1Executor>, Failed> {
    let tls = match mail.tls {
        Tls::None => Wrapped::None,
        Tls::Starttls => Wrapped::Required(parameters(mail)?),
        Tls::Implicit => Wrapped::Wrapper(parameters(mail)?),
    };
    let domain = mail.from.split_once('@').map_or("localhost", |(_, domain)| domain);
    let mut made = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
        .port(mail.port)
        .timeout(Some(PATIENCE))
        .hello_name(ClientId::Domain(domain.to_owned()))
        .tls(tls);
    if !mail.user.is_empty() {
        made = made.credentials(Credentials::new(mail.user.clone(), mail.password.clone()));
    }
    Ok(made.build())
}

fn parameters(mail: &Mail) -> Result<TlsParameters, Failed> {
    let mut made = TlsParameters::builder(mail.host.clone());
    if !mail.root.is_empty() {
        made = made.add_root_certificate(Certificate::from_pem(mail.root.as_bytes()).map_err(|_| Fault::Insecure)?);
    }
    made.build().map_err(|_| Fault::Insecure.into())
}

/// What an error of the library means. Only the code is kept: the server's words may quote the address.
fn failed(e: &Error) -> Failed {
    let code = e.status().map(|code| code.to_string()).unwrap_or_default();
    let fault = match code.as_str() {
        "530" | "534" | "535" | "538" => Fault::Denied,
        _ if e.is_permanent() => Fault::Refused,
        _ if e.is_transient() => Fault::Busy,
        _ if e.is_timeout() => Fault::Late,
        _ if e.is_tls() || is_handshake(e) => Fault::Insecure,
        // The library's own refusals: a server without STARTTLS, or without a way to sign in that both know.
        _ if e.is_client() => Fault::Insecure,
        _ if e.is_response() => Fault::Garbled,
        _ => Fault::Away,
    };
    Failed { fault, code }
}

/// Whether TLS did not come about: the library calls that a failed connection, and keeps the cause below it.
fn is_handshake(e: &Error) -> bool {
    let mut cause = std::error::Error::source(e);
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::InvalidData;
        }
        cause = inner.source();
    }
    false
}
