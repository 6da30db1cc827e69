#! /bin/sh
# No program has a descriptor but its own three, whichever its place.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -d /proc/self/fd ] || skip 'no /proc/self/fd'
list='ls /proc/self/fd | tr "\n" " "'
sh -c "$list" 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- >plain
clean () { expect_status 0 cpool -j3 "$@" ::: 1 2 3 4 5 6 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    for _ in 1 2 3 4 5 6; do cat plain; done >wanted; expect_out_file wanted; }
clean sh -c "$list" '|' cat '|' cat
clean true '|' sh -c "$list" '|' cat
clean true '|' true '|' sh -c "$list"
seq 6 | expect_status 0 cpool --pipe -N 1 -j3 sh -c "$list" '|' cat 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
expect_out_file wanted
