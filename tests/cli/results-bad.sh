#! /bin/sh
# A place where nothing can be kept is told before anything is started; later it ends the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >file
for place in file file/x '' /dev/null/x.csv nowhere/x.json; do
    expect_status 125 cpool --results "$place" touch ran ::: a
    [ "$(wc -l <err)" -eq 1 ] || fail "$place: $(cat err)"
    expect_err_match '^cpool: --results: '
    [ ! -e ran ] || fail "$place: a task was run"
done
mkdir DIR
: >DIR/1
seq 1000 | expect_status 125 cpool -j2 --results DIR sh -c 'echo {} >>ran'
expect_err_match '^cpool: --results: DIR/1/[0-9]+: Not a directory'
[ ! -e ran ] || fail 'a task was run'
