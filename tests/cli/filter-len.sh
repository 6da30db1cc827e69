#! /bin/sh
# With --filter=len an item and an answer may hold any byte, and be empty.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need perl
cat >double.pl <<'END'
binmode STDIN;
binmode STDOUT;
while (read(STDIN, my $lead, 4) == 4) {
    my ($length, $item) = (unpack("V", $lead), "");
    $length == 0 or read(STDIN, $item, $length) == $length or exit 9;
    print pack("V", 2 * $length), $item, $item;
}
END
printf 'a\nb\0\0c\377\200\r\n\0' >in
printf 'a\nba\nbc\377\200\r\nc\377\200\r\n' >wanted
for jobs in 1 3; do
    expect_status 0 cpool -j$jobs -0 --filter=len perl double.pl <in
    expect_out_file wanted
done
printf 'x\0y\nz\n' | expect_status 0 cpool --filter=len perl double.pl
printf 'x\0yx\0yzz' >wanted
expect_out_file wanted
seq 30000 | expect_status 0 cpool -j2 --filter=len perl double.pl
seq 30000 | sed 's/.*/&&/' | tr -d '\n' >wanted
expect_out_file wanted
