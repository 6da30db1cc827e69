/*
 * replay_main: runs saved inputs through a fuzz entry, so that `make check` needs no fuzzer.
 *
 * Each argument is a file, or a folder whose files are all run. The status is 0 when at least one input was
 * run; what the entry finds wrong ends the program by itself (an abort, or a sanitizer's report).
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <dirent.h>
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long replayed;

static void replay_file(const char *path, size_t size)
{
    /* Exactly as large as the input: a byte read behind it is then seen by valgrind and the sanitizers. */
    uint8_t *data = malloc(size ? size : 1);
    FILE *file = fopen(path, "rb");
    if (!data || !file)
        err(1, "%s", path);
    if (fread(data, 1, size, file) != size)
        errx(1, "%s: can't be read to its end", path);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    replayed++;
}

static void replay(const char *path)
{
    struct stat status;
    if (stat(path, &status) < 0)
        err(1, "%s", path);
    if (!S_ISDIR(status.st_mode)) {
        replay_file(path, (size_t)status.st_size);
        return;
    }
    DIR *folder = opendir(path);
    if (!folder)
        err(1, "%s", path);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char inner[4096];
        if (entry->d_name[0] == '.')
            continue;
        if (snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) >= (int)sizeof inner)
            errx(1, "%s/%s: the path is too long", path, entry->d_name);
        replay(inner);
    }
    closedir(folder);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%lu inputs replayed\n", replayed);
    return replayed ? 0 : 1;
}
