//! Circuits, as they are typed and shown.

use hdx_primitives::{CircuitId, CircuitVersion};
use hdx_zk_circuits::AnyCircuit;

/// A circuit that this program knows, by its name or its number.
pub fn known(text: &str) -> Result<AnyCircuit, String> {
	let by_number = || text.parse().ok().and_then(AnyCircuit::numbered);
	AnyCircuit::named(&text.replace('-', "_")).or_else(by_number).ok_or_else(|| {
		let names = AnyCircuit::ALL.map(AnyCircuit::name).join(", ");
		format!("`{text}` is no circuit: give one of {names}")
	})
}

/// A circuit of a chain, by its name, or by its number where this program does not know it.
pub fn registered(text: &str) -> Result<CircuitId, String> {
	match text.parse() {
		Ok(number) => Ok(CircuitId(number)),
		Err(_) => known(text)
			.map(|circuit| CircuitId(circuit.number()))
			.map_err(|error| format!("{error}, or a number")),
	}
}

/// A version of a circuit.
pub fn version(circuit: AnyCircuit, version: u32) -> CircuitVersion {
	CircuitVersion { circuit: CircuitId(circuit.number()), version }
}

/// A version of a circuit, in words.
pub fn shown(CircuitVersion { circuit: CircuitId(number), version }: CircuitVersion) -> String {
	match AnyCircuit::numbered(number) {
		Some(circuit) => format!("version {version} of {circuit}"),
		None => format!("version {version} of circuit {number}"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_circuit_has_a_name_or_a_number() {
		for text in ["consent_access", "consent-access", "1"] {
			assert_eq!(known(text), Ok(AnyCircuit::ConsentAccess), "{text}");
			assert_eq!(registered(text), Ok(CircuitId(1)), "{text}");
		}
		for text in ["", "consent", "6", "-1", "consent_access.v1"] {
			let error = known(text).err().unwrap_or_default();
			assert!(error.contains("break_glass"), "{text}: {error}");
		}
	}

	#[test]
	fn a_circuit_of_a_later_release_has_a_number() {
		assert_eq!(registered("77"), Ok(CircuitId(77)));
		let later = CircuitVersion { circuit: CircuitId(77), version: 2 };
		assert_eq!(shown(later), "version 2 of circuit 77");
		assert_eq!(shown(version(AnyCircuit::BreakGlass, 3)), "version 3 of break_glass");
		assert!(registered("consent").is_err());
	}
}
