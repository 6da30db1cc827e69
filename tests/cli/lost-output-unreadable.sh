#! /bin/sh
# Where poll can't say what there is to read, and reading can't be made not to wait either, the task is lost with a message: it is not
# tried for ever in silence.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'the parent would have to do without poll, too'
need strace
sanitized && skip 'the sanitizers do not work under strace'
fails="-f -o /dev/null -e trace=poll,ppoll,fcntl -e inject=poll,ppoll:error=ENOMEM -e inject=fcntl:error=EIO"
# shellcheck disable=SC2086
strace $fails true 2>/dev/null || skip 'strace can make no call fail here'
# shellcheck disable=SC2086
expect_status 1 timeout 20 strace $fails cpool -j1 sh -c 'sleep 0.1; echo x' ::: 1
expect_err_match "^cpool: a task's output can't be read: "
# shellcheck disable=SC2086
expect_status 1 timeout 20 strace $fails:when=3+ cpool -j1 --filter cat ::: 1
expect_err_match "^cpool: a filter's answers can't be read: "
