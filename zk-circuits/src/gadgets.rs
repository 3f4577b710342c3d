//! Bits, and what is made of them.
//!
//! Bits are ordinary elements here that are *demanded* to be zero or one, by
//! [`enforce_bits`]. So a circuit can list that demand as a constraint group of its own, and a test
//! can show what happens without it.

use crate::{field::power_of_two, Fr, FrVar};
use alloc::vec::Vec;
use ark_ff::{AdditiveGroup, BigInteger, Field, PrimeField};
use ark_r1cs_std::{alloc::AllocVar, eq::EqGadget, fields::FieldVar, GR1CSVar};
use ark_relations::gr1cs::{ConstraintSystemRef, SynthesisError};
use zeroize::Zeroize;

/// The values of bits, lowest first.
#[derive(Clone, Debug, Zeroize)]
pub(crate) struct Bits<const WIDTH: usize>(pub [Fr; WIDTH]);

impl<const WIDTH: usize> Bits<WIDTH> {
	/// The lowest bits of a number.
	pub fn of(number: u128) -> Self {
		let bit = |place: usize| number.checked_shr(place as u32).unwrap_or(0) & 1;
		Self(core::array::from_fn(|place| Fr::from(bit(place))))
	}

	/// Variables of these values. Nothing is demanded of them yet.
	pub fn witness(&self, cs: &ConstraintSystemRef<Fr>) -> Result<Vec<FrVar>, SynthesisError> {
		self.0.iter().map(|bit| FrVar::new_witness(cs.clone(), || Ok(*bit))).collect()
	}
}

/// Demands that each is zero or one: a constraint each.
pub(crate) fn enforce_bits<'a>(
	bits: impl IntoIterator<Item = &'a FrVar>,
) -> Result<(), SynthesisError> {
	for bit in bits {
		bit.mul_equals(&(bit - Fr::ONE), &FrVar::zero())?;
	}
	Ok(())
}

/// The number of bits, times a power of two. No constraint.
///
/// Unique as long as the bits' places stay below 254, as the modulus is above 2²⁵⁴.
pub(crate) fn number(bits: &[FrVar], place: usize) -> Result<FrVar, SynthesisError> {
	let mut weight = power_of_two(place);
	let weights: Vec<FrVar> = bits
		.iter()
		.map(|_| {
			let this = weight;
			weight.double_in_place();
			FrVar::Constant(this)
		})
		.collect();
	FrVar::inner_product(bits, &weights)
}

/// One where the bit is one, the other where it is zero: one constraint.
pub(crate) fn select(bit: &FrVar, one: &FrVar, zero: &FrVar) -> Result<FrVar, SynthesisError> {
	Ok(bit * (one - zero) + zero)
}

/// Demands that an element is below 2^width: a constraint for each bit, and one.
///
/// Of the difference of two numbers that are below 2^width, it demands that it is not negative: a
/// negative one is an element close to the modulus, far above any width that is used here.
pub(crate) fn enforce_fits(element: &FrVar, width: usize) -> Result<(), SynthesisError> {
	let bits = decompose(element, width)?;
	enforce_bits(&bits)?;
	number(&bits, 0)?.enforce_equal(element)
}

/// Variables for the lowest bits of an element. Nothing is demanded of them yet.
fn decompose(element: &FrVar, width: usize) -> Result<Vec<FrVar>, SynthesisError> {
	let bit = |place: usize| {
		FrVar::new_witness(element.cs(), || {
			Ok(Fr::from(element.value()?.into_bigint().get_bit(place)))
		})
	};
	(0..width).map(bit).collect()
}

