#! /bin/sh
# A file may be larger than the memory that a program of 32 bits can have: each block is still its own part of it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# A file with holes: it takes no room. Of each block only the first bytes are read; of most they are NULs.
truncate -s 5G in 2>/dev/null || skip 'no file of 5 GiB can be made here'
for number in 0 1 2 3 4; do
    echo "block$number" | dd of=in bs=1M seek=$((number * 1024)) conv=notrunc 2>/dev/null
done
expect_status 0 cpool -k --pipe -a in --recend '\0' --block 16M sh -c 'head -c 7 | tr -d "\0"'
expect_out block0 block1 block2 block3 block4
