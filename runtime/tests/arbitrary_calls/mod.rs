//! Calls with arbitrary arguments, made from the runtime's type information.

use codec::{Compact, Decode, Encode};
use hdx_primitives::AccountId;
use hdx_runtime::RuntimeCall;
use scale_info::{
	form::PortableForm, MetaType, PortableRegistry, Registry, TypeDef, TypeDefPrimitive, Variant,
};

/// How deep arguments are filled before the shortest value that there is is taken.
const DEEPEST: u32 = 6;

/// How often arguments are made up before giving up on a call.
const ATTEMPTS: u64 = 400;

/// The encoding of a value of the type with this name, where one is known that means something; the other argument picks a
/// number below a number.
pub type Known = fn(&str, &mut dyn FnMut(u64) -> u64) -> Option<Vec<u8>>;

/// The calls of the runtime, by type information.
pub struct Calls {
	types: PortableRegistry,
	root: u32,
	accounts: Vec<AccountId>,
	known: Known,
}

/// A call without its arguments.
pub struct Shape {
	/// The bytes that tell it from the others.
	pub index: [u8; 2],
	call: Variant<PortableForm>,
}

impl Calls {
	/// Those of this runtime; accounts among the arguments are often these.
	pub fn of_runtime(accounts: Vec<AccountId>) -> Self {
		let mut registry = Registry::new();
		let root = registry.register_type(&MetaType::new::<RuntimeCall>()).id;
		Self { types: registry.into(), root, accounts, known: |_, _| None }
	}

	/// The same, with values that mean something for some of the types.
	pub fn knowing(self, known: Known) -> Self {
		Self { known, ..self }
	}

	/// All calls that can be made.
	pub fn shapes(&self) -> Vec<Shape> {
		self.listed().into_iter().map(|(_, index, call)| Shape { index, call }).collect()
	}

	/// A call of this shape. `None`: these arguments are no values of their types.
	pub fn make(&self, shape: &Shape, seed: u64) -> Option<RuntimeCall> {
		let mut maker = Maker { calls: self, state: seed, bytes: shape.index.to_vec() };
		for field in &shape.call.fields {
			maker.value(field.ty.id, 0);
		}
		let bytes = maker.bytes;
		let mut rest = &bytes[..];
		RuntimeCall::decode(&mut rest).ok().filter(|_| rest.is_empty())
	}

	/// All calls that can be made, by pallet and name, with the bytes that tell them apart. A call
	/// with an argument of a type that has no values can not.
	fn listed(&self) -> Vec<(String, [u8; 2], Variant<PortableForm>)> {
		let mut calls = Vec::new();
		for pallet in self.variants(self.root) {
			for call in self.variants(pallet.fields[0].ty.id) {
				if call.fields.iter().any(|field| self.has_no_value(field.ty.id)) {
					continue;
				}
				let name = format!("{}.{}", pallet.name, call.name);
				calls.push((name, [pallet.index, call.index], call.clone()));
			}
		}
		calls
	}

	/// The names of all calls.
	pub fn names(&self) -> Vec<String> {
		self.listed().into_iter().map(|(name, ..)| name).collect()
	}

	/// So many of each call, with different arguments.
	pub fn each(&self, of_each: usize) -> impl Iterator<Item = (String, RuntimeCall)> + '_ {
		self.listed().into_iter().flat_map(move |(name, index, call)| {
			let shape = Shape { index, call };
			let made = (0..ATTEMPTS).filter_map(move |seed| self.make(&shape, seed * 7_919 + 1));
			made.take(of_each).map(move |call| (name.clone(), call))
		})
	}

	fn has_no_value(&self, id: u32) -> bool {
		let ty = self.types.resolve(id).expect("types are registered");
		matches!(&ty.type_def, TypeDef::Variant(variants) if variants.variants.is_empty())
	}

	fn variants(&self, id: u32) -> &[Variant<PortableForm>] {
		match &self.types.resolve(id).expect("types are registered").type_def {
			TypeDef::Variant(variants) => &variants.variants,
			other => panic!("no enumeration: {other:?}"),
		}
	}
}

