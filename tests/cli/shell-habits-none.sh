#! /bin/sh
# No note where such a word is of use: a program with a language of its own, another shell behind it, a script, text.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

export KNOWN=x
mkdir bin
for program in ssh su jq perl python3 grep; do
    printf '#!/bin/sh\nexit 0\n' >bin/$program
    chmod +x bin/$program
done
PATH=$PWD/bin:$PATH
quiet () {
    expect_status 0 cpool "$@" ::: a
    expect_err_empty
}
# Of the item behind ssh there is a word, but of these none.
expect_status 0 cpool ssh host cd '$KNOWN' '&&' ls '>x' ::: a
case $(cat err) in *'is handed to'*) fail "$(cat err)" ;; esac
quiet su -c 'echo $KNOWN' user
quiet python3 -c 'import os; print("$KNOWN");'
quiet perl -e 'print "$KNOWN";' x
quiet jq '"{}"' x
quiet grep '$KNOWN;' x
quiet awk 'BEGIN { print $NF; exit }'
printf 'a;b>c&d\n' >a
for word in ';' '>' '&'; do
    quiet cut -d "$word" -f 1
    quiet env LC_ALL=C sort -t "$word"
    quiet awk -F "$word" 'END { print NR }'
    quiet grep -c "$word"
    quiet --filter timeout 60 tr "$word" ,
done
quiet env LC_ALL=C sed -n '$p;' /dev/null
quiet find . -name none -exec true '{}' ';' -quit
quiet echo '<b>' '>=1.0' '$5' 'US$' 'a:b' '{print $1}' '{a,b}' '{1..3}' 'x{2,3}' "it's" '"a" "b"' '$unknown-variable' '^~' 'x;y' 'a=1;'
quiet sh -c 'echo "$KNOWN" "$1"' _
quiet 'echo "$KNOWN" {} >/dev/null; :'
quiet -I % echo % '{..}'
