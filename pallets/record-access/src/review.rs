//! Reviews of break-glasses: what is pending, what is overdue, and who closes them.
//!
//! The pending reviews of an institution are kept in the order of their deadlines, so that as many
//! of them are looked at as may be overdue, and one more, however many there are.

use crate::{
	Config, EmergencyOverride, EmergencyOverrides, EmergencyTermsInForce, Error, Event, Grant,
	GrantStatus, Grants, OverrideCountOf, OverridesOf, Pallet, PendingReviews, ProvenOverrides,
	Review, ReviewCountsOf, ReviewKey,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditAction, AuditEvent, AuditSink, Commitment, EmergencyProofs,
	GrantId, InstitutionId, Milliseconds, ProviderDirectory, ReviewOutcome, Role, Subject,
};

impl<T: Config> Pallet<T> {
	/// Notes a break-glass whose review is pending.
	pub(crate) fn open_review(id: GrantId, grant: &Grant, emergency: EmergencyOverride) {
		let institution = grant.request.on_behalf_of;
		let nth = OverrideCountOf::<T>::get(&grant.patient);
		OverridesOf::<T>::insert(&grant.patient, nth, id);
		OverrideCountOf::<T>::insert(&grant.patient, nth.saturating_add(1));
		PendingReviews::<T>::insert(institution, ReviewKey::new(emergency.deadline, id), ());
		ReviewCountsOf::<T>::mutate(institution, |counts| {
			counts.pending = counts.pending.saturating_add(1);
		});
		EmergencyOverrides::<T>::insert(id, emergency);
	}

	/// Closes a review, and with it what is left of the grant: nothing is seen after the review that
	/// it did not look at.
	pub(crate) fn close_review(
		reviewer: AccountId,
		id: GrantId,
		outcome: ReviewOutcome,
		finding: Commitment,
	) -> DispatchResult {
		let grant = Grants::<T>::get(id).ok_or(Error::<T>::GrantUnknown)?;
		let mut emergency = EmergencyOverrides::<T>::get(id).ok_or(Error::<T>::NotABreakGlass)?;
		let at = Self::now();
		Self::ensure_may_review(&reviewer, id, &grant, at)?;
		ensure!(emergency.review.is_none(), Error::<T>::ReviewClosed);

		let institution = grant.request.on_behalf_of;
		let is_late = emergency.deadline <= at;
		PendingReviews::<T>::remove(institution, ReviewKey::new(emergency.deadline, id));
		ReviewCountsOf::<T>::mutate(institution, |counts| {
			counts.pending = counts.pending.saturating_sub(1);
			counts.closed = counts.closed.saturating_add(1);
			counts.late = counts.late.saturating_add(u32::from(is_late));
		});
		let entry = T::Audit::record(AuditEvent {
			actor: Some(reviewer.clone()),
			on_behalf_of: Some(institution),
			patient: Some(grant.patient.clone()),
			purpose: Some(grant.request.purpose),
			subject: Subject::BreakGlassReview { grant: id, outcome, finding, is_late },
			context: Some(grant.request.context),
			..AuditEvent::new(AuditAction::EmergencyOverrideReviewed)
		});
		Self::deposit_event(Event::BreakGlassReviewed {
			grant: id,
			patient: grant.patient.clone(),
			institution,
			reviewer: reviewer.clone(),
			outcome,
			finding,
			is_late,
			entry,
		});
		if grant.status == GrantStatus::Active && at < grant.expires_at {
			Grants::<T>::insert(id, Grant { status: GrantStatus::Revoked, ..grant });
			Self::deposit_event(Event::GrantRevoked { grant: id, by: reviewer.clone(), entry });
		}
		emergency.review = Some(Review { reviewer, at, outcome, finding, is_late });
		EmergencyOverrides::<T>::insert(id, emergency);
		Ok(())
	}

	/// The operator of the institution for which the glass was broken, or one of its privacy
	/// officers (practitioners in the role [`Role::Auditor`]); never whoever broke it, under whatever
	/// account.
	///
	/// Where it was broken by proof, nobody here knows who did. But whoever did has, or had, a licence in the tree: so a
	/// privacy officer reviews who never had one. The operator signed that it was right, and does not.
	fn ensure_may_review(
		reviewer: &AccountId,
		id: GrantId,
		grant: &Grant,
		at: Milliseconds,
	) -> Result<(), Error<T>> {
		ensure!(
			!T::Providers::are_same_practitioner(reviewer, &grant.grantee),
			Error::<T>::OwnReview
		);
		let institution = grant.request.on_behalf_of;
		let is_operator = T::Providers::operated_by(reviewer) == Some(institution);
		let is_officer = || {
			let level = AssuranceLevel::Enrolled;
			T::Providers::standing(reviewer, institution, Role::Auditor, level, at).is_ok()
		};
		if ProvenOverrides::<T>::contains_key(id) {
			ensure!(!is_operator && is_officer(), Error::<T>::MayNotReview);
			let may_be_theirs = T::Emergencies::ever_had_licence(reviewer);
			ensure!(!may_be_theirs, Error::<T>::ReviewerHadLicence);
		} else {
			ensure!(is_operator || is_officer(), Error::<T>::MayNotReview);
		}
		Ok(())
	}

	/// Whether more reviews of the institution are overdue at `at` than may be.
	pub(crate) fn is_blocked(institution: InstitutionId, at: Milliseconds) -> bool {
		let most = EmergencyTermsInForce::<T>::get().max_overdue;
		Self::count_overdue(institution, at) > most
	}

	/// How many reviews of the institution are overdue at `at`, counted to one more than may be.
	pub(crate) fn count_overdue(institution: InstitutionId, at: Milliseconds) -> u32 {
		let most = EmergencyTermsInForce::<T>::get().max_overdue;
		let overdue = PendingReviews::<T>::iter_key_prefix(institution)
			.take(usize::try_from(most.saturating_add(1)).unwrap_or(usize::MAX))
			.take_while(|review| review.deadline() <= at)
			.count();
		u32::try_from(overdue).unwrap_or(u32::MAX)
	}
}
