#! /bin/sh
# A file system without locks: that is said, and it goes on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
need strace
strace -o /dev/null true 2>/dev/null || skip 'strace is not permitted here'
sanitized && skip 'LeakSanitizer does not work under strace'
for error in ENOLCK EOPNOTSUPP ENOSYS EBADF; do
    rm -rf log kept
    expect_status 0 strace -qq -o /dev/null -e trace=flock -e inject=flock:error=$error \
        cpool --joblog log --resume --results kept echo ::: a b
    expect_err_match '^cpool: warning: --joblog: log: can.t be locked: .*; see to it that no other run uses it meanwhile$'
    expect_err_match '^cpool: warning: --results: kept: can.t be locked: '
    [ "$(cat kept/1/b/stdout)" = b ] || fail "$error"
    expect_status 0 strace -qq -o /dev/null -e trace=flock -e inject=flock:error=$error cpool --joblog log echo ::: c
    [ "$(wc -l <log)" -eq 2 ] || fail "$(cat log)"
done
