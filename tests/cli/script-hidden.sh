#! /bin/sh
# A command that evaluates is one however its name is written; where that can't be told, the item is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

shell='sh'
! command -v bash >/dev/null || shell=bash
while IFS= read -r script; do
    expect_status 125 cpool "$shell" -c "touch ran; $script" ::: 'touch PWNED'
    expect_err_match '^cpool: .\{\}. in the script: '
    [ ! -e ran ] || fail "$script: it was started"
done <<'SCRIPTS'
e'v'al {}
\eval {}
"eval" {}
$'eval' {}
$'\145val' {}
${x:-eval} {}
${x-ev}al {}
"${x:=eval}" {}
{eval,:} {}
e*l {}
e${x}val {}
x=eval; $x {}
x=eval; $x : {}
x='eval'; "$x" {}
x=(eval); ${x} {}
$x eval {}
$(true) eval {}
command eval {}
command -p -- eval {}
builtin eval {}
! time eval {}
exec {a[{}]}>file
SCRIPTS
# Most programs may be named by a variable.
expect_status 0 cpool "$shell" -c 'x=echo; $x {}; "$x" {}; ${x} {}; ${y:-echo} {}; /bin/$x {}; e${y}cho {}' ::: '$(touch PWNED)'
[ "$(sort -u out)-$(wc -l <out)" = '$(touch PWNED)-6' ] || fail "$(cat out)"
[ ! -e PWNED ] || fail 'an item was run'
