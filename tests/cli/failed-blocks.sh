#! /bin/sh
# With --pipe the failed blocks come back, byte for byte, from a file and from a stream; the input's last one, which may lack its
# end, stands last; the header stands in front.
# A pipe is another way in than a file.
# shellcheck disable=SC2002
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 1 9 | tr '\n' ';' | tr ';' '\n' >list
printf 10 >>list
cat >task <<'END'
cat >"block$1"
# The last one ends first.
[ "$1" = 5 ] && { : >last; exit 1; }
until [ -e last ]; do sleep 0.01; done
grep -qx '[18]' "block$1" || exit 0
exit 1
END
for input in 'cat list' 'false'; do
    rm -f last
    if [ "$input" = false ]; then
        expect_status 3 cpool -j5 --pipe -n 2 -a list --failed todo sh task '{#}'
    else
        cat list | expect_status 3 cpool -j5 --pipe -n 2 --failed todo sh task '{#}'
    fi
    [ "$(tail -n 2 todo)" = "$(printf '9\n10')" ] || fail "$(cat todo)"
    [ "$(head -n 4 todo | sort | tr '\n' ' ')" = '1 2 7 8 ' ] || fail "$(cat todo)"
    [ "$(wc -c <todo)" -eq 12 ] || fail "$(cat todo)"
done
printf 'name\na\nb\n' >list
for source in '-a list' ''; do
    # shellcheck disable=SC2086
    cat list | expect_status 1 cpool --pipe -n 1 --header : $source --failed todo sh -c '! grep -q b'
    [ "$(cat todo)" = "$(printf 'name\nb')" ] || fail "$(cat todo)"
done
