//! A runtime of this pallet. The collectives, the referenda, the registry and the log are tables.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_governance;
use crate::{weights::WeightInfo, Chamber, Origin, Pallet, PollIndex, Texts, Voices, Voters};
use frame_support::{
	derive_impl, pallet_prelude::ValueQuery, storage_alias, traits::ConstU32, weights::Weight,
};
use hdx_primitives::{AccountId, AuditEvent, AuditSink, EntryIndex, InstitutionId};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult};
use std::collections::BTreeMap;

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Origins: pallet_governance,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
}

/// How many seats a chamber has.
pub const SEATS: u32 = 4;
/// How many proposals a member may have open.
pub const OPEN: u32 = 2;
/// How many texts a member may store.
pub const NOTES: u32 = 2;
/// How long they may be.
pub const NOTE_LENGTH: u32 = 100;

impl pallet_governance::Config for Test {
	type MembershipOrigin = crate::Membership;
	type RepresentationOrigin = crate::Representation;
	type Institutions = Institutions;
	type Patients = Patients;
	type Voices = Tables;
	type Texts = Tables;
	type Audit = Tables;
	type MaxSeats = ConstU32<SEATS>;
	type MaxOpenPerMember = ConstU32<OPEN>;
	type MaxOpen = ConstU32<14>;
	type MaxNotes = ConstU32<NOTES>;
	type MaxNoteLength = ConstU32<NOTE_LENGTH>;
	type WeightInfo = Free;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

/// Weights that no test is about.
pub struct Free;

impl WeightInfo for Free {
	fn seat_institution() -> Weight {
		Weight::zero()
	}
	fn unseat_institution() -> Weight {
		Weight::zero()
	}
	fn appoint_representative() -> Weight {
		Weight::zero()
	}
	fn dismiss_representative() -> Weight {
		Weight::zero()
	}
	fn sync_seat() -> Weight {
		Weight::zero()
	}
	fn note_proposal() -> Weight {
		Weight::zero()
	}
}

/// Members, of both chambers, in storage so that `assert_noop!` sees writes to it.
#[storage_alias]
type MembersOf = StorageValue<Mock, Vec<(Chamber, AccountId)>, ValueQuery>;

/// How many referenda there were, of both chambers.
#[storage_alias]
type Submitted = StorageValue<Mock, Vec<Chamber>, ValueQuery>;

/// Those that have ended.
#[storage_alias]
type Ended = StorageValue<Mock, Vec<(Chamber, PollIndex)>, ValueQuery>;

/// The votes.
#[storage_alias]
type Votes = StorageValue<Mock, Vec<(Chamber, PollIndex, AccountId)>, ValueQuery>;

/// How many texts each account has stored. None: as many as are counted.
#[storage_alias]
pub type Stored = StorageValue<Mock, BTreeMap<AccountId, u32>>;

/// The log.
#[storage_alias]
type Log = StorageValue<Mock, Vec<AuditEvent>, ValueQuery>;

/// Who speaks for each institution.
#[storage_alias]
type Speaking = StorageValue<Mock, Vec<(InstitutionId, AccountId)>, ValueQuery>;

macro_rules! voters {
	($name:ident, $chamber:expr) => {
		/// A chamber.
		pub struct $name;

		impl Voters for $name {
			fn is_member(who: &AccountId) -> bool {
				MembersOf::get().contains(&($chamber, who.clone()))
			}

			fn count() -> u32 {
				MembersOf::get().iter().filter(|member| member.0 == $chamber).count() as u32
			}

			fn admit(who: &AccountId) -> DispatchResult {
				if Self::is_member(who) {
					return Err(DispatchError::Other("member"));
				}
				MembersOf::append(($chamber, who.clone()));
				Ok(())
			}

			fn expel(who: &AccountId) -> DispatchResult {
				if !Self::is_member(who) {
					return Err(DispatchError::Other("no member"));
				}
				MembersOf::mutate(|all| all.retain(|member| *member != ($chamber, who.clone())));
				Ok(())
			}

			fn next_poll() -> PollIndex {
				Submitted::get().iter().filter(|chamber| **chamber == $chamber).count() as u32
			}

			fn is_ongoing(poll: PollIndex) -> bool {
				poll < Self::next_poll() && !Ended::get().contains(&($chamber, poll))
			}

			fn withdraw_vote(poll: PollIndex, who: &AccountId) {
				let vote = ($chamber, poll, who.clone());
				Votes::mutate(|votes| votes.retain(|cast| *cast != vote));
			}
		}
	};
}

voters!(Institutions, Chamber::Institutions);
voters!(Patients, Chamber::Patients);

/// The registry and the log.
pub struct Tables;

impl AuditSink for Tables {
	fn record(event: AuditEvent) -> EntryIndex {
		Log::mutate(|log| {
			log.push(event);
			EntryIndex(log.len() as u64 - 1)
		})
	}
}

impl Texts for Tables {
	/// As many as are counted, unless a test stored others.
	fn stored() -> BTreeMap<AccountId, u32> {
		Stored::get().unwrap_or_else(|| crate::Notes::<Test>::iter().collect())
	}
}

impl Voices for Tables {
	fn voice_of(institution: InstitutionId) -> Option<AccountId> {
		let mut all = Speaking::get().into_iter();
		all.find(|(speaking, _)| *speaking == institution).map(|(_, account)| account)
	}

