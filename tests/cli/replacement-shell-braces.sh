#! /bin/sh
# In a script ${x} is the shell's own, { … } a group, and {} the item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool 'x={}; { echo "${x}" ${x#a} "${x}{}"; }' ::: ab
expect_out 'ab b abab'
expect_status 0 cpool 'awk "{print \$1}" {}' ::: /dev/null
expect_out_empty
printf 'one two\n' >file
expect_status 0 cpool "awk '{print \$2}' {}" ::: file
expect_out two
expect_status 0 cpool awk '{print $2}' ::: file
expect_out two
