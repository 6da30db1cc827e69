#! /bin/sh
# run-models.sh [long]: the models of the protocol, in all orders in which its steps can happen: as they are, when they must hold, and with
# each fault brought back, when they must fail, or the check would see nothing. `make model` runs it with `long`, which adds
# three workers, two crashes and two stops. It ends with 0, with 1 when something is not as it must be, with 77 where there is no spin or compiler.

set -u
folder=$(cd "$(dirname "$0")" && pwd -P) || exit 1
spin=${SPIN:-spin} cc=${CC:-cc} form=${1:-short}

for program in "$spin" "${cc%% *}"; do
    command -v "$program" >/dev/null && continue
    echo "run-models.sh: $program is not installed (Debian: apt-get install spin gcc)" >&2
    exit 77
done

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
wrong=0
table=22 # two to this power are the places of the table of states

# field TEXT: the number in front of TEXT in what the search said.
field () {
    sed -n "s/^[[:space:]]*\([0-9.e+]*\)[[:space:]]*$1.*/\1/p" found | head -n 1
}

# search MODEL SIZE...: `verdict` is holds, fails, or broken: it did not come to an end, or something else is wrong.
search () {
    file=$1
    shift
    verdict=broken
    # COLLAPSE: less memory; NOREDUCE: every step can be seen by others, so that nothing is to be left out.
    "$spin" -a "$@" "$folder/$file.pml" >found 2>&1 &&
        $cc -O2 -DSAFETY -DCOLLAPSE -DNOREDUCE -DMEMLIM=8000 -o pan pan.c >>found 2>&1 || return
    ./pan -E -m1000000 "-w$table" >found 2>&1
    if grep -q 'assertion violated' found && ! grep -q 'invalid array index' found; then
        verdict=fails
    elif grep -q 'errors: 0' found && ! grep -Eq 'not completed|too small|out of memory' found; then
        verdict=holds
    fi
}

expect () { # WANTED MODEL SIZE...
    wanted=$1
    shift
    search "$@"
    printf '%-6s %s: %s states, %s MB, %s s\n' "$verdict" "$*" "$(field 'states, stored')" "$(field 'total actual')" \
        "$(sed -n 's/.*elapsed time \([0-9.]*\).*/\1/p' found)"
    [ "$verdict" != "$wanted" ] || return 0
    echo "    it $wanted no more:" >&2
    sed 's/^/    | /' found >&2
    wrong=1
}

two="-DWORKERS=2 -DPROMPT"

# shellcheck disable=SC2086 # $two is several words
{
    expect holds outbox
    expect fails outbox -DCOMMIT_BEFORE_WRITE
    expect fails outbox -DNOT_WITHHELD
    expect fails outbox -DDONE_FROM_STREAM
    expect fails outbox -DNO_RECOVERY

    expect fails queue $two -DCRASHES=0 -DSTOPS=0 -DNO_SECOND_LOOK
    expect fails queue $two -DCRASHES=1 -DSTOPS=0 -DNO_REWAKE_ON_BURIAL
    expect fails queue $two -DCRASHES=1 -DSTOPS=0 -DNO_REWAKE_ON_BURIAL -DPIPE
    expect fails queue $two -DCRASHES=0 -DSTOPS=0 -DNO_REWAKE_ON_BURIAL -DPIPE -DLEAVES=1
    expect fails queue $two -DCRASHES=0 -DSTOPS=1 -DNO_REWAKE_ON_STOP
    expect fails queue $two -DCRASHES=0 -DSTOPS=0 -DNO_PASS_ON_PAUSE -DPAUSES=1
    expect fails queue $two -DCRASHES=0 -DSTOPS=1 -DHIRE_COUNTS_ALL
    expect fails queue $two -DCRASHES=1 -DSTOPS=1 -DHIRE_COUNTS_STUCK -DLEAVES=1

    # With three of them seats are sorted, which must not hide a fault.
    expect fails queue -DWORKERS=3 -DPROMPT -DCRASHES=1 -DSTOPS=0 -DNO_REWAKE_ON_BURIAL
    expect fails queue -DWORKERS=3 -DPROMPT -DCRASHES=0 -DSTOPS=1 -DNO_REWAKE_ON_STOP

    expect holds queue $two -DCRASHES=1 -DSTOPS=0
    expect holds queue $two -DCRASHES=1 -DSTOPS=0 -DPIPE
    expect holds queue $two -DCRASHES=0 -DSTOPS=1
    expect holds queue $two -DCRASHES=0 -DSTOPS=1 -DPIPE
    expect holds queue $two -DCRASHES=0 -DSTOPS=1 -DLEAVES=1 -DCHUNKS=2
    expect holds queue $two -DCRASHES=0 -DSTOPS=0 -DLEAVES=1 -DPIPE
    expect holds queue $two -DCRASHES=0 -DSTOPS=0 -DPAUSES=1
    expect holds queue $two -DCRASHES=0 -DSTOPS=0 -DPAUSES=1 -DPIPE
    expect holds queue $two -DCRASHES=1 -DSTOPS=0 -DCLOSES=1 -DCHUNKS=2
    # Not PROMPT, which has the parent hear of a free slot, and wait all the same.
    expect holds queue -DWORKERS=2 -DCRASHES=1 -DSTOPS=0 -DSLOTS=2
    expect holds queue -DWORKERS=2 -DCRASHES=1 -DSTOPS=0 -DCHUNKS=2
}
if [ "$form" = long ]; then
    expect holds queue -DWORKERS=2 -DPROMPT -DCRASHES=1 -DSTOPS=1
    expect holds queue -DWORKERS=2 -DPROMPT -DCRASHES=1 -DSTOPS=1 -DPIPE
    # 46 million states: 4.4 GB, and a quarter of an hour at the most.
    table=26
    expect holds queue -DWORKERS=3 -DPROMPT -DCRASHES=2 -DSTOPS=2
fi
exit "$wrong"
