//! Accreditations of institutions.

use super::{
	super::{
		interface::runtime_types::pallet_provider_registry::{
			pallet::Call,
			types::accreditation::{Accreditation, Requirement as OnChainRequirement},
		},
		Chain, ChainError, Signer, Until,
	},
	AccreditationStatus, InstitutionKind,
};
use hdx_primitives::{Code, InstitutionId, Milliseconds, Period};

/// That an institution fulfils a scheme, as the chain has it.
#[derive(Clone, Debug)]
pub struct AccreditationView {
	/// Which scheme.
	pub scheme: Code,
	/// The level reached; higher is more.
	pub level: u8,
	/// When it holds.
	pub valid: Period,
	/// Whether it stands inside its period.
	pub status: AccreditationStatus,
	/// When it was given or last renewed.
	pub accredited_at: Milliseconds,
}

/// What institutions of a kind have to be accredited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Requirement {
	/// Of which scheme.
	pub scheme: Code,
	/// The least level.
	pub level: u8,
}

impl From<Accreditation> for AccreditationView {
	fn from(found: Accreditation) -> Self {
		Self {
			scheme: found.scheme.0,
			level: found.level,
			valid: found.valid.0,
			status: found.status,
			accredited_at: found.accredited_at.0,
		}
	}
}

impl From<OnChainRequirement> for Requirement {
	fn from(found: OnChainRequirement) -> Self {
		Self { scheme: found.scheme.0, level: found.level }
	}
}

impl From<Requirement> for OnChainRequirement {
	fn from(requirement: Requirement) -> Self {
		Self { scheme: requirement.scheme.into(), level: requirement.level }
	}
}

impl Chain {
	/// Accredits an institution for a scheme that it was never accredited for, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::accredit`.
	pub async fn accredit(
		&self,
		governance: &Signer,
		institution: InstitutionId,
		accreditation: Requirement,
		valid: Period,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::accredit {
			institution: institution.into(),
			scheme: accreditation.scheme.into(),
			level: accreditation.level,
			valid: valid.into(),
		};
		self.govern_registry("accredit", call, governance, until).await?;
		Ok(())
	}

	/// Renews an accreditation, which brings it back into force, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::renew_accreditation`.
	pub async fn renew_accreditation(
		&self,
		governance: &Signer,
		institution: InstitutionId,
		accreditation: Requirement,
		valid: Period,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::renew_accreditation {
			institution: institution.into(),
			scheme: accreditation.scheme.into(),
			level: accreditation.level,
			valid: valid.into(),
		};
		self.govern_registry("renew_accreditation", call, governance, until).await?;
		Ok(())
	}

	/// Suspends, reinstates or revokes an accreditation, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::set_accreditation_status`.
	pub async fn set_accreditation_status(
		&self,
		governance: &Signer,
		institution: InstitutionId,
		scheme: Code,
		status: AccreditationStatus,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::set_accreditation_status {
			institution: institution.into(),
			scheme: scheme.into(),
			status,
		};
		self.govern_registry("set_accreditation_status", call, governance, until).await?;
		Ok(())
	}

	/// Sets what institutions of a kind have to be accredited for; `None`: nothing. As governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ProviderRegistry::require_accreditation`.
	pub async fn require_accreditation(
		&self,
		governance: &Signer,
		kind: InstitutionKind,
		requirement: Option<Requirement>,
		until: Until,
	) -> Result<(), ChainError> {
		let requirement = requirement.map(Into::into);
		let call = Call::require_accreditation { kind, requirement };
		self.govern_registry("require_accreditation", call, governance, until).await?;
		Ok(())
	}
}
