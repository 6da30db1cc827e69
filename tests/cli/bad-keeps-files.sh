#! /bin/sh
# What is found to be wrong before the first task is found before a log, a table or a list of failed items is touched.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 'an earlier run' >kept.csv
cp kept.csv log
cp kept.csv failed
bad () { # STATUS ARGUMENT...
    wanted=$1
    shift
    expect_status "$wanted" cpool --joblog log --failed failed --results kept.csv "$@"
    [ -s err ] || fail "$*: nothing is said"
    for file in kept.csv log failed; do
        [ "$(cat "$file")" = 'an earlier run' ] || fail "$*: $file was written: $(cat "$file")"
    done
}
bad 125 -C '(' echo ::: a
bad 125 --header '(' echo ::: 'a b' 1
bad 125 --pipe --regexp --recend '(' cat
bad 125 --pipe --block 1x cat
bad 125 --trim x echo ::: a
bad 125 --wd missing echo ::: a
bad 125 -a missing echo
bad 125 sh -c 'eval {}' ::: 1
bad 127 eval {} ::: a
bad 125 --halt now echo ::: a
bad 125 --termseq NOSUCH,1 echo ::: a
bad 127 no-such-program ::: a
bad 126 ./kept.csv ::: a
