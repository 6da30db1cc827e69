#! /bin/sh
# Every form of --halt does what it does in GNU parallel: the same tasks, the same exit status.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need parallel
parallel --version 2>/dev/null | grep -q '^GNU parallel' || skip 'another parallel'
cat >task <<'END'
#! /bin/sh
echo "$1"
exit "${1#*-}"
END
chmod +x task
compare () {
    rule=$1
    shift
    parallel --will-cite -j1 --halt "$rule" ./task ::: "$@" >wanted 2>/dev/null
    expect_status "$?" cpool -j1 --halt "$rule" ./task ::: "$@"
    expect_out_file wanted
}
for rule in never now,fail=1 soon,fail=1 now,fail=2 soon,fail=50% now,success=1 soon,success=2 now,success=90% now,done=1 \
    soon,done=4 now,done=50% soon,done=100% now,fail=100% soon,fail=9 0 1 2 -1 -2 30%; do
    compare "$rule" a-0 b-3 c-0 d-5 e-1 f-0
done
for rule in never now,fail=50% soon,fail=100% now,done=100% soon,success=100% 1%; do
    compare "$rule" a-7 b-0
    compare "$rule" a-0 b-0 c-2
done
compare now,fail=1 a-0 b-0
compare now,success=1 a-1 b-2
