//! Jubjub as constraints: points in affine coordinates, by the complete formulas of twisted Edwards
//! curves with a = −1 (Bernstein, Birkner, Joye, Lange, Peters, eprint 2008/013).
//!
//! The formulas have no exceptions on the curve, as d is no square there: the denominators below
//! are zero for no two points of it.

use crate::{gadgets::select, statement::Statement, Fr, FrVar};
use ark_ec::{twisted_edwards::TECurveConfig, CurveGroup};
use ark_ed_on_bls12_381::{EdwardsAffine, EdwardsProjective, JubjubConfig};
use ark_ff::{AdditiveGroup, Field};
use ark_r1cs_std::{alloc::AllocVar, fields::FieldVar, GR1CSVar};
use ark_relations::gr1cs::SynthesisError;

/// Bits of a scalar: those of the order of the subgroup.
pub(crate) const SCALAR_BITS: usize = 252;

/// A point that is known to be on the curve.
#[derive(Clone)]
pub(crate) struct PointVar {
	pub x: FrVar,
	pub y: FrVar,
}

/// numerator / denominator, of which the denominator is never zero: one constraint.
fn quotient(numerator: &FrVar, denominator: &FrVar) -> Result<FrVar, SynthesisError> {
	let quotient = FrVar::new_witness(numerator.cs().or(denominator.cs()), || {
		let inverse = denominator.value()?.inverse().unwrap_or(Fr::ZERO);
		Ok(numerator.value()? * inverse)
	})?;
	quotient.mul_equals(denominator, numerator)?;
	Ok(quotient)
}

impl PointVar {
	/// A point that whoever is convinced knows to be on the curve. Nothing is demanded of it.
	pub fn witness<G: Copy + PartialEq>(
		statement: &Statement<G>,
		point: EdwardsAffine,
	) -> Result<Self, SynthesisError> {
		Ok(Self { x: statement.witness(point.x)?, y: statement.witness(point.y)? })
	}

	/// The sum: six constraints.
	fn add(&self, other: &Self) -> Result<Self, SynthesisError> {
		let (a, b) = (&self.x * &other.y, &self.y * &other.x);
		let c = &a * &b * JubjubConfig::COEFF_D;
		let products = (&self.x + &self.y) * (&other.x + &other.y);
		let x = quotient(&(&a + &b), &(&c + Fr::ONE))?;
		// x₁x₂ + y₁y₂ = (x₁ + y₁)(x₂ + y₂) − x₁y₂ − y₁x₂
		let y = quotient(&(products - a - b), &(c.negate()? + Fr::ONE))?;
		Ok(Self { x, y })
	}

	/// Twice the point: five constraints.
	fn double(&self) -> Result<Self, SynthesisError> {
		let (xy, xx, yy) = (&self.x * &self.y, self.x.square()?, self.y.square()?);
		// By the curve's equation, 1 + d·x²y² = y² − x².
		let difference = &yy - &xx;
		let x = quotient(&xy.double()?, &difference)?;
		let y = quotient(&(yy + xx), &(difference.negate()? + Fr::from(2u64)))?;
		Ok(Self { x, y })
	}

	/// The point where the bit is one, the neutral element where it is zero: two constraints.
	fn if_one(&self, bit: &FrVar) -> Self {
		Self { x: &self.x * bit, y: (&self.y - Fr::ONE) * bit + Fr::ONE }
	}

	/// A multiple of this point: about 13 constraints a bit. The bits, lowest first, must be known
	/// to be bits.
	pub fn times(&self, bits: &[FrVar]) -> Result<Self, SynthesisError> {
		let mut bits = bits.iter();
		let first = bits.next().ok_or(SynthesisError::Unsatisfiable)?;
		let mut sum = self.if_one(first);
		let mut power = self.clone();
		for bit in bits {
			power = power.double()?;
			let next = sum.add(&power)?;
			sum = Self { x: select(bit, &next.x, &sum.x)?, y: select(bit, &next.y, &sum.y)? };
		}
		Ok(sum)
	}

