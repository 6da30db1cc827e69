#! /bin/sh
# Words of later versions are answered with "not supported yet" rather than with something half done.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for option in --as-completed --bar --block --colsep --csv --delay --dry-run --env --eta --failed --filter \
    --header --joblog --json --line-buffer --lb --link --listen --load --max-chars --memfree --memsuspend \
    --nice --pipe --plugin --progress --quote --recend --recstart --results --resume --resume-failed \
    --semaphore --shell --shuf --tag --tagstring --then --total --trace --trim \
    --tty --ungroup --verbose --wd -C -E -I -L -N -X -c -m -p -q -s -t -u -x; do
    expect_status 125 cpool "$option" 1 touch ran ::: a
    expect_out_empty
    expect_err_match '^cpool: .*: not supported yet'
done
[ ! -e ran ] || fail 'a task was run'
