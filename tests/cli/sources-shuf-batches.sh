#! /bin/sh
# --shuf goes with batches, columns and a header: the header stays the header.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ echo name,size && seq 100 | sed 's/.*/n&,s&/'; } >in
expect_status 0 cpool --shuf --seed 3 --header : --csv echo '{size}={name}' :::: in
[ "$(wc -l <out)" -eq 100 ] || fail "$(wc -l <out) lines"
[ "$(grep -Ec '^s([0-9]*)=n\1$' out)" -eq 100 ] || fail 'rows were torn'
expect_status 0 cpool --shuf -n7 echo ::: $(seq 20)
[ "$(tr ' ' '\n' <out | sort -n | tr '\n' ' ')" = "$(seq 20 | tr '\n' ' ')" ] || fail "$(cat out)"
