#! /bin/sh
# A reader that takes what there is in small pieces, and now and then nothing, gets all of it: many small answers, and large
# ones between them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need perl
cat >reader.pl <<'END'
my $bytes;
for (my $i = 0; my $n = sysread(STDIN, $bytes, 1 + $i * 7919 % 9000); $i++) {
    print $bytes;
    select(undef, undef, undef, 0.001) if $i % 16 == 0;
}
END
for jobs in 1 2 3 4; do
    seq 300000 | timeout 60 cpool -j$jobs square | perl reader.pl >out || fail "-j$jobs: $?"
    seq 300000 | awk '{ printf "%.0f\n", $1 * $1 }' | cmp -s - out || fail "-j$jobs: $(wc -l <out) lines came out"
done
seq 400 | timeout 60 cpool -j3 sh -c 'echo "$1"; [ $(($1 % 7)) -ne 0 ] || head -c 30000 /dev/zero | tr "\0" x; echo' sh |
    perl reader.pl | cksum >got
seq 400 | awk '{ print $1; if ($1 % 7 == 0) for (i = 0; i < 300; i++) printf "%100s", "" ; print "" }' | tr ' ' x | cksum >expected
cmp -s got expected || fail "wrong output: $(cat got expected)"
