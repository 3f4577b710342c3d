//! Tells what happens: a line a step, with the time it took.

use std::time::Instant;

/// Writes lines for people, or JSON lines for programs, to standard output.
pub struct Narrator {
	json: bool,
	chapter: String,
	began: Instant,
	step_began: Instant,
	steps: u32,
}

impl Narrator {
	/// Begins to tell.
	pub fn new(json: bool) -> Self {
		let now = Instant::now();
		Self { json, chapter: String::new(), began: now, step_began: now, steps: 0 }
	}

	/// Begins a chapter.
	pub fn chapter(&mut self, number: &str, title: &str) {
		number.clone_into(&mut self.chapter);
		self.step_began = Instant::now();
		if !self.json {
			println!("\n{number}. {title}");
		}
	}

	/// Tells a step that is done.
	pub fn step(&mut self, text: impl AsRef<str>) {
		let seconds = self.step_began.elapsed().as_secs_f64();
		self.step_began = Instant::now();
		self.steps = self.steps.saturating_add(1);
		let text = text.as_ref();
		if self.json {
			let line = serde_json::json!({
				"chapter": self.chapter,
				"seconds": (seconds * 1000.0).round() / 1000.0,
				"text": text,
			});
			println!("{line}");
		} else {
			println!("   {seconds:>5.1} s  {text}");
		}
	}

	/// Tells what belongs to the step before.
	pub fn detail(&self, text: impl AsRef<str>) {
		if !self.json {
			println!("            {}", text.as_ref());
		}
	}

	/// Ends.
	pub fn end(&self) {
		let seconds = self.began.elapsed().as_secs_f64();
		if self.json {
			let line = serde_json::json!({
				"done": true,
				"steps": self.steps,
				"seconds": (seconds * 1000.0).round() / 1000.0,
			});
			println!("{line}");
		} else {
			println!("\nAll {} steps had their expected outcome, in {seconds:.1} s.", self.steps);
		}
	}
}
