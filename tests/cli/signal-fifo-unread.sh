#! /bin/sh
# A log or a trace that nobody reads holds up the run, but not its end; nor do messages that nobody reads.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo full.json full.svg errors
exec 7<>full.svg 8<>full.json 9<>errors
for fifo in full.json full.svg errors; do
    dd if=/dev/zero of="$fifo" bs=4096 oflag=nonblock 2>/dev/null
done
ends () { # ARGUMENT...
    rm -f ran
    start "$@" 7<&- 8<&- 9<&-
    wait_for test -e ran
    kill -TERM "$started"
    expect_end_soon 143
}
ends cpool -j1 --joblog full.json --joblog-format=json touch ran ::: a
expect_err_match '^cpool: --joblog: full.json: can.t be written: nobody reads it; the run is ended$'
ends cpool -j1 --trace full.json touch ran ::: a
ends cpool -j1 --trace full.svg touch ran ::: a
ends cpool -j1 --failed full.json sh -c ': >ran; exit 1' ::: a
ends sh -c 'exec cpool -j1 sh -c ": >ran; exit 1" ::: a 2>errors'
ends sh -c 'exec cpool -j1 --summary touch ran ::: a 2>errors'
