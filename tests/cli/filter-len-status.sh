#! /bin/sh
# With --filter=len an answer may begin with an exit status: that item has failed, its output is there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need perl
cat >status.pl <<'END'
binmode STDIN;
binmode STDOUT;
while (read(STDIN, my $lead, 4) == 4) {
    read(STDIN, my $item, unpack("V", $lead));
    my $answer = pack("C", $item) . "<$item>\n";
    print pack("V", length($answer) | 0x80000000), $answer;
}
END
expect_status 3 cpool -j1 --filter=len perl status.pl ::: 0 7 0 255 1 0
expect_out '<0>' '<7>' '<0>' '<255>' '<1>' '<0>'
expect_err_match '^cpool: 3 of 6 tasks failed$'
expect_err_match '^cpool: item 2 .7.: exit status 7$'
expect_status 0 cpool -j2 --filter=len perl status.pl ::: 0 0 0
expect_err_empty
