#! /bin/sh
# examples/length.py: the filter of --filter=len in Python.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
cp "$CPOOL_SRCDIR/examples/length.py" .

bad='not a number from 1 to 999999999999'

expect_status 3 cpool -j2 --filter=len python3 length.py ::: 60 '' 61 -7 1000000000000 1 007
expect_out '60: 2 2 3 5' "$bad" '61: 61' "$bad" "$bad" '1:' '7: 7'
expect_err_match "3 of 7 tasks failed; the first: item 2 '', exit status 2$"

# An item of 1 MiB: a number that is too long; bytes of all kinds.
dd if=/dev/zero bs=1048576 count=1 2>/dev/null | tr '\0' 7 >long
dd if="$CPOOL" bs=1048576 count=1 2>/dev/null | tr '\0' '\1' >bytes
for file in long bytes; do
    expect_status 1 cpool -0 --filter=len python3 length.py <"$file"
    expect_out "$bad"
done

# Without cpool. No input is no item.
expect_status 0 python3 length.py
expect_out_empty

# Frames that come byte by byte; what is answered is there even if the input ends too soon.
for byte in '\2' '\0' '\0' '\0' 1 5 '\1' '\0' '\0' '\0' 7; do
    # shellcheck disable=SC2059
    printf "$byte"
    sleep 0.01
done | expect_status 0 python3 length.py
printf '\10\0\0\00015: 3 5\n\5\0\0\0007: 7\n' >wanted
expect_out_file wanted
expect_err_empty

printf '\10\0\0\00015: 3 5\n' >wanted
for part in '\1' '\1\0\0' '\2\0\0\0007'; do
    # shellcheck disable=SC2059
    printf '\2\0\0\00015'"$part" | expect_status 1 python3 length.py
    expect_out_file wanted
    expect_err_match 'the input ends within a frame'
done

# Answers that failed: 37 bytes, the first of them the status. The items: x, a digit with a NUL, nothing.
printf '\1\0\0\0x\2\0\0\0007\0\0\0\0\0' | expect_status 0 python3 length.py
printf '\45\0\0\200\2%s\n' "$bad" "$bad" "$bad" >wanted
expect_out_file wanted

# --filter without =len sends lines.
expect_status 1 cpool --filter python3 length.py ::: 123456
expect_err_match 'it needs cpool --filter=len'

# No room for the answers.
if [ -c /dev/full ]; then
    printf '\1\0\0\0007' | python3 length.py >/dev/full 2>err && fail 'a full disk is not told'
    [ -s err ] || fail 'a full disk is told without a word'
fi
