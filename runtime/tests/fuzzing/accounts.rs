//! Whose accounts there are, and who is what when it begins.

use hdx_primitives::{AccountId, InstitutionId};
use sp_keyring::Sr25519Keyring as Key;

/// Operated by Alice, by Bob, and by the account of [`OPERATOR_C`].
pub const INSTITUTIONS: [InstitutionId; 3] = [InstitutionId(0), InstitutionId(1), InstitutionId(2)];
/// Who operates the third institution.
pub const OPERATOR_C: Key = Key::One;
/// Physicians of the second institution.
pub const DOCTORS: [Key; 2] = [Key::Charlie, Key::Eve];
/// The other device of a doctor, which signs as the second key.
pub const DEVICE: Key = Key::Ferdie;
/// A privacy officer of the second institution, who reviews emergencies.
pub const OFFICER: Key = Key::AliceStash;
/// Patients of the first and of the second institution.
pub const PATIENTS: [Key; 3] = [Key::Dave, Key::BobStash, Key::CharlieStash];

/// How many accounts without a known key there are.
const NAMELESS: u8 = 24;

/// An account of which nobody has the key. It calls without transactions.
pub fn nameless(number: u8) -> AccountId {
	AccountId::new([200 + number % NAMELESS; 32])
}

/// A board that is trusted to attest licences.
pub fn issuer() -> AccountId {
	nameless(0)
}

/// An oracle that no institution runs.
pub fn oracle() -> AccountId {
	nameless(1)
}

/// The development keys.
const KEYS: [Key; 14] = [
	Key::Alice,
	Key::Bob,
	Key::Charlie,
	Key::Dave,
	Key::Eve,
	Key::Ferdie,
	Key::AliceStash,
	Key::BobStash,
	Key::CharlieStash,
	Key::DaveStash,
	Key::EveStash,
	Key::FerdieStash,
	Key::One,
	Key::Two,
];

/// All accounts: those of the development keys, and as many that are nobody at first.
pub fn all() -> Vec<AccountId> {
	let keys = KEYS.iter().map(|key| key.to_account_id());
	keys.chain((0..NAMELESS).map(nameless)).collect()
}
