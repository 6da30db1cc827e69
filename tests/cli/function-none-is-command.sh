#! /bin/sh
# No function has the name of a common command.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cpool --functions >list || fail 'no list'
while read -r name _; do
    for folder in /bin /usr/bin /sbin /usr/sbin; do
        [ ! -e "$folder/$name" ] || fail "$folder/$name is a command"
    done
done <list
