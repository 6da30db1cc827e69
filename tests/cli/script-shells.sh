#! /bin/sh
# What some shells evaluate is refused for those, and taken for the others.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

try () { # 125 or 0, SHELL, SCRIPT
    command -v "$2" >/dev/null || return 0
    for item in 'PATH[$(touch PWNED)0]' 'a[$(touch PWNED)0]' '-va[$(touch PWNED)0]'; do
        cpool "$2" -c "$3" ::: "$item" >out 2>err
        status=$?
        [ ! -e PWNED ] || fail "$2 -c '$3': '$item' was run"
        [ "$1" -ne 125 ] || [ "$status" -eq 125 ] || fail "$2 -c '$3': not refused, but $status: $(cat err)"
        [ "$1" -eq 125 ] || [ "$status" -ne 125 ] || fail "$2 -c '$3': refused: $(cat err)"
    done
}

while IFS='	' read -r script evaluate; do
    for shell in sh dash bash mksh ksh posh zsh yash; do
        case " $evaluate " in
            *" $shell "*) try 125 "$shell" "$script" ;;
            *) [ "$shell" = sh ] || try 0 "$shell" "$script" ;;
        esac
    done
done <<'SCRIPTS'
[ {} -gt 1 ]	mksh ksh posh
[ 1 -eq "x{}" ]	mksh ksh posh
test -n x -a {} -lt 2	mksh ksh posh
[ -t {} ]	mksh ksh posh zsh
[ $x {} ]	mksh ksh posh zsh
[ {} = "$x" ]	
[ -n {} -a 1 -gt 2 ]	
shift {}	mksh ksh posh zsh
ulimit -n {}	mksh ksh posh
exit {}	zsh
return {}	zsh
for i in 1; do break {}; done	zsh
printf %d {}	zsh ksh
printf "%s %5d" x {}	zsh ksh
printf "$x" {}	zsh ksh
printf "%s|%-5b|%c|%%\n" {} {} {}	
SCRIPTS
