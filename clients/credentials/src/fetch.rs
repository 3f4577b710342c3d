//! Getting status lists over HTTP, from servers that may be broken or hostile.
//!
//! Over TLS only, but for servers on this machine; nothing larger, slower or elsewhere than was
//! asked for. The call blocks: an asynchronous program gives it a thread of its own.

use crate::status::{StatusSource, Unavailable, MAX_LIST_BYTES};
use rustls::crypto::ring;
use std::{
	error::Error as _,
	io::{self, Read},
	sync::Arc,
	time::{Duration, Instant},
};
use ureq::{
	http::{header, HeaderMap},
	tls::{Certificate, RootCerts, TlsConfig},
	Agent, Body,
};
use url::{Host, Url};

/// How many times a server may send elsewhere.
const MAX_REDIRECTS: u32 = 3;

/// What a list is served as (Securing Verifiable Credentials section 6.1), and the type that it is
/// a kind of.
const CONTENT_TYPES: [&str; 2] = ["application/vc+jwt", "application/jwt"];

/// What a server may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
	/// Most bytes of an answer.
	pub bytes: usize,
	/// Most time until the whole answer is there, redirects included.
	pub time: Duration,
}

impl Default for Limits {
	/// The largest list, and ten seconds.
	fn default() -> Self {
		Self { bytes: MAX_LIST_BYTES, time: Duration::from_secs(10) }
	}
}

/// Why a URL could not be fetched.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FetchError {
	/// Not a URL.
	#[error("`{url}` is no URL: {reason}")]
	NotAUrl {
		/// What was given.
		url: String,
		/// What is wrong.
		reason: String,
	},
	/// Neither TLS nor a server on this machine.
	#[error("{url} is not fetched: https is needed, or http to this machine")]
	NotAllowed {
		/// The URL.
		url: String,
	},
	/// The URL has a user name or a password.
	#[error("a URL at {host} is not fetched: it has a user name or a password in it")]
	HasPassword {
		/// Its host. The rest is not repeated.
		host: String,
	},
	/// Nobody answers, or nobody who can be trusted.
	#[error("{url} cannot be reached: {reason}")]
	Unreachable {
		/// The URL.
		url: String,
		/// Why.
		reason: String,
	},
	/// It takes too long.
	#[error("{url} did not answer in full within {} ms", .limit.as_millis())]
	TimedOut {
		/// The URL.
		url: String,
		/// The limit.
		limit: Duration,
	},
	/// Another status than 200.
	#[error("{url} answers with the status {status}")]
	Status {
		/// The URL.
		url: String,
		/// The status.
		status: u16,
	},
	/// It sends elsewhere.
	#[error("{url} sends to {to}, which is another server; it is not followed")]
	SentElsewhere {
		/// The URL.
		url: String,
		/// Where it sends.
		to: String,
	},
	/// It sends on and on.
	#[error("{url} sends on more than {MAX_REDIRECTS} times")]
	TooManyRedirects {
		/// The URL.
		url: String,
	},
	/// Something else than a list.
	#[error("{url} serves `{found}`; application/vc+jwt is expected")]
	ContentType {
		/// The URL.
		url: String,
		/// What it says that it serves.
		found: String,
	},
	/// More bytes than are read.
	#[error("{url} serves more than {limit} bytes")]
	TooLarge {
		/// The URL.
		url: String,
		/// The limit.
		limit: usize,
	},
	/// Not text.
	#[error("{url} serves no text")]
	NotText {
		/// The URL.
		url: String,
	},
}

/// Gets lists. Keep one: the certificates of the system are read when it is made.
pub struct Fetcher {
	agent: Agent,
	limits: Limits,
}

impl Fetcher {
	/// A fetcher that trusts the certificate authorities that this machine trusts.
	pub fn new(limits: Limits) -> Self {
		// Those that cannot be read are not trusted. Without any, TLS fails and says so.
		let system = rustls_native_certs::load_native_certs().certs;
		let roots: Vec<_> =
			system.iter().map(|one| Certificate::from_der(one).to_owned()).collect();
		let tls = TlsConfig::builder()
			.root_certs(RootCerts::new_with_certs(&roots))
			.unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
			.build();
		let config = Agent::config_builder()
			.tls_config(tls)
			.http_status_as_error(false)
			// Redirects are looked at before they are followed.
			.max_redirects(0)
			.max_redirects_will_error(false)
			.user_agent(concat!("hdx/", env!("CARGO_PKG_VERSION")))
			.accept(CONTENT_TYPES.join(", "))
			.build();
		Self { agent: config.into(), limits }
	}

	/// Gets the text at a URL.
	///
	/// # Errors
	///
	/// [`FetchError`].
	pub fn get(&self, text: &str) -> Result<String, FetchError> {
		let not_a_url = |error: url::ParseError| FetchError::NotAUrl {
			url: text.to_owned(),
			reason: error.to_string(),
		};
		let started = Instant::now();
		let mut url = Url::parse(text).map_err(not_a_url)?;
		for _ in 0..=MAX_REDIRECTS {
			allow(&url)?;
			let left = self.limits.time.saturating_sub(started.elapsed());
			let (status, headers, mut body) = self.ask(&url, left)?;
			match status {
				200 => return self.limits.read(&url, &headers, &mut body),
				301 | 302 | 303 | 307 | 308 => {
					let location = headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
					let to = url.join(location.unwrap_or_default()).map_err(not_a_url)?;
					if to.origin() != url.origin() {
						let (url, to) = (url.to_string(), to.to_string());
						return Err(FetchError::SentElsewhere { url, to });
					}
					url = to;
				},
				status => return Err(FetchError::Status { url: url.to_string(), status }),
			}
		}
		Err(FetchError::TooManyRedirects { url: text.to_owned() })
	}

