#! /bin/sh
# A file that is not there, is a folder, is empty or holds no number: one line, status 125, nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir folder
: >empty
echo many >text
printf '2\n3\n' >two
for bad in missing folder empty text two '' x 5z; do
    expect_status 125 cpool -j "$bad" touch ran ::: a
    expect_out_empty
    expect_err_match "^cpool: -j: '$bad' is no number of jobs, nor a file that holds one"
    [ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
done
[ ! -e ran ] || fail 'a task was run'
