//! What is told of a run that fails: enough to see it again.

use super::Step;
use std::collections::VecDeque;

/// How many of the last calls are told.
const TOLD: usize = 20;

/// The last calls. They are printed where something panics.
pub struct Trail {
	seed: u64,
	made: u64,
	last: VecDeque<String>,
}

impl Trail {
	/// Of a run with this seed.
	pub fn new(seed: u64) -> Self {
		Self { seed, made: 0, last: VecDeque::new() }
	}

	/// Before the step is made, so that the one that fails is told too.
	pub fn note(&mut self, step: &Step) {
		self.made += 1;
		self.tell(step.written());
	}

	/// Something that is no call: a block, and how much time passed before it.
	pub fn tell(&mut self, line: String) {
		if self.last.len() == TOLD {
			self.last.pop_front();
		}
		self.last.push_back(line);
	}
}

impl Drop for Trail {
	fn drop(&mut self) {
		if !std::thread::panicking() {
			return;
		}
		println!("the last {} of {} calls, the one that failed at the end:", TOLD, self.made);
		self.last.iter().for_each(|line| println!("  {line}"));
		println!("to see it again: HDX_FUZZ_SEED={} HDX_FUZZ_CALLS={}", self.seed, self.made);
	}
}
