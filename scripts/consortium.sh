#!/usr/bin/env bash
# A consortium on this machine: validators of as many institutions, each a real process with its own base path, keys and
# ports on loopback. Keys and specification are made as institutions make them (docs/operate/README.md).
#
#   scripts/consortium.sh [options] COMMAND
#
#   up N            make N institutions with a validator each (1 to 16), and start all; builds what is not built
#   status          who runs, where, with how many peers, and up to which block (--json: a JSON object a line)
#   stop K          end validator K; with --hard at once, as a power cut would
#   start K         start validator K again
#   partition A B   let validators of A and of B, such as 1,2 3,4, hear nothing of each other; each stands in one of them
#   heal            let all hear each other again
#   down            end all, and delete what `up` made
#
#   --dir DIR       where it is kept (default: ~/.cache/hdx/consortium)
#   --port N        RPC of validator K at port N + K - 1, its peers at 100 more (default 9944; 0: any free ports)
#   --namespaces    of `up`: each validator in a network namespace of its own, as root, on Linux; its RPC is reached from this
#                   machine at the address that status shows
#   --check         change nothing; name what is missing or in the way of `up`, and fail if anything is
#   --help          print this
#
# A partition takes the validators off each other's list of reserved peers, which are the only ones that they talk to: no
# block, vote or transaction passes. It needs no rights on the machine. It is no cut cable: connections may stay open. With
# --namespaces it is one: no packet passes. To cut off validator 4 alone: partition 1,2,3 4.
#
# Environment: CARGO_TARGET_DIR, HDX_BIN_DIR (take hdx and hdx-node from there, and build nothing), HDX_START_SECONDS (how
# long a validator may take to answer, and the first blocks to be final; default 180).
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source-path=SCRIPTDIR source=namespaces.sh
source "$project/scripts/namespaces.sh"

readonly id=local_consortium
readonly most=16
readonly limit=${HDX_START_SECONDS:-180}

dir=${XDG_CACHE_HOME:-$HOME/.cache}/hdx/consortium
port=9944
how=install
hard=
json=
namespaces=
words=()

usage() { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$project/scripts/consortium.sh"; }

whole() { [[ $1 =~ ^(0|[1-9][0-9]{0,8})$ ]]; }

read_options() {
	while [ $# -gt 0 ]; do
		case "$1" in
		--dir | --port)
			[ -n "${2:-}" ] || die "$1 needs a value (scripts/consortium.sh --help)"
			;;&
		--dir) dir=$2 && shift ;;
		--port) port=$2 && shift ;;
		--check) how=check ;;
		--hard) hard=yes ;;
		--json) json=yes ;;
		--namespaces) namespaces=wanted ;;
		-h | --help) usage && exit 0 ;;
		-*) die "unknown option: $1 (scripts/consortium.sh --help lists them)" ;;
		*) words+=("$1") ;;
		esac
		shift
	done
	whole "$port" && [ "$port" -le 65000 ] || die "--port takes a number from 0 to 65000, not $port"
}

# takes COMMAND COUNT: the command has so many words after it.
takes() {
	[ "${#words[@]}" = "$(($2 + 1))" ] || die "$1 takes $2 words, not $((${#words[@]} - 1)) (scripts/consortium.sh --help)"
}

# Which options belong to which command: whoever gives one elsewhere may think that it counts.
check_options() {
	[ -z "$hard" ] || [ "$1" = stop ] || die "--hard is for stop"
	[ -z "$json" ] || [ "$1" = status ] || die "--json is for status"
	[ "$how" = install ] || [ "$1" = up ] || die "--check is for up"
	[ -z "$namespaces" ] || [ "$1" = up ] || die "--namespaces is for up; what is there is known"
}

# The directory, as a full path: processes are told by it.
full_path() {
	local above
	above=$(cd "$(dirname "$1")" 2>/dev/null && pwd) || return 1
	printf '%s/%s' "${above%/}" "$(basename "$1")"
}

find_consortium() {
	[ -f "$dir/validators" ] || die "there is no consortium in $dir: scripts/consortium.sh up 4, or --dir DIR for another place"
	dir=$(full_path "$dir")
	count=$(cat "$dir/validators")
	whole "$count" || die "$dir/validators is not as it was written"
	find_namespaces
}

is_validator() { whole "$1" && [ "$1" -ge 1 ] && [ "$1" -le "$count" ]; }

