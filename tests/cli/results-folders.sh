#! /bin/sh
# --results DIR: the layout of GNU parallel; nothing is printed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool --results keep/it 'echo {1}; echo {2} >&2; [ {2} != 2 ]' ::: a b ::: 1 2
expect_out_empty
expect_err_match '^cpool: 2 of 4 tasks failed'
(cd keep/it && find . -type f | sort) >files
cat >wanted <<'END'
./1/a/2/1/seq
./1/a/2/1/stderr
./1/a/2/1/stdout
./1/a/2/2/seq
./1/a/2/2/stderr
./1/a/2/2/stdout
./1/b/2/1/seq
./1/b/2/1/stderr
./1/b/2/1/stdout
./1/b/2/2/seq
./1/b/2/2/stderr
./1/b/2/2/stdout
END
cmp -s wanted files || fail "$(cat files)"
[ "$(cat keep/it/1/b/2/1/stdout keep/it/1/b/2/1/stderr keep/it/1/b/2/1/seq | tr '\n' ' ')" = 'b 1 3' ] || fail 'contents'
