//! For whom practitioners act: taking on, leaving, and moving to another home.

use crate::{
	credentials::Attestation, Config, CredentialIssuer, CredentialKind, Error, Event, Institutions,
	Members, Pallet, PractitionerCount, TransferOffer, Transfers,
};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	take_over_agreement, AccountId, Agreement, AuditAction, Commitment, InstitutionId, Period,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_add_affiliation(
		operator: AccountId,
		institution: InstitutionId,
		practitioner: AccountId,
	) -> DispatchResult {
		Self::try_mutate_practitioner(&practitioner, |stored| {
			ensure!(!stored.affiliations.contains(&institution), Error::<T>::AlreadyAffiliated);
			stored
				.affiliations
				.try_push(institution)
				.map_err(|_| Error::<T>::TooManyAffiliations.into())
		})?;
		Members::<T>::insert(institution, &practitioner, ());
		Self::log_by_operator(AuditAction::AffiliationAdded, operator, institution, &practitioner);
		Self::deposit_event(Event::AffiliationAdded { practitioner, institution });
		Ok(())
	}

	pub(crate) fn do_leave(
		signer: AccountId,
		practitioner: AccountId,
		institution: InstitutionId,
	) -> DispatchResult {
		if signer != practitioner {
			let operated = Self::active_institution_of(&signer)?;
			ensure!(operated == institution, Error::<T>::NotYourInstitution);
		}
		Self::try_mutate_practitioner(&practitioner, |stored| {
			ensure!(stored.enrolled_by != institution, Error::<T>::CannotLeaveHome);
			let place = stored.affiliations.iter().position(|it| *it == institution);
			stored.affiliations.remove(place.ok_or(Error::<T>::NotAffiliated)?);
			Ok(())
		})?;
		Members::<T>::remove(institution, &practitioner);
		Self::log_about_practitioner(AuditAction::AffiliationEnded, signer, &practitioner);
		Self::deposit_event(Event::AffiliationEnded { practitioner, institution });
		Ok(())
	}

	pub(crate) fn do_offer_transfer(
		operator: AccountId,
		practitioner: AccountId,
		to: InstitutionId,
	) -> DispatchResult {
		let from = Self::active_institution_of(&operator)?;
		let stored = Self::practitioner(&practitioner)?;
		ensure!(stored.enrolled_by == from, Error::<T>::NotEnrolledByYou);
		ensure!(from != to, Error::<T>::TransferToSelf);
		ensure!(Institutions::<T>::contains_key(to), Error::<T>::InstitutionUnknown);
		ensure!(!Transfers::<T>::contains_key(&practitioner), Error::<T>::TransferAlreadyOffered);
		Transfers::<T>::insert(&practitioner, TransferOffer { from, to, offered_at: Self::now() });
		Self::log_by_operator(AuditAction::TransferOffered, operator, from, &practitioner);
		Self::deposit_event(Event::TransferOffered { practitioner, from, to });
		Ok(())
	}

	pub(crate) fn do_withdraw_transfer(
		signer: AccountId,
		practitioner: AccountId,
	) -> DispatchResult {
		let offer = Transfers::<T>::get(&practitioner).ok_or(Error::<T>::NoTransferOffered)?;
		if signer != practitioner {
			let operated = Self::active_institution_of(&signer)?;
			ensure!(operated == offer.from, Error::<T>::NotEnrolledByYou);
		}
		Transfers::<T>::remove(&practitioner);
		Self::log_about_practitioner(AuditAction::TransferWithdrawn, signer, &practitioner);
		Self::deposit_event(Event::TransferWithdrawn { practitioner });
		Ok(())
	}

	/// The old home's attestations end with its responsibility; the new home gives its own.
	pub(crate) fn do_accept_transfer(
		operator: AccountId,
		practitioner: AccountId,
		kind: CredentialKind,
		commitment: Commitment,
		valid: Period,
	) -> DispatchResult {
		let to = Self::active_institution_of(&operator)?;
		let offer = Transfers::<T>::get(&practitioner).ok_or(Error::<T>::NoTransferOffered)?;
		ensure!(offer.to == to, Error::<T>::NotOfferedToYou);
		let attestation =
			Attestation { kind, issuer: CredentialIssuer::Institution(to), commitment, valid };
		Self::move_home(operator, practitioner, offer.from, to, attestation)
	}

	/// Takes over somebody whose home has closed and offers nobody any more. They have to agree. The
	/// new home gets no more than a home has: another key that it gives them is a recovery, after which
	/// no licence counts that was attested before.
	pub(crate) fn do_take_over(
		operator: AccountId,
		practitioner: AccountId,
		agreement: Agreement,
		kind: CredentialKind,
		commitment: Commitment,
		valid: Period,
	) -> DispatchResult {
		let to = Self::active_institution_of(&operator)?;
		let from = Self::practitioner(&practitioner)?.enrolled_by;
		ensure!(Self::is_closed(from), Error::<T>::HomeNotClosed);
		let until = agreement.valid_until;
		let payload = take_over_agreement(&Self::genesis_hash(), &practitioner, from, to, until);
		let disagrees = Error::<T>::PractitionerDoesNotAgree;
		Self::ensure_agreed(&practitioner, &agreement, &payload, disagrees)?;
		let attestation =
			Attestation { kind, issuer: CredentialIssuer::Institution(to), commitment, valid };
		Self::move_home(operator, practitioner, from, to, attestation)
	}

	/// Lets an institution answer for a practitioner instead of another, by an attestation of its
	/// own.
	fn move_home(
		operator: AccountId,
		practitioner: AccountId,
		from: InstitutionId,
		to: InstitutionId,
		attestation: Attestation,
	) -> DispatchResult {
		Self::ensure_no_appeal(&practitioner)?;
		let count = PractitionerCount::<T>::get(to)
			.checked_add(1)
			.ok_or(Error::<T>::TooManyPractitioners)?;
		let now = Self::now();
		Self::try_mutate_practitioner(&practitioner, |stored| {
			let (gone, kept) =
				stored.credentials.iter().copied().partition::<alloc::vec::Vec<_>, _>(
					|credential| credential.issuer == CredentialIssuer::Institution(from),
				);
			stored.credentials = frame_support::BoundedVec::truncate_from(kept);
			Self::push_credential(&practitioner, stored, attestation, now)?;
			gone.iter().for_each(Self::forget_credential);
			stored.affiliations.retain(|it| *it != from && *it != to);
			stored.affiliations.try_insert(0, to).map_err(|_| Error::<T>::TooManyAffiliations)?;
			stored.enrolled_by = to;
			Ok(())
		})?;
		Members::<T>::remove(from, &practitioner);
		Members::<T>::insert(to, &practitioner, ());
		PractitionerCount::<T>::mutate(from, |count| *count = count.saturating_sub(1));
		PractitionerCount::<T>::insert(to, count);
		Transfers::<T>::remove(&practitioner);
		Self::log_by_operator(AuditAction::PractitionerTransferred, operator, to, &practitioner);
		Self::deposit_event(Event::PractitionerTransferred { practitioner, from, to });
		Ok(())
	}
}
