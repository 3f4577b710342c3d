//! What each call of this project's pallets is declared to weigh: with the smallest arguments that it takes, and with the
//! largest. It is what a transaction is charged before it is made, whatever it is composed of.

use crate::{Runtime, RuntimeCall};
use codec::{Compact, Decode, Encode};
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
use scale_info::{
	form::PortableForm, MetaType, PortableRegistry, Registry, TypeDef, TypeDefPrimitive, Variant,
};

/// This project's pallets that have calls: by the name in the runtime, and by that of the crate.
pub const OURS: [(&str, &str); 12] = [
	("Audit", "pallet_audit"),
	("Consent", "pallet_consent"),
	("Did", "pallet_did"),
	("Origins", "pallet_governance"),
	("Groth16Verifier", "pallet_groth16_verifier"),
	("ProviderRegistry", "pallet_provider_registry"),
	("Quota", "pallet_quota"),
	("RecordAccess", "pallet_record_access"),
	("ShieldedConsent", "pallet_shielded_consent"),
	("ShieldedLicence", "pallet_shielded_licence"),
	("Study", "pallet_study"),
	("ValidatorSet", "pallet_validator_set"),
];
/// One of the SDK's, whose trait of weights is implemented here.
const GRANDPA: (&str, &str) = ("Grandpa", "pallet_grandpa");

/// The longest list that is made where a type bounds none.
const LONGEST: u32 = 1 << 16;
/// How deep values are filled before the shortest that there is is taken.
const DEEPEST: u32 = 16;

/// A call, and what it is declared to weigh.
pub struct Declared {
	/// The pallet's crate.
	pub pallet: &'static str,
	/// The pallet's name in the runtime.
	pub name: &'static str,
	/// The call's name.
	pub call: String,
	/// The least that is declared of it.
	pub least: Weight,
	/// The most.
	pub most: Weight,
}

/// Every call of the pallets [`OURS`], and of pallet-grandpa, in the order of their indices.
pub fn declared() -> Vec<Declared> {
	let mut registry = Registry::new();
	let root = registry.register_type(&MetaType::new::<RuntimeCall>()).id;
	let calls = Calls { types: registry.into(), root };
	OURS.into_iter()
		.chain([GRANDPA])
		.flat_map(|(name, pallet)| calls.declared_of(name, pallet))
		.collect()
}

/// The calls of the runtime, by type information.
struct Calls {
	types: PortableRegistry,
	root: u32,
}

/// A call without its arguments.
struct Shape<'a> {
	/// The bytes that tell it from the others.
	index: [u8; 2],
	call: &'a Variant<PortableForm>,
}

/// What was met on the way through the arguments.
#[derive(Clone, Copy, Default)]
struct Met {
	/// How many lists there are that are in no other.
	lists: usize,
	/// The most that there is to choose from.
	choices: usize,
}

impl Calls {
	fn variants(&self, id: u32) -> &[Variant<PortableForm>] {
		match self.types.resolve(id).map(|ty| &ty.type_def) {
			Some(TypeDef::Variant(enumeration)) => &enumeration.variants,
			_ => &[],
		}
	}

	/// Every call of a pallet.
	fn declared_of(&self, name: &'static str, pallet: &'static str) -> Vec<Declared> {
		let found = self.variants(self.root).iter().find(|variant| variant.name == name);
		let Some((index, field)) =
			found.and_then(|variant| Some((variant.index, variant.fields.first()?)))
		else {
			return Vec::new();
		};
		let calls = self.variants(field.ty.id).iter();
		calls
			.filter_map(|call| {
				let weights = self.weights(&Shape { index: [index, call.index], call });
				Some(Declared {
					pallet,
					name,
					call: call.name.clone(),
					least: weights.iter().copied().reduce(|one, other| one.min(other))?,
					most: weights.iter().copied().reduce(|one, other| one.max(other))?,
				})
			})
			.collect()
	}

	/// The weights of a call with every choice that there is, in whatever enumeration: with all lists empty, and with each as
	/// long as it can be.
	fn weights(&self, shape: &Shape<'_>) -> Vec<Weight> {
		let mut weights = Vec::new();
		let (mut choice, mut choices) = (0, 1);
		while choice < choices {
			let (smallest, met) = self.make(shape, choice, &[]);
			choices = choices.max(met.choices);
			let mut lengths = vec![0; met.lists];
			for list in 0..met.lists {
				self.lengthen(shape, choice, &mut lengths, list);
			}
			// What is in lists is met only now.
			let (largest, met) = self.make(shape, choice, &lengths);
			choices = choices.max(met.choices);
			let made = smallest.into_iter().chain(largest);
			weights.extend(made.map(|call| call.get_dispatch_info().call_weight));
			choice = choice.saturating_add(1);
		}
		weights
	}

