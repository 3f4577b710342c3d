//! How accounts, keys and kinds are written.

use crate::hex32;
use hdx_primitives::{AccountId, Action, AssuranceLevel, Role};

/// Kinds of institution: as they are typed, and as the registry calls them.
const KINDS: [(&str, &str); 8] = [
	("hospital", "Hospital"),
	("clinic", "Clinic"),
	("laboratory", "Laboratory"),
	("pharmacy", "Pharmacy"),
	("insurer", "Insurer"),
	("research", "Research"),
	("ethics-board", "EthicsBoard"),
	("authority", "Authority"),
];

/// Roles, as they are typed.
const ROLES: [(&str, Role); 8] = [
	("physician", Role::Physician),
	("nurse", Role::Nurse),
	("pharmacist", Role::Pharmacist),
	("laboratory", Role::Laboratory),
	("emergency", Role::Emergency),
	("billing", Role::Billing),
	("researcher", Role::Researcher),
	("auditor", Role::Auditor),
];

/// Actions, as they are typed.
const ACTIONS: [(&str, Action); 4] = [
	("read", Action::Read),
	("write", Action::Write),
	("append", Action::Append),
	("disclose", Action::Disclose),
];

/// Levels, as they are typed.
const LEVELS: [(&str, AssuranceLevel); 3] = [
	("enrolled", AssuranceLevel::Enrolled),
	("attested", AssuranceLevel::Attested),
	("verified", AssuranceLevel::Verified),
];

/// One of a list by its name; or all names, where there is no such one.
fn one_of<T: Copy>(list: &[(&str, T)], typed: &str) -> Result<T, String> {
	let found = list.iter().find(|(name, _)| *name == typed).map(|(_, one)| *one);
	found.ok_or_else(|| list.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "))
}

/// A role, or the names of all.
pub(super) fn role(typed: &str) -> Result<Role, String> {
	one_of(&ROLES, typed)
}

/// What a role does, or the names of all actions.
pub(super) fn action(typed: &str) -> Result<Action, String> {
	one_of(&ACTIONS, typed)
}

/// A level, or the names of all.
pub(super) fn level(typed: &str) -> Result<AssuranceLevel, String> {
	one_of(&LEVELS, typed)
}

/// What the registry calls a kind. `None`: there is no such kind.
pub(super) fn kind(typed: &str) -> Option<&'static str> {
	KINDS.iter().find(|(name, _)| *name == typed).map(|(_, kind)| *kind)
}

/// All kinds, as they are typed.
pub(super) fn kinds() -> String {
	KINDS.map(|(name, _)| name).join(", ")
}

/// Reads thirty-two bytes of an account or of a public key: SS58, or `0x` and 64 hexadecimal digits.
pub(super) fn public(text: &str) -> Option<[u8; 32]> {
	if text.starts_with("0x") {
		return hex32::read(text);
	}
	// Sixty-four digits alone could be any hash.
	if text.len() == 64 {
		return None;
	}
	let account: AccountId = text.parse().ok()?;
	let bytes: &[u8; 32] = account.as_ref();
	Some(*bytes)
}

/// Reads a proof of possession: `0x` and 128 hexadecimal digits.
pub(super) fn proof(text: &str) -> Option<[u8; 64]> {
	let mut bytes = [0u8; 64];
	hex::decode_to_slice(text.strip_prefix("0x")?, &mut bytes).ok()?;
	Some(bytes)
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_sdk::chain::InstitutionKind;

	/// The chain reads the names that its own type has.
	#[test]
	fn kinds_are_those_of_the_registry() {
		let all = [
			InstitutionKind::Hospital,
			InstitutionKind::Clinic,
			InstitutionKind::Laboratory,
			InstitutionKind::Pharmacy,
			InstitutionKind::Insurer,
			InstitutionKind::Research,
			InstitutionKind::EthicsBoard,
			InstitutionKind::Authority,
		];
		for (one, (typed, named)) in all.iter().zip(KINDS) {
			assert_eq!(format!("{one:?}"), named);
			assert_eq!(kind(typed), Some(named));
		}
		assert_eq!(all.len(), KINDS.len());
		assert_eq!(kind("Hospital"), None);
	}

	#[test]
	fn roles_actions_and_levels_are_all_those_of_the_chain_by_their_own_names() {
		for (one, (typed, named)) in Role::ALL.iter().zip(ROLES) {
			assert_eq!(*one, named);
			assert_eq!(format!("{named:?}").to_lowercase(), typed);
			assert_eq!(role(typed), Ok(named));
		}
		assert_eq!(Role::ALL.len(), ROLES.len());
		for (typed, named) in ACTIONS {
			assert_eq!(format!("{named:?}").to_lowercase(), typed);
			assert_eq!(action(typed), Ok(named));
		}
		for (typed, named) in LEVELS {
			assert_eq!(format!("{named:?}").to_lowercase(), typed);
			assert_eq!(level(typed), Ok(named));
		}
		assert_eq!(action("erase"), Err("read, write, append, disclose".to_owned()));
		assert!(role("Nurse").is_err() && level("shipped").is_err());
	}

	#[test]
	fn a_public_key_has_two_spellings() {
		let digits = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
		let address = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		assert!(public(address).is_some());
		assert_eq!(public(address), public(&format!("0x{digits}")));
		let mistyped = address.replace('Q', "P");
		for other in ["", "//Alice", digits, &digits[1..], &mistyped, "0x12"] {
			assert_eq!(public(other), None, "{other}");
		}
	}

	#[test]
	fn a_proof_has_128_digits() {
		let digits = "0a".repeat(64);
		assert_eq!(proof(&format!("0x{digits}")), Some([10; 64]));
		for other in [digits.clone(), format!("0x{digits}0a"), "0x".to_owned(), String::new()] {
			assert_eq!(proof(&other), None, "{other}");
		}
	}
}
