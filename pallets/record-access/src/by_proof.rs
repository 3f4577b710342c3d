//! Requests that come with the proof of a shielded consent (`docs/adr/0014-access-by-proof.md`), the patient's or a
//! delegate's (`docs/adr/0020-access-by-a-delegates-consent.md`).
//!
//! A proof stands for a consent where no visible one speaks, and for nothing else: all that is asked before consents is
//! asked as ever, and comes first. What is visible and denies, denies; what is visible and permits, permits, and leaves
//! the proof unused.
//!
//! A grant by proof is for one class of one record, short, and opens nothing sensitive. Whenever it is used, all is
//! decided again but the proof: the chain does not know the consent. It holds as long as the visible consents go on
//! saying nothing.

use crate::{
	decision::{looked_at, Confirmation, Denial, Permit},
	Config, Error, Event, Grant, GrantRefusal, GrantStatus, GrantedRequest, Pallet, ProvenGrants,
	SubjectTags, WeightInfo,
};
use frame_support::{dispatch::DispatchResult, traits::Get, weights::Weight, BoundedVec};
use hdx_primitives::{
	engine::{
		terminology::{confidentiality, sensitivity},
		DataFilter, Obligation, Obligations,
	},
	operation_hash, AccessProof, AccessProofs, AccessRequest, AccountId, Action, AuditAction,
	AuditEvent, AuditSink, Code, DenialReason, LookedAt, Milliseconds, PublicInput, RecordId,
	SecondFactor, Subject, Target,
};
use sp_runtime::DispatchError;

/// What a grant by proof has to be about: one class of one record.
#[derive(Clone, Copy)]
pub(crate) struct Provable {
	record: RecordId,
	class: Code,
}

/// What is withheld from every grant by proof: whatever is not known to be of normal confidentiality or below, and
/// whatever carries a sensitivity label. A shielded consent names no labels, so it says nothing of either.
///
/// `R` and `V` are named, as what has several levels has a low one among them, and so has a restricted section in whose
/// body a low level is coded.
pub(crate) fn withheld() -> Obligations {
	use confidentiality::{L, M, N, R, U, V};
	let normal = BoundedVec::truncate_from([U, L, M, N].to_vec());
	let labels = sensitivity::ALL.iter().map(|term| term.code).chain([R, V]).collect();
	Obligations::truncate_from(
		[
			Obligation::RedactExcept(DataFilter::of_codes(normal)),
			Obligation::Redact(DataFilter::of_codes(BoundedVec::truncate_from(labels))),
		]
		.to_vec(),
	)
}

impl<T: Config> Pallet<T> {
	/// Grants or denies, and leaves an entry in either case. Tells how much of the consents was looked at, and
	/// whether it came to the proof.
	pub(crate) fn do_request_by_proof(
		requester: AccountId,
		request: AccessRequest,
		factor: Option<&SecondFactor>,
		proof: &AccessProof,
	) -> Result<(LookedAt, bool), DispatchError> {
		Self::ensure_well_formed(&requester, &request)?;
		let provable = Self::provable(&request)?;
		let statement = T::Proofs::statement(&requester, &request, provable.class, proof)
			.map_err(Error::<T>::from)?;
		let at = Self::now();
		let confirmation = Confirmation { operation: operation_hash(&request), factor };
		let granted = GrantedRequest::from(&request);
		let AccessRequest { patient, target, .. } = &request;
		let decided = Self::decide_new(&requester, patient, *target, &granted, &confirmation, at);
		let looked_at = looked_at(&decided);
		let denial = match decided {
			Ok(permit) => {
				Self::issue(requester, request, permit, at)?;
				return Ok((looked_at, false));
			},
			Err(denial) => denial,
		};
		if denial.reason != DenialReason::NoConsent {
			Self::deny(requester, request, denial);
			return Ok((looked_at, false));
		}
		let Some(subject) = Self::tag_of(provable.record) else {
			let reason = DenialReason::SubjectTagMissing;
			Self::deny(requester, request, Denial { reason, ..denial });
			return Ok((looked_at, false));
		};
		match T::Proofs::accept(&requester, subject, statement, proof) {
			Ok(()) => {
				let permit = Permit {
					obligations: withheld(),
					basis: None,
					algorithm: denial.algorithm,
					is_confirmed: Self::needs_second_key(&granted),
					looked_at,
				};
				Self::issue_proven(requester, request, permit, provable, proof, at)?;
			},
			Err(reason) => Self::deny(requester, request, Denial { reason, ..denial }),
		}
		Ok((looked_at, true))
	}

