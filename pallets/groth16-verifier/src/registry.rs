//! The registry: which circuits there are, and of which proofs are accepted.

use crate::{
	curve::Hosted,
	key::{self, KeyFault, VerifyingKey},
	point::PointFault,
	types::{CircuitRecord, CircuitStatus, KeyBytes, KeyOrigin},
	Attestations, Circuits, Config, Error, Event, Keys, Pallet, PreparedKeys,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, CircuitVersion, InstitutionId,
	ProviderDirectory, Subject, H256,
};
use sp_runtime::DispatchResult;

impl<T> From<KeyFault> for Error<T> {
	fn from(fault: KeyFault) -> Self {
		match fault {
			KeyFault::WrongLength => Self::KeyOfWrongLength,
			KeyFault::OriginUnknown => Self::KeyOriginUnknown,
			KeyFault::Point(PointFault::Malformed) => Self::KeyPointMalformed,
			KeyFault::Point(PointFault::AtInfinity) => Self::KeyPointAtInfinity,
			KeyFault::Point(PointFault::OffCurve) => Self::KeyPointOffCurve,
			KeyFault::Point(PointFault::OutsideSubgroup) => Self::KeyPointOutsideSubgroup,
			KeyFault::DeltaIsGamma => Self::KeyDeltaIsGamma,
			KeyFault::DeltaIsGenerator => Self::KeyDeltaIsGenerator,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Whether this chain takes a key that comes from there.
	pub(crate) fn is_accepted(origin: KeyOrigin) -> bool {
		origin == KeyOrigin::Ceremony || T::IsDevelopmentChain::get()
	}

	/// Stores a version of a circuit, and tells nobody.
	pub(crate) fn insert(
		circuit: CircuitVersion,
		bytes: KeyBytes,
		transcript: H256,
	) -> Result<CircuitRecord, Error<T>> {
		ensure!(!Circuits::<T>::contains_key(circuit), Error::AlreadyRegistered);
		ensure!(Circuits::<T>::count() < T::MaxCircuits::get(), Error::TooManyCircuits);
		let key = VerifyingKey::<Hosted>::from_bytes(&bytes)?;
		ensure!(Self::is_accepted(key.origin), Error::KeyForDevelopment);
		let prepared = key.prepare(key::digest(&bytes));
		let record = CircuitRecord {
			status: CircuitStatus::Registered,
			origin: key.origin,
			relation: key.relation,
			key: prepared.digest,
			transcript,
			arity: prepared.arity(),
		};
		Circuits::<T>::insert(circuit, record);
		Keys::<T>::insert(circuit, bytes);
		PreparedKeys::<T>::insert(circuit, prepared);
		Ok(record)
	}

	pub(crate) fn do_register(
		circuit: CircuitVersion,
		bytes: KeyBytes,
		transcript: H256,
	) -> DispatchResult {
		let CircuitRecord { relation, key, .. } = Self::insert(circuit, bytes, transcript)?;
		Self::log(AuditAction::CircuitRegistered, circuit, key, None);
		Self::deposit_event(Event::CircuitRegistered { circuit, relation, key, transcript });
		Ok(())
	}

	pub(crate) fn do_attest(
		signer: AccountId,
		circuit: CircuitVersion,
		key: H256,
		transcript: H256,
	) -> DispatchResult {
		let institution = T::Providers::operated_by(&signer).ok_or(Error::<T>::NotAnOperator)?;
		let record = Circuits::<T>::get(circuit).ok_or(Error::<T>::CircuitUnknown)?;
		ensure!(
			record.key == key && record.transcript == transcript,
			Error::<T>::RegistrationMismatch
		);
		Attestations::<T>::try_mutate(circuit, |attested| {
			ensure!(!attested.contains(&institution), Error::<T>::AlreadyAttested);
			attested.try_push(institution).map_err(|_| Error::<T>::TooManyAttestations)
		})?;
		Self::log(AuditAction::CircuitAttested, circuit, key, Some((signer, institution)));
		Self::deposit_event(Event::CircuitAttested { circuit, institution });
		Ok(())
	}

	pub(crate) fn do_withdraw(signer: AccountId, circuit: CircuitVersion) -> DispatchResult {
		let institution = T::Providers::operated_by(&signer).ok_or(Error::<T>::NotAnOperator)?;
		let record = Circuits::<T>::get(circuit).ok_or(Error::<T>::CircuitUnknown)?;
		Attestations::<T>::try_mutate(circuit, |attested| {
			let before = attested.len();
			attested.retain(|other| *other != institution);
			ensure!(attested.len() < before, Error::<T>::NotAttested);
			Ok::<_, Error<T>>(())
		})?;
		let action = AuditAction::CircuitAttestationWithdrawn;
		Self::log(action, circuit, record.key, Some((signer, institution)));
		Self::deposit_event(Event::AttestationWithdrawn { circuit, institution });
		// What fewer stand behind than it takes is believed no more.
		if let CircuitStatus::Active { needed, .. } = record.status {
			if Self::standing_attestations(circuit) < needed {
				Self::end_acceptance(circuit, record);
			}
		}
		Ok(())
	}

	pub(crate) fn do_activate(circuit: CircuitVersion) -> DispatchResult {
		let mut record = Circuits::<T>::get(circuit).ok_or(Error::<T>::CircuitUnknown)?;
		let is_active = matches!(record.status, CircuitStatus::Active { .. });
		ensure!(!is_active, Error::<T>::AlreadyActive);
		ensure!(Self::is_accepted(record.origin), Error::<T>::KeyForDevelopment);
		let (attested, needed) = (Self::standing_attestations(circuit), Self::needed());
		ensure!(attested >= needed, Error::<T>::NotEnoughAttestations);
		record.status = CircuitStatus::Active { attested, needed };
		Circuits::<T>::insert(circuit, record);
		Self::log(AuditAction::CircuitActivated, circuit, record.key, None);
		Self::deposit_event(Event::CircuitActivated { circuit, attested });
		Ok(())
	}

	pub(crate) fn do_suspend(circuit: CircuitVersion) -> DispatchResult {
		let record = Circuits::<T>::get(circuit).ok_or(Error::<T>::CircuitUnknown)?;
		let is_active = matches!(record.status, CircuitStatus::Active { .. });
		ensure!(is_active, Error::<T>::NotActive);
		// They were given before whatever this is about was known.
		Attestations::<T>::remove(circuit);
		Self::end_acceptance(circuit, record);
		Ok(())
	}

	fn end_acceptance(circuit: CircuitVersion, mut record: CircuitRecord) {
		record.status = CircuitStatus::Suspended;
		Circuits::<T>::insert(circuit, record);
		Self::log(AuditAction::CircuitSuspended, circuit, record.key, None);
		Self::deposit_event(Event::CircuitSuspended { circuit });
	}

	/// By how many institutions that are active now a key was attested.
	pub(crate) fn standing_attestations(circuit: CircuitVersion) -> u32 {
		let attested = Attestations::<T>::get(circuit);
		let standing = attested.iter().filter(|institution| T::Providers::is_active(**institution));
		u32::try_from(standing.count()).unwrap_or(u32::MAX)
	}

	/// By how many a key must be attested. Never by none.
	pub(crate) fn needed() -> u32 {
		T::MinAttestations::get().max(1)
	}

	fn log(
		action: AuditAction,
		circuit: CircuitVersion,
		key: H256,
		by: Option<(AccountId, InstitutionId)>,
	) {
		let (actor, on_behalf_of) = by.unzip();
		T::Audit::record(AuditEvent {
			actor,
			on_behalf_of,
			subject: Subject::Circuit { circuit, key },
			..AuditEvent::new(action)
		});
	}
}
