#! /bin/sh
# --line-buffer: lines that are longer than any buffer on the way are not torn either, and nothing is lost.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# shellcheck disable=SC2016 # the tasks expand it
expect_status 0 cpool -j3 --lb 'for i in 1 2 3 4 5; do head -c 300000 /dev/zero | tr "\0" {}; echo; done' ::: a b c
[ "$(wc -l <out)" -eq 15 ] || fail "$(wc -l <out) lines"
for letter in a b c; do
    [ "$(grep -c "^$letter*\$" out)" -eq 5 ] || fail "lines of $letter are torn"
    [ "$(tr -cd "$letter" <out | wc -c)" -eq 1500000 ] || fail "bytes of $letter are missing"
done
