//! Licences of which the chain has a hash alone, and auditors, on the real chain with the real registry.

use crate::chain::{
	as_root, assert_refused, enrol, flood, include, left, next_block, remark, with_consent, works,
	HOSPITAL_A, HOSPITAL_B, SMALL, SUDO,
};
use hdx_primitives::{Commitment, CredentialId, Period, PublicInput};
use hdx_runtime::{
	configs::{LicenceLeafInterval, OwnBucket},
	Runtime, RuntimeCall, ShieldedLicence,
};
use hdx_zk_circuits::{
	domain::Domain4,
	field::{from_bytes, to_bytes},
	merkle::{SparseTree, LEVELS},
	note::{ClinicianKey, Credential, Licence, Secret, MAY_BREAK_GLASS},
	Fr,
};
use pallet_provider_registry::{Call as Registry, CredentialKind};
use pallet_quota::Refusal;
use pallet_shielded_licence::Call;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::BoundedVec;

const BOARD: Key = Key::Eve;
const DOCTOR: Key = Key::Charlie;

/// A board that licenses, and a doctor of hospital B whose licence it attested. Gives the licence.
fn licensed() -> CredentialId {
	let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
	let account = BOARD.to_account_id();
	works(SUDO, as_root(Registry::register_issuer { account, kinds, profile: [0; 32] }));
	works(Key::Bob, enrol(DOCTOR.to_account_id()));
	let licence = pallet_provider_registry::NextCredentialId::<Runtime>::get();
	let attestation = Registry::attest_credential {
		practitioner: DOCTOR.to_account_id(),
		kind: CredentialKind::Licence,
		commitment: Commitment([20; 32]),
		valid: Period::default(),
	};
	works(BOARD, attestation);
	licence
}

fn entering(licence: CredentialId, leaf: PublicInput) -> RuntimeCall {
	Call::enter_licence { practitioner: DOCTOR.to_account_id(), licence, leaf }.into()
}

/// What the doctor is given by the board, with this salt.
fn credential(salt: u64) -> Credential {
	Credential {
		holder: ClinicianKey::of(&Secret::new(Fr::from(4u64))),
		identity: Fr::from(42u64),
		licence: Licence::new(1, 1_900_000_000_000, MAY_BREAK_GLASS).unwrap(),
		salt: Fr::from(salt),
	}
}

#[test]
fn a_board_enters_a_licence_and_the_doctor_finds_the_path_to_the_root() {
	with_consent(|| {
		let licence = licensed();
		let leaf = credential(8).leaf();
		works(BOARD, entering(licence, to_bytes(&leaf)));
		let (place, hidden) = ShieldedLicence::entered(licence).unwrap();
		assert_eq!(hidden.practitioner, DOCTOR.to_account_id());
		let mut tree = SparseTree::<LEVELS>::new(Domain4::CredentialNode);
		for (at, bytes) in (0..).zip(ShieldedLicence::leaves(0)) {
			tree.set(at, from_bytes(&bytes).unwrap()).unwrap();
		}
		let root = ShieldedLicence::root().unwrap();
		let led_to = tree.path(place).root(Domain4::CredentialNode, leaf, place);
		assert_eq!(to_bytes(&led_to), root);
		assert!(ShieldedLicence::is_root_recent(root));
	});
}

/// Each leaf stays for ever. Boards pay two units for one, and so with one licence could fill the state.
#[test]
fn a_licence_has_a_leaf_a_day_at_most() {
	with_consent(|| {
		let licence = licensed();
		let enter = |salt| entering(licence, to_bytes(&credential(salt).leaf()));
		let lately = pallet_shielded_licence::Error::<Runtime>::EnteredLately;
		works(BOARD, enter(8));
		assert_eq!(include(BOARD, enter(9)), Ok(Err(lately.into())));
		works(BOARD, Call::remove_licence { licence });
		let day = LicenceLeafInterval::get().0;
		pallet_timestamp::Now::<Runtime>::mutate(|now| *now += day - 1);
		let lately = pallet_shielded_licence::Error::<Runtime>::EnteredLately;
		assert_eq!(include(BOARD, enter(9)), Ok(Err(lately.into())));
		pallet_timestamp::Now::<Runtime>::mutate(|now| *now += 1);
		works(BOARD, enter(9));
	});
}

#[test]
fn anybody_removes_a_licence_that_its_board_revoked() {
	with_consent(|| {
		let licence = licensed();
		works(BOARD, entering(licence, to_bytes(&credential(8).leaf())));
		let before = ShieldedLicence::root().unwrap();
		next_block();
		let stands = pallet_shielded_licence::Error::<Runtime>::LicenceStands.into();
		assert_eq!(include(Key::Alice, Call::remove_licence { licence }), Ok(Err(stands)));
		let practitioner = DOCTOR.to_account_id();
		works(BOARD, Registry::revoke_credential { practitioner, credential: licence });
		assert_eq!(ShieldedLicence::lapsed(0).len(), 1);
		works(Key::Alice, Call::remove_licence { licence });
		assert_eq!(ShieldedLicence::entered(licence), None);
		// For two minutes, so that proofs in flight arrive.
		assert!(ShieldedLicence::is_root_recent(before));
		for _ in 0..61 {
			next_block();
		}
		assert!(!ShieldedLicence::is_root_recent(before));
	});
}

#[test]
fn a_board_pays_for_its_leaves_itself() {
	with_consent(|| {
		let licence = licensed();
		let (a, b) = (left(HOSPITAL_A), left(HOSPITAL_B));
		works(BOARD, entering(licence, to_bytes(&credential(8).leaf())));
		assert_refused(BOARD, remark(), Refusal::NoSponsor);
		let most = OwnBucket::get().capacity;
		flood(BOARD, Call::remove_licence { licence }.into(), most);
		let again = Call::remove_licence { licence };
		assert_refused(BOARD, again, Refusal::ProtectedExhausted);
		assert_eq!((left(HOSPITAL_A), left(HOSPITAL_B)), (a, b));
	});
}

#[test]
fn what_boards_do_about_leaves_is_protected_for_boards_alone() {
	with_consent(|| {
		let licence = licensed();
		flood(Key::Alice, remark(), SMALL.capacity);
		assert_refused(Key::Alice, entering(licence, [1; 32]), Refusal::SponsorExhausted);
		let removal = Call::remove_licence { licence };
		assert_refused(Key::Alice, removal, Refusal::SponsorExhausted);
	});
}

#[test]
fn both_chambers_appoint_the_auditor() {
	// Twice the generator of Jubjub.
	#[rustfmt::skip]
	let key = [
		0x31, 0x9d, 0x0c, 0xc6, 0x5c, 0x28, 0xc9, 0xb8,
		0xbd, 0xe7, 0x1b, 0xc8, 0x55, 0x1e, 0xb7, 0x50,
		0xc8, 0x81, 0x26, 0xa6, 0x1e, 0xca, 0xb7, 0xc4,
		0x8b, 0xb7, 0x77, 0x2d, 0x56, 0x05, 0x06, 0x81,
	];
	with_consent(|| {
		works(SUDO, as_root(Call::appoint_auditor { key }));
		assert_eq!(ShieldedLicence::auditor().map(|(_, auditor)| auditor.key), Some(key));
		works(SUDO, as_root(Call::dismiss_auditor {}));
		assert_eq!(ShieldedLicence::auditor(), None);
	});
}
