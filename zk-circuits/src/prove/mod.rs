//! Groth16 (Groth, EUROCRYPT 2016, eprint 2016/260) over BLS12-381: keys, proofs, and what is
//! checked before either is believed.
//!
//! The pairing, the multi-scalar multiplications and the Fourier transforms are arkworks'. Around
//! them is what arkworks 0.6 leaves to its users: whether the witness satisfies the statement, how
//! many public inputs there are, and whether bytes are the one encoding of points that may stand
//! there.
//!
//! Nothing here reads a clock, a file or a random number of its own, and without the feature
//! `parallel` nothing starts a thread.

mod compiled;
mod key_error;
mod origin;
mod point;
mod proof;
mod prover;
mod proving_key;
mod setup_dev;
#[cfg(test)]
mod tests;
mod verifier;
mod verifying_key;

pub use compiled::{CompiledProver, Provable};
pub use key_error::KeyError;
pub use origin::{Ceremony, Development, Origin};
pub use point::{point_from_bytes, point_to_bytes, PointError};
pub use proof::{Proof, ProofError, ProofPart, PROOF_BYTES};
pub use prover::{ProveError, Prover, Stage};
pub use proving_key::ProvingKey;
pub use setup_dev::{setup_dev, SetupError};
pub use verifier::{input_from_bytes, input_to_bytes, Verifier, VerifyError};
pub use verifying_key::{KeyPart, VerifyingKey};