	fn ask(&self, url: &Url, left: Duration) -> Result<(u16, HeaderMap, Body), FetchError> {
		let request = self.agent.get(url.as_str()).config().timeout_global(Some(left));
		// A proxy is not this machine.
		let request = if url.scheme() == "http" { request.proxy(None) } else { request };
		let answer = request.build().call().map_err(|error| match error {
			ureq::Error::Timeout(_) => self.limits.timed_out(url),
			other => FetchError::Unreachable { url: url.to_string(), reason: other.to_string() },
		})?;
		let (head, body) = answer.into_parts();
		Ok((head.status.as_u16(), head.headers, body))
	}
}

impl Limits {
	/// The text of an answer that says that it is a list.
	fn read(&self, url: &Url, headers: &HeaderMap, body: &mut Body) -> Result<String, FetchError> {
		let found = headers.get(header::CONTENT_TYPE).and_then(|found| found.to_str().ok());
		let found = found.unwrap_or_default();
		let media_type = found.split(';').next().unwrap_or_default().trim();
		if !CONTENT_TYPES.iter().any(|known| media_type.eq_ignore_ascii_case(known)) {
			return Err(FetchError::ContentType { url: url.to_string(), found: found.to_owned() });
		}
		let limit = self.bytes;
		let too_large = || FetchError::TooLarge { url: url.to_string(), limit };
		if body.content_length().is_some_and(|length| length > limit as u64) {
			return Err(too_large());
		}
		let mut bytes = Vec::new();
		let read = body.as_reader().take((limit as u64).saturating_add(1)).read_to_end(&mut bytes);
		read.map_err(|error| match is_timeout(&error) {
			true => self.timed_out(url),
			false => FetchError::Unreachable { url: url.to_string(), reason: error.to_string() },
		})?;
		if bytes.len() > limit {
			return Err(too_large());
		}
		String::from_utf8(bytes).map_err(|_| FetchError::NotText { url: url.to_string() })
	}

	fn timed_out(&self, url: &Url) -> FetchError {
		FetchError::TimedOut { url: url.to_string(), limit: self.time }
	}
}

impl StatusSource for Fetcher {
	fn list(&self, url: &str) -> Result<String, Unavailable> {
		self.get(url)
			.map_err(|error| Unavailable { url: url.to_owned(), reason: error.to_string() })
	}
}

fn is_timeout(error: &io::Error) -> bool {
	let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
	let source = error.source().and_then(|inner| inner.downcast_ref::<ureq::Error>());
	error.kind() == io::ErrorKind::TimedOut
		|| inner.or(source).is_some_and(|inner| matches!(inner, ureq::Error::Timeout(_)))
}

/// Checks that a list at this URL would be fetched, without asking for it.
///
/// # Errors
///
/// [`FetchError::NotAUrl`], [`FetchError::NotAllowed`] or [`FetchError::HasPassword`].
pub fn check_url(url: &str) -> Result<(), FetchError> {
	let not_a_url = |error: url::ParseError| FetchError::NotAUrl {
		url: url.to_owned(),
		reason: error.to_string(),
	};
	allow(&Url::parse(url).map_err(not_a_url)?)
}

/// Checks that a URL may be asked at all.
fn allow(url: &Url) -> Result<(), FetchError> {
	let this_machine = match url.host() {
		Some(Host::Domain(name)) => name == "localhost",
		Some(Host::Ipv4(address)) => address.is_loopback(),
		Some(Host::Ipv6(address)) => address.is_loopback(),
		None => false,
	};
	if !url.username().is_empty() || url.password().is_some() {
		return Err(FetchError::HasPassword {
			host: url.host_str().unwrap_or_default().to_owned(),
		});
	}
	if url.scheme() == "https" || (url.scheme() == "http" && this_machine) {
		return Ok(());
	}
	Err(FetchError::NotAllowed { url: url.to_string() })
}

/// What comes of an answer with this type and this body, for the fuzz targets.
///
/// # Errors
///
/// [`FetchError`].
#[cfg(fuzzing)]
#[doc(hidden)]
pub fn read_answer(
	limits: Limits,
	content_type: &[u8],
	tells_length: bool,
	body: Vec<u8>,
) -> Result<String, FetchError> {
	let not_a_url = |error: url::ParseError| FetchError::NotAUrl {
		url: String::new(),
		reason: error.to_string(),
	};
	let url = Url::parse("https://board.example/status/1").map_err(not_a_url)?;
	let mut headers = HeaderMap::new();
	// What is no header never comes so far.
	if let Ok(value) = header::HeaderValue::from_bytes(content_type) {
		headers.insert(header::CONTENT_TYPE, value);
	}
	let mut body = match tells_length {
		true => Body::builder().data(body),
		false => Body::builder().reader(io::Cursor::new(body)),
	};
	limits.read(&url, &headers, &mut body)
}

#[cfg(test)]
mod tests;
