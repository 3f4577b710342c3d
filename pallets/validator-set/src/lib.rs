//! # Validator set
//!
//! Whose machines make blocks, and who decides that.
//!
//! ## Overview
//!
//! Validators are machines of institutions, one or a few of each. Governance adds and removes them; there is no stake, no
//! reward, and nobody buys a place. This pallet keeps the list, and is what pallet-session asks for the validators of each
//! session. It sees to it that there are never fewer of them than a minimum, that beyond it no institution makes blocks
//! which may not act, and that session keys do not change all the time.
//!
//! ## Terminology
//!
//! - **Validator**: an account in the set, for a machine of an institution. It need not be the operator's account, and
//!   better is none: it signs session keys and nothing else.
//! - **Session**: the blocks in which the validators stay the same. When one begins, the *next* one is planned; so what
//!   changes in a session takes effect in the session after next.
//! - **Session keys**: with what a validator takes part in consensus. They are set with `Session.set_keys`, with a proof
//!   that the machine has them.
//! - **Chosen**: planned for a session. A validator is chosen if it has session keys and its institution is active.
//! - **Period**: how many blocks a session has. The genesis of a chain sets it, within bounds; nobody changes it after.
//! - **Terms**: the *minimum* of validators, and the *cooldown* of keys ([`ValidatorTerms`]). Until governance has set
//!   any, the set is not in charge: whoever validates goes on. A chain that starts with validators starts with terms.
//!
//! ## Scenario
//!
//! Four hospitals run a validator each. A fifth joins: its engineers make an account and tell it to the others, governance
//! [adds](Pallet::add_validator) it, and the account exists from then on. The engineers have their node make session keys
//! and send `Session.set_keys`. When the session ends, the five are chosen; when the next one ends, five make blocks.
//!
//! A year later the fifth hospital is suspended. From the session after next on four make blocks, and a single write did
//! it. A second hospital is suspended: three would be left of the four that there have to be, so of the two suspended ones
//! the validator that was added first stays. Governance adds another one, and [removes](Pallet::remove_validator) theirs.
//!
//! ## Rules
//!
//! - At most [`Config::MaxValidators`], and [`Config::MaxPerInstitution`] of one institution.
//! - **No keys, not chosen.** A validator is added before it has keys, because without a reference its account cannot sign.
//! - **The minimum** counts validators with keys, of whatever institutions. A removal or a minimum that would break it is
//!   refused. Where too few are of active institutions, others are chosen as well: a chain that stops protects nobody.
//! - **A suspension counts, an accreditation does not**: accreditations expire by the clock, and say what an institution
//!   may do with records, not whether it may run a machine.
//! - **An account is a validator once.** Nothing may be left of it when it is removed, not even its count of transactions;
//!   if it came back, anybody could repeat what it signed before, old session keys among it.
//!
//! ## The cooldown of keys
//!
//! `set_keys` belongs to pallet-session and tells nobody. What can be seen is which keys a validator has when a session is
//! planned, and these alone ever reach consensus. So that is what is counted: once other keys than before were seen,
//! [`MayChangeKeys`] says no for as many sessions as the terms have it, and `set_keys` is refused with
//! `NoAssociatedValidatorId`. The first keys are no change. Until a session is planned a validator can set its keys as
//! often as it likes, such as after a slip.
//!
//! Whose keys were stolen within the cooldown is let out by governance, which sets it to zero, or removes the validator.
//!
//! Not taken: a transaction extension, which would have to know every call that dispatches another one under another
//! origin, and would change what is signed; a call of ours in the place of `set_keys`, which tools do not know.
//!
//! ## What the runtime has to see to
//!
//! - [`Pallet`] is the `SessionManager` of pallet-session, [`MayChangeKeys`] its `ValidatorIdOf`, and [`SessionBlocks`] the
//!   period of its `PeriodicSessions`, at which it looks in each block: one read, of a key that is the same in all blocks.
//! - `FullIdentificationOf` of `pallet_session::historical` is [`AccountAlone`]. Whatever reports offences asks
//!   [`OwnersOfKeys`] and reports to [`OncePerOffender`], and what that hands them to has [`Pallet`] as `OnOffenceHandler`.
//! - **`Session.purge_keys` has to be refused by the call filter.** No pallet can refuse it, and with it validators would
//!   leave by themselves, below any minimum. Keys are forgotten when the validator is removed.
//! - In the genesis, pallet-session comes before this pallet, and each validator of its genesis is in this one's.
//!
//! ## Offences
//!
//! Whoever votes twice in a round of GRANDPA is reported by the nodes that see it, with both votes. What the report proves
//! is another pallet's business; this one is its `OnOffenceHandler`, and disables the offender:
//!
//! - **At once** it makes no more blocks, unless a third of those that validate would not then
//!   (`DisablingStrategy` of pallet-session). Its votes count until the validators change: GRANDPA knows no other way.
//! - **From the session after next on it is left out**, until governance [reinstates](Pallet::reinstate_validator) it, or
//!   removes it. Where too few would be left for the minimum it is chosen all the same, after all others, and makes no
//!   blocks: of four validators, of which three are sound, three have to vote, and of three as well.
//! - **Fewer than a third** of those with keys are left out for that. Where more are found out, the first of them stay in, by
//!   the order in which they were added: else whoever makes many vote twice, or makes them seem to, chooses who is left.
//! - **Once is enough**: as long as it is disabled, more reports of it are refused ([`OncePerOffender`]), and what it did
//!   before governance reinstated it disables it no more.
//! - **What was before ends with a set of voters.** A report says itself of which session it is, and pallet-grandpa takes any in
//!   which the same set voted, up to the present one. So with the session after next after a reinstatement a new set begins,
//!   although it may be of the same validators, and nothing that was voted in earlier ones counts.
//!
//! GRANDPA's signatures name the round and the set, and no chain: set 0 has a round 1 on each. Votes that were cast with the
//! same keys on another chain, or with another database, pass for votes of this one. **Session keys are for one chain and one
//! database**; nodes refuse keystores that voted on another chain.
//!
//! Who is not in the set, as it was removed meanwhile, is not disabled: it is on its way out. Neither is anybody on a chain
//! whose set has no members yet.
//!
//! A report needs to show whose the key was that signed ([`OwnersOfKeys`]). For that the keys in force are kept
//! ([`KeysInForce`]), and of each session a root in `pallet_session::historical`, for [`Config::HistoryDepth`] sessions.
//!
//! ## What is not here
//!
//! Nobody reports who makes two blocks in one slot: Aura of this SDK has no such report, and nodes write it to their logs.
//!
//! ## Data structures
//!
//! - [`Members`]: the set, in the order in which they were added.
//! - [`Former`]: accounts that were removed, for ever.
//! - [`Terms`]: what governance set.
//! - [`SessionPeriod`]: how many blocks a session has, where it is not as shipped.
//! - [`Disabled`]: who was found out, and [`ReinstatedIn`]: from which session on one that governance reinstated is again.
//! - [`KeysInForce`]: who validates in this session with which keys.
//!
//! ## Calls
//!
//! | Call | Who may call | Events |
//! |---|---|---|
//! | [`add_validator`](Pallet::add_validator) | governance | [`ValidatorAdded`](Event::ValidatorAdded) |
//! | [`remove_validator`](Pallet::remove_validator) | governance | [`ValidatorRemoved`](Event::ValidatorRemoved) |
//! | [`set_terms`](Pallet::set_terms) | governance | [`TermsChanged`](Event::TermsChanged) |
//! | [`reinstate_validator`](Pallet::reinstate_validator) | governance | [`ValidatorReinstated`](Event::ValidatorReinstated) |
//!
//! Each of them leaves an entry in the audit log, and so do [`ValidatorDisabled`](Event::ValidatorDisabled), and session keys
//! that are others than before when a session is planned (`SessionKeysChanged`, with the account and BLAKE2-256 of the keys).
//! Validators call `Session.set_keys`. When a session begins, there may be
//! [`ValidatorsChosen`](Event::ValidatorsChosen) and [`KeysChanged`](Event::KeysChanged). Anyone can ask the view functions
//! [`validators`](Pallet::validators), [`validator`](Pallet::validator) and [`terms`](Pallet::terms).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod dispatchables;
mod errors;
mod events;
mod genesis;
mod history;
mod keys;
mod members;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod mock_weights;
mod offences;
mod planning;
mod sessions;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod views;
pub mod weights;

