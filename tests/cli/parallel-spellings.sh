#! /bin/sh
# The options' spellings: those of GNU parallel work, with the argument in the next word, behind = or joined.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

same_as_parallel <<'LINES'
P --arg-file abc echo
P --arg-file=abc echo
P -aabc echo
P --null echo <null
P --delimiter=: echo <columns
P --delimiter=, echo <columns
P --colsep=, echo {2} :::: columns
P --max-args=2 echo ::: a b c
P --max-lines=2 echo ::: a b c
P --max-replace-args=2 echo {2}{1} ::: a b c d
P --workdir / 'pwd; : {}' ::: a
P --xapply echo ::: a b ::: 1 2
P --dryrun echo ::: a
P --max-chars=20 -X -j1 echo ::: a b
P --jobs=1 echo ::: a
P -kj1 echo ::: a
P --keep-order --group --no-run-if-empty --quote echo '$x' ::: a
P -qk echo '$x' ::: a
P --dry-run --shuf true ::: a
P --verbose echo ::: a 2>/dev/null
P --trim=lr echo '[{}]' ::: ' a '
P --wd=/ 'pwd; : {}' ::: a
P --halt=never true ::: a
P --tim 10 echo ::: a
P --retries=1 echo ::: a
LINES
