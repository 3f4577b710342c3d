#!/usr/bin/env bash
# Builds HealthDataExchange, starts a development chain, and shows the main flow on it: a record is
# sealed, consented to, asked for, opened, revoked and proven. With --shielded, by a consent that nobody sees. Leaves the
# chain up until Ctrl-C.
#
#   scripts/run.sh [options]
#
#   --once         stop the chain after the flow; exit 0 only if every step went as expected
#   --shielded     give a consent of which the chain gets a hash alone, and ask with proofs: takes some minutes, as it
#                  waits until an old proof counts no more
#   --bundle FILE  use this FHIR R4 Bundle (JSON) instead of the project's own example
#   --json         print the flow as JSON lines
#   --port N       port of the chain's RPC (default 9944; 0: any free port)
#   --data DIR     keep chain and records here (default: ~/.local/share/hdx/dev, and a new temporary
#                  directory with --once)
#   --check        change nothing; name what is missing or in the way, and fail if anything is
#   --help         print this
#
# Environment: CARGO_TARGET_DIR, HDX_MIN_FREE_MB (space that the data directory needs, default 512),
# HDX_START_SECONDS (how long the chain may take to answer, default 180).
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

once=
shielded=
bundle=
json=
port=9944
data=
check=

node_pid=
demo_pid=
data_is_temporary=

usage() { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }

port_number() { [[ $1 =~ ^[0-9]{1,5}$ ]] && [ "$1" -le 65535 ]; }

read_options() {
	while [ $# -gt 0 ]; do
		case "$1" in
		--bundle | --port | --data)
			[ -n "${2:-}" ] || die "$1 needs a value (scripts/run.sh --help)"
			;;&
		--once) once=yes ;;
		--shielded) shielded=yes ;;
		--json) json=yes ;;
		--check) check=yes ;;
		--bundle) bundle=$2 && shift ;;
		--port) port=$2 && shift ;;
		--data) data=$2 && shift ;;
		-h | --help) usage && exit 0 ;;
		*) die "unknown option: $1 (scripts/run.sh --help lists them)" ;;
		esac
		shift
	done
	port_number "$port" || die "--port takes a number from 0 to 65535, not $port"
	# Whoever gives both may think that the other flow was looked at.
	[ -z "$check" ] || [ -z "$shielded" ] || die "--check runs no flow: leave --shielded out"
}

check_bundle() {
	[ -n "$bundle" ] || return 0
	[ -e "$bundle" ] || die "there is no Bundle $bundle"
	[ -f "$bundle" ] || die "$bundle is not a file"
	[ -r "$bundle" ] || die "no permission to read $bundle"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

check_port() {
	[ "$port" = 0 ] || ! port_taken "$port" ||
		die "port $port is in use. Stop what listens there, or choose another: scripts/run.sh --port N (0: any free port)"
}

# Names the directory, and what it lacks, before anything is built or written.
check_data() {
	if [ -z "$data" ] && [ -z "$once" ]; then
		data=${XDG_DATA_HOME:-$HOME/.local/share}/hdx/dev
	fi
	local existing probe free wanted=${HDX_MIN_FREE_MB:-512}
	existing=${data:-${TMPDIR:-/tmp}}
	while [ ! -e "$existing" ]; do existing=$(dirname "$existing"); done
	[ -d "$existing" ] || die "$existing is not a directory; --data DIR chooses another place"
	probe=$(mktemp "$existing/.hdx-probe.XXXXXX" 2>/dev/null) ||
		die "cannot write in $existing (no permission, or the disk is full); --data DIR chooses another place"
	rm -f "$probe"
	free=$(df -Pk "$existing" | awk 'NR == 2 { print int($4 / 1024) }')
	[ "$free" -ge "$wanted" ] ||
		die "only $free MB are free in $existing, $wanted MB are needed; --data DIR chooses another place"
}

make_data() {
	if [ -z "$data" ]; then
		data=$(mktemp -d "${TMPDIR:-/tmp}/hdx-run.XXXXXX") || die "cannot make a directory in ${TMPDIR:-/tmp}"
		data_is_temporary=yes
	fi
	mkdir -p "$data" || die "cannot make the directory $data; --data DIR chooses another place"
}

build() {
	say "building (the first time takes a while)"
	mirror_sources
	(cd "$sources" && cargo build --release --locked "${around_chain[@]}" >&2) ||
		die "the build failed; the compiler's words are above"
	mirror_built
	mirror_release
}

# The one place that knows how the development chain is started.
start_node() {
	local metrics=9615
	! port_taken "$metrics" || metrics=0
	node_log=$data/node.log
	: >"$node_log" || die "cannot write $node_log; --data DIR chooses another place"
	"$CARGO_TARGET_DIR/release/hdx-node" --dev \
		--rpc-port "$port" --port 0 --prometheus-port "$metrics" \
		--base-path "$data/node" \
		--compiled-runtimes "$CARGO_TARGET_DIR/release/compiled-runtimes" >"$node_log" 2>&1 &
	node_pid=$!
}

node_alive() { kill -0 "$node_pid" 2>/dev/null; }

node_failed() {
	say "error: $1. The last lines of its log:"
	tail -n 20 "$node_log" | sed 's/^/    /' >&2
	say "The whole log: $node_log"
	data_is_temporary=
	exit 1
}

# The port on which the node says that it listens: the node takes another where its own is taken.
node_port() {
	sed -n 's/.*JSON-RPC server: addr=127\.0\.0\.1:\([0-9]*\).*/\1/p' "$node_log" | head -n 1
}

# Whether the JSON-RPC on port $1 answers.
rpc_answers() {
	local body='{"jsonrpc":"2.0","id":1,"method":"system_chain","params":[]}' line
	(
		exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
		printf 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
			"${#body}" "$body" >&3
		while IFS= read -r -t 2 line <&3 || [ -n "$line" ]; do
			case "$line" in *'"result"'*) exit 0 ;; esac
		done
		exit 1
	) 2>/dev/null
}

