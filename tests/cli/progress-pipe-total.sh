#! /bin/sh
# How many items a pipe holds is known before they are worked on; a file is counted, however its items are put together.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

mkfifo go
seq 20000 >items
printf 20001 >>items
for way in 'cat items | cpool' 'cpool <items' 'cpool -a items' 'cpool -n 5 -a items'; do
    case $way in *-n*) total=4001 ;; *) total=20001 ;; esac
    start "$terminal" sh -c "$way --eta --halt now,fail=1 -j1 'read -r _ <go; false'"
    wait_for grep -aq "0/$total" out
    echo >go
    expect_end_soon 1
done
