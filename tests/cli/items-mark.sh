#! /bin/sh
# The mark that a text in UTF-8 may begin with is no part of the first item, however it comes; elsewhere it is bytes like
# others.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mark=$(printf '\357\273\277')
printf '%sa,"x\ny"\nb\n%sc\n' "$mark" "$mark" >in
expect_status 0 cpool echo <in
expect_out 'a,"x' 'y"' b "${mark}c"
for way in '-a in' '-n 1 -E zz <in'; do
    eval "expect_status 0 cpool echo '{}' :::: in"
    expect_out 'a,"x' 'y"' b "${mark}c"
    eval "expect_status 0 cpool $way echo"
    expect_out 'a,"x' 'y"' b "${mark}c"
done
printf '%s"x\ny",1\n' "$mark" >table
expect_status 0 cpool --csv echo '{2}' :::: table
expect_out 1
printf '%s"name",v\n1,2\n' "$mark" >table
expect_status 0 cpool --csv --header : echo '{name}' :::: table
expect_out 1
printf '%s3\n4\n' "$mark" | expect_status 0 cpool square
expect_out 9 16
# Only a mark, and a part of one.
printf %s "$mark" | expect_status 0 cpool echo ran
expect_out_empty
printf %s "$mark" | expect_status 0 cpool -n 2 echo ran
expect_out_empty
printf '\357\273' >part
expect_status 0 cpool printf %s <part
expect_out_file part
expect_status 0 cpool -n 2 printf %s <part
expect_out_file part
# In pieces.
mkfifo pipe
for batch in 1 2; do
    exec 8<>pipe
    start cpool -n $batch echo <pipe 8>&-
    printf '\357' >&8
    printf '\273' >&8
    printf '\277x\n' >&8
    exec 8>&-
    expect_end_soon 0
    expect_out x
done
# Where it is no mark.
printf '%sa\0' "$mark" | expect_status 0 cpool -0 echo
expect_out "${mark}a"
printf '%sa\n' "$mark" | expect_status 0 cpool --pipe cat
expect_out "${mark}a"
expect_status 0 cpool echo ::: "${mark}a"
expect_out "${mark}a"
