#! /bin/sh
# --retries tries the whole batch again: no item is lost, none comes twice.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 10 >in
expect_status 0 cpool -j2 -n3 --retries 3 sh -c 'echo x >>"tries.$1"; [ "$(wc -l <"tries.$1")" -ge 2 ] || { echo half; exit 1; }
    printf "%s\n" "$@"' _ <in
expect_out_file in
expect_err_empty
expect_status 1 cpool -j1 -X --retries 2 sh -c 'echo "$@" >>tried; exit 3' _ ::: 1 2 3
sort -u tried >sorted
[ "$(wc -l <tried)" -eq $((2 * $(wc -l <sorted))) ] || fail "$(cat tried)"
