//! Breaking the glass by proof (`docs/adr/0018-break-glass-by-proof.md`).
//!
//! An institution says that some clinician of its does this, and the clinician proves to be licensed and within the rate
//! limit, without saying who. The proof stands for the practitioner's standing and second key, and for nothing else: the
//! matrix, the reviews and the patient's word on emergencies are asked as ever.
//!
//! Whatever is denied before the proof leaves it unused. A proof that holds is used up, whatever the patient said: so nobody
//! learns of an opt-out for nothing.

use crate::{
	types::record_of, Config, EmergencyOverride, EmergencyTermsInForce, Error, Event,
	GrantedRequest, Pallet, ProvenOverrides, WeightInfo,
};
use frame_support::{dispatch::DispatchResult, ensure, weights::Weight};
use hdx_primitives::{
	emergency_operation, engine::Actor, AccessRequest, AccountId, AuditAction, AuditEvent,
	AuditOutcome, AuditSink, DenialReason, EmergencyDirectory, EmergencyEvidence, EmergencyProof,
	EmergencyProofs, Milliseconds, OverrideReason, ProviderDirectory, Subject, Target, H256,
};

impl<T: Config> Pallet<T> {
	/// Grants or denies, and leaves an entry in either case.
	pub(crate) fn do_break_glass_by_proof(
		operator: AccountId,
		request: AccessRequest,
		reason: OverrideReason,
		proof: &EmergencyProof,
	) -> DispatchResult {
		Self::ensure_emergency(&request)?;
		Self::ensure_well_formed(&operator, &request)?;
		let asked = emergency_operation(&request, reason, proof.recipient);
		let limit = EmergencyTermsInForce::<T>::get().proofs_a_day;
		let statement =
			T::Emergencies::statement(&operator, asked, limit, proof).map_err(Error::<T>::from)?;
		let at = Self::now();
		let granted = GrantedRequest::from(&request);
		let accepted =
			Self::ensure_operated(&operator, request.target, &granted, at).and_then(|()| {
				let is_blocked = Self::is_blocked(request.on_behalf_of, at);
				ensure!(!is_blocked, DenialReason::ReviewsOverdue);
				T::Emergencies::accept(statement, proof)
			});
		let evidence = EmergencyEvidence::new(proof, asked);
		match accepted {
			// What was not proven may be somebody else's.
			Err(denial) => Self::deny_proven_override(operator, request, reason, denial, None),
			Ok(()) if T::Patients::has_opted_out(&request.patient) => {
				let denial = DenialReason::EmergencyOptOut;
				let proven = Some(evidence.hash());
				Self::deny_proven_override(operator, request, reason, denial, proven);
			},
			Ok(()) => Self::issue_proven_override(operator, request, reason, evidence, at)?,
		}
		Ok(())
	}

	/// What an emergency by proof costs, put together from what is measured: what one without costs, whose decision about a
	/// practitioner takes more than that about an operator; the proof; who operates the institution, and the evidence. No
	/// call takes all of it, as one by proof decides about no practitioner.
	pub(crate) fn weight_of_override_by_proof() -> Weight {
		T::WeightInfo::break_glass()
			.saturating_add(T::Emergencies::weight())
			.saturating_add(T::WeightInfo::beside_emergency_proof())
	}

	/// Refuses where the signer may not sign for the institution, or nobody may see this in an emergency.
	pub(crate) fn ensure_operated(
		operator: &AccountId,
		target: Target,
		request: &GrantedRequest,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		T::Providers::operates(operator, request.on_behalf_of, at)?;
		Self::ensure_overridable(target, request)
	}

	/// Decides a grant of a break-glass by proof again: all but the proof, the reviews and the consents.
	pub(crate) fn decide_operated(
		operator: &AccountId,
		patient: &AccountId,
		target: Target,
		request: &GrantedRequest,
		at: Milliseconds,
	) -> Result<(), DenialReason> {
		Self::ensure_operated(operator, target, request, at)?;
		ensure!(!T::Patients::has_opted_out(patient), DenialReason::EmergencyOptOut);
		Ok(())
	}

	/// Stores, logs and announces a grant that rests on a proof, and its pending review.
	fn issue_proven_override(
		operator: AccountId,
		request: AccessRequest,
		reason: OverrideReason,
		evidence: EmergencyEvidence,
		at: Milliseconds,
	) -> DispatchResult {
		let id = Self::take_grant_id()?;
		let terms = EmergencyTermsInForce::<T>::get();
		let grant = Self::emergency_grant(operator, request, &terms, at);
		// Consents that name a practitioner, or those of a taxonomy code, are left out: nobody here knows who it is.
		let actors = [Actor::Organisation(grant.request.on_behalf_of)];
		let (decision, _) = Self::ask_consents_about(&actors, &grant.patient, &grant.request, at);
		let overridden = Self::overridden(&grant, &decision);
		let entry = T::Audit::record(AuditEvent {
			actor: Some(grant.grantee.clone()),
			on_behalf_of: Some(grant.request.on_behalf_of),
			patient: Some(grant.patient.clone()),
			purpose: Some(grant.request.purpose),
			subject: Subject::ProvenBreakGlass {
				grant: Some(id),
				record: grant.record(),
				reason,
				overridden: Some(overridden),
				evidence: Some(evidence.hash()),
			},
			basis: decision.basis,
			algorithm: Some(decision.algorithm),
			context: Some(grant.request.context),
			..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
		});
		let deadline = at.saturating_add(terms.review_within);
		Self::deposit_event(Event::EmergencyProven { grant: id, evidence: evidence.clone() });
		Self::deposit_event(Event::GlassBroken {
			grant: id,
			practitioner: grant.grantee.clone(),
			institution: grant.request.on_behalf_of,
			patient: grant.patient.clone(),
			guardians: T::Patients::guardians(&grant.patient, at),
			reason,
			overridden,
			expires_at: grant.expires_at,
			deadline,
			entry,
		});
		Self::open_review(id, &grant, EmergencyOverride { reason, entry, deadline, review: None });
		ProvenOverrides::<T>::insert(id, evidence);
		Self::store_grant(id, grant, false);
		Ok(())
	}

	/// Logs and announces a denial. `evidence`: of what was proven, where it was.
	fn deny_proven_override(
		operator: AccountId,
		request: AccessRequest,
		reason: OverrideReason,
		denial: DenialReason,
		evidence: Option<H256>,
	) {
		let entry = T::Audit::record(AuditEvent {
			actor: Some(operator.clone()),
			on_behalf_of: Some(request.on_behalf_of),
			patient: Some(request.patient.clone()),
			purpose: Some(request.purpose),
			outcome: AuditOutcome::Denied(denial),
			subject: Subject::ProvenBreakGlass {
				grant: None,
				record: record_of(request.target),
				reason,
				overridden: None,
				evidence,
			},
			context: Some(request.context),
			..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
		});
		Self::deposit_event(Event::BreakGlassDenied {
			practitioner: operator,
			institution: request.on_behalf_of,
			patient: request.patient,
			reason: denial,
			entry,
		});
	}
}
