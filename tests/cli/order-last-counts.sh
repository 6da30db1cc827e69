#! /bin/sh
# Of the options that say how output is put together the last one counts; -k with --line-buffer is the default order, as
# in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# Task 1 ends after task 2; `in turn` their lines alternate.
cat >task <<'END'
[ "$1" = 2 ] || until [ -e ended ]; do sleep 0.01; done
echo "$1"
echo "$1"
: >ended
END
check () {
    rm -f ended
    options=$1
    shift
    # shellcheck disable=SC2086 # several words
    expect_status 0 cpool -j2 $options sh task ::: 1 2
    expect_out "$@"
}
check '--as-completed --interleave' 1 2 1 2
check '--line-buffer --interleave' 1 2 1 2
check '-u --interleave' 1 2 1 2
check '--interleave -k' 1 1 2 2
check '--as-completed --group' 1 1 2 2
check '-k --line-buffer' 1 1 2 2
check '--line-buffer -k' 1 1 2 2
check '--lb -k --interleave' 1 2 1 2