	/// A multiple of a constant: about 3.5 constraints a bit. The bits, lowest first, must be known
	/// to be bits, and even in number.
	pub fn constant_times(point: EdwardsAffine, bits: &[FrVar]) -> Result<Self, SynthesisError> {
		let mut power = EdwardsProjective::from(point);
		let mut sum: Option<Self> = None;
		for pair in bits.chunks_exact(2) {
			let [low, high] = pair else { return Err(SynthesisError::Unsatisfiable) };
			let multiples = [power, power.double(), power.double() + power];
			let term = Self::multiple_of(low, high, multiples.map(|point| point.into_affine()));
			sum = Some(match sum {
				Some(sum) => sum.add(&term)?,
				None => term,
			});
			power = power.double().double();
		}
		sum.ok_or(SynthesisError::Unsatisfiable)
	}

	/// None, one, two or three times a constant: one constraint, as what two bits choose is linear
	/// in them and their product.
	fn multiple_of(low: &FrVar, high: &FrVar, [one, two, three]: [EdwardsAffine; 3]) -> Self {
		let both = low * high;
		let choose = |zero: Fr, one: Fr, two: Fr, three: Fr| {
			low * (one - zero) + high * (two - zero) + &both * (three - two - one + zero) + zero
		};
		Self {
			x: choose(Fr::ZERO, one.x, two.x, three.x),
			y: choose(Fr::ONE, one.y, two.y, three.y),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::gadgets::Bits;
	use ark_ec::AffineRepr;
	use ark_ed_on_bls12_381::Fr as Scalar;
	use ark_ff::{BigInteger, PrimeField, UniformRand};
	use ark_relations::gr1cs::ConstraintSystem;
	use ark_std::rand::{rngs::StdRng, SeedableRng};

	fn value(point: &PointVar) -> EdwardsAffine {
		EdwardsAffine::new_unchecked(point.x.value().unwrap(), point.y.value().unwrap())
	}

	fn bits(scalar: Scalar) -> Bits<SCALAR_BITS> {
		let bits = scalar.into_bigint().to_bits_le();
		Bits(core::array::from_fn(|place| Fr::from(bits[place])))
	}

	#[test]
	fn multiples_are_those_of_the_native_curve() {
		let generator = EdwardsAffine::generator();
		let mut rng = StdRng::seed_from_u64(5);
		let random = (0..3).map(|_| Scalar::rand(&mut rng)).collect::<Vec<_>>();
		let edges = [0u64, 1, 2, 3, 4].map(Scalar::from).into_iter().chain([-Scalar::from(1u64)]);
		for scalar in edges.chain(random) {
			let cs = ConstraintSystem::<Fr>::new_ref();
			let statement = Statement::<()>::new(cs.clone());
			let bits = bits(scalar).witness(&cs).unwrap();
			let before = cs.num_constraints();
			let fixed = PointVar::constant_times(generator, &bits).unwrap();
			assert_eq!(value(&fixed), (generator * scalar).into_affine());
			assert_eq!(cs.num_constraints() - before, 126 + 125 * 6);

			let base = (generator * random_base()).into_affine();
			let point = PointVar::witness(&statement, base).unwrap();
			let before = cs.num_constraints();
			assert_eq!(value(&point.times(&bits).unwrap()), (base * scalar).into_affine());
			assert_eq!(cs.num_constraints() - before, 2 + 251 * 13);
			assert!(cs.is_satisfied().unwrap());
		}
	}

	fn random_base() -> Scalar {
		Scalar::from(0x1234_5678_9abcu64)
	}

	#[test]
	fn the_generator_has_prime_order() {
		let generator = EdwardsAffine::generator();
		assert!(generator.is_on_curve() && generator.is_in_correct_subgroup_assuming_on_curve());
		assert_eq!(Scalar::MODULUS_BIT_SIZE as usize, SCALAR_BITS);
	}
}