pub use history::{AccountAlone, OwnersOfKeys};
pub use keys::MayChangeKeys;
pub use offences::OncePerOffender;
pub use pallet::*;
pub use sessions::SessionBlocks;
pub use types::{Member, ValidatorTerms, ValidatorView};
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

// The macros' own code holds `expect`. So that the lint still guards what is written by hand, the calls hand over
// to other files at once.
#[allow(clippy::expect_used)]
#[import_section(dispatchables::call_list)]
#[import_section(errors::error_list)]
#[import_section(events::event_list)]
#[frame_support::pallet]
pub mod pallet {
	use super::{Member, ValidatorTerms, ValidatorView, WeightInfo};
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use hdx_primitives::{AccountId, AuditSink, InstitutionId, ProviderDirectory};
	use sp_staking::SessionIndex;

	/// The layout of the storage below.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime decides for the pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>, AccountId = AccountId>
		+ pallet_session::Config<ValidatorId = AccountId>
		+ pallet_session::historical::Config<FullIdentification = ()>
	{
		/// Who adds, removes and reinstates validators, and sets the terms.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Which institutions there are, and whether they are active.
		type Providers: ProviderDirectory;

		/// The log.
		type Audit: AuditSink;

		/// Most validators. No more than consensus takes.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// Most validators of one institution.
		#[pallet::constant]
		type MaxPerInstitution: Get<u32>;

		/// The terms with which a chain starts whose genesis names none. Where it has fewer validators than the minimum,
		/// as many as there are will do.
		#[pallet::constant]
		type DefaultTerms: Get<ValidatorTerms>;

		/// The longest cooldown that governance can set, in sessions. Nobody should be made to keep keys for ever.
		#[pallet::constant]
		type MaxKeyCooldown: Get<SessionIndex>;

		/// For how many sessions after one it can still be shown who had which keys in it. A report that comes later is
		/// refused. At least two.
		#[pallet::constant]
		type HistoryDepth: Get<SessionIndex>;

		/// How many blocks a session has on a chain whose genesis names no other number.
		#[pallet::constant]
		type DefaultSessionPeriod: Get<BlockNumberFor<Self>>;

		/// The fewest blocks of a session. Each may end with another authority set, which has to be final before the next.
		#[pallet::constant]
		type MinSessionPeriod: Get<BlockNumberFor<Self>>;

		/// The most blocks of a session. Until two have ended, whoever is removed goes on.
		#[pallet::constant]
		type MaxSessionPeriod: Get<BlockNumberFor<Self>>;

		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene for the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::benchmarking::BenchmarkHelper;
	}

