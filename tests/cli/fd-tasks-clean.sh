#! /bin/sh
# A task has the descriptors 0, 1 and 2 and no other: none of cpool or of another worker leaks.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -d /proc/self/fd ] || skip 'no /proc/self/fd'
# ls has one more, on the folder that it lists.
sh -c 'ls /proc/self/fd' 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- >plain
seq 20 | expect_status 0 cpool -j4 sh -c 'ls /proc/self/fd | tr "\n" " "; echo' 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
sort -u out >different
tr '\n' ' ' <plain | cat - /dev/null >wanted && echo >>wanted
cmp -s wanted different || fail "a task has $(cat different), one of the shell has $(cat wanted)"
