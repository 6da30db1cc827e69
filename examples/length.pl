# A filter for `cpool --filter=len`: answers each number with its prime factors.
#
#     src/cpool --filter=len perl examples/length.pl ::: 60 61 x
#
# Copy it, and change answer().
use strict;
use warnings;

my $HAS_STATUS = 0x80000000;    # in the length of an answer: its first byte is an exit status
my $LONGEST    = 16 << 20;      # cpool sends no longer items

# The exit status and the answer, both for one item. Item and answer are bytes.
sub answer {
    my ($item) = @_;
    return (2, "not a number from 1 to 999999999999\n") if $item !~ /\A[0-9]{1,12}\z/ || $item == 0;
    my ($rest, $divisor) = ($item + 0, 2);
    my $text = "$rest:";
    while ($divisor * $divisor <= $rest) {
        if ($rest % $divisor == 0) {
            $text .= " $divisor";
            $rest /= $divisor;
        } else {
            $divisor += $divisor == 2 ? 1 : 2;
        }
    }
    $text .= " $rest" if $rest > 1;
    return (0, "$text\n");
}

# Not die: that may end with any status.
sub fail {
    print STDERR "length.pl: $_[0]\n";
    exit 1;
}

# So many bytes, however many reads that takes.
sub read_bytes {
    my ($size) = @_;
    my $got = read STDIN, my ($data), $size;
    fail("can't read: $!") if !defined $got;
    fail('the input ends within a frame') if $got < $size;
    return $data;
}

binmode STDIN;
binmode STDOUT;
while (!eof STDIN) {
    my $length = unpack 'V', read_bytes(4);
    fail('the input has no frames; it needs cpool --filter=len') if $length > $LONGEST;
    my ($status, $text) = answer(read_bytes($length));
    $length = length $text;
    if ($status != 0) {
        $text   = chr($status) . $text;
        $length = length($text) | $HAS_STATUS;
    }

    # Nothing is flushed after each answer: cpool does not wait for one before it sends more.
    print pack('V', $length), $text or fail("can't write: $!");
}
close STDIN  or fail("can't read: $!");
close STDOUT or fail("can't write: $!");
