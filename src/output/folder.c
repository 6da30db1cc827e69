#include "output/folder.h"

#include "base/hash.h"
#include "base/io.h"
#include "base/platform.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What most file systems take; and of it what is kept free for "\~" and a hash or a number of 64 bits. */
#define NAME_USUAL   255
#define SUFFIX_SPACE (2 * (2 + 20))

/* What a task has: in a folder of its own, or as endings of one name. */
enum { SEQUENCE = FOLDER_FILES, ALL_FILES };
static const char *const file_names[] = {
    [FOLDER_STDOUT] = "stdout", [FOLDER_STDERR] = "stderr", [SEQUENCE] = "seq"};
static const char *const file_endings[] = {
    [FOLDER_STDOUT] = "", [FOLDER_STDERR] = ".err", [SEQUENCE] = ".seq"};

/* A longer path becomes a name, which is cut. */
#define PATH_LONG 3000

/* ---- names ---- */

/* Different items are to have different names: 64 bits of it do. */
static uint64_t hash_bytes(const char *bytes, size_t length)
{
    static const unsigned char key[HASH_SIZE] = "cpool folder   1";
    unsigned char result[HASH_SIZE];
    uint64_t number = 0;
    struct hash hash;
    hash_begin(&hash, key);
    hash_add(&hash, bytes, length);
    hash_end(&hash, result);
    for (size_t i = 0; i < sizeof number; i++)
        number |= (uint64_t)result[i] << 8 * i;
    return number;
}

static void add_escaped(struct buffer *name, unsigned char byte)
{
    static const char plain[] = "/\\\t\n\r", letters[] = "_\\tnr";
    const char *place = byte == '\0' ? NULL : strchr(plain, byte);
    char text[8];
    if (place != NULL)
        snprintf(text, sizeof text, "\\%c", letters[place - plain]);
    else if (byte == '\0')
        snprintf(text, sizeof text, "\\0");
    else
        snprintf(text, sizeof text, "\\x%02X", byte);
    buffer_append_text(name, text);
}

static bool is_dots(struct item item)
{
    return item.length > 0 && item.length <= 2 && memcmp(item.bytes, "..", item.length) == 0;
}

void folder_name(struct item item, size_t name_max, struct buffer *name)
{
    size_t begin = buffer_length(name), most = name_max - SUFFIX_SPACE;

    if (item.length == 0 || is_dots(item))
        buffer_append_byte(name, '\\');
    for (size_t i = 0; i < item.length; i++) {
        unsigned char byte = (unsigned char)item.bytes[i];
        if (byte == '/' || byte == '\\' || byte < 0x20 || byte == 0x7F)
            add_escaped(name, byte);
        else
            buffer_append_byte(name, (char)byte);
    }
    if (buffer_length(name) - begin <= most)
        return;
    buffer_cut(name, begin + utf8_cut(buffer_bytes(name) + begin, most));
    buffer_format(name, "\\~%016llx", (unsigned long long)hash_bytes(item.bytes, item.length));
}

/* 1/ITEM/2/ITEM. */
static void make_folder_path(const struct folder_tree *tree, const struct words *fields, uint64_t number,
                             struct buffer *path)
{
    for (size_t i = 0; i < fields->count; i++) {
        struct item field;
        field.bytes = words_at(fields, i, &field.length);
        if (i > 0)
            buffer_append_byte(path, '/');
        if (i < tree->name_count)
            folder_name(tree->names[i], tree->name_max, path);
        else
            buffer_format(path, "%llu", (unsigned long long)i + 1);
        buffer_append_byte(path, '/');
        folder_name(field, tree->name_max, path);
    }
    if (fields->count == 0)
        buffer_format(path, "1/%llu", (unsigned long long)number + 1);
}

/* As the user has said it, part by part. */
static void make_named_path(const struct folder_tree *tree, struct item place, struct buffer *path)
{
    const char *at = place.bytes, *end = at + place.length;
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        const char *part_end = slash == NULL ? end : slash;
        if (part_end > at && buffer_length(path) > 0)
            buffer_append_byte(path, '/');
        if (part_end > at)
            folder_name((struct item){at, (size_t)(part_end - at)}, tree->name_max, path);
        at = slash == NULL ? end : slash + 1;
    }
    if (buffer_length(path) == 0) /* it was nothing else */
        buffer_append_byte(path, '\\');
}

