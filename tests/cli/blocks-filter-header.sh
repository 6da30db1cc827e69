#! /bin/sh
# Each command reads the header once, in front of its first block.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ echo NAME && seq 300000; } >in
for from in file pipe; do
    # shellcheck disable=SC2002
    run () { if [ $from = file ]; then "$@" <in; else cat in | "$@"; fi; }
    run expect_status 0 cpool -j3 --pipe --filter --block 50K --header : awk 'NR == 1 && $0 == "NAME" { n = 0; next } $0 == "NAME" { bad++ } { n++ } END { print n, bad + 0 }'
    [ "$(awk '{ n += $1; bad += $2 } END { print n, bad }' out)" = '300000 0' ] || fail "$from: $(cat out)"
    run expect_status 0 cpool -j3 --pipe --filter --block 50K --header : head -n 1
    sort -u out >once
    echo NAME | cmp - once || fail "$from: $(cat out)"
done
echo NAME | expect_status 0 cpool --pipe --filter --header : sh -c ': >started'
[ ! -e started ] || fail 'it was started for the header alone'
