//! Counting those who take part.

use crate::{
	attestations::element, studies::stated, types::StudyStatus, AttestationRoots, Config, Error,
	Event, Nullifiers, Pallet, Studies, StudyRecord,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure};
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, CircuitId, CircuitVersion, EnrolmentProof,
	ProofRefusal, ProofVerifier, ProviderDirectory, PublicInput, ShieldedConsents,
	StatementRefusal, StudyId, Subject, H256,
};
use hdx_zk_circuits::{
	circuits::{Circuit, ConsentRevoke, StudyEnrolment, StudyEnrolmentPublic},
	field::{from_bytes, to_bytes},
	Asked, Binding, Context,
};
use sp_runtime::traits::Zero;

impl<T> From<ProofRefusal> for Error<T> {
	fn from(refusal: ProofRefusal) -> Self {
		match refusal {
			ProofRefusal::CircuitUnknown => Self::CircuitUnknown,
			ProofRefusal::CircuitNotActive => Self::CircuitNotActive,
			ProofRefusal::WrongRelation => Self::WrongRelation,
			ProofRefusal::WrongArity => Self::WrongArity,
			ProofRefusal::InputTooLarge => Self::InputTooLarge,
			ProofRefusal::PointMalformed => Self::PointMalformed,
			ProofRefusal::PointAtInfinity => Self::PointAtInfinity,
			ProofRefusal::PointOffCurve => Self::PointOffCurve,
			ProofRefusal::PointOutsideSubgroup => Self::PointOutsideSubgroup,
			// Of one proof, nobody says that it is too few or too many.
			ProofRefusal::NotProven | ProofRefusal::BatchEmpty | ProofRefusal::BatchTooLarge => {
				Self::NotProven
			},
			ProofRefusal::KeyDamaged => Self::KeyDamaged,
		}
	}
}

impl<T> From<StatementRefusal> for Error<T> {
	fn from(refusal: StatementRefusal) -> Self {
		match refusal {
			StatementRefusal::SnapshotUnknown => Self::SnapshotUnknown,
			StatementRefusal::SnapshotTooOld => Self::SnapshotTooOld,
			StatementRefusal::TreeNotInSnapshot => Self::NotInSnapshot,
			StatementRefusal::NullifierTooLarge => Self::InputTooLarge,
			// Roots have neither class nor purpose.
			StatementRefusal::ClassWithoutCategory | StatementRefusal::PurposeWithoutPlace => {
				Self::NotProven
			},
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_enrol(
		signer: AccountId,
		id: StudyId,
		proof: &EnrolmentProof,
	) -> DispatchResult {
		let mut record = Self::enrolling(id)?;
		let public = Self::statement(&signer, id, &record, proof)?;
		// Proofs can be changed into others about the same: what counts once is the nullifier, and nothing else.
		let is_counted = Nullifiers::<T>::contains_key(id, proof.nullifier);
		ensure!(!is_counted, Error::<T>::AlreadyCounted);
		let revocation =
			CircuitVersion { circuit: CircuitId(ConsentRevoke::NUMBER), version: proof.revoked_by };
		let can_revoke = T::Verifier::is_active(revocation, H256(ConsentRevoke::RELATION));
		ensure!(can_revoke, Error::<T>::RevocationInactive);
		let circuit =
			CircuitVersion { circuit: CircuitId(StudyEnrolment::NUMBER), version: proof.version };
		let inputs: Vec<PublicInput> =
			StudyEnrolment::inputs(&public).iter().map(to_bytes).collect();
		T::Verifier::verify(circuit, H256(StudyEnrolment::RELATION), &proof.proof, &inputs)
			.map_err(Error::<T>::from)?;

		Nullifiers::<T>::insert(id, proof.nullifier, ());
		record.count = record.count.saturating_add(1);
		Studies::<T>::insert(id, record);
		// Neither who sent it nor whose institution: the log outlives blocks, and somebody's own account may have sent it.
		T::Audit::record(AuditEvent {
			subject: Subject::Enrolment { study: id, nullifier: proof.nullifier },
			..AuditEvent::new(AuditAction::EnrolmentCounted)
		});
		let (nullifier, count) = (proof.nullifier, record.count);
		Self::deposit_event(Event::Enrolled { study: id, nullifier, count });
		if count == record.terms.minimum {
			Self::deposit_event(Event::CohortReached { study: id, count });
		}
		Ok(())
	}

	/// A study in which one can enrol now.
	fn enrolling(id: StudyId) -> Result<StudyRecord, Error<T>> {
		let record = Studies::<T>::get(id).ok_or(Error::<T>::StudyUnknown)?;
		ensure!(record.status == StudyStatus::Open, Error::<T>::StudyClosed);
		let now = Self::now();
		ensure!(now >= record.terms.from, Error::<T>::StudyNotBegun);
		ensure!(now < record.terms.until, Error::<T>::StudyEnded);
		ensure!(T::Providers::is_active(record.terms.sponsor), Error::<T>::SponsorInactive);
		Ok(record)
	}

	/// What a proof of taking part has to be about. Of the prover it takes the nullifier, and nothing else.
	pub(crate) fn statement(
		signer: &AccountId,
		id: StudyId,
		record: &StudyRecord,
		proof: &EnrolmentProof,
	) -> Result<StudyEnrolmentPublic, Error<T>> {
		let nullifier = from_bytes(&proof.nullifier).ok_or(Error::<T>::InputTooLarge)?;
		let roots = T::Consents::roots_of_snapshot(proof.tree, proof.snapshot)?;
		let attested = proof.attestations;
		let attestation_root = AttestationRoots::<T>::get(attested.tree, attested.count)
			.ok_or(Error::<T>::AttestationsUnknown)?;
		Ok(StudyEnrolmentPublic {
			consent_root: element(&roots.consents)?,
			revocation_root: element(&roots.revocations)?,
			attestation_root: element(&attestation_root)?,
			// It was when it was registered.
			study: stated(id, &record.terms).map_err(|_| Error::<T>::StateDamaged)?,
			nullifier,
			now: roots.at.0,
			context: Self::context(proof.version, signer, id),
		})
	}

	/// What a proof must be bound to: this chain, this version of its circuit, the signer, and the study.
	fn context(version: u32, signer: &AccountId, id: StudyId) -> Context {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		Context::new(&Binding {
			genesis: genesis.0,
			circuit: StudyEnrolment::NUMBER,
			version,
			signer: *AsRef::<[u8; 32]>::as_ref(signer),
			request: Asked::Enrol { study: id.0.into() }.hash(),
		})
	}
}
