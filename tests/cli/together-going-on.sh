#! /bin/sh
# --resume goes on with --pipe, --filter, functions and tags: once more nothing is done, and nothing printed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 20000 >in
again () { # LOG LINES COMMAND...
    log=$1 lines=$2
    shift 2
    expect_status 0 cpool -j2 --joblog "$log" --resume "$@" <in
    [ "$(wc -l <out)" -eq "$lines" ] || fail "$*: $(wc -l <out) lines"
    expect_status 0 cpool -j2 --joblog "$log" --resume "$@" <in
    expect_out_empty
}
again pipe 3 --pipe --block 40k wc -l
head -n 300 in >few
mv few in
again filter 300 --filter --tag cat
again function 300 square
again batch 30 -n 10 --tagstring '{#}' echo
