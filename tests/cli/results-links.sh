#! /bin/sh
# Whoever may write below DIR leads no output elsewhere, and has nothing removed elsewhere, by a symbolic link. DIR itself may be one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
mkdir -p kept/1 elsewhere
echo mine >elsewhere/stdout
ln -s ../../elsewhere kept/1/a
for resume in '' '--joblog log --resume' '--joblog log --resume-failed'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $resume --results kept echo ::: a
    expect_err_match '^cpool: --results: kept/1/a: there is a symbolic link on the way, which is not followed$'
    [ "$(cat elsewhere/*)" = mine ] || fail 'it was followed'
done
rm kept/1/a
# Where the one that came first makes way for another.
expect_status 0 cpool --results kept echo ::: a
rm -r kept/1/a
mkdir kept/1/a
ln -s "$PWD/elsewhere/stdout" kept/1/a/stdout
ln -s kept link
expect_status 0 cpool --results link echo ::: a
[ "$(cat kept/1/a/stdout)" = a ] || fail 'it is not there'
[ "$(cat elsewhere/stdout)" = mine ] || fail 'it was followed'