	/// Makes one of the lists as long as it can be: by steps that are twice as long each, and then half as long.
	fn lengthen(&self, shape: &Shape<'_>, choice: usize, lengths: &mut [u32], list: usize) {
		let mut fits = |length: u32| {
			let before = lengths.get(list).copied().unwrap_or_default();
			if let Some(stored) = lengths.get_mut(list) {
				*stored = length;
			}
			let is_made = self.make(shape, choice, lengths).0.is_some();
			if let Some(stored) = lengths.get_mut(list).filter(|_| !is_made) {
				*stored = before;
			}
			is_made
		};
		let (mut length, mut step) = (0_u32, 1_u32);
		while step <= LONGEST && fits(length.saturating_add(step)) {
			length = length.saturating_add(step);
			step = step.saturating_mul(2);
		}
		while step > 0 {
			if length.saturating_add(step) <= LONGEST && fits(length.saturating_add(step)) {
				length = length.saturating_add(step);
			}
			step /= 2;
		}
	}

	/// The call with this choice of everything, and with lists of these lengths; those that are not told are empty. `None`: these
	/// are no values of its arguments.
	fn make(
		&self,
		shape: &Shape<'_>,
		choice: usize,
		lengths: &[u32],
	) -> (Option<RuntimeCall>, Met) {
		let mut maker = Maker {
			calls: self,
			choice,
			lengths,
			met: Met::default(),
			bytes: shape.index.to_vec(),
		};
		for field in &shape.call.fields {
			maker.value(field.ty.id, 0, false);
		}
		let mut rest = &maker.bytes[..];
		let call = RuntimeCall::decode(&mut rest).ok().filter(|_| rest.is_empty());
		(call, maker.met)
	}
}

/// Makes the bytes of arguments.
struct Maker<'a> {
	calls: &'a Calls,
	choice: usize,
	lengths: &'a [u32],
	met: Met,
	bytes: Vec<u8>,
}

impl Maker<'_> {
	fn zeros(&mut self, count: u32) {
		let length = self.bytes.len().saturating_add(count as usize);
		self.bytes.resize(length, 0);
	}

	/// A value. `is_listed`: it is in a list, so that lists in it are empty.
	fn value(&mut self, id: u32, depth: u32, is_listed: bool) {
		// Nothing of what carries other calls is declared by these pallets; a call is one that does nothing.
		if id == self.calls.root {
			let remark = Vec::new();
			RuntimeCall::from(frame_system::Call::<Runtime>::remark { remark })
				.encode_to(&mut self.bytes);
			return;
		}
		let calls = self.calls;
		let Some(ty) = calls.types.resolve(id) else { return };
		let deeper = depth.saturating_add(1);
		match &ty.type_def {
			TypeDef::Composite(composite) => {
				for field in &composite.fields {
					self.value(field.ty.id, deeper, is_listed);
				}
			},
			TypeDef::Tuple(tuple) => {
				for field in &tuple.fields {
					self.value(field.id, deeper, is_listed);
				}
			},
			TypeDef::Variant(enumeration) => {
				let variants = &enumeration.variants;
				self.met.choices = self.met.choices.max(variants.len());
				let chosen = if depth > DEEPEST {
					variants.iter().min_by_key(|variant| variant.fields.len())
				} else {
					variants.get(self.choice).or(variants.last())
				};
				let Some(chosen) = chosen else { return };
				self.bytes.push(chosen.index);
				for field in &chosen.fields {
					self.value(field.ty.id, deeper, is_listed);
				}
			},
			TypeDef::Sequence(sequence) => {
				let length = if is_listed {
					0
				} else {
					let list = self.met.lists;
					self.met.lists = list.saturating_add(1);
					self.lengths.get(list).copied().unwrap_or_default()
				};
				Compact(length).encode_to(&mut self.bytes);
				self.repeat(sequence.type_param.id, length, deeper, true);
			},
			TypeDef::Array(array) => self.repeat(array.type_param.id, array.len, deeper, is_listed),
			TypeDef::Primitive(primitive) => self.zeros(match primitive {
				TypeDefPrimitive::Bool
				| TypeDefPrimitive::Str
				| TypeDefPrimitive::U8
				| TypeDefPrimitive::I8 => 1,
				TypeDefPrimitive::U16 | TypeDefPrimitive::I16 => 2,
				TypeDefPrimitive::U32 | TypeDefPrimitive::I32 | TypeDefPrimitive::Char => 4,
				TypeDefPrimitive::U64 | TypeDefPrimitive::I64 => 8,
				TypeDefPrimitive::U128 | TypeDefPrimitive::I128 => 16,
				TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => 32,
			}),
			// The number zero, and a list of no bits.
			TypeDef::Compact(_) | TypeDef::BitSequence(_) => self.zeros(1),
		}
	}

	/// So many values.
	fn repeat(&mut self, id: u32, count: u32, depth: u32, is_listed: bool) {
		let types = &self.calls.types;
		let is_byte = types
			.resolve(id)
			.is_some_and(|ty| matches!(ty.type_def, TypeDef::Primitive(TypeDefPrimitive::U8)));
		if is_byte {
			return self.zeros(count);
		}
		for _ in 0..count {
			self.value(id, depth, is_listed);
		}
	}
}
