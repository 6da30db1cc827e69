#! /bin/sh
# Words of later versions are answered with "not supported yet" rather than with something half done.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for option in --block-timeout --listen --plugin --remove-rec-sep \
    --semaphore --then --tty -p; do
    expect_status 125 cpool "$option" 1 touch ran ::: a
    expect_out_empty
    expect_err_match '^cpool: .*: not supported yet'
    [ "$(wc -l <err)" -eq 1 ] || fail "$option: more than one line"
done
[ ! -e ran ] || fail 'a task was run'