check_validator() { is_validator "$1" || die "there is no validator $1: they are 1 to $count"; }

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The process of a validator, if it runs. A number alone may be somebody else's by now.
process_of() {
	local pid command
	pid=$(cat "$dir/$1/pid" 2>/dev/null) && whole "$pid" && kill -0 "$pid" 2>/dev/null || return 1
	if [ -d /proc/self ]; then
		command=$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") || return 1
	else
		command=$(ps -o args= -p "$pid") || return 1
	fi
	case "$command" in *" $dir/$1/data "*) echo "$pid" ;; *) return 1 ;; esac
}

# Where the RPC of a validator is.
place_of() { echo "$(rpc_host "$1"):$(cat "$dir/$1/rpc")"; }

# rpc PLACE METHOD [PARAMS]: the answer of a node, if it gives one.
rpc() {
	local body answer
	body=$(printf '{"jsonrpc":"2.0","id":1,"method":"%s","params":[%s]}' "$2" "${3:-}")
	answer=$(
		exec 2>/dev/null 3<>"/dev/tcp/${1%:*}/${1#*:}" || exit 1
		printf 'POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
			"$1" "${#body}" "$body" >&3
		timeout 10 cat <&3
	) || return 1
	case "$answer" in *'"result":'*) printf '%s\n' "$answer" ;; *) return 1 ;; esac
}

# The number in a header, the newest one's or that of the block with this hash.
block_number() {
	local number
	number=$(rpc "$1" chain_getHeader "${2:-}" | sed -n 's/.*"number":"\(0x[0-9a-f]*\)".*/\1/p')
	[ -n "$number" ] && echo $((number))
}

finalized_number() {
	local hash
	hash=$(rpc "$1" chain_getFinalizedHead | sed -n 's/.*"result":\("0x[0-9a-f]*"\).*/\1/p')
	[ -n "$hash" ] && block_number "$1" "$hash"
}

find_programs() {
	programs=${HDX_BIN_DIR:-$CARGO_TARGET_DIR/release}
	hdx=$programs/hdx
	node=$programs/hdx-node
}

build() {
	if [ -z "${HDX_BIN_DIR:-}" ]; then
		setup install build
		say "building (the first time takes a while)"
		mirror_sources
		(cd "$sources" && cargo build --release --locked "${around_chain[@]}" >&2) ||
			die "the build failed; the compiler's words are above"
		mirror_built
		mirror_release
	fi
	find_programs
	check_programs
}

check_programs() {
	local program
	for program in "$hdx" "$node"; do
		[ -x "$program" ] || die "there is no program $program"
	done
}

# What is in the way of a consortium in this directory, at these ports.
check_room() {
	local k wanted
	if [ -e "$dir" ]; then
		[ -d "$dir" ] || die "$dir is not a directory; --dir DIR chooses another place"
		[ ! -f "$dir/validators" ] || die "there is a consortium in $dir already: scripts/consortium.sh down deletes it"
		[ -z "$(ls -A "$dir")" ] || die "$dir is not empty; --dir DIR chooses another place"
	fi
	[ "$port" != 0 ] || return 0
	for k in $(seq "$1"); do
		for wanted in $((port + k - 1)) $((port + k + 99)); do
			! port_taken "$wanted" || die "port $wanted is in use. Stop what listens there, or choose others: --port N (0: any free ports)"
		done
	done
}

# A port that nobody listens at, and that no validator before has.
free_port() {
	local candidate
	for _ in $(seq 200); do
		candidate=$((20000 + RANDOM % 12000))
		case " $given " in *" $candidate "*) continue ;; esac
		port_taken "$candidate" && continue
		given="$given $candidate"
		free=$candidate
		return 0
	done
	die "no free port was found"
}

choose_ports() {
	if [ "$port" = 0 ]; then
		free_port && echo "$free" >"$dir/$1/rpc"
		free_port && echo "$free" >"$dir/$1/p2p"
	else
		echo $((port + $1 - 1)) >"$dir/$1/rpc"
		echo $((port + $1 + 99)) >"$dir/$1/p2p"
	fi
}

# A new account in a file; prints its address.
new_account() {
	local made
	made=$("$hdx" key generate --out "$1" --json) || die "hdx made no key in $1; its words are above"
	sed -n 's/.*"account": *"\([^"]*\)".*/\1/p' <<<"$made"
}

