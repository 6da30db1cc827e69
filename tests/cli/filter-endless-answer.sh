#! /bin/sh
# An answer that does not end is cut off, and its item has failed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need perl
expect_status 1 timeout 20 cpool -j1 --grace 0.1 --filter 'while read -r x; do [ "$x" != b ] || exec tr "\0" x </dev/zero; echo "$x"; done' ::: a b c d
expect_out a c d
expect_err_match '^cpool: .b.: the filter.s answer does not end$'
# With --filter=len it says itself that it is too long.
cat >long.pl <<'END'
$| = 1;
while (read(STDIN, my $lead, 4) == 4) {
    read(STDIN, my $item, unpack("V", $lead));
    print pack("V", $item eq "b" ? 16 * 1024 * 1024 + 1 : 2), "$item\n";
}
END
expect_status 1 timeout 20 cpool -j1 --grace 0.1 --retries 2 --filter=len perl long.pl ::: a b c d
expect_out a c d
expect_err_match '^cpool: .b.: the filter.s answer has no length in front, or one of more than 16 MiB$'
