#! /bin/sh
# Several items where more than one word would be read as something else, or evaluated, are one text, or are refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir bin
printf '#! /bin/sh\n: >"%s/PWNED"\n' "$PWD" >bin/item
chmod +x bin/item
PATH=$PWD/bin:$PATH
while IFS= read -r script; do
    for option in -n3 -m -N3 -X -L3; do
        for shell in dash bash; do
            command -v "$shell" >/dev/null || continue
            cpool "$option" -j1 "$shell" -c "$script" _ ::: a item item >out 2>err
            [ ! -e PWNED ] || fail "$option $shell -c '$script': an item was run"
            cpool "$option" -j1 "$shell" -c "$script" _ ::: -v 'a[$(touch PWNED)0]' x >out 2>err
            cpool "$option" -j1 "$shell" -c "$script" _ ::: -o -v 'a[$(touch PWNED)0]' >out 2>err
            [ ! -e PWNED ] || fail "$option $shell -c '$script': an item was evaluated"
        done
    done
done <<'SCRIPTS'
x={}; echo "$x"
x={} echo
export x={}
> {} echo
2>{} echo
< {} cat
exec 3> {}
{ echo; } > {}
case {} in a) echo ;; esac
case a in {}) echo ;; esac
[ {} ]
[ ! x{} ]
[ a = a -a {} ]
test -n {}
SCRIPTS
expect_status 0 cpool -n2 'echo x > {}; x=-{}; echo "$x"; [ {} = "a b" ] && cat < {}' ::: a b
expect_out '-a b' x
