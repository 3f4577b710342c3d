//! Breaking the glass: what an emergency lets somebody see without a consent.
//!
//! What a consent cannot decide, others have to: the highest level of assurance, the second key on
//! this very request, the role matrix, the patient's word on emergencies, and the institution's
//! diligence with the reviews of before.

use crate::{
	decision::{Confirmation, Permit},
	types::record_of,
	Config, EmergencyOverride, EmergencyOverrides, EmergencyTerms, EmergencyTermsInForce, Error,
	Event, Grant, GrantStatus, GrantedRequest, Pallet, ProvenOverrides,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	break_glass_operation,
	engine::{
		terminology::purpose::{BTG, ETREAT},
		Decision, Obligations,
	},
	AccessRequest, AccountId, Action, AssuranceLevel, AuditAction, AuditEvent, AuditOutcome,
	AuditSink, DenialReason, EmergencyDirectory, GrantId, LookedAt, Milliseconds, Overridden,
	OverrideReason, ProviderDirectory, RecordId, SecondFactor, Standing, Subject, Target,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Grants or denies, leaves an entry in either case, and says whether it granted.
	pub(crate) fn do_break_glass(
		practitioner: AccountId,
		request: AccessRequest,
		reason: OverrideReason,
		factor: Option<&SecondFactor>,
	) -> Result<bool, DispatchError> {
		Self::ensure_emergency(&request)?;
		Self::ensure_well_formed(&practitioner, &request)?;
		let at = Self::now();
		let confirmation =
			Confirmation { operation: break_glass_operation(&request, reason), factor };
		let granted = GrantedRequest::from(&request);
		let decided = Self::decide_override(
			&practitioner,
			&request.patient,
			request.target,
			&granted,
			Some(&confirmation),
			at,
		);
		match decided {
			Ok(standing) => {
				Self::issue_override(practitioner, request, reason, &standing, at)?;
				Ok(true)
			},
			Err(denial) => {
				Self::deny_override(practitioner, request, reason, denial);
				Ok(false)
			},
		}
	}

	/// Refuses what no break-glass can ask for.
	pub(crate) fn ensure_emergency(request: &AccessRequest) -> DispatchResult {
		ensure!([BTG, ETREAT].contains(&request.purpose), Error::<T>::NotAnEmergency);
		ensure!(request.action == Action::Read, Error::<T>::EmergencyOnlyReads);
		let longest = EmergencyTermsInForce::<T>::get().max_duration;
		ensure!(request.duration <= longest, Error::<T>::EmergencyTooLong);
		Ok(())
	}

	/// Decides a break-glass. `new` where the glass is broken now: then the second key has to have
	/// signed, and the institution to have done its reviews. A grant is decided again without these.
	///
	/// What the patient said comes last, so that whoever is refused before learns nothing of it.
	pub(crate) fn decide_override(
		practitioner: &AccountId,
		patient: &AccountId,
		target: Target,
		request: &GrantedRequest,
		new: Option<&Confirmation<'_>>,
		at: Milliseconds,
	) -> Result<Standing, DenialReason> {
		let standing = Self::standing_at(AssuranceLevel::Verified, practitioner, request, at)?;
		if let Some(confirmation) = new {
			T::Providers::confirm(practitioner, confirmation.operation, confirmation.factor, at)?;
		}
		Self::ensure_overridable(target, request)?;
		let is_blocked = new.is_some() && Self::is_blocked(request.on_behalf_of, at);
		ensure!(!is_blocked, DenialReason::ReviewsOverdue);
		ensure!(!T::Patients::has_opted_out(patient), DenialReason::EmergencyOptOut);
		Ok(standing)
	}

	/// Refuses what nobody may see in an emergency: the role may not, or the record is erased or retired.
	pub(crate) fn ensure_overridable(
		target: Target,
		request: &GrantedRequest,
	) -> Result<(), DenialReason> {
		// Whoever may treat an emergency with a consent need not be who may do without one.
		let may = |purpose| Self::role_permits(request.role, purpose, request.action);
		ensure!(may(BTG) && may(request.purpose), DenialReason::RoleNotPermitted);
		ensure!(!Self::is_erased(target), DenialReason::RecordErased);
		ensure!(!Self::is_retired(target), DenialReason::RecordRetired);
		Ok(())
	}

	/// Decides a grant of a break-glass again, about `target`: all but the second key or the proof, reviews and
	/// consents.
	pub(crate) fn override_holds(
		id: GrantId,
		grant: &Grant,
		target: Target,
		at: Milliseconds,
	) -> Result<Permit, DenialReason> {
		let Grant { grantee, patient, request, .. } = grant;
		let is_proven = ProvenOverrides::<T>::contains_key(id);
		if is_proven {
			Self::decide_operated(grantee, patient, target, request, at)?;
		} else {
			Self::decide_override(grantee, patient, target, request, None, at)?;
		}
		Ok(Permit {
			obligations: Obligations::default(),
			basis: None,
			algorithm: None,
			is_confirmed: !is_proven,
			looked_at: LookedAt::default(),
		})
	}

	/// The grant of an emergency: without obligations or basis, with the uses of the terms.
	pub(crate) fn emergency_grant(
		grantee: AccountId,
		request: AccessRequest,
		terms: &EmergencyTerms,
		at: Milliseconds,
	) -> Grant {
		Grant {
			request: GrantedRequest::from(&request),
			grantee,
			patient: request.patient,
			target: request.target,
			obligations: Obligations::default(),
			issued_at: at,
			expires_at: at.saturating_add(request.duration),
			uses_left: terms.uses,
			basis: None,
			status: GrantStatus::Active,
		}
	}

	/// What an emergency overrides, of what the consents decided: said in the log, so that a reviewer need not reconstruct
	/// it.
	pub(crate) fn overridden(grant: &Grant, decision: &Decision) -> Overridden {
		// A restriction is the stronger word of the two, and does not hold in an emergency.
		let purpose = grant.request.purpose;
		if Self::is_partly_restricted(&grant.patient, grant.target, purpose) {
			Overridden::Restriction
		} else {
			Overridden::of(decision.outcome, &decision.obligations)
		}
	}

	/// Stores, logs and announces a grant that needs no consent, and its pending review.
	fn issue_override(
		practitioner: AccountId,
		request: AccessRequest,
		reason: OverrideReason,
		standing: &Standing,
		at: Milliseconds,
	) -> DispatchResult {
		let id = Self::take_grant_id()?;
		let terms = EmergencyTermsInForce::<T>::get();
		let grant = Self::emergency_grant(practitioner, request, &terms, at);
		let (decision, _) =
			Self::ask_consents(standing, &grant.grantee, &grant.patient, &grant.request, at);
		let overridden = Self::overridden(&grant, &decision);
		let entry = T::Audit::record(AuditEvent {
			actor: Some(grant.grantee.clone()),
			on_behalf_of: Some(grant.request.on_behalf_of),
			patient: Some(grant.patient.clone()),
			purpose: Some(grant.request.purpose),
			subject: Subject::BreakGlass {
				grant: Some(id),
				record: grant.record(),
				reason,
				overridden: Some(overridden),
			},
			basis: decision.basis,
			algorithm: Some(decision.algorithm),
			context: Some(grant.request.context),
			..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
		});
		let deadline = at.saturating_add(terms.review_within);
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
		Self::store_grant(id, grant, true);
		Ok(())
	}

	/// Logs and announces a denial.
	fn deny_override(
		practitioner: AccountId,
		request: AccessRequest,
		reason: OverrideReason,
		denial: DenialReason,
	) {
		let entry = T::Audit::record(AuditEvent {
			actor: Some(practitioner.clone()),
			on_behalf_of: Some(request.on_behalf_of),
			patient: Some(request.patient.clone()),
			purpose: Some(request.purpose),
			outcome: AuditOutcome::Denied(denial),
			subject: Subject::BreakGlass {
				grant: None,
				record: record_of(request.target),
				reason,
				overridden: None,
			},
			context: Some(request.context),
			..AuditEvent::new(AuditAction::EmergencyOverrideStarted)
		});
		Self::deposit_event(Event::BreakGlassDenied {
			practitioner,
			institution: request.on_behalf_of,
			patient: request.patient,
			reason: denial,
			entry,
		});
	}

	/// What an entry about a grant is about.
	pub(crate) fn subject_of(id: GrantId, record: Option<RecordId>) -> Subject {
		match EmergencyOverrides::<T>::get(id) {
			Some(emergency) => Subject::BreakGlass {
				grant: Some(id),
				record,
				reason: emergency.reason,
				overridden: None,
			},
			None => Subject::Grant { grant: id, record },
		}
	}
}
