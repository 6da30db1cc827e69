#! /bin/sh
# Workers are forked on demand: with one item there is one, and it is enough for items that come one by one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j8 pid <in 8>&-
for item in 1 2 3; do
    echo "$item" >&8
    answers () { [ "$(wc -l <out)" -eq "$item" ]; }
    wait_for answers
done
exec 8>&-
expect_end 0
[ "$(sort -u out | wc -l)" -eq 1 ] || fail "$(sort -u out | wc -l) workers"
