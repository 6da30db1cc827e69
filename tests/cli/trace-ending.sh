#! /bin/sh
# The ending of FILE says what is written; with any other, or where FILE can't be written, nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for name in run run.png run.svg.gz - svg; do
    expect_status 125 cpool --trace="$name" touch ran ::: 1
    expect_err_match "^cpool: --trace: '$name' ends neither in \.svg, for a picture, nor in \.json"
done
expect_status 125 cpool --trace=missing/run.svg touch ran ::: 1
expect_err_match '^cpool: --trace: missing/run\.svg: can.t be written: No such file or directory$'
[ ! -e ran ] || fail 'a task was started'