	/// The validators, in the order in which they were added.
	#[pallet::storage]
	pub type Members<T: Config> = StorageValue<_, BoundedVec<Member, T::MaxValidators>, ValueQuery>;

	/// Accounts that were validators. None is ever removed: each cost governance a decision, and the chain some 50 bytes.
	#[pallet::storage]
	pub type Former<T: Config> = StorageMap<_, Blake2_128Concat, AccountId, (), OptionQuery>;

	/// What governance set. None: the set is not in charge, and whoever validates goes on.
	#[pallet::storage]
	pub type Terms<T: Config> = StorageValue<_, ValidatorTerms, OptionQuery>;

	/// How many blocks a session has. None: as shipped ([`Config::DefaultSessionPeriod`]). Set by the genesis alone.
	#[pallet::storage]
	pub type SessionPeriod<T: Config> = StorageValue<_, BlockNumberFor<T>, OptionQuery>;

	/// Validators that were found out, and the session in which they did it. Governance reinstates them. Whoever is removed
	/// stays here until it takes part no more: no more than there may be validators, and those that leave.
	#[pallet::storage]
	pub type Disabled<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, SessionIndex, OptionQuery>;

	/// With which session the last reinstatement of a validator by governance takes effect for reports: the second one after
	/// it, which begins with another set of voters. What it did in earlier ones disables it no more.
	#[pallet::storage]
	pub type ReinstatedIn<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId, SessionIndex, OptionQuery>;

	/// Who validates in this session, and with which keys: they may have set others meanwhile. As many as there may be
	/// validators, which pallet-session does not bound.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type KeysInForce<T: Config> =
		StorageValue<_, Vec<(AccountId, <T as pallet_session::Config>::Keys)>, ValueQuery>;

	/// Validators with which a chain starts.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Account and institution of each, in the order of the keys in the genesis of pallet-session.
		pub validators: Vec<(AccountId, u32)>,
		/// How many there are at least. Left out: as shipped, or as many as there are.
		pub minimum: Option<u32>,
		/// For how many sessions keys stay after a change. Left out: as shipped.
		pub key_cooldown: Option<SessionIndex>,
		/// How many blocks a session has. Left out: as shipped.
		pub session_period: Option<BlockNumberFor<T>>,
		/// Says for which runtime.
		#[serde(skip)]
		pub config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let built = Pallet::<T>::set_session_period(self.session_period).and_then(|()| {
				Pallet::<T>::build_genesis(&self.validators, self.minimum, self.key_cooldown)
			});
			// A chain must not start with validators that the next session would not know.
			assert!(
				built.is_ok(),
				"the genesis needs each validator of the session once, not too many of one institution, as many with session keys as the minimum, and sessions of a length that may be: {:?}",
				built.err()
			);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::MaxPerInstitution::get() > 0,
				"an institution must have room for a validator"
			);
			let terms = T::DefaultTerms::get();
			assert!(terms.minimum > 0, "without a validator there are no blocks");
			assert!(
				terms.minimum <= T::MaxValidators::get(),
				"there must be room for as many validators as there have to be"
			);
			assert!(
				terms.key_cooldown <= T::MaxKeyCooldown::get(),
				"the cooldown as shipped must be one that can be set"
			);
			assert!(
				T::HistoryDepth::get() >= 2,
				"who signed in the last block of a session must be reported in the next one"
			);
			assert!(
				!sp_runtime::traits::Zero::is_zero(&T::MinSessionPeriod::get()),
				"a session must have a block"
			);
			assert!(
				Pallet::<T>::is_session_period(T::DefaultSessionPeriod::get()),
				"the length of sessions as shipped must be one that may be"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// All validators, in the order in which they were added.
		pub fn validators() -> Vec<ValidatorView> {
			Self::view_of_all()
		}

		/// A validator. `None`: the account is none.
		pub fn validator(account: AccountId) -> Option<ValidatorView> {
			let member = Self::member(&account)?;
			Some(Self::view_of(member, &pallet_session::Validators::<T>::get()))
		}

		/// The terms in force. `None`: governance has set none, and whoever validates goes on.
		pub fn terms() -> Option<ValidatorTerms> {
			Terms::<T>::get()
		}
	}
}
