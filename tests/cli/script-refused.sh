#! /bin/sh
# What a shell would run after all, or what shells read differently, is refused with one line, before anything starts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

while IFS= read -r script; do
    script=$(printf '%b' "touch ran; $script")
    for shell in '' sh bash; do
        if [ -z "$shell" ]; then
            expect_status 125 cpool "$script" ::: '$(touch PWNED)' 1
        else
            expect_status 125 cpool "$shell" -c "$script" _ ::: '$(touch PWNED)' 1
        fi
        expect_out_empty
        expect_err_match "^cpool: '\\{\\}' in the script: [^ ]"
        [ "$(wc -l <err)" -eq 1 ] || fail "$script: $(cat err)"
        [ ! -e ran ] || fail "$script: it was started"
    done
done <<'SCRIPTS'
let x={}
(({}+1))
for ((i={}; i<3; i++)); do echo $i; done
[[ {} -eq 1 ]]
[[ -v {} ]]
a[{}]=1
echo ${a[{}]}
echo ${a:{}}
eval echo {}
eval "echo '{}'"
trap 'echo {}' EXIT
compgen -W {}
sh -c 'echo {}'
sudo bash -c "echo {}"
printf {} 1
set {}
wait {}
read {} <file
unset {}
getopts a {}
mapfile {} <file
printf -v {} 1
test -v {}
echo ${!{}}
declare x={}
typeset {}
export {}
PS4={}; set -x; echo
RANDOM+={}
HISTCMD={}
for SRANDOM in {}; do echo; done
ENV={} sh -c :
echo >&{}
cat <&{}
echo ${x:-{}}
echo "${x#{}}"
echo @({}|b)
echo $x[{}]
echo $'{}'
cat <<'E'\n{}\nE
cat <<{}\na\n{}
echo \\{}
echo $#{}
echo "`echo {}`"
echo `echo \\`echo {}\\``
echo $(case a in a) echo {};; esac)
echo $(echo # it's\n) {}
cat <<E\na\\\nE\n{}\nE
echo $'\\'' {}
echo $[1] {}
echo $((echo a) ; (echo {}))
echo "${x:-it's}" "{}"
echo $(( "{}" ))
((1<<2)); echo {}
echo ${ echo a;} {}
esac; echo {}
echo a <\\\n<E {}\nE
declare -i x; x={}
alias a=b; a {}
coproc cat; echo {}
SCRIPTS
[ ! -e PWNED ] || fail 'an item was run'