# What an institution's engineers do: prints what stands of them in the file of all.
new_institution() {
	local own=$dir/$1 operator validator keys
	mkdir -p "$own/data/chains/$id"
	operator=$(new_account "$own/operator.key")
	validator=$(new_account "$own/validator.key")
	"$node" key generate-node-key --file "$own/node.key" 2>/dev/null || die "hdx-node made no network key"
	chmod 600 "$own/node.key"
	"$node" key inspect-node-key --file "$own/node.key" >"$own/peer" || die "hdx-node does not read its network key"
	keys=$("$hdx" key session-new --owner "$validator" --keystore "$own/data/chains/$id/keystore") ||
		die "hdx made no session keys; its words are above"
	printf '[[institution]]\nid = "hospital-%d"\nkind = "hospital"\naccount = "%s"\nprofile = "0x%064x"\n' \
		"$1" "$operator" "$1"
	printf '[[validator]]\ninstitution = "hospital-%d"\n' "$1"
	sed -nE '/^(account|aura|aura_proof|grandpa|grandpa_proof) = /p' <<<"$keys"
}

# numbered PREFIX COUNT: the list of them, as TOML.
numbered() {
	local list
	list=$(seq -f "\"$1%g\"" "$2" | paste -sd, -)
	echo "[$list]"
}

make_spec() {
	local file=$dir/consortium.toml people='' account k
	printf '[chain]\nname = "Consortium on one machine"\nid = "%s"\nminimum_validators = %d\n' \
		"$id" $((count < 4 ? count : 4)) >"$file"
	for k in $(seq "$count"); do
		new_institution "$k" >>"$file"
		choose_ports "$k"
		echo 1 >"$dir/$k/group"
	done
	for k in 1 2 3; do
		account=$(new_account "$dir/representative-$k.key")
		people="$people\"$account\", "
	done
	printf '[chambers]\ninstitutions = %s\nrepresentatives = [%s]\n' "$(numbered hospital- "$count")" "${people%, }" >>"$file"
	printf '[[template]]\nuri = "urn:hdx:consent-template:treatment"\nversion = 1\n' >>"$file"
	"$hdx" chain-spec build "$file" --raw --node "$node" --out "$dir/chain.json" --json >"$dir/built.json" ||
		die "hdx made no specification; its words are above"
}

# Where others reach a validator; with a port, that is said to be there.
address() { echo "/ip4/$(peer_host "$1")/tcp/${2:-$(cat "$dir/$1/p2p")}/p2p/$(cat "$dir/$1/peer")"; }

group_of() { cat "$dir/$1/group"; }

# Starts the process of a validator, which knows those of its side.
spawn() {
	local k=$1 other detach=nohup
	local own=$dir/$k
	local -a peers=() inside=() rpc_at
	# A node makes room for those alone that it knew as reserved when it started. Those of the other side it knows under an
	# address where nobody is, until it is told to drop them.
	for other in $(seq "$count"); do
		if [ "$other" = "$k" ]; then
			continue
		elif [ -n "$namespaces" ] || [ "$(group_of "$other")" = "$(group_of "$k")" ]; then
			peers+=(--reserved-nodes "$(address "$other")")
		else
			peers+=(--reserved-nodes "$(address "$other" 1)")
		fi
	done
	rpc_at=(--rpc-port "$(cat "$own/rpc")")
	if [ -n "$namespaces" ]; then
		inside=(nsenter "--net=/run/netns/$(namespace_of "$k")" --)
		# On the cable to this machine, and not on the one to the others.
		rpc_at=(--experimental-rpc-endpoint "listen-addr=$(place_of "$k"),methods=unsafe")
	else
		for other in rpc p2p; do
			other=$(cat "$own/$other")
			! port_taken "$other" || die "port $other of validator $k is in use by somebody else"
		done
	fi
	# It has room for nobody else: a node keeps whom it is told to drop as an ordinary peer where it has.
	peers+=(--reserved-only --in-peers 0 --out-peers 0 --in-peers-light 0)
	# It outlives this script, and a Ctrl-C at the terminal is not for it.
	! command -v setsid >/dev/null || detach=setsid
	printf '\n==> started %s\n' "$(date -u +%FT%TZ)" >>"$own/node.log"
	"$detach" ${inside[@]+"${inside[@]}"} "$node" --chain "$dir/chain.json" --validator --name "hospital-$k" --base-path "$own/data" \
		--node-key-file "$own/node.key" "${rpc_at[@]}" \
		--listen-addr "/ip4/$(peer_host "$k")/tcp/$(cat "$own/p2p")" --allow-private-ip --no-mdns --no-prometheus --no-telemetry \
		"${peers[@]}" --compiled-runtimes "$programs/compiled-runtimes" \
		</dev/null >>"$own/node.log" 2>&1 &
	echo $! >"$own/pid"
	# Until it is the node's: at first a process is a copy of this one.
	until process_of "$k" >/dev/null || ! kill -0 $! 2>/dev/null; do sleep 0.05; done
}