/// Makes up a value.
struct Maker<'a> {
	calls: &'a Calls,
	state: u64,
	bytes: Vec<u8>,
}

impl Maker<'_> {
	/// A number below `below`: splitmix64.
	fn pick(&mut self, below: u64) -> u64 {
		self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.state;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		(mixed ^ (mixed >> 31)) % below
	}

	/// An integer of so many bytes: small ones, which name things that there are, and extreme ones.
	fn integer(&mut self, bytes: usize) {
		let value: u128 = match self.pick(8) {
			0 => u128::MAX,
			1 => u128::from(self.pick(u64::MAX)),
			_ => u128::from(self.pick(5)),
		};
		self.bytes.extend_from_slice(&value.to_le_bytes()[..bytes.min(16)]);
		self.bytes.extend(std::iter::repeat_n(0, bytes.saturating_sub(16)));
	}

	fn value(&mut self, id: u32, depth: u32) {
		// Inside calls there is one that does nothing: what carries calls is tried by itself.
		if id == self.calls.root {
			self.bytes.extend(chain_noop());
			return;
		}
		let ty = self.calls.types.resolve(id).expect("types are registered").clone();
		if let Some(name) = ty.path.segments.last() {
			let known = self.calls.known;
			if let Some(bytes) = known(&name[..], &mut |below| self.pick(below)) {
				self.bytes.extend(bytes);
				return;
			}
		}
		match ty.type_def {
			TypeDef::Composite(composite) => {
				for field in composite.fields {
					self.value(field.ty.id, depth + 1);
				}
			},
			TypeDef::Variant(enumeration) => {
				let variants = enumeration.variants;
				if variants.is_empty() {
					return;
				}
				let chosen = if depth > DEEPEST {
					variants.iter().min_by_key(|variant| variant.fields.len()).unwrap()
				} else {
					&variants[self.pick(variants.len() as u64) as usize]
				};
				self.bytes.push(chosen.index);
				for field in &chosen.fields {
					self.value(field.ty.id, depth + 1);
				}
			},
			TypeDef::Sequence(sequence) => {
				let length = if depth > DEEPEST { 0 } else { self.pick(3) as u32 };
				Compact(length).encode_to(&mut self.bytes);
				for _ in 0..length {
					self.value(sequence.type_param.id, depth + 1);
				}
			},
			TypeDef::Array(array) => {
				let known = self.calls.accounts.len() as u64;
				let which = self.pick(known + 1);
				if array.len == 32 && which < known {
					let account = self.calls.accounts[which as usize].clone();
					self.bytes.extend_from_slice(account.as_ref());
				} else {
					for _ in 0..array.len {
						self.value(array.type_param.id, depth + 1);
					}
				}
			},
			TypeDef::Tuple(tuple) => {
				for field in tuple.fields {
					self.value(field.id, depth + 1);
				}
			},
			TypeDef::Primitive(primitive) => match primitive {
				TypeDefPrimitive::Bool => {
					let bit = self.pick(2) as u8;
					self.bytes.push(bit);
				},
				TypeDefPrimitive::Str => self.bytes.push(0),
				TypeDefPrimitive::U8 | TypeDefPrimitive::I8 => self.integer(1),
				TypeDefPrimitive::U16 | TypeDefPrimitive::I16 => self.integer(2),
				TypeDefPrimitive::U32 | TypeDefPrimitive::I32 | TypeDefPrimitive::Char => {
					self.integer(4)
				},
				TypeDefPrimitive::U64 | TypeDefPrimitive::I64 => self.integer(8),
				TypeDefPrimitive::U128 | TypeDefPrimitive::I128 => self.integer(16),
				TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => self.integer(32),
			},
			TypeDef::Compact(_) => {
				let number = self.pick(5) as u32;
				Compact(number).encode_to(&mut self.bytes);
			},
			TypeDef::BitSequence(_) => self.bytes.push(0),
		}
	}
}

/// A call that does nothing.
fn chain_noop() -> Vec<u8> {
	RuntimeCall::from(frame_system::Call::remark { remark: vec![] }).encode()
}
