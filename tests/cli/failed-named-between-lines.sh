#! /bin/sh
# A failed task is named between lines of output, not in the middle of what another one writes bit by bit.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
cat >task <<'END_OF_TASK'
case $1 in
first) printf 'half a line, ' >&2; cat go; echo 'the other half' >&2 ;;
*)
    until grep -q 'half a line,' seen 2>/dev/null; do sleep 0.01; done
    : >failed
    exit 3
    ;;
esac
END_OF_TASK

# Where standard output leads to the same place, its lines count as well.
for stream in 'both' 'errors'; do
    rm -f seen failed
    sed "s/ >&2/$([ "$stream" = both ] || echo ' >\&2')/g" task >"task.$stream"
    start sh -c "cpool -j2 sh task.$stream ::: first second 2>&1 | tee seen; exit 0"
    exec 8>go
    wait_for test -e failed
    start_of=$(cat seen)
    [ "$start_of" = 'half a line, ' ] || fail "$stream: $start_of"
    exec 8>&-
    expect_end 0
    expect_out 'half a line, the other half' "cpool: item 2 'second': exit status 3" 'cpool: 1 of 2 tasks failed'
done
