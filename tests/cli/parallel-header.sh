#! /bin/sh
# Sources and columns with a name, as GNU parallel has them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P --header : echo {x}-{y} ::: x 1 2 ::: y a b
P --header : echo {y} {1} {x} {2} ::: x 1 2 ::: y a b
P --header : echo ::: x 1 2 ::: y a b
P --header : echo {x} {y} ::: x 1 2 :::+ y a b
P --header : --link echo {x}{y} ::: x 1 2 ::: y a b
P --header : -C , echo {name}={size} :::: table
P --header : -C , echo {size} {name} :::: table
P --header : -C , echo {2} {1} :::: table
P --header : -C , echo :::: table
P --header : -C , echo {name} {size} <table
P --header : -a table -C , echo {name} {size}
P --header : -C , echo {name} {k} :::: table ::: k 8 9
P --header : echo {f.} {f/} {f//} {f/.} ::: f d/a.b c.d
P --header : -C , echo {f.} {f/} {g//} {g/.} ::: f,g d/a.b,e/f.g
P --header : echo {no,pe} {x} ::: x 1
P --header : echo {#} {x} ::: x 1 2
P --header : echo '{a b}' ::: 'a b' 1
P --header : -n2 echo {x} ::: x 1 2 3
P --header : -N2 echo {x} {1} ::: x 1 2 3
P --header : -C , -N2 echo {name} {size} {3} {4} :::: table
P --header : echo ::: x
P --header : -C , echo {x} :::: none
P --header '.*\n' echo :::: abc
P --header : 'echo "$(echo {x})"' ::: x 1 2
printf 'name\tsize\nx\t1\ny\t2\n' | P --header : echo {size} {name}
LINES