/// The bit that `selector` points at: about one constraint for each eight bits, and sixteen.
///
/// Bits are packed into octets, the octet is selected by the upper bits of the selector and opened
/// again, and the bit is selected by the lower three.
///
/// `bits` and `selector` must be known to be bits, and `bits` must be 2^(bits of the selector).
pub(crate) fn bit_at(bits: &[FrVar], selector: &[FrVar]) -> Result<FrVar, SynthesisError> {
	let Some((lower, upper)) = selector.split_at_checked(3) else {
		return Err(SynthesisError::Unsatisfiable);
	};
	let octets = bits.chunks(8).map(|octet| number(octet, 0)).collect::<Result<Vec<_>, _>>()?;
	let octet = element_at(octets, upper)?;
	let opened = decompose(&octet, 8)?;
	enforce_bits(&opened)?;
	number(&opened, 0)?.enforce_equal(&octet)?;
	element_at(opened, lower)
}

/// The element that the bits of `selector` point at, lowest first.
fn element_at(mut elements: Vec<FrVar>, selector: &[FrVar]) -> Result<FrVar, SynthesisError> {
	for bit in selector {
		elements = elements
			.chunks_exact(2)
			.map(|pair| match pair {
				[zero, one] => select(bit, one, zero),
				_ => Err(SynthesisError::Unsatisfiable),
			})
			.collect::<Result<_, _>>()?;
	}
	match <[FrVar; 1]>::try_from(elements) {
		Ok([element]) => Ok(element),
		Err(_) => Err(SynthesisError::Unsatisfiable),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use ark_relations::gr1cs::ConstraintSystem;

	fn system() -> ConstraintSystemRef<Fr> {
		ConstraintSystem::new_ref()
	}

	fn witness(cs: &ConstraintSystemRef<Fr>, value: impl Into<Fr>) -> FrVar {
		let value = value.into();
		FrVar::new_witness(cs.clone(), || Ok(value)).unwrap()
	}

	#[test]
	fn only_zero_and_one_are_bits() {
		for (value, is_bit) in [(0, true), (1, true), (2, false), (-1, false)] {
			let cs = system();
			enforce_bits(&[witness(&cs, value)]).unwrap();
			assert_eq!(cs.is_satisfied().unwrap(), is_bit, "{value}");
		}
	}

	#[test]
	fn what_fits_is_below_the_power_of_two() {
		let limit = Fr::from(1u64 << 48);
		for (element, fits) in
			[(Fr::ZERO, true), (limit - Fr::ONE, true), (limit, false), (-Fr::ONE, false)]
		{
			let cs = system();
			enforce_fits(&witness(&cs, element), 48).unwrap();
			assert_eq!(cs.is_satisfied().unwrap(), fits, "{element}");
			assert_eq!(cs.num_constraints(), 49);
		}
	}

	#[test]
	fn a_number_wraps_nowhere_below_254_bits() {
		let cs = system();
		let bits: Vec<FrVar> = (0..254).map(|_| witness(&cs, 1)).collect();
		let all = number(&bits, 0).unwrap().value().unwrap();
		assert_eq!(all.into_bigint().num_bits(), 254);
	}

	#[test]
	fn the_bit_at_a_place_is_found() {
		let word = 0x8000_0000_0000_0000_0123_4567_89ab_cdefu128;
		for place in 0..128u128 {
			let cs = system();
			let bits = Bits::<128>::of(word).witness(&cs).unwrap();
			let selector = Bits::<7>::of(place).witness(&cs).unwrap();
			let bit = bit_at(&bits, &selector).unwrap();
			assert_eq!(bit.value().unwrap(), Fr::from((word >> place) & 1));
			assert!(cs.is_satisfied().unwrap());
			assert_eq!(cs.num_constraints(), 15 + 9 + 7);
		}
	}

	#[test]
	fn a_selector_of_another_size_is_refused() {
		let cs = system();
		let bits = Bits::<64>::of(1).witness(&cs).unwrap();
		for size in [0, 2, 5, 7] {
			let selector: Vec<FrVar> = (0..size).map(|_| witness(&cs, 0)).collect();
			assert!(bit_at(&bits, &selector).is_err(), "{size}");
		}
	}
}
