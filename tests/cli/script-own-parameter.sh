#! /bin/sh
# A script's own $1 is empty where nothing is handed to it: {} was meant, or a word behind the script.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for script in 'echo $1' 'echo "$1" {}' 'echo $@' 'x=1; echo "a $2"'; do
    expect_status 0 cpool "$script" ::: a
    expect_err_match '^cpool: warning: .[$][12@]. in the script is empty: [{][}] stands for the item'
    [ "$(wc -l <err)" -eq 1 ] || fail "$script: more than one line"
    expect_status 0 cpool -c "$script" ::: a
    expect_err_match '^cpool: warning: .[$][12@]. in the script is empty'
done
expect_status 0 cpool 'echo "${1}"' ::: a
expect_err_match "^cpool: warning: '\\$\{1\}' in the script is empty"
expect_status 0 cpool 'echo "${1-}" {}' ::: a
expect_err_empty
expect_status 0 cpool sh -c 'echo $1' ::: a
expect_out ''
expect_err_match "^cpool: warning: '\\\$1' in the script is empty: .*sh -c SCRIPT _"
expect_status 0 cpool sh -c 'echo $1' _ ::: a
expect_out a
expect_err_empty
for script in 'set -- x; echo $1 {}' 'f () { echo "$1"; }; f {}' "awk '{ print \$1 }' /dev/null; : {}" 'echo \$1 {}' 'echo $0 $x {}'; do
    expect_status 0 cpool "$script" ::: a
    expect_err_empty
done
# A script that is nothing but the item runs it as the name of a program.
printf '%s\n' 'echo a' 'echo b' >list
expect_status 2 cpool -c {} <list
expect_err_match "^cpool: warning: '\{\}' is all of the script: .*: cpool sh -c <FILE"
expect_status 0 cpool sh -c <list
expect_out a b
expect_err_empty
