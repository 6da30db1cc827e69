#! /bin/sh
# The bar is nobody's output: where standard error is closed, or a full disk, or a pipe that nobody reads, the run does not care.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for to in '&-' /dev/full '| true' '| sleep 0.3'; do
    case $to in
        '|'*) command="{ { cpool --bar -j2 'sleep 0.1; echo' ::: a b c || echo bad; } 2>&1 >&3 $to; } 3>out" ;;
        *) command="cpool --bar -j2 'sleep 0.1; echo' ::: a b c 2>$to >out" ;;
    esac
    sh -c "$command" || fail "$command: $?"
    expect_out a b c
done
