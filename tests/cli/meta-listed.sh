#! /bin/sh
# A test that nobody listed never runs, and a source that nobody listed is missing in the release.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cd "$CPOOL_SRCDIR" || fail "$CPOOL_SRCDIR: can't enter it"

for file in tests/cli/*.sh tests/fuzz/*.sh tests/stress/*.sh; do
    [ "$file" != tests/cli/lib.sh ] || continue
    # A whole word: pool.sh must not be taken for listed because of worker-pool.sh.
    grep -Eq "(^|[[:space:]])$file([[:space:]]|\$)" tests/cli/tests.am Makefile.am ||
        fail "$file is not listed in tests/cli/tests.am"
done

for file in tests/unit/check_*.c; do
    grep -Eq "(^|[[:space:]])${file%.c}([[:space:]]|\$)" Makefile.am ||
        fail "$file: ${file%.c} is not in UNIT_TESTS in Makefile.am"
done

for file in src/*.[ch] src/*/*.[ch]; do
    grep -Eq "(^|[[:space:]])$file([[:space:]]|\$)" Makefile.am || fail "$file is not in Makefile.am"
done
