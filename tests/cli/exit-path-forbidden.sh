#! /bin/sh
# A folder of PATH that may not be searched has no program for us: what is in no other one is not found, and is not forbidden.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir closed
chmod 0 closed
as_somebody=
if [ "$(id -u)" -eq 0 ]; then
    need setpriv
    as_somebody='setpriv --reuid 65534 --clear-groups'
    chmod 755 "$_work" "$_work/here"
    $as_somebody "$(command -v cpool)" --version >version 2>&1 || skip 'nobody else may run this cpool'
fi
PATH=$PWD/closed:$PATH
# shellcheck disable=SC2086 # several words
expect_status 127 $as_somebody cpool no-such-command-anywhere ::: a
expect_err_match 'no-such-command-anywhere: not found'
# shellcheck disable=SC2086
expect_status 0 $as_somebody cpool echo ::: a
expect_out a
