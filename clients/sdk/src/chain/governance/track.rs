//! The chambers, and what referenda are about.

use codec::{Decode, Encode};
use std::fmt;

/// A chamber.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chamber {
	/// Of institutions.
	Institutions,
	/// Of those who represent patients.
	Patients,
}

impl Chamber {
	/// The pallet that counts its votes.
	pub fn collective(self) -> &'static str {
		match self {
			Self::Institutions => "RankedCollective",
			Self::Patients => "PatientCollective",
		}
	}

	/// The pallet of its referenda.
	pub fn polls(self) -> &'static str {
		match self {
			Self::Institutions => "RankedPolls",
			Self::Patients => "PatientPolls",
		}
	}
}

impl fmt::Display for Chamber {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Institutions => "institutions",
			Self::Patients => "patients",
		})
	}
}

/// What a referendum is about: the origin with which its call is made. In the order in which the chain has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Track {
	/// Institutions, issuers, oracles and seats.
	Membership,
	/// Numbers that bound what everybody may do, and holds for courts.
	Parameters,
	/// Whose machines make blocks.
	Validators,
	/// Circuits and their keys.
	Circuits,
	/// What the patients' chamber has to approve as well; the part of the institutions.
	BothChambers,
	/// What cannot wait.
	Emergency,
	/// What institutions have to approve as well; the part of the patients' chamber.
	PatientsRights,
	/// Who represents patients.
	Representation,
}

impl Track {
	/// The chamber that decides it.
	pub fn chamber(self) -> Chamber {
		match self {
			Self::PatientsRights | Self::Representation => Chamber::Patients,
			_ => Chamber::Institutions,
		}
	}

	/// Which share of all votes it needs, in words.
	pub fn threshold(self) -> &'static str {
		match self {
			Self::Membership | Self::Parameters | Self::PatientsRights | Self::Representation => {
				"more than half"
			},
			Self::Validators | Self::Circuits | Self::BothChambers => "two thirds",
			Self::Emergency => "three quarters",
		}
	}

	/// Which track of institutions decides about a call; docs/governance.md has the whole table. What no track alone
	/// decides is for both chambers.
	pub fn of(pallet: &str, call: &str) -> Self {
		match (pallet, call) {
			("ProviderRegistry", _) | ("Origins", "seat_institution" | "unseat_institution") => {
				Self::Membership
			},
			("Origins", _) => Self::Representation,
			("Quota", _) | ("Audit", "place_hold" | "release_hold") => Self::Parameters,
			("ValidatorSet", _) => Self::Validators,
			("Groth16Verifier", _) => Self::Circuits,
			// An emergency can as well, where it has to be at once.
			("TxPause", "unpause") => Self::Membership,
			("SafeMode" | "TxPause", _) => Self::Emergency,
			("Whitelist", "whitelist_call" | "remove_whitelisted_call") => Self::PatientsRights,
			_ => Self::BothChambers,
		}
	}
}

impl fmt::Display for Track {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Membership => "membership",
			Self::Parameters => "parameters",
			Self::Validators => "validators",
			Self::Circuits => "circuits",
			Self::BothChambers => "both chambers",
			Self::Emergency => "emergency",
			Self::PatientsRights => "patients' rights",
			Self::Representation => "representation",
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn each_call_has_the_track_that_decides_about_it() {
		assert_eq!(Track::of("ValidatorSet", "add_validator"), Track::Validators);
		assert_eq!(Track::of("ProviderRegistry", "accredit"), Track::Membership);
		assert_eq!(Track::of("TxPause", "pause"), Track::Emergency);
		assert_eq!(Track::of("TxPause", "unpause"), Track::Membership);
		assert_eq!(Track::of("Quota", "set_bucket"), Track::Parameters);
		assert_eq!(Track::of("Audit", "set_retention"), Track::BothChambers);
		assert_eq!(Track::of("Audit", "place_hold"), Track::Parameters);
		assert_eq!(Track::of("System", "authorize_upgrade"), Track::BothChambers);
		assert_eq!(Track::of("Origins", "appoint_representative"), Track::Representation);
	}

	#[test]
	fn a_track_is_encoded_as_the_chain_has_its_origin() {
		assert_eq!(Track::Membership.encode(), [0]);
		assert_eq!(Track::BothChambers.encode(), [4]);
		assert_eq!(Track::Representation.encode(), [7]);
	}
}
