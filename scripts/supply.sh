#!/usr/bin/env bash
# Checks what is built from: known holes, licences, and where crates come from (deny.toml); or lists it.
#
#   scripts/supply.sh             check the crates of the workspace, of the fuzz targets and of clients/bench/age
#   scripts/supply.sh --offline   the same, by the advisories that were fetched last
#   scripts/supply.sh --no-holes  only licences, bans and places: where advisories cannot be fetched
#   scripts/supply.sh --sbom DIR  write the bills of materials of hdx-node, hdx and the runtime into DIR (CycloneDX 1.5)
#   scripts/supply.sh --check     change nothing; name what is missing, and fail if anything is
#
# No part of scripts/test.sh: what it says depends on advisories of today, and the tools, cargo-deny and
# cargo-cyclonedx, take some minutes to build where they are not there yet.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$project"

deny_version=0.20.2
cyclonedx_version=0.5.9
# Of what is given to people.
described=(node clients/cli runtime)

# Where the tool $1 of version $2 is built. So deep that what is compiled there does not count as compiled by hand
# (mirror_is_outdated).
tool_root() { echo "$CARGO_TARGET_DIR/tools/$1-$2"; }

# What the tool $1 says of itself. One of them wants its own name again.
says() {
	case "$(basename "$1")" in
	cargo-cyclonedx) "$1" cyclonedx --version 2>/dev/null ;;
	*) "$1" --version 2>/dev/null ;;
	esac
}

# Prints the program of tool $1 in version $2. One of this version may also have come from somewhere else.
tool() {
	local program
	for program in "$(tool_root "$1" "$2")/bin/$1" "$(command -v "$1" || true)"; do
		[ -n "$program" ] && [ -x "$program" ] || continue
		if [ "$(says "$program" | awk '{ print $NF }')" = "$2" ]; then
			echo "$program"
			return 0
		fi
	done
	return 1
}

# Where it stops, the next run goes on.
install_tool() {
	local root
	root=$(tool_root "$1" "$2")
	say "supply: building $1 $2"
	mkdir -p "$root"
	(cd "$root" && CARGO_TARGET_DIR="$root/build" cargo install "$1" --version "$2" --locked \
		--root "$root" >&2) || die "the build of $1 failed; the compiler's words are above"
	rm -rf "$root/build"
}

# Sees to it that the tool is there, and prints its program.
needed() {
	if ! tool "$1" "$2"; then
		[ "$how" = install ] || die "missing: $1 $2
    Without --check, scripts/supply.sh builds it."
		install_tool "$1" "$2"
		tool "$1" "$2" || die "what was built does not say that it is $1 $2"
	fi
}

# $1: the workspace. The other arguments are cargo-deny's.
check_workspace() {
	local workspace=$1
	shift
	say "supply: crates of $workspace"
	"$deny" --manifest-path "$workspace/Cargo.toml" --config "$project/deny.toml" --locked "${offline[@]}" \
		check "$@" "${checks[@]}" >&2
}

# The tool writes beside each manifest, so it is given a copy.
write_sbom() {
	local member out=$1 copy=$scratch/source
	mkdir -p "$out" "$copy" || die "cannot write in $out"
	mirror_files | tar --create --null --no-recursion --files-from=- | tar --extract --directory "$copy"
	# The same text makes the same bill.
	SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
	export SOURCE_DATE_EPOCH
	(cd "$copy" && "$cyclonedx" cyclonedx --format json --spec-version 1.5 --all --target all \
		--quiet >&2) || die "cargo-cyclonedx failed"
	local bill
	for member in "${described[@]}"; do
		for bill in "$copy/$member"/*.cdx.json; do
			# Our own crates are named by where they lie: the copy, which has another name each time.
			sed "s|file://$copy/|file:///hdx/|g" "$bill" >"$out/$(basename "$bill")" || die "cannot write in $out"
		done
	done
	[ "$(find "$out" -maxdepth 1 -name '*.cdx.json' | wc -l)" -ge "${#described[@]}" ] ||
		die "a bill of materials is missing in $out"
	say "supply: wrote the bills of materials in $out"
}

how=install
offline=()
checks=(advisories bans licenses sources)
sbom=
while [ $# -gt 0 ]; do
	case "$1" in
	-h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/supply.sh" && exit 0 ;;
	--check) how=check ;;
	--offline) offline=(--offline) ;;
	--no-holes) checks=(bans licenses sources) ;;
	--sbom)
		[ -n "${2:-}" ] || die "--sbom needs a directory"
		# From where it was called, not from here.
		sbom=$(cd "$OLDPWD" && realpath --canonicalize-missing -- "$2")
		[ ! -e "$sbom" ] || [ -d "$sbom" ] || die "$sbom is not a directory"
		shift
		;;
	*) die "unknown option: $1 (scripts/supply.sh --help lists them)" ;;
	esac
	shift
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
setup "$how" build
if [ -n "$sbom" ]; then
	cyclonedx=$(needed cargo-cyclonedx "$cyclonedx_version")
	[ "$how" = check ] || write_sbom "$sbom"
else
	deny=$(needed cargo-deny "$deny_version")
	if [ "$how" = install ]; then
		failed=
		check_workspace . || failed=yes
		# These have few crates: most licences of the list are none of theirs.
		for workspace in fuzz clients/bench/age; do
			check_workspace "$workspace" --allow license-not-encountered || failed=yes
		done
		[ -z "$failed" ] || die "cargo-deny has found something; its words are above"
		say "supply: nothing was found (${checks[*]})"
	fi
fi
[ "$how" = install ] || say "supply: everything is here"
