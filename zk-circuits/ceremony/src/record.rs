//! Records: contributions, and the ends of phases.

use crate::{
	beacon::Beacon,
	format_error::{FormatError, Place},
	reader::Reader,
};
use ark_bls12_381::{G1Affine, G2Affine};
use core::fmt;
use hdx_zk_circuits::prove::point_to_bytes;
use sp_crypto_hashing::blake2_256;

const LINK: &[u8] = b"hdx.ceremony.record.v1";
const SIGNED: &[u8] = b"hdx.ceremony.contribution.v1";

/// A phase of a ceremony.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Phase {
	/// Powers of tau.
	Powers = 1,
	/// Groth16's second phase, for the circuit.
	Circuit = 2,
}

impl Phase {
	/// The secrets that a record of this phase brings in, in their order.
	pub fn secrets(self) -> &'static [Secret] {
		match self {
			Self::Powers => &[Secret::Tau, Secret::Alpha, Secret::Beta],
			Self::Circuit => &[Secret::Delta],
		}
	}
}

impl fmt::Display for Phase {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::Powers => "the powers of tau",
			Self::Circuit => "the circuit's phase",
		})
	}
}

/// A number that nobody may know in the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Secret {
	/// Where the polynomials are evaluated.
	Tau,
	/// Ties the parts of a proof together.
	Alpha,
	/// Ties the parts of a proof together.
	Beta,
	/// Ties a proof to its circuit.
	Delta,
}

impl Secret {
	/// A byte for hashes.
	pub(crate) fn label(self) -> u8 {
		match self {
			Self::Tau => 1,
			Self::Alpha => 2,
			Self::Beta => 3,
			Self::Delta => 4,
		}
	}
}

impl fmt::Display for Secret {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::Tau => "tau",
			Self::Alpha => "alpha",
			Self::Beta => "beta",
			Self::Delta => "delta",
		})
	}
}

/// What a record says of one secret x, with the generators G and H of the groups.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
	/// x·G.
	pub key: G1Affine,
	/// x times the challenge: whoever made it knew x.
	pub proof: G2Affine,
	/// The product of all of this kind of secrets until here, this one included, times G.
	pub after: G1Affine,
}

/// Whose record it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
	/// A party, who signed it (sr25519).
	Party {
		/// The account.
		account: [u8; 32],
		/// Over [`Record::message`].
		signature: [u8; 64],
	},
	/// Everybody, by a beacon. It ends the phase.
	Beacon(Beacon),
}

impl By {
	/// The first byte of a record of theirs in a phase.
	pub(crate) fn kind(&self, phase: Phase) -> u8 {
		match (phase, self) {
			(Phase::Powers, Self::Party { .. }) => 1,
			(Phase::Powers, Self::Beacon(_)) => 2,
			(Phase::Circuit, Self::Party { .. }) => 3,
			(Phase::Circuit, Self::Beacon(_)) => 4,
		}
	}
}

/// A contribution, or the end of a phase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
	/// Of which phase.
	pub phase: Phase,
	/// The hash of the header of the ceremony.
	pub ceremony: [u8; 32],
	/// The link of the record before; of the first one, the hash of the header.
	pub previous: [u8; 32],
	/// A step for each of [`Phase::secrets`].
	pub steps: Vec<Step>,
	/// The hash of the state that it led to, as its author states it: only the last one of a phase can be compared.
	pub state: [u8; 32],
	/// Whose it is.
	pub by: By,
}

impl Record {
	/// All but the signature.
	fn unsigned(&self) -> Vec<u8> {
		let mut bytes = vec![self.by.kind(self.phase)];
		bytes.extend_from_slice(&self.ceremony);
		bytes.extend_from_slice(&self.previous);
		for step in &self.steps {
			bytes.extend(point_to_bytes(&step.key));
			bytes.extend(point_to_bytes(&step.proof));
			bytes.extend(point_to_bytes(&step.after));
		}
		bytes.extend_from_slice(&self.state);
		match &self.by {
			By::Party { account, .. } => bytes.extend_from_slice(account),
			By::Beacon(beacon) => {
				// At most 128.
				bytes.push(beacon.value().len() as u8);
				bytes.extend_from_slice(beacon.value());
			},
		}
		bytes
	}

	/// What the next record names: BLAKE2b-256 of all but the signature. Whoever published it said what they
	/// contributed.
	pub fn link(&self) -> [u8; 32] {
		blake2_256(&[LINK, &self.unsigned()].concat())
	}

	/// What a party signs.
	pub fn message(&self) -> Vec<u8> {
		[SIGNED, &self.link()].concat()
	}

	pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
		bytes.extend(self.unsigned());
		if let By::Party { signature, .. } = &self.by {
			bytes.extend_from_slice(signature);
		}
	}

	/// Reads the record of this number.
	pub(crate) fn read(reader: &mut Reader, number: usize) -> Result<Self, FormatError> {
		let kind = reader.byte()?;
		let (phase, by_party) = match kind {
			1 => (Phase::Powers, true),
			2 => (Phase::Powers, false),
			3 => (Phase::Circuit, true),
			4 => (Phase::Circuit, false),
			kind => return Err(FormatError::Kind { record: number, kind }),
		};
		let (ceremony, previous) = (reader.array()?, reader.array()?);
		let mut steps = Vec::with_capacity(phase.secrets().len());
		for secret in phase.secrets() {
			let place = |part| Place::Record { record: number, secret: *secret, part };
			steps.push(Step {
				key: reader.g1(place("key"))?,
				proof: reader.g2(place("proof"))?,
				after: reader.g1(place("product"))?,
			});
		}
		let state = reader.array()?;
		let by = if by_party {
			By::Party { account: reader.array()?, signature: reader.array()? }
		} else {
			let length = reader.byte()?;
			let value = reader.take(length.into())?.to_vec();
			let beacon = Beacon::new(value);
			By::Beacon(beacon.map_err(|error| FormatError::Beacon { record: number, error })?)
		};
		Ok(Self { phase, ceremony, previous, steps, state, by })
	}
}
