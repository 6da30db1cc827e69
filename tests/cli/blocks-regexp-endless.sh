#! /bin/sh
# An expression that takes long over a text keeps no signal from being heard: for a file, a pipe, a header, and columns.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

head -c 5000000 /dev/zero | tr '\0' a >in
# It is ended when it has read what it looks through for ever.
has_read () {
    grep -q 'rchar: [0-9]\{5,\}' "/proc/$started/io" 2>/dev/null
}
[ -r /proc/self/io ] || skip 'no /proc/PID/io'
ended () { # OPTION...
    start cpool "$@" <in
    wait_for has_read
    kill -TERM "$started"
    expect_end_soon 143
}
ended --pipe --regexp --recend 'a*b' wc -c
ended --pipe --regexp --recend 'a*b' -N 2 wc -c
ended --pipe --regexp --recstart 'a*b' wc -c
ended --pipe --regexp --recend 'a*b' --header : wc -c
mkfifo pipe
exec 8<>pipe
start cpool --pipe --regexp --recend 'a*b' wc -c <pipe 8>&-
cat in >pipe 8>&- &
writer=$!
wait_for has_read
kill -TERM "$started"
expect_end_soon 143
exec 8>&-
wait "$writer" || : # nobody reads on
{ head -c 1000000 in; echo; } >row
mv row in
ended -X -C 'a*b' echo
