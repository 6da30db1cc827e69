#! /bin/sh
# Who may not be less nice is told so, and nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need setpriv
setpriv --bounding-set=-sys_nice --inh-caps=-sys_nice true 2>/dev/null || skip 'privileges can not be given up'
setpriv --bounding-set=-sys_nice --inh-caps=-sys_nice cpool --nice -5 touch ran ::: a >out 2>err
[ "$?" -eq 125 ] || skip 'it is allowed here'
expect_err_match '^cpool: --nice: -5: .*superuser'
[ ! -e ran ] || fail 'a task was run'
