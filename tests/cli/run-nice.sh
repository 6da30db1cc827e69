#! /bin/sh
# --nice N: the tasks are so much nicer, cpool itself is not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need nice
before=$(nice)
[ "$before" -le 10 ] || skip 'the tests are too nice already'
expect_status 0 cpool --nice 5 sh -c 'nice; : {}' ::: a
expect_out $((before + 5))
expect_status 0 cpool --nice 0 sh -c 'nice; : {}' ::: a
expect_out "$before"
for bad in x 21 -21 1.5 ''; do
    expect_status 125 cpool --nice "$bad" touch ran ::: a
    expect_err_match '^cpool: --nice: '
done
[ ! -e ran ] || fail 'a task was run'
