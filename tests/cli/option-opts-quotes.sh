#! /bin/sh
# Words in CPOOL_OPTS are taken apart as a shell does: blanks, '…', "…", backslashes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

export CPOOL_OPTS
for CPOOL_OPTS in "-I 'X Y'" '-I "X Y"' '-I X\ Y' "  -I'X Y' " "-I X' 'Y" "-I
'X Y'"; do
    expect_status 0 cpool echo '<X Y>' ::: a
    expect_out '<a>'
done
# In "…" a backslash stays before all but " \ $ and `.
CPOOL_OPTS='-C "\t"' expect_status 0 cpool echo '{2}' ::: 'atb	c'
expect_out c
CPOOL_OPTS="-C '\t'" expect_status 0 cpool echo '{2}' ::: 'atb	c'
expect_out c
