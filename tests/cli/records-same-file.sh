#! /bin/sh
# A file that two options name is refused, and one that is refused costs no other its contents.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

refuse () {
    expect_status 125 cpool "$@" touch ran ::: a
    expect_err_match 'is written by --[a-z]+ already; give another name$'
    [ ! -e ran ] || fail "$*: a task was run"
}
refuse --joblog x --failed x
refuse --joblog x.csv --results x.csv
refuse --joblog x.json --trace x.json
refuse --results x.json --trace x.json
echo kept >todo
echo 'no log' >log
expect_status 125 cpool --joblog +log --failed todo touch ran ::: a
[ "$(cat todo)" = kept ] || fail 'the list of what failed is gone'
# What can be written at the same time can be shared.
expect_status 0 cpool --joblog /dev/null --failed /dev/null true ::: a
