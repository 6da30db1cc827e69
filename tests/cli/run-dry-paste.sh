#! /bin/sh
# What --dry-run prints can be given to a shell, and does the same, whatever the items are.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >items <<'END'
a b
$(touch hacked)
`touch hacked`
it's
"q"
\
-n
*
~
#x
!x
a;b|c&d>e<f
(x)
{a,b}
a=b
END
printf '\ttab\n\n\001\377\376\n' >>items
for command in 'printf "<%s>\n" {}' "printf '<%s>\n' '{}' x" 'printf "<%s>\n" "$(echo "{}")"; set -- 1; : "$1"'; do
    expect_status 0 cpool -j1 "$command" <items
    mv out wanted
    expect_status 0 cpool --dry-run "$command" <items
    mv out script
    expect_status 0 sh script
    expect_out_file wanted
done
expect_status 0 cpool printf '<%s>\n' 'x{}' '{#}' 'a  b' <items
mv out wanted
expect_status 0 cpool --dry-run printf '<%s>\n' 'x{}' '{#}' 'a  b' <items
mv out script
expect_status 0 sh script
expect_out_file wanted
for shell in dash bash; do
    ! command -v "$shell" >/dev/null || expect_status 0 "$shell" script
    expect_out_file wanted
done
printf 'a\nb\0c\n\n \0' >nul
expect_status 0 cpool -0 -X -j1 printf '<%s>' <nul
mv out wanted
expect_status 0 cpool -0 --dry-run -X -j1 printf '<%s>' <nul
mv out script
expect_status 0 sh script
expect_out_file wanted
[ ! -e hacked ] || fail 'an item was run'
