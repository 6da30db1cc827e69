#! /bin/sh
# INT, TERM and kill -9 in the middle of a block leave nothing behind.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 400000 >in
mkfifo pipe
exec 8<>pipe
for by in file pipe; do
    for status in 130 143 137; do
        rm -f reader writer
        set -- cpool -j1 --grace 0.1 --pipe --block 1M sh -c 'trap "" INT TERM; head -c 100 >/dev/null; echo $$ >reader; while :; do sleep 1000; done' '|' sh -c 'trap "" INT TERM; echo $$ >writer; while :; do sleep 1000; done'
        if [ $by = file ]; then
            start "$@" <in
        else
            cat in >pipe 8>&- &
            start "$@" <pipe 8>&-
        fi
        wait_for test -s reader
        wait_for test -s writer
        kill -"$((status - 128))" "$started"
        expect_end_soon "$status"
        wait_for gone "$(cat reader)"
        wait_for gone "$(cat writer)"
    done
    [ $by = file ] || { exec 8>&-; wait; }
done
