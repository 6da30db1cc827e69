#! /bin/sh
# Blocks and pipelines are those of GNU parallel, where the manual does not say otherwise.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'END'
seq 4 | P --pipe -N2 wc -l
seq 5 | P --pipe -n 2 wc -l
seq 4 | P --pipe -L2 -N1 wc -l
seq 4 | P --pipe --spreadstdin -N1 cat
printf '1\n2\n3' | P --pipe -N2 wc -l
P --pipe cat </dev/null
printf '1;2;3' | P --pipe -N1 --recend ';' wc -c
printf 'aXXbXX' | P --pipe --recend XX -N1 wc -c
printf '1>2>3' | P --pipe -N1 --recstart '>' wc -c
printf '1;>2;>3' | P --pipe -N1 --recstart '>' --recend ';' wc -c
printf '1,2;3' | P --pipe -N1 --regexp --recend '[,;]' wc -c
printf 'a1b22c' | P --pipe -N1 --regexp --recend '[0-9]+' wc -c
printf 'h\n1\n2\n' | P --pipe -N1 --header : cat
printf 'h\n' | P --pipe --header : cat
seq 10 | P --pipe --block 2k --retries 2 wc -l
seq 4 | P --pipe -N2 wc -l '|' tr 0-9 a-j
seq 4 | P --pipe -N2 cat '|' wc -l
P --pipe-part --block 2 -a abc cat
P echo {} '|' tr a-z A-Z ::: a b
P echo {#} '|' sed s/^/{}/ '|' cat ::: a b
P true '|' false ::: a b
END
