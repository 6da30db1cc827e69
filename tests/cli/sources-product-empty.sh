#! /bin/sh
# A product with nothing is nothing: no task, status 0, whichever source it is that is empty.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >none
for words in '::: ::: a b' '::: a b :::' '::: a :::: none' ':::: none ::: a' '::: a ::: ::: b' '-a none' ':::'; do
    # shellcheck disable=SC2086
    expect_status 0 cpool touch ran $words
    expect_err_empty
done
[ ! -e ran ] || fail 'a task was run'
