#! /bin/sh
# --as-completed: who ends first is shown first, as soon as that, and each task in one piece.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >task <<'END'
echo "begin $1"
case $1 in
    1) until grep -q 'end 3' out; do sleep 0.01; done ;;
esac
echo "end $1"
END
expect_status 0 cpool -j2 --as-completed sh task ::: 1 2 3
expect_out 'begin 2' 'end 2' 'begin 3' 'end 3' 'begin 1' 'end 1'
