//! Validators that were found out: kept from making blocks at once, and left out of the sessions that are planned from then
//! on.

use crate::{Config, Disabled, Error, Event, Member, Pallet, ReinstatedIn};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{ensure, weights::Weight};
use hdx_primitives::{AccountId, AuditAction};
use pallet_session::{CurrentIndex, Pallet as Session, Validators};
use sp_runtime::{DispatchResult, Perbill};
use sp_staking::{
	offence::{
		Offence, OffenceDetails, OffenceError, OffenceSeverity, OnOffenceHandler, ReportOffence,
	},
	SessionIndex,
};

/// A validator, as reports name it: nothing is known of it besides its account.
type Offender = (AccountId, ());

/// How many sessions after this one begins the first that is not planned yet.
pub(crate) const SESSIONS_UNTIL_PLANNED: SessionIndex = 2;

/// Lets those reports through to `R` that change something: of a validator in the set that is not disabled yet, and of a
/// session that is not before the set of voters with which its reinstatement took effect.
///
/// Whoever runs a machine twice signs twice in each round, and each round would be a report that is kept for ever.
pub struct OncePerOffender<T, R>(PhantomData<(T, R)>);

impl<T, R, O> ReportOffence<AccountId, Offender, O> for OncePerOffender<T, R>
where
	T: Config,
	R: ReportOffence<AccountId, Offender, O>,
	O: Offence<Offender>,
{
	fn report_offence(reporters: Vec<AccountId>, offence: O) -> Result<(), OffenceError> {
		let session = offence.session_index();
		let offenders = offence.offenders();
		let changes_something = offenders
			.iter()
			.any(|(account, ())| Pallet::<T>::found_out(account, session).is_some());
		ensure!(changes_something, OffenceError::DuplicateReport);
		R::report_offence(reporters, offence)
	}

	fn is_known_offence(offenders: &[Offender], slot: &O::Slot) -> bool {
		// The session is not told here. No report is of a later one than this.
		let now = CurrentIndex::<T>::get();
		offenders.iter().all(|(account, ())| Pallet::<T>::found_out(account, now).is_none())
			|| R::is_known_offence(offenders, slot)
	}
}

impl<T: Config> OnOffenceHandler<AccountId, Offender, Weight> for Pallet<T> {
	/// Disables the offenders. How many there are, and what share of all, makes no difference: there is no stake to take
	/// a part of.
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, Offender>],
		_: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		for details in offenders {
			let (account, ()) = &details.offender;
			// Others of the same round are named again with each that is found out.
			if let Some(member) = Self::found_out(account, session) {
				Self::disable(member, session);
			}
		}
		// It is in the weight of the report.
		Weight::zero()
	}
}

impl<T: Config> Pallet<T> {
	/// The validator that has this account, unless it is disabled.
	fn enabled(account: &AccountId) -> Option<Member> {
		if Disabled::<T>::contains_key(account) {
			return None;
		}
		Self::member(account)
	}

	/// The validator that a report about this session would disable: not one that governance has reinstated since, as it
	/// knew what was before.
	fn found_out(account: &AccountId, session: SessionIndex) -> Option<Member> {
		let is_settled = ReinstatedIn::<T>::get(account).is_some_and(|first| session < first);
		if is_settled {
			return None;
		}
		Self::enabled(account)
	}

	fn disable(member: Member, session: SessionIndex) {
		let Member { account: validator, institution, .. } = member;
		Disabled::<T>::insert(&validator, session);
		Self::keep_from_making_blocks(validator.clone());
		Self::log(AuditAction::ValidatorDisabled, &validator, institution);
		Self::deposit_event(Event::ValidatorDisabled { validator, institution, session });
	}

	/// In this session, if it takes part and not too many are kept from it already: `DisablingStrategy` decides.
	fn keep_from_making_blocks(validator: AccountId) {
		Session::<T>::report_offence(validator, OffenceSeverity::max_severity());
	}

	/// Tells pallet-session again whom to keep from making blocks, as a session begins: it forgets that when the validators
	/// change. Forgets here who left, and takes part no more.
	pub(crate) fn disable_again() {
		let validating = Validators::<T>::get();
		let disabled: Vec<AccountId> = Disabled::<T>::iter_keys().collect();
		for account in disabled {
			if validating.contains(&account) {
				Self::keep_from_making_blocks(account);
			} else if Self::member(&account).is_none() {
				Disabled::<T>::remove(&account);
			}
		}
		let reinstated: Vec<AccountId> = ReinstatedIn::<T>::iter_keys().collect();
		for account in reinstated {
			if Self::member(&account).is_none() {
				ReinstatedIn::<T>::remove(&account);
			}
		}
	}

	/// Whether a validator was reinstated with effect from this session: what it did before is told from what it does then
	/// by the set of voters alone, so there has to be another one, although it may be of the same.
	pub(crate) fn begins_anew(session: SessionIndex) -> bool {
		ReinstatedIn::<T>::iter_values().any(|first| first == session)
	}

	pub(crate) fn do_reinstate(validator: AccountId) -> DispatchResult {
		let institution = Self::member(&validator).ok_or(Error::<T>::NotAValidator)?.institution;
		ensure!(Disabled::<T>::contains_key(&validator), Error::<T>::NotDisabled);
		Disabled::<T>::remove(&validator);
		// Whoever reports says of which session, and any will do in which the same set of voters was in force, up to now: a
		// vote of long ago can be dated today. So what was before ends with the set, and the next one is planned anew.
		let first = CurrentIndex::<T>::get().saturating_add(SESSIONS_UNTIL_PLANNED);
		ReinstatedIn::<T>::insert(&validator, first);
		if let Some(index) = Session::<T>::validator_id_to_index(&validator) {
			Session::<T>::reenable_index(index);
		}
		Self::log(AuditAction::ValidatorReinstated, &validator, institution);
		Self::deposit_event(Event::ValidatorReinstated { validator, institution });
		Ok(())
	}
}
