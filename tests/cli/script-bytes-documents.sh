#! /bin/sh
# The same in here-documents that are expanded.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/script-lib.inc"

try_script 'cat <<E; printf "\0"
a "{}" '\''
E' 'a "' "\" '
"
try_script 'cat <<-"F G" && cat <<-E; printf "\0"
	it'\''s $(
	F G
	\{}.
	E' "it's \$(
\\" '.
'
