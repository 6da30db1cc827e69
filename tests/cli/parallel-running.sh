#! /bin/sh
# How tasks are run, --wd, --nice, --delay, -j and others, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P --wd / pwd ::: -P
P --wd / 'pwd; echo {}' ::: a
P --wd {} 'pwd; : {}' ::: / /usr
P --wd . cat ::: abc
own=$(nice); P --nice 5 'echo $(($(nice) - '"$own"')); : {}' ::: a
own=$(nice); P --nice 0 'echo $(($(nice) - '"$own"')); : {}' ::: a
P --delay 0.1 echo ::: a b c
P -j0 echo ::: a b c
P -j 200% echo ::: a b c
P -j +1 echo ::: a b
P -j -1 echo ::: a b
P -P2 echo ::: a b
echo 2 >jobs; P -j jobs echo ::: a b
P -j nofile echo ::: a >/dev/null
P --retries 3 'echo t >>{}; test $(wc -l <{}) = 3' ::: n; cat n
P --timeout 1 'echo a; sleep {}' ::: 10
P --timeout 1000% echo ::: a
P 'echo {} >&2' ::: a b 2>&1
P cat ::: abc 123
P -k -r echo ::: a
P -- echo ::: a
P -n2 -- echo -n ::: a b
P echo -j 3 ::: a
LINES
