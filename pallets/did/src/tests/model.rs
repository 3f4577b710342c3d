//! What the calls should do, kept as simply as possible: of each DID what it was at every moment.

use crate::{mock::*, Call};
use hdx_primitives::{
	did::{KeyIndex, KeyMaterial, Relationship, Relationships, MAX_CONTROLLERS, MAX_KEYS},
	AccountId, Milliseconds,
};
use std::collections::BTreeMap;

/// One DID.
#[derive(Clone, Debug, Default)]
pub struct ModelDid {
	pub version: u32,
	pub is_deactivated: bool,
	pub controllers: Vec<AccountId>,
	pub services: BTreeMap<Vec<u8>, Vec<u8>>,
	/// Every key that ever was, with whether it goes on.
	pub keys: Vec<(KeyMaterial, Relationships, bool)>,
}

impl ModelDid {
	/// The keys that can be used for something now.
	pub fn in_force(&self, relationship: Relationship) -> Vec<u32> {
		let keys = (0u32..).zip(&self.keys);
		keys.filter(|(_, (_, relationships, goes_on))| {
			*goes_on && !self.is_deactivated && relationships.contains(relationship)
		})
		.map(|(index, _)| index)
		.collect()
	}

	fn add(&mut self, material: &KeyMaterial, relationships: Relationships) -> bool {
		let is_good = !relationships.is_empty()
			&& relationships.is_within(&material.scheme().relationships())
			&& self.keys.iter().all(|(listed, ..)| listed.as_bytes() != material.as_bytes())
			&& material.check().is_ok()
			&& (self.keys.len() as u32) < MAX_KEYS;
		if is_good {
			self.keys.push((material.clone(), relationships, true));
		}
		is_good
	}

	fn end(&mut self, index: KeyIndex) -> Option<Relationships> {
		let (_, relationships, goes_on) = self.keys.get_mut(index.0 as usize)?;
		std::mem::take(goes_on).then_some(*relationships)
	}

	/// Applies a change; tells whether it should succeed.
	fn change(&mut self, signer: &AccountId, call: &Call<Test>) -> bool {
		let (subject, expected) = target(call).unwrap();
		let is_subject = *signer == subject;
		let may_change = is_subject || self.controllers.contains(signer);
		if !may_change || self.is_deactivated || self.version != expected {
			return false;
		}
		match call {
			Call::add_key { material, relationships, .. } => self.add(material, *relationships),
			Call::end_key { key, .. } => self.end(*key).is_some(),
			Call::rotate_key { key, material, .. } => {
				self.end(*key).is_some_and(|relationships| self.add(material, relationships))
			},
			Call::add_controller { controller, .. } => {
				let is_good = is_subject
					&& *controller != subject
					&& *controller != nobody()
					&& !self.controllers.contains(controller)
					&& (self.controllers.len() as u32) < MAX_CONTROLLERS;
				if is_good {
					self.controllers.push(controller.clone());
				}
				is_good
			},
			Call::remove_controller { controller, .. } => {
				let before = self.controllers.len();
				if is_subject || signer == controller {
					self.controllers.retain(|listed| listed != controller);
				}
				self.controllers.len() < before
			},
			Call::set_service { service, .. } => {
				let new = service.endpoint.to_vec();
				let old = self.services.insert(service.id.to_vec(), new.clone());
				service.check().is_ok() && old != Some(new)
			},
			Call::remove_service { service, .. } => {
				self.services.remove(service.as_slice()).is_some()
			},
			Call::deactivate { .. } => {
				self.is_deactivated = true;
				true
			},
			_ => unreachable!("a creation is no change"),
		}
	}
}

/// Whose document a call changes, and at which version.
pub fn target(call: &Call<Test>) -> Option<(AccountId, u32)> {
	match call {
		Call::add_key { subject, expected_version, .. }
		| Call::end_key { subject, expected_version, .. }
		| Call::rotate_key { subject, expected_version, .. }
		| Call::add_controller { subject, expected_version, .. }
		| Call::remove_controller { subject, expected_version, .. }
		| Call::set_service { subject, expected_version, .. }
		| Call::remove_service { subject, expected_version, .. }
		| Call::deactivate { subject, expected_version } => Some((subject.clone(), *expected_version)),
		_ => None,
	}
}

/// All DIDs, and what was in force when.
#[derive(Default)]
pub struct Model {
	pub dids: BTreeMap<AccountId, ModelDid>,
	/// The last answers of each moment.
	pub history: BTreeMap<(Milliseconds, AccountId, Relationship), Vec<u32>>,
}

impl Model {
	/// Applies a call; tells whether it should succeed.
	pub fn apply(&mut self, signer: &AccountId, call: &Call<Test>) -> bool {
		let (subject, mut did) = match (call, target(call)) {
			(Call::create { .. }, _) => {
				let is_new = !self.dids.contains_key(signer);
				(signer.clone(), if is_new { ModelDid::default() } else { return false })
			},
			(_, Some((subject, _))) => match self.dids.get(&subject) {
				Some(did) => (subject, did.clone()),
				None => return false,
			},
			_ => unreachable!("each other call has a target"),
		};
		let succeeds = match call {
			Call::create { keys } => {
				*signer != nobody()
					&& keys.iter().all(|key| did.add(&key.material, key.relationships))
			},
			_ => did.change(signer, call),
		};
		if succeeds {
			did.version += 1;
			self.dids.insert(subject, did);
		}
		succeeds
	}

	/// Notes what is in force now.
	pub fn note(&mut self, now: Milliseconds) {
		for (subject, did) in &self.dids {
			for relationship in Relationship::ALL {
				let in_force = did.in_force(relationship);
				self.history.insert((now, subject.clone(), relationship), in_force);
			}
		}
	}
}
