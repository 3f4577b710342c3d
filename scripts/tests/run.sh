#!/usr/bin/env bash
# Tests of the scripts themselves: what they say to bad input, and that they leave nothing behind.
# Needs the release build for the last ones; scripts/test.sh scripts sees to it.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
scratch=$(mktemp -d)
holder=
passed=0
failed=0

clean_up() {
	[ -z "$holder" ] || kill "$holder" 2>/dev/null || true
	[ ! -d "$scratch/consortium" ] || of_four down >/dev/null 2>&1 || true
	rm -rf "$scratch"
}
trap clean_up EXIT

# expect NAME EXIT WORDS COMMAND...: the command, one of ours, ends with this exit code and says
# these words.
expect() {
	local name=$1 code=$2 words=$3 got=0
	local -a limit=(timeout 300)
	shift 3
	[ "$(type -t "$1")" != function ] || limit=()
	"${limit[@]}" "$@" >"$scratch/out" 2>&1 || got=$?
	if [ "$got" = "$code" ] && { [ -z "$words" ] || grep -qF -- "$words" "$scratch/out"; }; then
		passed=$((passed + 1))
		echo "ok    $name"
	else
		failed=$((failed + 1))
		echo "FAIL  $name: exit $got (expected $code), expected words: $words"
		sed 's/^/      | /' "$scratch/out"
	fi
}

check() {
	local name=$1
	shift
	expect "$name" 0 "" "$@"
}

# named_tests_exist FILE: each test that a row of a table names, as `path`: `test`, `test`, is in that file or
# directory: a function in Rust, or one of these here.
named_tests_exist() {
	local row path word missing=0
	# The backquotes are Markdown's, in which the shell has no part.
	local -r named='\x60(([a-z0-9_-]+/)+[a-z0-9_.-]+|[a-z0-9_]+)\x60'
	while read -r row; do
		path=''
		for word in $(grep -oP "$named" <<<"$row" | tr -d '\140'); do
			case "$path:$word" in
			*:*/*) path=$word ;;
			scripts/*.sh:*_*)
				{ grep -qE "^$word\(\) \{" "$path" && grep -qE "^check \".*\" $word\b" "$path"; } || {
					echo "$1: there is no check $word in $path"
					missing=1
				}
				;;
			?*:*_*)
				grep -rqE "fn $word\\b" --include='*.rs' "$path" || {
					echo "$1: there is no test $word in $path"
					missing=1
				}
				;;
			esac
		done
	done < <(grep '^|' "$1")
	return "$missing"
}

# Whether the temporary directory that runs were given is empty again.
left_nothing() { [ -z "$(ls -A "$scratch/tmp")" ]; }

no_node_of_ours() {
	local process
	for process in /proc/[0-9]*/cmdline; do
		case "$(tr '\0' ' ' 2>/dev/null <"$process" || true)" in
		*hdx-node*"$scratch"*) return 1 ;;
		esac
	done
}

# The consortium of four validators that the last tests start.
of_four() { scripts/consortium.sh --dir "$scratch/consortium" "$@"; }

# told K WHAT: what `status` says of validator K, 0 where it says nothing.
told() {
	local found
	found=$(of_four --json status | sed -n "/\"validator\":$1,/s/.*\"$2\":\([0-9][0-9]*\).*/\1/p")
	echo "${found:-0}"
}

# reaches K WHAT N: waits until `status` says as much.
reaches() {
	local until=$((SECONDS + 120))
	until [ "$(told "$1" "$2")" -ge "$3" ]; do
		[ "$SECONDS" -le "$until" ] || {
			echo "validator $1: $2 did not reach $3"
			of_four status
			return 1
		}
		sleep 0.5
	done
}

finality_goes_on() { reaches "$1" finalized $(($(told "$1" finalized) + 2)); }

both_go_on() { finality_goes_on 1 && finality_goes_on 4; }

