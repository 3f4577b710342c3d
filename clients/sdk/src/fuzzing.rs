//! What the fuzz targets see beyond what everybody does: readers that stand behind a key or a connection.

pub use crate::{
	chain::fuzzing::{call_of_json, stored_value, view_answer},
	proof::fuzzing::{finality_answer, pieces, proven},
	seal::fuzzing::{pad, read_section, unpad},
};
