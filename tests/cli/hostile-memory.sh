#! /bin/sh
# Less and less address space: correct, or a clear message and 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers take terabytes of address space'
seq 100 >in
try () { # KILOBYTES WHAT...
    limit=$1
    shift
    echo "ulimit -v $limit; cpool -j4 $*" >"$_work/command"
    timeout 60 sh -c 'ulimit -v "$1"; shift; exec cpool -j4 "$@"' _ "$limit" "$@" <in >out 2>err
    status=$?
    case $status in
        0) expect_out_file in ;;
        126 | 127 | 139) [ "$limit" -le 4000 ] || _check_status 0 "$status" ;; # not even the loader found room
        *)
            _check_status 125 "$status"
            expect_err_match '^cpool: '
            ;;
    esac
}
for limit in 3000 4000 5000 6000 8000 10000 14000 18000 20000 24000 40000 80000; do
    try "$limit" sh -c 'echo "$1"' _
    try "$limit" identity
    # Once there is room there is room.
    [ "$limit" -lt 10000 ] || _check_status 0 "$status"
done
