//! Where a subject can be reached: services of W3C DID Core 1.0, section 5.4.

use crate::did::KEY_FRAGMENT_PREFIX;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most bytes of a service's id.
pub const MAX_SERVICE_ID_BYTES: u32 = 32;
/// Most bytes of a service's type.
pub const MAX_SERVICE_TYPE_BYTES: u32 = 32;
/// Most bytes of a service's endpoint.
pub const MAX_ENDPOINT_BYTES: u32 = 256;

/// The fragment that names a service within its document, without the `#`: letters, digits and
/// `-._~`. Fragments that begin with [`KEY_FRAGMENT_PREFIX`] name keys.
pub type ServiceId = BoundedVec<u8, ConstU32<MAX_SERVICE_ID_BYTES>>;

/// A service. Public for ever, as all of the chain is: no health data, no name, no address of a
/// person.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Service {
	/// Its name within the document.
	pub id: ServiceId,
	/// What it is, `LinkedDomains` for one: letters, digits and `-._~`.
	pub kind: BoundedVec<u8, ConstU32<MAX_SERVICE_TYPE_BYTES>>,
	/// Where it is. Opaque, but for being visible ASCII, so that a document can show it.
	pub endpoint: BoundedVec<u8, ConstU32<MAX_ENDPOINT_BYTES>>,
}

/// Why a service cannot be listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceError {
	/// The id is empty, or holds other characters than letters, digits and `-._~`.
	IdMalformed,
	/// The id begins as those of keys do.
	IdReserved,
	/// The type is empty, or holds other characters than letters, digits and `-._~`.
	TypeMalformed,
	/// The endpoint is empty, or holds other characters than visible ASCII.
	EndpointMalformed,
}

impl Service {
	/// Whether it can be listed.
	///
	/// # Errors
	///
	/// See [`ServiceError`].
	pub fn check(&self) -> Result<(), ServiceError> {
		if !is_name(&self.id) {
			return Err(ServiceError::IdMalformed);
		}
		if self.id.starts_with(KEY_FRAGMENT_PREFIX.as_bytes()) {
			return Err(ServiceError::IdReserved);
		}
		if !is_name(&self.kind) {
			return Err(ServiceError::TypeMalformed);
		}
		if self.endpoint.is_empty() || !self.endpoint.iter().all(u8::is_ascii_graphic) {
			return Err(ServiceError::EndpointMalformed);
		}
		Ok(())
	}
}

/// Whether the text is of the unreserved characters of RFC 3986, section 2.3.
fn is_name(text: &[u8]) -> bool {
	let is_unreserved = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
	!text.is_empty() && text.iter().all(is_unreserved)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	fn service(id: &[u8], kind: &[u8], endpoint: &[u8]) -> Result<(), ServiceError> {
		let service = Service {
			id: id.to_vec().try_into().unwrap(),
			kind: kind.to_vec().try_into().unwrap(),
			endpoint: endpoint.to_vec().try_into().unwrap(),
		};
		service.check()
	}

	#[test]
	fn a_service_of_plain_names_is_fine() {
		assert_eq!(service(b"inbox.1", b"LinkedDomains", b"https://a.example/?q=1"), Ok(()));
	}

	#[test]
	fn an_id_is_a_fragment() {
		for id in [&b""[..], b"a b", b"#a", b"a/b", b"\xff"] {
			assert_eq!(service(id, b"T", b"e"), Err(ServiceError::IdMalformed), "{id:?}");
		}
	}

	#[test]
	fn a_service_is_not_named_like_a_key() {
		assert_eq!(service(b"key-0", b"T", b"e"), Err(ServiceError::IdReserved));
		assert_eq!(service(b"keys", b"T", b"e"), Ok(()));
	}

	#[test]
	fn a_type_is_a_name() {
		for kind in [&b""[..], b"two words"] {
			assert_eq!(service(b"a", kind, b"e"), Err(ServiceError::TypeMalformed), "{kind:?}");
		}
	}

	#[test]
	fn an_endpoint_is_visible_text() {
		for endpoint in [&b""[..], b"a b", b"a\n", b"\x00", "é".as_bytes()] {
			let error = Err(ServiceError::EndpointMalformed);
			assert_eq!(service(b"a", b"T", endpoint), error, "{endpoint:?}");
		}
	}
}
