#! /bin/sh
# Linked sources, which go in step: :::+, ::::+ and --link, as GNU parallel has them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P echo ::: a b :::+ 1 2
P echo ::: a b c :::+ 1 2
P echo ::: a b :::+ 1 2 3
P echo ::: a b :::+ 1 2 :::+ x y
P echo ::: a b c :::+ 1 2 3 :::+ x
P echo ::: a b :::+ 1 2 ::: x y
P echo ::: a b ::: x y :::+ 1 2
P echo ::: a b ::: x y z :::+ 1 2
P echo ::: a b :::+ 1 2 ::: x y :::+ 7 8
P echo :::: abc :::+ x y z
P echo :::: abc :::+ x y
P echo :::: abc ::::+ 123
P echo ::: x y ::::+ 123
P echo :::: abc ::::+ 123 columns
P echo {2}{1} ::: a b :::+ 1 2
P echo {2}-{1.} ::: a.x b.y :::+ 1 2
cat abc | P echo :::: - :::+ 1 2 3
cat abc | P echo ::: 1 2 3 4 ::::+ -
P --link echo ::: a b ::: 1 2
P --link echo ::: a b c ::: 1 2
P --link echo ::: a b c d e ::: 1 2 ::: x
P --link echo ::: a b :::: 123
P --link echo ::: a b :::+ 1 2
P --link echo {2} {1} ::: a b ::: 1 2
P --link -a abc -a 123 echo
P --link -N2 echo {1}{2}{3}{4} ::: a b ::: 1 2
P --link -n2 echo ::: a b c ::: 1 2 3
LINES
