#! /bin/sh
# A worker killed in the middle of a block: that block is named and missing, or tried again; all others are right.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 400000 >in
kill='if [ "$CPOOL_SEQ" = 2 ] && mkdir once 2>/dev/null; then head -c 1000 >/dev/null; kill -KILL $PPID; exit; fi; cat'
for by in file pipe; do
    # shellcheck disable=SC2002
    run () { if [ $by = file ]; then "$@" <in; else cat in | "$@"; fi; }
    run expect_status 0 cpool -j2 --pipe -N 100000 --retries 2 sh -c "$kill"
    expect_out_file in
    rmdir once
    run expect_status 1 cpool -j2 --pipe -N 100000 sh -c "$kill"
    rmdir once
    sed 100001,200000d in >wanted
    expect_out_file wanted
    expect_err_match '^cpool: item 2 .*: lost: its worker was ended by SIGKILL'
    expect_err_match '^cpool: 1 of 4 tasks failed'
done
