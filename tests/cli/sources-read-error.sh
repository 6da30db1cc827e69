#! /bin/sh
# A file that fails while it is read: what came before is run, the reason is told, status 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/mem ] || skip 'no file that fails is at hand'
for words in ':::: /proc/self/mem' '::: a :::: /proc/self/mem' ':::: /proc/self/mem ::: a'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool touch ran $words
    expect_out_empty
    expect_err_match "^cpool: /proc/self/mem: can't be read any further: "
    [ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
done
[ ! -e ran ] || fail 'a task was run'
