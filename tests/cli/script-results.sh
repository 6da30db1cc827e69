#! /bin/sh
# What a substitution makes of an item is code where the shell evaluates it, however deep the item is in it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

shell='sh'
! command -v bash >/dev/null || shell=bash
while IFS= read -r script; do
    for result in '$(echo {})' '"$(basename {} .log)"' '$(x=$(printf %s "{}"); echo "$x")' '`echo {}`' '$( (cat {}) )'; do
        made=$(printf '%s' "$script" | sed "s/H/$(printf '%s' "$result" | sed 's/[&/\\]/\\&/g')/g")
        expect_status 125 cpool "$shell" -c "touch ran; $made" ::: 'a[$(touch PWNED)0].log' '-va[$(touch PWNED)0]' 'touch PWNED'
        expect_err_match '^cpool: .\{\}. in the script: '
        [ ! -e ran ] || fail "$made: it was started"
    done
done <<'SCRIPTS'
echo $(( H + 1 ))
echo $((a[H]))
((x = H))
[[ H -gt 1 ]]
[[ 1 -eq 1 && x -lt H ]]
a[H]=1
a=([H]=1)
echo ${a[H]}
echo ${x:H}
let H
eval H
trap H EXIT
PS4=H
RANDOM=H
unset H
read H </dev/null
printf -v H x
declare x=H
[ -v H ]
echo x >&H
SCRIPTS
# What is cut into words could be more than one.
for script in '$(echo {})' 'exec $(echo {})' 'env $(echo {})' '[ $(echo {}) ]' 'printf $(echo {}) x' 'find $(echo {})'; do
    expect_status 125 cpool "$shell" -c "$script" ::: 'touch PWNED' '-v a[$(touch PWNED)0]'
    expect_err_match 'write quotes around|-- before it'
done
# What is none of the item: a file's text, a number; and where nothing is evaluated.
printf 'a\nb\n' >'a[$(touch PWNED)0]'
expect_status 0 cpool "$shell" -c 'echo $(( $(wc -l <{}) + 1 )) "$(basename {})"; x=$(cat {}); [ "$(echo {})" = y ] || echo "$x"' ::: 'a[$(touch PWNED)0]'
expect_out '3 a[$(touch PWNED)0]' a b
expect_status 0 cpool "$shell" -c 'echo $(( $(echo $(({}))) + 1 )); "$(echo echo)" {}' ::: 3
expect_out 4 3
[ ! -e PWNED ] || fail 'an item was run'
# Where shells differ on the end of a substitution, an item in it is refused, too: what becomes of it is not known.
for script in 'H -c `case x in x) echo {} ;; esac`' 'H -c `echo {}``case x in x) echo ;; esac`'; do
    expect_status 125 cpool "$shell" -c "$(printf '%s' "$script" | sed "s/H/$shell/")" ::: 'touch${IFS}PWNED'
    expect_err_match '^cpool: .\{\}. in the script: '
done
[ ! -e PWNED ] || fail 'an item was run'
