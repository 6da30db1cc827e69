#! /bin/sh
# A log that can't be opened is said before anything is run; without a log there is nothing to go on from.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
mkdir folder
expect_status 125 cpool --joblog missing/log touch ran ::: a
expect_err_match '^cpool: --joblog: missing/log: can.t be written: No such file or directory$'
expect_status 125 cpool --joblog folder touch ran ::: a
expect_status 125 cpool --joblog '' touch ran ::: a
expect_status 125 cpool --resume touch ran ::: a
expect_err_match '^cpool: --resume: what was done is read from the log; name it by --joblog FILE$'
expect_status 125 cpool --resume-failed touch ran ::: a
expect_status 125 cpool --joblog-format=json touch ran ::: a
expect_err_match '^cpool: --joblog-format: there is no log; name one by --joblog FILE$'
expect_status 125 cpool --joblog /dev/null --resume touch ran ::: a
expect_err_match '^cpool: --joblog: /dev/null: can.t be gone on from: it is no regular file$'
expect_status 125 cpool --pipe --filter --joblog log --resume touch ran </dev/null
[ ! -e ran ] || fail 'a task was run'
