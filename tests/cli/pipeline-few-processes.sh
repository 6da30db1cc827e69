#! /bin/sh
# Where processes are few each program that is run is the one that was asked for.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can become a user without other processes'
need setpriv timeout bash
printf 'cat\n' >script # no #!: sh is run instead, which must not spoil the next try
chmod 755 script "$_work" . 2>/dev/null
setpriv --reuid 64123 --clear-groups sh -c 'exec "$CPOOL" true ::: x' 2>/dev/null || skip 'another user can not run cpool here'
for limit in 3 4 5 6 7 8 9; do
    timeout 60 setpriv --reuid 64123 --clear-groups bash -c "ulimit -u $limit; exec \"\$CPOOL\" -j2 echo '|' './{}' '|' cat '|' cat ::: script script script script" >out 2>err
    [ $? -ne 124 ] || fail "it hung with $limit processes"
    # sh may have found no room for its cat; but what was started was the script.
    grep -Eq 'Permission denied|No such file' err && fail "with $limit processes: $(cat err)"
done
:
