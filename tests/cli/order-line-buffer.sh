#! /bin/sh
# --line-buffer: lines of all tasks as they come, while the tasks run, and none is torn.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# Each goes on when the other's line is out.
cat >task <<'END'
wait_for_line () {
    until grep -q "^$1\$" out; do sleep 0.01; done
}
case $1 in
    1) echo 'first of 1'
       printf 'second '
       wait_for_line 'first of 2'
       echo 'of 1' ;;
    2) wait_for_line 'first of 1'
       echo 'first of 2'
       wait_for_line 'second of 1'
       echo 'second of 2' ;;
esac
END
expect_status 0 timeout 60 cpool -j2 --line-buffer sh task ::: 1 2
expect_out 'first of 1' 'first of 2' 'second of 1' 'second of 2'
