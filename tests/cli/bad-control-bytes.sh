#! /bin/sh
# A message stays one line, and sends no control bytes to a terminal, whatever the wrong word holds.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

bad=$(printf 'x\ny\033[31m')
for option in -j -a -C -d --trim --env --wd --halt --timeout --termseq --delay -n --completion "--$bad"; do
    cpool "$option" "($bad" touch ran ::: a >out 2>err
    [ "$?" -eq 125 ] || fail "$option: it is taken"
    [ "$(wc -l <err)" -eq 1 ] || echo "$option: $(wc -l <err) lines"
    ! grep -q "$(printf '\033')" err || echo "$option: an escape byte"
done >wrong
[ ! -s wrong ] || fail "$(cat wrong)"
[ ! -e ran ] || fail 'a task was run'
