#! /bin/sh
# {.} {/} {//} {/.}: without extension, basename, folder, basename without extension.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo '{} {.} {/} {//} {/.}' ::: dir/file.tar.gz file dir.d/file /file.c dir/.hidden
expect_out 'dir/file.tar.gz dir/file.tar file.tar.gz dir file.tar' 'file file file . file' \
    'dir.d/file dir.d/file file dir.d file' '/file.c /file file.c / file' 'dir/.hidden dir/ .hidden dir '
