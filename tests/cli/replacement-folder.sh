#! /bin/sh
# The name of a folder is its name, with a slash behind it or without, as basename has it: */ names folders so.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir -p a b.d/c
expect_status 0 cpool echo '{/} {//} {/.} {.}' ::: a/ b.d/ b.d/c/ b.d// / // ./ ''
expect_out 'a . a a/' 'b.d . b b.d/' 'c b.d c b.d/c/' 'b.d . b b.d//' '/ / / /' '/ / / //' '. .  ./' ' .  '
expect_status 0 cpool 'echo {/}.tgz' ::: */
expect_out a.tgz b.d.tgz
for path in a a/ b.d/c/ b.d/c// / // /usr/ ./a/; do
    expect_status 0 cpool echo '{/}' '{//}' ::: "$path"
    expect_out "$(basename "$path") $(dirname "$path")"
done
expect_status 0 cpool -C : echo '{2/}' ::: x:a/
expect_out a
