#! /bin/sh
# --retries N is N tries in all, and as many as are needed; each leaves its mark.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -j2 --retries 3 sh -c 'echo x >>"tries.$1"; [ "$1" != bad ]' _ ::: good bad fine
[ "$(wc -l <tries.bad)" -eq 3 ] || fail "$(wc -l <tries.bad) tries"
[ "$(wc -l <tries.good)" -eq 1 ] || fail "a good one was tried $(wc -l <tries.good) times"
expect_err_match "^cpool: 1 of 3 tasks failed\$"
expect_err_match "^cpool: item 2 'bad': exit status 1 at the last of 3 tries\$"
[ "$(wc -l <err)" -eq 2 ] || fail "$(cat err)"
expect_status 1 cpool --retries 1 sh -c 'echo x >>one; exit 7' _ ::: a
[ "$(wc -l <one)" -eq 1 ] || fail "$(wc -l <one) tries"
# 0 is for ever
expect_status 0 cpool --retries 0 sh -c 'echo x >>many; [ "$(wc -l <many)" -eq 20 ]' _ ::: a
for bad in x -1 '' 1.5; do
    expect_status 125 cpool --retries "$bad" true ::: a
    expect_err_match '^cpool: --retries: '
done