node_failed() {
	say "error: validator $1 $2. The last lines of its log:"
	tail -n 20 "$dir/$1/node.log" | sed 's/^/    /' >&2
	say "The whole log: $dir/$1/node.log"
	exit 1
}

wait_for_node() {
	local until=$((SECONDS + limit)) place
	place=$(place_of "$1")
	until rpc "$place" system_chain >/dev/null; do
		process_of "$1" >/dev/null || node_failed "$1" "stopped while it started"
		[ "$SECONDS" -le "$until" ] || node_failed "$1" "did not answer within $limit s"
		sleep 0.2
	done
}

# Ends a process of ours by its id, and waits until it is gone: asks first, insists after ten seconds.
end() {
	local k=$1 pid tries=100
	pid=$(process_of "$k") || return 1
	if [ -n "$hard" ]; then kill -9 "$pid" 2>/dev/null || true; else kill "$pid" 2>/dev/null || true; fi
	while process_of "$k" >/dev/null; do
		[ "$tries" -gt 0 ] || kill -9 "$pid" 2>/dev/null || true
		sleep 0.1
		tries=$((tries - 1))
	done
	rm -f "$dir/$k/pid"
}

end_all() {
	local k
	for k in $(seq "$count"); do end "$k" || true; done
}

# Nothing half-started stays behind; what tells why does.
give_up() {
	local code=$?
	trap - EXIT
	trap '' INT TERM HUP
	[ "$code" != 0 ] || exit 0
	end_all
	say "All validators were ended. Logs and keys are in $dir; scripts/consortium.sh --dir $dir down deletes them."
	exit "$code"
}

up() {
	local until k
	takes up 1
	count=${words[1]}
	whole "$count" && [ "$count" -ge 1 ] && [ "$count" -le "$most" ] ||
		die "up takes a number of validators from 1 to $most, not $count"
	check_room "$count"
	[ -z "$namespaces" ] || check_namespaces
	if [ "$how" = check ]; then
		[ -n "${HDX_BIN_DIR:-}" ] || setup check build
		[ -z "${HDX_BIN_DIR:-}" ] || { find_programs && check_programs; }
		say "consortium: nothing is missing or in the way"
		return 0
	fi
	build
	mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] || die "cannot write in $dir; --dir DIR chooses another place"
	chmod 700 "$dir"
	dir=$(full_path "$dir")
	given=
	echo "$count" >"$dir/validators"
	[ -z "$namespaces" ] || choose_namespaces
	find_namespaces
	trap give_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
	say "consortium: making keys and the specification"
	make_spec
	[ -z "$namespaces" ] || make_namespaces
	say "consortium: starting $count validators"
	# The first compiles the runtime for all.
	spawn 1
	wait_for_node 1
	for k in $(seq 2 "$count"); do spawn "$k"; done
	for k in $(seq 2 "$count"); do wait_for_node "$k"; done
	until=$((SECONDS + limit))
	for k in $(seq "$count"); do
		until [ "$(finalized_number "$(place_of "$k")" || echo 0)" -ge 1 ]; do
			process_of "$k" >/dev/null || node_failed "$k" "stopped"
			[ "$SECONDS" -le "$until" ] || node_failed "$k" "sees no final block within $limit s"
			sleep 0.2
		done
	done
	status
	say "The chain is up, and stays up: scripts/consortium.sh down ends it. Keys, logs and specification: $dir"
}

# A line of `status`, of columns or of JSON.
line() {
	if [ -n "$json" ]; then
		printf '{"validator":%s,"institution":"%s","state":"%s","pid":%s,"rpc":%s,"side":%s,"peers":%s,"best":%s,"finalized":%s,"host":"%s"}\n' \
			"$@" "$host"
	else
		printf '%-9s  %-12s  %-8s  %8s  %24s  %4s  %5s  %8s  %9s\n' "${@:1:4}" \
			"$([ "$5" = RPC ] && echo RPC || echo "ws://$host:$5")" "${@:6}"
	fi
}

