#! /bin/sh
# A worker killed: what its command had been given is reported lost, the others have all the rest.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 400000 >in
kill='if mkdir once 2>/dev/null; then head -n 100001 >/dev/null; kill -KILL $PPID; exit; fi; cat'
for by in file pipe; do
    # shellcheck disable=SC2002
    run () { if [ $by = file ]; then "$@" <in; else cat in | "$@"; fi; }
    run expect_status 1 timeout 20 cpool -j1 --pipe -N 100000 --filter sh -c "$kill"
    rmdir once
    expect_err_match '^cpool: block 1 and [1-3] others that its command had been given: lost: its worker was ended by SIGKILL'
    expect_err_match '^cpool: 1 of [1-3] tasks failed$'
    others=$(sed -n 's/^cpool: block 1 and \([1-3]\) others.*/\1/p' err)
    sed "1,$((100000 * (others + 1)))d" in >wanted
    expect_out_file wanted
done
