#! /bin/sh
# -t from many workers at once: each line is whole, also where it is long.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

long=$(head -c 50000 /dev/zero | tr '\0' x)
seq 200 | sed "s/\$/$long/" >in
cpool -j8 -t true <in 2>&1 >out | sed 's/^true //' | sort -n >told
sort -n in | cmp -s - told || fail "lines were mixed: $(wc -l <told) lines"
expect_out_empty
