#! /bin/sh
# --resume leaves out what has failed, --resume-failed tries it again; what then did well is done.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
run () { # STATUS OPTION...: one of its items fails as long as there is no ./well
    status=$1
    shift
    expect_status "$status" cpool -j1 --joblog log "$@" sh -c 'echo "$1"; [ "$1" = a ] || [ -e well ]' sh ::: a b
}
run 1
run 0 --resume
expect_out_empty
run 1 --resume-failed
expect_out b
run 1 --resume-failed
expect_out b
: >well
run 0 --resume-failed
expect_out b
run 0 --resume-failed
expect_out_empty
run 0 --resume
expect_out_empty
[ "$(wc -l <log)" -eq 6 ] || fail "$(cat log)"
