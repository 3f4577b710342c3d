//! Many institutions or practitioners at once: several calls in a transaction, each with an outcome
//! of its own. One that is refused stops no other.

use super::{
	super::{
		interface::{
			self,
			runtime_types::{
				bounded_collections::bounded_vec::BoundedVec,
				hdx_runtime::RuntimeCall,
				pallet_provider_registry::{pallet::Call, types::practitioner::RoleAssignment},
				pallet_utility::pallet::Call as UtilityCall,
			},
		},
		submit::Included,
		Chain, ChainError, Signer, Until,
	},
	Enrolment, InstitutionKind,
};
use hdx_primitives::{AccountId, CredentialId, InstitutionId};
use subxt::events::DecodeAsEvent;

/// What becomes of each of many calls, in their order.
pub type Outcomes<T> = Vec<Result<T, ChainError>>;

/// An institution that governance is to register.
#[derive(Clone, Debug)]
pub struct Registration {
	/// The account that will operate it.
	pub operator: AccountId,
	/// What it is.
	pub kind: InstitutionKind,
	/// BLAKE2-256 of its public description (a FHIR `Organization`).
	pub profile: [u8; 32],
}

impl Chain {
	/// Registers institutions in one transaction, as governance; gives their numbers.
	///
	/// # Errors
	///
	/// Any [`ChainError`] that is about all of them. Of each, the refusals of
	/// `ProviderRegistry::register_institution`.
	pub async fn register_institutions(
		&self,
		governance: &Signer,
		registrations: Vec<Registration>,
		until: Until,
	) -> Result<Outcomes<InstitutionId>, ChainError> {
		type Registered = interface::provider_registry::events::InstitutionRegistered;
		let name = "ProviderRegistry::register_institution";
		let calls = registrations.into_iter().map(|one| {
			RuntimeCall::ProviderRegistry(Call::register_institution {
				operator: one.operator.into(),
				kind: one.kind,
				profile: one.profile,
			})
		});
		let batch = RuntimeCall::Utility(UtilityCall::force_batch { calls: calls.collect() });
		let included = self.govern(name, batch, governance, until).await?;
		self.outcomes(&included, name, |event: Registered| event.institution.0).await
	}

	/// Enrols practitioners in one transaction; gives the numbers of the institution's attestations.
	/// The signer operates the institution.
	///
	/// # Errors
	///
	/// Any [`ChainError`] that is about all of them. Of each, the refusals of
	/// `ProviderRegistry::enrol_practitioner`.
	pub async fn enrol_practitioners(
		&self,
		operator: &Signer,
		enrolments: Vec<Enrolment>,
		until: Until,
	) -> Result<Outcomes<CredentialId>, ChainError> {
		type Enrolled = interface::provider_registry::events::PractitionerEnrolled;
		let name = "ProviderRegistry::enrol_practitioner";
		let calls = enrolments.into_iter().map(enrolling).collect();
		let batch = interface::transactions().utility().force_batch(calls);
		let included = self.submit(name, &batch, operator, until).await?;
		self.outcomes(&included, name, |event: Enrolled| event.credential.0).await
	}

	/// The outcome of each call of a batch: what its event says, or why it was refused.
	async fn outcomes<E: DecodeAsEvent, T>(
		&self,
		included: &Included,
		name: &str,
		read: impl Fn(E) -> T,
	) -> Result<Outcomes<T>, ChainError> {
		let mut outcomes = Vec::new();
		for item in included.items::<E>()? {
			outcomes.push(match item {
				Ok(event) => Ok(read(event)),
				Err(error) => Err(self.refused_inside(name, &error).await?),
			});
		}
		Ok(outcomes)
	}
}

fn enrolling(enrolment: Enrolment) -> RuntimeCall {
	let roles = enrolment
		.roles
		.into_iter()
		.map(|(role, taxonomy)| RoleAssignment { role: role.into(), taxonomy: taxonomy.into() });
	RuntimeCall::ProviderRegistry(Call::enrol_practitioner {
		practitioner: enrolment.practitioner.into(),
		roles: BoundedVec(roles.collect()),
		credential_kind: enrolment.kind,
		credential_commitment: enrolment.credential.into(),
		credential_valid: enrolment.valid.into(),
		key_agreement: enrolment.key_agreement.0,
	})
}