/* Whether it is that of a folder; else of a file. */
static bool make_path(const struct folder_tree *tree, const struct words *fields, uint64_t number,
                      struct buffer *path)
{
    bool is_folder = !tree->names_places;
    buffer_clear(path);
    if (is_folder) {
        make_folder_path(tree, fields, number, path);
    } else {
        struct item place = {"", 0};
        if (fields->count > 0) /* a word of nothing but items, and there is none */
            place.bytes = words_at(fields, 0, &place.length);
        is_folder = place.length > 0 && place.bytes[place.length - 1] == '/';
        make_named_path(tree, place, path);
    }
    if (buffer_length(path) > PATH_LONG) {
        struct buffer name = BUFFER_INIT;
        folder_name((struct item){buffer_bytes(path), buffer_length(path)}, tree->name_max, &name);
        buffer_clear(path);
        buffer_append_text(path, tree->names_places ? "" : "1/");
        buffer_append(path, buffer_bytes(&name), buffer_length(&name));
        buffer_release(&name);
    }
    return is_folder;
}

/* ---- the tree ---- */

/* DIR itself, which is the user's own, symbolic links included: each folder on the way is made that is not
 * there. `path` is as it was when this returns. */
static int make_folders(int from, char *path)
{
    for (char *slash = path; slash != NULL;) {
        slash = strchr(slash + 1, '/');
        if (slash != NULL)
            *slash = '\0';
        int result = mkdirat(from, path, 0777), error = errno;
        if (slash != NULL)
            *slash = '/';
        if (result < 0 && error != EEXIST && error != EISDIR) {
            errno = error;
            return -1;
        }
    }
    return 0;
}

int folder_tree_open(struct folder_tree *tree, const char *path, const char *tmpdir)
{
    struct buffer copy = BUFFER_INIT;
    *tree = (struct folder_tree){.path = path, .fd = -1, .claims = -1, .name_max = NAME_USUAL};
    buffer_append(&copy, path, strlen(path) + 1);
    int result = make_folders(AT_FDCWD, buffer_bytes(&copy));
    buffer_release(&copy);
    if (result < 0)
        return -1;
    tree->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tree->fd < 0 || faccessat(tree->fd, ".", W_OK | X_OK, 0) < 0)
        return -1;
    long most = fpathconf(tree->fd, _PC_NAME_MAX);
    if (most > 2 * SUFFIX_SPACE && most < NAME_USUAL)
        tree->name_max = (size_t)most;
    tree->claims = platform_open_temporary(tmpdir);
    return tree->claims < 0 ? -1 : 0;
}

void folder_tree_close(struct folder_tree *tree)
{
    io_close(&tree->fd);
    io_close(&tree->claims);
}

/* ---- who has which ---- */

/*
 * A table of hashes in a file, full of holes: levels of buckets, each level twice as large as the one before,
 * so that it grows and nothing in it ever moves. An entry is in the bucket of the first level that had room
 * for it.
 */
#define BUCKET        8
#define FIRST_BUCKETS UINT64_C(1024)

struct claim {
    uint64_t hash;   /* of the path; two that have the same are taken for one */
    uint64_t number; /* of the task that has it, from 1; 0: there is no entry */
};

static ssize_t read_bucket(int fd, struct claim bucket[BUCKET], uint64_t offset)
{
    memset(bucket, 0, BUCKET * sizeof *bucket);
    return io_read_at(fd, bucket, BUCKET * sizeof *bucket, offset);
}

/* The entry of `hash`, or the place for it: its offset in the file, or UINT64_MAX with errno. */
static uint64_t find_claim(int fd, uint64_t hash, struct claim *claim)
{
    struct claim bucket[BUCKET];
    uint64_t begin = 0;
    for (uint64_t buckets = FIRST_BUCKETS;; buckets *= 2) {
        uint64_t offset = begin + hash % buckets * sizeof bucket;
        if (read_bucket(fd, bucket, offset) < 0)
            return UINT64_MAX;
        for (size_t i = 0; i < BUCKET; i++)
            if (bucket[i].number == 0 || bucket[i].hash == hash) {
                *claim = bucket[i];
                return offset + i * sizeof *bucket;
            }
        begin += buckets * sizeof bucket;
    }
}