	/// What a request with a proof costs that looked at so much of the consents, by a practitioner with so many
	/// credentials: what one without costs, and the proof,
	/// with the record's tag and the mark of the grant. What was measured of both is added, as a request that a visible
	/// consent permits looks at no proof, and one that a proof permits found none. Where it did not come to the proof,
	/// what it would be about was made all the same. As if a second key had signed: next to a proof that is little.
	pub(crate) fn weight_by_proof(
		looked_at: LookedAt,
		credentials: u32,
		came_to_proof: bool,
	) -> Weight {
		let proof = if came_to_proof { T::Proofs::weight() } else { T::Proofs::statement_weight() };
		Self::weight_of_request(looked_at, credentials, 1)
			.saturating_add(proof)
			.saturating_add(T::WeightInfo::beside_access_proof())
	}

	/// The subject tag of a record, if it has one.
	pub(crate) fn tag_of(record: RecordId) -> Option<PublicInput> {
		SubjectTags::<T>::get(record).and_then(|set| set.tag)
	}

	/// Refuses what no proof of access can be about.
	fn provable(request: &AccessRequest) -> Result<Provable, Error<T>> {
		let Target::Record(record) = request.target else {
			return Err(Error::ProofNeedsRecord);
		};
		let [class] = request.classes.as_slice() else {
			return Err(Error::ProofNeedsOneClass);
		};
		if !request.labels.is_empty() {
			return Err(Error::ProofNamesNoLabels);
		}
		if request.action != Action::Read {
			return Err(Error::ProofOnlyReads);
		}
		if request.duration > T::MaxProvenDuration::get() {
			return Err(Error::ProvenTooLong);
		}
		Ok(Provable { record, class: *class })
	}

	/// Stores, logs and announces a grant that rests on a proof.
	fn issue_proven(
		requester: AccountId,
		request: AccessRequest,
		permit: Permit,
		Provable { record, class }: Provable,
		proof: &AccessProof,
		at: Milliseconds,
	) -> DispatchResult {
		let id = Self::take_grant_id()?;
		let grant = Grant {
			request: GrantedRequest::from(&request),
			grantee: requester,
			patient: request.patient,
			target: request.target,
			obligations: permit.obligations,
			issued_at: at,
			expires_at: at.saturating_add(request.duration),
			uses_left: T::MaxUses::get(),
			basis: None,
			status: GrantStatus::Active,
		};
		let nullifier = proof.nullifier;
		let entry = T::Audit::record(AuditEvent {
			actor: Some(grant.grantee.clone()),
			on_behalf_of: Some(grant.request.on_behalf_of),
			algorithm: permit.algorithm,
			subject: Subject::ProvenAccess { grant: id, record, class, nullifier },
			..Self::about_grant(AuditAction::AccessDecided, id, &grant)
		});
		Self::deposit_event(Event::AccessProven { grant: id, class, nullifier });
		Self::deposit_event(Event::AccessGranted {
			grant: id,
			grantee: grant.grantee.clone(),
			patient: grant.patient.clone(),
			expires_at: grant.expires_at,
			entry,
		});
		ProvenGrants::<T>::insert(id, ());
		Self::store_grant(id, grant, permit.is_confirmed);
		Ok(())
	}

	/// Whether a grant by proof holds, after what it is about was decided again.
	pub(crate) fn proof_holds(
		grant: &Grant,
		is_confirmed: bool,
		decided: Result<Permit, Denial>,
	) -> Result<Permit, GrantRefusal> {
		match decided {
			Err(Denial { reason: DenialReason::NoConsent, algorithm, looked_at, .. }) => {
				Ok(Permit {
					obligations: grant.obligations.clone(),
					basis: None,
					algorithm,
					is_confirmed,
					looked_at,
				})
			},
			Err(denial) => Err(GrantRefusal::Denied(denial.reason)),
			// A consent that can be seen now says it, under obligations of its own and as often as it allows.
			Ok(_) => Err(GrantRefusal::Outdated),
		}
	}
}
