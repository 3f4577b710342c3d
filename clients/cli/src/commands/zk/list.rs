//! `hdx zk list`.

use crate::{
	commands::Context,
	error::Error,
	output::{block, count},
	words,
};
use hdx_primitives::{InstitutionId, H256};
use hdx_sdk::chain::{AtBlock, CircuitStatus, CircuitView};
use hdx_zk_circuits::AnyCircuit;
use serde::Serialize;
use std::{
	collections::BTreeSet,
	fmt::{self, Display},
};

/// What there is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
	accepts_development_keys: bool,
	needed_attestations: u32,
	circuits: Vec<Shown>,
}

/// A version of a circuit.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	number: u32,
	/// The name, where this program knows the circuit.
	circuit: Option<&'static str>,
	version: u32,
	status: &'static str,
	key_origin: String,
	key: String,
	transcript: String,
	relation: String,
	/// Whether the key is for the circuit as this program knows it.
	relation_is_known: bool,
	inputs: u32,
	/// How many there are, where the key is for the circuit as this program knows it.
	constraints: Option<usize>,
	/// By how many institutions that are active the key is attested now.
	attested: usize,
	/// By how many it has to be before it is activated.
	needed: u32,
	attestations: Vec<Attestation>,
}

/// Who attested.
#[derive(Serialize)]
struct Attestation {
	institution: u32,
	active: bool,
}

fn digits(hash: H256) -> String {
	format!("0x{}", hex::encode(hash))
}

impl Shown {
	fn new(
		found: &CircuitView,
		by: &[InstitutionId],
		active: &BTreeSet<InstitutionId>,
		needed: u32,
	) -> Self {
		let known = AnyCircuit::numbered(found.circuit.circuit.0);
		let same = known.filter(|circuit| circuit.relation() == found.relation.0);
		let attestations: Vec<_> = by
			.iter()
			.map(|institution| Attestation {
				institution: institution.0,
				active: active.contains(institution),
			})
			.collect();
		Self {
			number: found.circuit.circuit.0,
			circuit: known.map(AnyCircuit::name),
			version: found.circuit.version,
			status: match found.status {
				CircuitStatus::Registered => "registered",
				CircuitStatus::Active { .. } => "active",
				CircuitStatus::Suspended => "suspended",
			},
			key_origin: words::of(found.origin),
			key: digits(found.key),
			transcript: digits(found.transcript),
			relation: digits(found.relation),
			relation_is_known: same.is_some(),
			inputs: found.arity,
			constraints: same.and_then(|circuit| circuit.constraints().ok()),
			attested: attestations.iter().filter(|one| one.active).count(),
			needed,
			attestations,
		}
	}

	fn attested_by(&self) -> String {
		let Self { attested, needed, attestations, .. } = self;
		if attestations.is_empty() {
			return format!("nobody; {needed} are needed");
		}
		let by: Vec<_> = attestations
			.iter()
			.map(|one| match one.active {
				true => one.institution.to_string(),
				false => format!("{} (not active)", one.institution),
			})
			.collect();
		format!("institutions {}: {attested} of {needed} that are needed", by.join(", "))
	}
}

impl Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let name = self.circuit.map_or_else(|| format!("circuit {}", self.number), str::to_owned);
		let relation = match self.relation_is_known {
			true => self.relation.clone(),
			false => format!("{} (not that of this program)", self.relation),
		};
		let constraints = self.constraints.map(|count| count.to_string()).unwrap_or_default();
		let fields: [(&str, &dyn Display); 8] = [
			("status", &self.status),
			("key", &self.key),
			("key from", &self.key_origin),
			("transcript", &self.transcript),
			("attested by", &self.attested_by()),
			("relation", &relation),
			("inputs", &self.inputs),
			("constraints", &constraints),
		];
		block(f, format!("{name}, number {}, version {}", self.number, self.version), &fields)
	}
}

impl Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.accepts_development_keys {
			writeln!(
				f,
				"This chain takes keys for development: whoever made one can prove what is false.\n"
			)?;
		}
		for circuit in &self.circuits {
			writeln!(f, "{circuit}")?;
		}
		write!(f, "{}", count(self.circuits.len(), "version"))
	}
}

/// Lists the circuits.
pub async fn run(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let state = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
	let needed = chain.needed_attestations().await?;
	let institutions = chain.institutions().await?;
	let active: BTreeSet<_> = institutions
		.iter()
		.filter(|institution| institution.is_active())
		.map(|institution| institution.institution)
		.collect();
	let mut circuits = Vec::new();
	for found in chain.circuits(state).await? {
		let by = chain.circuit_attestations(found.circuit, state).await?;
		circuits.push(Shown::new(&found, &by, &active, needed));
	}
	context.output.show(&Listed {
		accepts_development_keys: chain.accepts_development_keys(state).await?,
		needed_attestations: needed,
		circuits,
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::commands::zk::circuit;
	use hdx_primitives::{CircuitId, CircuitVersion};
	use hdx_sdk::chain::KeyOrigin;

	fn found(relation: H256) -> CircuitView {
		CircuitView {
			circuit: circuit::version(AnyCircuit::ConsentGrant, 1),
			status: CircuitStatus::Registered,
			origin: KeyOrigin::Ceremony,
			relation,
			key: H256([1; 32]),
			transcript: H256([2; 32]),
			arity: 2,
		}
	}

	fn shown(found: &CircuitView, by: &[u32]) -> Shown {
		let by: Vec<_> = by.iter().copied().map(InstitutionId).collect();
		let active = [InstitutionId(0), InstitutionId(2)].into();
		Shown::new(found, &by, &active, 3)
	}

	#[test]
	fn institutions_count_while_they_are_active() {
		let known = found(H256(AnyCircuit::ConsentGrant.relation()));
		let attested = shown(&known, &[0, 1, 2]);
		assert_eq!((attested.attested, attested.constraints.is_some()), (2, true));
		let text = attested.to_string();
		assert!(text.contains("0, 1 (not active), 2: 2 of 3"), "{text}");
		assert!(shown(&known, &[]).to_string().contains("nobody; 3 are needed"));
	}

	#[test]
	fn a_key_of_another_relation_is_told_from_those_of_this_program() {
		let text = shown(&found(H256([7; 32])), &[]).to_string();
		assert!(text.contains("not that of this program"), "{text}");
		let later = CircuitVersion { circuit: CircuitId(77), version: 4 };
		let later = CircuitView { circuit: later, ..found(H256([7; 32])) };
		let text = shown(&later, &[]).to_string();
		assert!(text.starts_with("circuit 77, number 77, version 4"), "{text}");
		assert_eq!(shown(&later, &[]).constraints, None);
	}
}