static int write_claim(int fd, uint64_t offset, struct claim claim)
{
    ssize_t n;
    do
        n = pwrite(fd, &claim, sizeof claim, (off_t)offset);
    while (n < 0 && errno == EINTR);
    if (n >= 0 && n < (ssize_t)sizeof claim)
        errno = ENOSPC;
    return n == (ssize_t)sizeof claim ? 0 : -1;
}

static int lock(int fd, short type)
{
    struct flock whole = {.l_type = type, .l_whence = SEEK_SET};
    int result;
    do
        result = fcntl(fd, F_SETLKW, &whole);
    while (result < 0 && errno == EINTR);
    return result;
}

/* ---- the files ---- */

static int open_new(int folder, const char *name)
{
    if (unlinkat(folder, name, 0) < 0 && errno != ENOENT)
        return -1;
    return openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

static int open_inside(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), error = errno;
    struct stat info;
    if (fd < 0 && error == ENOTDIR && fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(info.st_mode))
        error = ELOOP; /* some systems say one, some the other */
    errno = error;
    return fd;
}

/* One that most often is not there yet, but for the first of a path. */
static int make_and_open(int folder, const char *name, bool is_first)
{
    int fd = is_first ? open_inside(folder, name) : -1;
    if (fd >= 0 || (is_first && errno != ENOENT))
        return fd;
    if (mkdirat(folder, name, 0777) < 0 && errno != EEXIST)
        return -1;
    return open_inside(folder, name);
}

/*
 * Folder after folder, made where it is not there: none may be a symbolic link, by which whoever else may
 * write below DIR would have files of ours made, and others unlinked, wherever he likes.
 */
static int open_path(const struct folder_tree *tree, struct buffer *path)
{
    buffer_append_byte(path, '\0');
    buffer_cut(path, buffer_length(path) - 1);
    int folder = tree->fd;
    for (char *name = buffer_bytes(path); name != NULL;) {
        char *slash = strchr(name, '/');
        if (slash != NULL)
            *slash = '\0';
        int next = make_and_open(folder, name, folder == tree->fd);
        if (slash != NULL)
            *slash = '/';
        if (folder != tree->fd)
            io_close(&folder);
        if (next < 0)
            return -1;
        folder = next;
        name = slash == NULL ? NULL : slash + 1;
    }
    return folder;
}

static void add_own(struct buffer *path, uint64_t number)
{
    buffer_format(path, "\\~%llu", (unsigned long long)number);
}

/* A task's files: the folder they are in, and how their names begin, where it is not its own. */
struct place {
    int folder;         /* owned */
    struct item stem;   /* points into the path that it was opened by */
    struct buffer name; /* owned: of the file at hand */
};

static int place_open(struct place *place, const struct folder_tree *tree, struct buffer *path,
                      bool is_folder)
{
    *place = (struct place){.folder = -1, .name = BUFFER_INIT};
    if (is_folder) {
        place->folder = open_path(tree, path);
        return place->folder;
    }
    size_t length = buffer_length(path), begin = length;
    while (begin > 0 && buffer_bytes(path)[begin - 1] != '/')
        begin--;
    place->stem = (struct item){buffer_bytes(path) + begin, length - begin};
    if (begin == 0) {
        place->folder = open_inside(tree->fd, ".");
        return place->folder;
    }
    struct buffer folder = BUFFER_INIT;
    buffer_append(&folder, buffer_bytes(path), begin - 1);
    place->folder = open_path(tree, &folder);
    buffer_release(&folder);
    return place->folder;
}

/* Good until the next call. */
static const char *place_name(struct place *place, size_t file)
{
    if (place->stem.length == 0)
        return file_names[file];
    buffer_clear(&place->name);
    buffer_append(&place->name, place->stem.bytes, place->stem.length);
    buffer_append(&place->name, file_endings[file], strlen(file_endings[file]) + 1);
    return buffer_bytes(&place->name);
}

