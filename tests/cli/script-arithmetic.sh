#! /bin/sh
# In $((...)) a script gets whole numbers only: shells would evaluate anything else. Tasks with other items fail.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

seq 0 9 | tr '\n' '\0' >>items
for shell in sh dash bash; do
    command -v "$shell" >/dev/null || continue
    expect_status 0 cpool "$shell" -c 'echo $((2*{})) "$(( {} - {} ))" "$((-{}))" $(echo $((({}))))' ::: 0 12 -3 +4
    expect_out '0 0 0 0' '24 0 -12 12' '-6 0 3 -3' '8 0 -4 4'
    expect_status 10 cpool "$shell" -c 'touch ran; echo $(({}))' ::: '' x - 1+1 1.5 0x10 ' 1' 'PWNED=1' 'a[$(touch PWNED)]' '$(touch PWNED)'
    [ "$(grep -c 'it is no whole number, and stands in' err)" -eq 10 ] || fail "$(cat err)"
    [ ! -e ran ] || fail 'a task was started'
    cpool -0 "$shell" -c 'printf "%s\n" "$(({}))"' <items >out 2>err
    seq 0 9 >wanted
    sort -u out | cmp -s wanted - || fail "$(cat out)"
    [ ! -e PWNED ] || fail 'an item was run'
done