wait_for_node() {
	local wanted=$port until=$((SECONDS + ${HDX_START_SECONDS:-180})) found=
	while [ "$SECONDS" -le "$until" ]; do
		node_alive || node_failed "the node stopped while it started"
		[ -n "$found" ] || found=$(node_port)
		if [ -n "$found" ]; then
			[ "$wanted" = 0 ] || [ "$found" = "$wanted" ] ||
				die "port $wanted was taken while the chain started; choose another: scripts/run.sh --port N"
			if rpc_answers "$found"; then
				port=$found
				return 0
			fi
		fi
		sleep 0.2
	done
	node_failed "the node did not answer on its RPC port within ${HDX_START_SECONDS:-180} s"
}

# Ends a process of ours by its id: asks first, insists after ten seconds.
stop() {
	local pid=$1 tries=100
	[ -n "$pid" ] || return 0
	kill "$pid" 2>/dev/null || true
	while kill -0 "$pid" 2>/dev/null && [ "$tries" -gt 0 ]; do
		sleep 0.1
		tries=$((tries - 1))
	done
	kill -9 "$pid" 2>/dev/null || true
	wait "$pid" 2>/dev/null || true
}

clean_up() {
	trap - EXIT
	trap '' INT TERM HUP
	stop "$demo_pid"
	stop "$node_pid"
	[ -z "$data_is_temporary" ] || rm -rf "$data"
}

run_demo() {
	local -a options=(--url "ws://127.0.0.1:$port" --data "$data/demo")
	[ -z "$shielded" ] || options+=(--shielded)
	[ -z "$bundle" ] || options+=(--bundle "$bundle")
	[ -z "$json" ] || options+=(--json)
	# In the background, so that a signal is handled at once and not after the demo.
	"$CARGO_TARGET_DIR/release/hdx" demo "${options[@]}" &
	demo_pid=$!
	local result=0
	wait "$demo_pid" || result=$?
	demo_pid=
	[ "$result" = 0 ] && return 0
	node_alive || node_failed "the node stopped during the flow"
	say "error: the flow did not go as expected (exit $result); see above"
	if [ -n "$data_is_temporary" ]; then
		say "The node's log and the data are kept in $data"
		data_is_temporary=
	fi
	exit "$result"
}

stay_up() {
	say ""
	say "The chain is up. Connect to it at ws://127.0.0.1:$port, for one with"
	say "    https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A$port#/explorer"
	say "    ${CARGO_TARGET_DIR/#"$HOME"/\~}/release/hdx --help"
	say "Log: $node_log. Data: $data. Ctrl-C stops the chain."
	# Here Ctrl-C is the ordinary end.
	trap 'exit 0' INT TERM
	wait "$node_pid" || true
	node_failed "the node stopped"
}

read_options "$@"
check_bundle
check_port
check_data
if [ -n "$check" ]; then
	setup check build
	say "run: nothing is missing or in the way"
	exit 0
fi
setup install build
build
make_data
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
check_port
start_node
wait_for_node
run_demo
[ -n "$once" ] || stay_up
