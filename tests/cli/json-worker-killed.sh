#! /bin/sh
# A worker that is killed while it tells of a task leaves no half of an object: the task is told to be lost.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need ps
mkfifo gate
for order in -k --as-completed --line-buffer; do
    rm -f worker
    { cpool -j1 "$order" --json sh -c 'echo $PPID >worker; head -c 20000000 /dev/zero | tr "\0" "$1"' sh ::: a b; } 2>err |
        { read -r _ <gate; cat; } >got &
    wait_for test -s worker
    # It is told of in pieces, which nobody takes; it may be over by now, and then all is well, too.
    wait_for sh -c "! ps -e -o args | grep -q '^head -c 2000000[0]'"
    kill -9 "$(cat worker)" 2>/dev/null
    echo >gate
    wait
    [ "$(wc -l <got)" -eq 2 ] || fail "$order: $(wc -l <got) lines"
    [ "$(grep -c '^{"seq":[12],.*}$' got)" -eq 2 ] || fail "$order: $(cut -c 1-200 got)"
    [ "$(grep -o '"seq":' got | wc -l)" -eq 2 ] || fail "$order: one in another"
done
