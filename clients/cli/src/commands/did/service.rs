//! Services, as people write them.

use hdx_primitives::did::{
	Service, ServiceError, ServiceId, MAX_ENDPOINT_BYTES, MAX_SERVICE_ID_BYTES,
	MAX_SERVICE_TYPE_BYTES,
};

/// Reads `ID,TYPE,ENDPOINT`; the endpoint may hold commas.
pub fn parse(text: &str) -> Result<Service, String> {
	let mut parts = text.splitn(3, ',');
	let (Some(id), Some(kind), Some(endpoint)) = (parts.next(), parts.next(), parts.next()) else {
		return Err("give ID,TYPE,ENDPOINT: inbox,LinkedDomains,https://clinic.example/".into());
	};
	let too_long = |what: &str, limit: u32| format!("a service's {what} has {limit} bytes at most");
	let service = Service {
		id: parse_id(id)?,
		kind: bounded(kind).ok_or_else(|| too_long("type", MAX_SERVICE_TYPE_BYTES))?,
		endpoint: bounded(endpoint).ok_or_else(|| too_long("endpoint", MAX_ENDPOINT_BYTES))?,
	};
	service.check().map_err(|error| explained(error).to_owned())?;
	if !is_uri(endpoint) {
		return Err(format!("`{endpoint}` is no URI, which begins with https: or the like"));
	}
	Ok(service)
}

/// Reads the id of a service.
pub fn parse_id(text: &str) -> Result<ServiceId, String> {
	bounded(text).ok_or_else(|| format!("a service's id has {MAX_SERVICE_ID_BYTES} bytes at most"))
}

fn bounded<B: TryFrom<Vec<u8>>>(text: &str) -> Option<B> {
	text.as_bytes().to_vec().try_into().ok()
}

fn explained(error: ServiceError) -> &'static str {
	match error {
		ServiceError::IdMalformed => "a service's id is of letters, digits and -._~",
		ServiceError::IdReserved => "ids that begin with key- are those of keys",
		ServiceError::TypeMalformed => "a service's type is of letters, digits and -._~",
		ServiceError::EndpointMalformed => {
			"a service's endpoint is of visible ASCII, without blanks"
		},
	}
}

/// Whether the text begins with a scheme, as endpoints of DID Core do (RFC 3986, section 3.1).
fn is_uri(text: &str) -> bool {
	let Some((scheme, rest)) = text.split_once(':') else { return false };
	let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
	!rest.is_empty()
		&& scheme.starts_with(|first: char| first.is_ascii_alphabetic())
		&& scheme.bytes().all(is_scheme)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_a_service() {
		let service = parse("inbox,LinkedDomains,https://clinic.example/?a=1,2").unwrap();
		assert_eq!(service.id.to_vec(), b"inbox");
		assert_eq!(service.kind.to_vec(), b"LinkedDomains");
		assert_eq!(service.endpoint.to_vec(), b"https://clinic.example/?a=1,2");
	}

	#[test]
	fn fails_when_it_is_malformed_or_too_long_and_says_why() {
		let long = "a".repeat(33);
		for (text, word) in [
			("", "ID,TYPE,ENDPOINT"),
			("inbox,LinkedDomains", "ID,TYPE,ENDPOINT"),
			(",T,https://a", "id is of letters"),
			("a b,T,https://a", "id is of letters"),
			("key-0,T,https://a", "key-"),
			("a,,https://a", "type is of letters"),
			("a,T,", "visible ASCII"),
			("a,T,https://a b", "visible ASCII"),
			("a,T,https://é", "visible ASCII"),
			("a,T,clinic.example", "no URI"),
			("a,T,https:", "no URI"),
			(&format!("{long},T,https://a"), "32 bytes"),
			(&format!("a,{long},https://a"), "32 bytes"),
			(&format!("a,T,https://{}", "a".repeat(256)), "256 bytes"),
		] {
			let error = parse(text).unwrap_err();
			assert!(error.contains(word), "{text}: {error}");
		}
		assert!(parse_id(&long).is_err());
	}
}
