//! Claims that several statements make: about a note's leaf, its place, its revocation, what it
//! covers, what is requested, and who acts.
//!
//! Each has *values*, derived from a witness as an honest prover does, and *variables*, which are
//! given those values and of which nothing is demanded until a circuit demands it, group by group.
//! Tests give variables other values, as a dishonest prover would.

mod authority;
mod coverage;
mod leaf;
mod membership;
mod note;
mod request;
mod standing;

pub(crate) use authority::{AuthorityValues, AuthorityVar};
pub(crate) use coverage::{CoverageValues, CoverageVar};
pub(crate) use leaf::{LeafValues, LeafVar};
pub(crate) use membership::{MembershipValues, MembershipVar};
pub(crate) use note::{NoteValues, NoteVar};
pub(crate) use request::{RequestValues, RequestVar};
pub(crate) use standing::{StandingValues, StandingVar};