	fn is_operator(who: &AccountId) -> bool {
		Speaking::get().iter().any(|(_, account)| account == who)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Tables {
	fn institution(number: u32) -> InstitutionId {
		let number = 100 + number as u8;
		speaks(number, Some(number));
		institution(number)
	}

	fn suspend(institution: InstitutionId) {
		speaks(institution.0 as u8, None);
	}

	fn voted(chamber: Chamber, member: &AccountId) -> PollIndex {
		let poll = match chamber {
			Chamber::Institutions => Institutions::next_poll(),
			Chamber::Patients => Patients::next_poll(),
		};
		Submitted::append(chamber);
		Votes::append((chamber, poll, member.clone()));
		poll
	}
}

pub fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

/// The institution of a number. Its operator has the account of the same number.
pub fn institution(number: u8) -> InstitutionId {
	InstitutionId(number.into())
}

/// Has another account speak for the institution, or nobody.
pub fn speaks(number: u8, operator: Option<u8>) {
	Speaking::mutate(|all| {
		all.retain(|(institution, _)| institution.0 != u32::from(number));
		all.extend(operator.map(|operator| (institution(number), account(operator))));
	});
}

/// Everything in the log.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

/// A member proposes, as the referenda have it.
pub fn propose(
	chamber: Chamber,
	who: u8,
	is_emergency: bool,
) -> Result<PollIndex, crate::Error<Test>> {
	Pallet::<Test>::note_proposal(chamber, &account(who), is_emergency)?;
	let poll = match chamber {
		Chamber::Institutions => Institutions::next_poll(),
		Chamber::Patients => Patients::next_poll(),
	};
	Submitted::append(chamber);
	Ok(poll)
}

/// A referendum ends.
pub fn end(chamber: Chamber, poll: PollIndex) {
	Ended::append((chamber, poll));
}

/// A member votes.
pub fn vote(chamber: Chamber, poll: PollIndex, who: u8) {
	Votes::append((chamber, poll, account(who)));
}

/// Who has voted in referenda, whether they have ended or not.
pub fn votes() -> Vec<(Chamber, PollIndex, AccountId)> {
	Votes::get()
}

pub fn by(origin: Origin) -> RuntimeOrigin {
	RuntimeOrigin::from(origin)
}

/// Institutions 1 to 5 are registered, of which 1 and 2 have a seat; 11 and 12 represent patients.
pub fn new_test_ext() -> TestExternalities {
	let mut ext: TestExternalities =
		frame_system::GenesisConfig::<Test>::default().build_storage().unwrap().into();
	ext.execute_with(|| {
		System::set_block_number(1);
		(1..=5).for_each(|number| speaks(number, Some(number)));
		Pallet::<Test>::build_genesis(&[1, 2], &[account(11), account(12)], None).unwrap();
	});
	ext
}

/// Runs a test on that chain and checks the invariants after it.
pub fn on_chain(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}