# The three others make blocks final; what was on the way to the fourth may become so there.
the_fourth_hears_nothing() {
	local before
	before=$(told 4 finalized)
	reaches 1 finalized $(($(told 1 finalized) + 4)) && [ "$(told 4 finalized)" -le $((before + 1)) ]
}

# From the namespace of the fourth, where the others listen. Among themselves they are reached.
none_passes() {
	local name third other
	read -r name third <"$scratch/consortium/namespaces"
	connects() {
		ip netns exec "hdx-$name-$1" timeout 2 \
			bash -c "</dev/tcp/198.18.$third.$2/$(cat "$scratch/consortium/$2/p2p")" 2>/dev/null
	}
	connects 1 2 || { echo "validator 1 does not reach validator 2, on its side" && return 1; }
	for other in 1 2 3; do
		! connects 4 "$other" || { echo "validator 4 reaches validator $other" && return 1; }
	done
}

no_namespace_of_ours() { ! ip netns list | grep -q "^hdx-$(cat "$scratch/namespaces")-"; }

# Blocks are made, and none becomes final. What the stopped ones voted for before may do so first.
finality_stands() {
	local before
	reaches "$1" best $(($(told "$1" best) + 2)) || return 1
	before=$(told "$1" finalized)
	reaches "$1" best $(($(told "$1" best) + 3)) && [ "$(told "$1" finalized)" = "$before" ]
}

# The fuzz targets are a workspace of their own, with a stage of their own; what measures age is one that scripts/bench.sh
# tests and builds.
every_crate_is_tested() {
	local manifest name
	while read -r manifest; do
		name=$(sed -n '/^\[package\]/,/^\[[^p]/s/^name = "\(.*\)"/\1/p' "$manifest")
		[ -z "$name" ] || grep -qE -- "-p $name( |\)|$)" scripts/test.sh scripts/setup.sh || {
			echo "no stage of scripts/test.sh names the crate $name"
			return 1
		}
	done < <(find . -name Cargo.toml -not -path '*/node_modules/*' -not -path './target/*' \
		-not -path './fuzz/*' -not -path './clients/bench/age/*')
}

# What scripts/bench.sh --write replaces. The program that does looks for the very same lines.
figures_have_a_place() {
	local line page=docs/benchmarks/README.md
	for line in '<!-- figures: begin -->' '<!-- figures: end -->'; do
		[ "$(grep -cxF -- "$line" "$page")" = 1 ] || {
			echo "$page does not have the line $line once"
			return 1
		}
		grep -qF -- "\"$line\"" clients/bench/src/print.rs || {
			echo "clients/bench/src/print.rs does not look for $line"
			return 1
		}
	done
}

# packages_are_locked DIRECTORY...: releases that are named exactly, a hash of every package that comes with them, and
# no other place than the registry that npm asks anyway.
packages_are_locked() {
	node -e '
		const read = (file) => JSON.parse(require("fs").readFileSync(file));
		let failed = process.argv.length === 1;
		for (const place of process.argv.slice(1)) {
			const [wanted, locked] = ["package.json", "package-lock.json"].map((file) => read(`${place}/${file}`));
			const packages = Object.entries(locked.packages).filter(([path]) => path !== "");
			const elsewhere = (url) => url !== undefined && !url.startsWith("https://registry.npmjs.org/");
			const wrong = Object.entries(wanted.dependencies)
				.filter(([name, version]) => locked.packages[`node_modules/${name}`]?.version !== version)
				.concat(packages.filter(([, { integrity, link, resolved }]) =>
					link || elsewhere(resolved) || !integrity?.startsWith("sha512-")))
				.map(([name]) => name);
			if (packages.length === 0 || wrong.length > 0) {
				console.log(`not locked in ${place}: ${wrong.join(", ")}`);
				failed = true;
			}
		}
		process.exit(failed ? 1 : 0);
	' "$@"
}

# Of each folder that has packages of npm.
every_package_of_npm_is_locked() {
	local places
	mapfile -t places < <(find . -name package.json -not -path '*/node_modules/*' -not -path '*/target/*' -printf '%h\n')
	[ "${#places[@]}" -ge 3 ] || {
		echo "package.json was found in ${#places[@]} folders"
		return 1
	}
	packages_are_locked "${places[@]}"
}

