//! The seats of institutions.

use crate::{Chamber, Config, Error, Event, Pallet, Seat, Seats, Voices, Voters};
use frame_support::ensure;
use hdx_primitives::{AccountId, AuditAction, AuditEvent, AuditSink, InstitutionId, Subject};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Stores a seat, and tells nobody. The genesis seats with this too.
	pub(crate) fn insert_seat(institution: InstitutionId) -> Result<AccountId, Error<T>> {
		let voter = T::Voices::voice_of(institution).ok_or(Error::<T>::InstitutionHasNoVoice)?;
		ensure!(!Self::is_seated(institution), Error::<T>::AlreadySeated);
		ensure!(!T::Patients::is_member(&voter), Error::<T>::AlreadyRepresentative);
		let seat = Seat { institution, voter: Some(voter.clone()) };
		Seats::<T>::try_append(seat).map_err(|()| Error::<T>::NoSeatLeft)?;
		T::Institutions::admit(&voter).map_err(|_| Error::<T>::NoSeatLeft)?;
		Ok(voter)
	}

	pub(crate) fn do_seat(institution: InstitutionId) -> DispatchResult {
		let voter = Self::insert_seat(institution)?;
		Self::log_seat(AuditAction::ChamberSeatGiven, Subject::Institution(institution));
		Self::deposit_event(Event::InstitutionSeated { institution, voter });
		Ok(())
	}

	pub(crate) fn do_unseat(institution: InstitutionId) -> DispatchResult {
		let seats = Seats::<T>::get();
		let seat = seats.iter().find(|seat| seat.institution == institution);
		let voter = seat.ok_or(Error::<T>::NotSeated)?.voter.clone();
		ensure!(seats.len() > 1, Error::<T>::LastSeat);
		if let Some(voter) = voter {
			Self::silence(Chamber::Institutions, &voter)?;
		}
		Seats::<T>::mutate(|seats| seats.retain(|seat| seat.institution != institution));
		Self::log_seat(AuditAction::ChamberSeatEnded, Subject::Institution(institution));
		Self::deposit_event(Event::InstitutionUnseated { institution });
		Ok(())
	}

	/// Whether the institution has a seat.
	pub fn is_seated(institution: InstitutionId) -> bool {
		Seats::<T>::get().iter().any(|seat| seat.institution == institution)
	}

	/// Who may vote for the institution now: who speaks for it, where that account represents no patients. An account that
	/// does can become an operator after it was appointed, when it replaces another one.
	fn eligible(institution: InstitutionId) -> Option<AccountId> {
		T::Voices::voice_of(institution).filter(|voice| !T::Patients::is_member(voice))
	}

	/// Brings a seat in line as [`do_sync`](Self::do_sync) does, where nobody decided that it should be: an accreditation
	/// has ended. It silences nobody unless more than half of the seats would be left with a vote that is theirs today: whose
	/// accreditation has ended too does not count, so that who comes first does not choose who is left.
	pub(crate) fn do_sync_by_clock(institution: InstitutionId) -> DispatchResult {
		let seats = Seats::<T>::get();
		let seat = seats.iter().find(|seat| seat.institution == institution);
		let seat = seat.ok_or(Error::<T>::NotSeated)?;
		let goes_quiet = seat.voter.is_some() && Self::eligible(institution).is_none();
		let others = seats
			.iter()
			.filter(|other| other.institution != institution && other.voter.is_some())
			.filter(|other| other.voter == Self::eligible(other.institution))
			.count();
		let enough_are_left = others.saturating_mul(2) > seats.len();
		ensure!(!goes_quiet || enough_are_left, Error::<T>::TooFewVoters);
		ensure!(Self::do_sync(institution), Error::<T>::SeatUnchanged);
		Ok(())
	}

	/// Has who speaks for a seated institution vote for it, and nobody else; nobody, where that account represents
	/// patients. Whether anything changed.
	pub fn do_sync(institution: InstitutionId) -> bool {
		let voice = Self::eligible(institution);
		let mut seats = Seats::<T>::get();
		let Some(seat) = seats.iter_mut().find(|seat| seat.institution == institution) else {
			return false;
		};
		if seat.voter == voice {
			return false;
		}
		if let Some(old) = &seat.voter {
			// It fails of an account that has no vote, and then there is nothing to take.
			let _ = Self::silence(Chamber::Institutions, old);
		}
		// There is room, as every seat has one voter at most.
		let voter = voice.filter(|new| T::Institutions::admit(new).is_ok());
		seat.voter = voter.clone();
		Seats::<T>::put(seats);
		Self::deposit_event(Event::VoterChanged { institution, voter });
		true
	}

	/// Takes an account's vote, and those that it has cast in referenda that have not ended.
	pub(crate) fn silence(chamber: Chamber, who: &AccountId) -> DispatchResult {
		Self::withdraw_votes(chamber, who);
		match chamber {
			Chamber::Institutions => T::Institutions::expel(who),
			Chamber::Patients => T::Patients::expel(who),
		}
	}

	pub(crate) fn log_seat(action: AuditAction, subject: Subject) {
		let institution = match &subject {
			Subject::Institution(institution) => Some(*institution),
			_ => None,
		};
		T::Audit::record(AuditEvent {
			on_behalf_of: institution,
			subject,
			..AuditEvent::new(action)
		});
	}
}
