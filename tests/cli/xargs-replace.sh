#! /bin/sh
# -I of xargs, and what a task gets, where it is the same here.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_xargs <<'LINES'
printf 'a b\nc d\n' | P -I{} echo '[{}]'
printf 'a b\nc d\n' | P -I {} echo x{}y{} {}
printf 'a b\nc d\n' | P -I % echo '%.% {}'
printf 'a\nb\n' | P -I,, echo ,,-,,
printf 'a\nb\n' | P -I FILE echo xFILEy {}
printf 'a.c\nb\n' | P -I{} echo {} '{.}' '{/}' '{1}' '{2}' '{-1}' '{#}' '{%}' '{##}'
printf 'a.c\nb\n' | P -I,, echo ,, '{}' '{.}' '{1}' '{#}'
printf 'aa\n' >f; echo f | P -I{} grep -E 'a{2}' {}
seq 3 | P -n1 -t echo 2>&1
printf 'a\n' | P -I{} echo '{}' '*' '$HOME' 'a  b' ';' '>x'
printf 'a\n' | P -I{} sh -c 'echo {}; echo x{}'
printf 'a b\n' | P -I{} sh -c 'echo "$1"' sh {}
printf 'abc\n123\n' | P -I{} cp {} {}.bak; cat *.bak
printf 'abc\n123\n' | P -I{} wc -l {}
printf 'a\nb\n' | P -I{} printf '%s=' {} {}
printf 'a\n' | P -I{} -P2 echo {}
printf 'a\0b c\0' | P -0 -I{} echo '[{}]'
P -a abc -I{} echo {}
seq 3 | P -n1 cat </dev/null
seq 2 | P -n1 sh -c 'cat; echo "$0 $1"' x
seq 2 | P -n1 -P2 true
printf 'a\0b c\0' | P -0 -P 1 -n 1 -I{} echo {} 2>/dev/null
seq 2 | P -I % sh -c 'for i in a b; do echo $i %; done'
seq 2 | P -I % sh -c '{ echo %; echo "%"; }'
printf 'a b\n' | P -I '{}' sh -c "echo '{}' x"
seq 4 | P -n2 sh -c 'echo "$0-$1"'
seq 2 | P -P0 -n2 echo
find . -name 'a*c' -print0 | P -0 -r -n1 basename
printf 'a,b' | P -d, -I{} echo {}
seq 3 | P -L1 -I{} echo {} 2>/dev/null
printf 'a b\0c\0' | P -0n1 echo
LINES
