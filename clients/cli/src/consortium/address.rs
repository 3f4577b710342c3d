//! Addresses of nodes, as chain specifications have them.

use std::net::{Ipv4Addr, Ipv6Addr};

/// What the identity of a node begins with: an Ed25519 key, written out.
const ED25519: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];
/// How long such an identity is, in bytes.
const IDENTITY_BYTES: usize = 38;

/// Says why a text is no address under which a node can be reached and recognised.
pub(super) fn why_not(text: &str) -> Option<&'static str> {
	let Some(rest) = text.strip_prefix('/') else {
		return Some("it begins with /ip4, /ip6, /dns, /dns4 or /dns6");
	};
	let parts: Vec<_> = rest.split('/').collect();
	let (host, port, identity) = match parts.as_slice() {
		[protocol, host, "tcp", port, "p2p", identity]
		| [protocol, host, "tcp", port, "ws", "p2p", identity] => ((*protocol, *host), *port, *identity),
		_ => return Some("it is /HOST-KIND/HOST/tcp/PORT/p2p/IDENTITY"),
	};
	if !is_host(host) {
		return Some("its host is none");
	}
	// No leading zeros or signs, which others may read differently.
	if !port.parse::<u16>().is_ok_and(|number| number != 0 && number.to_string() == port) {
		return Some("its port is none");
	}
	(!is_identity(identity)).then_some("what follows /p2p is no identity of a node")
}

fn is_host((protocol, host): (&str, &str)) -> bool {
	match protocol {
		"ip4" => host.parse::<Ipv4Addr>().is_ok_and(|address| !address.is_unspecified()),
		"ip6" => host.parse::<Ipv6Addr>().is_ok_and(|address| !address.is_unspecified()),
		"dns" | "dns4" | "dns6" => {
			let is_label = |label: &str| {
				(1..=63).contains(&label.len())
					&& label.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'-')
			};
			host.len() <= 253 && host.split('.').all(is_label)
		},
		_ => false,
	}
}

fn is_identity(text: &str) -> bool {
	let decoded = bs58::decode(text).into_vec();
	decoded.is_ok_and(|bytes| bytes.len() == IDENTITY_BYTES && bytes.starts_with(&ED25519))
}

#[cfg(test)]
mod tests {
	use super::why_not;

	const IDENTITY: &str = "12D3KooWB8nsiZEgDibdS1i9ca9Uk87K8RNMtbvVML44NJWqAavv";

	#[test]
	fn addresses_of_nodes_are_taken() {
		for host in ["ip4/192.0.2.7", "ip6/2001:db8::7", "dns4/node.example.org", "dns/localhost"] {
			for transport in ["tcp/30333", "tcp/30333/ws"] {
				let address = format!("/{host}/{transport}/p2p/{IDENTITY}");
				assert_eq!(why_not(&address), None, "{address}");
			}
		}
	}

	#[test]
	fn what_is_no_address_is_refused() {
		let address =
			|host: &str, port: &str, identity: &str| format!("/{host}/tcp/{port}/p2p/{identity}");
		let mistyped = IDENTITY.replace('J', "0");
		let others = [
			String::new(),
			"node.example.org:30333".to_owned(),
			"/ip4/192.0.2.7/tcp/30333".to_owned(),
			format!("/ip4/192.0.2.7/udp/30333/p2p/{IDENTITY}"),
			address("ip4/192.0.2.777", "30333", IDENTITY),
			address("ip4/0.0.0.0", "30333", IDENTITY),
			address("ip6/192.0.2.7", "30333", IDENTITY),
			address("dns4/no host", "30333", IDENTITY),
			address("dns4/", "30333", IDENTITY),
			address("onion/abc", "30333", IDENTITY),
			address("ip4/192.0.2.7", "0", IDENTITY),
			address("ip4/192.0.2.7", "70000", IDENTITY),
			address("ip4/192.0.2.7", "+3", IDENTITY),
			address("ip4/192.0.2.7", "30333", ""),
			address("ip4/192.0.2.7", "30333", &mistyped),
			address("ip4/192.0.2.7", "30333", "12D3KooW"),
		];
		for other in others {
			assert!(why_not(&other).is_some(), "{other}");
		}
	}
}
