#! /bin/sh
# What a task that --resume leaves out has written in an earlier run stays, in folders and in a table.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >script <<'END'
echo "$1 $(cat run)"
[ "$1" != b ] || [ -e good ]
END
echo first >run
expect_status 1 cpool --joblog log --results DIR sh script ::: a b
expect_status 1 cpool --joblog log2 --results t.csv sh script ::: a b
: >good
echo second >run
expect_status 0 cpool --joblog log --resume-failed --results DIR sh script ::: a b a
[ "$(cat DIR/1/a/stdout)" = 'a first' ] || fail "a: $(cat DIR/1/a/stdout)"
[ "$(cat DIR/1/b/stdout)" = 'b second' ] || fail "b: $(cat DIR/1/b/stdout)"
[ "$(cat 'DIR/1/a\~3/stdout')" = 'a second' ] || fail "the second a: $(find DIR)"
expect_status 0 cpool --joblog log2 --resume-failed --results t.csv sh script ::: a b
[ "$(grep -c '^Seq' t.csv)" -eq 1 ] || fail "$(cat t.csv)"
[ "$(grep -c 'first\|second' t.csv)" -eq 3 ] || fail "$(cat t.csv)"
