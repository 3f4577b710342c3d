//! Writes what calls cost in this runtime to standard output, for `scripts/weights.sh --docs`.

fn main() {
	print!("{}", hdx_runtime::weights::table());
}
