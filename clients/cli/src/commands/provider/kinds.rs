//! Kinds, reasons and outcomes, as they are typed.

use clap::ValueEnum;
use hdx_sdk::chain::{
	AccreditationStatus, AppealOutcome, CredentialKind, InstitutionKind, ReportedStatus,
	SuspensionReason,
};

/// Kinds of credential, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum KindName {
	/// A licence to practise.
	Licence,
	/// A specialty certified by a board.
	BoardCertification,
	/// Employment at the institution.
	Employment,
}

/// Kinds of institution, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum InstitutionName {
	/// A hospital.
	Hospital,
	/// A clinic or a practice.
	Clinic,
	/// A laboratory.
	Laboratory,
	/// A pharmacy.
	Pharmacy,
	/// An insurer.
	Insurer,
	/// A research institute.
	Research,
	/// An ethics board.
	EthicsBoard,
	/// A public authority.
	Authority,
}

/// Reasons of a suspension, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ReasonName {
	/// The licence or registration is in doubt or was restricted.
	Licence,
	/// Fitness to practise is in question, on whatever ground.
	FitnessToPractise,
	/// An investigation is open.
	Investigation,
	/// A key was lost, stolen or used by somebody else.
	Security,
	/// A court or an authority ordered it.
	Order,
	/// Something formal: a contract ended, a fee or a document is missing.
	Administrative,
	/// An oracle contradicted the others too often.
	Misbehaviour,
}

/// Statuses of an accreditation, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum AccreditationName {
	/// It stands, inside its period.
	InForce,
	/// It does not count for now.
	Suspended,
	/// It was taken back; only a renewal brings it back.
	Revoked,
}

/// What an oracle reads in a status list, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum StatusName {
	/// It stands.
	Good,
	/// It is suspended.
	Suspended,
	/// It is revoked.
	Revoked,
}

/// Answers to an appeal, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum OutcomeName {
	/// The suspension ends.
	Upheld,
	/// The suspension stays.
	Dismissed,
}

impl From<KindName> for CredentialKind {
	fn from(name: KindName) -> Self {
		match name {
			KindName::Licence => Self::Licence,
			KindName::BoardCertification => Self::BoardCertification,
			KindName::Employment => Self::Employment,
		}
	}
}

impl From<InstitutionName> for InstitutionKind {
	fn from(name: InstitutionName) -> Self {
		match name {
			InstitutionName::Hospital => Self::Hospital,
			InstitutionName::Clinic => Self::Clinic,
			InstitutionName::Laboratory => Self::Laboratory,
			InstitutionName::Pharmacy => Self::Pharmacy,
			InstitutionName::Insurer => Self::Insurer,
			InstitutionName::Research => Self::Research,
			InstitutionName::EthicsBoard => Self::EthicsBoard,
			InstitutionName::Authority => Self::Authority,
		}
	}
}

impl From<ReasonName> for SuspensionReason {
	fn from(name: ReasonName) -> Self {
		match name {
			ReasonName::Licence => Self::Licence,
			ReasonName::FitnessToPractise => Self::FitnessToPractise,
			ReasonName::Investigation => Self::Investigation,
			ReasonName::Security => Self::Security,
			ReasonName::Order => Self::Order,
			ReasonName::Administrative => Self::Administrative,
			ReasonName::Misbehaviour => Self::Misbehaviour,
		}
	}
}

impl From<AccreditationName> for AccreditationStatus {
	fn from(name: AccreditationName) -> Self {
		match name {
			AccreditationName::InForce => Self::InForce,
			AccreditationName::Suspended => Self::Suspended,
			AccreditationName::Revoked => Self::Revoked,
		}
	}
}

impl From<StatusName> for ReportedStatus {
	fn from(name: StatusName) -> Self {
		match name {
			StatusName::Good => Self::Good,
			StatusName::Suspended => Self::Suspended,
			StatusName::Revoked => Self::Revoked,
		}
	}
}

impl From<OutcomeName> for AppealOutcome {
	fn from(name: OutcomeName) -> Self {
		match name {
			OutcomeName::Upheld => Self::Upheld,
			OutcomeName::Dismissed => Self::Dismissed,
		}
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::words;
	use std::fmt::Debug;

	/// Whatever is typed is shown by the same word.
	fn is_one_word<N: ValueEnum + Copy, V: From<N> + Debug>() {
		for name in N::value_variants() {
			let typed = name.to_possible_value().unwrap();
			assert_eq!(typed.get_name(), words::of(V::from(*name)));
		}
	}

	#[test]
	fn what_is_typed_is_shown_by_the_same_word() {
		is_one_word::<KindName, CredentialKind>();
		is_one_word::<InstitutionName, InstitutionKind>();
		is_one_word::<ReasonName, SuspensionReason>();
		is_one_word::<AccreditationName, AccreditationStatus>();
		is_one_word::<StatusName, ReportedStatus>();
		is_one_word::<OutcomeName, AppealOutcome>();
	}
}
