#! /bin/sh
# Every form of --halt does what it does in GNU parallel: the same tasks, the same exit status.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

{
    for rule in never now,fail=1 soon,fail=1 now,fail=2 soon,fail=50% now,success=1 soon,success=2 now,success=90% now,done=1 \
        soon,done=4 now,done=50% soon,done=100% now,fail=100% soon,fail=9 0 1 2 -1 -2 30%; do
        echo "P -j1 --halt $rule 'echo {}; exit {}' ::: 0 3 0 5 1 0"
    done
    for rule in never now,fail=50% soon,fail=100% now,done=100% soon,success=100% 1%; do
        echo "P -j1 --halt $rule 'echo {}; exit {}' ::: 7 0"
        echo "P -j1 --halt $rule 'echo {}; exit {}' ::: 0 0 2"
    done
    echo "P -j1 --halt now,fail=1 'echo {}; exit {}' ::: 0 0"
    echo "P -j1 --halt now,success=1 'echo {}; exit {}' ::: 1 2"
} >rules
same_as_parallel <rules
