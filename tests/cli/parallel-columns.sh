#! /bin/sh
# Items with columns, --colsep, as GNU parallel has them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P --colsep , echo {2}-{1} :::: columns
P -C , echo :::: columns
P -C , echo {} :::: columns
P -C , echo '[{}] {1}' :::: columns
P -C , echo {2} {1} ::: a,b c,d
printf 'a,b,c\nd\n' | P -C , echo '[{1}]' '[{2}]' '[{3}]'
printf 'a,b,c\nd\n' | P -C , echo '[{-1}]'
printf 'a,,c\n' | P -C , printf %s-
printf ',a,\n' | P -C , printf %s-
printf 'a,b c\n' | P -C , printf %s- 'x{}y' z
printf ' a , b \n' | P -C , 'echo "[{1}][{2}]"'
printf ' a , b \n' | P --trim n -C , printf %s_ {1} {2}
printf 'a  b\n' | P -C ' +' echo {2} {1}
printf 'a b\n' | P -C ' ' echo {2} {1}
printf 'a\tb c\n' | P -C '\t' echo {2} {1}
printf 'a.b\n' | P -C '\.' echo {2} {1}
printf 'a|b\n' | P -C '\|' echo {2} {1}
printf 'a1b22c\n' | P -C '[0-9]+' echo {3} {2} {1}
P -C '[,;]' echo {3} ::: 'a,b;c'
P -C '\s+' echo {2} ::: 'a   b'
P -C '\t|,' echo {2} ::: a,b
P -C x echo {1} ::: aXbxc
P -C , echo {1.} {2/} {2//} {2/.} {1.}.{2.} ::: a.x,d/b.y
P -C , echo {.} {/} {//} {/.} ::: a.x,d/b.y
LINES