# crates_are_of_the_registry LOCK...: every crate is of crates.io and has its hash, or is a folder of ours, which states
# no place. Nothing comes from a repository of git or from another registry.
crates_are_of_the_registry() {
	local lock wrong=0 folder folders
	folders=$(find . -name Cargo.toml -not -path '*/node_modules/*' -not -path '*/target/*' \
		-exec sed -n '/^\[package\]/,/^\[[^p]/s/^name = "\(.*\)"$/\1/p' {} +)
	for lock in "$@"; do
		if grep -n '^source = ' "$lock" | grep -vF 'source = "registry+https://github.com/rust-lang/crates.io-index"'; then
			echo "$lock has a crate of another place"
			wrong=1
		fi
		[ "$(grep -c '^source = ' "$lock")" = "$(grep -cE '^checksum = "[0-9a-f]{64}"$' "$lock")" ] || {
			echo "$lock has a crate without a hash"
			wrong=1
		}
		while read -r folder; do
			grep -qxF "$folder" <<<"$folders" || {
				echo "$lock has $folder, which states no place and is no folder here"
				wrong=1
			}
		done < <(awk '/^\[\[package\]\]/ { if (name && !place) print name; name = place = "" }
			/^name = / { gsub(/"/, "", $3); name = $3 }
			/^source = / { place = 1 }
			END { if (name && !place) print name }' "$lock")
	done
	return "$wrong"
}

every_crate_is_of_the_registry() {
	local locks
	mapfile -t locks < <(find . -name Cargo.lock -not -path '*/node_modules/*' -not -path '*/target/*')
	[ "${#locks[@]}" -ge 3 ] || {
		echo "Cargo.lock was found in ${#locks[@]} folders"
		return 1
	}
	crates_are_of_the_registry "${locks[@]}"
}

# What the checks above are for is found by them.
other_places_are_found() {
	local lock="$scratch/other/Cargo.lock"
	mkdir -p "$scratch/other/npm"
	sed '0,/^source = "registry+/s//source = "git+/' fuzz/Cargo.lock >"$lock"
	! crates_are_of_the_registry "$lock" || return 1
	sed '0,/^checksum = /{/^checksum = /d}' fuzz/Cargo.lock >"$lock"
	! crates_are_of_the_registry "$lock" || return 1
	sed '0,/^source = /{/^source = /d}' fuzz/Cargo.lock | sed '0,/^checksum = /{/^checksum = /d}' >"$lock"
	! crates_are_of_the_registry "$lock" || return 1
	cp scripts/taplo/package.json "$scratch/other/npm"
	sed 's|"version": "\(.*\)",|&\n"resolved": "https://packages.example/cli.tgz",|' scripts/taplo/package-lock.json \
		>"$scratch/other/npm/package-lock.json"
	! packages_are_locked "$scratch/other/npm" || return 1
	sed '/"integrity"/d' scripts/taplo/package-lock.json >"$scratch/other/npm/package-lock.json"
	! packages_are_locked "$scratch/other/npm"
}

# What the compiler is, by its number and not by a channel that moves.
the_compiler_is_named() { grep -qE '^channel = "[0-9]+\.[0-9]+\.[0-9]+"$' rust-toolchain.toml; }

# A release that is named exactly, a hash of every crate that comes with it, and nothing of it in what is built for people.
age_is_locked_and_apart() {
	local release crates lock=clients/bench/age/Cargo.lock
	release=$(sed -n 's/^age = "=\([0-9.]*\)"$/\1/p' clients/bench/age/Cargo.toml)
	grep -A1 -xF 'name = "age"' "$lock" | grep -xF "version = \"${release:-none}\"" >/dev/null || {
		echo "$lock does not have the release of age that is named: ${release:-none}"
		return 1
	}
	# All but the program itself.
	crates=$(($(grep -c '^name = "' "$lock") - 1))
	[ "$(grep -c '^source = "registry+' "$lock"):$(grep -c '^checksum = "' "$lock")" = "$crates:$crates" ] || {
		echo "$lock has a crate of another place, or without a hash"
		return 1
	}
	! grep -xE 'name = "(age|age-core|hdx-bench-age)"' Cargo.lock
}

# By scripts/supply.sh, workspace for workspace.
every_lock_is_checked() {
	local lock workspace
	while read -r lock; do
		workspace=$(dirname "${lock#./}")
		grep -qE "(check_workspace|for workspace in)( .*)? ${workspace//./\\.}(;| |\$)" scripts/supply.sh || {
			echo "scripts/supply.sh does not check $lock"
			return 1
		}
	done < <(find . -name Cargo.lock -not -path '*/node_modules/*' -not -path '*/target/*')
}

# A target that is no program is never built, and one that nobody describes is looked for by nobody.
every_fuzz_target_is_built_and_described() {
	local file name missing=0
	for file in fuzz/fuzz_targets/*.rs; do
		name=$(basename "$file" .rs)
		grep -A1 -xF "name = \"$name\"" fuzz/Cargo.toml | grep -xF "path = \"fuzz_targets/$name.rs\"" >/dev/null || {
			echo "fuzz/Cargo.toml has no program for $file"
			missing=1
		}
		grep -qF "| \`$name\` |" docs/fuzzing.md || {
			echo "docs/fuzzing.md does not describe $name"
			missing=1
		}
	done
	for file in fuzz/seeds/*; do
		name=$(basename "$file")
		[ -e "fuzz/fuzz_targets/$name.rs" ] || {
			echo "there is no fuzz target for $file"
			missing=1
		}
	done
	return "$missing"
}

every_pallet_is_measured() {
	local pallet
	for pallet in pallets/*; do
		pallet=${pallet#*/}
		scripts/weights.sh --list | grep -qx "pallet_${pallet//-/_}" || {
			echo "runtime/src/benchmarks.rs does not list pallet-$pallet"
			return 1
		}
	done
}

# wanted_of_a_node FILE: the functions that a runtime wants of its node.
wanted_of_a_node() {
	node -e '
		const { Module } = WebAssembly;
		for (const { kind, name } of Module.imports(new Module(require("fs").readFileSync(process.argv[1]))))
			if (kind === "function") console.log(name);
	' "$1" | LC_ALL=C sort
}

# A runtime that wants another one is seen before nodes stop for the lack of it.
host_functions_are_listed() {
	local target=${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/hdx/target}
	diff <(grep -v '^#' runtime/host-functions.txt) \
		<(wanted_of_a_node "$target/release/wbuild/hdx-runtime/hdx_runtime.compact.wasm") || {
		echo "the runtime wants other functions of a node (>) than runtime/host-functions.txt lists (<)"
		return 1
	}
}

# By the functions with which a runtime could ask a server for something.
the_runtime_sends_nothing_out() { ! grep -nE '^ext_offchain_(http|network|set_authorized_nodes)' runtime/host-functions.txt; }

# Each runbook that the script knows is a module with a test, and the register of blocks knows it.
every_runbook_is_tested() {
	local name missing=0 place=tests/tests/system/runbooks
	for name in $(scripts/runbooks.sh --list); do
		grep -qE '^#\[(tokio::)?test' "$place/$name.rs" && grep -qF "\"$name\"" "$place/register.rs" || {
			echo "there is no runbook $name in $place"
			missing=1
		}
	done
	return "$missing"
}

# Each fault that the script knows is a test.
every_fault_is_tested() {
	local file name missing=0
	while read -r name; do
		grep -qE "fn ${name#*::}\b" "tests/tests/system/${name%::*}.rs" || {
			echo "there is no test $name"
			missing=1
		}
	done < <(grep -oE '(faults|flood|consortium)::[a-z_]+' scripts/faults.sh)
	for file in faults flood; do
		for name in $(sed -nE 's/^async fn (.*)\(\) \{$/\1/p' "tests/tests/system/$file.rs"); do
			grep -qE "$file::$name\b" scripts/faults.sh || {
				echo "scripts/faults.sh does not know $name"
				missing=1
			}
		done
	done
	return "$missing"
}

# A name that no test has runs nothing, which passes.
referenda_are_tested() {
	local name
	name=$(grep -oE 'fifth::[a-z_]+' scripts/referenda.sh || true)
	grep -qE "^async fn ${name#*::}\(\)" tests/tests/system/fifth.rs || {
		echo "scripts/referenda.sh names no test of tests/tests/system/fifth.rs"
		return 1
	}
}

# Each on a line of its own.
ignores_have_reasons() {
	! grep -nE '(RUSTSEC|CVE|GHSA)-' deny.toml | grep -vE '\{ id = "[^"]+", reason = "[^"]{10,}" \}'
}

mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp

for script in scripts/*.sh scripts/tests/*.sh .ci/run; do
	check "$script parses" bash -n "$script"
done
if command -v shellcheck >/dev/null; then
	check "shellcheck finds nothing" shellcheck -x scripts/*.sh scripts/tests/*.sh .ci/run
fi
check "every crate of the workspace has a stage" every_crate_is_tested
check "every test that docs/compliance.md names is there" named_tests_exist docs/compliance.md
check "every test that docs/access.md names is there" named_tests_exist docs/access.md
check "every test that docs/threat-model.md names is there" named_tests_exist docs/threat-model.md
check "builds from a mirror follow the checkout" scripts/tests/mirror.sh "$scratch"

expect "help is given" 0 "--bundle FILE" scripts/run.sh --help
expect "an unknown option is named" 1 "unknown option: --frobnicate" scripts/run.sh --frobnicate
expect "an option without its value is named" 1 "--bundle needs a value" scripts/run.sh --bundle
expect "the help tells of consents that nobody sees" 0 "--shielded " scripts/run.sh --help
expect "an option without a value takes none" 1 "unknown option: yes" scripts/run.sh --once --shielded yes
expect "a check of a flow that is not run is refused" 1 "leave --shielded out" scripts/run.sh --check --shielded
expect "a port that is no number is refused" 1 "not 99x" scripts/run.sh --port 99x
expect "a port beyond the range is refused" 1 "not 65536" scripts/run.sh --port 65536
expect "a Bundle that is not there is named" 1 "no Bundle $scratch/none.json" \
	scripts/run.sh --once --bundle "$scratch/none.json"
expect "a Bundle that is a directory is refused" 1 "$scratch is not a file" \
	scripts/run.sh --once --bundle "$scratch"
touch "$scratch/file"
expect "a data directory that is a file is refused" 1 "$scratch/file is not a directory" \
	scripts/run.sh --once --data "$scratch/file"
expect "a data directory without permission is named" 1 "cannot write in /proc" \
	scripts/run.sh --once --data /proc/hdx
expect "a disk without room is named" 1 "MB are free in $scratch" \
	env HDX_MIN_FREE_MB=999999999 scripts/run.sh --once --data "$scratch/data"
expect "--around without a command is refused" 1 "needs a command" scripts/cargo.sh --around
expect "cargo's own failure is passed on" 101 "no such command" scripts/cargo.sh no-such-command
expect "a stage that is not there is named" 1 "there is no stage nonsense" scripts/test.sh nonsense
expect "tests name an unknown option" 1 "unknown option: --frobnicate" scripts/test.sh --frobnicate
expect "the stages are listed" 0 "taplo format --check" scripts/test.sh --list
check "every fuzz target is built and described" every_fuzz_target_is_built_and_described
expect "fuzzing lists the runtime with the readers" 0 "runtime" scripts/fuzz.sh --list
expect "a fuzz target that is not there is named" 1 "there is no target nonsense" scripts/fuzz.sh nonsense
expect "fuzzing of no calls is refused" 1 "from 1" scripts/fuzz.sh --calls 0 runtime
expect "a seed that is no number is refused" 1 "whole number" scripts/fuzz.sh --seed first runtime
expect "fuzzing names an unknown option" 1 "no option --frobnicate" scripts/fuzz.sh --frobnicate
expect "the check of the supply chain names an unknown option" 1 "unknown option: --frobnicate" scripts/supply.sh --frobnicate
expect "a bill of materials needs a place" 1 "--sbom needs a directory" scripts/supply.sh --sbom
touch "$scratch/bill"
expect "a bill of materials is not written over a file" 1 "$scratch/bill is not a directory" \
	scripts/supply.sh --sbom "$scratch/bill"
expect "a build to compare with is needed" 1 "--against needs a file" scripts/reproduce.sh --against
expect "a build to compare with that is not there is named" 1 "there is no file $scratch/none.wasm" \
	scripts/reproduce.sh --against "$scratch/none.wasm"
check "what is reproduced has the hash of its metadata" grep -q -- '-p hdx-runtime --features metadata-hash' scripts/reproduce.sh
check "every advisory that is ignored has a reason" ignores_have_reasons
expect "a pallet that is not there is named" 1 "there is no pallet nonsense" scripts/weights.sh --pallet nonsense
expect "weights of one value are refused" 1 "from 2" scripts/weights.sh --steps 1
expect "a duration that is no number is refused" 1 "whole number" scripts/weights.sh --seconds long
expect "benchmarks of other chains than there are, are refused" 1 "takes 1, 4 or 1,4" scripts/bench.sh --validators 3
expect "benchmarks without a number of validators are refused" 1 "takes 1, 4 or 1,4" scripts/bench.sh --validators
expect "benchmarks tell how Semaphore is measured" 0 "--semaphore" scripts/bench.sh --help
expect "benchmarks tell how age is measured" 0 "--age" scripts/bench.sh --help
expect "benchmarks beside age take no program" 1 "unknown option: rage" scripts/bench.sh --age rage
expect "figures of a quick run are not written" 1 "not for a --quick run" scripts/bench.sh --quick --write
expect "the rehearsal of an upgrade names an unknown option" 1 "unknown option: --frobnicate" scripts/upgrade.sh --frobnicate
expect "the referenda name an unknown option" 1 "unknown option: --frobnicate" scripts/referenda.sh --frobnicate
expect "the runbooks name an unknown option" 1 "unknown option: --frobnicate" scripts/runbooks.sh --frobnicate
expect "the runbooks name a page that is none" 1 "there is no runbook dancing" scripts/runbooks.sh dancing
check "every runbook has a module of tests" every_runbook_is_tested
check "the referenda are a test" referenda_are_tested
expect "the benchmarks name an unknown option" 1 "unknown option: --frobnicate" scripts/bench.sh --frobnicate
check "the page of the benchmarks has a place for figures" figures_have_a_place
check "every pallet of ours is measured" every_pallet_is_measured
check "every package of npm is a locked one of its registry, with its hash" every_package_of_npm_is_locked
check "every crate is of the registry with its hash, or ours" every_crate_is_of_the_registry
check "a crate or package of another place, or without a hash, is found" other_places_are_found
check "the compiler has a number" the_compiler_is_named
check "age and what it needs are the locked ones, each with its hash, and apart" age_is_locked_and_apart
check "crates of every workspace are checked" every_lock_is_checked
check "the size of a circuit of others is read from its key" node --test clients/bench/semaphore/zkey.test.mjs
expect "a consortium is told what to do" 1 "what shall be done?" scripts/consortium.sh
expect "a consortium names an unknown command" 1 "unknown command: sideways" scripts/consortium.sh sideways
expect "a consortium names an unknown option" 1 "unknown option: --frobnicate" scripts/consortium.sh up 4 --frobnicate
expect "a consortium's help tells of partitions" 0 "partition A B" scripts/consortium.sh --help
expect "a consortium of nobody is refused" 1 "not 0" scripts/consortium.sh up 0
expect "a consortium that is too large is refused" 1 "from 1 to 16" scripts/consortium.sh up 17
expect "a consortium without a number is refused" 1 "up takes 1 words, not 0" scripts/consortium.sh up
expect "a consortium's port that is no number is refused" 1 "not 99x" scripts/consortium.sh --port 99x up 4
expect "a consortium that is not there is named" 1 "no consortium in $scratch/none" \
	scripts/consortium.sh --dir "$scratch/none" status
expect "a consortium is made in a directory of its own" 1 "$scratch is not empty" \
	scripts/consortium.sh --dir "$scratch" --port 0 up 4
expect "an option of another command is refused" 1 "--hard is for stop" scripts/consortium.sh --hard down
expect "namespaces are made when a consortium is" 1 "--namespaces is for up" scripts/consortium.sh --namespaces heal
expect "a consortium that lacks nothing passes --check" 0 "nothing is missing" \
	scripts/consortium.sh --dir "$scratch/none" --port 0 --check up 4
expect "the faults are listed" 0 "kill -9 of one of four" scripts/faults.sh --list
expect "a fault that is not there is named" 1 "there is no fault nonsense" scripts/faults.sh nonsense
expect "the faults name an unknown option" 1 "unknown option: --frobnicate" scripts/faults.sh --frobnicate
expect "a time for a fault that is no number is refused" 1 "not soon" env HDX_FAULT_SECONDS=soon scripts/faults.sh
# Of all faults one takes a library that nothing else here does.
expect "faults that lack nothing pass --check" 0 "nothing is missing" scripts/faults.sh --short --check
check "every fault has a test, and each of the tests is one" every_fault_is_tested
expect "the set-up names an unknown option" 1 "unknown option: --frobnicate" scripts/setup.sh --frobnicate
# A machine with no more than the usual small tools.
mkdir "$scratch/bare"
for tool in awk bash dirname find id mktemp sed tr; do
	ln -s "$(command -v "$tool")" "$scratch/bare/$tool"
done
expect "--check names what is missing" 1 "protobuf-compiler" \
	env PATH="$scratch/bare" bash scripts/setup.sh --check
# Programs of administrators are looked for where they are, whatever the PATH. Those of WireGuard are not among them.
expect "what a tunnel lacks is named" 0 "wireguard-tools" \
	env PATH="$scratch/bare" bash -c 'source scripts/setup.sh && tunnel_packages_missing'
expect "namespaces name what they lack" 1 "--namespaces needs the program ip" \
	env PATH="$scratch/bare" bash scripts/consortium.sh --dir "$scratch/none" --port 0 --namespaces --check up 4
expect "benchmarks of Semaphore name what they lack" 1 "takes Node.js and npm" \
	env PATH="$scratch/bare" bash scripts/bench.sh --semaphore --check
expect "benchmarks that lack nothing pass --check" 0 "nothing is missing" scripts/bench.sh --check
expect "what measures age and cannot be built is named" 1 "--age: what measures age was not built" \
	env PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin" CARGO_HOME="$scratch/no-crates" CARGO_NET_OFFLINE=true \
	scripts/bench.sh --quick --age
expect "tests that lack nothing pass --check" 0 "nothing is missing" scripts/test.sh --check
expect "tests name what they lack" 1 "protobuf-compiler" env PATH="$scratch/bare" bash scripts/test.sh --check
expect "referenda that lack nothing pass --check" 0 "nothing is missing" scripts/referenda.sh --check
expect "runbooks that lack nothing pass --check" 0 "nothing is missing" scripts/runbooks.sh --check
expect "a run that lacks nothing passes --check" 0 "nothing is missing" scripts/run.sh --once --port 0 --check

check "the runtime wants of a node what is listed" host_functions_are_listed
check "the runtime wants nothing with which it could send" the_runtime_sends_nothing_out

# A port that something else holds. The holder says which one it was given.
node -e '
	const server = require("net").createServer().listen(0, "127.0.0.1", () => console.log(server.address().port));
' >"$scratch/port" &
holder=$!
for _ in $(seq 100); do
	[ ! -s "$scratch/port" ] || break
	sleep 0.1
done
held=$(cat "$scratch/port")
expect "a port in use is named" 1 "port $held is in use" scripts/run.sh --once --port "$held"
expect "and how to choose another" 1 "--port N" scripts/run.sh --once --port "$held"

check "nothing was left behind so far" left_nothing

# A node that cannot start: its database is where a file stands.
mkdir "$scratch/broken"
touch "$scratch/broken/node"
expect "a node that dies is reported with its log" 1 "The last lines of its log" \
	scripts/run.sh --once --port 0 --data "$scratch/broken"
expect "a Bundle that is not JSON fails the run" 1 "$scratch/text.json" \
	bash -c "echo 'not JSON' >'$scratch/text.json' && scripts/run.sh --once --port 0 --data '$scratch/kept' --bundle '$scratch/text.json'"
# A patient alone, who is restricted: nothing that a consent could open which names no labels.
restricted='{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}'
printf '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p","meta":{"security":[%s]}}}]}' \
	"$restricted" >"$scratch/restricted.json"
expect "a Bundle of which a proof opens nothing fails the run" 1 "a consent which nobody sees could open" \
	scripts/run.sh --once --shielded --port 0 --data "$scratch/closed" --bundle "$scratch/restricted.json"
expect "a consortium of four starts" 0 "The chain is up" of_four --port 0 up 4
expect "a second one in its place is refused" 1 "there is a consortium in" of_four --port 0 up 4
expect "a validator that is not there is named" 1 "there is no validator 5" of_four stop 5
expect "a partition names a validator that stands on both sides" 1 "validator 2 stands twice" of_four partition 1,2 2,3,4
expect "a partition names a validator that stands on no side" 1 "validator 4 stands on no side" of_four partition 1,2 3
expect "a side that is no list is refused" 1 "not 1-2" of_four partition 1-2 3,4
expect "a validator that runs is not started again" 1 "validator 1 runs already" of_four start 1
check "a validator of four is stopped at once" of_four --hard stop 4
expect "what is stopped is not stopped again" 1 "validator 4 does not run" of_four stop 4
check "without one of four finality goes on" finality_goes_on 1
check "another one is stopped" of_four stop 3
check "without two of four finality stands" finality_stands 1
check "one of them is started again" of_four start 3
check "and finality goes on" finality_goes_on 1
check "and the other one" of_four start 4
check "the four part into halves" of_four partition 1,2 3,4
check "one is stopped" of_four --hard stop 2
check "and comes back to its side" of_four start 2
check "in halves finality stands" finality_stands 1
check "the halves meet again" of_four heal
check "and finality goes on on both sides" both_go_on
check "all validators end" of_four down
check "nothing is left of the consortium" test ! -e "$scratch/consortium"
check "no node is left running" no_node_of_ours
# The same in network namespaces, where a partition is cut cables.
if scripts/consortium.sh --dir "$scratch/none" --port 0 --namespaces --check up 4 >"$scratch/out" 2>&1; then
	expect "a consortium starts in network namespaces" 0 "ws://198.19." of_four --port 0 --namespaces up 4
	cut -d ' ' -f 1 "$scratch/consortium/namespaces" >"$scratch/namespaces"
	check "one of the four is cut off" of_four partition 1,2,3 4
	check "no packet of the others comes to it" none_passes
	check "finality goes on without it, and not there" the_fourth_hears_nothing
	check "it is stopped" of_four --hard stop 4
	check "and comes back to its side" of_four start 4
	check "it is alone there" the_fourth_hears_nothing
	check "its cable is plugged in again" of_four heal
	check "and finality goes on on both sides" both_go_on
	check "all validators and their network end" of_four down
	check "no namespace is left" no_namespace_of_ours
	check "and no node" no_node_of_ours
else
	echo "skip  a consortium in network namespaces: $(tail -n 1 "$scratch/out")"
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