status() {
	local k pid place host='' state peers best final none=-
	[ -z "$json" ] || none=null
	[ -n "$json" ] || line validator institution state pid RPC side peers best finalized
	for k in $(seq "$count"); do
		place=$(place_of "$k")
		host=${place%:*}
		pid=$none peers='' best=$none final=$none state=running
		if process_of "$k" >/dev/null; then
			pid=$(cat "$dir/$k/pid")
			peers=$(rpc "$place" system_health | sed -n 's/.*"peers":\([0-9]*\).*/\1/p') || true
			best=$(block_number "$place") || best=$none
			final=$(finalized_number "$place") || final=$none
			[ "$best" != "$none" ] || state=silent
		else
			# One that was stopped has no number any more.
			state=died
			[ -f "$dir/$k/pid" ] || state=stopped
		fi
		line "$k" "hospital-$k" "$state" "$pid" "${place#*:}" "$(group_of "$k")" "${peers:-$none}" "$best" "$final"
	done
}

# Lets those that run know who is on their side, as it stands in the directory.
tell_sides() {
	local a b place
	if [ -n "$namespaces" ]; then
		plug_sides
		return 0
	fi
	for a in $(seq "$count"); do
		process_of "$a" >/dev/null || continue
		place=$(place_of "$a")
		for b in $(seq "$count"); do
			if [ "$a" = "$b" ]; then
				continue
			elif [ "$(group_of "$a")" = "$(group_of "$b")" ]; then
				rpc "$place" system_addReservedPeer "\"$(address "$b")\"" >/dev/null
			else
				rpc "$place" system_removeReservedPeer "\"$(cat "$dir/$b/peer")\"" >/dev/null
			fi || die "validator $a does not take who it is connected to; its log: $dir/$a/node.log"
		done
	done
}

# Whether each validator that runs has those of its side as peers, and no others. Where a cable was cut, it takes minutes
# until a validator notices: there, those of its side are enough.
sides_hold() {
	local a b expected found
	for a in $(seq "$count"); do
		process_of "$a" >/dev/null || continue
		expected=0
		for b in $(seq "$count"); do
			[ "$a" = "$b" ] || [ "$(group_of "$a")" != "$(group_of "$b")" ] || ! process_of "$b" >/dev/null ||
				expected=$((expected + 1))
		done
		found=$(rpc "$(place_of "$a")" system_health | sed -n 's/.*"peers":\([0-9]*\).*/\1/p') || return 1
		[ "$found" = "$expected" ] || { [ -n "$namespaces" ] && [ "$found" -gt "$expected" ]; } || return 1
	done
}

wait_for_sides() {
	local until=$((SECONDS + limit))
	until sides_hold; do
		[ "$SECONDS" -le "$until" ] || die "the validators are not connected as they should be after $limit s (status shows them)"
		sleep 0.2
	done
}

partition() {
	takes partition 2
	local side k list seen=' '
	for side in 1 2; do
		[[ ${words[side]} =~ ^[0-9]+(,[0-9]+)*$ ]] || die "partition takes two lists such as 1,2 3,4, not ${words[side]}"
		for k in ${words[side]//,/ }; do
			check_validator "$k"
			case "$seen" in *" $k "*) die "validator $k stands twice" ;; esac
			seen="$seen$k "
		done
	done
	for k in $(seq "$count"); do
		case "$seen" in *" $k "*) ;; *) die "validator $k stands on no side" ;; esac
	done
	for side in 1 2; do
		list=${words[side]}
		for k in ${list//,/ }; do echo "$side" >"$dir/$k/group"; done
	done
	tell_sides
	wait_for_sides
}

heal() {
	local k
	takes heal 0
	for k in $(seq "$count"); do echo 1 >"$dir/$k/group"; done
	tell_sides
	wait_for_sides
}

read_options "$@"
[ "${#words[@]}" -gt 0 ] || die "what shall be done? up N, status, stop K, start K, partition A B, heal or down (scripts/consortium.sh --help)"
check_options "${words[0]}"
case "${words[0]}" in
up)
	# No part of a list: bash would go on after what fails in it.
	up
	exit 0
	;;
status | stop | start | partition | heal | down) ;;
*) die "unknown command: ${words[0]} (scripts/consortium.sh --help lists them)" ;;
esac
find_consortium
find_programs
case "${words[0]}" in
status)
	takes status 0
	status
	;;
stop)
	takes stop 1
	check_validator "${words[1]}"
	end "${words[1]}" || die "validator ${words[1]} does not run"
	;;
start)
	takes start 1
	check_validator "${words[1]}"
	! process_of "${words[1]}" >/dev/null || die "validator ${words[1]} runs already"
	check_programs
	spawn "${words[1]}"
	wait_for_node "${words[1]}"
	tell_sides
	wait_for_sides
	;;
partition) partition ;;
heal) heal ;;
down)
	takes down 0
	end_all
	[ -z "$namespaces" ] || delete_namespaces
	rm -rf "$dir"
	;;
esac
