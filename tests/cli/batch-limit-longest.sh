#! /bin/sh
# The longest argument that exec takes has 131071 bytes; one more and the item fails alone, with the reason.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'the limits of exec are other ones'
[ "$(getconf PAGESIZE)" -eq 4096 ] || skip 'another page size'
fits=$(head -c 131071 /dev/zero | tr '\0' x)
printf '%s\n' a "$fits" b >in
for way in -X -m -n1 -n3 --xargs; do
    expect_status 0 cpool -j1 "$way" printf '%s\n' <in
    expect_out_file in
done
printf '%s\n' a "${fits}x" b >in
for way in -X -m -n1 -n3 --xargs; do
    expect_status 1 cpool -j1 "$way" printf '%s\n' <in
    expect_out a b
    expect_err_match "^cpool: 'x.*too long"
    expect_err_match '^cpool: 1 of 3 tasks failed$'
done
expect_status 0 cpool -j1 -X 'printf "%s\n"' ::: a b
expect_out a b
