//! The two chambers: who votes in them, their referenda, and what they decide.
//!
//! Calls are read and made by the metadata of the chain that is asked, and not by what this program was built for: whoever
//! votes is to see what the chain would do.

mod call;
mod json;
mod members;
mod polls;
mod proposal;
mod raw;
mod track;
mod voting;

pub use call::CallText;
pub use members::SeatView;
pub use polls::{Enactment, OpenPoll, PollStanding, PollView};
pub use proposal::{hash_of, Proposal};
pub use track::{Chamber, Track};
#[cfg(fuzzing)]
pub(super) use {json::written, raw::read_value};
