//! What referenda can be about, which majority each needs, and how long its steps take.
//!
//! A threshold is of all votes that there are, whether they are cast or not, and it holds from the first block on: whoever
//! does not vote does not help. Periods are blocks of a chain for human beings, and so the metadata has them; what a chain
//! for trying makes shorter, it does where a period is looked up ([`TracksInfo::info`], [`Paced`]).

use crate::{Balance, BlockNumber, OriginCaller, Origins, HOURS};
use alloc::borrow::Cow;
use core::marker::PhantomData;
use frame_support::traits::Get;
use pallet_governance::Origin;
use pallet_referenda::{Curve, TrackInfo, TracksInfo};
use sp_runtime::{str_array, Perbill};

/// Blocks of a day.
pub const DAYS: BlockNumber = 24 * HOURS;
/// Most referenda of a chamber that have not ended: two and an emergency of each seat, and room for those of former ones.
/// So no queue is ever full.
pub const MOST_OPEN: u32 = 256;
/// Blocks of a minute.
const MINUTES: BlockNumber = HOURS / 60;

/// More than a half.
const MAJORITY: Perbill = Perbill::from_parts(500_000_001);
/// Two thirds, as a share is rounded: down.
const TWO_THIRDS: Perbill = Perbill::from_parts(666_666_666);
/// Three quarters.
const THREE_QUARTERS: Perbill = Perbill::from_percent(75);

/// A track with its number.
type Track = pallet_referenda::Track<u16, Balance, BlockNumber>;
/// What is decided by whom in which time.
type Info = TrackInfo<Balance, BlockNumber>;

/// The same share at any time.
const fn always(share: Perbill) -> Curve {
	Curve::SteppedDecreasing {
		begin: share,
		end: share,
		step: Perbill::one(),
		period: Perbill::one(),
	}
}

/// How long the steps of a track take: until it is decided about, at most until it is decided, for how long it has to hold,
/// and until it is carried out.
struct Periods {
	prepare: BlockNumber,
	decide: BlockNumber,
	confirm: BlockNumber,
	enact: BlockNumber,
}

const ORDINARY: Periods = Periods { prepare: DAYS, decide: 14 * DAYS, confirm: DAYS, enact: DAYS };
const GRAVE: Periods =
	Periods { prepare: DAYS, decide: 28 * DAYS, confirm: 2 * DAYS, enact: 2 * DAYS };
const AT_ONCE: Periods =
	Periods { prepare: 0, decide: 24 * HOURS, confirm: 10 * MINUTES, enact: 0 };

const fn track(id: u16, name: &str, share: Perbill, periods: Periods) -> Track {
	Track {
		id,
		info: TrackInfo {
			name: str_array(name),
			// All of them: where places are few, those who propose what nobody wants keep them, and all else waits.
			max_deciding: MOST_OPEN,
			// There are no coins.
			decision_deposit: 0,
			prepare_period: periods.prepare,
			decision_period: periods.decide,
			confirm_period: periods.confirm,
			min_enactment_period: periods.enact,
			min_approval: always(share),
			min_support: always(share),
		},
	}
}

/// What institutions decide.
static OF_INSTITUTIONS: [Track; 6] = [
	track(0, "membership", MAJORITY, ORDINARY),
	track(1, "parameters", MAJORITY, ORDINARY),
	track(2, "validators", TWO_THIRDS, ORDINARY),
	track(3, "circuits", TWO_THIRDS, ORDINARY),
	track(4, "both chambers", TWO_THIRDS, GRAVE),
	track(5, "emergency", THREE_QUARTERS, AT_ONCE),
];

/// What those who represent patients decide.
static OF_PATIENTS: [Track; 2] = [
	track(0, "patients' rights", MAJORITY, ORDINARY),
	track(1, "representation", MAJORITY, ORDINARY),
];

/// A period as long as it is on this chain.
pub struct Paced<P>(PhantomData<P>);

impl<P: Get<BlockNumber>> Get<BlockNumber> for Paced<P> {
	fn get() -> BlockNumber {
		Origins::paced(P::get())
	}
}

/// Blocks in which there is time to vote however short periods are: half a minute.
const LEAST_DECISION: BlockNumber = 15;

fn paced(written: &Info) -> Info {
	let mut info = written.clone();
	for period in [
		&mut info.prepare_period,
		&mut info.decision_period,
		&mut info.confirm_period,
		&mut info.min_enactment_period,
	] {
		*period = Origins::paced(*period);
	}
	info.decision_period = info.decision_period.max(LEAST_DECISION);
	info
}

/// Whether tracks are in the order of their numbers, each once, and each with time to be decided in.
fn check(tracks: &[Track]) -> Result<(), &'static str> {
	let ordered = tracks.iter().zip(tracks.iter().skip(1)).all(|(one, next)| one.id < next.id);
	if !ordered {
		return Err("tracks are not in the order of their numbers");
	}
	let have_time =
		tracks.iter().all(|track| track.info.decision_period > 0 && track.info.confirm_period > 0);
	if !have_time {
		return Err("a track leaves no time to decide");
	}
	Ok(())
}

/// The tracks of institutions.
pub struct InstitutionTracks;

impl TracksInfo<Balance, BlockNumber> for InstitutionTracks {
	type Id = u16;
	type RuntimeOrigin = OriginCaller;

	/// As they are written down: metadata is also made where there is no chain.
	fn tracks() -> impl Iterator<Item = Cow<'static, Track>> {
		OF_INSTITUTIONS.iter().map(Cow::Borrowed)
	}

	/// With the periods of this chain.
	fn info(id: u16) -> Option<Cow<'static, Info>> {
		OF_INSTITUTIONS
			.iter()
			.find(|track| track.id == id)
			.map(|track| Cow::Owned(paced(&track.info)))
	}

	fn track_for(origin: &OriginCaller) -> Result<u16, ()> {
		match origin {
			OriginCaller::Origins(Origin::Membership) => Ok(0),
			OriginCaller::Origins(Origin::Parameters) => Ok(1),
			OriginCaller::Origins(Origin::Validators) => Ok(2),
			OriginCaller::Origins(Origin::Circuits) => Ok(3),
			OriginCaller::Origins(Origin::WhitelistedCaller) => Ok(4),
			OriginCaller::Origins(Origin::Emergency) => Ok(5),
			// None for Root, or the second chamber would be decoration, nor for any account.
			_ => Err(()),
		}
	}

	/// Looks at the periods as they are written down.
	fn check_integrity() -> Result<(), &'static str> {
		check(&OF_INSTITUTIONS)
	}
}

/// The tracks of those who represent patients.
pub struct PatientTracks;

impl TracksInfo<Balance, BlockNumber> for PatientTracks {
	type Id = u16;
	type RuntimeOrigin = OriginCaller;

	fn tracks() -> impl Iterator<Item = Cow<'static, Track>> {
		OF_PATIENTS.iter().map(Cow::Borrowed)
	}

	/// With the periods of this chain.
	fn info(id: u16) -> Option<Cow<'static, Info>> {
		OF_PATIENTS.iter().find(|track| track.id == id).map(|track| Cow::Owned(paced(&track.info)))
	}

	fn track_for(origin: &OriginCaller) -> Result<u16, ()> {
		match origin {
			OriginCaller::Origins(Origin::PatientsRights) => Ok(0),
			OriginCaller::Origins(Origin::Representation) => Ok(1),
			_ => Err(()),
		}
	}

	/// As of the other chamber.
	fn check_integrity() -> Result<(), &'static str> {
		check(&OF_PATIENTS)
	}
}
