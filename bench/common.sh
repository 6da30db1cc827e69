# Shared by run, memory and syscalls, which source it after setting $here.
# shellcheck shell=sh disable=SC2154 # here is set by whoever sources this

LC_ALL=C
export LC_ALL

: "${CPOOL:=$here/../src/cpool}" "${CC:=cc}" "${BENCH_DIR:=$here/build}"
: "${JOBS:=$(nproc)}" # every contender gets the same -j
mkdir -p "$BENCH_DIR" || exit 1

say() {
    printf '%s\n' "$*"
}

warn() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die() {
    warn "$*"
    exit 1
}

# build NAME [FLAG]...: compile NAME.c into BENCH_DIR. Always -O2, whatever cpool was built with.
build() {
    name=$1
    shift
    "$CC" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra "$@" -o "$BENCH_DIR/$name" "$here/$name.c"
}

build_or_die() {
    for helper; do
        build "$helper" || die "cannot compile $helper.c with $CC"
    done
}

# Without a C library if possible, static if not, and left out if that is not possible either.
build_static_true() {
    rm -f "$BENCH_DIR/static_true"
    build static_true -static -nostdlib -DNO_LIBC 2>"$BENCH_DIR/errors" ||
        build static_true -static 2>"$BENCH_DIR/errors" ||
        warn "cannot link static programs here: static-true is left out"
}

need_cpool() {
    command -v "$CPOOL" >/dev/null || die "no cpool at $CPOOL; build it, or set CPOOL"
}

# program NAME: its path, for what shells have built in
program() {
    for folder in /bin /usr/bin; do
        if [ -x "$folder/$1" ]; then
            say "$folder/$1"
            return
        fi
    done
}
