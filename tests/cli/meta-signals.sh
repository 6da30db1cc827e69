#! /bin/sh
# The tests start with the signals as they are by default, though those who run them ignore some, as nohup does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

deadline=$CPOOL_BUILDDIR/tests/tools/deadline
for signal in HUP:129 INT:130 QUIT:131 PIPE:141 TERM:143; do
    expect_status "${signal#*:}" sh -c 'ulimit -c 0; trap "" "$1"; exec "$2" 20 sh -c "kill -$1 \$\$"' _ "${signal%:*}" "$deadline"
done
