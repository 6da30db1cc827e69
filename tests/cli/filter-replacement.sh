#! /bin/sh
# The number of the worker is known to a filter; what stands for an item is refused, and nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 --filter sh -c 'sed "s/^/$1 /"' _ '{%}' ::: a
expect_out '1 a'
for word in '{}' '{.}' '{#}' '{1}' 'x{/}y' '{##}'; do
    expect_status 125 cpool --filter sh -c ': >started; cat' _ "$word" ::: a
    expect_err_match '^cpool: --filter: '
    expect_out_empty
done
[ ! -e started ] || fail 'the filter was started'
