#! /bin/sh
# --wd with a folder that is not there, or none: one line, status 125, nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo x >file
for bad in missing file file/x ''; do
    expect_status 125 cpool --wd "$bad" touch "$PWD/ran" ::: a
    expect_out_empty
    expect_err_match '^cpool: --wd: '
    [ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
done
[ ! -e ran ] || fail 'a task was run'
