#! /bin/sh
# An item never becomes part of a script's text: the script is the same one for all of them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

# --dry-run prints a task a line where no item holds a newline.
tr '\n\0' ' \n' <items >lines
while IFS='	' read -r script command; do
    expect_status 0 cpool --dry-run "$script" <lines
    [ "$(wc -l <out)" -eq "$(wc -l <lines)" ] || fail "$script: $(wc -l <out) lines"
    cut -b "-${#command}" out | sort -u >texts
    printf '%s\n' "$command" | cmp -s - texts || fail "$script: $(head -n 5 texts)"
    cut -b "$((${#command} + 1))-" out | sed 's/^/printf "%s\\n" /' | sh >items-out
    cmp -s lines items-out || fail "$script: $(diff -a lines items-out | head -n 5)"
done <<'SCRIPTS'
echo {} "{}" '{}' "\{}"	sh -c 'echo "${1}" "${1}" '\'''\''"${1}"'\'''\'' "\\${1}"' sh 
echo a	sh -c 'echo a "${1}"' sh 
x=$(echo {}); echo "$1"	sh -c '_cpool_1=${1} ; shift 1; x=$(echo "${_cpool_1}"); echo "$1"' sh 
SCRIPTS