static void place_close(struct place *place)
{
    io_close(&place->folder);
    buffer_release(&place->name);
}

/*
 * A later task has come first: what it has goes where it belongs; it may still be writing to it. One that was
 * left out may have nothing: an earlier run need not have kept it.
 */
static int move_away(const struct folder_tree *tree, struct buffer *path, bool is_folder, uint64_t number)
{
    struct buffer own = BUFFER_INIT;
    struct place from, to = {.folder = -1};
    int result = place_open(&from, tree, path, is_folder) < 0 ? -1 : 0;
    buffer_append(&own, buffer_bytes(path), buffer_length(path));
    add_own(&own, number);
    if (result == 0 && place_open(&to, tree, &own, is_folder) < 0)
        result = -1;
    for (size_t i = 0; result == 0 && i < ALL_FILES; i++) {
        const char *old = place_name(&from, i), *new = place_name(&to, i);
        result = renameat(from.folder, old, to.folder, new) < 0 && errno != ENOENT ? -1 : 0;
    }
    place_close(&from);
    place_close(&to);
    buffer_release(&own);
    return result;
}

/* With the lock: `path` becomes the task's own where another one has it. */
static int claim_path(const struct folder_tree *tree, struct buffer *path, bool is_folder, uint64_t number)
{
    struct claim claim, own = {hash_bytes(buffer_bytes(path), buffer_length(path)), number};
    uint64_t offset = find_claim(tree->claims, own.hash, &claim);
    if (offset == UINT64_MAX)
        return -1;
    if (claim.number > number && move_away(tree, path, is_folder, claim.number) < 0)
        return -1;
    if ((claim.number == 0 || claim.number > number) && write_claim(tree->claims, offset, own) < 0)
        return -1;
    if (claim.number != 0 && claim.number < number)
        add_own(path, number);
    return 0;
}

static int write_sequence(struct place *place, uint64_t number)
{
    char text[24];
    int fd = open_new(place->folder, place_name(place, SEQUENCE));
    int length = snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    int result = fd < 0 ? -1 : io_write_all(fd, text, (size_t)length);
    return fd >= 0 && close(fd) < 0 ? -1 : result;
}

static int make_files(struct folder *folder, struct place *place, uint64_t number)
{
    for (size_t i = 0; i < FOLDER_FILES; i++) {
        folder->files[i] = open_new(place->folder, place_name(place, i));
        if (folder->files[i] < 0)
            return -1;
    }
    return write_sequence(place, number);
}

int folder_open(struct folder *folder, const struct folder_tree *tree, const struct words *fields,
                uint64_t number, struct buffer *path)
{
    struct place place = {.folder = -1};
    bool is_folder = make_path(tree, fields, number, path);
    if (lock(tree->claims, F_WRLCK) < 0)
        return -1;
    int result = claim_path(tree, path, is_folder, number + 1);
    if (result == 0)
        result = place_open(&place, tree, path, is_folder) < 0 ? -1 : make_files(folder, &place, number + 1);
    int error = errno;
    (void)lock(tree->claims, F_UNLCK);
    place_close(&place);
    if (result < 0)
        (void)!folder_close(folder);
    errno = error;
    return result;
}

int folder_keep(const struct folder_tree *tree, const struct words *fields, uint64_t number,
                struct buffer *path)
{
    bool is_folder = make_path(tree, fields, number, path);
    if (lock(tree->claims, F_WRLCK) < 0)
        return -1;
    int result = claim_path(tree, path, is_folder, number + 1), error = errno;
    (void)lock(tree->claims, F_UNLCK);
    errno = error;
    return result;
}

int folder_close(struct folder *folder)
{
    int result = 0, error = 0;
    for (size_t i = 0; i < FOLDER_FILES; i++) {
        if (folder->files[i] >= 0 && close(folder->files[i]) < 0 && result == 0) {
            result = -1;
            error = errno;
        }
        folder->files[i] = -1;
    }
    errno = error;
    return result;
}
