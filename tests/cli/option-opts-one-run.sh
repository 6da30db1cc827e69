#! /bin/sh
# CPOOL_OPTS holds for every run, those in tasks and in other people's scripts too: a list or a file of one run is refused there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo b >list
export CPOOL_OPTS
for CPOOL_OPTS in '-a list' --arg-file=list --header=: '--total 3' --pipe --filter '--block 1M' '--recend x' '--recstart x' --regexp \
    '--joblog log' --joblog=+log '--joblog-format json' --resume --resume-failed '--failed list' '--trace t.svg' \
    '--results res' '-j2 --joblog log'; do
    expect_status 125 cpool touch ran ::: a
    expect_out_empty
    expect_err_match '^cpool: -[a-z=+:-]*: is about one run'
    expect_err_match '^cpool: .*CPOOL_OPTS; --no-opts'
    expect_status 0 cpool --no-opts echo ::: a
    expect_out a
done
for CPOOL_OPTS in -k -j2 '--grace 1' --tag '--retries 2' '--halt now,fail=1' -X --shuf '--tmpdir .' -t --bar --summary; do
    expect_status 0 cpool true ::: a
done
for file in ran log res t.svg; do
    [ ! -e "$file" ] || fail "$file: something was run or written"
done
[ "$(cat list)" = b ] || fail 'the list was written to'
