#! /bin/sh
# examples/length.pl: the filter of --filter=len in Perl.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need perl
cp "$CPOOL_SRCDIR/examples/length.pl" .
filter='perl length.pl'
. "$CPOOL_SRCDIR/tests/cli/filter-example-lib.inc"
