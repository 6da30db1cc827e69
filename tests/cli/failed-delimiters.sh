#! /bin/sh
# Items come back in the form they came in: with NULs, with another delimiter, with a newline in them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
printf 'a\nb\0c\0' >list
expect_status 2 cpool -j1 -0 -a list --failed todo false
cmp list todo || fail 'NUL'
printf 'a\nb,c' >list
expect_status 2 cpool -j1 -d , -a list --failed todo false
printf 'a\nb,c,' | cmp - todo || fail 'comma'
printf 'x,"a\nb"\ny,z\n' >list
expect_status 2 cpool -j1 --csv -a list --failed todo false
cmp list todo || fail 'CSV'
printf 'x y\n' >list
expect_status 1 cpool -C ' ' -a list --failed todo sh -c 'exit 1' sh '{2}' '{1}'
cmp list todo || fail 'columns'
# One that would be two when it is read again is not written, which is said.
expect_status 2 cpool -j1 --failed todo false ::: 'a
b' c
expect_err_match "^cpool: --failed: todo: item 1 'a.*b' is not written to it: it holds what ends an item there; see -0\$"
[ "$(cat todo)" = c ] || fail "$(cat todo)"
