//! Poseidon (Grassi, Khovratovich, Rechberger, Roy, Schofnegger, USENIX Security 2021, eprint
//! 2019/458) over the scalar field of BLS12-381: the hash of everything that circuits look into.
//!
//! Two instances, both with S-box x⁵, 8 full rounds and a margin for 128 bits of security:
//!
//! | Width | Partial rounds | Hashes | Constraints |
//! |---|---|---|---|
//! | 3 | 57 | two elements ([`hash2`]) | 240 |
//! | 5 | 60 | four elements ([`hash4`]) | 297 |
//!
//! ## Fixed arity and a domain
//!
//! A hash is one permutation: the state begins as the domain's tag in the capacity element and the
//! inputs after it, and the hash is the first element after the capacity. Sponges that absorb
//! without padding, as the one of arkworks does, give `H([a]) = H([a, 0])`; here each domain has
//! one arity, so what is hashed in one place is never a hash of another.
//!
//! ## The constants
//!
//! They come from the Grain LFSR as the paper has it, are embedded as tables, and are generated
//! again by a test. Tests also check the reference's vectors, and that the matrices have none of
//! the subspace trails that the reference's Algorithms 1 to 3 look for (Grassi, Rechberger,
//! Schofnegger, eprint 2020/500).

mod gadget;
#[cfg(test)]
mod grain;
mod hash;
mod parameters;
mod permutation;
#[cfg(test)]
mod tests;
mod width_3;
mod width_5;

pub use gadget::{hash2_var, hash4_var};
pub use hash::{hash2, hash4};

use crate::{field::element, Fr};
